"""The graph with its claims as RDF 1.2 reifiers: two readers of triple terms see all of the graph, and nothing else."""

from __future__ import annotations

import io
import json

import pyoxigraph as ox
import pytest
import rdflib
from other_tools import HERE, N3, need, node

from kg.graph.export import rdf12
from kg.graph.query import named_query
from kg.graph.reified import reified
from kg.project import Project
from kg.vocab import NS, RDF, Vocabulary

CLAIM, A = ox.NamedNode("https://x.org/claim"), ox.NamedNode(f"{RDF}type")
PARTS = [ox.NamedNode(f"{RDF}{part}") for part in ("subject", "predicate", "object")]
REIFIES = ox.NamedNode(f"{RDF}reifies")


def unreified(triples):
    """Go back: three triples for each triple term."""
    for each in triples:
        if each.predicate == REIFIES:
            for part, value in zip(PARTS, each.object, strict=True):
                yield ox.Triple(each.subject, part, value)
        else:
            yield each


def triples(path, layout):
    dataset = ox.Dataset(ox.Quad(*quad.triple) for quad in ox.parse(path.read_bytes(), layout))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in dataset}


def test_oxigraph_reads_the_whole_graph_again(exported):
    found = triples(exported / "graph12.ttl", ox.RdfFormat.TURTLE)
    wanted = triples(exported / "graph.nt", ox.RdfFormat.N_TRIPLES)
    assert set(unreified(found)) == wanted
    terms = [each.object for each in found if each.predicate == REIFIES]
    assert len(terms) > 100
    assert len(found) == len(wanted) - 2 * len(terms)


def test_every_affirmed_actual_claim_reifies_a_triple_of_the_view(exported):
    """What RDF 1.2 is for: the triple term and the triple are the same, kinds of numbers and all."""
    found = triples(exported / "graph12.ttl", ox.RdfFormat.TURTLE)
    true = ox.Literal("true", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))
    negated = {
        each.subject for each in found if each.predicate.value == f"{NS}negated" and each.object == true
    }
    actual = {
        each.subject
        for each in found
        if each.predicate.value == f"{NS}modality" and each.object.value == f"{NS}Actual"
    }
    reified_ = {each.subject: each.object for each in found if each.predicate == REIFIES}
    held = {term for claim, term in reified_.items() if claim in actual - negated}
    assert len(held & found) > 90


def test_the_query_gives_the_same_reifiers(built, exported):
    with Project.open(built) as project, project.store() as store:
        answer = {each for each in store.query(named_query("export-rdf12").text) if each.predicate == REIFIES}
    found = {
        each for each in triples(exported / "graph12.ttl", ox.RdfFormat.TURTLE) if each.predicate == REIFIES
    }
    assert {each.subject for each in answer} == {each.subject for each in found}
    assert {_plain(each) for each in answer} == {_plain(each) for each in found}


def _plain(triple):
    return str(triple).replace("#nonNegativeInteger>", "#integer>")


def test_n3_reads_the_same_triple_terms(exported):
    need((N3 / "node_modules/n3").is_dir(), "N3.js", "n3")
    read = json.loads(node(HERE / "readers/terms.mjs", N3, exported / "graph12.ttl"))
    found = {tuple(map(tuple, term)) for term in read}
    wanted = {
        tuple(_brief(part) for part in each.object)
        for each in triples(exported / "graph12.ttl", ox.RdfFormat.TURTLE)
        if each.predicate == REIFIES
    }
    assert found == wanted


def test_rdflib_does_not_read_it_yet(exported):
    """The documentation says so; when this fails, it has learnt to."""
    with pytest.raises(Exception, match=r"at line \d+"):
        rdflib.Graph().parse(exported / "graph12.ttl", format="turtle")


def _brief(term):
    if isinstance(term, ox.NamedNode):
        return ("NamedNode", term.value, "", "")
    return ("Literal", term.value, term.language or "", term.datatype.value)


@pytest.mark.parametrize(
    "parts",
    [
        [(PARTS[0], CLAIM), (PARTS[1], A)],
        [(PARTS[0], CLAIM), (PARTS[0], A), (PARTS[1], A), (PARTS[2], A)],
        [(PARTS[0], CLAIM), (PARTS[1], ox.Literal("x")), (PARTS[2], A)],
        [(PARTS[0], ox.BlankNode("x")), (PARTS[1], A), (PARTS[2], A)],
        [(PARTS[0], CLAIM), (PARTS[1], A), (PARTS[2], ox.BlankNode("x"))],
        [],
    ],
)
def test_a_claim_in_pieces_is_left_as_it_is(parts):
    given = [ox.Triple(CLAIM, A, ox.NamedNode(f"{NS}Claim")), *(ox.Triple(CLAIM, *part) for part in parts)]
    assert reified(given) == given


def test_what_is_no_claim_is_left_as_it_is():
    given = [ox.Triple(CLAIM, part, A) for part in PARTS]
    assert reified(given) == given
    out = io.BytesIO()
    rdf12([*given, ox.Triple(CLAIM, A, ox.NamedNode(f"{NS}Claim"))], Vocabulary.load(), out)
    assert "rdf:reifies <<( rdf:type rdf:type rdf:type )>>" in out.getvalue().decode()
