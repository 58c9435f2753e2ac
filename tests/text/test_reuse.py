"""What was annotated once is not annotated again, and is read as if it had been."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import spacy

from kg.codec import dumps
from kg.errors import UsageError
from kg.model import Article
from kg.parses import Cache
from kg.pipeline import linked, load_kb, read
from kg.text import annotate, models, reuse
from kg.text.models import annotator, model_meta
from kg.text.read import read_articles
from kg.text.reuse import Annotator

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"
MODEL = annotate.DEFAULT_MODEL
ROUND = "Mali and Niger met in Niamey on Monday. Togo hosted the second round, Ghana said.\n\n"
LONG = (
    "Talks between Mali and Niger opened in Niamey on Monday, led by Ghana. " * 900,
    "Kenya, Somalia, Uganda and Rwanda met in Nairobi on Monday, officials said, and " * 40,
)


@pytest.fixture
def cache(tmp_path):
    return Cache(folder(tmp_path / "kept"), 1 << 30)


def folder(path):
    path.mkdir()
    return path


@pytest.fixture
def no_model(monkeypatch):
    """Let the language model be missed wherever it is wanted."""

    def missed(name):
        raise AssertionError(f"{name} was loaded")

    monkeypatch.setattr(reuse, "_loaded", missed)


def articles():
    found = [each for each in read_articles([str(SEEDS)]) if isinstance(each, Article)]
    return [*found, *(Article(f"long-{number}", text) for number, text in enumerate(LONG))]


def test_readings_are_the_same_byte_for_byte(cache, monkeypatch):
    kb, given = load_kb(), articles()
    assert any(len(each.text) > annotate.LONGEST_PIECE for each in given)
    plain = [dumps(reading) for reading in read(given, kb=kb)]
    filling = [dumps(reading) for reading in read(given, kb=kb, cache=cache)]
    monkeypatch.setattr(reuse, "_loaded", lambda name: pytest.fail(f"{name} was loaded"))
    filled = [dumps(reading) for reading in read(given, kb=kb, cache=cache)]
    backwards = [dumps(reading) for reading in read(given[::-1], kb=kb, cache=cache)]
    assert len(plain) == len(given) > 40
    assert plain == filling == filled == backwards[::-1]


def test_so_are_the_links(cache, request):
    kb, given = load_kb(), articles()[:5]
    fresh = list(linked(given, kb=kb, cache=cache))
    request.getfixturevalue("no_model")
    assert list(linked(given, kb=kb, cache=cache)) == fresh
    assert sum(len(links) for _, links in fresh) > 20


def test_the_model_is_named_without_being_loaded(cache, request):
    plain = Annotator(MODEL).meta
    request.getfixturevalue("no_model")
    kept = Annotator(MODEL, cache).meta
    assert all(kept[name] == plain[name] for name in ("lang", "name", "version"))


class Counted:
    """A way to annotate that notes which texts came to the model, and how many at once."""

    def __init__(self, monkeypatch):
        self.batches = []
        self.real = annotate.annotate
        monkeypatch.setattr(reuse, "annotate", self)

    def __call__(self, texts, **more):
        given = list(texts)
        self.batches.append([text for text, _ in given])
        return self.real(given, **more)


def given_to(monkeypatch, cache, texts, size=2):
    counted = Counted(monkeypatch)
    found = Annotator(MODEL, cache).annotate(enumerated(texts), batch_size=size)
    assert [(doc.text, number) for doc, number in found] == list(enumerated(texts))
    return counted.batches


def enumerated(texts):
    return ((text, number) for number, text in enumerate(texts))


def test_only_new_texts_go_to_the_model_in_batches_and_the_order_stays(monkeypatch, cache):
    texts = [f"{ROUND}Number {number}." for number in range(30)]
    known = [*texts[3:6], *texts[8:25]]
    assert sum(map(len, given_to(monkeypatch, cache, known))) == len(known)
    batches = given_to(monkeypatch, cache, texts)
    assert [text for batch in batches for text in batch] == [text for text in texts if text not in known]
    assert [len(batch) for batch in batches] == [2, 2, 1, 2, 2, 1]  # at most four batches wait for a new text
    assert given_to(monkeypatch, cache, texts) == []


def taken_for_the_first(cache, texts):
    """Tell how many texts are taken before the first is given back."""
    taken = []

    def feed():
        for text in texts:
            taken.append(text)
            yield text, None

    next(Annotator(MODEL, cache).annotate(feed(), batch_size=2))
    return len(taken)


def test_known_texts_do_not_wait_for_more(monkeypatch, cache):
    texts = [f"{ROUND}Number {number}." for number in range(5)]
    given_to(monkeypatch, cache, texts)
    assert taken_for_the_first(cache, texts) == 1


def test_so_many_texts_are_at_hand_at_most(monkeypatch, cache):
    texts = [f"{ROUND}Number {number}." for number in range(40)]
    given_to(monkeypatch, cache, texts[1:])
    assert taken_for_the_first(cache, texts) == 8


def test_what_is_damaged_is_annotated_anew(monkeypatch, cache):
    (batch,) = given_to(monkeypatch, cache, [ROUND])
    (path,) = cache.folder.glob("*/*")
    sound = path.read_bytes()
    path.write_bytes(sound[:-1])
    assert given_to(monkeypatch, cache, [ROUND]) == [batch]
    assert path.read_bytes() == sound


def test_no_texts_are_none(cache):
    assert list(Annotator(MODEL, cache).annotate([], batch_size=2)) == []


@pytest.mark.parametrize("kept", [False, True])
def test_a_model_that_is_not_there_is_told_at_once(cache, kept):
    with pytest.raises(UsageError):
        Annotator("en_no_such_model", cache if kept else None)


def test_an_annotator_is_named_by_all_that_it_is(monkeypatch, tmp_path):
    names = {annotator(MODEL)}
    monkeypatch.setattr(models.metadata, "version", lambda name: f"{name} 99")
    names.add(annotator(MODEL))
    code = shutil.copytree(models._HERE, tmp_path / "code")
    monkeypatch.setattr(models, "_HERE", code)
    assert annotator(MODEL) in names
    for name in ("annotate.py", "packed.py"):
        (code / name).write_text((code / name).read_text() + "\n")
        names.add(annotator(MODEL))
    assert len(names) == 4
    assert annotator("en_no_such_model") is None


def test_without_what_names_it_nothing_is_kept(monkeypatch, tmp_path, cache):
    monkeypatch.setattr(models, "_HERE", tmp_path / "packed")
    assert annotator(MODEL) is None
    ((doc, _),) = Annotator(MODEL, cache).annotate([(ROUND, None)])
    assert doc.text == ROUND
    assert list(cache.folder.iterdir()) == []
    monkeypatch.undo()
    monkeypatch.setattr(models, "_LIBRARIES", ("spacy", "no-such-library"))
    assert annotator(MODEL) is None


def test_a_model_in_a_folder_is_another_when_any_file_of_it_is(tmp_path):
    nlp = spacy.blank("en")
    nlp.to_disk(tmp_path / "own")
    own = str(tmp_path / "own")
    assert model_meta(own)["lang"] == "en"
    names = {annotator(own), annotator(MODEL)}
    strings = tmp_path / "own" / "vocab" / "strings.json"
    strings.write_text(strings.read_text() + "\n")
    names.add(annotator(own))
    assert len(names) == 3
    (tmp_path / "own" / "meta.json").write_text("[]")
    assert annotator(own) is None
