"""Rows of ``kg link``: the contract of their fields, offsets and unknowns."""

from __future__ import annotations

import json

from linking import knowledge, links_of

from kg.model import Article, Reading
from kg.text.linking_rows import COLUMNS, rows

TEXT = "Ankara said Hakan Fidan would meet General Juma Okello.\n\nSmith sang. Talks in Ankara failed."


def reading() -> Reading:
    return Reading(Article("a1", TEXT), entities=(), links=tuple(reversed(links_of(TEXT))), event_mentions=())


def test_a_row_has_the_promised_fields_in_order_and_is_plain_json() -> None:
    found = list(rows(reading()))
    assert len(found) >= 4
    for row in found:
        assert tuple(row) == COLUMNS
        assert json.loads(json.dumps(row)) == row
        assert row["article"] == "a1"
        assert row["why"]


def test_offsets_quote_the_text_as_given_in_its_order() -> None:
    found = list(rows(reading()))
    assert [row["start"] for row in found] == sorted(row["start"] for row in found)
    for row in found:
        assert TEXT[int(row["start"]) : int(row["end"])] == row["text"]


def test_a_known_thing_has_its_full_iri_and_the_id_of_the_knowledge_base() -> None:
    row = next(r for r in rows(reading()) if r["text"] == "Hakan Fidan")
    fidan = knowledge().entity("person/hakan-fidan")
    assert row["iri"] == "https://w3id.org/diplomacy-kg/id/person/hakan-fidan"
    assert (row["label"], row["type"], row["qid"]) == (fidan.label, "dip:Person", fidan.qid or "")
    own = next(r for r in rows(reading(), base="https://x.example/") if r["text"] == "Hakan Fidan")
    assert own["iri"] == "https://x.example/person/hakan-fidan"


def test_a_seat_is_the_government_or_the_place_and_an_unknown_has_no_id() -> None:
    found = list(rows(reading()))
    assert [r["type"] for r in found if r["text"] == "Ankara"] == ["dip:State", "dip:Place"]
    unknown = next(r for r in found if r["text"] == "Juma Okello")
    assert (unknown["qid"], unknown["label"]) == ("", "Juma Okello")
    assert str(unknown["iri"]).endswith("person/juma-okello")


def test_an_abstention_names_nothing_but_says_why() -> None:
    links = links_of("The crowd cheered for Smith all night. The Congolese minister met Smith.")
    open_ones = [one for one in links if one.entity is None]
    assert open_ones
    article = Article("b", "The crowd cheered for Smith all night. The Congolese minister met Smith.")
    row = next(iter(rows(Reading(article, (), tuple(open_ones), ()))))
    assert (row["label"], row["iri"], row["qid"], row["score"]) == ("", "", "", 0.0)
    assert row["why"]
    assert isinstance(row["type"], str)
