"""Bad files given to commands: one named error each, no bug and no wait, and the rest of a batch goes on."""

import os
import re
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
