"""The Python API reads as well as the command line."""

import json

import pytest
from sample_articles import ROOT, SAMPLE

import kg as package
from kg.errors import InputError, StoreError, UnknownNameError


@pytest.fixture(scope="module")
def graph(built):
    with package.open(built) as found:
        yield found


@pytest.fixture(scope="module")
def memory(sample):
    with package.build(sample) as found:
        yield found


def test_a_graph_in_memory_says_what_the_stored_one_says(graph, memory):
    assert memory.to_turtle() == graph.to_turtle()
    assert memory.refused == ()


def test_the_names_of_the_package_are_there():
    assert set(dir(package)) == {
        "Graph",
        "KGError",
        "ProjectGraph",
        "__version__",
        "build",
        "open",
        "queries",
    }
    assert package.__version__
    with pytest.raises(AttributeError, match="no attribute 'biuld'"):
        package.biuld  # noqa: B018


def test_the_engine_can_be_asked_itself(graph):
    assert len(graph.store.engine) == len(graph)
    assert package.api.quads(graph.store) is graph.store.engine


def test_a_query_gives_rows_like_dictionaries(graph):
    table = graph.query("chronology")
    assert table.columns == ("from", "to", "round", "place", "status", "outcome")
    assert len(table) == len(list(table)) == len(table.to_dicts()) > 0
    assert table[0]["round"]
    assert table[:1] == [table[0]]
    assert "round" in repr(table)
    html = table._repr_html_()
    assert html.count("<tr>") == len(table) + 1


def test_a_table_in_a_notebook_is_not_markup(graph):
    html = graph.query('SELECT ("<script>alert(1)</script>" AS ?x) {}')._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_parameters_are_bound(graph):
    whole, part = graph.query("chronology"), graph.query("chronology", actor="TPLF")
    assert 0 < len(part) < len(whole)
    with pytest.raises(UnknownNameError):
        graph.query("chronology", actr="TPLF")


def test_sparql_is_told_from_names(graph):
    assert graph.query("ASK { ?s ?p ?o }") is True
    triples = graph.query("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 3")
    assert len(triples) == 3
    with pytest.raises(UnknownNameError):
        graph.query("chronolgy")


def test_rdflib_reads_all_of_it(graph):
    assert len(graph.to_rdflib()) == len(graph)


def test_export_is_what_to_turtle_gives(graph, tmp_path):
    assert graph.export(tmp_path / "g.ttl") == "turtle"
    assert (tmp_path / "g.ttl").read_text(encoding="utf-8") == graph.to_turtle()
    assert graph.export(tmp_path / "g.any", format="nt") == "nt"


def test_claims_carry_their_words(graph):
    claims = graph.claims()
    assert len(claims) == graph.stats()["claims"]
    told = [each for each in claims if each.rule is None]
    assert all(each.passages for each in told)
    texts = [(ROOT / "seeds" / "articles" / f"{name}.md").read_text("utf-8") for name in SAMPLE]
    for each in told:
        for passage in each.passages:
            assert any(text[passage.begin : passage.end] == passage.quote for text in texts)


def test_a_portrait_gathers_the_facts(graph):
    portrait = graph.entity("TPLF")
    assert portrait.thing.kind == "organization"
    assert any(fact.predicate == "dip:participatesIn" for fact in portrait.facts)
    assert all(fact.sources or fact.basis != "stated" for fact in portrait.facts)
    with pytest.raises(UnknownNameError):
        graph.entity("nobody at all")


def test_an_event_shows_who_has_a_part_in_it(graph):
    event = next(each for each in graph.query("chronology") if each["from"])
    portrait = graph.entity(event["round"])
    assert portrait.when is not None
    assert portrait.status == event["status"]


def test_conflicts_are_pairs(graph):
    pairs = graph.conflicts()
    assert len(pairs) == graph.stats()["conflicts"] > 0
    assert all(pair.one.id != pair.other.id for pair in pairs)


def test_show_writes_the_page_and_shows_it_in_a_frame(graph, tmp_path):
    page = graph.show(tmp_path / "g.html", title="Six articles")
    assert (tmp_path / "g.html").read_text(encoding="utf-8") == page.html
    shown = page._repr_html_()
    assert 'sandbox="allow-scripts' in shown
    assert "6 articles" in shown.partition("<iframe")[0]
    assert "6 articles" in repr(page)


def test_a_graph_says_what_it_is(graph):
    assert repr(graph).startswith("<Graph: 6 articles, ")
    assert "6 articles" in graph._repr_html_()


def test_what_cannot_be_read_is_told_and_the_rest_is_built(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    record = {
        "id": "r",
        "text": "Norway hosted talks between Sweden and Denmark in Oslo on Friday, officials said.",
    }
    (tmp_path / "r.json").write_text(json.dumps(record))
    with package.build(tmp_path) as graph:
        assert [str(each.error).endswith("is empty") for each in graph.refused] == [True]
        assert "1 refused" in repr(graph)
        assert graph.stats()["articles"] == 1


def test_nothing_to_read_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        package.build(tmp_path / "absent.md")
    with pytest.raises(StoreError, match="no project folder"):
        package.open(tmp_path / "absent")


def test_building_into_a_folder_keeps_what_it_has(project, tmp_path):
    record = {
        "id": "r",
        "text": "Norway hosted talks between Sweden and Denmark in Oslo on Friday, officials said.",
    }
    (tmp_path / "r.json").write_text(json.dumps(record))
    with package.build([tmp_path / "r.json"], store=project) as graph:
        assert graph.stats()["articles"] == len(SAMPLE) + 1
