"""Assembling is a pure function of the set of readings, and nothing that is wrong slips through."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
import scenarios
from conform import faults
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import KB, NOT, Draft, entity, leads, role, stance
from scenarios import ANI, ARMENIA, AZERBAIJAN, CAUCASUS, GENEVA, LEYLA, TBILISI, draft

from kg.graph.assemble import assemble
from kg.graph.decisions import Decisions
from kg.graph.identity import document_path, kind, settle, slug
from kg.graph.terms import delegation_key, is_global
from kg.graph.triples import redacted
from kg.model import Article, Link, Mention, Span, Term
from kg.vocab import Vocabulary

ALL = [reading for story in scenarios.STORIES for reading in story()]
DIP = "https://w3id.org/diplomacy-kg/ns#"
ID = "https://w3id.org/diplomacy-kg/id/"


def build(*readings, decisions=None, **options):
    return assemble(readings, vocabulary=Vocabulary.load(), kb_version=KB, decisions=decisions, **options)


@given(st.permutations(ALL))
@settings(max_examples=12, deadline=None)
def test_the_order_of_the_articles_does_not_show(order):
    assert build(*order).ntriples() == build(*ALL).ntriples()


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_an_article_that_is_taken_away_leaves_nothing_behind(data):
    """Whatever subset is left, its graph is that of a build which never saw the others."""
    some = data.draw(st.lists(st.sampled_from(ALL), unique_by=lambda one: one.article.id, max_size=6))
    gone = data.draw(st.sampled_from(ALL))
    left = [one for one in [*some, gone] if one.article.id != gone.article.id]
    text = build(*left).ntriples()
    name = document_path(gone.article)
    assert name not in text
    assert text == build(*sorted(left, key=lambda one: one.article.id)).ntriples()


def test_the_graph_of_nothing_is_empty():
    assert build().triples == ()
    assert len(build(*ALL[:1]).triples) > 10


def test_every_subset_of_a_story_conforms():
    ran = 0
    for story in scenarios.STORIES:
        readings = story()
        for mask in range(1, 2 ** len(readings)):
            some = [one for index, one in enumerate(readings) if mask >> index & 1]
            assert faults(build(*some).triples) == []
            ran += 1
    assert ran == sum(2 ** len(story()) - 1 for story in scenarios.STORIES) >= 20


def test_no_reading_makes_an_empty_graph_that_conforms():
    graph = build()
    assert graph.claims == graph.events == graph.view == ()
    assert faults(graph.triples) == []


def test_a_claim_keeps_its_id_whatever_is_merged():
    one, other = scenarios.near_dates()
    alone = {claim.id for claim in build(one).claims if claim.rule is None}
    assert alone < {claim.id for claim in build(one, other).claims}
    inferred = {claim.id for claim in build(one).claims if claim.rule is not None}
    assert inferred < {claim.id for claim in build(one, other).claims}


def test_claim_ids_are_fixed():
    """A changed id breaks every citation and decision: change this only with a migration."""
    a = draft("fixed").tell("talks@0", "Talks", "Norway spoke.", [("participatesIn", ARMENIA)])
    assert [claim.id for claim in build(a.reading()).claims] == ["ca9bd2eca4cf345a6f9c"]


def test_the_same_text_twice_counts_once():
    a = scenarios.near_dates()[0]
    copy = replace(a, article=replace(a.article, id="another-name"))
    assert build(a, copy, a).ntriples() == build(copy).ntriples() == build(copy, a).ntriples()


def test_the_same_claim_twice_is_one_with_the_higher_confidence():
    a = draft("twice")
    span = a.say("Armenia took part.")
    for score in (0.5, 0.8, 0.6):
        a.tell("talks@0", "Talks", span, [("participatesIn", ARMENIA)], score=score)
    a.tell("talks@0", "Talks", "Armenia took part.", [("participatesIn", ARMENIA)], score=0.7)
    assert sorted(claim.confidence for claim in build(a.reading()).claims) == [0.7, 0.8]


HOSTILE = 'x"> <script> \\ ` {}|^ \u0007 %zz ü ı'


def test_hostile_names_make_safe_iris():
    a = Draft(HOSTILE, text="", published=date(2024, 1, 1), title=HOSTILE).know(
        entity("person/evil<x> \u202e|name", HOSTILE, known=False), ARMENIA
    )
    a.tell("talks@ <0>", "Talks", HOSTILE, [("participatesIn", "person/evil<x> \u202e|name")], label=HOSTILE)
    graph = build(a.reading())
    assert faults(graph.triples) == []
    assert len(list(ox.parse(graph.ntriples(), ox.RdfFormat.N_TRIPLES))) == len(graph.triples)


def test_a_store_gives_back_what_it_was_given():
    graph = build(*ALL)
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in graph.triples)
    back = sorted(str(quad.triple) for quad in store)
    # Oxigraph keeps every integer as xsd:integer: whoever writes out of a store has to mend that.
    assert back == sorted(
        str(triple).replace("#nonNegativeInteger>", "#integer>") for triple in graph.triples
    )


def test_another_base_moves_every_thing_and_no_term():
    text = build(*ALL, base="https://example.org/kg/").ntriples()
    assert ID not in text
    assert text == build(*ALL).ntriples().replace(ID, "https://example.org/kg/")


def test_there_are_no_blank_nodes_and_the_lines_are_sorted():
    lines = build(*ALL).ntriples().splitlines()
    assert lines == sorted(set(lines))
    assert not [line for line in lines if line.startswith("_:") or " _:" in line]


def test_the_hash_seed_and_the_locale_do_not_show():
    script = (
        "import sys; sys.path[:0] = sys.argv[1:]; import scenarios; from hashlib import sha256;"
        "from test_assemble import ALL, build; print(sha256(build(*ALL).ntriples().encode()).hexdigest())"
    )
    here = Path(__file__).parent
    want = sha256(build(*ALL).ntriples().encode()).hexdigest()
    for seed in ("1", "77"):
        ran = subprocess.run(
            [sys.executable, "-c", script, str(here), str(here.parents[1])],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Tokyo"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert ran.stdout.strip() == want


def wrong(**change):
    a = draft("wrong").know(entity("issue/peace"))
    options = {"key": "talks@0", "kind": "Talks", "roles": CAUCASUS, "evidence": "A sentence."} | change
    a.tell(options.pop("key"), options.pop("kind"), options.pop("evidence"), options.pop("roles"), **options)
    return build(a.reading())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"roles": [("participatesIn", "person/nobody")]}, "cannot be the subject"),
        ({"roles": [("location", "office/foreign-minister-of-armenia")]}, "cannot be the object"),
        ({"roles": [("location", "talks@404")]}, "cannot be the object"),
        ({"roles": [("takes", ARMENIA)]}, "cannot be the object"),
        ({"roles": [("metWith", ARMENIA)]}, "cannot be claimed"),
        ({"roles": [("dances", ARMENIA)]}, "cannot be claimed"),
        ({"roles": [role("rdf:type", "dip:Nonsense")]}, "takes no"),
        ({"kind": "Vote", "roles": [("votesFor", "most")]}, "takes no"),
        ({"kind": "Nonsense"}, "no class"),
        ({"evidence": Span(5, 5), "roles": CAUCASUS[:1]}, "outside the text"),
        ({"evidence": Span(0, 9999), "roles": CAUCASUS[:1]}, "outside the text"),
        ({"roles": CAUCASUS[:1], "stance": stance(by="place/tbilisi")}, "is no known actor"),
        ({"roles": [leads("person/nobody", ARMENIA)]}, "cannot be the subject"),
        ({"roles": [leads(ANI, "person/nobody")]}, "cannot be the object"),
        ({"roles": [role("leads", "state/armenia")]}, "is not known"),
        ({"roles": [("follows", "talks@0")]}, "itself"),
        ({"roles": [("concerns", "issue/nothing")]}, "cannot be the object"),
    ],
)
def test_what_does_not_fit_is_noted_and_left_out(change, why):
    graph = wrong(**change)
    assert graph.claims == ()
    assert any(why in note.why for note in graph.notes), graph.notes
    assert faults(graph.triples) == []


def test_a_date_that_is_none_is_noted():
    a = draft("date")
    when = replace(scenarios.near_dates()[0].event_mentions[0].when, edtf="someday")
    a.tell("talks@0", "Talks", "Someday.", [], when=when)
    graph = build(a.reading())
    assert [note.why for note in graph.notes] == ["the date 'someday' is not one that the graph holds"]


def test_a_person_leads_for_his_own_side_where_none_is_named():
    a = draft("side").tell("talks@0", "Talks", "Ani Petrosyan led a team.", [role("leads", ANI)])
    graph = build(a.reading())
    found = {(s, p) for s, p, o in graph.view if o == ARMENIA}
    assert found == {("delegation/armenia-armenia", "dip:represents")}


def test_a_circle_of_rounds_is_broken_and_noted():
    a = draft("circle")
    for number in range(3):
        other = f"talks@{(number + 1) % 3}"
        a.tell(f"talks@{number}", "Talks", f"Round {number}.", [*CAUCASUS, ("follows", other)])
    graph = build(a.reading())
    assert len([triple for triple in graph.view if triple[1] == "dip:follows"]) == 2
    assert len(graph.notes) == 1
    assert faults(graph.triples) == []


def test_the_user_can_reject_a_claim_and_what_hangs_on_it():
    readings = scenarios.disputed_leader()
    before = build(*readings)
    mine = next(claim for claim in before.claims if claim.predicate == "dip:represents")
    after = build(*readings, decisions=Decisions(reject=frozenset({mine.id})))
    assert mine.id not in {claim.id for claim in after.claims}
    assert faults(after.triples) == []
    for claim in before.claims:
        if claim.rule is None:
            one = build(*readings, decisions=Decisions(reject=frozenset({claim.id})))
            assert claim.id not in {other.id for other in one.claims}
            assert all(claim.id not in other.derived_from for other in one.claims)
            assert faults(one.triples) == []


def test_rejecting_both_reports_of_a_vote_leaves_an_event():
    readings = scenarios.vote_counts()
    gone = {claim.id for claim in build(*readings).claims if claim.predicate == "dip:voteOn"}
    assert len(gone) == 2
    assert faults(build(*readings, decisions=Decisions(reject=frozenset(gone))).triples) == []


def lines(graph, path):
    return {
        line.partition("> ")[2] for line in graph.ntriples().splitlines() if line.startswith(f"<{ID}{path}> ")
    }


def test_a_document_is_described():
    a = draft("My Article.txt", 2024, 5, 1)
    a.publisher, a.title = "The  Paper", None
    a.tell("talks@0", "Talks", "Talks.", CAUCASUS)
    reading = a.reading()
    reading = replace(
        reading, article=replace(reading.article, url="https://me:pw@example.org/a?id=1&api_key=s")
    )
    graph = build(reading)
    sha = sha256(reading.article.text.encode()).hexdigest()
    assert lines(graph, f"doc/my-article-txt-{sha[:16]}") == {
        f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{DIP}Document> .",
        '<http://purl.org/dc/terms/title> "My Article.txt"@en .',
        '<http://purl.org/dc/terms/identifier> "My Article.txt" .',
        '<http://purl.org/dc/terms/publisher> "The  Paper" .',
        '<http://purl.org/dc/terms/issued> "2024-05-01"^^<http://www.w3.org/2001/XMLSchema#date> .',
        "<http://schema.org/url> <https://example.org/a?id=1> .",
        f'<{DIP}contentHash> "{sha}" .',
    }


@pytest.mark.parametrize(
    ("url", "want"),
    [
        ("https://example.org/a?x=1&token=t#part", "https://example.org/a?x=1"),
        ("HTTP://user@example.org:8080/", "http://example.org:8080/"),
        ("https://[::1]/a b", "https://[::1]/a%20b"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("http://[bad", None),
        ("", None),
    ],
)
def test_addresses_are_redacted(url, want):
    assert redacted(url) == want


def test_offsets_quote_the_text_in_code_points():
    a = draft("offsets").tell("talks@0", "Talks", "🕊️ Türkiye – “talks”.", CAUCASUS)
    a.tell("talks@1", "Talks", "“Naïve” talks 🕊️.", CAUCASUS)
    reading = a.reading()
    checked = 0
    for claim in build(reading).claims:
        for span, quoted in claim.evidence:
            assert reading.article.text[span.start : span.end] == quoted
            checked += 1
    assert checked == 4


def test_names_and_aliases_come_from_the_readings():
    a = draft("names").know(entity("state/freedonia", "Freedonia", aliases=("Fredonia",), qid="Q1"))
    a.tell(
        "talks@0",
        "Talks",
        "Fredonia and Freedonians met Ankh, says it.",
        [("participatesIn", "state/freedonia")],
    )
    for words, sort in (("Ankh", "dip:State"), ("Freedonians", "kg:Demonym"), ("it", "dip:State")):
        known = next(one for one in a.entities if one.key == "state/freedonia")
        a.links.append(Link(Mention(a.find(words), words, Term(sort), Span(0, 1)), known, 1.0, "by hand"))
    (node,) = [node for node in build(a.reading()).nodes if node.path == "state/freedonia"]
    assert node.label == "Freedonia"
    assert node.aliases == ("Ankh", "Fredonia")
    assert node.types == ("dip:State", "dip:Polity", "dip:Actor", "dip:Place")
    assert node.qid == "Q1"


def test_of_two_records_of_an_entity_the_better_known_counts():
    found = []
    for name, known in (("a", False), ("b", True)):
        a = Draft(name).know(entity("person/x", f"{name} X", qid="Q5" if known else None, known=known))
        found.append(
            a.tell("meeting@0", "Meeting", f"X met, says {name}.", [("participatesIn", "person/x")]).reading()
        )
    assert {node.label for node in build(*found).nodes if node.path == "person/x"} == {"b X"}


def test_only_what_claims_name_is_in_the_graph():
    a = draft("used").tell("talks@0", "Talks", "Talks in Tbilisi.", [*CAUCASUS, ("location", TBILISI)])
    assert {node.path for node in build(a.reading()).nodes} == {
        ARMENIA,
        AZERBAIJAN,
        TBILISI,
        "state/georgia",
        "talks/armenia-azerbaijan-tbilisi",
    }


def test_the_knowledge_base_is_named_once():
    text = build(*ALL).ntriples()
    assert text.count('"knowledge base 2026-11-21"') == 1
    assert f"<{ID}kb/2026-11-21>" in text


def test_confidence_is_a_decimal_without_trailing_zeros():
    a = draft("sure")
    for number, score in enumerate((1.0, 0.9, 0.85, 0.123456, 0.0)):
        a.tell("talks@0", "Talks", f"Sentence {number}.", [("participatesIn", ARMENIA)], score=score)
    text = build(a.reading()).ntriples()
    for number in ("1", "0.9", "0.85", "0.12", "0"):
        assert f'"{number}"^^<http://www.w3.org/2001/XMLSchema#decimal>' in text


def test_the_labels():
    a = draft("labels", 2024, 5, 1)
    a.tell(
        "demand@0",
        "Demand",
        "Open the border!",
        [("takes", ARMENIA), ("content", "open " + "the border " * 9)],
    )
    a.tell("threat@0", "Threat", "Or else.", [("content", "or else")])
    a.tell("support@0", "Support", "Applause.", [])
    a.tell("agreement@0", "Agreement", "A deal.", [("signs", ARMENIA), ("signs", AZERBAIJAN)], when="2024")
    a.tell("visit@0", "Visit", "A visit.", [("participatesIn", LEYLA), ("location", GENEVA)], when="2024-05")
    a.tell("meeting@0", "Meeting", "The Lake summit.", CAUCASUS, label="Lake summit", when="2023-12/2024-01")
    a.tell("aid@0", "Aid", "Help.", [("performs", ARMENIA), ("directedAt", AZERBAIJAN)])
    a.tell("process@0", "Process", "A process.", [])
    labels = {node.label for node in build(a.reading()).nodes}
    assert labels >= {
        "Demand by Armenia: open the border the border the border the border the border …",
        "Agreement: Armenia–Azerbaijan, 2024",
        "Leyla Aliyeva visit, Geneva, May 2024",
        "Lake summit, 2023–2024",
        "Aid by Armenia (Azerbaijan)",
        "Threat: or else",
    }


def test_slugs():
    assert slug("Türkiye’s  DIYARBAKIR_ı") == "turkiye-s-diyarbakir-i"
    assert slug("Đà Nẵng") == "da-nang"
    assert slug("Київ") == "київ"
    assert slug("हिन्दी भाषा") == "हिन्दी-भाषा"
    assert slug("…") == ""
    assert len(slug("word " * 99)) <= 80
    assert kind("dip:IndirectTalks") == "indirect-talks"
    assert document_path(Article("…", "x")).startswith("doc/2d711642b726b044")


def test_clashing_names_get_the_start_of_their_hash():
    wanted = {
        "a": ("talks/x", "aaaa1"),
        "b": ("talks/x", "aaaa2"),
        "c": ("talks/y", "cccc"),
        "d": ("talks/z", "dddd"),
    }
    assert settle(wanted, ["talks/z"]) == {
        "a": "talks/x-aaaa1",
        "b": "talks/x-aaaa2",
        "c": "talks/y",
        "d": "talks/z-dddd",
    }


def test_local_and_global_keys_are_told_apart():
    assert is_global("office/president-of-x")
    assert not is_global("talks@120")
    assert not is_global(delegation_key("talks@120", ARMENIA))


def test_whoever_does_not_lead_brings_nobody():
    a = draft("not").tell(
        "talks@0", "Talks", "She will not lead.", [leads(ANI, ARMENIA)], stance=NOT, status="Held"
    )
    graph = build(a.reading())
    assert not [claim for claim in graph.claims if claim.predicate == "dip:participatesIn"]
    assert faults(graph.triples) == []


def test_names_grow_until_they_differ():
    hashes = {"a": "1234" + "5" * 60, "b": "1234" + "6" * 60}
    wanted = {name: ("person/x", value) for name, value in hashes.items()}
    assert settle(wanted) == {"a": "person/x-12345", "b": "person/x-12346"}
    assert settle(wanted, {"person/x-12345"}) == {"a": "person/x-123455", "b": "person/x-123466"}
    same = dict.fromkeys("ab", ("person/x", "7" * 64))  # what has one content is one thing
    assert settle(same) == dict.fromkeys("ab", "person/x-" + "7" * 64)
