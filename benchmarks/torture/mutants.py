"""Inputs broken at random: each is read, or refused by one named error; nothing else ever comes out.

The mutations are seeded, so that a fault is found again by the number that names it.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import re
import signal
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.torture.figures import Figure
from kg.cli import main
from kg.text.clean import clean
from kg.text.read import Refusal, read_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.model import Article

ROOT = Path(__file__).parents[2]
LIMIT_SECONDS = 20
"""For one small input; a slow machine needs well under a second."""

_NASTY = [
    text.encode("utf-8", "surrogatepass")
    for text in (
        "\0", "\ufeff", "\u202e", "\u200b", "\xad", "\xa0", "\u2028", "\x85", "\x0c", "\x1b[31m", "\ud800", "\uffff",
        "\U0010ffff", "\r", "---\n", "---\ntitle: x\n---\n", "date: 2025-13-45\n", "date: 01/02/03\n",
        "language: ru\n", 'title: "open\n', '"' * 3000, "(" * 3000, "[" * 3000, "{" * 300, "' " * 500, "\u201c" * 900,
        "A" * 5000, "e\u0301" * 400, "\u0915\u093f" * 100, "\U0001f54a" * 50, "Mr. " * 400, "1" * 5000, "9" * 400 + "-01-01",
        "<script>alert(1)</script>", "<div>" * 800, "</p>" * 300, "<!--", "<![CDATA[", "<!DOCTYPE x [<!ENTITY a 'b'>]>",
        "&#0;&#xd800;&#99999999;&bogus;", "<a href='javascript:x'>", "<meta charset=utf-7>", "<meta charset=bogus>",
        "\\ud800", "\\u0000", "1e999999", "NaN", "null", "[]", "{}", ",", "}", '"text": 3', '"date": []',
        "https://u:p@x.org/?token=1", "../../etc/passwd", "'; DROP TABLE x", "\u0130\u0131\u017f\ufb01", "\n" * 2000, "\t" * 900,
    )
]  # fmt: skip
_LONE = [
    b"\xff",
    b"\xc3",
    b"\xe2\x80",
    b"\xf0\x9f",
    b"\xed\xa0\x80",
    b"\xc0\x80",
    b"\xfe\xff",
    b"\xff\xfe",
    b"\x80",
]
_CODINGS = (
    "utf-16",
    "utf-16-le",
    "utf-32",
    "latin-1",
    "cp1252",
    "shift_jis",
    "koi8-r",
    "utf-7",
    "cp037",
    "utf-8-sig",
)


def seeds() -> list[tuple[str, bytes]]:
    """Give the samples with their endings: as they are, as pages, as records, as lines."""
    found = []
    paths = sorted((ROOT / "seeds" / "articles").glob("*.md"))
    for path in paths:
        text = path.read_text(encoding="utf-8")
        body = text.split("---\n", 2)[-1].strip()
        paragraphs = "".join(f"<p>{part}</p>\n" for part in body.split("\n\n"))
        page = (
            f'<!doctype html><html><head><meta charset="utf-8"><title>{path.stem}</title>'
            '<meta property="article:published_time" content="2025-05-12">'
            f"</head><body><nav>Home</nav><article><h1>Talks</h1>{paragraphs}</article></body></html>"
        )
        record = {"id": path.stem, "title": "Talks", "date": "2025-05-12", "text": body[:3000]}
        other = {**record, "id": "b", "text": body[:900]}
        found += [
            (".md", text.encode()),
            (".txt", body.encode()),
            (".html", page.encode()),
            (".json", json.dumps([record, other]).encode()),
            (".jsonl", f"{json.dumps(record)}\n{json.dumps(other, ensure_ascii=False)}\n".encode()),
        ]
    return found


def mutated(data: bytes, others: Sequence[bytes], random_: random.Random) -> bytes:
    """Give the data with one to six mutations."""
    for _ in range(random_.choice((1, 1, 1, 2, 3, 6))):
        data = random_.choice(MUTATORS)(data, others, random_)
    return data[:400_000]


def _flip(data: bytes, _: Sequence[bytes], random_: random.Random) -> bytes:
    changed = bytearray(data or b"x")
    for _n in range(random_.randint(1, 8)):
        changed[random_.randrange(len(changed))] = random_.randrange(256)
    return bytes(changed)


def _insert(data: bytes, _: Sequence[bytes], random_: random.Random) -> bytes:
    at = random_.choice((0, random_.randint(0, len(data)), random_.randint(0, min(300, len(data)))))
    return data[:at] + random_.choice(_NASTY) + data[at:]


def _insert_lone(data: bytes, _: Sequence[bytes], random_: random.Random) -> bytes:
    at = random_.randint(0, len(data))
    return data[:at] + random_.choice(_LONE) + data[at:]


def _cut(data: bytes, _: Sequence[bytes], random_: random.Random) -> bytes:
    start, stop = sorted((random_.randint(0, len(data)), random_.randint(0, len(data))))
    return data[:start] + data[stop:] if random_.random() < 0.7 else data[:start]


def _repeat(data: bytes, _: Sequence[bytes], random_: random.Random) -> bytes:
    start = random_.randint(0, len(data))
    piece = data[start : start + random_.choice((1, 2, 20, 400))]
    return data[:start] + piece * random_.choice((2, 50, 900)) + data[start:]


def _splice(data: bytes, others: Sequence[bytes], random_: random.Random) -> bytes:
    other = random_.choice(others)
    return data[: random_.randint(0, len(data))] + other[random_.randint(0, len(other)) :]


def _recode(data: bytes, _: Sequence[bytes], random_: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(random_.choice(_CODINGS), "replace")


def _swap_lines(data: bytes, _: Sequence[bytes], random_: random.Random) -> bytes:
    lines = data.split(b"\n")
    random_.shuffle(lines)
    return random_.choice((b"\n", b"\r\n", b"\r", b"")).join(lines)


MUTATORS: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    _flip,
    _insert,
    _insert,
    _insert_lone,
    _cut,
    _repeat,
    _splice,
    _recode,
    _swap_lines,
)


def inputs(count: int, seed: int) -> Iterator[tuple[int, str, bytes]]:
    """Give mutated inputs with their numbers and endings."""
    samples = seeds()
    others = [data for _, data in samples]
    for number in range(count):
        random_ = random.Random(f"{seed}-{number}")
        suffix, data = random_.choice(samples)
        if random_.random() < 0.05:
            suffix = random_.choice((".md", ".txt", ".html", ".json", ".jsonl"))
        yield number, suffix, mutated(data, others, random_)


def mutants(count: int, seed: int) -> list[Figure]:
    """Read and clean mutated inputs; count what became of them."""
    faults: list[str] = []
    classes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="kg-torture-") as scratch:
        for number, suffix, data in inputs(count, seed):
            path = Path(scratch) / f"input{suffix}"
            path.write_bytes(data)
            try:
                with within(LIMIT_SECONDS):
                    classes.update(outcomes(path))
            except Exception as error:  # noqa: BLE001  (any error here is the fault that is looked for)
                faults.append(
                    f"input {number} of seed {seed} ({suffix}): {type(error).__name__}: {error}"[:200]
                )
    note = ", ".join(f"{times:,} {what}" for what, times in classes.most_common())
    return [
        Figure("mutated inputs read and cleaned: tracebacks, hangs, nameless", count, tuple(faults), note)
    ]


def outcomes(path: Path) -> list[str]:
    """Read and clean a file; give what became of each article in it.

    Raises:
        AssertionError: an error has no hint or more than a line, or cleaning has lost its way in the text.
    """
    found = []
    items = list(read_articles([str(path)]))
    assert items, "neither an article nor a refusal"
    for item in items:
        if isinstance(item, Refusal):
            assert item.error.hint, f"no hint: {item.error}"
            assert "\n" not in item.error.what, f"more than a line: {item.error}"
            found.append(f"refused: {kind_of(item.error.what)}")
        else:
            _check_view(item)
            found.append("accepted")
    return found


def _check_view(article: Article) -> None:
    view = clean(article).view
    article.text.encode("utf-8")
    assert len(view.text) == len(view.offsets) == len(view.ends), "the offsets do not fit the text"
    ends = zip(view.offsets, view.ends, strict=True)
    assert all(0 <= start <= end <= len(article.text) for start, end in ends), "an offset out of the text"
    assert list(view.offsets) == sorted(view.offsets), "offsets that go back"


def kind_of(what: str) -> str:
    """Give what is wrong without what is special to this input."""
    bare = re.sub(
        r"'(?:[^'\\]|\\.)*'?|\"[^\"]*\"|: .*|byte 0x\w+|\d[\d,]*|U\+\w+", "…", what, flags=re.DOTALL
    )
    return re.sub(r"(?:\s*…)+", " …", bare)[:44].strip()


@contextlib.contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raise TimeoutError where a block takes longer."""

    def ring(*_: object) -> None:
        raise TimeoutError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def whole(count: int, seed: int) -> list[Figure]:
    """Build graphs of mutated inputs with the language model, in batches, and write them out."""
    faults: list[str] = []
    read = 0
    with tempfile.TemporaryDirectory(prefix="kg-torture-") as scratch:
        store, folder = Path(scratch) / "kg-store", Path(scratch) / "in"
        folder.mkdir()
        for number, suffix, data in inputs(count, seed + 1):
            (folder / f"input-{number}{suffix}").write_bytes(data[:20_000])
        code, told = command("build", str(folder), "--store", str(store))
        read = int((re.search(r"(\d+) read", told) or ["", "0"])[1])
        refused = told.count("\nerror:") + told.startswith("error:")
        if code not in {0, 3} or "unexpected" in told or refused + told.count("hint:") < refused:
            faults.append(f"kg build ended with {code}: {told[-300:]}")
        for layout in ("ttl", "nt", "jsonld", "rdf", "html"):
            verb = "graph" if layout == "html" else "export"
            code, told = command(verb, "-o", str(Path(scratch) / f"graph.{layout}"), "--store", str(store))
            if code != 0:
                faults.append(f"kg {verb} to {layout} ended with {code}: {told[-300:]}")
        code, told = command("validate", "--store", str(store))
        if code != 0:
            faults.append(f"kg validate ended with {code}: {told[-300:]}")
    note = f"{read:,} articles in the graph, which conforms and is written in 5 formats"
    return [Figure("mutated inputs built with the language model", count, tuple(faults), note)]


def command(*arguments: str) -> tuple[int, str]:
    """Run a command in this process; give its exit code and what it said."""
    out, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        code = main(arguments)
    return code, said.getvalue() + out.getvalue()
