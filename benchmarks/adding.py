"""One article more in projects of different sizes: what ``kg build`` does besides reading it.

Usage: python benchmarks/adding.py [--sizes 100,1000,10000] [--more 5]

For each size a project is made of readings with a known truth (``benchmarks/generator.py``), by the same ``build`` that
the command calls, with the readings at hand in the place of the language model. Then, each in a process of its own, so
many more articles are added, one at a time: articles of the last matter, of one in the middle, and so on backwards.

- *first*: CPU seconds of building the project;
- *one more*: CPU seconds of each ``build`` with one new article, the median and the longest, and the most memory;
- *looked at*: how many readings were put together again.

The goal: twice what it takes in a project of 100, at most.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.generator import generate
from kg import ingest
from kg.config import Settings
from kg.graph import change
from kg.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Article, Reading


def main() -> None:
    """Measure each size, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="100,1000,10000", help="how many readings, one table row each")
    parser.add_argument("--more", type=int, default=5, help="how many articles are added, one at a time")
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        folder, size, left, add = chosen.one
        print(json.dumps(build(Path(folder), int(size), set(json.loads(left)), json.loads(add))))
        return
    for size in map(int, chosen.sizes.split(",")):
        later = [size - 1 - turn * size // chosen.more for turn in range(chosen.more)]
        with tempfile.TemporaryDirectory() as folder:
            first = _process(folder, size, later, None)
            more = [_process(folder, size, [], number) for number in later]
        seconds = [found["seconds"] for found in more]
        print(
            f"{size:>7,} readings: first {first['seconds']:.1f} s, {first['memory']:.0f} MB; "
            f"one more {median(seconds):.2f} s, at most {max(seconds):.2f} s, "
            f"{max(found['memory'] for found in more):.0f} MB; "
            f"looked at {sorted(found['looked'] for found in more)}",
            flush=True,
        )


def _process(folder: str, size: int, left: list[int], add: int | None) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one", folder, str(size), json.dumps(left), json.dumps(add)]
    found: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
    )
    return found


def build(folder: Path, size: int, left: set[int], add: int | None) -> dict[str, Any]:
    """Build all articles but those left out, or add one, and tell what it took."""
    told = generate(size) if add is None else generate(add + 1, start=add)
    readings = {one.reading.article.id: one.reading for one in told}
    for number in left:
        del readings[f"wire-{number}"]
    source = folder / "articles.jsonl"
    source.write_text("".join(_record(one.article) for one in readings.values()), encoding="utf-8")
    looked = [0]
    real = change.put_together

    def counting(heard: Any, *rest: Any) -> Any:
        looked[0] += len(heard)
        return real(heard, *rest)

    change.put_together = counting

    def by_heart(articles: Iterable[Article], **_: object) -> Iterator[Reading]:
        return (replace(readings[article.id], article=article) for article in articles)

    started = time.process_time()
    with Project.open(folder / "project", create=True) as project:
        tally = ingest.build(project, [str(source)], Settings(store=folder / "project"), engine=by_heart)
    assert tally.rebuilt
    assert len(tally.new) == len(readings)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.process_time() - started, "memory": memory, "looked": looked[0]}


def _record(article: Article) -> str:
    told = {"id": article.id, "text": article.text, "title": article.title, "publisher": article.publisher}
    day = {} if article.published is None else {"date": article.published.isoformat()}
    return json.dumps({**told, **day}) + "\n"


if __name__ == "__main__":
    main()
