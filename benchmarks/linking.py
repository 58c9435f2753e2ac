"""The linker's scores on the mentions and traps in tests/gold, with the floors, and what went wrong.

Usage: python benchmarks/linking.py [--show]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import linking_score as scores

MENTIONS = "mentions-blind.jsonl"
TRAPS = ("mentions-traps.jsonl", "mentions-traps-fresh.jsonl", "mentions-traps-later.jsonl")


def main() -> None:
    """Print the figures, the table of marks against decisions, and with --show every difference."""
    parser = argparse.ArgumentParser(description="Scores of the linker.")
    parser.add_argument("--show", action="store_true", help="tell every difference in words")
    show = parser.parse_args().show
    tally = scores.score(scores.items(MENTIONS))
    print(f"{MENTIONS}: {json.dumps(tally.figures())}")
    print(scores.table(tally.decisions))
    told = list(tally.wrong)
    for name in TRAPS:
        figures, wrong = scores.traps(scores.items(name))
        print(f"{name}: {json.dumps(figures)}")
        told += wrong
    if show:
        print(*told, sep="\n")


if __name__ == "__main__":
    main()
