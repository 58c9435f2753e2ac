"""The notebooks run from an empty folder, offline, and show what their text says."""

import html
import importlib.util
import re

import nbformat
import pyoxigraph as ox
import pytest
from sample_articles import ROOT

import kg

_spec = importlib.util.spec_from_file_location("run_notebooks", ROOT / "notebooks" / "run.py")
runner = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(runner)

FIRST, SECOND, THIRD = NAMES = runner.names()
MACHINE = re.compile(r"/(?:home|root|tmp|work|opt|Users)/|[A-Z]:\\\\")


def leaks(text):
    """List what a notebook holds of the machine it was run on: outputs, counts, paths."""
    book = nbformat.reads(text, as_version=4)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    found = [cell.source for cell in code if cell.outputs or cell.execution_count is not None]
    return [*found, *MACHINE.findall(text), *(set(book.metadata) - {"kernelspec", "language_info"})]


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="module")
def first(work):
    return Shown(runner.execute(FIRST, work))


@pytest.fixture(scope="module")
def second(first, work):
    """The second uses what the first has built, and would build it itself where that is gone."""
    return Shown(runner.execute(SECOND, work))


@pytest.fixture(scope="module")
def third(work):
    return Shown(runner.execute(THIRD, work))


class Shown:
    """What the cells of a notebook have shown."""

    def __init__(self, book):
        self.cells = [cell for cell in book.cells if cell.cell_type == "code"]

    def cell(self, source):
        """Give the outputs of the one cell whose source has these words."""
        [found] = [cell for cell in self.cells if source in cell.source]
        return found.outputs

    def html(self, source):
        return "".join(each.data.get("text/html", "") for each in self.cell(source) if "data" in each)

    def rows(self, source):
        """Give the rows of a table as the texts of their cells."""
        table = re.findall(r"<tr[^>]*>(.*?)</tr>", self.html(source), re.DOTALL)
        return [
            [
                html.unescape(re.sub(r"<[^>]+>", "", cell)).strip()
                for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)
            ]
            for row in table
        ]

    def text(self, source):
        return "".join(each.get("text") or each.data.get("text/plain", "") for each in self.cell(source))

    def pictures(self):
        return [each for cell in self.cells for each in cell.outputs if "image/png" in each.get("data", {})]


def test_there_are_three():
    assert [name[:2] for name in NAMES] == ["01", "02", "03"]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_what_its_text_says_without_outputs(name):
    text = (ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
    assert text == runner.paired(name), "run: python notebooks/run.py --pair"
    assert leaks(text) == []


def test_what_a_run_leaves_in_a_notebook_would_be_seen(third):
    book = nbformat.v4.new_notebook(cells=third.cells)
    assert len(leaks(nbformat.writes(book))) >= len(third.cells)
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("open('/home/me/articles')")])
    assert leaks(nbformat.writes(book)) == ["/home/"]


def test_nothing_is_complained_of(first, second, third):
    told = [
        each.text
        for book in (first, second, third)
        for cell in book.cells
        for each in cell.outputs
        if each.output_type == "stream" and each.name == "stderr"
    ]
    assert told == []


def test_the_first_shows_a_planned_round_as_planned(first):
    assert "43 articles" in first.html("kg.build(")
    rome = [row for row in first.rows('timeline(actor="Iran")') if "Rome" in row]
    assert [row[3] for row in rome] == ["planned"]


def test_the_first_leads_from_a_person_to_the_sentence(first):
    entity = first.html("graph.entity(")
    assert "led the Iranian delegation" in entity
    assert {"told as fact", "inferred"} <= {row[2] for row in first.rows("graph.entity(")[1:]}
    assert "by rule: who leads a delegation" in entity
    claim = first.html("[0]\nclaim")
    for part in (
        "leads",
        "told as fact",
        "the article itself",
        "2025-05-12",
        "confidence",
        "led the Iranian",
    ):
        assert part in claim
    assert first.text("== passage.quote") == "True"


def test_the_first_shows_both_accounts(first):
    pairs = first.html("graph.conflicts()")
    for one in ("2025-05-10", "2025-05-11", "Majid Takht-Ravanchi leads", "Abbas Araghchi leads"):
        assert one in pairs


def test_the_page_stands_in_a_frame_that_reaches_nothing(first):
    frame = first.html("page = graph.page(")
    assert re.findall(r'sandbox="([^"]*)"', frame) == ["allow-scripts allow-downloads"]
    [page] = re.findall(r'srcdoc="([^"]*)"', frame)
    assert "default-src 'none'" in html.unescape(
        html.unescape(page)
    )  # once as an attribute, once as the page has it
    assert '<h1 dir="auto">The sample corpus</h1>' in html.unescape(page)


