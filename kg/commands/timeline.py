"""``kg timeline``: the events in the order of their days."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.options import (
    OutOption,
    RowFormat,
    StoreOption,
    open_store,
    row_layout,
    settings,
    write_table,
)
from kg.errors import UsageError
from kg.report import listed, paint, plural, safe, tell, width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.chronicle import Happening
    from kg.graph.rows import Rows


def timeline(
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="Only events this actor has a part in.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help="Only events that may fall on this day or later."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--to", metavar="DAY", help="Only events that may fall on this day or earlier."),
    ] = None,
    store: StoreOption = None,
    format: RowFormat = None,  # noqa: A002
    output: OutOption = None,
) -> None:
    """List the events by date: what, how far it came, where, and who has a part in it."""
    from kg.chronicle import happenings  # noqa: PLC0415
    from kg.naming import resolve  # noqa: PLC0415

    chosen = settings(store=store, format=format)
    first, last = _day(since, "--from"), _day(until, "--to")
    with open_store(store) as opened:
        who = None if actor is None else resolve(opened, actor, base=chosen.base)
        found = happenings(opened, actor=who, since=first, until=last)
    if row_layout(chosen.format, output) == "table":
        _print(found)
    else:
        write_table(_rows(found), chosen.format, output)


def _day(text: str | None, option: str) -> str | None:
    """Check a day, or a month or a year, which stand for their first or last day."""
    if text is None:
        return None
    parts = text.split("-")
    ends = ["01", "01"] if option == "--from" else ["12", "31"]
    whole = "-".join([*parts, *ends[len(parts) - 1 :]])
    try:
        return date.fromisoformat(whole).isoformat()
    except ValueError:
        if option == "--to" and len(parts) == 2 and parts[1].isdecimal() and 1 <= int(parts[1]) <= 12:
            return f"{text}-31"  # days are compared as text
        raise UsageError(
            f"{text!r} is no day", where=option, hint="Write it as 2025-05-16, 2025-05 or 2025."
        ) from None


def _print(found: "Sequence[Happening]") -> None:
    room = max([len(_when(each)) for each in found], default=0)
    for each in found:
        label = wrap(safe(each.label), indent=" " * (room + 2), first="")
        indented = wrap(safe(each.label), first=f"{_when(each):<{room}}  ", indent=" " * (room + 2))
        print(paint(indented, "bold") if label else indented)
        more = [each.status or "status unknown", *([f"in {safe(each.place)}"] if each.place else [])]
        if each.who:
            more.append(listed(safe(one) for one in each.who))
        print(wrap(" · ".join(more), indent=" " * (room + 2)))
    undated = sum(each.when is None for each in found)
    tell("", f"{plural(len(found), 'event')}{f', {undated} undated' if undated else ''}.")


def _when(each: "Happening") -> str:
    if each.when is not None:
        return each.when
    if each.earliest is None and each.latest is None:
        return "undated"
    return f"{each.earliest or ''}…{each.latest or ''}"


def _rows(found: "Sequence[Happening]") -> "Rows":
    import pyoxigraph as ox  # noqa: PLC0415

    from kg.graph.rows import Rows  # noqa: PLC0415

    def cells(each: "Happening") -> "list[str | None]":
        who = "; ".join(each.who) or None
        return [
            each.when,
            each.earliest,
            each.latest,
            each.label,
            each.kind,
            each.status,
            each.place,
            who,
            each.iri,
        ]

    names = ("date", "earliest", "latest", "event", "kind", "status", "place", "who", "iri")
    rows = (tuple(None if cell is None else ox.Literal(cell) for cell in cells(each)) for each in found)
    return Rows(names, tuple(rows))


__all__ = ["timeline", "width"]
