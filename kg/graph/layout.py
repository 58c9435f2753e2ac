"""Positions for the graph page: a seeded force layout that gives the same numbers on every machine.

Only operations that IEEE 754 rounds exactly (+ - * / sqrt) are used, and whatever is summed is rounded
to whole numbers first. Sums of whole numbers below 2**53 are exact in any order, so neither the
processor nor the library that does the summing can change a coordinate.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SPACING = 120.0
"""The length an edge would like to have, in pixels: 40 nodes then fill a laptop's canvas."""

PUSH = 1.6
"""How much stronger nodes push than in the original; found by looking: tight groups open up."""

REACH = (5 * SPACING) ** 2
"""Beyond this distance (squared) the push fades: a busy middle does not drive its outskirts far away."""

EXACT_UP_TO = 450
"""Above this many nodes repulsion comes from the cells of a grid instead of from every node."""

GAP = 70.0
"""Free space between the parts of a graph that hang together."""

COLUMN = 30.0
"""Parts are packed into columns of this width."""

GRAIN = 16.0
"""Positions and forces are whole multiples of a pixel divided by this."""

FINE = 2.0**12
"""Weights are whole multiples of one divided by this: fine, and their sums stay below 2**53."""

CLOSEST = 25.0
"""No two nodes push as if they were nearer than 5 pixels (squared)."""


@dataclass(frozen=True, slots=True)
class Box:
    """Half the room that a node with its label takes, in pixels."""

    width: float
    height: float


def place(boxes: Sequence[Box], edges: Sequence[tuple[int, int]], *, seed: int = 7) -> list[tuple[int, int]]:
    """Give each node whole-pixel coordinates around (0, 0); parts that hang together stay together."""
    if not boxes:
        return []
    half = np.array([(box.width, box.height) for box in boxes], dtype=np.float64)
    parts = _parts(len(boxes), edges)
    spots = _packed([_part(part, edges, half, seed) for part in parts], [half[part] for part in parts])
    points = np.zeros((len(boxes), 2))
    for part, spot in zip(parts, spots, strict=True):
        points[part] = spot
    return [(int(x), int(y)) for x, y in np.rint(points - _middle(points))]


def _middle(points: Floats) -> Floats:
    low: Floats = points.min(axis=0)
    high: Floats = points.max(axis=0)
    return (low + high) / 2


