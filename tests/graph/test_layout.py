"""The layout: the same on every machine, apart, together, and quick enough."""

from __future__ import annotations

import hashlib
import time
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from kg.graph import layout
from kg.graph.layout import Box, place

if TYPE_CHECKING:
    import pytest

BOX = Box(60, 30)


def ring(count: int, *, start: int = 0) -> list[tuple[int, int]]:
    return [(start + i, start + (i + 1) % count) for i in range(count)]


def overlapping(boxes: list[Box], spots: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, j in combinations(range(len(boxes)), 2)
        if abs(spots[i][0] - spots[j][0]) < boxes[i].width + boxes[j].width - 2
        and abs(spots[i][1] - spots[j][1]) < boxes[i].height + boxes[j].height - 2
    ]


def test_nothing_has_no_place_and_one_is_in_the_middle() -> None:
    assert place([], []) == []
    assert place([BOX], []) == [(0, 0)]
    assert place([BOX], [(0, 0)]) == [(0, 0)]


def test_positions_are_those_that_were_once_computed() -> None:
    """Pinned: a change of numpy or of processor must not move a node; a change of the code may."""
    spots = place([BOX] * 30, ring(30) + [(0, i) for i in range(2, 20, 3)])
    assert hashlib.sha256(repr(spots).encode()).hexdigest()[:16] == "01e7078b0dd775de"
    crowd = place([BOX] * 900, [(i, (i * 7) % 900) for i in range(900)])
    assert hashlib.sha256(repr(crowd).encode()).hexdigest()[:16] == "fe13bf2285d9a3d2"


def test_the_order_of_summing_changes_nothing() -> None:
    """The sums are exact: added up backwards, and by einsum instead of BLAS, they are the same."""
    rng = np.random.Generator(np.random.PCG64(1))
    points = rng.integers(-4000, 4000, size=(400, 2)).astype(np.float64)
    mass = rng.integers(1, 48, size=400) / 16.0
    forwards = layout._push(points, points, mass)
    backwards = layout._push(points, points[::-1], mass[::-1])
    assert np.array_equal(forwards, backwards)
    crowded = np.full((700, 2), 5000.0)
    assert not layout._push(crowded, crowded, np.full(700, 3.0)).any(), (
        "all in one spot, the largest sums there are"
    )


def test_inexact_sums_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault the test above must catch: without the rounding, the order shows."""
    monkeypatch.setattr(layout, "_whole", lambda values: values * 1.0000001)
    rng = np.random.Generator(np.random.PCG64(1))
    points = rng.integers(-4000, 4000, size=(400, 2)) / 3.0
    mass = np.ones(400)
    assert not np.array_equal(layout._push(points, points, mass), layout._push(points, points[::-1], mass))


def test_boxes_do_not_overlap() -> None:
    boxes = [Box(30 + 7 * (i % 9), 25 + 8 * (i % 3)) for i in range(60)]
    edges = [(i, j) for i in range(60) for j in (i * 3 % 60, i * 7 % 60) if i != j]
    spots = place(boxes, edges)
    assert overlapping(boxes, [(0, 0)] * 60), "the check itself bites"
    assert overlapping(boxes, spots) == []


def test_neighbours_are_nearer_than_strangers() -> None:
    edges = ring(12) + ring(12, start=12) + [(0, 12)]
    spots = np.array(place([BOX] * 24, edges), dtype=float)
    lengths = [np.linalg.norm(spots[a] - spots[b]) for a, b in edges]
    apart = [np.linalg.norm(spots[a] - spots[b]) for a, b in combinations(range(24), 2)]
    assert len(lengths) == 25
    assert np.mean(lengths) < 0.6 * np.mean(apart)


def test_parts_that_do_not_hang_together_lie_side_by_side() -> None:
    spots = place([BOX] * 20, [*ring(8), *ring(6, start=8)])
    assert overlapping([BOX] * 20, spots) == []
    first, second = np.array(spots[:8]), np.array(spots[8:14])
    gaps = [first.min(0) - second.max(0), second.min(0) - first.max(0)]
    assert any((gap > 0).any() for gap in gaps)


def test_two_thousand_nodes_take_seconds() -> None:
    begin = time.process_time()
    spots = place([BOX] * 2000, [(i, (i * 13 + 7) % 2000) for i in range(2000)])
    assert len(set(spots)) > 1900
    assert time.process_time() - begin < 60
