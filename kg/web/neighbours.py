"""What lies next to a thing, as a small drawing: the thing in the middle, a column on each side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.web.catalogue import style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.web.catalogue import Thing
    from kg.web.facts import Group

SHOWN = 16
"""More would need letters too small to read; the rest stands in the list of facts."""

WIDTH = 960
_ROW = 30
_COLUMN = 336
_LETTERS = 38
_OUTLINES = {
    "square": "M-7-7H7V7H-7Z",
    "diamond": "M0-9 9 0 0 9-9 0Z",
    "triangle": "M0-8 8 7H-8Z",
    "triangleDown": "M0 8 8-7H-8Z",
    "hexagon": "M-4-8H4L9 0 4 8H-4L-9 0Z",
    "star": "M0-10 3-3 10-3 4 2 6 9 0 5-6 9-4 2-10-3-3-3Z",
    "dot": "M-8 0A8 8 0 1 1 8 0 8 8 0 1 1-8 0Z",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A thing in the drawing."""

    thing: Thing
    label: str
    x: int
    y: int
    outline: str
    on_left: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole drawing, in units of its view box."""

    middle: Spot
    spots: tuple[Spot, ...]
    height: int
    total: int
    """How many neighbours there are."""


def draw(thing: Thing, groups: Iterable[Group]) -> Drawing:
    """Draw a thing with those of its neighbours of which most is said."""
    weights: dict[str, tuple[int, Thing]] = {}
    for group in groups:
        for fact in group.facts:
            for end in (fact.subject.thing, fact.object.thing):
                if end is not None and end.iri != thing.iri:
                    count = weights.get(end.iri, (0, end))[0]
                    weights[end.iri] = count + max(len(fact.told), 1), end
    ranked = sorted(weights.values(), key=lambda each: (-each[0], each[1].label, each[1].iri))
    chosen = sorted((each for _, each in ranked[:SHOWN]), key=lambda each: (each.shade, each.label, each.iri))
    half = (len(chosen) + 1) // 2
    height = max(half, 1) * _ROW + 36
    columns = (*_column(chosen[:half], height, on_left=True), *_column(chosen[half:], height, on_left=False))
    middle = Spot(thing, thing.label, WIDTH // 2, height // 2, outline(thing), on_left=False)
    return Drawing(middle, columns, height, len(ranked))


def _column(things: Sequence[Thing], height: int, *, on_left: bool) -> Iterable[Spot]:
    top = (height - len(things) * _ROW) // 2 + _ROW // 2
    for row, thing in enumerate(things):
        x = _COLUMN if on_left else WIDTH - _COLUMN
        yield Spot(thing, shortened(thing.label), x, top + row * _ROW, outline(thing), on_left)


def outline(thing: Thing) -> str:
    """Give the shape that the legend has for the class of a thing."""
    shapes = {iri.rpartition("#")[2]: kind.shape for iri, kind in style().kinds.items()}
    return _OUTLINES.get(shapes.get(thing.shade, "dot"), _OUTLINES["dot"])


def shortened(label: str) -> str:
    """Shorten a name that would leave the drawing."""
    return label if len(label) <= _LETTERS else label[: _LETTERS - 1].rstrip() + "…"
