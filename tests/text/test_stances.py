"""Whose words they are where a sentence goes on behind a clause, and who answers whom."""

from __future__ import annotations

import pytest

from tests.text.test_positions import ADDRESSED, PERFORMS, TAKES, told

SIGNED = "Chad and Libya signed a truce in Doha on Monday. "
ASKED = "Kenya asked Somalia to free the crew. "


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kenya said that the panel had strayed from its mandate, and called on Mali to act.", ("Demand", "kenya", "mali")),
        ("Laos denied that its army was stalling and called on Vietnam to leave.", ("Demand", "laos", "vietnam")),
        ("Peru regretted that the embargo had not been abolished and called on Chile to end it.", ("Demand", "peru", "chile")),
        ("Jordan said that the rebels would not yield and urged Syria to free the pilots.", ("Demand", "jordan", "syria")),
        ("Albania said its fishermen had been beaten and demanded an apology from Italy.", ("Demand", "albania", "italy")),
        ("Uganda says that the camps are being closed and accuses Rwanda of arming the rebels.", ("Opposition", "uganda", "rwanda")),
        # who answers
        ("Yemen demanded that the Houthis leave the port. Iran rejected the call.", ("Refusal", "iran", "yemen")),
        (ASKED + "Djibouti turned the request down.", ("Refusal", "djibouti", "kenya")),
        (ASKED + "Ethiopia rejected that.", ("Refusal", "ethiopia", "kenya")),
        ("The offer, made by Fiji, was not accepted by Tonga.", ("Refusal", "tonga", "fiji")),
        ("The plan put forward by Estonia was rejected by Latvia.", ("Refusal", "latvia", "estonia")),
        ("An idea floated by Ghana was called unacceptable by Togo.", ("Opposition", "togo", "ghana")),
        ("A proposal submitted by Malta to Libya was read out.", ("Offer", "malta", "libya")),
        # whom it is addressed to
        ("Paraguay reiterated its demand that Brazil allow it to sell its energy.", ("Demand", "paraguay", "brazil")),
        ("Tunisia repeated its request that Libya free the fishermen.", ("Demand", "tunisia", "libya")),
        ("Cuba insisted before the meeting that Spain discuss the embargo.", ("Demand", "cuba", "spain")),
        (SIGNED + "Qatar urged both sides to keep it.", ("Demand", "qatar", "chad")),
        (SIGNED + "Qatar called on the two sides to keep it.", ("Demand", "qatar", "libya")),
    ],
)  # fmt: skip
def test_who_says_it_and_to_whom(text: str, wanted: tuple[str, str, str]) -> None:
    kind, taker, other = wanted
    read = {(type_, predicate, key.split("/")[-1]) for type_, predicate, key in told(text)}
    assert {(f"dip:{kind}", TAKES, taker), (f"dip:{kind}", ADDRESSED, other)} <= read


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        # two verbs of one clause
        ("Kenya said that Somalia would leave the port and release the crew.", ("Concession", PERFORMS, "kenya")),
        ("Sudan said Libya had broken the truce and attacked two villages.", ("Attack", PERFORMS, "sudan")),
        ("Jordan said that Syria had been warned and shelled.", ("Attack", PERFORMS, "jordan")),
        # what is only asked for
        ("Tunisia repeated its request that Libya free the fishermen.", ("Concession", PERFORMS, "libya")),
        ("Mali demanded that Niger leave and that Burkina Faso free the pilots.", ("Concession", PERFORMS, "burkina-faso")),
        # an answer to something else
        (ASKED + "The rains came early. The port is closed. Djibouti rejected the call.", ("Refusal", ADDRESSED, "kenya")),
        (ASKED + "Ethiopia refused.", ("Refusal", ADDRESSED, "kenya")),
        (ASKED + "Kenya rejected the idea.", ("Refusal", ADDRESSED, "kenya")),
        ("Serbia said that Kosovo let the bishops return.", ("Demand", ADDRESSED, "kosovo")),
    ],
)  # fmt: skip
def test_what_is_not_said(text: str, unwanted: tuple[str, str, str]) -> None:
    kind, predicate, actor = unwanted
    read = {(type_, role, key.split("/")[-1]) for type_, role, key in told(text)}
    assert (f"dip:{kind}", predicate, actor) not in read


def test_a_people_at_the_table_takes_a_stance_and_another_does_not() -> None:
    table = "Negotiators from Nepal and India met in Oslo on Monday. "
    assert ("dip:Refusal", TAKES, "state/nepal") in told(table + "The Nepalese refused to free the men.")
    assert ("dip:Refusal", TAKES, "state/portugal") not in told(table + "The Portuguese refused to pay.")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Egypt sent 55 trucks of food to Sudan.", "Aid"),
        ("A planeload of blankets was rushed by Egypt to Nepal.", "Aid"),
        ("Egypt, which has delivered ten containers of medicine, will go on.", "Aid"),
        ("Egypt handed over dozens of prisoners on Sunday.", "Concession"),
        ("Egypt has deployed thousands of soldiers.", "Mobilization"),
        ("Egypt swapped a group of prisoners with Sudan.", "Cooperation"),
    ],
)
def test_so_much_of_something_is_something(text: str, wanted: str) -> None:
    assert (f"dip:{wanted}", PERFORMS, "state/egypt") in told(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norway condemned the firing by Indian guards on Pakistani posts.", ("Attack", "india")),
        ("The occupation of Hebron by Israel was condemned.", ("Coercion", "israel")),
        ("The abduction of the envoy by the Houthis was denounced.", ("Coercion", "houthi-movement")),
        ("The release of fifty prisoners by Burundi was welcomed.", ("Concession", "burundi")),
        ("A raid on Kadugli by Sudanese troops killed nine.", ("Attack", "sudan")),
        ("Airstrikes by Saudi jets on Houthi camps went on.", ("Attack", "saudi-arabia")),
    ],
)
def test_who_did_it_behind_where(text: str, wanted: tuple[str, str]) -> None:
    assert (f"dip:{wanted[0]}", PERFORMS, wanted[1]) in {(t, p, k.split("/")[-1]) for t, p, k in told(text)}


@pytest.mark.parametrize(
    "text",
    [
        "An attack on a convoy escorted by Egypt killed two.",
        "The bombing of the port visited by Egypt worried Greece.",
        "Egypt sent a box of letters to Sudan.",
        "Egypt delivered a lot of speeches.",
        "Egypt sent a report of food prices to Sudan.",
        "Egypt deployed a number of lawyers.",
    ],
)
def test_so_much_of_something_else_is_no_deed(text: str) -> None:
    assert not [fact for fact in told(text) if fact[1] == PERFORMS]
