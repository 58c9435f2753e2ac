"""``kg diff``: what two graphs say differently, fact by fact."""

# ruff: noqa: A002, PLC0415  (options are typer's parameters; heavy things are imported late)

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kg.commands.declare import Argument, Option
from kg.commands.options import (
    OutOption,
    RowFormat,
    StoreOption,
    row_layout,
    settings,
    to_terminal,
    write_table,
)
from kg.errors import UsageError
from kg.report import plural, safe, tell

if TYPE_CHECKING:
    from kg.comparing import Since
    from kg.graph.differences import Comparison
    from kg.graph.sides import Side

_EITHER = "Give two graphs (kg diff A B), or a day (kg diff --since 2025-05-16)."


def diff(
    one: Annotated[
        Path | None,
        Argument(metavar="A", help="A project folder, a store folder, or a file that kg export wrote."),
    ] = None,
    other: Annotated[Path | None, Argument(metavar="B", help="What A is compared with.")] = None,
    since: Annotated[
        str | None,
        Option("--since", metavar="DAY", help="What the articles of this day and later changed."),
    ] = None,
    step: Annotated[
        float | None,
        Option(
            "--step",
            metavar="N",
            help="By how much the confidence in a fact must change to be told. Default: 0.1.",
            show_default=False,
        ),
    ] = None,
    store: StoreOption = None,
    format: RowFormat = None,
    output: OutOption = None,
) -> int:
    """Compare two graphs, in facts: what is gained, lost, changed and disputed.

    The graphs are A and B, or with --since the project before and after the articles of a day and
    later. Each fact comes with the sentences it rests on. Events that are only called otherwise, were
    merged or split are told as such. The texts may be other versions; ids of claims are no difference.

    The exit code is 0 when both say the same, and 1 when they do not.
    """
    from kg.graph.diff import STEP, compare

    chosen = settings(store=store, format=format)
    before, after = _sides(one, other, since, store)
    names = _lines(before, after, (f"before {since}", "with all") if since else (f"A {one}", f"B {other}"))
    found = compare(before, after, step=STEP if step is None else _checked(step))
    if row_layout(chosen.format, output) == "table":
        _write_report(found, names, output)
    else:
        from kg.commands.diff_rows import rows

        write_table(rows(found), chosen.format, output)
    return 0 if found.equal else 1


def _lines(before: "Side", after: "Side", names: tuple[str, str]) -> tuple[str, str]:
    """Say of each graph how much it has."""
    if any(side.view and not side.claims for side in (before, after)):
        tell("A graph without claims: only the plain facts are compared, and nothing can be quoted.")
    room = max(map(len, names))
    one, two = (
        f"{safe(name):<{room}}  {plural(len(side.articles), 'article')}, {plural(len(side.claims), 'claim')}"
        for name, side in zip(names, (before, after), strict=True)
    )
    return one, two


def _checked(step: float) -> float:
    if not 0 < step <= 1:
        raise UsageError(
            f"{step} is no step of confidence", where="--step", hint="Give more than 0, at most 1."
        )
    return step


def _sides(one: Path | None, other: Path | None, day: str | None, store: Path | None) -> "tuple[Side, Side]":
    if day is not None:
        if one is not None:
            raise UsageError("give two graphs or --since, not both", hint=_EITHER)
        found = _since(day_of(day), store)
        return found.before, found.after
    if one is None or other is None:
        what = "name what to compare" if one is None else "name what to compare it with"
        raise UsageError(what, where="kg diff", hint=_EITHER)
    if store is not None:
        raise UsageError("--store goes with --since", hint="A and B may be project folders themselves.")
    from kg.comparing import read_side

    return read_side(one), read_side(other)


def day_of(text: str) -> date:
    """Give a day as it was typed; anything that is none is refused."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise UsageError(f"{text!r} is no day", where="--since", hint="Write it as 2025-05-16.")
    return found


def _since(day: date, store: Path | None) -> "Since":
    from kg.comparing import since
    from kg.project import Project

    chosen = settings(store=store)
    with Project.open(chosen.store) as project:
        found = since(project, day, chosen)
    tell(f"{plural(found.recent, 'article')} published on {day} or later.")
    if found.undated:
        tell(f"{plural(found.undated, 'article')} without a day: taken as published before.")
    return found


def _write_report(found: "Comparison", names: tuple[str, str], output: Path | None) -> None:
    from kg import files
    from kg.commands.diff_report import report

    text = "".join(f"{line}\n" for line in report(found, names, colours=to_terminal(output)))
    with files.target(output) as out:
        out.write(text.encode())
