"""What tells events apart on its own: counts of votes, places, days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import (
    ACTUAL,
    CANCELLED,
    EXPECTED,
    HELD,
    ONGOING,
    PLANNED,
    POSSIBLE,
    POSTPONED,
    PROPOSED,
    REFUSED,
)

if TYPE_CHECKING:
    from kg.text.happening import Happening
    from kg.text.seeds import Seed

DONE = frozenset((HELD, ONGOING))
FUTURE = frozenset((PLANNED, PROPOSED))


def counts_fit(happening: Happening, seed: Seed) -> bool:
    """Two counts in one article are two votes."""
    if happening.sort != "vote":
        return True
    mine = {role.predicate: role.filler for role in seed.roles if role.filler.isdigit()}
    theirs = {r.predicate: r.filler for s in happening.seeds for r in s.roles if r.filler.isdigit()}
    return all(theirs.get(predicate, number) == number for predicate, number in mine.items())


def places_fit(happening: Happening, seed: Seed) -> bool:
    """Tell whether two sets of places can be one venue: one lies in the other, or one is not known."""
    if not happening.places or not seed.places or happening.places.keys() & seed.places.keys():
        return True
    pairs = [(a, b) for a in happening.places.values() for b in seed.places.values()]
    return any(a.within == b.key or b.within == a.key for a, b in pairs) or any(
        # A venue whose town is not known may lie in the town named elsewhere.
        not a.known or not b.known
        for a, b in pairs
    )


def overlap(one: Seed, other: Seed) -> bool:
    """Tell whether the days of two seeds have any in common."""
    a, b = one.when, other.when
    assert a is not None
    assert b is not None
    if a.earliest is not None and b.latest is not None and a.earliest > b.latest:
        return False
    return not (b.earliest is not None and a.latest is not None and b.earliest > a.latest)


def near(one: Seed, other: Seed) -> bool:
    """Tell whether two seeds begin within three days of each other."""
    a, b = one.when, other.when
    if a is None or b is None or a.earliest is None or b.earliest is None:
        return False
    return abs((a.earliest - b.earliest).days) <= 3


def is_called_off_apart(happening: Happening, seed: Seed) -> bool:
    """As in "the summit of X and Y was cancelled", which is not the round that their states have held."""
    strangers = bool(seed.parties) and not seed.parties.keys() <= happening.parties.keys()
    return seed.status in (CANCELLED, POSTPONED) and bool(happening.statuses & DONE) and strangers


def kinds_fit(happening: Happening, seed: Seed) -> bool:
    """A meeting of persons is not the talks of states unless it says "the"."""
    if seed.type == "dip:Event" or seed.definite:
        return True
    return (
        seed.type in {s.type for s in happening.seeds}
        or bool(happening.parties.keys() & seed.parties.keys())
        or not seed.parties
    )


def brought_about_apart(happening: Happening, seed: Seed) -> bool:
    """As in "a truce brokered by X collapsed in May": talks that only a text tells of are not those spoken of."""
    told = [None if each.produces is None else each.produces.key for each in happening.seeds]
    if seed.produces is None and None in told:
        return False
    same_text = seed.produces is not None and seed.produces.key in told
    return not (same_text or seed.parties.keys() & happening.parties.keys())


def is_told_beside(happening: Happening, seed: Seed) -> bool:
    """As in "they also held a meeting with local elders": another one, but for the very same company."""
    return seed.apart and (
        len(seed.parties) < _COMPANY or not seed.parties.keys() <= happening.parties.keys()
    )


_COMPANY = 2


def statuses_fit(happening: Happening, seed: Seed) -> bool:
    """What has been held is not what is still to come; what was refused is neither."""
    verbal = seed.status == REFUSED and seed.verbal
    if verbal or any(s.verbal and s.status == REFUSED for s in happening.seeds):
        return False  # "refused to discuss it with Y" turns down that, not the talks spoken of
    if REFUSED in happening.statuses or seed.status == REFUSED:
        return bool(happening.parties.keys() & seed.parties.keys()) and not (happening.statuses & DONE)
    if seed.status in FUTURE and happening.statuses & DONE:
        return same_day(happening, seed)
    if seed.status == HELD and happening.statuses & FUTURE and not happening.statuses & DONE:
        return same_day(happening, seed)
    if _is_new_plan(seed) and happening.statuses - FUTURE - {None}:
        return bool(happening.parties.keys() & seed.parties.keys()) or same_day(happening, seed)
    proposed = seed.status == PROPOSED and PLANNED in happening.statuses
    return not proposed or not seed.parties or bool(happening.parties.keys() & seed.parties.keys())


def _is_new_plan(seed: Seed) -> bool:
    """As in "a summit in Lagos on 9 May will be held": spoken of for the first time, and still to come."""
    to_come = seed.status in FUTURE or seed.commitment.modality in (EXPECTED, POSSIBLE)
    return to_come and not (seed.definite or seed.verbal) and bool(seed.places or seed.when is not None)


def same_day(happening: Happening, seed: Seed) -> bool:
    """Tell whether an event has a day in common with a mention."""
    return seed.when is not None and any(s.when is not None and overlap(s, seed) for s in happening.seeds)


def is_plan(happening: Happening) -> bool:
    """Whether nothing but plans has been told of it yet."""
    return all((s.status in FUTURE or s.status is None) and not tells_the_past(s) for s in happening.seeds)


def tells_the_past(seed: Seed) -> bool:
    """Tell whether a mention speaks of what has been."""
    return seed.status in DONE or (seed.commitment.tense == "past" and seed.commitment.modality == ACTUAL)
