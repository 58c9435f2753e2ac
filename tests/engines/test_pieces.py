"""Pieces of work: cut by length, given out in a window, given back in order, tried again where a process died."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engines import plan
from kg.engines.plan import Line, chunks
from kg.errors import DeadlyError
from kg.model import Article


def articles(*lengths):
    return [Article(f"a{number}", "x" * length) for number, length in enumerate(lengths)]


def read(piece):
    """Stand for reading: an article's outcome is itself."""
    piece.outcomes = tuple(article.id for article in piece.articles)


@given(st.lists(st.integers(0, 50), max_size=100), st.integers(1, 60))
def test_chunks_are_all_articles_in_order_and_no_longer_than_they_must(lengths, size):
    given_ = articles(*lengths)
    found = list(chunks(given_, size))
    assert [article for chunk in found for article in chunk] == given_
    assert all(len(chunk) == 1 or sum(len(one.text) for one in chunk) <= size for chunk in found)
    for one, following in pairwise(found):
        assert len(one) == plan.MOST or sum(len(each.text) for each in one) + len(following[0].text) > size


def test_no_more_than_a_window_is_taken_from_the_source(monkeypatch):
    monkeypatch.setattr(plan, "CHUNK", 10)
    asked = []
    line = Line(asked.append(one.id) or one for one in articles(10, 10, 10, 10, 10))
    assert [line.next(2) is None for _ in range(3)] == [False, False, True]
    assert len(asked) == 3  # the third tells that the second is whole


def test_what_is_done_out_of_order_comes_out_in_order(monkeypatch):
    monkeypatch.setattr(plan, "CHUNK", 10)
    line = Line(articles(10, 10, 10))
    first, second, third = (line.next(9) for _ in range(3))
    assert line.next(9) is None
    read(third)
    assert list(line.ready()) == []
    read(first)
    assert list(line.ready()) == ["a0"]
    assert not line.is_done
    read(second)
    assert list(line.ready()) == ["a1", "a2"]
    assert line.is_done


def test_a_piece_that_kills_is_tried_again_then_article_by_article_then_refused(monkeypatch):
    monkeypatch.setattr(plan, "CHUNK", 30)
    line = Line(articles(10, 10, 10, 10))
    first, last = line.next(9), line.next(9)
    read(last)
    line.killed(first, "SIGKILL")
    assert line.next(9) is first
    line.killed(first, "SIGKILL")
    singles = [line.next(9) for _ in range(3)]
    assert [[one.id for one in single.articles] for single in singles] == [["a0"], ["a1"], ["a2"]]
    read(singles[0])
    read(singles[2])
    line.killed(singles[1], "SIGKILL")
    assert line.next(9) is singles[1]
    line.killed(singles[1], "SIGKILL")
    one, (article, error), *others = line.ready()
    assert (one, others) == ("a0", ["a2", "a3"])
    assert (article.id, error.where) == ("a1", "a1")
    assert isinstance(error, DeadlyError)
    assert error.what == "could not be read: each process that read it came to its end (SIGKILL)"
    assert line.next(9) is None
    assert line.is_done


@pytest.mark.parametrize("count", [0, 1])
def test_a_line_of_none_or_one_ends(count):
    line = Line(articles(*[5] * count))
    while (piece := line.next(1)) is not None:
        read(piece)
        assert len(list(line.ready())) == 1
    assert line.is_done
