"""Claims, view and nodes as N-Triples: no blank nodes, every IRI through one gate."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from kg.addresses import SECRET
from kg.graph.identity import content_hash, passage_path
from kg.model import Literal, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.nodes import Node
    from kg.model import Article, Claim, Span, Stance
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


_STRUCTURE = (
    "rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "dip:confidence", "dip:contradicts", "dip:asOf",
    "dip:reportedIn", "dip:evidence", "dip:Passage", "prov:wasGeneratedBy", "prov:wasDerivedFrom",
    "nif:referenceContext", "nif:beginIndex", "nif:endIndex", "nif:anchorOf", "xsd:decimal", "xsd:date",
    "xsd:nonNegativeInteger",
)  # fmt: skip
"""What every claim and passage is written with."""


class Writer:
    """Turns paths, terms and literals into N-Triples; remembers the names it has written.

    What is recorded of a thing comes as pieces, a property with its value each, to be put behind its name.
    """

    def __init__(self, vocabulary: Vocabulary, base: str) -> None:
        """Write things below the base."""
        self._vocabulary = vocabulary
        self._base = base
        self._names: dict[str, str] = {}
        for term in _STRUCTURE:
            self.name(term)
        self._stances: dict[Stance, tuple[str, ...]] = {}

    def name(self, path: str) -> str:
        """Give the name of a path (``state/norway``) or of a term (``dip:Talks``), and remember it."""
        found = self._names.get(path)
        if found is None:
            found = self._names[path] = self.once(path)
        return found

    def once(self, path: str) -> str:
        """Give the name of what is spoken of too seldom to be remembered: a claim, a passage."""
        return str(ox.NamedNode(_safe(self._expand(path))))

    def _expand(self, path: str) -> str:
        prefix, _, local = path.partition(":")
        if "/" in path:
            return self._base + path
        if prefix in _NAMESPACES:
            return _NAMESPACES[prefix] + local
        return self._vocabulary.expand(path)

    def value(self, found: str | Literal) -> str:
        """Give an object: a thing, a term or a literal."""
        if isinstance(found, str):
            return self.name(found)
        if found.language is not None:
            return str(ox.Literal(found.text.translate(_UNREADABLE), language=found.language))
        return self.typed(found.text, found.datatype or "xsd:string")

    def typed(self, text: str, datatype: str) -> str:
        """Give a literal of a datatype."""
        plain = str(ox.Literal(text.translate(_UNREADABLE)))
        return plain if datatype == "xsd:string" else f"{plain}^^{self.name(datatype)}"

    def piece(self, predicate: str, found: str | Literal) -> str:
        """Give a property with its value."""
        return f"{self.name(predicate)} {self.value(found)}"

    def claim(self, claim: Claim, run: str) -> Iterator[str]:
        """Yield all that is recorded of a claim."""
        names, name, once = self._names, self.name, self.once
        yield from self._stance(claim.stance)
        yield f"{names['rdf:subject']} {name(claim.subject)}"
        yield f"{names['rdf:predicate']} {name(claim.predicate)}"
        yield f"{names['rdf:object']} {self.value(claim.object)}"
        yield f'{names["dip:confidence"]} "{_decimal(claim.confidence)}"^^{names["xsd:decimal"]}'
        yield f"{names['prov:wasGeneratedBy']} {name(run)}"
        for other in claim.contradicts:
            yield f"{names['dip:contradicts']} {once(f'claim/{other}')}"
        for premise in claim.derived_from:
            yield f"{names['prov:wasDerivedFrom']} {once(f'claim/{premise}')}"
        if claim.as_of is not None:
            yield f'{names["dip:asOf"]} "{claim.as_of.isoformat()}"^^{names["xsd:date"]}'
        if claim.document is not None:
            yield f"{names['dip:reportedIn']} {name(claim.document)}"
            for span, _ in claim.evidence:
                yield f"{names['dip:evidence']} {once(passage_path(claim.document, span))}"

    def _stance(self, stance: Stance) -> tuple[str, ...]:
        """Give what most claims share."""
        found = self._stances.get(stance)
        if found is None:
            about = [
                self.piece("rdf:type", "dip:Claim"),
                self.piece("dip:modality", stance.modality),
                self.piece("dip:negated", _literal(str(stance.negated).lower(), "xsd:boolean")),
            ]
            if stance.speaker is not None:
                about.append(self.piece("dip:attributedTo", stance.speaker))
            found = self._stances[stance] = tuple(about)
        return found

    def passage(self, document: str, span: Span, quoted: str) -> Iterator[str]:
        """Yield what is recorded of a stretch of a document."""
        names = self._names
        count = f"^^{names['xsd:nonNegativeInteger']}"
        yield f"{names['rdf:type']} {names['dip:Passage']}"
        yield f"{names['nif:referenceContext']} {self.name(document)}"
        yield f'{names["nif:beginIndex"]} "{span.start}"{count}'
        yield f'{names["nif:endIndex"]} "{span.end}"{count}'
        yield f"{names['nif:anchorOf']} {self.typed(quoted, 'xsd:string')}"

    def document(self, article: Article) -> Iterator[str]:
        """Yield what is recorded of a source."""
        title = " ".join((article.title or "").split()) or article.id
        yield self.piece("rdf:type", "dip:Document")
        yield self.piece("dcterms:title", Literal(title, language=article.language))
        yield self.piece("dcterms:identifier", _literal(article.id, "xsd:string"))
        yield self.piece("dip:contentHash", _literal(content_hash(article), "xsd:string"))
        if article.published is not None:
            yield self.piece("dcterms:issued", _literal(article.published.isoformat(), "xsd:date"))
        if article.publisher:
            yield self.piece("dcterms:publisher", _literal(article.publisher, "xsd:string"))
        address = None if article.url is None else redacted(article.url)
        if address is not None:
            yield f"{self.name('schema:url')} {ox.NamedNode(address)}"

    def node(self, node: Node) -> Iterator[str]:
        """Yield the classes and names of a thing."""
        yield from (self.piece("rdf:type", term) for term in node.types)
        yield self.piece("rdfs:label", Literal(node.label, language="en"))
        for alias in node.aliases:
            yield self.piece("skos:altLabel", Literal(alias, language="en"))
        if node.qid is not None:
            # An id that only one source has seen is worth a look, but is not said to be the same.
            link = "schema:sameAs" if node.confirmed else "rdfs:seeAlso"
            yield self.piece(link, f"wd:{node.qid}")

    def knowledge(self, version: str) -> Iterator[str]:
        """Yield what is recorded of the knowledge base."""
        yield self.piece("rdf:type", "prov:Entity")
        yield self.piece("rdfs:label", Literal(f"knowledge base {version}", language="en"))

    def run(self, label: str, kb_path: str) -> Iterator[str]:
        """Yield what is recorded of what produced claims."""
        yield self.piece("rdf:type", "prov:Activity")
        yield self.piece("rdfs:label", Literal(label, language="en"))
        yield self.piece("prov:used", kb_path)


def _literal(text: str, datatype: str) -> Literal:
    return Literal(text, Term(datatype))


@lru_cache(maxsize=256)
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
