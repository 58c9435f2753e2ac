"""The pages of the ontology are what the Turtle files say, and their links lead somewhere."""

from __future__ import annotations

import importlib
import re

import pytest
from sample_articles import ROOT

from kg.vocab import Vocabulary

FOLDER = ROOT / "docs" / "ontology"


@pytest.fixture(scope="module")
def refresh():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        yield importlib.import_module("refresh_ontology")


def test_the_pages_are_what_the_turtle_says(refresh):
    for name, page in refresh.pages().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == page, "run: python docs/refresh_ontology.py"


def test_every_term_has_its_place_and_its_example(refresh):
    text = "\n".join(refresh.pages().values())
    terms = [term.removeprefix("dip:") for term in Vocabulary.load().entries]
    assert len(terms) > 95
    for term in terms:
        assert text.count(f'<a id="{term}"></a>') == 1, term
        section = text.partition(f'<a id="{term}"></a>')[2].partition("<a id=")[0]
        assert f"dip:{term}" in section.partition("```turtle")[2].partition("```")[0], term


def test_every_link_leads_somewhere():
    seen = 0
    for page in FOLDER.glob("*.md"):
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)", page.read_text("utf-8")):
            path = (page.parent / target).resolve() if target else page
            assert path.is_file(), (page.name, target)
            if anchor:
                places = f'<a id="{anchor}"></a>', f"\n### {anchor}\n"
                assert any(place in path.read_text("utf-8") for place in places), (page.name, target, anchor)
            seen += 1
    assert seen > 400
