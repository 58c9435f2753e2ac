"""``kg eval``: how well articles are read, against facts that were marked by hand."""

# ruff: noqa: A002, FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from kg.commands.declare import Argument, Option
from kg.commands.options import (
    ROW_FORMATS,
    KbOption,
    ModelOption,
    RowFormat,
    StoreOption,
    row_layout,
    settings,
    write_table,
)
from kg.errors import InputError, UnknownNameError, UsageError
from kg.report import Progress, safe, say, tell, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.config import Settings
    from kg.evaluate import Difference, Figures, Grouping, Score, Scores, Share
    from kg.evaluation.confusions import Confusion
    from kg.facts import Fact
    from kg.gold import GoldItem
    from kg.graph.rows import Rows

_COLUMNS = ("relation", "gold", "read", "precision", "recall", "f1", "share")
_CHECK_FAILED = 1


def evaluate(
    gold: Annotated[Path, Argument(metavar="GOLD.jsonl", help="Texts with their facts, one a line of JSON.")],
    floors: Annotated[
        Path | None,
        Option("--floors", metavar="FILE", help="Figures that must be reached, as JSON."),
    ] = None,
    show: Annotated[
        str | None,
        Option("--show", metavar="RELATION", help="Also show what is read wrong in a relation, or in all."),
    ] = None,
    confusions: Annotated[
        bool,
        Option("--confusions", help="Also show what was read for what: classes, modality, speakers …"),
    ] = False,
    store: StoreOption = None,
    kb: KbOption = None,
    model: ModelOption = None,
    format: RowFormat = None,
) -> int:
    """Measure how well articles are read, against your own gold.

    Precision, recall and F1 of each relation, of all together and of role facts; of the dates that name a day
    and of all dates; of the names in facts; of events, strict and lenient; how facts are bound to events.

    Where gold names its events across articles, how they are merged: B-cubed over the events read, over all,
    and the pairs. Who is credited; the shares of right speakers and of right modality and polarity.

    A line of GOLD.jsonl:
    {"id": "a", "text": "…", "date": "2024-03-05", "facts": [
    {"p": "participatesIn", "s": "NAME", "o": "meeting#1", "m": "Expected", "neg": false}],
    "events": {"meeting#1": "a-name-that-other-articles-use-too"}}

    Floors: {"all": {"precision": 0.9}, "leads": {"recall": 0.8}, "stance": {"share": 0.8}}.
    Any figure can have one, by the name in the table.
    The exit code is 1 when a figure is below its floor.
    """
    from kg.evaluate import below
    from kg.gold import load_gold

    chosen = settings(store=store, kb=kb, model=model, format=format)
    layout = _layout(chosen.format, show, confusions=confusions)
    wanted = {} if floors is None else _floors(floors, gold)
    items = load_gold(gold)
    if not items:
        raise InputError("has no text", where=str(gold), hint="Give one gold item a line.")
    figures = _measure(items, chosen)
    broken = below(figures, wanted)
    differences = _shown(figures.scores, show)
    confused = figures.confusions if confusions else ()
    if layout == "json":
        found = _object(figures, differences, broken)
        found |= {"confusions": [_confusion(each) for each in confused]} if confusions else {}
        say(json.dumps(found, ensure_ascii=False, indent=1))
    elif layout == "table":
        _print(items, figures, differences, confused)
    else:
        write_table(_rows(figures), layout, None)
    tell(*(f"below: {each}" for each in broken))
    return _CHECK_FAILED if broken else 0


def _layout(asked: str, show: str | None, *, confusions: bool) -> str:
    if asked not in ROW_FORMATS:
        raise UnknownNameError("format", asked, ROW_FORMATS)
    more = "--show" if show is not None else "--confusions" if confusions else None
    if more is not None and asked not in {"auto", "table", "json"}:
        hint = "Use --format table or json."
        raise UsageError(f"{more} has no place among the figures in {asked}", hint=hint)
    return row_layout("table" if asked == "auto" and more is not None else asked, None)


