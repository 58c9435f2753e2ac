"""From what somebody calls a thing to the thing in the graph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kg.answers import rows
from kg.errors import UnknownNameError, UsageError
from kg.folding import fold
from kg.vocab import BASE, NS, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.store import Store

_QID = re.compile(r"(?:wd:)?(Q[1-9][0-9]*)")
_WIKIDATA = "http://www.wikidata.org/entity/"
# Whom somebody means who says a word of a name: first people, states and bodies, then the rest.
_ORDER = (
    "dip:Person",
    "dip:Polity",
    "dip:Organization",
    "dip:Place",
    "dip:Event",
    "dip:Instrument",
    "dip:Office",
)
_LISTED = 12
# Of two names of cities, unlike ones often share six letters in ten.
ALIKE = 0.75

_NAMES = """
SELECT ?x ?label ?other ?same WHERE {
  ?x rdfs:label ?label . FILTER(STRSTARTS(STR(?x), "%s"))
  OPTIONAL { ?x skos:altLabel ?other } OPTIONAL { ?x schema:sameAs ?same }
} ORDER BY ?x ?label ?other"""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its names, its kind and its Wikidata id."""

    iri: str
    label: str
    aliases: tuple[str, ...]
    type: str
    """The most specific class, as a CURIE; empty where the graph gives none."""
    qid: str | None

    @property
    def kind(self) -> str:
        """The class in words: ``person``."""
        return Vocabulary.load().label(self.type).lower() if self.type else "thing"


def named_things(store: Store, base: str = BASE) -> tuple[Named, ...]:
    """List all that has a name, in the order of the IRIs."""
    labels: dict[str, str] = {}
    others: dict[str, dict[str, None]] = {}
    qids: dict[str, str] = {}
    for row in rows(store, _NAMES % base.replace("\\", "").replace('"', "")):
        iri = str(row["x"])
        labels.setdefault(iri, str(row["label"]))
        if row["other"] is not None:
            others.setdefault(iri, {})[row["other"]] = None
        if (row["same"] or "").startswith(_WIKIDATA):
            qids[iri] = str(row["same"]).removeprefix(_WIKIDATA)
    kinds = _types(store)
    return tuple(
        Named(iri, label, tuple(others.get(iri, ())), kinds[iri], qids.get(iri))
        for iri, label in labels.items()
        if iri in kinds
    )


def _types(store: Store) -> dict[str, str]:
    """Give the most specific class of each thing."""
    vocabulary = Vocabulary.load()
    found: dict[str, str] = {}
    for row in rows(store, f'SELECT ?x ?t {{ ?x a ?t FILTER(STRSTARTS(STR(?t), "{NS}")) }} ORDER BY ?x ?t'):
        iri, term = str(row["x"]), vocabulary.shrink(str(row["t"]))
        if term not in vocabulary:
            continue
        if iri not in found or found[iri] in vocabulary.superclasses(term):
            found[iri] = term
    return found


def resolve(store: Store, name: str, *, base: str = BASE) -> Named:
    """Give the one thing that is called so: by IRI, path, Wikidata id, name, or a part of the name.

    Raises:
        UsageError: several are; the hint lists them.
        UnknownNameError: nothing is.
    """
    things = named_things(store, base)
    ranked: dict[tuple[int, int], list[Named]] = {}
    for rank, thing in _matches(name.strip(), things, base):
        ranked.setdefault(rank, []).append(thing)
    if not ranked:
        raise _unknown(name, things)
    best = ranked[min(ranked)]
    if len(best) > 1:
        raise _ambiguous(name, best, base)
    return best[0]


def _matches(name: str, things: tuple[Named, ...], base: str) -> Iterator[tuple[tuple[int, int], Named]]:
    """Give each thing that may be meant, with how near the name is, and how likely the kind."""
    qid, wanted = _QID.fullmatch(name), fold(name)
    words = set(wanted.split())
    for thing in things:
        if thing.iri in {name, base + name} or (qid is not None and thing.qid == qid[1]):
            yield (0, 0), thing
        elif name == thing.label:
            yield (1, 0), thing
        elif wanted and wanted == fold(thing.label):
            yield (2, 0), thing
        elif wanted and any(wanted == fold(alias) for alias in thing.aliases):
            yield (3, _order(thing)), thing
        elif words and words <= set(fold(" ".join((thing.label, *thing.aliases))).split()):
            yield (4, _order(thing)), thing


def _order(thing: Named) -> int:
    vocabulary = Vocabulary.load()
    places = (at for at, kind in enumerate(_ORDER) if vocabulary.is_a(thing.type, kind))
    return next(places, len(_ORDER))


def _unknown(name: str, things: tuple[Named, ...]) -> UnknownNameError:
    known = {fold(label): label for thing in things for label in (thing.label, *thing.aliases)}
    near = get_close_matches(fold(name), sorted(known), n=1, cutoff=ALIKE)
    hint = (
        f"Did you mean {known[near[0]]!r}?"
        if near
        else "List them: kg query graph-nodes. What is known of: kg kb search."
    )
    shown = UnknownNameError("thing in the graph", name, ())
    shown.hint = hint
    return shown


def _ambiguous(name: str, found: list[Named], base: str) -> UsageError:
    lines = [f"{thing.iri.removeprefix(base)}  ({thing.kind}: {thing.label})" for thing in found[:_LISTED]]
    more = [f"… and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
    hint = "Say which one:\n" + "\n".join([*lines, *more])
    return UsageError(f"{len(found)} things are called {name!r}", hint=hint)
