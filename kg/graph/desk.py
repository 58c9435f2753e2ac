"""Names for the things of some families, where the things of all others have theirs already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.hearsay import KIND
from kg.graph.identity import settle

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from kg.graph.register import Register
    from kg.graph.told import Wish

_LAST = 2
"""The phase in which delegations are named."""
_LEAST, _MOST = 4, 64
"""How long the part of a hash is that tells two names apart."""


class TangledError(Exception):
    """What changed cannot be told apart from the rest: the graph has to be made anew."""


class Desk:
    """Settles names beside those of the families that stay as they are, and notes which of these would change."""

    def __init__(self, register: Register | None = None, leaving: frozenset[int] = frozenset()) -> None:
        """Take the register, and the families whose names are given anew."""
        self._register = register
        self._leaving = leaving
        self.disturbed: set[int] = set()
        """Families outside whose things would be called otherwise now."""
        self.wishes: list[list[tuple[int, str, str, str]]] = []
        """Of each family: phase, the path that a thing would like, its hash, the path that it got."""

    def settle(
        self, phase: int, families: Sequence[list[Wish]], taken: AbstractSet[str]
    ) -> dict[Hashable, str]:
        """Give names, as ``told.Settle`` asks."""
        own = {thing: (path, by) for family in families for thing, path, by in family}
        former = set() if self._register is None else self._register.wishes(self._leaving, phase)
        paths = {path for path, _ in own.values()} | former
        outside = self._outside(phase, paths)
        others: dict[Hashable, tuple[str, str]] = {
            (None, at): (row[1], row[2]) for at, row in enumerate(outside)
        }
        reserved = taken | (self._named(paths) if phase < _LAST else set())
        found = settle({**own, **others}, reserved)
        self.disturbed |= {row[4] for at, row in enumerate(outside) if found[None, at] != row[3]}
        _check({**own, **others}, found)
        self._check_apart(phase, {(path, found[thing]) for thing, (path, _) in own.items()})
        self.wishes = self.wishes or [[] for _ in families]
        for at, family in enumerate(families):
            self.wishes[at] += [(phase, path, by, found[thing]) for thing, path, by in family]
        return {thing: found[thing] for thing in own}

    def _outside(self, phase: int, paths: set[str]) -> list[tuple[int, str, str, str, int]]:
        if self._register is None:
            return []
        rows = self._register.wishing(paths)
        return [row for row in rows if row[4] not in self._leaving and row[0] == phase and row[1] in paths]

    def _named(self, paths: set[str]) -> set[str]:
        """Give those paths by which some article names a thing of its own accord."""
        if self._register is None:
            return set()
        return {key for what, key in self._register.told(paths).words if what == KIND}

    def _check_apart(self, phase: int, names: set[tuple[str, str]]) -> None:
        """Make sure that no name of another kind, or made longer, is one of these."""
        if self._register is None:
            return
        wanted = dict.fromkeys(path for path, _ in names)
        for row in self._register.wishing({*wanted, *(got for _, got in names)}):
            if row[4] not in self._leaving and (row[0] != phase or row[1] not in wanted):
                raise TangledError


def _check(wanted: dict[Hashable, tuple[str, str]], found: dict[Hashable, str]) -> None:
    """Make sure that names are only as long as the hashes of those who want the same ask for."""
    groups: dict[str, list[Hashable]] = {}
    for thing, (path, _) in wanted.items():
        groups.setdefault(path, []).append(thing)
    for path, things in groups.items():
        added = {len(found[thing]) - len(path) for thing in things}
        hashes = [wanted[thing][1] for thing in things]
        if added not in ({0}, {_needed(hashes) + 1}):
            raise TangledError


def _needed(hashes: Iterable[str]) -> int:
    values = list(hashes)
    found = (n for n in range(_LEAST, _MOST) if len({value[:n] for value in values}) == len(values))
    return next(found, _MOST)