def _floors(path: Path, gold: Path) -> "Mapping[str, Mapping[str, float]]":
    """Load floors; where they name the file they were set on by its hash, it must be this one."""
    from kg.gold import corpus_hash

    hint = 'Write them as {"all": {"precision": 0.9, "recall": 0.5}}.'
    try:
        data: Any = json.loads(path.read_bytes())
        data = data.get(gold.name, data)  # one file may hold the floors of several
        found = data["floors"] if "corpus_sha256" in data else data
        floors = {
            str(name): {str(key): float(each) for key, each in row.items()} for name, row in found.items()
        }
        pinned = data.get("corpus_sha256")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), hint=hint) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("holds no floors", where=str(path), hint=hint) from error
    if pinned is not None and gold.is_file() and pinned != corpus_hash(gold):
        what = f"holds floors for another file than {gold}"
        raise InputError(what, where=str(path), hint=f"Its hash is now {corpus_hash(gold)}; measure anew.")
    return floors


def _measure(items: "Sequence[GoldItem]", chosen: "Settings") -> "Figures":
    from kg.marking import mark

    progress = Progress(quiet=False)
    figures = mark(items, chosen, progress)
    progress.clear()
    return figures


def _shown(scores: "Scores", show: str | None) -> "tuple[Difference, ...]":
    """Give what was read wrong in the relation that was asked for."""
    from dataclasses import replace

    if show is None:
        return ()
    known = {"all", *scores.by_predicate}
    if show not in known:
        raise UnknownNameError("relation", show, known)

    def of(facts: "tuple[Fact, ...]") -> "tuple[Fact, ...]":
        return tuple(fact for fact in facts if show in {"all", fact.predicate})

    found = (replace(each, missing=of(each.missing), extra=of(each.extra)) for each in scores.differences)
    return tuple(each for each in found if each.missing or each.extra)


def _rows(figures: "Figures") -> "Rows":
    import pyoxigraph as ox

    from kg.graph.rows import Rows

    cells = (
        tuple(None if cell is None else ox.Literal(str(cell)) for cell in _cells(name, figure))
        for name, figure in figures.lines()
    )
    return Rows(_COLUMNS, tuple(cells))


def _cells(name: str, figure: "Score | Grouping | Share | None") -> tuple[object, ...]:
    """Give the cells of a figure in a row; only its name where it was not measured."""
    from kg.evaluate import Share

    if figure is None:
        return name, None, None, None, None, None, None
    if isinstance(figure, Share):
        return name, figure.compared, None, None, None, None, f"{figure.share:.3f}"
    measures = (f"{value:.3f}" for value in figure.measures().values())
    return name, figure.gold, figure.read, *measures, None


def _print(
    items: "Sequence[GoldItem]",
    figures: "Figures",
    differences: "Sequence[Difference]",
    confused: "Sequence[Confusion]",
) -> None:
    from kg.evaluation.tables import confusion_lines, table

    texts = {item.article.id: item.article for item in items}
    for each in differences:
        article = texts[each.id]
        say(wrap(f"{safe(each.id)} ({article.published or 'no date'}): {safe(article.text)}"))
        for sign, facts in (("missing", each.missing), ("too much", each.extra)):
            for fact in facts:
                say(wrap(f"{sign}: {safe(_told(fact))}", first="  ", indent="    "))
        say()
    for line in confusion_lines(confused):
        say(line)
    if confused:
        say()
    say(table(figures))


def _told(fact: "Fact") -> str:
    return f"{fact.predicate} {' / '.join(part for part in (fact.name, fact.detail) if part)}"


def _confusion(each: "Confusion") -> dict[str, Any]:
    return {
        "kind": each.kind,
        "gold": each.gold,
        "read": each.read,
        "count": each.count,
        "ids": list(each.ids),
    }


def _object(
    figures: "Figures", differences: "Sequence[Difference]", broken: "Sequence[str]"
) -> dict[str, Any]:
    """Give the figures, and what was read wrong where it was asked for, as one JSON object."""
    relations = figures.scores.by_predicate
    return {
        "relations": {name: _figures(row) for name, row in relations.items()},
        **{name: _figures(figure) for name, figure in figures.lines() if name not in relations},
        "below": list(broken),
        "differences": [
            {
                "id": each.id,
                "missing": [_told(fact) for fact in each.missing],
                "extra": [_told(fact) for fact in each.extra],
            }
            for each in differences
        ],
    }


def _figures(figure: "Score | Grouping | Share | None") -> dict[str, float] | None:
    """Give counts and shares of a figure; None where it was not measured."""
    from kg.evaluate import Share

    if figure is None:
        return None
    counts = (
        {"compared": figure.compared}
        if isinstance(figure, Share)
        else {"gold": figure.gold, "read": figure.read}
    )
    return {**counts, **{name: round(value, 4) for name, value in figure.measures().items()}}
