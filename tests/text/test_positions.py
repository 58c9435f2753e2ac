"""Who takes a stance or does a deed: first persons, spokesmen, armies, "his country"; and to whom."""

from __future__ import annotations

import pytest

from kg.facts import name_of_entity
from kg.model import Article
from kg.pipeline import load_kb, read

TAKES, ADDRESSED = "dip:takes", "dip:addressedTo"
PERFORMS, DIRECTED, PARTICIPATES = "dip:performs", "dip:directedAt", "dip:participatesIn"


def told(text: str) -> set[tuple[str, str, str]]:
    """Give (class, property, actor) of all that is read and not denied."""
    (reading,) = read([Article(id="positions", text=text)], kb=load_kb())
    entities = {entity.key: entity for entity in reading.entities}
    return {
        (mention.type, role.predicate, name_of_entity(entities[role.filler]))
        for mention in reading.event_mentions
        for role in mention.roles
        if role.filler in entities and not (role.stance or mention.stance).negated
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            'Kenya\'s foreign minister, Ruth Odhiambo, said: "We call on Uganda to withdraw its troops."',
            {("dip:Demand", TAKES, "state/kenya"), ("dip:Demand", ADDRESSED, "state/uganda")},
        ),
        (
            '"We shall never accept this map," the Houthis said in a statement.',
            {("dip:Refusal", TAKES, "group/houthi-movement")},
        ),
        (
            (
                "Communiqué of the Houthis on the close of the talks\n\nThe talks between Yemen and the Houthis "
                "were held in Muscat. We thank Oman for its efforts."
            ),
            {("dip:Support", TAKES, "group/houthi-movement"), ("dip:Support", ADDRESSED, "state/oman")},
        ),
        (
            "A Chinese foreign ministry spokeswoman urged Japan to retract the remark.",
            {("dip:Demand", TAKES, "state/china"), ("dip:Demand", ADDRESSED, "state/japan")},
        ),
        ("China's delegate criticised the sanctions.", {("dip:Opposition", TAKES, "state/china")}),
        ("The representative of Japan deplored the outcome.", {("dip:Opposition", TAKES, "state/japan")}),
        (
            "Iran's foreign minister, Reza Karimi, said his country rejected the plan of the United States.",
            {("dip:Refusal", TAKES, "state/iran")},
        ),
        (
            "Turkish President Ali Demir refused to meet Israeli Prime Minister Dan Levi.",
            {("dip:Refusal", ADDRESSED, "dan levi")},
        ),
        (
            "Norway condemned the attacks on civilians committed by Boko Haram.",
            {("dip:Attack", PERFORMS, "group/boko-haram"), ("dip:Opposition", TAKES, "state/norway")},
        ),
        (
            "Russia demanded that the prisoners be released.",
            {("dip:Demand", TAKES, "state/russia")},
        ),
        (
            "Serbia insisted before the meeting that Kosovo withdraw its police.",
            {("dip:Demand", TAKES, "state/serbia")},
        ),
        (
            "The United States imposed tariffs on Brazilian steel.",
            {("dip:Sanction", PERFORMS, "state/united-states"), ("dip:Sanction", DIRECTED, "state/brazil")},
        ),
    ],
)
def test_a_position_is_read(text: str, wanted: set[tuple[str, str, str]]) -> None:
    assert wanted <= told(text)


def test_the_army_is_that_of_the_one_state_an_article_is_about() -> None:
    civil = "Mozambique and Renamo are at war. Renamo holds the hills. The army attacked Renamo on Monday."
    assert ("dip:Attack", PERFORMS, "state/mozambique") in told(civil)
    border = "Mozambique and Malawi share a border. The army attacked a village on Monday."
    assert not any(property_ == PERFORMS for _, property_, _ in told(border))


def test_an_army_column_is_the_state() -> None:
    text = "Mozambique and Renamo are at war. Renamo holds the hills. Renamo gunmen attacked an army column."
    assert ("dip:Attack", DIRECTED, "state/mozambique") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        '"We met the envoy of Uganda in Geneva yesterday," said a spokesman for the Houthis.',
        '"We agreed to hold further talks," Peruvian President Ana Lima said.',
        "An opposition spokesman of Kenya condemned the raid.",
        "A Japanese delegate criticised the outcome.",
        "We condemn the raid.",
    ],
)
def test_a_voice_is_no_party_and_not_everybody_is_a_voice(text: str) -> None:
    voices = {("dip:Offer", TAKES), ("dip:Opposition", TAKES)}
    read_here = told(text)
    assert not {(kind, property_) for kind, property_, _ in read_here} & voices
    assert ("dip:Meeting", PARTICIPATES, "group/houthi-movement") not in read_here


def test_the_delegate_of_a_state_is_not_whom_the_sentence_before_names() -> None:
    text = (
        "The French minister, Luc Renard, backed the draft at the talks with Mali in Geneva. "
        "The representative of Japan said that his delegation supported another text."
    )
    supports = {actor for kind, property_, actor in told(text) if (kind, property_) == ("dip:Support", TAKES)}
    assert "state/france" not in supports


def contents(text: str) -> set[str]:
    """Give what the stances of a text say."""
    (reading,) = read([Article(id="positions", text=text)], kb=load_kb())
    return {r.filler for m in reading.event_mentions for r in m.roles if r.predicate == "dip:content"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Ethiopia said it would not join the talks, and Sudan left the room.",
            "it would not join the talks",
        ),
        (
            "Norway is working to support the interim government to hold a vote.",
            "support the interim government to hold a vote",
        ),
        ("Kenya condemned the attack on the market.", "the attack on the market"),
        ("Ghana supports the people of Mali in this struggle.", "the people of Mali in this struggle"),
        ("Kenya backed the plan in March.", "the plan"),
        ("Morocco received the proposal and rejected it.", "the proposal"),
    ],
)
def test_what_a_stance_says_is_told_whole_and_no_more(text: str, wanted: str) -> None:
    assert contents(text) == {wanted}


@pytest.mark.parametrize(
    "text",
    [
        # The raid affirms it, not those who carried it out.
        "This raid shows the harm that Al-Shabaab has done in Kenya and affirms the need for unity.",
        # The bare word is spoken of before the full name: another body is meant.
        "Coalition jets struck. The Arab Unity Coalition took a village. The Coalition supports Turkey.",
    ],
)
def test_who_takes_no_stance(text: str) -> None:
    assert not {row for row in told(text) if row[1] == TAKES}


def test_an_army_beside_its_foe_is_a_side() -> None:
    sides = {
        actor
        for _, predicate, actor in told("Representatives of Mali's army and the Taliban met in Doha.")
        if predicate == PARTICIPATES
    }
    assert sides == {"state/mali", "group/taliban"}
    assert not told("Officers of Mali's army met in Doha.")


def test_who_accepts_a_plan_is_not_whom_its_refusal_answers() -> None:
    read_as = told(
        "Ivory Coast's Alassane Ouattara accepted the proposal but Mali's Assimi Goita rejected it."
    )
    assert {row[0] for row in read_as if row[1] == TAKES} == {"dip:Offer", "dip:Refusal"}
    assert not {row for row in read_as if row[1] == ADDRESSED}


def test_it_of_which_nothing_is_said_is_no_content() -> None:
    assert contents("The Taliban rejected it.") == set()