def test_what_the_first_writes_can_be_read(first, work):
    assert "a dip:Claim" in first.text("turtle.index")
    written = work / "notebooks" / "graph.ttl"
    with kg.open(work / "notebooks" / "kg-store") as graph:
        assert len(set(ox.parse(written.read_bytes(), ox.RdfFormat.TURTLE))) == len(graph)
    assert (work / "notebooks" / "graph.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_second_gives_days_as_days(second):
    assert re.search(r"from +datetime64\[s\]", second.text("frame.dtypes"))
    assert second.rows("LIMIT 8")[1][1:3] == ["Iran", "4"]


def test_the_second_never_takes_planned_for_held(second, work):
    told = second.text("came_about = ")
    every, as_fact = map(int, re.findall(r"\d+", told))
    assert 0 < as_fact < every
    with kg.open(work / "notebooks" / "kg-store") as graph:
        [row] = graph.query("""
        PREFIX dip: <https://w3id.org/diplomacy-kg/ns#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT (COUNT(DISTINCT ?any) AS ?every) (COUNT(DISTINCT ?fact) AS ?asFact) {
          ?any rdf:predicate dip:participatesIn ; rdf:object ?e .
          OPTIONAL { ?any dip:modality dip:Actual ; dip:negated false . BIND(?any AS ?fact)
                     ?e dip:status ?s FILTER(?s IN (dip:StatusHeld, dip:StatusOngoing)) } }""")
        assert (every, as_fact) == (int(row["every"]), int(row["asFact"]))
        planned = {row["mediator"] for row in graph.query("mediator-network")}
    assert "Uhuru Kenyatta" in planned, "he was to mediate"
    assert "Kenyatta" not in second.html("measures.round"), "and did not"
    assert "African Union" in second.html("measures.round")


def test_the_second_lists_denials_with_their_words(second):
    rows = second.rows("where(lambda claim: claim.negated")
    assert len(rows) == 7
    assert all(row[1].startswith("denied") and "“" in row[4] for row in rows[1:])


def test_the_second_lists_days_to_look_at(second):
    assert second.rows("long_past")[0] == ["", "claim", "object", "published", "status", "quote"]


def test_the_second_draws_a_timeline_and_a_network(second):
    assert len(second.pictures()) == 2
    assert len(second.text("greedy_modularity_communities").splitlines()) >= 3
    assert "Majid Takht-Ravanchi" in second.html("one_publisher")


def test_the_third_shows_what_own_knowledge_changes(third):
    before = {row[1] for row in third.rows('store="ilva-store")\ngraph.timeline()')}
    after = {row[1] for row in third.rows("decide_name(")}
    geneva = "Ostrand–Velmora talks, Geneva, 10 March 2026"
    assert geneva not in before
    assert geneva in after
    assert {"Magdalena Marsk", "Petra Olm"} <= {row[0] for row in third.rows("graph.add_name(")}
    assert "Velmora" not in {row[0] for row in third.rows("graph.add_name(")}


def test_the_third_merges_splits_and_undoes(third):
    for one in ("is dated 2026-03-09", "is dated 2026-03-10", "Dara Quill leads", "Lena Marsk leads"):
        assert one in third.html("graph.merge(")
    apart, again = (
        re.findall(r"'([^']+)'", third.text(one)) for one in ("graph.split(", "decided.write_text(")
    )
    assert len(set(apart)) == 2
    assert len(set(again)) == 1
    assert "Dara Quill" not in third.html("graph.reject(")
    assert [row[0] for row in third.rows("graph.decisions()")[1:]] == ["same", "reject", "entity"]


def test_the_third_measures_and_misses(third):
    [row] = [row for row in third.rows("graph.evaluate(") if row[0] == "all"]
    _, gold, _, precision, recall, _ = row
    assert int(gold) > 10
    assert float(precision) == 1
    assert 0.5 < float(recall) < 1


def test_the_third_publishes_sentences_and_not_articles(third, work):
    names = ["ilva-claims.csv", "ilva-events.csv", "ilva.html", "ilva.ttl"]
    assert re.findall(r"'([^']+)'", third.text("path.name for path")) == names
    for name in names:
        text = (work / "notebooks" / name).read_text(encoding="utf-8")
        assert "Vienna" in text
        assert "would not be drawn" not in text, "nothing was read there, so it is quoted nowhere"
