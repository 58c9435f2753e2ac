"""Every bad input ends in its class, with one named line, in its time, and never in a traceback."""

import json
import os
import re
import socket
import time
from pathlib import Path

import pytest
from bad_inputs import ACCEPTED, NAMES, REFUSED, SUFFIXES_NOT_READ, WARNED, Bad, T, collection

from kg.intake import Tally, sort_out
from kg.report import error_lines, warning_lines

ALL = collection()
SECONDS = 20
"""Of the processor, for one input; the slowest takes less than one on a laptop."""


def sorted_out(*sources: str | Path) -> Tally:
    tally = Tally()
    for _ in sort_out([str(each) for each in sources], tally, {}, "reader"):
        pass
    return tally


def told_of(tally: Tally) -> list[list[str]]:
    """Give the lines that a user sees, those of a refusal or warning together."""
    lines = [error_lines(each.error) for each in tally.refused]
    return lines + [warning_lines(each) for each in tally.warned]


def class_of(tally: Tally) -> str:
    if tally.refused:
        return REFUSED if not tally.new else "mixed"
    return WARNED if tally.warned else ACCEPTED


def put(folder: Path, bad: Bad) -> Path:
    path = folder / bad.file
    path.write_bytes(bad.data)
    return path


@pytest.mark.parametrize("name", ALL)
def test_each_ends_in_its_class(tmp_path: Path, name: str) -> None:
    bad = ALL[name]
    path = put(tmp_path, bad)
    start = time.process_time()
    tally = sorted_out(path)
    spent = time.process_time() - start
    told = told_of(tally)
    assert class_of(tally) == bad.expected, told
    assert len(tally.refused) == (bad.expected == REFUSED)
    assert len(tally.new) == (bad.expected != REFUSED)
    assert (bad.expected == ACCEPTED) == (told == [])
    assert bad.told == "" or any(re.search(bad.told, " ".join(lines)) for lines in told), told
    for head, *hints in told:
        assert str(path) in head
        assert hints
        assert all(len(line.splitlines()) == 1 and line.isprintable() for line in (head, *hints))
    assert spent < SECONDS


def test_there_are_enough_of_each_class() -> None:
    count = {kind: sum(bad.expected == kind for bad in ALL.values()) for kind in (ACCEPTED, WARNED, REFUSED)}
    assert len(ALL) >= 200
    assert count[ACCEPTED] >= 40
    assert count[WARNED] >= 35
    assert count[REFUSED] >= 100


def test_every_kind_that_is_not_read_has_a_hint_of_its_own(tmp_path: Path) -> None:
    seen = 0
    for suffix, hint in SUFFIXES_NOT_READ.items():
        (tmp_path / f"a{suffix}").write_text(T)
        (refusal,) = sorted_out(tmp_path / f"a{suffix}").refused
        assert hint in str(refusal.error.hint), suffix
        assert ".pdf" in str(refusal.error.hint)
        seen += 1
    assert seen == len(SUFFIXES_NOT_READ) >= 20


def test_one_folder_with_all_of_them(tmp_path: Path) -> None:
    for bad in ALL.values():
        put(tmp_path, bad)
    (tmp_path / "zz.txt").write_text(f"{T} They go on.")
    tally = sorted_out(tmp_path)
    unread = len(SUFFIXES_NOT_READ)
    refused = sum(bad.expected == REFUSED for bad in ALL.values()) - unread
    clashes = [each for each in tally.refused if "id of another article" in each.error.what]
    assert len(tally.refused) - len(clashes) == refused
    assert "zz" in tally.new
    assert any("documents of kinds that are not read" in each.what for each in tally.warned)
    assert sum("has the same text as" in each.what for each in tally.warned) > 10


def test_names_of_files_are_shown_and_stored_safely(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES):
        (tmp_path / os.fsdecode(name)).write_text(f"{T} It was meeting number {number}.")
    tally = sorted_out(tmp_path)
    assert len(tally.new) == len(NAMES) >= 20
    assert told_of(tally) == []
    for key in tally.new:
        assert key.encode()  # no half characters
        assert key.isprintable()
        assert "\u202e" not in key
    assert {r"bad\xff\xfename", r"new\nline", r"esc\x1b[31m", r"\u202eevil"} <= set(tally.new)


