"""What the pages of one version of the graph are made of: every thing with its address, every claim with its words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.answers import relations
from kg.graph.page_style import load_style
from kg.graph.page_triples import DCTERMS, DIP, RDF, TYPE, read_triples
from kg.vocab import BASE
from kg.web.told import Source, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from kg.graph.page_style import Style
    from kg.graph.page_triples import Paced, Triples, Value
    from kg.web.told import Told

_PAGES = (("Claim", "claim"), ("Document", "article"), ("Event", "event"))
_SHORT = {"claim": "claim/", "article": "doc/"}
"""What the address of a page leaves out of the path, because the page says it already."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that has a page: what it is called, what it is, and where its page is."""

    iri: str
    path: str
    label: str
    kind: str
    """The most specific class in words: ``person``."""
    shade: str
    """The class of the legend that it is shown as: ``Person``; empty for none."""
    page: str
    """``entity``, ``event``, ``claim`` or ``article``."""

    @property
    def address(self) -> str:
        """The path of the thing itself; its page, Turtle and JSON-LD lie beside it."""
        return f"/{self.page}/{quote(self.path.removeprefix(_SHORT.get(self.page, '')))}"

    @property
    def href(self) -> str:
        """The path of the page."""
        return self.address + ".html"


@dataclass(frozen=True)
class Catalogue:
    """One version of the graph, looked through once."""

    triples: Triples
    base: str
    things: dict[str, Thing]
    claims: dict[str, tuple[str, ...]]
    """The claims that a thing is the subject or the object of."""
    within: dict[str, tuple[str, ...]]
    """The claims that an article reports."""
    inverse: dict[str, tuple[tuple[str, str], ...]]
    """(predicate, subject) of the relations of the view that lead to a thing."""
    _told: dict[str, Told] = field(default_factory=dict)

    @cached_property
    def by_address(self) -> dict[str, Thing]:
        """Every thing by the decoded path of its page."""
        return {f"{thing.page}/{_id(thing)}": thing for thing in self.things.values()}

    def of(self, page: str) -> list[Thing]:
        """List the things of one kind of page, in the order of their IRIs."""
        return [thing for thing in self.things.values() if thing.page == page]

    def thing(self, iri: str | None) -> Thing | None:
        """Give what has a page, None for the rest."""
        return None if iri is None else self.things.get(iri)

    def href(self, iri: str) -> str | None:
        """Give the path of the page of what has one."""
        thing = self.things.get(iri)
        return None if thing is None else thing.href

    def told(self, iri: str) -> Told:
        """Give a claim by its IRI."""
        if iri not in self._told:
            self._told[iri] = told(self, iri)
        return self._told[iri]

    def about(self, iri: str) -> list[Told]:
        """Give the claims that a thing is the subject or the object of, by id."""
        return [self.told(claim) for claim in self.claims.get(iri, ())]

    def source(self, iri: str) -> Source | None:
        """Give an article by its IRI."""
        thing = self.things.get(iri)
        if thing is None or thing.page != "article":
            return None
        text = self.triples.text
        publisher = self.triples.values(iri, DCTERMS + "publisher")
        return Source(
            thing,
            thing.label,
            self.words(publisher[0]) if publisher else None,
            text(iri, DCTERMS + "issued"),
            self.triples.link(iri),
            text(iri, DIP + "contentHash"),
        )

    def words(self, value: Value) -> str:
        """Word a value: the name of a thing, or the text of a literal."""
        named = isinstance(value, NamedNode)
        return self.triples.label(value.value) if named else value.value

    def labels(self, iri: str, name: str) -> list[str]:
        """Give the names of what a property of ours leads to."""
        return [self.words(value) for value in self.triples.values(iri, DIP + name)]

    def subjects(self, iri: str, name: str) -> list[str]:
        """Give what a property of ours leads from to this thing, sorted."""
        return [subject for predicate, subject in self.inverse.get(iri, ()) if predicate == DIP + name]


@cache
def style() -> Style:
    """Give how each kind, relation and status is shown, read once."""
    return load_style()


def catalogue(store: ox.Store, pace: Paced = iter) -> Catalogue:
    """Look through a store, at the pace that is given."""
    triples = read_triples(store, pace)
    base = _base(triples)
    things = {
        iri: thing
        for iri in pace(triples.by_subject)
        if iri.startswith(base) and (thing := _thing(triples, iri, base, tuple(style().kinds))) is not None
    }
    claims: dict[str, dict[str, None]] = defaultdict(dict)
    within: dict[str, dict[str, None]] = defaultdict(dict)
    for iri, thing in pace(things.items()):
        if thing.page == "claim":
            for end in ("subject", "object"):
                for other in triples.iris(iri, RDF + end):
                    claims[other][iri] = None
            for document in triples.iris(iri, DIP + "reportedIn"):
                within[document][iri] = None
    return Catalogue(triples, base, things, _fixed(claims), _fixed(within), _inverse(triples, things))


def _base(triples: Triples) -> str:
    """Give the IRI that the paths of this graph are relative to, as its claims and articles have it."""
    for cls, step in (("Claim", "/claim/"), ("Document", "/doc/")):
        first = next(iter(triples.instances(DIP + cls)), None)
        if first is not None and step in first:
            return first.rpartition(step)[0] + "/"
    return BASE


def _thing(triples: Triples, iri: str, base: str, kinds: Iterable[str]) -> Thing | None:
    """Give what has a class of ours; a passage is shown with its article."""
    cls = triples.type(iri)
    above = triples.superclasses(cls) if cls is not None else frozenset()
    if cls is None or cls.startswith(base) or DIP + "Passage" in above:
        return None
    page = next((page for name, page in _PAGES if DIP + name in above), "entity")
    shade = next((kind.removeprefix(DIP) for kind in kinds if kind in above), "")
    return Thing(iri, iri.removeprefix(base), triples.label(iri), triples.label(cls).lower(), shade, page)


def _inverse(triples: Triples, things: dict[str, Thing]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    shown = relations()
    for iri, thing in things.items():
        if thing.page != "claim":
            for predicate, values in triples.by_subject[iri].items():
                if predicate in shown and predicate != TYPE:
                    for value in values:
                        found[value.value][predicate, iri] = None
    return _fixed(found)


def _fixed(found: dict[str, dict[str, None]] | dict[str, dict[tuple[str, str], None]]) -> dict[str, tuple]:  # type: ignore[type-arg]
    return {key: tuple(sorted(values)) for key, values in found.items()}


def _id(thing: Thing) -> str:
    return thing.path.removeprefix(_SHORT.get(thing.page, ""))
