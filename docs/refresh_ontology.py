"""Write docs/ontology/*.md from the Turtle files: ``python docs/refresh_ontology.py``.

``tests/ontology/test_ontology_pages.py`` compares the files with what this gives, so that they cannot fall behind.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ontology_terms import (
    alignments,
    example,
    kind,
    named_in,
    ours,
    parsed,
    prefixes,
    sections,
    subjects,
    text,
    union,
    values,
)

from kg.graph.query import named_queries
from kg.vocab import NS, OWL, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).with_name("ontology")
_GENERATED = "*This page is written by `python docs/refresh_ontology.py` from `ontology/*.ttl`.*"
_DCTERMS = "http://purl.org/dc/terms/"

_SHOWN = 4
"""How many properties are named where a class has many: enough to see what is meant."""

PAGES = {
    "actors": (
        "Actors and places",
        "Who acts, for whom, from where, and which part each has in an event.",
        ("Actors and places", "Properties: actors"),
    ),
    "events": (
        "Events and acts",
        """What happened, is planned or was refused, and what actors do to one another outside the room.
Read every fact about an event together with its status.""",
        ("Events", "Acts: what actors do to one another outside the room", "Properties: events"),
    ),
    "texts": (
        "Texts, stances and issues",
        "What is signed and adopted, what actors say they want or reject, and what it is all about.",
        ("Instruments, stances, issues", "Properties: instruments and stances"),
    ),
    "claims": (
        "Sources and claims",
        """Who says so, where, in which words, and how firmly. A claim is one triple that one document reports;