def test_a_strange_name_of_a_file_that_is_refused_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\n\x1b[31m\xff\xe2\x80\xae.txt")
    path.write_bytes(b"")
    ((head, _),) = told_of(sorted_out(path))
    assert head.endswith(r"a\n\x1b[31m\xff\u202e.txt: is empty")


def test_a_blank_behind_the_ending_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt "
    path.write_text(T)
    ((head, hint),) = told_of(sorted_out(path))
    assert head.endswith("a.txt : has a blank behind the ending of its name")
    assert hint == "hint: Name it a.txt."


def test_one_cause_is_told_once(tmp_path: Path) -> None:
    for name in (
        "txt-homoglyphs.txt",
        "txt-article-and-titles.txt",
        "txt-half-russian.txt",
        "txt-hangul-fillers.txt",
    ):
        tally = sorted_out(put(tmp_path, ALL[name]))
        assert len(tally.warned) == 1, tally.warned


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.txt")
    (tmp_path / "dangling.txt").symlink_to("/nonexistent")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "outside.txt").symlink_to("/etc/hostname")
    (tmp_path / "dir.txt").mkdir()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "s.txt"))
        told = {
            name: str(sorted_out(tmp_path / name).refused[0].error)
            for name in ("fifo.txt", "dangling.txt", "loop.txt", "zero.txt", "dir.txt", "s.txt")
        }
        inside = sorted_out(tmp_path)
    for name, what in (("fifo.txt", "a pipe"), ("dangling.txt", "link to nothing"), ("loop.txt", "too many levels"), ("zero.txt", "a device"), ("dir.txt", "no file that can be read"), ("s.txt", "a socket")):  # fmt: skip
        assert what in told[name], told
    assert len(inside.refused) == 6  # the empty folder has nothing that could be refused
    assert sum("link out of the folder" in each.error.what for each in inside.refused) == 3


def test_warnings_of_records_are_told_once_a_file(tmp_path: Path) -> None:
    lines = "".join(f'{{"id": "{n}", "text": "{T.strip()} {n}.", "colour": "x"}}\n' for n in range(50))
    (tmp_path / "a.jsonl").write_text(lines)
    tally = sorted_out(tmp_path / "a.jsonl")
    assert len(tally.new) == 50
    assert [each.what for each in tally.warned] == ["has unknown keys, which are passed over: 'colour'"]


def test_the_same_text_under_two_ids_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(T)
    (tmp_path / "b.txt").write_text(T.replace(" ", "\u00a0").replace("\n", "\r\n"))
    (tmp_path / "c.txt").write_text(f"{T} More was said.")
    tally = sorted_out(tmp_path)
    one, other = (str(tmp_path / f"{name}.txt") for name in "ab")
    assert [(each.source, each.what) for each in tally.warned] == [(other, f"has the same text as {one}")]


def test_the_same_text_with_other_front_matter_is_told_too(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(
            f"---\ndate: 2025-05-1{number}\ntitle: Number {number}\n---\n{T}"
        )
    tally = sorted_out(tmp_path)
    assert len(tally.new) == 3
    first = f"has the same text as {tmp_path / '0.txt'}"
    assert [(each.source, each.what) for each in tally.warned] == [
        (str(tmp_path / "1.txt"), first),
        (str(tmp_path / "2.txt"), first),
    ]


def test_an_id_twice_is_told_with_both_places(tmp_path: Path) -> None:
    long = "x" * 10_000
    lines = [{"id": "one", "text": T}, {"id": long, "text": f"{T} 2"}, {"id": "one", "text": f"{T} 3"}]
    (tmp_path / "a.jsonl").write_text("\n\n".join(map(json.dumps, lines)))
    (tmp_path / "b.json").write_text(json.dumps([{"text": f"{T} 4"}, {"id": long, "text": f"{T} 5"}]))
    told = [error_lines(each.error)[0] for each in sorted_out(tmp_path).refused]
    clash = "has the id of another article of this build"
    assert told == [
        f"error: {tmp_path}/a.jsonl:5: {clash}: 'one' is {tmp_path}/a.jsonl:1",
        f"error: {tmp_path}/b.json#2: {clash}: '{'x' * 60}…' is {tmp_path}/a.jsonl:3",
    ]


def test_our_own_articles_give_no_warning() -> None:
    articles = Path(__file__).parents[2] / "seeds" / "articles"
    tally = sorted_out(articles)
    assert len(tally.new) >= 43
    assert told_of(tally) == []
