"""Validation: findings are readable, and warnings do not fail a graph."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.graph import check
from kg.graph.store import EmbeddedStore, ontology_triples

FIXTURES = Path(__file__).parents[1] / "ontology/fixtures"


def load(*names):
    quads = (
        quad
        for name in names
        for quad in ox.parse((FIXTURES / f"{name}.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    )
    return [*(quad.triple for quad in quads), *ontology_triples()]


def test_a_sound_graph_conforms():
    report = check.validate(load("good"))
    assert report == check.Report(conforms=True, results=())
    assert str(report) == "The graph conforms."


def test_findings_can_be_read():
    report = check.validate(load("good", "role-in-unreal-event", "several-statuses"))
    assert not report.conforms
    lines = str(report).splitlines()
    assert lines[-1] == "The graph does not conform."
    told = "thing/south dip:hosts thing/plan, which was refused, cancelled or only proposed."
    assert sum(told in line for line in lines) == 2
    assert any("thing/round dip:status" in line and "[MaxCount]" in line for line in lines)
    assert not any("https://" in line for line in lines)


def test_a_warning_is_told_but_conforms():
    same = ox.Triple(
        ox.NamedNode("https://w3id.org/diplomacy-kg/id/thing/north"),
        ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs"),
        ox.NamedNode("http://www.wikidata.org/entity/Q1"),
    )
    report = check.check_shapes([*load("good"), same])
    assert report.conforms
    assert [finding.severity for finding in report.results] == ["warning"]


def test_an_open_store_can_be_checked():
    store = EmbeddedStore.of(load("good", "follows-itself"))
    assert [finding.rule for finding in check.check_rules(store).results] == ["follows-itself"]


def test_a_rule_that_is_no_rule_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(check, "data_folder", lambda _: tmp_path)
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "odd.rq").write_text("SELECT ?x { ?x ?p ?o }")
    with pytest.raises(DataError, match="must begin with a comment"):
        check.rules()
    (tmp_path / "checks" / "odd.rq").write_text("# Odd.\nASK {}")
    with pytest.raises(DataError, match="must be a SELECT"):
        check.check_rules(load("good"))
