"""Every rule is clean on the sound graph and bites on its fixture; every term is used by a query."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.graph import check
from kg.graph.store import ontology_triples
from kg.vocab import Vocabulary

CHECKOUT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "fixtures"
RULES = check.rules()


def load(path):
    return [quad.triple for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)]


def test_every_rule_has_a_fixture_and_every_fixture_a_rule():
    assert {rule.name for rule in RULES} == {path.stem for path in FIXTURES.glob("*.ttl")} - {"good"}
    assert len(RULES) == 20


def test_the_sound_graph_breaks_no_rule():
    assert check.check_rules([*load(FIXTURES / "good.ttl"), *ontology_triples()]).results == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_bites_on_its_fixture(rule):
    triples = [*load(FIXTURES / "good.ttl"), *load(FIXTURES / f"{rule.name}.ttl"), *ontology_triples()]
    found = [finding for finding in check.check_rules(triples).results if finding.rule == rule.name]
    assert found
    assert all("{?" not in finding.message for finding in found)
    # The rule named is the breach meant: at most one other rule may see the same fault.
    assert len({finding.rule for finding in check.check_rules(triples).results}) <= 2


def test_the_rules_say_the_same_in_rdflib():
    """A second engine finds the same breaches, on all fixtures with SELECTs it can run quickly."""
    names = (
        "follows-itself",
        "several-statuses",
        "quote-of-wrong-length",
        "blank-thing",
        "evidence-from-elsewhere",
    )
    ran = 0
    for rule in RULES:
        if rule.name not in names:
            continue
        graph = rdflib.Graph().parse(FIXTURES / "good.ttl").parse(FIXTURES / f"{rule.name}.ttl")
        assert len(graph.query(rule.text)) >= 1, rule.name
        assert len(rdflib.Graph().parse(FIXTURES / "good.ttl").query(rule.text)) == 0, rule.name
        ran += 1
    assert ran == len(names)


def test_every_property_is_asked_for_by_a_query_a_rule_or_a_shape():
    """A term that no question needs is a term too many."""
    files = [
        *(CHECKOUT / "queries").glob("*.rq"),
        *(CHECKOUT / "ontology/checks").glob("*.rq"),
        CHECKOUT / "ontology/shapes.ttl",
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r"\bdip:\w+", text))
    unused = set(Vocabulary.load().properties) - used
    assert unused == set()


def test_both_parsers_read_the_ontology_alike():
    path = CHECKOUT / "ontology/diplomacy.ttl"
    assert len(rdflib.Graph().parse(path)) == len(load(path))
    assert len(ontology_triples()) == len(load(path))
