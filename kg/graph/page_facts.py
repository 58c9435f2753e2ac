"""Facts out of claims: which triples are claimed or denied, how firmly, and about which things."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.graph.page_plain import plain_facts
from kg.graph.page_triples import DIP, OWL, PROV, RDF, TYPE, Triples, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.page_style import Style

_FIRMNESS = ("Actual", "Expected", "Conditional", "Possible")
_NOT_DRAWN = tuple(DIP + name for name in ("Claim", "Document", "Passage"))


@dataclass(frozen=True, slots=True)
class Said:
    """One claim, as the store has it."""

    iri: str
    subject: str
    predicate: str
    object: Value
    negated: bool
    modality: str


FactKey = tuple[str, str, str, bool]


@dataclass(frozen=True, slots=True)
class Facts:
    """Claims by the fact that they make, and the background triples that no claim makes."""

    claims: dict[FactKey, list[Said]]
    background: list[FactKey]
    objects: dict[FactKey, Value]

    @property
    def plain(self) -> bool:
        """Whether the graph has facts alone, and no claim that one of them rests on."""
        return not self.claims

    def keys(self) -> list[FactKey]:
        """Give the facts in the order of the page."""
        return sorted([*self.claims, *self.background])


def read_facts(triples: Triples, style: Style) -> Facts:
    """Group the claims of a store into facts, the firmest claim first, and add the background.

    In a graph without any claim everything that is said counts, also in words that are not ours.
    """
    claims: dict[FactKey, list[Said]] = defaultdict(list)
    objects: dict[FactKey, Value] = {}
    for said in _claims(triples):
        key = (said.subject, said.predicate, str(said.object), said.negated)
        claims[key].append(said)
        objects[key] = said.object
    for group in claims.values():
        group.sort(
            key=lambda said: (_FIRMNESS.index(said.modality), -confidence(triples, said.iri), said.iri)
        )
    known = {key[:3] for key in claims}
    background = []
    for subject, predicate, value in _view(triples, style) if claims else plain_facts(triples):
        mirrored = subject > value.value and _mirrored(triples, subject, predicate, value.value)
        if (subject, predicate, str(value)) not in known and not mirrored:
            key = (subject, predicate, str(value), False)
            background.append(key)
            objects[key] = value
    return Facts(dict(claims), background, objects)


def _claims(triples: Triples) -> Iterator[Said]:
    for iri in triples.instances(DIP + "Claim"):
        subject, predicate = triples.iris(iri, RDF + "subject"), triples.iris(iri, RDF + "predicate")
        value = triples.values(iri, RDF + "object")
        if subject and predicate and value:
            modality = triples.iris(iri, DIP + "modality")
            negated = triples.text(iri, DIP + "negated") in {"true", "1"}
            how = modality[0].removeprefix(DIP) if modality else "Actual"
            yield Said(
                iri, subject[0], predicate[0], value[0], negated, how if how in _FIRMNESS else "Actual"
            )


def _view(triples: Triples, style: Style) -> Iterator[tuple[str, str, NamedNode]]:
    """Give the view's triples between two things."""
    things = {subject for subject in triples.by_subject if kind_of(triples, subject, style) is not None}
    for subject in sorted(things):
        for predicate, values in sorted(triples.by_subject[subject].items()):
            if predicate in style.relations and predicate != TYPE:
                yield from ((subject, predicate, value) for value in values if value.value in things)  # type: ignore[misc]


def symmetric(triples: Triples, predicate: str) -> bool:
    """Tell whether a property holds both ways."""
    return OWL + "SymmetricProperty" in triples.iris(predicate, TYPE)


def _mirrored(triples: Triples, subject: str, predicate: str, value: str) -> bool:
    """Tell whether a symmetric triple stands in the view the other way round too."""
    return symmetric(triples, predicate) and subject in triples.iris(value, predicate)


def kind_of(triples: Triples, iri: str, style: Style) -> str | None:
    """Give the legend's class of a thing: its own, or the nearest above that has a shape."""
    cls = triples.type(iri)
    if cls is None or cls in _NOT_DRAWN:
        return None
    above = [name for name in triples.superclasses(cls) if name in style.kinds]
    return min(above, key=lambda name: (-len(triples.superclasses(name)), name), default=None)


def things_of(triples: Triples, facts: Facts, style: Style) -> list[str]:
    """Name everything that is drawn: what has a kind, and what a claim speaks of."""
    typed = {subject for subject in triples.by_subject if kind_of(triples, subject, style) is not None}
    keys = facts.keys()
    spoken = {key[0] for key in keys}
    spoken |= {facts.objects[key].value for key in keys if is_thing(facts.objects[key], key[1])}
    return sorted(typed | spoken)


def is_thing(value: Value, predicate: str) -> bool:
    """Tell whether an object is drawn as a node: not a literal, a class, or a status."""
    return isinstance(value, NamedNode) and predicate != TYPE and not value.value.startswith(DIP)


def firmest(claims: list[Said]) -> str:
    """Give the modality of the claim that commits itself most; background is actual."""
    return min((said.modality for said in claims), key=_FIRMNESS.index, default="Actual")


def marks_of(triples: Triples, claims: list[Said], modality: str, *, negated: bool) -> list[str]:
    """Give every status word that applies to a fact; at least one."""
    derived = [said for said in claims if triples.iris(said.iri, PROV + "wasDerivedFrom")]
    unquoted = [said for said in derived if not triples.iris(said.iri, DIP + "evidence")]
    voiced = [said for said in claims if not triples.iris(said.iri, DIP + "attributedTo")]
    named = {
        "contested": any(triples.iris(said.iri, DIP + "contradicts") for said in claims),
        "denied": negated,
        "inferred": len(unquoted) == len(claims),
        "possible": modality in {"Possible", "Conditional"},
        "planned": modality == "Expected",
        "attributed": not voiced,
    }
    return [name for name, applies in named.items() if applies] or ["stated"]


def confidence(triples: Triples, claim: str) -> float:
    """Give the confidence of a claim; one that states none is taken at its word."""
    text = triples.text(claim, DIP + "confidence")
    return 1.0 if text is None else round(float(text), 4)
