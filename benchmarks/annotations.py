"""What the cache of annotations saves, and what it takes, all measured in one run.

Usage: python benchmarks/annotations.py [--rounds N]

- *reuse*: CPU time of annotating the sample corpus with the model, model loaded, divided by that of looking its texts
  up, checking and unpacking them. The goal is 5 or more; below that the cache would not be worth its room.
- *keeping*: CPU time of packing and writing them, over that of annotating them.
- *room*: bytes of what is kept for 1,000 words, and what that takes up on disk.
- *start*: CPU seconds of loading the model, and of the words of the language alone, which known texts need.
- *builds*: CPU seconds of whole ``kg build`` commands into a new project folder, each a process of its own: without
  the cache, filling it, and with all texts known; and of ``kg build --again`` with all texts known.
- *many*: milliseconds of a look-up and of a write where 43 and where 10,000 texts are kept, and the same in SQLite.
- *spaCy's bytes*: what ``Doc.to_bytes`` takes, compressed as ours are, and reading it back over reading ours back.

All are measured in turn within a round, and the median of the rounds counts.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from spacy.tokens import Doc
from spacy.util import get_lang_class
from spacy.vocab import create_vocab

from kg.config import OFF, Settings
from kg.model import Article
from kg.parses import Cache, key, opened
from kg.pipeline import BATCH
from kg.text.annotate import annotate, load_model
from kg.text.clean import clean
from kg.text.models import annotator
from kg.text.packed import pack, unpack
from kg.text.read import read_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "seeds" / "articles"
MODEL = "en_core_web_sm"
GOAL = 5.0


def spent(work: Callable[[], object]) -> float:
    """Give the CPU seconds that some work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def opened_in(folder: Path) -> Cache:
    """Give the cache in a folder."""
    cache = opened(Settings(cache=folder))
    assert cache is not None
    return cache


def reuse(rounds: int) -> None:
    """Print what reuse saves, and what is kept."""
    nlp, name = load_model(MODEL), annotator(MODEL) or ""
    texts = [clean(item).view.text for item in read_articles([str(CORPUS)]) if isinstance(item, Article)]
    docs: list[Doc] = []
    ratios = []

    def parse() -> None:
        docs[:] = [doc for doc, _ in annotate(((text, None) for text in texts), nlp=nlp, batch_size=BATCH)]

    for number in range(1 + rounds):
        with tempfile.TemporaryDirectory() as folder:
            cache, vocab = opened_in(Path(folder)), create_vocab("en", get_lang_class("en").Defaults)
            parsed = spent(parse)
            kept = spent(lambda c=cache: [c.put(key(doc.text, name), pack(doc)) for doc in docs])
            known = spent(
                lambda c=cache, v=vocab: [unpack(c.get(key(text, name)) or b"", text, v) for text in texts]
            )
            if number:  # the first one warms up
                ratios.append((parsed / known, kept / parsed))
            room = cache.contents()
    faster, keeping = (median(each) for each in zip(*ratios, strict=True))
    words = sum(len(doc) for doc in docs) / 1000
    size = sum(len(pack(doc)) for doc in docs)
    print(f"{len(texts)} texts, {words * 1000:,.0f} words")
    print(
        f"reuse against annotating: {faster:.0f} times faster  (goal: {GOAL:.0f}); keeping takes {keeping:.3f} of it"
    )
    print(f"room: {size / words:,.0f} bytes for 1,000 words, {room.size / words:,.0f} on disk")
    spacys_bytes(docs, rounds)


def spacys_bytes(docs: Sequence[Doc], rounds: int) -> None:
    """Print what spaCy's own way to keep a document takes."""
    vocab = create_vocab("en", get_lang_class("en").Defaults)
    theirs = [
        zlib.compress(doc.to_bytes(exclude=["tensor", "user_data", "cats", "spans"]), 1) for doc in docs
    ]
    ours = [(pack(doc), doc.text) for doc in docs]
    ratios = []
    for number in range(1 + rounds):
        back = spent(lambda: [Doc(vocab).from_bytes(zlib.decompress(data)) for data in theirs])
        ratio = back / spent(lambda: [unpack(data, text, vocab) for data, text in ours])
        ratios += [ratio] if number else []  # the first one fills the vocabulary
    size = sum(map(len, theirs)) / sum(len(doc) for doc in docs)
    print(
        f"spaCy's bytes: {size * 1000:,.0f} for 1,000 words, read back in {median(ratios):.2f} of the time of ours"
    )


