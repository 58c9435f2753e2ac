"""Where the CPU time of a first build goes, stage by stage.

Usage: python benchmarks/where.py [--rounds N] [--functions N]

The sample corpus is built in this process with the language model loaded and without the cache of annotations, as
``benchmarks/speed.py`` does. A timer interrupts it some hundred times a second; the CPU time since the interruption
before is put to the stage whose function is the innermost on the stack, and to the innermost function of ours (with
``--functions``, which lists so many). Time in C counts for the Python function that called it.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg import config
from kg.text.annotate import load_model

if TYPE_CHECKING:
    from types import FrameType

CORPUS = Path(__file__).parents[1] / "seeds" / "articles"
PACKAGE = str(Path(kg.__file__).parent) + os.sep
STAGES = {
    "the language model": ("Language.pipe", "Language.__call__"),
    "marking sentences for it": ("text.annotate.block_bounds",),
    "finding and opening files": ("text.read.read_with_paths", "intake.sort_out"),
    "cleaning": ("text.clean.clean",),
    "copying what it found": ("text.plain.plain",),
    "names and who is meant": (
        "text.mentions.find_mentions",
        "text.link.link",
        "text.persons.",
        "text.recast.",
    ),
    "dates": ("text.dates.find_dates",),
    "events, roles, stances": ("pipeline.reading",),
    "loading the knowledge base": ("kb.KnowledgeBase.load",),
    "keeping the readings": ("project.Project.add",),
    "assembling the graph": ("graph.assemble.assemble",),
    "writing its lines and storing them": ("project.Project.rebuild",),
    "the rest": ("",),
}
"""Each with the functions of ours, or of spaCy, under which its time is spent; of several on the stack the innermost."""
_STAGE_OF = {name: stage for stage, names in STAGES.items() for name in names}
_SECONDS = 0.002


class Samples:
    """What was seen: CPU seconds by stage, and by innermost function of ours."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.stages: Counter[str] = Counter()
        self.functions: Counter[str] = Counter()
        self._before = time.process_time()

    def __enter__(self) -> None:
        """Begin to look."""
        self._before = time.process_time()
        signal.signal(signal.SIGPROF, lambda _, frame: self._take(frame))
        signal.setitimer(signal.ITIMER_PROF, _SECONDS, _SECONDS)

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_IGN)

    def _take(self, frame: FrameType | None) -> None:
        now = time.process_time()
        spent, self._before = now - self._before, now
        names = list(stack(frame))
        self.stages[next((found for name in names if (found := stage_of(name))), "the rest")] += spent
        self.functions[next((name for name in names if name.startswith("kg.")), "outside")] += spent


def stack(frame: FrameType | None) -> list[str]:
    """Name what is running, the innermost first: ``kg.text.clean.clean``, ``Language.pipe``."""
    found = []
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith(PACKAGE):
            module = code.co_filename.removeprefix(PACKAGE).removesuffix(".py").replace(os.sep, ".")
            found.append(f"kg.{module}.{code.co_qualname}")
        else:
            found.append(code.co_qualname)
        frame = frame.f_back
    return found


def stage_of(name: str) -> str | None:
    """Give the stage that a function begins."""
    own = name.removeprefix("kg.")
    return _STAGE_OF.get(own) or next(
        (stage for start, stage in _STAGE_OF.items() if start.endswith(".") and own.startswith(start)), None
    )


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="Where the CPU time of a first build goes.")
    parser.add_argument("--rounds", type=int, default=4, help="how often the corpus is built")
    parser.add_argument("--functions", type=int, default=0, metavar="N", help="also list so many functions")
    told = parser.parse_args()
    os.environ["KG_CACHE"] = config.OFF
    sys.setswitchinterval(1)
    load_model()
    samples = Samples()
    with tempfile.TemporaryDirectory() as scratch:
        kg.build([CORPUS], store=Path(scratch) / "first").close()
        for number in range(told.rounds):
            with samples:
                kg.build([CORPUS], store=Path(scratch) / str(number)).close()
    whole = samples.stages.total()
    print(f"{whole / told.rounds:.2f} s of CPU time a build")
    for stage in STAGES:
        print(f"| {stage} | {100 * samples.stages[stage] / whole:.1f} % |")
    for name, seconds in samples.functions.most_common(told.functions):
        print(f"  {100 * seconds / whole:5.1f} %  {name}")


if __name__ == "__main__":
    main()
