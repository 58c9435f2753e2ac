"""When and where events are told to be, and what became of them; each with what must not be read."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.model import Article
from kg.pipeline import load_kb, read

if TYPE_CHECKING:
    from kg.model import Reading

DAY = date(2024, 5, 14)  # a Tuesday

# Text | what is told, as "Type EDTF", "Type status" or "Type @place" | what must not be.
CASES: list[tuple[str, set[str], set[str]]] = [
    # What was planned for a weekday lies ahead; for a day of a month, where it lies nearest.
    ("Hakan Fidan, Turkey's foreign minister, was expected in Doha on Wednesday.", {"Visit 2024-05-15"}, {"Visit 2024-05-08"}),
    ("President Gustavo Petro had been expected in Havana on Monday.", {"Visit 2024-05-13"}, {"Visit 2024-05-20"}),
    ("A visit to Oslo by Hakan Fidan, which had been announced for Friday, has been called off.",
     {"Visit 2024-05-17", "Visit cancelled"}, {"Visit 2024-05-10"}),
    ("A meeting between Salva Kiir and William Ruto, which was to have been held in Nairobi on May 8, fell through.",
     {"Meeting 2024-05-08", "Meeting cancelled", "Meeting @nairobi"}, {"Meeting planned"}),
    ("The summit of President William Ruto and the Somali president, Hassan Sheikh Mohamud, scheduled for 19 June, has been cancelled.",
     {"Meeting 2024-06-19", "Meeting cancelled"}, set()),
    ("The summit of President William Ruto and the Somali president, Hassan Sheikh Mohamud, announced on Monday, was cancelled.",
     {"Meeting cancelled"}, {"Meeting 2024-05-13"}),
    ("A summit of Chad and Sudan could be arranged in Doha in June.",
     {"Meeting 2024-06", "Meeting proposed", "Meeting @doha"}, {"Meeting planned"}),
    ("Talks between Chad and Sudan, due to open in Doha on Monday, were postponed.", {"Talks 2024-05-13"}, {"Talks 2024-05-20"}),
    ("Talks between Chad and Sudan intended to end the war in Goma began in Doha.", {"Talks @doha"}, {"Talks @goma"}),
    # Where somebody is posted is not where he talks; behind a comma it is.
    ("Talks between Chad and Sudan were chaired by Amos Wako, the former Kenyan ambassador in Doha.", set(), {"Talks @doha"}),
    ("Chad and Sudan held talks in Oslo, led by Amos Wako, Kenya's chief negotiator and its ambassador in Doha.",
     {"Talks @oslo"}, {"Talks @doha"}),
    ("Talks between Chad and Sudan were chaired by Amos Wako, the former Kenyan ambassador, in Doha.", {"Talks @doha"}, set()),
    ("William Ruto met Hakan Fidan, the Turkish foreign minister, in Doha.", {"Meeting @doha"}, set()),
    # A second place with a day of its own is where another event was.
    ("Chad and Sudan held talks in Doha on 3 May and in Cairo on 5 May.", {"Talks 2024-05-03", "Talks @doha"}, {"Talks @cairo"}),
    ("Officials of Serbia and Kosovo met in Skopje on Monday and Tirana on Friday.", {"Meeting @skopje", "Meeting @tirana"}, set()),
    ("Chad and Sudan held talks in Doha and in Cairo on 5 May.", {"Talks @doha", "Talks @cairo", "Talks 2024-05-05"}, set()),
    # Stays and lengths.
    ("Foreign Minister Wang Yi is due in Canberra on June 4 for a two-day visit.", {"Visit 2024-06-04/2024-06-05"}, set()),
    ("Chad and Sudan yesterday signed an agreement, after five days of talks.", {"Talks 2024-05-09/2024-05-13", "Talks held"}, set()),
    ("Chad and Sudan held talks for five days.", set(), {"Talks 2024-05-10/2024-05-14", "Talks 2024-05-14"}),
    ("Norway has mediated between Chad and Sudan since January and held talks with Chad and Sudan.", set(), {"Talks 2024-01-01/.."}),
    ("Yesterday's accord follows the talks between Chad and Sudan in Doha.", {"Talks @doha"}, {"Talks 2024-05-13"}),
    # Days that count from another.
    ("Kenya and Uganda met on 3 May. President William Ruto flew to Kampala two days later.", {"Visit 2024-05-05"}, set()),
    ("Kenya and Uganda met on 3 May. William Ruto flew to Kampala two days after the accord was signed.", set(), {"Visit 2024-05-05"}),
    # What takes place where a journey leads has its place.
    ("Foreign Minister Wang Yi will visit Uganda on 3 June, where he will hold talks with Yoweri Museveni.",
     {"Talks @uganda", "Visit 2024-06-03"}, set()),
    ("President Paul Kagame flew to Angola on Friday, where he met João Lourenço.", {"Meeting @angola", "Visit @angola"}, set()),
    ("President Paul Kagame visited Angola on Friday, where the harvest has failed. He met João Lourenço in Kigali.",
     {"Meeting @kigali"}, {"Meeting @angola"}),
    # Whoever goes somewhere on a day and meets somebody there does so on that day.
    ("President William Ruto flew to Khartoum on Monday and met the Sudanese president, Omar Hamad.", {"Meeting 2024-05-13"}, set()),
    ("The Norwegian envoy arrived in Colombo on 4 March and held talks with the Tamil Tigers.", {"Talks 2024-03-04"}, set()),
    ("President Paul Kagame travelled to Angola on Sunday, where he met João Lourenço.", {"Meeting 2024-05-12"}, set()),
    ("Ali Saleh of Chad was in Doha on Monday, where he met Sudan's president.", {"Meeting 2024-05-13"}, set()),
    ("Wang Yi is to arrive in Nairobi on Friday and will hold talks with William Ruto.", {"Talks 2024-05-17"}, set()),
    ("Wang Yi arrived in Nairobi on Friday and will hold talks with William Ruto.", set(), {"Talks 2024-05-10"}),
    ("Wang Yi arrived in Nairobi on Friday and later met William Ruto.", set(), {"Meeting 2024-05-10"}),
    ("Wang Yi arrived in Nairobi on Friday and did not meet William Ruto.", set(), {"Meeting 2024-05-10"}),
    ("Wang Yi arrived in Nairobi on Friday and Abiy Ahmed met William Ruto in Addis Ababa.", set(), {"Meeting 2024-05-10"}),
    ("Wang Yi left Nairobi on Friday and met William Ruto in Kampala.", set(), {"Meeting 2024-05-10"}),
    # A day that is put first, or stands before a clause.
    ("It was on 4 April that Syria and Israel met in London.", {"Meeting 2024-04-04"}, set()),
    ("It was clear on Monday that Syria and Israel had met in London.", set(), {"Meeting 2024-05-13"}),
    ("Armenia and Azerbaijan on Friday ended a stalemate with a day of talks in Brussels.", {"Talks 2024-05-10"}, set()),
    ("The rebels opened an offensive on Monday with talks between Chad and Sudan in Doha under way.", set(), {"Talks 2024-05-13"}),
    ("Chad told Sudan on Friday that it would not sign, as Kenya and Uganda met in Doha.", {"Meeting 2024-05-10"}, set()),
    # Another one of those told just before.
    ("Chad and Sudan held a summit in Doha on Monday. A second one is to be held by video link on Friday.",
     {"Meeting 2024-05-17", "Meeting planned"}, set()),
    ("Turkish and Greek negotiators met on Monday. Another will be held in Nicosia on 2 June.", {"Meeting 2024-06-02"}, set()),
    ("Chad and Sudan held a first round of talks in Doha on Monday. The second is scheduled for Friday in Cairo.",
     {"Talks 2024-05-17", "Talks @cairo"}, set()),
    ("Chad and Sudan signed an accord after talks in Doha on Monday. A second one is to be signed on Friday.", set(), {"Talks 2024-05-17"}),
    ("Chad and Sudan held talks after a first attack on Goma on Monday. A second is expected on Friday.", set(), {"Talks 2024-05-17"}),
    ("Chad's first round of elections was held on Monday; a second one is to be held on Friday.",
     set(), {"Talks 2024-05-13", "Talks 2024-05-17"}),
    # People whom nobody names.
    ("President William Ruto of Kenya is to meet the heads of all the parties in Nairobi on Thursday.", {"Meeting 2024-05-16"}, set()),
    ("Party leaders met with President William Ruto on Thursday.", {"Meeting 2024-05-09"}, set()),
    ("The two men were received in Nairobi on Friday by William Ruto, the president of Kenya.", {"Meeting 2024-05-10"}, set()),
    ("Kenya's officials met a deadline on Monday.", set(), {"Meeting 2024-05-13"}),
    ("President William Ruto saw leaders as thieves on Monday.", set(), {"Meeting 2024-05-13"}),
    ("Analysts of the bank met on Monday.", set(), {"Meeting 2024-05-13"}),
    # A clause of a day has it, too.
    ("Mediation failed on 5 April, when a summit in Luanda between Felix Tshisekedi and Paul Kagame collapsed.", {"Meeting 2024-04-05"}, set()),
    ("The truce of 3 March, when Chad and Sudan held talks in Oslo, has been broken.", {"Talks 2024-03-03"}, set()),
    ("The last contact goes back to 12 January, when Abiy Ahmed and William Ruto met in Doha.", {"Meeting 2024-01-12"}, set()),
    ("The truce will last until 4 June, when Chad and Sudan are to meet in Oslo.", set(), {"Meeting ../2024-06-04"}),
    ("He said on 3 March that Chad would not sign when Sudan met Kenya in Oslo.", set(), {"Meeting 2024-03-03"}),
    # Days counted from that of the sentence.
    ("Chad and Sudan freed prisoners on Monday, a day after Abiy Ahmed and William Ruto talked by telephone.",
     {"Call 2024-05-12"}, {"Call 2024-05-13"}),
    ("The border reopened on Saturday, two days after Chad and Sudan ended a round of talks in Oslo.", {"Talks 2024-05-09"}, set()),
    ("The accord was signed on Friday, two days after talks in Oslo between Chad and Sudan.", {"Talks 2024-05-08"}, {"Talks 2024-05-10"}),
    ("The envoy left Oslo on 3 May, a week after Kenya and Uganda met there.", {"Meeting 2024-04-26"}, set()),
    ("The envoy left Oslo on 3 May, two months after Kenya and Uganda met there.", set(), {"Meeting 2024-03-03", "Meeting 2024-05-03"}),
    ("The envoy left Oslo a day after Kenya and Uganda met there.", set(), {"Meeting 2024-05-13"}),
    ("Chad denied on Sunday that it would meet Sudan in two weeks, a day after Kenya and Uganda met in Oslo.",
     {"Meeting 2024-05-11"}, {"Meeting 2024-05-27"}),
    # What a journey that is asked for is to be for has its day and place.
    ("Kenya invited Sudan and Chad to return to Nairobi on 30 May for talks.",
     {"Talks 2024-05-30", "Talks proposed", "Talks @nairobi"}, {"Talks planned"}),
    ("The envoy had proposed that Sudan and Chad come back to Doha on 30 May for another round.",
     {"Talks 2024-05-30", "Talks proposed", "Talks @doha"}, {"Talks held"}),
    ("Sudan refused to return to Nairobi on 30 May for talks with Chad.", set(), {"Talks 2024-05-30", "Talks @nairobi"}),
    # A clause that the parser hangs on what follows.
    ("At the last round, held in Doha on 26 November 2022, Chad and Sudan signed an accord.",
     {"Talks 2022-11-26", "Talks @doha"}, set()),
    # Votes have the day and the outcome of the verb that tells of them, not that of the text.
    ("The Security Council today extended the mandate, adopting resolution 2749 (2024) by a vote of 12 in favour to none against, with 3 abstentions.",
     {"Vote 2024-05-14", "Vote held"}, {"Vote 2024"}),
    ("The Council adopted the resolution by 12 votes to 2, extending the mandate until 31 August 2024.",
     {"Vote held"}, {"Vote ../2024-08-31"}),
    # What a journey is for is planned as the journey is.
    ("President William Ruto will fly to Cairo next week for talks with Abdel Fattah el-Sisi.",
     {"Talks 2024-05-20/2024-05-26", "Talks planned", "Talks @cairo"}, {"Talks held"}),
    ("Foreign Minister Wang Yi flies to Islamabad today.", {"Visit 2024-05-14", "Visit planned"}, set()),
    ("The round of talks between Chad and Sudan did not take place on Monday.", {"Talks cancelled"}, {"Talks held"}),
    ("The cycle of talks between the Government of Colombia and the ELN was held in Havana from 22 January to 5 February 2024.",
     {"Talks 2024-01-22/2024-02-05", "Talks held", "Talks @havana"}, set()),
    # Places.
    ("Kenya and Uganda held talks in the border town of Busitema.", {"Talks @busitema"}, set()),
    ("Kenya and Uganda held talks on the town of Busitema.", set(), {"Talks @busitema"}),
    ("William Ruto met Salva Kiir in Torit, South Sudan.", {"Meeting @torit"}, {"Meeting @south-sudan"}),
    ("President William Ruto was in Algiers, where he met Salva Kiir on Monday.", {"Meeting @algiers"}, set()),
    ("Invited to Doha, Kenya and Uganda will hold talks there in June.", {"Talks @doha", "Talks 2024-06"}, set()),
    ("Rwandan forces attacked the suburb of Goma.", {"Attack @goma"}, set()),
    ("Kenya and Uganda held talks on a ceasefire in Goma.", set(), {"Talks @goma"}),
]  # fmt: skip


def reading(text: str, published: date | None) -> Reading:
    article = Article(
        id="x", text=text, published=published, sha256=hashlib.sha256(text.encode()).hexdigest()
    )
    return next(iter(read([article], kb=load_kb())))


def told(found: Reading) -> set[str]:
    facts = set()
    for mention in found.event_mentions:
        kind = mention.type.removeprefix("dip:")
        facts |= {f"{kind} {mention.when.edtf}"} if mention.when is not None else set()
        facts |= {f"{kind} {mention.status.removeprefix('dip:Status').lower()}"} if mention.status else set()
        facts |= {
            f"{kind} @{role.filler.rpartition('/')[2]}"
            for role in mention.roles
            if role.predicate == "dip:location"
        }
    return facts


@pytest.mark.parametrize(("text", "expected", "never"), CASES)
def test_it_tells_when_and_where_and_what_became_of_it(text: str, expected: set[str], never: set[str]):
    found = told(reading(text, DAY))
    assert expected <= found
    assert not never & found


def test_today_is_the_day_of_the_dateline():
    text = "NAIROBI, May 13 (Agency) - Chad and Sudan opened talks in Doha today, officials of Chad said."
    assert "Talks 2024-05-13" in told(reading(text, DAY))
    # A date that the sentence itself needs is no dateline.
    text = "In Nairobi on May 13 - a holiday - Chad and Sudan opened talks. They resumed talks in Doha today."
    assert "Talks 2024-05-14" in told(reading(text, DAY))


def test_without_a_day_of_publication_a_full_date_gives_the_year():
    text = "Kenya and Uganda signed it on 3 May 2023. They held talks in Doha on 12 June. They will meet on Friday."
    found = told(reading(text, None))
    assert "Talks 2023-06-12" in found
    assert not any(fact.startswith("Meeting 2") for fact in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chad and Niger met on 5 May at the 2019 Lake Chad summit.", "2019-05-05"),
        ("William Ruto visited Uganda on 4 April and Sudan from 5 to 6 April 2016.", "2016-04-04"),
        (
            "Foreign Minister Wang Yi met Hakan Fidan on 9 June at the 2021 Addis Ababa conference.",
            "2021-06-09",
        ),
    ],
)
def test_without_a_day_of_publication_the_sentence_gives_the_year(text: str, wanted: str):
    (reading,) = read([Article(id="undated", text=text)], kb=load_kb())
    assert wanted in {mention.when.edtf for mention in reading.event_mentions if mention.when is not None}


def test_without_a_day_of_publication_a_stretch_of_days_gives_the_year():
    text = "Chad and Sudan held talks in Doha from 22 January to 5 February 2024. They signed it. Kenya and Uganda met on 3 February."
    assert "Meeting 2024-02-03" in told(reading(text, None))


def test_a_surname_that_the_tagger_misses_is_found_again():
    text = "Abdoulaye Bathily mediated between Chad and Sudan. It is said that Bathily himself met William Ruto in Doha on Monday."
    (found,) = read([Article(id="again", text=text, published=DAY)], kb=load_kb())
    meetings = [m for m in found.event_mentions if m.type == "dip:Meeting"]
    assert any("bathily" in role.filler for m in meetings for role in m.roles)


def test_the_year_of_something_else_is_not_taken():
    text = "Chad and Niger met on 5 May, as they had in March 2019 and during 2020."
    (reading,) = read([Article(id="undated", text=text)], kb=load_kb())
    days = {mention.when.edtf for mention in reading.event_mentions if mention.when is not None}
    assert not days & {"2019-05-05", "2020-05-05"}


def test_indirect_talks_stay_indirect():
    text = "Israel and Hamas held indirect talks in Doha on Monday. The talks ended without result."
    found = told(reading(text, DAY))
    assert "IndirectTalks held" in found
    assert "Talks held" not in found


def test_last_before_a_count_of_days_is_no_time_behind_to():
    text = "Talks between Kenya and Chad in Doha are due to last ten days."
    assert not [m.when for m in reading(text, date(2023, 10, 27)).event_mentions if m.when is not None]


def test_the_day_of_an_agreement_is_past_whatever_is_said_of_it():
    text = '"I did not want to sign the agreement of Feb. 27," Prime Minister Albin Kurti said.'
    assert [m.when.edtf for m in reading(text, date(2023, 10, 27)).event_mentions if m.when is not None] == [
        "2023-02-27"
    ]