the triple is not thereby true. The values of status and modality stand here as well.""",
        (
            "Sources and claims",
            "Properties: claims",
            "Values: how far an event has come, how firmly a source speaks",
            "Terms about terms",
        ),
    ),
}


def page_of(term: str) -> str:
    """Give the name of the page that a term stands on."""
    inside = next(heading for heading, terms in sections().items() if term in terms)
    return next(name for name, (_, _, headings) in PAGES.items() if inside in headings)


def link(term: str) -> str:
    """Give a link to a term."""
    return f"[`dip:{term}`]({page_of(term)}.md#{term})"


def links(terms: list[str]) -> str:
    """Give links to terms, in their order."""
    return ", ".join(link(term) for term in terms)


def asked(names: list[str]) -> str:
    """Give links to named queries in the cookbook; those that only rebuild the graph are not in it."""
    own = {query.name for query in named_queries()}
    return ", ".join(f"[{name}](../cookbook.md#{name})" if name in own else name for name in names)


def pages() -> dict[str, str]:
    """Give all pages: name of the file and text."""
    found = {f"{name}.md": "\n".join(_page(*page)) for name, page in PAGES.items()}
    return {
        "index.md": "\n".join(_index()),
        **found,
        "usage.md": "\n".join(_usage()),
        "alignments.md": "\n".join(_alignments()),
    }


def _page(title: str, about: str, headings: tuple[str, ...]) -> Iterator[str]:
    yield f"# {title}\n\n{about}\n\n[All terms](index.md). {_GENERATED}\n"
    for heading in headings:
        terms = sections()[heading]
        yield f"## {heading}\n"
        yield " · ".join(f"[{term}](#{term})" for term in terms) + "\n"
        for term in terms:
            yield from _term(term)


def _term(term: str) -> Iterator[str]:
    yield f'<a id="{term}"></a>\n\n### dip:{term}\n'
    yield f"**{text(term, f'{RDFS}label')}** ({kind(term)}). {text(term, f'{SKOS}definition')}"
    note = text(term, f"{SKOS}scopeNote")
    yield f"\n{note}\n" if note else ""
    rows = list(_rows(term))
    yield "| | |\n|---|---|"
    yield from (f"| {left} | {right} |" for left, right in rows)
    shown = example(term)
    yield "\nFor example:\n"
    yield f"> {shown.sentence}\n" if shown.sentence else ""
    yield f"```turtle\n{shown.turtle}\n```\n"


def _rows(term: str) -> Iterator[tuple[str, str]]:
    yield "IRI", f"`{NS}{term}`"
    above = [*ours(term, f"{RDFS}subClassOf"), *ours(term, f"{RDFS}subPropertyOf")]
    below = [*subjects(f"{RDFS}subClassOf", term), *subjects(f"{RDFS}subPropertyOf", term)]
    parts = (
        ("a kind of", links(above)),
        ("kinds of it", links(below)),
        ("goes from", _ends(term, "domain")),
        ("leads to", _ends(term, "range")),
        ("its properties", links(subjects(f"{RDFS}domain", term)) if kind(term) == "class" else ""),
        ("led to by", links(subjects(f"{RDFS}range", term)) if kind(term) == "class" else ""),
        ("its values", links(subjects(f"{RDF}type", term))),
        ("rank", text(term, f"{NS}rank")),
        ("PLOVER", ", ".join(f"`{value.value}`" for value in values(term, f"{NS}plover"))),
        ("also", "the same in both directions" if _is(term, "SymmetricProperty") else ""),
        ("also", "if A of B and B of C, then A of C" if _is(term, "TransitiveProperty") else ""),
        (
            "elsewhere",
            "; ".join(f"{each.how} `{each.foreign}`" for each in alignments() if each.term == term),
        ),
        ("asked for by", asked(named_in(term, "query")) or _through(term)),
    )
    yield from ((left, right) for left, right in parts if right)


def _ends(term: str, which: str) -> str:
    own = ours(term, RDFS + which)
    other = [
        f"`xsd:{v.value.rpartition('#')[2]}`" for v in values(term, RDFS + which) if "XMLSchema" in v.value
    ]
    if own or other or kind(term) == "class" or "property to" not in kind(term):
        return links(own) or ", ".join(other)
    return (
        " or ".join(link(each) for each in union(term))
        if which == "domain" and union(term)
        else "see its note"
    )


def _is(term: str, name: str) -> bool:
    return any(value.value == OWL + name for value in values(term, f"{RDF}type"))


def _through(term: str) -> str:
    """Tell by which properties the queries reach what none of them names: its own, or those of the nearest above."""
    wave = [term]
    while wave:
        ways = [
            prop
            for each in wave
            for end in ("domain", "range")
            for prop in subjects(RDFS + end, each)
            if named_in(prop, "query")
        ]
        if ways:
            return f"through {links(list(dict.fromkeys(ways))[:_SHOWN])}" + (
                " and others" if len(ways) > _SHOWN else ""
            )
        above = (f"{RDFS}subClassOf", f"{RDF}type")
        wave = [found for each in wave for predicate in above for found in ours(each, predicate)]
    return ""


def _index() -> Iterator[str]:
    ontology = NS.rstrip("#")
    about = {
        t.predicate.value: t.object.value for t in parsed("diplomacy.ttl") if t.subject.value == ontology
    }
    count = {name: sum(len(sections()[h]) for h in page[2]) for name, page in PAGES.items()}
    yield f"# {about[f'{_DCTERMS}title']}\n"
    yield f"{about[f'{_DCTERMS}description']}\n"
    yield f"Version {about[f'{OWL}versionInfo']} (`{about[f'{OWL}versionIRI']}`), by {about[f'{_DCTERMS}creator']},"
    yield f"licence [CC BY 4.0]({about[f'{_DCTERMS}license']}). The prefix `dip:` stands for `{NS}`. The addresses are"
    yield "names; nothing is served there yet. The ontology is part of every graph and every export.\n"
    for name, (title, what, _) in PAGES.items():
        yield f"- [{title}]({name}.md), {count[name]} terms: {' '.join(what.split())}"
    yield "- [Who asks for what](usage.md): each term with the queries, rules and frames that use it"
    yield "- [Beside other vocabularies](alignments.md): SEM, PROV-O, W3C ORG, schema.org, Wikidata, PLOVER, with reasons"
    yield "- [Versions and changes](changes.md): what may change when, and how a graph says which version it was made with"
    yield "- [Cookbook](../cookbook.md): questions, queries and answers\n"
    yield "[What the graph means](../meaning.md) tells the model as a story: claims and view, status, dates, merging.\n"
    yield "## How to read these pages\n"
    yield "Each term has its definition, its place among the others, the queries that ask for it, and an example: a"
    yield "sentence of an invented case (`ontology/examples.ttl`), the talks of Northland"
    yield "and Southland, with what it comes to in Turtle. The whole case keeps all rules and shapes.\n"
    yield "## The classes\n"
    roots = [term for term in _terms("class") if not ours(term, f"{RDFS}subClassOf")]
    for root in roots:
        yield from _tree(root, 0)
    yield "\n## The properties\n"
    yield "| property | goes from | leads to | says |\n|---|---|---|---|"
    for term in [term for term in _terms() if "property to" in kind(term)]:
        yield f"| {link(term)} | {_ends(term, 'domain')} | {_ends(term, 'range')} | {text(term, f'{RDFS}label')} |"
    yield "\n## The values\n"
    for of in ("EventStatus", "Modality"):
        yield f"- {link(of)}: " + ", ".join(
            f"[{text(each, f'{RDFS}label')}]({page_of(each)}.md#{each})"
            for each in subjects(f"{RDF}type", of)
        )
    yield f"\n{_GENERATED}\n"


def _terms(sort: str = "") -> list[str]:
    return [term for terms in sections().values() for term in terms if not sort or kind(term) == sort]


def _tree(term: str, depth: int) -> Iterator[str]:
    yield f"{'    ' * depth}- {link(term)}: {text(term, f'{SKOS}definition').partition('. ')[0].rstrip('.')}"
    for below in subjects(f"{RDFS}subClassOf", term):
        yield from _tree(below, depth + 1)


def _usage() -> Iterator[str]:
    yield "# Who asks for what\n"
    yield "For each term the named queries that use it ([cookbook](../cookbook.md)), the rules that watch it"
    yield "(`ontology/checks`, with the shapes), and whether a frame or word list of the reader gives it. What no query"
    yield "names is reached through its properties, or those of the class above it; else the term says why it is"
    yield f"kept. Every term is in the invented case.\n\n[All terms](index.md). {_GENERATED}\n"
    yield "| term | queries | rules | in a frame |\n|---|---|---|---|"
    for term in sorted(_terms()):
        queries = asked(named_in(term, "query")) or _through(term) or text(term, f"{SKOS}scopeNote")
        rules = named_in(term, "rule") + (["shapes"] if named_in(term, "shape") else [])
        read = "yes" if named_in(term, "frame") else ""
        yield f"| {link(term)} | {queries} | {', '.join(rules)} | {read} |"
    yield ""


def _alignments() -> Iterator[str]:
    yield "# Beside other vocabularies\n"
    yield "Only what is right in meaning, each with its reason. Two things decide most cases: an event of ours need not"
    yield "have happened, and a claim of ours need not be true. “A kind of” is `rdfs:subClassOf` or"
    yield "`rdfs:subPropertyOf`; “close to”, “narrower than” and “wider than” are `skos:closeMatch`, `skos:broadMatch`"
    yield "and `skos:narrowMatch`. The file is `ontology/alignments.ttl`; what is a kind"
    yield f"of something else stands in the ontology, too.\n\n[All terms](index.md). {_GENERATED}\n"
    triples = parsed("vocabularies.ttl")
    homes = {t.subject.value: t.object.value for t in triples if t.predicate.value == f"{_DCTERMS}title"}
    looked = {
        t.subject.value: t.object.value for t in triples if t.predicate.value == f"{_DCTERMS}description"
    }
    rows = sorted(alignments(), key=lambda each: each.foreign.partition(":")[0])
    for prefix, each in groupby(rows, key=lambda each: each.foreign.partition(":")[0]):
        home = prefixes()[prefix]
        yield f"## {homes[home]}\n\n`{prefix}:` is `{home}`. {looked[home]}\n"
        yield "| ours | is | theirs | why |\n|---|---|---|---|"
        yield from (
            f"| {link(row.term)} | {row.how.replace(' ', '&nbsp;')} | `{row.foreign}` | {row.why} |"
            for row in each
        )
        yield ""
    yield "## PLOVER\n\nThe event codes of PLOVER have no IRIs. They stand as strings in the ontology, and"
    yield "[the export as event data](../event-data.md) uses them.\n\n| ours | code |\n|---|---|"
    for term in _terms():
        codes = [f"`{value.value}`" for value in values(term, f"{NS}plover")]
        if codes:
            yield f"| {link(term)} | {', '.join(codes)} |"
    yield "\n## Left out on purpose\n"
    yield from (
        f"- {t.object.value}" for t in parsed("alignments.ttl") if t.predicate.value == f"{SKOS}editorialNote"
    )
    yield ""


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, page in pages().items():
        (FOLDER / name).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
