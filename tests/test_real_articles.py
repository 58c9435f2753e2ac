"""What a careful reader must find in the five real articles, from raw text to the view.

The articles are other people's and stay outside the repository: these tests need ``../shared`` beside
the checkout, and say so where it is missing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.assemble import GraphContent, assemble
from kg.graph.check import validate
from kg.graph.store import ontology_triples
from kg.model import Literal, Reading
from kg.pipeline import load_kb, read
from kg.text.read import Refusal, read_articles
from kg.vocab import Vocabulary

ARTICLES = Path(__file__).parents[1] / "../shared/articles"

pytestmark = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the real articles are not here: put the shared folder beside the checkout"
)

MEDINSKY, UMEROV = "person/vladimir-medinsky", "person/rustem-umerov"
PUTIN, ZELENSKYY, TRUMP = "person/vladimir-putin", "person/volodymyr-zelenskyy", "person/donald-trump"


@pytest.fixture(scope="module")
def readings() -> tuple[Reading, ...]:
    articles = [a for a in read_articles([str(ARTICLES)]) if not isinstance(a, Refusal)]
    assert len(articles) == 5
    return tuple(read(articles, kb=load_kb()))


@pytest.fixture(scope="module")
def graph(readings: tuple[Reading, ...]) -> GraphContent:
    return assemble(readings, vocabulary=Vocabulary.load(), kb_version="test")


def facts(graph: GraphContent, predicate: str) -> set[tuple[str, str]]:
    return {(s, o.text if isinstance(o, Literal) else o) for s, p, o in graph.view if p == f"dip:{predicate}"}


def side(graph: GraphContent, delegation: str) -> str:
    return dict(facts(graph, "represents"))[delegation]


def led(graph: GraphContent) -> set[tuple[str, str, str]]:
    events = dict(facts(graph, "participatesIn"))
    return {(who, side(graph, team), events[team]) for who, team in facts(graph, "leads")}


def event(graph: GraphContent, start: str) -> str:
    (found,) = [e.path for e in graph.events if e.path.startswith(start)]
    return found


def test_the_graph_conforms(graph):
    assert validate([*graph.triples, *ontology_triples()]).conforms


def test_two_articles_tell_of_one_round_and_say_why(graph):
    may = next(e for e in graph.events if e.path.endswith("istanbul-2025-05-16"))
    assert len({document for document, _ in may.members}) == 2
    assert any("same leaders" in str(reason) for reason in may.reasons)


def test_who_leads_which_side_at_which_round(graph):
    may, july = (
        event(graph, "talks/russia-ukraine-istanbul-2025-05-16"),
        event(graph, "talks/russia-ukraine-istanbul-2025-07"),
    )
    assert led(graph) == {
        (MEDINSKY, "state/russia", may),
        (UMEROV, "state/ukraine", may),
        (MEDINSKY, "state/russia", july),
        (UMEROV, "state/ukraine", july),
    }


def test_the_broker_is_stated_and_the_host_is_inferred(graph):
    may = event(graph, "talks/russia-ukraine-istanbul-2025-05-16")
    assert ("state/turkiye", may) in facts(graph, "brokers")
    host = [c for c in graph.claims if c.predicate == "dip:hosts" and c.object == may]
    assert {c.subject for c in host} == {"state/turkiye"}
    assert all(c.derived_from and not c.evidence for c in host)
    broker = [c for c in graph.claims if c.predicate == "dip:brokers" and c.object == may]
    assert any(c.evidence for c in broker)


def test_the_minister_met_the_adviser_as_the_adviser_says(graph):
    told = [
        c
        for c in graph.claims
        if c.predicate == "dip:participatesIn"
        and c.subject in (MEDINSKY, "person/hakan-fidan")
        and c.stance.speaker == MEDINSKY
    ]
    assert {c.subject for c in told} == {MEDINSKY, "person/hakan-fidan"}
    assert len({c.object for c in told}) == 1


def test_the_july_date_is_disputed(graph):
    july = event(graph, "talks/russia-ukraine-istanbul-2025-07")
    days = {
        (c.object.text, c.stance.speaker)
        for c in graph.claims
        if c.subject == july and c.predicate == "dip:edtf" and isinstance(c.object, Literal) and c.contradicts
    }
    assert ("2025-07-23", ZELENSKYY) in days
    assert ("2025-07-24", "bloc/russian-media") in days
    assert ("2025-07-24", None) in days
    assert july not in dict(facts(graph, "edtf"))


def test_a_refused_meeting_has_no_participants(graph):
    refused = event(graph, "meeting/vladimir-putin-volodymyr-zelenskyy")
    assert (refused, "dip:StatusRefused") in facts(graph, "status")
    assert not [s for s, o in facts(graph, "participatesIn") if o == refused]
    refusals = {o for s, o in facts(graph, "takes") if s == PUTIN and o.startswith("refusal/")}
    assert refusals
    assert any((r, refused) in facts(graph, "concerns") for r in refusals)
    denied = [c for c in graph.claims if c.object == refused and c.stance.negated]
    assert {c.subject for c in denied} == {PUTIN, ZELENSKYY}


def test_a_proposed_meeting_has_no_participants(graph):
    proposed = [e.path for e in graph.events if e.path.startswith("meeting/donald-trump-vladimir-putin")]
    assert proposed
    for path in proposed:
        assert (path, "dip:StatusProposed") in facts(graph, "status")
        assert not [s for s, o in facts(graph, "participatesIn") if o == path]


def test_the_vote_and_the_resolution(graph):
    assert {o for _, o in facts(graph, "votesFor")} == {"107"}
    assert {o for _, o in facts(graph, "votesAgainst")} == {"12"}
    assert {o for _, o in facts(graph, "abstentions")} == {"51"}
    adopted = {o for s, o in facts(graph, "adopts") if s == "org/un-security-council"}
    assert {label for path, label in ((n.path, n.label) for n in graph.nodes) if path in adopted} == {
        "Resolution 2774"
    }


def test_nothing_of_the_unrelated_fire_and_no_town_as_a_party(graph, readings):
    text = "\n".join(quote for claim in graph.claims for _, quote in claim.evidence)
    assert "Bicester" not in text
    assert not any("bicester" in entity.key for reading in readings for entity in reading.entities)
    roles = ("participatesIn", "leads", "hosts", "brokers", "mediates", "takes", "signs", "performs")
    assert not [s for role in roles for s, _ in facts(graph, role) if s.startswith("place/")]
