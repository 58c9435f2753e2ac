"""How links come about, one mechanism a test, on our own sentences."""

from __future__ import annotations

from datetime import date

from linking import described, knowledge, links_of, pipeline

from kg.kb_capitals import sole_capitals
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


def test_a_body_in_lower_case_is_that_of_the_organisation_named() -> None:
    check(
        {
            "The UN general assembly met.": {"UN general assembly": "org/un-general-assembly"},
            "The UN sent an envoy. The General assembly voted; the security council did not.": {
                "General assembly": "org/un-general-assembly",
                "security council": "org/un-security-council",
            },
            "The club met. Its general assembly voted him out; the general assembly went on.": {
                "general assembly": "no mention"
            },
            "A UN envoy came. The company's general assembly met.": {"general assembly": "no mention"},
        }
    )


def test_the_north_is_the_state_named_in_full_before() -> None:
    check(
        {
            "South Korea and North Korea met. The North wants talks; the South agreed.": {
                "North": "state/north-korea",
                "South": "state/south-korea",
            },
            "South Sudan signed. The South said so, the North did not.": {
                "South": "state/south-sudan",
                "North": "no mention",
            },
            "The North objected. North Korea fired a missile.": {"North": "no mention"},
            "South Africa won. The South is warm.": {"South": "no mention"},
            "South Korea sent a ship to the South Pole and the South China Sea.": {"South": "no mention"},
        }
    )


def test_a_body_is_called_by_one_word_of_its_name_later_on() -> None:
    check(
        {
            "The Moro Islamic Liberation Front signed. The Front's chairman spoke.": {
                "Front": "group/moro-islamic-liberation-front"
            },
            "The African Union sent a team. Later the Union asked for calm.": {"Union": "org/african-union"},
            "The African Union and the European Union met. The Union asked for calm.": {
                "Union": "no mention"
            },
            "The African Union met the Miners Union in Lima. The Union asked for calm.": {
                "Union": "no mention"
            },
            "The Union asked for calm. The African Union met.": {"Union": "no mention"},
            "The African Union met. The Union Jack was raised.": {"Union": "no mention"},
            "The African Union met. A union of miners struck.": {"union": "no mention"},
        }
    )


def test_a_surname_of_two_who_are_named_in_full_is_left_open() -> None:
    both = "Nawaz Sharif met Shehbaz Sharif in Lahore. They ate. The talks were short."
    near = "Nawaz Sharif met voters. Shehbaz Sharif stayed at home. They ate. Shehbaz Sharif flew to Doha."
    check(
        {
            f"{both} Sharif left.": {"Sharif": None},
            f"{both} Shehbaz Sharif stayed. Sharif slept.": {"Sharif": "person/shehbaz-sharif"},
            f"{near} Sharif met the emir.": {"Sharif": "person/shehbaz-sharif"},
            "Nawaz Sharif came. They ate. The talks were short. Sharif left.": {"Sharif": "person/nawaz-sharif"},
            "Nawaz Sharif met Shehbaz Sharif. Sharif left.": {"Sharif": None},
        }
    )  # fmt: skip


def test_a_demonym_of_two_states_is_that_of_the_one_named() -> None:
    troops = "Congolese troops advanced"
    check(
        {
            f"{troops}.": {"Congolese": None},
            f"{troops}, said officials in Kinshasa.": {"Congolese": "state/dr-congo"},
            f"{troops}, said the Republic of the Congo.": {"Congolese": "state/republic-of-the-congo"},
            f"{troops}, Félix Tshisekedi said.": {"Congolese": "state/dr-congo"},
            f"{troops} from Brazzaville to Kinshasa.": {"Congolese": None},
        }
    )


def test_a_demonym_may_be_a_language_or_part_of_a_name() -> None:
    check(
        {
            "He spoke in Turkish. It was sold.": {"Turkish": "no mention"},
            "The book (Turkish: Kitap) was sold.": {"Turkish": "no mention"},
            "It happened in Turkish waters.": {"Turkish": "state/turkiye"},
            "Abu Jandal al-Kuwaiti was killed.": {"Kuwaiti": "no mention"},
        }
    )


def test_what_is_for_sale_or_show_is_no_state_and_no_leader() -> None:
    texts = (
        "The Brooklyn restaurant Moscow 57 has reopened.",
        "Peru, an old bay gelding, fell at the last fence.",
        "Brazil, the director's first satire, returns to cinemas.",
        "Malta India is the drink of choice on the beach.",
        "Her Panama blew off during the play.",
        "Jordan and Sons, the undertakers, have moved.",
        "Putin's Cakes has been renamed.",
        "Trump suit is decided by the bidding.",
        "Lula the poodle learned to skateboard.",
    )
    known = {
        text: [one.mention.text for one in links_of(text) if one.entity is not None and one.entity.known]
        for text in texts
    }
    assert len(texts) == 9
    assert {text: names for text, names in known.items() if names} == {}
    check(
        {
            "Peru, a member of the bloc, signed the treaty.": {"Peru": "state/peru"},
            "Iran, Russia and Brazil signed the accord.": {"Brazil": "state/brazil"},
            "Lula the president spoke to Macron.": {"Lula": "person/luiz-inacio-lula-da-silva"},
            "The company Russia blamed denied it.": {"Russia": "state/russia"},
            "Putin's ministers met.": {"Putin": "person/vladimir-putin"},
        }
    )


def test_a_regime_is_called_by_another_spelling_of_its_head() -> None:
    check(
        {
            "The Asad regime denied it.": {"Asad": "person/bashar-al-assad"},
            "The Asad bakery opened.": {"Asad": "~org/asad"},
        }
    )


def test_a_state_has_the_capital_that_nobody_doubts() -> None:
    kb = knowledge()
    wanted = {
        "state/qatar": "place/doha",
        "state/ukraine": "place/kyiv",
        "state/united-states": "place/washington-d-c",
        "state/japan": "place/tokyo",
        "state/nigeria": "place/abuja",
        "state/netherlands": "place/amsterdam",
        "state/bolivia": None,
        "state/south-africa": None,
        "state/israel": None,
        "state/palestine": None,
        "state/nowhere": None,
    }
    found = {state: kb.capital_of(state) for state in wanted}
    assert {s: None if e is None else e.key for s, e in found.items()} == wanted
    known = [e for e in kb if e.type == "dip:State" and kb.capital_of(e.key) is not None]
    assert len(known) > 180


def test_a_second_undisputed_city_leaves_no_capital() -> None:
    row = {"surface": "A", "actor": "state/x", "place": "place/a", "kind": "capital", "note": ""}
    other = row | {"surface": "B", "place": "place/b"}
    assert sole_capitals([row], frozenset()) == {"state/x": "place/a"}
    assert sole_capitals([row, other], frozenset()) == {}
    assert sole_capitals([row, other], frozenset({"b"})) == {"state/x": "place/a"}
    assert sole_capitals([row | {"kind": "residence"}], frozenset()) == {}
    assert sole_capitals([row | {"note": "status disputed"}], frozenset()) == {}
