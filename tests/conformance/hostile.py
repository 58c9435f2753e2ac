"""Graphs made to break readers: every character that RDF allows, in every place where it allows it."""

from __future__ import annotations

import random

import pyoxigraph as ox

from kg.vocab import NS, RDF, RDFS

XSD = "http://www.w3.org/2001/XMLSchema#"
BASES = (
    "https://w3id.org/diplomacy-kg/id/thing/",
    "https://w3id.org/diplomacy-kg/id/kind-2/",
    "https://w3id.org/diplomacy-kg/id/http/",
    "https://w3id.org/diplomacy-kg/id/doc/ab#",
    "https://w3id.org/diplomacy-kg/id/a/",
    "https://w3id.org/diplomacy-kg/id/prefix/",
    "https://w3id.org/diplomacy-kg/id/base/",
    "https://w3id.org/diplomacy-kg/id/true/",
    "https://w3id.org/diplomacy-kg/id/xmlns/",
    "https://w3id.org/diplomacy-kg/id/rdf/",
    "https://xn--mnchen-3ya.example/",
    "http://user@example.org:8080/",
    "http://[2001:db8::7]/",
    "urn:isbn:",
    "tag:example.org,2026:",
    "mailto:",
    NS,
)
LOCALS = (
    "", "a", "A", "0", "007", "-", "-dash", "dash-", "_", "__", "a.b", "a.", ".a", "a..b", "%41", "%2F", "%C3%A9",
    "a%20b", "a:b", ":", "a/b", "a//b", "/", "a#b", "a?b=c&d=e", "a;b,c", "a+b", "a*b", "a=b", "(a)", "!a", "$a",
    "a'b", "~a", "@a", "a@b", "true", "a-b.c-d", "x" * 300, "\u00e9t\u00e9", "\u4e2d\u6587", "\u0627\u0644",
    "\U0001f54a", "a\u0301", "\u00b7", "a\u00b7", "\u203f", "\u2070", "\ud7ff", "\uf900", "\U000e0100", "_:b",
    "type", "label", "[a", "e1", "1e5", "1.5", "-1", "xml", "XMLfoo",
)  # fmt: skip
PREDICATES = ("p", "p1", "_p", "p-q", "p.q", "P", "xmlfoo", "participatesIn", "type")
LANGUAGES = ("en", "EN-us", "de-1996", "ar-x-test", "zh-Hant-TW", "i-klingon", "x-a1b2")
DATATYPES = (
    f"{XSD}integer", f"{XSD}decimal", f"{XSD}double", f"{XSD}boolean", f"{XSD}date", f"{XSD}dateTime", f"{XSD}anyURI",
    f"{XSD}gYear", f"{XSD}base64Binary", f"{RDF}HTML", f"{NS}odd", "https://example.org/types/%41.b-", "urn:x:y",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "-0.0", "-0.5", "00.5", "+1", "01", "1.", ".5", "1.50", "-1.0", "1e5", "1E+400", "INF", "NaN", "true", "1", "TRUE", "", " 1 ",
    "99999999999999999999999999", "2025-02-30", "../2025", "0000-01-01T24:00:00Z",
)  # fmt: skip
PIECES = (
    '"', "'", '"""', "'''", "\\", "\\\\", "\\u0041", "\\n", "\n", "\r", "\r\n", "\t", " ", "  ", "<", ">", "&",
    "&amp;", "&#0;", "]]>", "<![CDATA[", "<!--", "-->", "</script>", "<script>alert(1)</script>", "<?x?>", "{", "}",
    "{{x}}", "${x}", "%s", "%", "^^", "@en", "^^<x>", " .", ";", ",", "#", "_:b0", "<http://x>", "=1+1", "+1", "-1",
    "@SUM(A1)", "=cmd|' /C calc'!A0", "\u00a0", "\u2028", "\u2029", "\u0085", "\u200b", "\u200d", "\u202e", "\u2066",
    "\ufeff", "\u00ad", "e\u0301", "\u00e9", "\u0130", "\u1e9e", "\ufb01", "\u4e2d", "\u0627", "\U0001f468\u200d\U0001f33e",
    "\U0001d573", "\U0010fffd", "\ue000", "\ufffd", "\ufdd0", "\U0001fffe", "\x7f", "\x80", "\x9f", "'; DROP TABLE x; --",
    "null", "NaN", "a", "Ab", "0",
)  # fmt: skip
CONTROLS = tuple(map(chr, (*range(0x01, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20))))
"""What RDF allows and XML 1.0 has no way to write.

NUL, U+FFFE and U+FFFF are left out: rapper refuses them, and our graphs hold U+FFFD in their place.
"""


