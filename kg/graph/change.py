"""A graph made anew, or changed where readings came or went: the lines that differ, and nothing else looked at.

Only the families that a change can touch are put together again: those of readings that go, those with which
readings that come have a tie, those that speak of a name of which something else is known now, those whose things
would get another name.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kg.graph.desk import Desk, TangledError
from kg.graph.former import former_lines
from kg.graph.hearsay import OFFICE, OWNER, Told, gathered, known_of
from kg.graph.registered import Clan, Unit
from kg.graph.shares import lines_of_names, shares_of
from kg.graph.terms import is_global
from kg.graph.ties import WIDE, families, firm_marks, gist_of, marks, rules_for, tied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pyoxigraph as ox

    from kg.graph.heard import Heard
    from kg.graph.hearsay import Known
    from kg.graph.register import Register
    from kg.graph.shares import Frame, Share
    from kg.graph.ties import Gist


@dataclass(frozen=True, slots=True)
class Together:
    """Readings put together, and what there is to note of them."""

    shares: list[Share]
    clans: list[Clan]
    units: list[Unit]
    known: Known


@dataclass(frozen=True, slots=True)
class Difference:
    """Lines that are to go, and lines that are to come."""

    removed: frozenset[str]
    added: frozenset[str]


def put_together(heard: Sequence[Heard], told: Told, frame: Frame, desk: Desk) -> Together:
    """Put readings together family by family.

    Args:
        heard: the readings, sorted by the hash of the text.
        told: what all readings say of the names that these depend on.
        frame: what is the same for all.
        desk: gives the things their names.
    """
    known = known_of(told, frame.vocabulary)
    gists = [gist_of(one, frame.decisions) for one in heard]
    rules = rules_for(gists, known, frame.vocabulary)
    by_hash = {one.source.sha256: one for one in heard}
    groups = [[by_hash[sha] for sha in family] for family in families(gists, rules)]
    shares = shares_of(groups, known, frame, desk.settle)
    steps = _steps(told)
    units = [
        Unit(
            gist,
            one.source.document,
            gathered([one]),
            frozenset(_closure(names_in(one), steps)),
            marks(gist, rules),
            firm_marks(gist),
        )
        for one, gist in zip(heard, gists, strict=True)
    ]
    clans = [
        Clan(share.shas, share.notes, share.own, share.edges, share.keys, tuple(wishes))
        for share, wishes in zip(shares, desk.wishes, strict=True)
    ]
    return Together(shares, clans, units, known)


def lines_of(found: Together, frame: Frame) -> Iterator[str]:
    """Yield the lines of a graph that is made of these families alone, each once."""
    for share in found.shares:
        yield from share.statements
    yield from {edge for share in found.shares for edge in share.edges} | lines_of_names(
        {key for share in found.shares for key in share.keys}, found.known, frame
    )


def names_in(one: Heard) -> set[str]:
    """Give the shared names that a reading speaks of."""
    names = {str(entity.key) for entity in one.source.reading.entities}
    names |= {key for key in one.source.types if is_global(key)}
    names |= {str(key) for key, _, _ in one.names}
    for fact in one.facts:
        claim = fact.claim
        parts = (claim.subject, claim.object, claim.stance.speaker)
        names |= {part for part in parts if isinstance(part, str) and is_global(part)}
        names.add(fact.run)
    return names


def _steps(told: Told) -> dict[str, set[str]]:
    """Give, for each name, those that what is said of it leads to: where a place lies, whose an office is."""
    steps: dict[str, set[str]] = {}
    for key, found in told.entities.items():
        steps.setdefault(key, set()).update(str(one.within) for one in found if one.within is not None)
    for (what, key), values in told.words.items():
        if what in (OWNER, OFFICE):
            steps.setdefault(key, set()).update(values)
    return steps


def _closure(names: Iterable[str], steps: Mapping[str, set[str]]) -> set[str]:
    found, wave = set(), set(names)
    while wave:
        found |= wave
        wave = {step for name in wave for step in steps.get(name, ())} - found
    return found


def known_in(register: Register, names: Iterable[str]) -> Told:
    """Give what all readings say of names, and of all that these lead to."""
    whole, wave, seen = Told(), set(names), set[str]()
    while wave:
        part = register.told(wave)
        whole.words.update(part.words)
        whole.entities.update(part.entities)
        seen |= wave
        wave = {step for steps in _steps(part).values() for step in steps} - seen
    return whole


@dataclass(slots=True)
class Changing:
    """A change while it is being made; the register is left as it will be."""

    register: Register
    store: ox.Store
    frame: Frame
    load: Callable[[Iterable[str]], list[Heard]]
    """Gives the readings with these hashes, sorted."""
    most: int
    """Of how many readings at most a change is made by difference."""

    def make(self, gone: frozenset[str], come: Sequence[Heard]) -> Difference:
        """Change the register, and give the lines that differ.

        Args:
            gone: hashes of the texts of readings that are not as they were.
            come: what readings are there now instead, or are new.

        Raises:
            TangledError: all has to be made anew.
        """
        before, names = self._count(gone, come)
        new = {one.source.sha256 for one in come}
        moved = self._moved(before, names)
        touched = self.register.speaking(moved) - gone - new
        groups = self.register.families_of(gone | touched)
        named = (row[4] for row in self.register.wishing(moved))
        fresh = [gist_of(one, self.frame.decisions) for one in come]
        fresh += self.register.gists(touched).values()
        speak = {name for one in come for name in names_in(one)} | self.register.names_of(touched)
        groups |= {*named, *self._tied(fresh, speak, gone | new)}
        found, groups = self._together(groups, gone, come)
        difference = self._difference(found, groups, before, names)
        old = self.register.members(groups) | gone
        self.register.dissolve(groups)
        self.register.forget(sorted(old))
        self.register.put(found.units, self.register.add(found.clans))
        return difference

    def _count(self, gone: frozenset[str], come: Sequence[Heard]) -> tuple[Told, set[str]]:
        """Count what is said now; give what was said before of the names of which something else is."""
        leaving, coming = self.register.told_by(gone), gathered(come)
        names = {key for told in (leaving, coming) for _, key in told.words}
        names |= {key for told in (leaving, coming) for key in told.entities}
        before = known_in(self.register, names)
        self.register.count_told(leaving, -1)
        self.register.count_told(coming)
        return before, names

    def _moved(self, before: Told, names: set[str]) -> set[str]:
        """Give the names of which something else is known now that counts for others."""
        then = known_of(before, self.frame.vocabulary)
        now = known_of(known_in(self.register, names), self.frame.vocabulary)
        return {name for name in names if _facets(name, then) != _facets(name, now)}

    def _tied(self, fresh: Sequence[Gist], speak: set[str], but: frozenset[str] | set[str]) -> set[int]:
        """Give the families with which readings have a tie."""
        known = known_of(known_in(self.register, speak), self.frame.vocabulary)
        rules = rules_for(fresh, known, self.frame.vocabulary)
        firm = {mark for one in fresh for mark in firm_marks(one)}
        found = self.register.families_of(self.register.sharing(firm, firm=True) - but)
        soft = {one.sha: marks(one, rules) for one in fresh}
        if any(WIDE in those for those in soft.values()):
            raise TangledError
        near = {sha: self.register.sharing({*those, WIDE}, firm=False) - but for sha, those in soft.items()}
        others = self.register.gists({sha for shas in near.values() for sha in shas})
        speak = speak | self.register.names_of(others)
        known = known_of(known_in(self.register, speak), self.frame.vocabulary)
        rules = rules_for([*fresh, *others.values()], known, self.frame.vocabulary)
        ties = {
            sha for one in fresh for sha in near[one.sha] if sha != one.sha and tied(one, others[sha], rules)
        }
        return found | self.register.families_of(ties)

    def _together(
        self, groups: set[int], gone: frozenset[str], come: Sequence[Heard]
    ) -> tuple[Together, set[int]]:
        """Put all together that the change can touch."""
        new = {one.source.sha256 for one in come}
        while True:
            stay = self.register.members(groups) - gone - new
            if len(stay) > self.most:
                raise TangledError
            heard = sorted([*come, *self.load(stay)], key=lambda one: one.source.sha256)
            told = known_in(self.register, {name for one in heard for name in names_in(one)})
            desk = Desk(self.register, frozenset(groups))
            found = put_together(heard, told, self.frame, desk)
            if desk.disturbed <= groups:
                return found, groups
            groups = groups | desk.disturbed

    def _difference(self, found: Together, groups: set[int], before: Told, names: set[str]) -> Difference:
        writer, fixed = self.frame.writer, frozenset(groups)
        documents = self.register.documents(self.register.members(groups))
        own = self.register.of("own", groups)
        former = former_lines(self.store, map(writer.name, documents), map(writer.name, own))
        lines = set(chain.from_iterable(share.statements for share in found.shares))
        edges = self.register.of("edge", groups), {edge for share in found.shares for edge in share.edges}
        uses = self.register.of("uses", groups), {key for share in found.shares for key in share.keys}
        held = self.register.elsewhere("edge", edges[0] ^ edges[1], fixed)
        about = names | uses[0] | uses[1]
        used = self.register.elsewhere("uses", about, fixed)
        then, now = self._told(before, names, uses[0] | used), self._told(None, names, uses[1] | used)
        known = [known_of(told, self.frame.vocabulary) for told in (then, now)]
        old = lines_of_names(about & (uses[0] | used), known[0], self.frame)
        new = lines_of_names(about & (uses[1] | used), known[1], self.frame)
        former |= (edges[0] - edges[1] - held) | old
        lines |= (edges[1] - edges[0] - held) | new
        return Difference(frozenset(former - lines), frozenset(lines - former))

    def _told(self, before: Told | None, changed: set[str], names: set[str]) -> Told:
        """Give what is said of names now, or was said before some changed."""
        told = known_in(self.register, names | changed)
        if before is None:
            return told
        words = {pair: found for pair, found in told.words.items() if pair[1] not in changed}
        entities = {key: found for key, found in told.entities.items() if key not in changed}
        mixed = Told(words | before.words, entities | before.entities)
        more = {step for steps in _steps(mixed).values() for step in steps}
        rest = self.register.told(more - changed)
        return Told(rest.words | mixed.words, rest.entities | mixed.entities)


def _facets(name: str, known: Known) -> tuple[object, ...]:
    """Give what is known of a name that shows in more than the lines on itself."""
    entity = known.entities.get(name)
    return (
        None if entity is None else (entity.type, entity.within),
        known.types.get(name),
        known.labels.get(name),
        known.owners.get(name, known.offices.get(name)),
        name in known.taken,
    )
