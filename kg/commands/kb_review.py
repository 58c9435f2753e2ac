"""``kg kb review`` and ``decide``: the unknown names of the articles, and what the user makes of them."""

# ruff: noqa: A002, FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

import json
from typing import TYPE_CHECKING, Annotated

from kg.commands.completion import words
from kg.commands.decide import LaterOption, WhyOption, apply
from kg.commands.declare import Argument, Option
from kg.commands.options import StoreOption, row_layout, settings, write_table
from kg.errors import UnknownNameError, UsageError
from kg.report import beside, paint, plural, safe, say, tell, wrap

if TYPE_CHECKING:
    from kg.review import Unknown

_LAYOUTS = ("auto", "table", "csv", "tsv", "json", "jsonl", "xml", "md")
_COLUMNS = ("name", "type", "mentions", "articles", "offices", "country", "candidates", "sample")


def review(
    limit: Annotated[int, Option("--limit", metavar="N", min=1, help="At most so many.")] = 20,
    store: StoreOption = None,
    format: Annotated[
        str | None,
        Option(
            "--format",
            metavar="FORMAT",
            help=f"{' '.join(_LAYOUTS[1:])}. Default: table on a terminal, csv in a pipe.",
            autocompletion=words(*_LAYOUTS[1:]),
        ),
    ] = None,
) -> None:
    """Show the unknown names of your articles, the most frequent first, and what each might be.

    kg kb decide says what one is.
    """
    from kg.project import Project
    from kg.verdicts import unknown

    chosen = settings(store=store, format=format)
    if chosen.format not in _LAYOUTS:
        raise UnknownNameError("format", chosen.format, _LAYOUTS)
    with Project.open(chosen.store) as project:
        found = unknown(project, chosen)
    layout = row_layout(chosen.format, None)
    if layout == "jsonl":
        for each in found[:limit]:
            say(_line(each))
    elif layout == "table":
        _print(found[:limit], len(found))
    else:
        _write(found[:limit], layout)


def _line(unknown: "Unknown") -> str:
    data = {
        "name": unknown.name,
        "type": unknown.type,
        "key": unknown.key,
        "mentions": unknown.mentions,
        "articles": unknown.articles,
        "spellings": unknown.spellings,
        "offices": unknown.offices,
        "country": unknown.country,
        "sample": unknown.sample,
        "candidates": [
            {"key": c.entity.key, "label": c.entity.label, "score": c.score, "why": c.why}
            for c in unknown.candidates
        ],
    }
    return json.dumps(data, ensure_ascii=False)


def _print(found: "tuple[Unknown, ...]", total: int) -> None:
    for each in found:
        counts = f"{plural(each.mentions, 'mention')} in {plural(len(each.articles), 'article')}"
        say(beside(paint(safe(each.name), "bold"), counts))
        kind_ = each.type.removeprefix("dip:").lower()
        facts = [kind_, *each.offices, *([each.country] if each.country is not None else [])]
        say(wrap(safe(" · ".join(facts)), indent="  "))
        if each.spellings:
            say(wrap(f"also: {safe(', '.join(each.spellings))}", indent="  "))
        say(wrap(f"“{safe(each.sample)}”", indent="  "))
        for one in each.candidates:
            text = f"perhaps {safe(one.entity.label)} ({one.entity.key}): {safe(one.why)}"
            say(beside(text, f"{one.score:.2f}", indent="  "))
    if total > len(found):
        tell(f"{total - len(found)} more; --limit shows them.")
    tell("kg kb decide NAME says what one is." if found else "No name is unknown.")


def _write(found: "tuple[Unknown, ...]", layout: str) -> None:
    import pyoxigraph as ox

    from kg.graph.rows import Rows

    lines = (
        (
            one.name,
            one.type,
            one.mentions,
            "|".join(one.articles),
            "|".join(one.offices),
            one.country,
            "|".join(f"{c.entity.key} {c.score:.2f} {c.why}" for c in one.candidates),
            one.sample,
        )
        for one in found
    )
    cells = (tuple(None if cell in {None, ""} else ox.Literal(cell) for cell in line) for line in lines)
    write_table(Rows(_COLUMNS, tuple(cells)), layout, None)


def decide(
    name: Annotated[str, Argument(metavar="NAME", help="The name, as kg kb review shows it.")],
    same_as: Annotated[
        str | None,
        Option("--same-as", metavar="X", help="It is another name of X: a name, a key, a Wikidata id."),
    ] = None,
    new: Annotated[
        str | None,
        Option("--new", metavar="TYPE", help="It is a thing of its own: person, state, group …"),
    ] = None,
    ignore: Annotated[
        bool, Option("--not-an-entity", help="It is no name at all; nothing is told of it.")
    ] = False,
    never_merge: Annotated[
        str | None,
        Option("--never-merge", metavar="X", help="It is not X, however alike the names are."),
    ] = None,
    why: WhyOption = None,
    store: StoreOption = None,
    later: LaterOption = False,
) -> None:
    """Say what a name in your articles is, for good.

    The decision is kept in decisions.toml of the project folder and holds on every build. Take it out
    there and it is undone. Unless with --later, the articles are read again at once.
    """
    from kg import verdicts
    from kg.project import Project

    given = {"same_as": same_as, "new": new, "ignore": ignore or None, "never_merge": never_merge}
    told: dict[str, str | bool] = {verdict: value for verdict, value in given.items() if value is not None}
    if len(told) != 1:
        hint = "Give --same-as X, --new TYPE, --not-an-entity or --never-merge X."
        raise UsageError("say one thing of the name", hint=hint)
    chosen = settings(store=store)
    with Project.open(chosen.store) as project:
        values, fresh = verdicts.on_name(project, chosen, name, told, why=why)
        said = ", ".join(f"{key} {value}" for key, value in values.items() if key not in {"name", "why"})
        say(f"{paint(safe(str(values['name'])), 'bold')}  {safe(said)}")
        apply(project, chosen, new=fresh, later=later)