def graph(seed: int, *, xml: bool = False) -> list[ox.Triple]:
    """Give a hostile graph, the same for the same number; ``xml`` for one whose properties RDF/XML can hold."""
    chance = random.Random(seed)
    triples = [_triple(chance, xml=xml) for _ in range(chance.randint(1, 12))]
    if chance.random() < 0.3:
        triples += _blanks(chance)
    return triples


def _triple(chance: random.Random, *, xml: bool) -> ox.Triple:
    return ox.Triple(iri(chance), _predicate(chance, xml=xml), _object(chance))


def iri(chance: random.Random) -> ox.NamedNode:
    """Give an IRI that the gate lets through; try until there is one."""
    while True:
        local = "".join(chance.choice(LOCALS) for _ in range(chance.randint(0, 3)))
        try:
            return ox.NamedNode(chance.choice(BASES) + local)
        except ValueError:
            continue


def _predicate(chance: random.Random, *, xml: bool) -> ox.NamedNode:
    if not xml and chance.random() < 0.4:
        return iri(chance)
    space = chance.choice([NS, RDFS, *(base for base in BASES if base[-1] in "/#")])
    return ox.NamedNode(space + chance.choice(PREDICATES))


def _object(chance: random.Random) -> ox.NamedNode | ox.Literal:
    kind = chance.random()
    if kind < 0.25:
        return iri(chance)
    if kind < 0.4:
        return ox.Literal(chance.choice(NUMBERS), datatype=ox.NamedNode(chance.choice(DATATYPES)))
    words = text(chance)
    if kind < 0.55:
        return ox.Literal(words, language=chance.choice(LANGUAGES))
    if kind < 0.65:
        return ox.Literal(words, datatype=ox.NamedNode(chance.choice(DATATYPES)))
    return ox.Literal(words)


def text(chance: random.Random) -> str:
    """Give a text of hostile pieces and single characters of any plane; one in forty is very long."""
    size = 3000 if chance.random() < 0.025 else chance.randint(0, 12)
    return "".join(_piece(chance) for _ in range(size))


def _piece(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.75:
        return chance.choice(PIECES)
    if kind < 0.85:
        return chance.choice(CONTROLS)
    code = chance.choice(
        (chance.randint(0x20, 0xD7FF), chance.randint(0xE000, 0xFFFD), chance.randint(0x10000, 0x10FFFF))
    )
    return chr(code)


def _blanks(chance: random.Random) -> list[ox.Triple]:
    """Give nodes without a name: nested, shared, in a list, in a circle."""
    one, two, three = (ox.BlankNode(f"b{number}") for number in range(3))
    first, rest, nil = (ox.NamedNode(f"{RDF}{name}") for name in ("first", "rest", "nil"))
    value = ox.NamedNode(f"{RDF}value")
    shapes = (
        [ox.Triple(iri(chance), value, one), ox.Triple(one, value, ox.Literal(text(chance)))],
        [
            ox.Triple(iri(chance), value, one),
            ox.Triple(one, first, ox.Literal("x")),
            ox.Triple(one, rest, nil),
        ],
        [ox.Triple(one, value, two), ox.Triple(two, value, one), ox.Triple(two, value, ox.Literal("loop"))],
        [
            ox.Triple(iri(chance), value, one),
            ox.Triple(iri(chance), value, one),
            ox.Triple(one, value, three),
        ],
    )
    return chance.choice(shapes)
