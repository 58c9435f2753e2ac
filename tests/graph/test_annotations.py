"""Claims as W3C Web Annotations: what is worded how, and what is left out; tests/interop reads them with other tools."""

import io
import json

import pyoxigraph as ox
import pytest

from kg.graph.annotations import web_annotations
from kg.vocab import NS, RDF, RDFS, Vocabulary

NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
HERE = "https://w3id.org/diplomacy-kg/id/"


def graph(*, predicate=f"{NS}hosts", modality="Actual", negated="false", speaker=None, passages=((0, 9),)):
    """One claim on some passages of one document."""
    about = {
        f"{RDF}type": f"{NS}Claim",
        f"{RDF}subject": f"{HERE}state/oman",
        f"{RDF}predicate": predicate,
        f"{RDF}object": f"{HERE}talks/1",
        f"{NS}modality": f"{NS}{modality}",
        **({} if speaker is None else {f"{NS}attributedTo": speaker}),
    }
    claim = ox.NamedNode(f"{HERE}claim/1")
    yield from (ox.Triple(claim, ox.NamedNode(each), ox.NamedNode(value)) for each, value in about.items())
    yield said(f"{HERE}claim/1", f"{NS}negated", negated)
    for name, label in ((f"{HERE}state/oman", "Oman"), (f"{HERE}talks/1", "the talks"), (f"{HERE}x", "X")):
        yield said(name, f"{RDFS}label", label)
    for start, end in passages:
        iri = f"{HERE}doc/a#char={start},{end}"
        yield ox.Triple(claim, ox.NamedNode(f"{NS}evidence"), ox.NamedNode(iri))
        yield ox.Triple(
            ox.NamedNode(iri), ox.NamedNode(f"{NIF}referenceContext"), ox.NamedNode(f"{HERE}doc/a")
        )
        for part, value in (("beginIndex", start), ("endIndex", end), ("anchorOf", f"from {start}")):
            yield said(iri, f"{NIF}{part}", str(value))


def said(subject, predicate, text):
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.Literal(text))


def written(triples):
    out = io.BytesIO()
    web_annotations(list(triples), Vocabulary.load(), out)
    return json.loads(out.getvalue())


def only(triples):
    document = written(triples)
    assert document["total"] == 1
    (annotation,) = document["first"]["items"]
    return annotation


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Oman hosts the talks"),
        ({"negated": "true"}, "Oman does not host the talks"),
        ({"modality": "Expected"}, "Oman is to host the talks"),
        ({"modality": "Conditional", "speaker": f"{HERE}x"}, "Oman may host the talks (said by X)"),
        ({"predicate": f"{NS}unheardOf"}, "Oman dip:unheardOf the talks"),
        ({"predicate": f"{NS}unheardOf", "negated": "true"}, "Oman not dip:unheardOf the talks"),
    ],
)
def test_a_claim_is_worded_as_on_the_graph_page(given, words):
    body = only(graph(**given))["body"]
    assert body[0]["value"] == words
    assert body[1] == f"{HERE}claim/1"


def test_a_quote_has_its_words_and_its_place():
    assert only(graph())["target"] == {
        "id": f"{HERE}doc/a#char=0,9",
        "type": "SpecificResource",
        "source": f"{HERE}doc/a",
        "selector": [
            {"id": f"{HERE}doc/a#char=0,9&sel=quote", "type": "TextQuoteSelector", "exact": "from 0"},
            {
                "id": f"{HERE}doc/a#char=0,9&sel=position",
                "type": "TextPositionSelector",
                "start": 0,
                "end": 9,
            },
        ],
    }


def test_of_several_quotes_the_first_in_the_text_comes_first():
    targets = only(graph(passages=((12, 20), (3, 4))))["target"]
    assert [each["selector"][1]["start"] for each in targets] == [3, 12]


@pytest.mark.parametrize("odd", ["", "-1", "x", "²", "9" * 5000])
def test_a_passage_that_does_not_say_where_it_is_is_left_out(odd):
    assert only(graph(passages=((odd, 4), (5, 6))))["target"]["selector"][1]["start"] == 5
    assert only(graph(passages=((5, 6), (7, odd))))["target"]["selector"][1]["start"] == 5
    assert "first" not in written(graph(passages=((odd, odd),)))


def test_a_collection_is_named_after_what_is_in_it():
    one, other, same = written(graph()), written(graph(negated="true")), written([*graph()][::-1])
    assert one == same
    assert one["id"] != other["id"]
    assert written([]) == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": written([])["id"],
        "type": "AnnotationCollection",
        "label": "What the articles say, and where",
        "total": 0,
    }