def _parts(count: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Split the nodes into connected parts, the largest first."""
    root = list(range(count))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for a, b in edges:
        low, high = sorted((find(a), find(b)))
        root[high] = low
    groups: dict[int, list[int]] = {}
    for node in range(count):
        groups.setdefault(find(node), []).append(node)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))


def _part(part: list[int], edges: Sequence[tuple[int, int]], half: Floats, seed: int) -> Floats:
    """Lay out one connected part; where a single node stands is decided when the parts are packed."""
    if len(part) == 1:
        return np.zeros((1, 2))
    index = {node: i for i, node in enumerate(part)}
    pairs = sorted({tuple(sorted((index[a], index[b]))) for a, b in edges if a in index and a != b})
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    points = _forces(len(part), ends, seed)
    if len(part) <= EXACT_UP_TO:
        points = _apart(points, half[part])
    return points


def _forces(count: int, ends: Ints, seed: int) -> Floats:
    """Let edges pull and nodes push while it cools down (Fruchterman and Reingold, 1991)."""
    random = np.random.Generator(np.random.PCG64(seed))
    side = int(SPACING * sqrt(count)) + 1
    points = random.integers(-side, side, size=(count, 2)).astype(np.float64)
    few = count <= EXACT_UP_TO
    mass = _masses(ends, count)
    rounds = 200 if few else 80
    for step in range(rounds):
        heat = side * 0.25 * (1 - step / rounds) ** 2 + 1
        shift = random.integers(0, 16, size=2) / 16.0
        others, crowd = (points, mass) if few else _cells(points, mass, shift)
        move = _push(points, others, crowd) * mass[:, None] + _pull(points, ends)
        move -= points * (1.5 / (1 + sqrt(count)))
        length = np.sqrt(move[:, :1] * move[:, :1] + move[:, 1:] * move[:, 1:]) + 1e-9
        points = _whole((points + move / length * np.minimum(length, heat)) * GRAIN) / GRAIN
    return points


def _masses(ends: Ints, count: int) -> Floats:
    """Give how strongly each node pushes: busy nodes more, so that the middle opens up; 1 on average."""
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.float64)
    mass: Floats = _whole(np.sqrt(degree + 1.0) * GRAIN) / GRAIN
    middling = mass.sum() / count
    return _whole(np.minimum(mass / middling, 3.0) * GRAIN) / GRAIN


def _whole(values: Floats) -> Floats:
    rounded: Floats = np.rint(values)
    return rounded


def _push(points: Floats, others: Floats, mass: Floats) -> Floats:
    """Sum what all others do to every node, each as strongly as its mass.

    With the weight w of each pair, the sum of w (p - q) is p times the sum of w, less the sum of w q.
    """
    square = _distances(points[:, 0], others[:, 0]) + _distances(points[:, 1], others[:, 1])
    np.maximum(square, CLOSEST, out=square)
    weight = _whole((FINE * PUSH * SPACING * SPACING * REACH) / (square * (square + REACH)) * mass)
    total: Floats = weight.sum(axis=1)[:, None] * (points * GRAIN) - weight @ _whole(others * GRAIN)
    return total / (FINE * GRAIN)


def _distances(a: Floats, b: Floats) -> Floats:
    """Give the square of each difference along one axis."""
    apart: Floats = a[:, None] - b[None, :]
    apart *= apart
    return apart


def _cells(points: Floats, mass: Floats, shift: Floats, *, across: int = 18) -> tuple[Floats, Floats]:
    """Sum up the nodes by the cells of a grid: the middle of each crowd, and its mass.

    The grid lies elsewhere each time, by a part of a cell, so that its lines leave no trace.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    cell = ((points - low) / (high - low + 1.0) * (across - 1) + shift).astype(np.int64)
    flat = cell[:, 0] * across + cell[:, 1]
    crowd, sums = np.zeros(across * across), np.zeros((across * across, 2))
    np.add.at(crowd, flat, mass)
    np.add.at(sums, flat, _whole(points * GRAIN) * (mass * GRAIN)[:, None])
    used = np.flatnonzero(crowd)
    return sums[used] / (GRAIN * GRAIN) / crowd[used, None], crowd[used]


def _pull(points: Floats, ends: Ints) -> Floats:
    """Sum what the edges do to their ends; busy ends are pulled less, so hubs do not clump."""
    total = np.zeros_like(points)
    if len(ends):
        degree = np.bincount(ends.ravel(), minlength=len(points)).astype(np.float64)
        along = points[ends[:, 1]] - points[ends[:, 0]]
        length = np.sqrt(along[:, 0] * along[:, 0] + along[:, 1] * along[:, 1])
        busy = np.sqrt(np.minimum(degree[ends[:, 0]], degree[ends[:, 1]]))
        force = _whole(along * (length / SPACING / busy)[:, None] * GRAIN)
        np.add.at(total, ends[:, 0], force)
        np.add.at(total, ends[:, 1], -force)
    return total / GRAIN


def _apart(points: Floats, half: Floats, *, rounds: int = 60) -> Floats:
    """Move boxes that overlap away from each other, along the axis that needs the least."""
    rank = np.arange(len(points))
    first = np.where(rank[:, None] < rank[None, :], -1.0, 1.0)
    room = [half[:, None, axis] + half[None, :, axis] for axis in (0, 1)]
    for _ in range(rounds):
        away = [points[:, None, axis] - points[None, :, axis] for axis in (0, 1)]
        lack = [room[axis] - np.abs(away[axis]) for axis in (0, 1)]
        both = (lack[0] > 0) & (lack[1] > 0)
        np.fill_diagonal(both, val=False)
        if not both.any():
            break
        wide = lack[0] < lack[1]
        points = points + np.stack(
            [
                _shoved(away[axis], lack[axis], first, both & (wide if axis == 0 else ~wide))
                for axis in (0, 1)
            ],
            axis=1,
        )
    return points


def _shoved(away: Floats, lack: Floats, first: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """Sum up how far each box is shoved along one axis; of two in one spot the first goes left."""
    side = np.where(away == 0, first, np.sign(away))
    shove = _whole(np.where(chosen, (lack * 0.3 + 1.0) * side * GRAIN, 0.0))
    total: Floats = shove.sum(axis=1) / GRAIN
    return total


def _packed(spots: list[Floats], halves: list[Floats]) -> list[Floats]:
    """Put each part where the field is lowest so far.

    The field is a little wider than high for what hangs together; single nodes lie below it.
    """
    lows = [(spot - half).min(axis=0) for spot, half in zip(spots, halves, strict=True)]
    highs = [(spot + half).max(axis=0) for spot, half in zip(spots, halves, strict=True)]
    sizes = [high - low + GAP for low, high in zip(lows, highs, strict=True)]
    together = [size for size, spot in zip(sizes, spots, strict=True) if len(spot) > 1]
    area = sum(int(width * height) for width, height in together or sizes)
    field = max(sqrt(area * 1.35), *(float(size[0]) for size in sizes))
    skyline = np.zeros(int(field / COLUMN) + 2)
    packed = []
    for spot, low, (width, height) in zip(spots, lows, sizes, strict=True):
        columns = int(width / COLUMN) + 1
        tops = np.lib.stride_tricks.sliding_window_view(skyline, columns).max(axis=1)
        at = int(np.argmin(tops))
        skyline[at : at + columns] = tops[at] + height
        packed.append(spot - low + np.array([at * COLUMN, tops[at]]))
    return packed
