"""Roles told without their event, bound to the event that is spoken of: "Togo also attended", "X mediated"."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kg.model import ACTUAL, Key
from kg.text.fitting import DONE, is_plan, statuses_fit, tells_the_past
from kg.text.happening import Happening
from kg.text.scene import is_kind

if TYPE_CHECKING:
    from datetime import date

    from kg.text.seeds import Seed

_HISTORY = timedelta(days=60)
"""How long before an article an event is no news any more, but what went before."""
_LOOKED_THROUGH = 20
"""How many events back a role looks for its own: no article has so many, but a book has."""
_ASIDE = 40
"""Words within which what is told may still be told of what went before."""


def _is_history(happening: Happening, anchor: date | None) -> bool:
    """As in "Talks collapsed in July 2017", in an article of another year."""
    days = [s.when.latest for s in happening.seeds if s.when is not None]
    return anchor is not None and bool(days) and all(d is not None and anchor - d > _HISTORY for d in days)


def _spoken_of(told: list[Happening], seed: Seed, anchor: date | None) -> Happening | None:
    """The event that a role without one is told of: the last, but not what an article only looks back to.

    None where it stands so near that either may be meant.
    """

    def last(happening: Happening) -> int:
        return max(s.token for s in happening.seeds if s.token <= seed.token)

    chosen = max(told, key=last)
    news = [happening for happening in told if not _is_history(happening, anchor)]
    if not news or chosen in news:
        return chosen
    return max(news, key=last) if seed.token - last(chosen) > _ASIDE else None


def place_roles(happenings: list[Happening], seed: Seed, anchor: date | None) -> None:
    """Bind a role told without its event to the event spoken of last, never past one that stands before.

    Only where nothing stands before is it bound to what comes. Where nothing comes either, a delegation
    still has an event, though no word names its kind; any other role is let go.
    """
    meetings = [h for h in happenings if h.sort == "meeting" and h.series != "previous"]
    begun = [h for h in meetings if h.first <= seed.token][-_LOOKED_THROUGH:]
    before = _fitting(begun, seed)
    # Who was sent was not sent to what is still to come, if anything has been; nor will anybody go to what has.
    if _is_done(seed):
        before = [h for h in before if not is_plan(h)] or before
    elif seed.commitment.tense == "future":
        before = [h for h in before if is_plan(h) or not h.statuses & DONE] or before
    shared = [h for h in before if h.parties.keys() & seed.parties.keys()]
    if before:
        spoken_of = _spoken_of(shared or before, seed, anchor)
        if spoken_of is None:
            return
        chosen = spoken_of
    elif not begun and (coming := _fitting(meetings, seed)):
        chosen = coming[0]
    elif any(role.side is not None for role in seed.roles):
        chosen = Happening(Key(f"event@{seed.token}"), "meeting")
        happenings.append(chosen)
    else:
        return  # somebody attends or mediates, but nothing says what
    chosen.take(seed)


def _fitting(happenings: list[Happening], seed: Seed) -> list[Happening]:
    return [h for h in happenings if _side_fits(h, seed) and statuses_fit(h, seed)]


def _is_done(seed: Seed) -> bool:
    """As in "sent an observer"; but who leads a team may do so at talks that are still to come."""
    open_to_come = any(role.side is not None for role in seed.roles)
    untold = seed.commitment.tense is None and seed.commitment.modality == ACTUAL
    return bool(seed.roles) and (tells_the_past(seed) or (untold and not open_to_come))


def _side_fits(happening: Happening, seed: Seed) -> bool:
    """A side belongs to talks that name it, or that name at most one party so far."""
    states = [e for e in happening.parties.values() if is_kind(e, "state", "group")]
    if not any(role.side is not None for role in seed.roles):
        return True  # "Togo also attended": one more party
    return not seed.parties or bool(happening.parties.keys() & seed.parties.keys()) or len(states) < 2
