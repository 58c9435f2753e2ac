"""A text four times as long takes four times the work, not sixteen; steps are counted, as clocks differ."""

import sys
from functools import cache

import pytest

from kg.lexicon import load_lexicon
from kg.model import Article
from kg.pipeline import load_kb, reading
from kg.text.annotate import annotate, load_model
from kg.text.clean import clean
from kg.text.htmltree import MOST_ATTRIBUTES, parse, slim
from kg.text.webpage import read_page

SOME, MORE = 60, 240
OPENING = "Kenya and Tanzania held talks in Nairobi on 12 March 2024. Türkiye hosted talks between Russia and Ukraine."
NAMES = ("Adan", "Baraka", "Chege", "Daudi", "Elimu", "Faraji", "Gathoni")
SHAPES = {
    "quotations": lambda n: " ".join(
        f"“We will not accept point {i},” Lavrov said. “It is unfair,” Fidan said.\n\n" for i in range(n)
    ),
    "one sentence": lambda n: (
        "The envoy of Chad said that "
        + " and that ".join(
            f"the minister {NAMES[i % 7]} met rebels in village {i} and urged Chad to accept offer {i}"
            for i in range(n)
        )
    ),
    "deeds": lambda n: " ".join(
        f"Chad urged Sudan to sign text {i} and met Egypt in Cairo." for i in range(n)
    ),
    "names": lambda n: (
        "Present were " + ", ".join(f"{NAMES[i % 7]} Number{i}" for i in range(n)) + " and Macron."
    ),
    "lines": lambda n: "\n".join(f"Item {i} was agreed by Kenya" for i in range(n)),
}


@cache
def tools():
    return load_kb(), load_lexicon(), load_model()


def steps_of(text: str) -> int:
    """Count the calls of functions, Python's and others, that reading a text takes; the model's are left out."""
    kb, lexicon, nlp = tools()
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    def counted(function, *args, **more):
        sys.setprofile(note)
        try:
            return function(*args, **more)
        finally:
            sys.setprofile(None)

    page = counted(clean, Article("a", f"{OPENING}\n\n{text}"))
    ((doc, _),) = annotate([(page.view.text, None)], nlp=nlp)
    counted(reading, doc, page, kb=kb, lexicon=lexicon, pipeline="")
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_as_the_text_does(shape: str) -> None:
    steps_of(SHAPES[shape](5))  # what is looked up once for all texts is looked up here
    some, more = (steps_of(SHAPES[shape](count)) for count in (SOME, MORE))
    assert some > 1_000
    assert more < 1.45 * MORE / SOME * some


ATTRIBUTES = ("a{}=x", 'a{}="x y"', "a{}='x'", "a{}")


@pytest.mark.parametrize("form", ATTRIBUTES)
def test_attributes_beyond_measure_are_left_out_before_parsing(form: str) -> None:
    many = " ".join(form.format(number) for number in range(100_000))
    few = " ".join(form.format(number) for number in range(MOST_ATTRIBUTES))
    html = f"<html><body><p {many}>Talks opened.</p><div {few}>They go on.</div><p {many}></p {many}></body></html>"
    slimmed = slim(html)
    assert slimmed == f"<html><body><p>Talks opened.</p><div {few}>They go on.</div><p></p></body></html>"
    assert len(parse(slimmed).find(".//div").attrib) == MOST_ATTRIBUTES
    assert "Talks opened." in read_page(html).text


def test_a_long_attribute_is_no_fault() -> None:
    html = f'<html><body><img src="data:image/png;base64,{"A" * 100_000}"><p style="{"a b " * 2000}">Talks.</p></body></html>'
    assert slim(html) == html
