"""How links come about, one mechanism a test, on our own sentences."""

from __future__ import annotations

from datetime import date

from linking import described, knowledge, links_of, pipeline

from kg.text.link import link
from kg.text.mentions import Identity, find_mentions


def check(cases: dict[str, dict[str, str | None]]) -> None:
    for text, wanted in cases.items():
        found = described(text)
        assert {name: found.get(name, "no mention") for name in wanted} == wanted, text


def test_each_of_two_titles_keeps_its_own_state() -> None:
    check(
        {
            "President Hassan Sheikh of Somalia and Prime Minister Abiy Ahmed of Ethiopia signed it.": {
                "Hassan Sheikh": "person/hassan-sheikh-mohamud",
                "Abiy Ahmed": "person/abiy-ahmed",
            },
            "The Somali president, Hassan Sheikh, met Ethiopian PM Abiy Ahmed.": {
                "Hassan Sheikh": "person/hassan-sheikh-mohamud",
                "Abiy Ahmed": "person/abiy-ahmed",
            },
        }
    )


def test_part_of_a_name_needs_title_and_state() -> None:
    check(
        {
            "Hassan Sheikh opened a bakery in Leeds.": {"Hassan Sheikh": "~person/hassan-sheikh"},
            "Abiy Ahmed scored twice for the youth team.": {"Abiy Ahmed": "~person/abiy-ahmed-unlisted"},
            "Mahmoud Abbas, a dentist from Cleveland, ran.": {"Mahmoud Abbas": "~person/mahmoud-abbas-unlisted"},
        }
    )  # fmt: skip


def test_a_name_by_its_office_or_deeds_is_a_person() -> None:
    check(
        {
            "He met the Serbian president, Dragan Petrović, in Munich.": {"Dragan Petrović": "~person/dragan-petrovic"},
            "A government team under Masoom Stanizai came.": {"Masoom Stanizai": "~person/masoom-stanizai"},
            "He called his Kyrgyz counterpart, Ulan Toktogulov, late.": {"Ulan Toktogulov": "~person/ulan-toktogulov"},
            "Fatimata Ag Alhousseini heads the rebel delegation.": {"Fatimata Ag Alhousseini": "~person/fatimata-ag-alhousseini"},
            "The Benda Trade Council said no.": {"Benda Trade Council": "~org/benda-trade-council"},
        }
    )  # fmt: skip


def test_two_names_share_their_last_word_or_are_left_out() -> None:
    check(
        {
            "North and South Korea agreed.": {"North": "state/north-korea", "South Korea": "state/south-korea"},
            "Greek and Turkish Cypriots met.": {"Greek": "state/cyprus", "Turkish Cypriots": "place/northern-cyprus"},
            "The two Koreas met. The Congos signed.": {"Koreas": "no mention", "Congos": "no mention"},
            "US and UK officials met.": {"US": "state/united-states", "UK": "state/united-kingdom"},
        }
    )  # fmt: skip


def test_a_place_alone_does_not_stand_for_a_body_named_after_it() -> None:
    check(
        {
            "Mali and the Azawad rebel alliance met.": {"Azawad rebel alliance": "~org/azawad-rebel-alliance", "Azawad": "no mention"},
            "Ships met in the Gulf of Guinea.": {"Gulf of Guinea": "~place/gulf-of-guinea", "Guinea": "no mention"},
            "The Kabul government refused.": {"Kabul": "state/afghanistan"},
        }
    )  # fmt: skip


def test_an_acronym_is_what_the_text_says_it_is() -> None:
    front = "~org/benda-patriotic-front"
    check(
        {
            "The Benda Patriotic Front (BPF) met. The BPF signed.": {"BPF": front},
            "The Benda Patriotic Front, or BPF, met. The BPF signed.": {"BPF": front},
            "The Benda Patriotic Front, known as the BPF, met.": {"BPF": front},
            "The BPF (Benda Patriotic Front) signed.": {"BPF": front},
            "FPB, the Patriotic Front of Benda, signed. FPB left.": {"FPB": "~org/patriotic-front-of-benda"},
            "The Front for Renewal in Chad (FRC) met.": {"Front for Renewal in Chad": "~org/front-for-renewal-in-chad"},
        }
    )  # fmt: skip


def test_another_town_of_the_name_is_not_the_capital() -> None:
    check(
        {
            "Moscow, Idaho, has a library. In Moscow it rained.": {"Moscow, Idaho": "~place/moscow-idaho", "Moscow": "~place/moscow-idaho"},
            "Lebanon, Ohio, built a bridge.": {"Lebanon": "no mention"},
            "Talks moved from Tbilisi, Georgia, to Baku.": {"Tbilisi": "place/tbilisi", "Georgia": "state/georgia"},
        }
    )  # fmt: skip


def test_a_word_of_the_trade_beside_it_takes_an_acronym_or_a_state_away() -> None:
    for text in (
        "AU students protested over fees.",
        "The WHO concert sold out.",
        "The probe passed within 0.3 AU of the sun.",
        "The Togo sofa is back in corduroy.",
        "Macedonia, a salad of chopped fruit, was all they had.",
        "Holland & Barrett closed ten shops.",
        "Peru won 2-1 against Chile in the qualifier.",
        "Polish the table with wax.",
    ):
        assert [
            one.mention.text for one in links_of(text) if one.entity is not None and one.entity.known
        ] == [], text
    assert described("The AU said its mission would stay.") == {"AU": "org/african-union"}
    assert described("The Togo delegation met French mediators.")["Togo"] == "state/togo"


def test_a_seat_is_a_place_where_something_befalls_it() -> None:
    check(
        {
            "Damascus was quiet on Sunday.": {"Damascus": "place/damascus"},
            "Pyongyang's streets were empty.": {"Pyongyang": "place/pyongyang"},
            "The army holds Khartoum.": {"Khartoum": "place/khartoum"},
            "Envoys from Kigali met them.": {"Kigali": "state/rwanda"},
            "Trucks came from Kigali.": {"Kigali": "place/kigali"},
        }
    )


def test_who_held_the_office_that_day_comes_first() -> None:
    kb, text = knowledge(), "Russian Foreign Minister Ivanov spoke."
    doc = pipeline()(text)
    mentions = find_mentions(doc, kb, Identity())
    undated, then, later = (
        next(one for one in link(doc, mentions, kb, published=day) if one.mention.text == "Ivanov")
        for day in (None, date(2003, 5, 1), date(2026, 5, 1))
    )
    assert then.entity is not None
    assert then.entity.key == "person/igor-ivanov"
    assert then.score >= undated.score
    assert later.score >= undated.score
