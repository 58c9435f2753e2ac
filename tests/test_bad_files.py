"""Bad files given to commands: one named error each, no bug and no wait, and the rest of a batch goes on."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from text.bad_inputs import ACCEPTED, REFUSED, WARNED, T, collection

from kg.errors import InputError
from kg.gold import load_gold
from kg.kb import KnowledgeBase
from kg.kb_import import import_file

GOLD = {
    "cut": ('{"id": "a"', "broken JSON"),
    "list": ("[1]", "it is no object"),
    "number": ('{"id": 1, "text": 2, "facts": []}', "must be strings"),
    "half a character": ('{"id": "a", "text": "x\\ud800", "facts": []}', "half a character"),
    "nul": ('{"id": "a", "text": "x\\u0000", "facts": []}', "NUL"),
    "deep": ("[" * 100_000, "nested too deeply"),
    "fact without o": ('{"id": "a", "text": "x", "facts": [{"p": "hosts", "s": "x"}]}', "each fact"),
    "fact of lists": ('{"id": "a", "text": "x", "facts": [{"p": ["x"], "s": {}, "o": null}]}', "each fact"),
    "facts of letters": ('{"id": "a", "text": "x", "facts": "abc"}', "a list"),
    "events": ('{"id": "a", "text": "x", "facts": [], "events": ["x"]}', "events must be"),
    "date": ('{"id": "a", "text": "x", "facts": [], "date": "soon"}', "'soon' is no day"),
    "too long": ('{"id": "a", "text": "' + "word " * 200_001 + '", "facts": []}', "more than 1,000,000"),
    "latin-1": ('{"id": "a", "text": "T\xfcrkiye met.", "facts": []}'.encode("latin-1"), "windows-1252"),
    "utf-16": ('{"id": "a", "text": "x", "facts": []}'.encode("utf-16-le"), "utf-16le"),
}
TABLES = {
    "empty.csv": (b"", "no column 'label'"),
    "semicolons.csv": (b"a;b\n1;2\n", "no column 'label'"),
    "huge.csv": (b"label,type\n" + b"a" * 200_000 + b",person\n", "broken table"),
    "wide.csv": ("label,type\nA,person\n".encode("utf-16-le"), "utf-16le"),
    "cut.ttl": (b"<a> <b> ", "does not parse"),
    "half.ttl": (b'@prefix : <http://x/> .\n:a :b "\\ud800" .', "does not parse"),
    "deep.ttl": (b"(" * 100_000, "does not parse"),
    "garbage.nt": (b"garbage", "does not parse"),
    "object.json": (b"{}", "no answer of a SPARQL query"),
    "deep.json": (b"[" * 100_000, "no answer of a SPARQL query"),
    "a.xml": (b"x", "not imported from .xml"),
}


@pytest.mark.parametrize("name", GOLD)
def test_a_bad_gold_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    content, told = GOLD[name]
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=told) as found:
        load_gold(path)
    assert found.value.hint
    assert str(path) in str(found.value.where)


@pytest.mark.parametrize("name", TABLES)
def test_a_bad_table_of_names_is_refused_by_name(tmp_path: Path, name: str) -> None:
    content, told = TABLES[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=re.escape(told)) as found:
        import_file(path, KnowledgeBase.load())
    assert found.value.hint
    assert str(path) in str(found.value.where)


def test_pipes_and_folders_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    (tmp_path / "b.csv").mkdir()
    for name in ("a.csv", "b.csv"):
        for load in (load_gold, lambda path: import_file(path, KnowledgeBase.load())):
            with pytest.raises(InputError, match=r"no regular file|a folder"):
                load(tmp_path / name)
    assert len(GOLD) + len(TABLES) == 25


def test_one_build_of_all_bad_inputs(kg, tmp_path: Path) -> None:
    """All bad inputs that are not slow to read, and a good one: what is stored can be asked and written."""
    folder = tmp_path / "in"
    folder.mkdir()
    count = dict.fromkeys((ACCEPTED, WARNED, REFUSED), 0)
    for bad in collection().values():
        if len(bad.data) < 1_200 and not bad.file.startswith("kind-"):
            (folder / bad.file).write_bytes(bad.data)
            count[bad.expected] += 1
    (folder / os.fsdecode(b"good\xff\n\x1b.txt")).write_text(f"{T} They go on in Mombasa.")
    ran = kg("build", str(folder), "--store", "s")
    assert ran.code == 3
    assert "This is a bug" not in ran.err
    assert "Traceback" not in ran.err
    heads = [line for line in ran.err.splitlines() if line.startswith(("error: ", "warning: "))]
    clashes = [line for line in heads if "id of another article" in line]
    assert sum(line.startswith("error: ") for line in heads) == count[REFUSED] + len(clashes)
    assert count[REFUSED] > 60
    assert count[WARNED] > 20
    assert all(line.isprintable() for line in ran.err.splitlines())
    assert "good\\xff\\n\\x1b" in kg("remove", "--list", "--store", "s").out.splitlines()
    assert kg("validate", "--store", "s").code == 0


@pytest.mark.parametrize("command", [("build",), ("build", "--dry-run"), ("link",), ("explain",), ("query",)])
@pytest.mark.parametrize("how", ["<&-", "0>/dev/null"])
def test_standard_input_that_cannot_be_read_is_named(
    built: Path, tmp_path: Path, command: tuple[str, ...], how: str
) -> None:
    line = f'"{sys.executable}" -m kg {" ".join(command)} - {how}'
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[1])}
    env |= {"KG_STORE": str(built)} if command == ("query",) else {}
    ran = subprocess.run(
        ["sh", "-c", line], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=120
    )
    head, hint, *_ = ran.stderr.splitlines()
    assert ran.returncode == 3, ran.stderr
    assert re.match("error: -: standard input (is closed|cannot be read: .*Bad file descriptor)", head)
    assert hint == "hint: Pipe the text in, as in `kg build - < FILE`, or name a file."


@pytest.mark.parametrize("command", ["build", "link"])
def test_what_is_wrong_many_times_is_told_twenty_times_and_counted(kg, tmp_path: Path, command: str) -> None:
    broken = "".join(f'{{"text": "{number}\n' for number in range(300))
    empty = "".join(f'{{"id": "e{number}"}}\n' for number in range(25))
    good = json.dumps({"id": "good", "text": T})
    few = "".join(f'{{"id": "f{number}", "text": 7}}\n' for number in range(20))
    (tmp_path / "a.jsonl").write_text(broken + empty + few + good)
    ran = kg(command, tmp_path / "a.jsonl", "--store", tmp_path / "store")
    assert ran.code == 3
    lines = ran.err.splitlines()
    heads = [line for line in lines if f"{tmp_path}/a.jsonl:" in line]
    assert [sum(what in line for line in heads) for what in ("broken JSON", 'no "text"', "a number")] == [
        20
    ] * 3
    assert [line for line in lines if " more like it" in line] == [
        "error: and 280 more like it: is broken JSON: …",
        'error: and 5 more like it: has no "text" …',
    ]
    assert len([line for line in lines if line.startswith("hint: Each article is an object")]) == 9
    assert command == "link" or "1 read, 345 refused" in ran.err


def test_warnings_alike_are_counted_too(kg, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(f"{T} {number} Was " + "\u200b" * (13 + number) + " said.")
    ran = kg("build", "--dry-run", tmp_path, "--store", tmp_path / "store")
    assert ran.code == 0
    assert "warning: and 10 more like it: has … invisible …" in ran.err
    assert "30 would be read, 30 with a warning" in ran.err
