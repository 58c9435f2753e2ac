"""How fast a whole build is, as ratios to bare spaCy and to itself, all measured in one run.

Usage: python benchmarks/speed.py [--rounds N]

- *throughput*: CPU time of bare ``nlp.pipe`` over the cleaned texts of the sample corpus, divided by the
  CPU time of the whole build of it (reading, assembling, merging, storing), model and knowledge base
  already loaded for both. The goal is 0.70 or more.
- *rebuild*: wall time of the first build, divided by that of a second one in which nothing has changed.
  The goal is 50 or more.
- *linking*: CPU time of finding and linking all mentions of the corpus, divided by that of bare
  ``nlp.pipe`` over it. The goal is 0.10 or less.
- *reading*: CPU time of all that comes after ``nlp.pipe`` (mentions, links, dates, events, stances; linking
  is part of it), divided in the same way. The goal is 0.35 or less. Cleaning comes before it and is given apart.
- *length*: the same per word for an article of fifty times the length (the corpus as one text), over that
  of the articles one by one. Near 1 is linear.

The best of N rounds is taken for each, since other work on the machine only ever adds time; for *reading* and *length*
the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import kg
from kg.kb import KnowledgeBase
from kg.lexicon import load_lexicon
from kg.model import Article
from kg.pipeline import BATCH, reading, version
from kg.text.annotate import annotate, load_model
from kg.text.clean import clean
from kg.text.link import link
from kg.text.mentions import Identity, find_mentions
from kg.text.read import read_articles

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from kg.text.clean import Cleaned

CORPUS = Path(__file__).parents[1] / "seeds" / "articles"
THROUGHPUT_GOAL, REBUILD_GOAL, LINKING_GOAL, READING_GOAL = 0.70, 50.0, 0.10, 0.35


def timed(work: Callable[[], object], *, clock: Callable[[], float]) -> float:
    """Give the seconds that some work takes by a clock."""
    started = clock()
    work()
    return clock() - started


def texts() -> list[str]:
    """Give the cleaned texts of the corpus, just as the build annotates them."""
    found = [item for item in read_articles([str(CORPUS)]) if isinstance(item, Article)]
    return [clean(article).view.text for article in found]


def build(store: Path) -> None:
    """Build the corpus into a project folder."""
    with kg.build([CORPUS], store=store):
        pass


def measure(rounds: int) -> tuple[float, float, float, float]:
    """Give the best CPU seconds of spaCy and of the build, and the best wall seconds of build and rebuild."""
    nlp, corpus = load_model(), texts()
    best = [float("inf")] * 4
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "warm-up")
        for number in range(rounds):
            store = Path(folder) / str(number)
            bare = timed(lambda: list(nlp.pipe(corpus, batch_size=BATCH)), clock=time.process_time)
            wall = time.perf_counter()
            whole = timed(lambda store=store: build(store), clock=time.process_time)
            wall = time.perf_counter() - wall
            again = timed(lambda store=store: build(store), clock=time.perf_counter)
            best = [min(pair) for pair in zip(best, (bare, whole, wall, again), strict=True)]
    return best[0], best[1], best[2], best[3]


def linking(rounds: int) -> float:
    """Give the CPU time of mentions and links over that of the model, the best of each."""
    nlp, corpus, kb = load_model(), texts(), KnowledgeBase.load()
    docs = list(nlp.pipe(corpus, batch_size=BATCH))

    def all_links() -> None:
        for doc in docs:
            link(doc, find_mentions(doc, kb, Identity()), kb, published=None)

    all_links()
    bare = [
        timed(lambda: list(nlp.pipe(corpus, batch_size=BATCH)), clock=time.process_time)
        for _ in range(rounds)
    ]
    linked = [timed(all_links, clock=time.process_time) for _ in range(rounds)]
    return min(linked) / min(bare)


def reading_cost(rounds: int) -> tuple[float, float, float]:
    """Give what reading and cleaning cost over bare spaCy, and reading a long text over many short ones.

    All are measured in turn within a round, and the median of the rounds' ratios is given: a machine may be faster in
    one minute than in the next, so that the best of the one and the best of the other are not of the same machine.
    """
    nlp, kb, words = load_model(), KnowledgeBase.load(), load_lexicon()
    pipeline = version(nlp, kb)
    articles = [item for item in read_articles([str(CORPUS)]) if isinstance(item, Article)]
    whole = replace(articles[0], id="all", text="\n\n".join(article.text for article in articles))

    def annotated(pages: list[Cleaned]) -> list[tuple[Doc, Cleaned]]:
        return list(annotate(((page.view.text, page) for page in pages), nlp=nlp, batch_size=BATCH))

    def read_all(docs: list[tuple[Doc, Cleaned]]) -> object:
        return [reading(doc, page, kb=kb, lexicon=words, pipeline=pipeline) for doc, page in docs]

    def bare(pages: list[Cleaned]) -> object:
        return list(nlp.pipe([page.view.text for page in pages], batch_size=BATCH))

    ratios = []
    for number in range(1 + rounds):
        pages, one = [clean(article) for article in articles], [clean(whole)]
        short, long = annotated(pages), annotated(one)
        work: list[Callable[[], object]] = [
            partial(bare, pages),
            lambda: [clean(article) for article in articles],
            partial(read_all, short),
            partial(read_all, long),
        ]
        model, cleaning, apart, together = (timed(each, clock=time.process_time) for each in work)
        lengths = [sum(len(doc) for doc, _ in docs) for docs in (short, long)]
        if number:  # the first one fills caches
            ratios.append((apart / model, cleaning / model, together * lengths[0] / apart / lengths[1]))
    read, cleaned, longer = (median(each) for each in zip(*ratios, strict=True))
    return read, cleaned, longer


def main() -> None:
    """Measure, and print figures with their goals."""
    parser = argparse.ArgumentParser(description="Speed of a build, as ratios.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the best counts")
    corpus = texts()
    rounds = parser.parse_args().rounds
    os.environ["KG_CACHE"] = "off"  # what is measured is how a text is read that was not seen before
    bare, whole, wall, again = measure(rounds)
    words = sum(len(text.split()) for text in corpus)
    print(f"{len(corpus)} articles, {words} words")
    print(f"bare nlp.pipe {bare:.2f} s, whole build {whole:.2f} s of CPU time")
    print(f"throughput of the build against bare spaCy: {bare / whole:.2f}  (goal: {THROUGHPUT_GOAL:.2f})")
    print(f"mentions and links against bare spaCy: {linking(rounds):.3f}  (goal: {LINKING_GOAL:.2f} at most)")
    read, cleaned, longer = reading_cost(rounds)
    print(f"reading, all after nlp.pipe, against bare spaCy: {read:.3f}  (goal: {READING_GOAL:.2f} at most)")
    print(
        f"cleaning, before it: {cleaned:.3f}; reading per word in one long text: {longer:.2f} of short ones"
    )
    print(f"first build {wall:.2f} s, rebuild with nothing changed {again:.3f} s")
    print(f"rebuild faster than the first build by: {wall / again:.0f} times  (goal: {REBUILD_GOAL:.0f})")


if __name__ == "__main__":
    main()
