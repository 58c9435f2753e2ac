"""Claims, view and nodes as RDF triples: no blank nodes, every IRI through one gate."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from kg.addresses import SECRET
from kg.graph.identity import content_hash, document_path, passage_path
from kg.model import Literal, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.graph.nodes import Node
    from kg.model import Article, Claim
    from kg.vocab import Vocabulary

# What RFC 3987 keeps out of an IRI.
_UNSAFE = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f\ufffe\uffff]|%(?![0-9A-Fa-f]{2})")
# What RDF allows in a text and some of its readers (raptor) refuse or end at; one stands for one, so that
# offsets into the text still fit.
_UNREADABLE = {0x0000: 0xFFFD, 0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_NAMESPACES = {
    "dcterms": "http://purl.org/dc/terms/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Writer:
    """Turns paths, terms and literals into RDF; remembers the names and passages it has written."""

    def __init__(self, vocabulary: Vocabulary, base: str) -> None:
        """Write things below the base."""
        self._vocabulary = vocabulary
        self._base = base
        self._names: dict[str, ox.NamedNode] = {}
        self._quoted: set[str] = set()

    def name(self, path: str) -> ox.NamedNode:
        """Give the IRI of a path (``state/norway``) or of a term (``dip:Talks``)."""
        found = self._names.get(path)
        if found is None:
            found = self._names[path] = ox.NamedNode(_safe(self._expand(path)))
        return found

    def _expand(self, path: str) -> str:
        prefix, _, local = path.partition(":")
        if "/" in path:
            return self._base + path
        if prefix in _NAMESPACES:
            return _NAMESPACES[prefix] + local
        return self._vocabulary.expand(path)

    def value(self, found: str | Literal) -> ox.NamedNode | ox.Literal:
        """Give an object: a thing, a term or a literal."""
        if isinstance(found, str):
            return self.name(found)
        if found.language is not None:
            return ox.Literal(found.text.translate(_UNREADABLE), language=found.language)
        return self.typed(found.text, found.datatype or "xsd:string")

    def typed(self, text: str, datatype: str) -> ox.Literal:
        """Give a literal of a datatype."""
        return ox.Literal(text.translate(_UNREADABLE), datatype=self.name(datatype))

    def triple(self, subject: str, predicate: str, found: str | Literal) -> ox.Triple:
        """Give a triple."""
        return ox.Triple(self.name(subject), self.name(predicate), self.value(found))

    def claim(self, claim: Claim, run: str) -> Iterator[ox.Triple]:
        """Yield all that is recorded of a claim and its passages."""
        path = f"claim/{claim.id}"
        about: list[tuple[str, str | Literal]] = [
            ("rdf:type", "dip:Claim"),
            ("rdf:subject", claim.subject),
            ("rdf:predicate", claim.predicate),
            ("rdf:object", claim.object),
            ("dip:modality", claim.stance.modality),
            ("dip:negated", _literal(str(claim.stance.negated).lower(), "xsd:boolean")),
            ("dip:confidence", _literal(_decimal(claim.confidence), "xsd:decimal")),
            ("prov:wasGeneratedBy", run),
            *(("dip:contradicts", f"claim/{other}") for other in claim.contradicts),
            *(("prov:wasDerivedFrom", f"claim/{premise}") for premise in claim.derived_from),
        ]
        if claim.stance.speaker is not None:
            about.append(("dip:attributedTo", claim.stance.speaker))
        if claim.as_of is not None:
            about.append(("dip:asOf", _literal(claim.as_of.isoformat(), "xsd:date")))
        if claim.document is not None:
            about.append(("dip:reportedIn", claim.document))
            yield from self._passages(claim, path, claim.document)
        yield from (self.triple(path, predicate, found) for predicate, found in about)

    def _passages(self, claim: Claim, path: str, document: str) -> Iterator[ox.Triple]:
        for span, quoted in claim.evidence:
            passage = passage_path(document, span)
            yield self.triple(path, "dip:evidence", passage)
            if passage in self._quoted:  # most sentences support several claims
                continue
            self._quoted.add(passage)
            yield self.triple(passage, "rdf:type", "dip:Passage")
            yield self.triple(passage, "nif:referenceContext", document)
            yield self.triple(passage, "nif:beginIndex", _literal(str(span.start), "xsd:nonNegativeInteger"))
            yield self.triple(passage, "nif:endIndex", _literal(str(span.end), "xsd:nonNegativeInteger"))
            yield self.triple(passage, "nif:anchorOf", _literal(quoted, "xsd:string"))

    def document(self, article: Article) -> Iterator[ox.Triple]:
        """Yield what is recorded of a source."""
        path = document_path(article)
        title = " ".join((article.title or "").split()) or article.id
        about: list[tuple[str, str | Literal]] = [
            ("rdf:type", "dip:Document"),
            ("dcterms:title", Literal(title, language=article.language)),
            ("dcterms:identifier", _literal(article.id, "xsd:string")),
            ("dip:contentHash", _literal(content_hash(article), "xsd:string")),
        ]
        if article.published is not None:
            about.append(("dcterms:issued", _literal(article.published.isoformat(), "xsd:date")))
        if article.publisher:
            about.append(("dcterms:publisher", _literal(article.publisher, "xsd:string")))
        yield from (self.triple(path, predicate, found) for predicate, found in about)
        address = None if article.url is None else redacted(article.url)
        if address is not None:
            yield ox.Triple(self.name(path), self.name("schema:url"), ox.NamedNode(address))

    def node(self, node: Node) -> Iterator[ox.Triple]:
        """Yield the classes and names of a thing."""
        yield from (self.triple(node.path, "rdf:type", term) for term in node.types)
        yield self.triple(node.path, "rdfs:label", Literal(node.label, language="en"))
        for alias in node.aliases:
            yield self.triple(node.path, "skos:altLabel", Literal(alias, language="en"))
        if node.qid is not None:
            # An id that only one source has seen is worth a look, but is not said to be the same.
            link = "schema:sameAs" if node.confirmed else "rdfs:seeAlso"
            yield self.triple(node.path, link, f"wd:{node.qid}")

    def runs(self, runs: Iterable[tuple[str, str]], kb_version: str, kb_path: str) -> Iterator[ox.Triple]:
        """Yield what produced the claims, and the knowledge base it used, named once.

        Args:
            runs: path and label of each.
            kb_version: the version of the knowledge base.
            kb_path: the path that stands for it.
        """
        label = Literal(f"knowledge base {kb_version}", language="en")
        yield self.triple(kb_path, "rdf:type", "prov:Entity")
        yield self.triple(kb_path, "rdfs:label", label)
        for path, name in runs:
            yield self.triple(path, "rdf:type", "prov:Activity")
            yield self.triple(path, "rdfs:label", Literal(name, language="en"))
            yield self.triple(path, "prov:used", kb_path)


def _literal(text: str, datatype: str) -> Literal:
    return Literal(text, Term(datatype))


def _decimal(number: float) -> str:
    """Write a confidence with two digits at most, in the one form stores give back."""
    text = f"{Decimal(str(number)).quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".")


def _safe(iri: str) -> str:
    return _UNSAFE.sub(lambda found: quote(found[0]), iri)


def redacted(url: str) -> str | None:
    """Give a web address without user names, passwords and secret parameters; None if it is none."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not SECRET.search(name)
    ]
    query = parts.query if not SECRET.search(parts.query) else urlencode(kept)
    netloc = f"[{host}]{port}" if ":" in host else f"{host}{port}"
    return _safe(urlunsplit((parts.scheme.lower(), netloc, parts.path, query, "")))
