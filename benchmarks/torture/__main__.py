"""The whole campaign, or a part of it: ``python -m benchmarks.torture [--only PART] [--count N] [--seed N]``.

Prints a table of figures, and every fault in words; ends with 1 where there is any. A campaign that was
broken off goes on with ``--only`` and the parts that are left.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.torture import full_disk, fuzz, hostile, interrupts, kills, mutants, sockets
from benchmarks.torture.figures import Figure, table, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PARTS: dict[str, tuple[Callable[[int, int], list[Figure]], int]] = {
    "kills": (kills.kill_builds, 1000),
    "outputs": (kills.kill_outputs, 400),
    "commands": (kills.kill_commands, 30),
    "mutants": (mutants.mutants, 10_000),
    "whole": (mutants.whole, 200),
    "fuzz": (fuzz.fuzz, 20_000),
    "hostile": (hostile.hostile, 0),
    "disk": (full_disk.full_disk, 240),
    "sockets": (sockets.sockets, 0),
    "fetches": (sockets.commands, 6),
    "interrupts": (interrupts.interrupts, 60),
}
"""The parts in their order, each with how much of it makes the whole campaign."""


def main(arguments: Sequence[str]) -> int:
    """Run the parts that are asked for; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture", description=__doc__.split("\n")[0])
    parser.add_argument("--only", action="append", choices=PARTS, help="a part; may be repeated")
    parser.add_argument("--count", type=int, help="how many of each part, where it counts")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other inputs and moments")
    asked = parser.parse_args(arguments)
    figures: list[Figure] = []
    seconds: dict[str, float] = {}
    for name in asked.only or PARTS:
        work, usual = PARTS[name]
        began = time.monotonic()
        found = work(usual if asked.count is None else asked.count, asked.seed)
        seconds[name] = time.monotonic() - began
        figures += found
        sys.stderr.write(f"{name}: {seconds[name]:.0f} s, {sum(len(one.faults) for one in found)} faults\n")
    print(table(figures, seconds))
    faults = told(figures)
    if faults:
        print(f"\n{faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
