"""``kg eval``: how well articles are read, against facts that were marked by hand."""

# ruff: noqa: A002, PLC0415  (options are typer's parameters; heavy things are imported late)

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

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
from kg.report import Progress, plural, safe, say, tell, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.config import Settings
    from kg.evaluate import Difference, Score, Scores
    from kg.facts import Fact
    from kg.gold import GoldItem
    from kg.graph.rows import Rows
    from kg.kb import KnowledgeBase
    from kg.model import Reading

_COLUMNS = ("relation", "gold", "read", "precision", "recall", "f1", "share")
_CHECK_FAILED = 1


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD.jsonl", help="Texts with their facts, one a line of JSON.")
    ],
    floors: Annotated[
        Path | None,
        typer.Option("--floors", metavar="FILE", help="Figures that must be reached, as JSON."),
    ] = None,
    show: Annotated[
        str | None,
        typer.Option(
            "--show", metavar="RELATION", help="Also show what is read wrong in a relation, or in all."
        ),
    ] = None,
    store: StoreOption = None,
    kb: KbOption = None,
    model: ModelOption = None,
    format: RowFormat = None,
) -> int:
    """Measure how well articles are read, against your own gold.

    Precision, recall and F1 of each relation, of all together, and of the dates that name a day; the
    share of right modality and polarity.

    A line of GOLD.jsonl:
    {"id": "a", "text": "…", "date": "2024-03-05", "facts": [
    {"p": "participatesIn", "s": "NAME", "o": "meeting#1", "m": "Expected", "neg": false}]}

    Floors: {"all": {"precision": 0.9}, "leads": {"recall": 0.8}, "stance": {"share": 0.8}}.
    The exit code is 1 when a figure is below its floor.
    """
    from kg.evaluate import below
    from kg.gold import load_gold

    chosen = settings(store=store, kb=kb, model=model, format=format)
    layout = _layout(chosen.format, show)
    wanted = {} if floors is None else _floors(floors, gold)
    items = load_gold(gold)
    if not items:
        raise InputError("has no text", where=str(gold), hint="Give one gold item a line.")
    scores, days = _measure(items, chosen)
    broken = below(scores, wanted)
    differences = _shown(scores, show)
    if layout == "json":
        say(json.dumps(_object(scores, days, differences, broken), ensure_ascii=False, indent=1))
    elif layout == "table":
        _print(items, scores, days, differences)
    else:
        write_table(_rows(scores, days), layout, None)
    tell(*(f"below: {each}" for each in broken))
    return _CHECK_FAILED if broken else 0


def _layout(asked: str, show: str | None) -> str:
    if asked not in ROW_FORMATS:
        raise UnknownNameError("format", asked, ROW_FORMATS)
    if show is not None and asked not in {"auto", "table", "json"}:
        hint = "Use --format table or json."
        raise UsageError(f"--show has no place among the figures in {asked}", hint=hint)
    return row_layout("table" if asked == "auto" and show is not None else asked, None)


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


def _measure(items: "Sequence[GoldItem]", chosen: "Settings") -> "tuple[Scores, Score]":
    from kg.evaluate import score
    from kg.kb_user import own_tables
    from kg.pipeline import load_kb, read

    kb, progress = load_kb(*chosen.kb, *own_tables(chosen.store)), Progress(quiet=False)
    readings = []
    for reading in read((item.article for item in items), kb=kb, model=chosen.model):
        readings.append(reading)
        progress(reading.article.id)
    progress.clear()
    return score(items, readings, kb=kb), _days(items, readings, kb)


def _days(items: "Sequence[GoldItem]", readings: "Sequence[Reading]", kb: "KnowledgeBase") -> "Score":
    """Count the dates that name a day, in gold and in what was read."""
    from kg.evaluate import Score
    from kg.facts import gold_facts, read_facts

    total = Score()
    for item, reading in zip(items, readings, strict=True):
        gold = {fact.name for fact in gold_facts(item, kb) if _is_day(fact)}
        found = {fact.name for fact in read_facts(reading) if _is_day(fact)}
        total += Score(len(gold), len(found), len(gold & found), len(gold & found))
    return total


def _is_day(fact: "Fact") -> bool:
    return (
        fact.predicate == "edtf"
        and len(fact.name.rstrip("?~%")) == len("2025-05-16")
        and "/" not in fact.name
    )


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


def _lines(scores: "Scores", days: "Score") -> "Iterator[tuple[str, Score]]":
    yield from scores.by_predicate.items()
    yield "all", scores.total
    yield "days", days


def _rows(scores: "Scores", days: "Score") -> "Rows":
    import pyoxigraph as ox

    from kg.graph.rows import Rows

    found: list[tuple[object, ...]] = [
        (name, row.gold, row.read, f"{row.precision:.3f}", f"{row.recall:.3f}", f"{row.f1:.3f}", None)
        for name, row in _lines(scores, days)
    ]
    found.append(("stance", scores.stances, None, None, None, None, f"{scores.stance:.3f}"))
    cells = (tuple(None if cell is None else ox.Literal(str(cell)) for cell in line) for line in found)
    return Rows(_COLUMNS, tuple(cells))


def _print(
    items: "Sequence[GoldItem]", scores: "Scores", days: "Score", differences: "Sequence[Difference]"
) -> None:
    texts = {item.article.id: item.article for item in items}
    for each in differences:
        article = texts[each.id]
        say(wrap(f"{safe(each.id)} ({article.published or 'no date'}): {safe(article.text)}"))
        for sign, facts in (("missing", each.missing), ("too much", each.extra)):
            for fact in facts:
                say(wrap(f"{sign}: {safe(_told(fact))}", first="  ", indent="    "))
        say()
    say(f"{'':20} {'gold':>6} {'read':>6}  {'P':>5} {'R':>5} {'F1':>5}")
    for name, row in _lines(scores, days):
        say(f"{name:20} {row.gold:6} {row.read:6}  {row.precision:5.2f} {row.recall:5.2f} {row.f1:5.2f}")
    say(f"modality and polarity right: {scores.stance:.2f} of {plural(scores.stances, 'fact')}")


def _told(fact: "Fact") -> str:
    return f"{fact.predicate} {' / '.join(part for part in (fact.name, fact.detail) if part)}"


def _object(
    scores: "Scores", days: "Score", differences: "Sequence[Difference]", broken: "Sequence[str]"
) -> dict[str, Any]:
    """Give the figures, and what was read wrong where it was asked for, as one JSON object."""
    return {
        "relations": {name: _figures(row) for name, row in scores.by_predicate.items()},
        "all": _figures(scores.total),
        "days": _figures(days),
        "stance": {"compared": scores.stances, "share": round(scores.stance, 4)},
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


def _figures(row: "Score") -> dict[str, float]:
    return {
        "gold": row.gold,
        "read": row.read,
        "precision": round(row.precision, 4),
        "recall": round(row.recall, 4),
        "f1": round(row.f1, 4),
    }
