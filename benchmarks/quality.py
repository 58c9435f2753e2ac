"""How well the reader reads a gold file, and whether it keeps its floors.

Usage: python benchmarks/quality.py [GOLD] [--only PREFIX] [--show PROPERTY|all] [--confusions] [--merges]

GOLD defaults to tests/gold/dev.jsonl; its format is described in kg/gold.py. Floors are taken from
the floors.json beside it, if that was made for this very file. Exit code 1 when a figure is below its
floor. With --show, each text that is read wrong in that property is printed with what is missing
and what is too much; with --confusions, what was read for what; with --merges, the events that were merged or
kept apart wrongly. --only takes the texts whose ids start so, and leaves the floors out.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluate import below, measure, table
from kg.evaluation.tables import confusion_lines
from kg.gold import corpus_hash, load_gold
from kg.pipeline import load_kb, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.evaluate import Difference, Figures
    from kg.evaluation.merging import Merging
    from kg.facts import Fact
    from kg.gold import GoldItem

GOLD = Path(__file__).parents[1] / "tests" / "gold" / "dev.jsonl"


def arguments() -> argparse.Namespace:
    """Give what was asked for."""
    parser = argparse.ArgumentParser(description="Score the reader against facts marked by hand.")
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--show", metavar="PROPERTY", help="print what is read wrong; all for every property")
    parser.add_argument("--only", metavar="PREFIX", default="", help="only texts whose ids start so")
    parser.add_argument("--confusions", action="store_true", help="print what was read for what")
    parser.add_argument("--merges", action="store_true", help="print what was merged or kept apart wrongly")
    return parser.parse_args()


def broken_floors(figures: Figures, gold: Path) -> tuple[str, ...]:
    """Give a sentence for each floor that is not kept; none where there are no floors for this file."""
    path = gold.with_name("floors.json")
    if not path.exists():
        return ()
    pinned = json.loads(path.read_text(encoding="utf-8")).get(gold.name)
    same = pinned is not None and pinned["corpus_sha256"] == corpus_hash(gold)
    return below(figures, pinned["floors"]) if same else ()


def line(sign: str, fact: Fact) -> str:
    """Give a fact in one line."""
    return f"    {sign} {fact.predicate}: {' / '.join(part for part in (fact.name, fact.detail) if part)}"


def show(differences: Sequence[Difference], items: Sequence[GoldItem], wanted: str) -> None:
    """Print the texts that were read wrong in a property."""
    texts = {item.article.id: item.article for item in items}
    for each in differences:
        rows = [("-", fact) for fact in each.missing] + [("+", fact) for fact in each.extra]
        shown = [line(sign, fact) for sign, fact in rows if wanted in ("all", fact.predicate)]
        if shown:
            print(f"{each.id} ({texts[each.id].published}): {texts[each.id].text}", *shown, sep="\n")


def show_merges(merging: Merging) -> None:
    """Print each pair of events that was merged or kept apart wrongly."""
    for fault in merging.faults:
        what = "merged" if fault.merged else "kept apart"
        ends = (
            f"{one.article} {one.event} = {one.wanted}, read as {one.read}"
            for one in (fault.one, fault.other)
        )
        print(f"wrongly {what}:", *ends, sep="\n    ")


def main() -> int:
    """Print the figures; give 1 when a floor is not kept."""
    asked = arguments()
    items = [item for item in load_gold(asked.gold) if item.article.id.startswith(asked.only)]
    kb = load_kb()
    figures = measure(items, list(read((item.article for item in items), kb=kb)), kb=kb)
    if asked.show is not None:
        show(figures.scores.differences, items, asked.show)
    if asked.confusions:
        print(*confusion_lines(figures.confusions), sep="\n")
    if asked.merges and figures.merging is not None:
        show_merges(figures.merging)
    print(table(figures))
    broken = () if asked.only else broken_floors(figures, asked.gold)
    print(*broken, sep="\n", end="\n" if broken else "")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