def starting(rounds: int) -> None:
    """Print what the model costs before the first text, and what known texts cost."""
    code = (
        "import time, spacy\nfrom kg.text.annotate import load_model\nfrom spacy.util import get_lang_class\n"
    )
    code += (
        "from spacy.vocab import create_vocab\nt = time.process_time()\n{}\nprint(time.process_time() - t)"
    )
    works = ("load_model()", "create_vocab('en', get_lang_class('en').Defaults)")
    told = [[float(run("-c", code.format(work))) for work in works] for _ in range(rounds)]
    model, words = (median(each) for each in zip(*told, strict=True))
    print(f"start: the model {model:.2f} s of CPU time, the words of the language {words:.3f} s")


def run(*arguments: str, **environ: str) -> str:
    """Run Python, and give what it printed."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environ}
    return subprocess.run(
        [sys.executable, *arguments], env=env, stdout=subprocess.PIPE, check=True, text=True
    ).stdout


def build(store: Path, cache: str, *options: str) -> float:
    """Give the CPU seconds of a whole build command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run("-m", "kg", "build", str(CORPUS), "--store", str(store), "--cache", cache, "--quiet", *options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def builds(rounds: int) -> None:
    """Print what whole commands cost."""
    told = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder, kept = Path(name), str(Path(name) / "kept")
            told.append(
                (
                    build(folder / "a", OFF),
                    build(folder / "b", kept),
                    build(folder / "c", kept),
                    build(folder / "c", kept, "--again"),
                )
            )
    without, filling, known, again = (median(each) for each in zip(*told, strict=True))
    print(
        f"builds: {without:.2f} s of CPU time without, {filling:.2f} s filling it, {known:.2f} s with all known "
        f"({known / without:.2f}), --again {again:.2f} s"
    )


def many(counts: tuple[int, ...] = (43, 10_000)) -> None:
    """Print what a look-up and a write cost by how many texts are kept, in files and in a database."""
    value = os.urandom(2400)  # as an article of 260 words takes
    for count in counts:
        names = [hashlib.sha256(f"{count} {number}".encode()).hexdigest() for number in range(count)]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for kind, store in (
                ("files", opened_in(folder / "files")),
                ("SQLite", Database(folder / "database")),
            ):
                written = spent(lambda s=store, n=names: [s.put(each, value) for each in n]) / count * 1000
                read = spent(lambda s=store, n=names: [s.get(each) for each in n]) / count * 1000
                ours = folder.glob("files/**/*" if kind == "files" else "database*")
                room = sum(path.stat().st_blocks for path in ours) / 2048
                print(
                    f"{count} texts in {kind}: a look-up {read:.3f} ms, a write {written:.3f} ms, {room:.1f} MiB"
                )


class Database:
    """What the files are compared with: the same in SQLite, with the day of the last use and no limit."""

    def __init__(self, path: Path) -> None:
        """Open it, or make it."""
        self.file = sqlite3.connect(path, isolation_level=None)
        for each in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL"):
            self.file.execute(each)
        self.file.execute("CREATE TABLE entry (name TEXT PRIMARY KEY, value BLOB, used INTEGER)")
        self.file.execute("CREATE INDEX used ON entry (used)")

    def put(self, name: str, value: bytes) -> None:
        """Keep a value."""
        self.file.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", (name, value, time.time_ns()))

    def get(self, name: str) -> bytes:
        """Give a value, and note that it was used."""
        self.file.execute("UPDATE entry SET used = ? WHERE name = ?", (time.time_ns(), name))
        (value,) = self.file.execute("SELECT value FROM entry WHERE name = ?", (name,)).fetchone()
        return bytes(value)


def main() -> None:
    """Measure, and print figures with their goals."""
    parser = argparse.ArgumentParser(description="What the cache of annotations saves.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the median counts")
    rounds = parser.parse_args().rounds
    reuse(rounds)
    starting(rounds)
    builds(rounds)
    many()


if __name__ == "__main__":
    main()
