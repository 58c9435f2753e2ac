"""Where the program itself fails at one article, that one is refused by name; the others are read and kept."""

import pytest

from kg import api, pipeline
from kg.model import Article
from kg.text import annotate, clean, mentions, read
from kg.text.records import from_text

GOOD = "Talks between Kenya and Somalia opened in Nairobi on Monday. Norway mediated the talks, officials said.\n"
FATAL = "The envoy wrote xyzzy on the wall in Nairobi on Monday, and nobody there knew what it meant.\n"


def files(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "c", "d"):
        (folder / f"{name}.txt").write_text(f"{GOOD} This is told by {name}.")
    (folder / "b.txt").write_text(FATAL)
    return folder


def failing(function, text_of):
    """Give the function as it would be with an error in it that shows at one text only."""

    def wrapped(*args, **more):
        if "xyzzy" in text_of(args):
            raise IndexError("list index out of range")
        return function(*args, **more)

    return wrapped


FAULTS = {
    "decoding": (read, "_parsed", lambda args: args[0]),
    "putting the article together": (read, "from_text", lambda args: args[0]),
    "cleaning": (clean, "clean", lambda args: args[0].text),
    "the language model": (annotate, "_with_shorter_sentences", lambda args: args[0].text),
    "reading": (mentions, "find_mentions", lambda args: args[0].text),
}


@pytest.fixture(params=FAULTS)
def fault(request, monkeypatch):
    module, name, text_of = FAULTS[request.param]
    monkeypatch.setattr(module, name, failing(getattr(module, name), text_of))


def test_the_fault_is_one():
    with pytest.raises(IndexError):
        failing(from_text, lambda args: args[0])(FATAL, name="b", where="b")


@pytest.mark.usefixtures("fault")
def test_the_others_are_read_and_kept(kg, tmp_path):
    folder = files(tmp_path)
    ran = kg("build", folder, "--store", tmp_path / "store")
    assert ran.code == 3
    (head, hint, *_) = ran.err.splitlines()
    assert head.startswith("error: ")
    assert "b" in head
    assert head.endswith("could not be read: an error in the program (IndexError list index out of range)")
    assert hint == "hint: This is a bug. KG_DEBUG=1 shows where it is; please report that."
    assert "3 read, 1 refused" in ran.err
    assert "Traceback" not in ran.err
    again = kg("build", folder, "--store", tmp_path / "store")
    assert "3 unchanged, 1 refused" in again.err
    assert kg("remove", "--list", "--store", tmp_path / "store").out.split() == ["a", "c", "d"]


@pytest.mark.usefixtures("fault")
def test_a_graph_in_memory_names_it_too(tmp_path):
    with api.build([str(files(tmp_path))]) as graph:
        assert [each.error.what[:17] for each in graph.refused] == ["could not be read"]
        assert graph.stats()["articles"] == 3


def test_what_was_read_of_it_before_stays(kg, tmp_path, monkeypatch):
    folder = files(tmp_path)
    (folder / "b.txt").write_text(GOOD + "This is told by b.")
    assert kg("build", folder, "--store", tmp_path / "store").code == 0
    (folder / "b.txt").write_text(FATAL)
    module, name, text_of = FAULTS["reading"]
    with monkeypatch.context() as patched:
        patched.setattr(module, name, failing(getattr(module, name), text_of))
        ran = kg("build", folder, "--prune", "--store", tmp_path / "store")
    assert (ran.code, "3 unchanged, 1 refused" in ran.err) == (3, True)
    assert "b" in kg("remove", "--list", "--store", tmp_path / "store").out.split()
    mended = kg("build", folder, "--store", tmp_path / "store")
    assert (mended.code, "1 replaced, 3 unchanged" in mended.err) == (0, True)


@pytest.mark.usefixtures("fault")
def test_names_alone_are_found_in_the_others(kg, tmp_path):
    ran = kg("link", files(tmp_path))
    assert ran.code == 3
    assert {f'"article":"{name}"' in ran.out.replace(" ", "") for name in "acd"} == {True}
    assert "an error in the program" in ran.err


def test_a_debugger_gets_the_error_itself(kg, tmp_path, monkeypatch):
    module, name, text_of = FAULTS["reading"]
    monkeypatch.setattr(module, name, failing(getattr(module, name), text_of))
    monkeypatch.setenv("KG_DEBUG", "1")
    ran = kg("build", files(tmp_path), "--store", tmp_path / "store")
    assert ran.code == 70
    assert "IndexError: list index out of range" in ran.err


def test_a_fault_outside_of_any_article_is_no_refusal():
    def broken():
        yield Article("a", GOOD)
        raise LookupError("not an article's")

    with pytest.raises(LookupError):
        list(pipeline.read(broken(), kb=pipeline.load_kb()))
