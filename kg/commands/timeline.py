"""``kg timeline``: the events in the order of their days."""

# ruff: noqa: A002, PLC0415  (options are typer's parameters; heavy things are imported late)

from datetime import date
from typing import TYPE_CHECKING, Annotated

from kg.commands.completion import things
from kg.commands.declare import Option
from kg.commands.options import (
    OutOption,
    RowFormat,
    SourceOption,
    folder_of,
    open_store,
    row_layout,
    settings,
    write_table,
)
from kg.errors import UsageError
from kg.report import listed, paint, plural, safe, say, tell, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.chronicle import Happening
    from kg.graph.rows import Rows


def timeline(
    actor: Annotated[
        str | None,
        Option(
            "--actor", metavar="NAME", help="Only events this actor has a part in.", autocompletion=things
        ),
    ] = None,
    since: Annotated[
        str | None,
        Option("--from", metavar="DAY", help="Only events that may fall on this day or later."),
    ] = None,
    until: Annotated[
        str | None,
        Option("--to", metavar="DAY", help="Only events that may fall on this day or earlier."),
    ] = None,
    store: SourceOption = None,
    format: RowFormat = None,
    output: OutOption = None,
) -> None:
    """List the events by date.

    Each with how far it came, where it is, and which states and bodies have a part in it.

    A DAY is written 2025-05-16; 2025-05 and 2025 stand for the whole month and year.
    """
    from kg.chronicle import happenings
    from kg.naming import resolve

    chosen = settings(store=folder_of(store), format=format)
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
    indent = " " * (room + 2)
    for each in found:
        say(paint(wrap(safe(each.label), first=f"{_when(each):<{room}}  ", indent=indent), "bold"))
        more = [each.status or "status unknown"]
        if each.place is not None:
            more.append(f"in {safe(each.place)}")
        if each.who:
            more.append(listed(safe(one) for one in each.who))
        if each.when is None and each.earliest is not None:
            more.append("the sources disagree on the date")
        say(wrap(" · ".join(more), indent=indent))
    undated = sum(each.when is None and each.earliest is None and each.latest is None for each in found)
    tell("", f"{plural(len(found), 'event')}{f', {undated} undated' if undated else ''}.")


def _when(each: "Happening") -> str:
    """Give the day or days shortly: what both ends share is written once."""
    first, last = each.earliest, each.latest
    if first is None and last is None:
        return "undated"
    if each.when is not None and each.when.isascii() and not set(each.when) & set("/~?%."):
        return each.when
    about = "c. " if each.when is not None and set(each.when) & set("~?%") else ""
    if first is None or last is None:
        return f"{about}until {last}" if first is None else f"{about}from {first}"
    cut = 8 if first[:7] == last[:7] else 5 if first[:4] == last[:4] else 0
    return f"{about}{first}" if first == last else f"{about}{first}–{last[cut:]}"  # noqa: RUF001


def _rows(found: "Sequence[Happening]") -> "Rows":
    import pyoxigraph as ox

    from kg.graph.rows import Rows

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
