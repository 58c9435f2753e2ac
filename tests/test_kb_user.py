"""The user's own knowledge: tables in the project folder, names added and taken over, and what they change."""

import csv
import io
import json
import shutil

import pytest

from kg import config, ingest
from kg.errors import DataError, LockedError, UnknownNameError, UsageError
from kg.kb import KnowledgeBase
from kg.kb_import import import_file
from kg.kb_user import Row, add_row, find_entity, kind_in, own_tables, read_rows, write_rows
from kg.project import Project

FIRST = """---
id: first
title: Dune League in Oslo
date: 2025-05-16
---
Envoy Tan Wei Ming of Malaysia led the Malaysian delegation at talks in Oslo on Friday.

The talks were hosted by Norway. The Dune League signed a ceasefire with Sudan in Oslo.
"""
SECOND = """---
id: second
title: Dune League in Geneva
date: 2025-05-20
---
Norwegian Foreign Minister Olga Brandt met Idris Kavelo in Geneva on Monday.

The Dune League took part in talks in Geneva, and Switzerland mediated the talks.
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    (folder / "first.md").write_text(FIRST, encoding="utf-8")
    (folder / "second.md").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def plain(texts, tmp_path_factory):
    """A project with both articles and no knowledge of its own; not to be changed."""
    folder = tmp_path_factory.mktemp("plain") / "store"
    with Project.open(folder, create=True) as project:
        ingest.build(project, [str(texts)], settings(folder))
    return folder


@pytest.fixture
def mine(plain, tmp_path):
    return shutil.copytree(plain, tmp_path / "mine")


def settings(folder):
    return config.load(folder=folder.parent, environ={}, explicit={"store": folder})


def build(folder, *sources):
    with Project.open(folder) as project:
        return ingest.build(project, [str(source) for source in sources], settings(folder))


def graph(folder):
    with Project.open(folder) as project, project.store() as store:
        return "\n".join(sorted(map(str, store.engine)))


def keys(folder):
    with Project.open(folder) as project:
        return {entity.key for reading in project.readings() for entity in reading.entities}


# Tables of the project folder


def test_a_table_in_the_folder_lies_over_what_is_known_and_its_change_reads_again(mine, texts, plain):
    assert "org/dune-league" in keys(mine)
    (mine / "kb").mkdir()
    table = mine / "kb" / "notes.tsv"
    table.write_text("label\ttype\taliases\nLeague of the Dunes\tgroup\tDune League\n", encoding="utf-8")
    tally = build(mine, texts)
    assert (tally.replaced, tally.rebuilt) == (["first", "second"], True)
    assert "group/league-of-the-dunes" in keys(mine)
    assert "org/dune-league" not in keys(mine)
    again = build(mine, texts)
    assert (again.unchanged, again.rebuilt) == (["first", "second"], False)
    table.unlink()
    build(mine, texts)
    assert graph(mine) == graph(plain)


def test_articles_that_are_not_given_are_read_again_too_from_the_kept_texts(mine, texts, plain):
    (mine / "kb").mkdir()
    write_rows(mine / "kb" / "own.tsv", [Row("League of the Dunes", "group", ("Dune League",))])
    tally = build(mine, texts / "first.md")
    assert sorted(tally.replaced) == ["first", "second"]
    assert "org/dune-league" not in keys(mine)
    whole = shutil.copytree(plain, mine.parent / "whole")
    (whole / "kb").mkdir()
    shutil.copy(mine / "kb" / "own.tsv", whole / "kb")
    build(whole, texts)
    assert graph(whole) == graph(mine)


def test_tables_of_the_folder_lie_over_those_of_the_command_line(mine, texts, tmp_path):
    extra = tmp_path / "extra.tsv"
    write_rows(extra, [Row("Dune League", "process")])
    (mine / "kb").mkdir()
    write_rows(mine / "kb" / "own.tsv", [Row("League of the Dunes", "group", ("Dune Alliance",))])
    kb = KnowledgeBase.load(extra, *own_tables(mine))
    assert kb.entity("process/dune-league").label == "Dune League"
    assert find_entity(kb, "Dune Alliance").key == "group/league-of-the-dunes"


def test_a_broken_table_stops_the_build_before_anything_changes(mine, texts):
    (mine / "kb").mkdir()
    (mine / "kb" / "own.tsv").write_text("label\ttype\nDune League\tplanet\n", encoding="utf-8")
    before = graph(mine)
    with pytest.raises(DataError, match="unknown type 'planet'") as caught:
        build(mine, texts)
    assert caught.value.where == f"{mine / 'kb' / 'own.tsv'}:2"
    assert graph(mine) == before
    assert "org/dune-league" in keys(mine)


def test_another_name_of_something_known_changes_nothing_else_of_it(tmp_path):
    kb = KnowledgeBase.load()
    person = next(entity for entity in kb if entity.type == "dip:Person" and kb.is_prominent(entity.key))
    write_rows(tmp_path / "a.tsv", [Row(person.label, "person", ("Zzyzx Qwert",), key=person.key)])
    after = KnowledgeBase.load(tmp_path / "a.tsv")
    changed = after.entity(person.key)
    assert after.is_prominent(person.key)
    assert after.surnames_of(person.key) == kb.surnames_of(person.key)
    assert (changed.qid, changed.within, changed.confirmed) == (person.qid, person.within, person.confirmed)
    assert set(changed.aliases) == {*person.aliases, "Zzyzx Qwert"}
    weak = next(c for c in kb.candidates(person.label) if c.entity.key == person.key).weak
    assert next(c for c in after.candidates(person.label) if c.entity.key == person.key).weak == weak


def test_a_row_may_lie_within_one_that_comes_after_it(tmp_path):
    rows = [Row("Alpha Council", "org", within="Zeta Land"), Row("Zeta Land", "state")]
    write_rows(tmp_path / "a.tsv", rows)
    kb = KnowledgeBase.load(tmp_path / "a.tsv")
    assert kb.entity("org/alpha-council").within == "state/zeta-land"


def test_a_namesake_with_another_id_is_another_thing(tmp_path):
    kb = KnowledgeBase.load()
    person = next(entity for entity in kb if entity.type == "dip:Person" and entity.qid is not None)
    write_rows(tmp_path / "a.tsv", [Row(person.label, "person", qid="Q99999999")])
    after = KnowledgeBase.load(tmp_path / "a.tsv")
    assert after.entity(person.key) == person
    assert after.entity(f"{person.key}-q99999999").qid == "Q99999999"


# Tables of the command line

NONSENSE = [
    (b"", "", "a table without a row"),
    (b"\n \n", "", "a table without a row"),
    (b"label\ttype\n", "", "a table without a row"),
    (b'{"a": 1}\n', ":1", "unknown column"),
    (b"label,type\nDune League,group\n", ":1", "unknown column 'label,type'"),
    (b"label\nDune League\n", ":1", "no column 'type'"),
    (b"type\taliases\ngroup\tDune League\n", ":1", "no column 'label'"),
    (b"label\ttype\tlabel\nDune League\tgroup\tB\n", ":1", "two columns 'label'"),
    (b"label\ttype\nDune League\tgroup\tDL\n", ":2", "3 cells under 2 columns"),
    (b"label\ttype\nDune League\tplanet\n", ":2", "unknown type 'planet'"),
    (b"label\ttype\n\tgroup\n", ":2", "a row without a label"),
    (b"label\ttype\n...\tperson\n", ":2", "has no letter in it"),
    (b"label\ttype\tqid\nDune League\tgroup\t42\n", ":2", "'42' is no Wikidata id"),
    (b"label\ttype\twithin\nDune League\tgroup\tNowhereland\n", ":2", "'within' names nothing known"),
    (b"office\tholder\n", ":1", "unknown column 'holder'"),
    (b"office\nminister\n", ":1", "no column 'person'"),
    (b"label\ttype\n\xff\tgroup\n", "", "not UTF-8 at byte 11"),
]


@pytest.mark.parametrize(("content", "line", "what"), NONSENSE)
def test_a_table_that_says_nothing_or_nonsense_ends_the_build_by_name(
    kg, texts, tmp_path, content, line, what
):
    table = tmp_path / "names.tsv"
    table.write_bytes(content)
    ran = kg("build", texts / "first.md", "--kb", table, "--store", tmp_path / "s")
    told = " ".join(ran.err.split())
    assert (ran.code, ran.out) == (3, "")
    assert f"{table}{line}: " in told
    assert what in told
    assert "hint: " in told
    assert "unexpected" not in told
    with Project.open(tmp_path / "s") as project:
        assert len(project) == 0


def test_a_nonsense_table_is_named_by_a_dry_run_and_where_nothing_is_to_be_read(kg, mine, texts, tmp_path):
    table = tmp_path / "names.tsv"
    table.write_bytes(b"label\ttype\n")
    for more in (["--dry-run"], ["--prune"]):
        ran = kg("build", texts, "--kb", table, "--store", mine, *more)
        assert (ran.code, "a table without a row" in ran.err) == (3, True)


def test_a_row_that_stands_twice_in_a_table_is_warned_of(kg, texts, tmp_path):
    table = tmp_path / "names.tsv"
    row = b"Dune League\tgroup\n"
    table.write_bytes(b"label\ttype\n" + row + b"Zeta Group\tgroup\n" + row)
    ran = kg("build", texts / "first.md", "--kb", table, "--store", tmp_path / "s")
    assert ran.code == 0, ran.err
    assert f"warning: {table}:4: the same row as line 2" in ran.err
    assert ran.err.count("warning") == 2  # and in the count of what was read
    assert "group/dune-league" in keys(tmp_path / "s")


def test_the_last_row_of_an_own_table_can_be_taken_out(mine, texts, plain):
    (mine / "kb").mkdir()
    (mine / "kb" / "own.tsv").write_text("label\ttype\n", encoding="utf-8")
    (mine / "kb" / "none.tsv").write_text("", encoding="utf-8")
    build(mine, texts)
    assert keys(mine) == keys(plain)


# kg kb add, list, search


def test_a_name_is_added_listed_and_found(kg, tmp_path):
    store = tmp_path / "new-store"
    ran = kg(
        *("kb", "add", "Dune League", "--type", "armed group", "--alias", "DL", "--alias", "the Dunes"),
        *("--qid", "Q99999999", "--within", "Sudan", "--source", "my\tnotes", "--store", store),
    )
    assert ran.code == 0, ran.err
    assert "group/dune-league" in ran.out
    assert kg("kb", "add", "Alpha", "--type", "place", "--store", store).code == 0
    assert (store / "kb" / "own.tsv").read_text("utf-8") == (
        "label\ttype\taliases\tqid\twithin\tsource\n"
        "Alpha\tplace\t\t\t\t\n"
        "Dune League\tgroup\tDL|the Dunes\tQ99999999\tstate/sudan\tmy notes\n"
    )
    listed = kg("kb", "list", "--own", "--store", store)
    found = list(csv.DictReader(io.StringIO(listed.out)))
    assert [row["key"] for row in found] == ["group/dune-league", "place/alpha"]
    assert [r["key"] for r in rows_of(kg("kb", "list", "--own", "--type", "place", "--store", store))] == [
        "place/alpha"
    ]
    everything = rows_of(kg("kb", "list", "--store", store))
    assert len(everything) == len(KnowledgeBase.load()) + 2
    (hit,) = rows_of(kg("kb", "search", "the Dunes", "--limit", 1, "--store", store))
    assert (hit["key"], hit["why"]) == ("group/dune-league", "has the name 'the Dunes'")


def rows_of(ran):
    assert ran.code == 0, ran.err
    return list(csv.DictReader(io.StringIO(ran.out)))


WRONG = [
    (Row("...", "person"), UsageError, "a name with a letter"),
    (Row("A|B", "person"), UsageError, "cannot hold"),
    (Row("Aaa", "person", qid="42"), UsageError, "no Wikidata id"),
    (Row("Aaa", "planet"), UnknownNameError, "no type named 'planet'"),
    (Row("Aaa", "place", within="Nowhereland Qq"), UsageError, "nothing in the knowledge base"),
    (Row("dune league", "group"), UsageError, "in your own table as group already"),
]


@pytest.mark.parametrize(("row", "error", "what"), WRONG)
def test_a_row_that_does_not_fit_is_refused_and_the_table_stays(mine, row, error, what):
    add_row(mine, Row("Dune League", "group"))
    before = (mine / "kb" / "own.tsv").read_bytes()
    with pytest.raises(error, match=what) as caught:
        add_row(mine, row)
    assert caught.value.hint or row.label == "..."
    assert (mine / "kb" / "own.tsv").read_bytes() == before


def test_nothing_is_added_while_another_process_writes(mine):
    with Project.open(mine) as project:
        project.remove("nothing")  # takes the lock
        with pytest.raises(LockedError):
            add_row(mine, Row("Dune League", "group"))
    assert not (mine / "kb").exists()
    assert add_row(mine, Row("Dune League", "group")).key == "group/dune-league"


def test_a_table_that_is_none_is_named(mine, kg):
    (mine / "kb").mkdir()
    own = mine / "kb" / "own.tsv"
    for content, what in (
        (b"colour\nred\n", "unknown column 'colour'"),
        (b"label\nred\n", "no columns 'label' and 'type'"),
        (b"label\ttype\n\xff\n", "cannot be read"),
    ):
        own.write_bytes(content)
        with pytest.raises(DataError, match=what):
            read_rows(own)
    ran = kg("kb", "list", "--store", mine)
    assert (ran.code, ran.out) == (3, "")
    assert str(own) in ran.err


def test_every_entity_has_a_type_that_a_table_can_say():
    kb = KnowledgeBase.load()
    assert {kind_in(entity) for entity in kb} >= {"person", "state", "polity", "place", "org", "group"}
    assert len(kb) > 3000


# kg kb import


CSV = """label,type,aliases,qid,within,source
Front of Dust,armed group,FoD|Dust Front,,Sudan,desk notes
,person,,,,
Jane Planet,planet,,,,
Bob Quill,person,,42,,
Mara Oko,person,,,Nowhereland Qq,
"Smith, Anna",Person,,https://www.wikidata.org/wiki/Q99999901,Norway,
"""


def test_a_table_is_taken_over_and_what_cannot_be_used_is_named(kg, tmp_path):
    source, store = tmp_path / "my names.csv", tmp_path / "s"
    source.write_text(CSV, encoding="utf-8")
    ran = kg("kb", "import", source, "--store", store)
    assert ran.code == 3
    assert "3 names in" in ran.out
    assert "3 left out" in ran.out
    for told in (
        "names.csv:3: : no name",
        "unknown type planet",
        "'42' is no Wikidata id",
        "'within' is left",
    ):
        assert told in " ".join(ran.err.split())
    rows = read_rows(store / "kb" / "imported-my-names.tsv")
    assert [(row.label, row.type, row.qid, row.within, row.source) for row in rows] == [
        ("Front of Dust", "group", "", "state/sudan", "desk notes"),
        ("Mara Oko", "person", "", "", "import of my names.csv"),
        ("Smith, Anna", "person", "Q99999901", "state/norway", "import of my names.csv"),
    ]
    before = (store / "kb" / "imported-my-names.tsv").read_bytes()
    kg("kb", "import", source, "--store", store)
    assert (store / "kb" / "imported-my-names.tsv").read_bytes() == before


TURTLE = """
@prefix dip: <https://w3id.org/diplomacy-kg/ns#> . @prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:a a dip:Organization ; rdfs:label "Dune League"@en, "Duenenliga"@de ;
  skos:altLabel "DL"@en, "LD"@fr ; schema:sameAs <http://www.wikidata.org/entity/Q99999921> .
ex:b rdfs:label "No Type" .
ex:c a dip:Person .
"""


def test_turtle_is_taken_over(tmp_path):
    path = tmp_path / "t.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    found = import_file(path, KnowledgeBase.load())
    assert found.rows == (Row("Dune League", "org", ("DL",), "Q99999921", "", "import of t.ttl"),)
    assert sorted(each.why for each in found.unused) == ["no name", "no type"]
    assert len(import_file(path, KnowledgeBase.load(), kind="person").rows) == 2


def cell(value):
    return {"type": "literal", "value": value}


def test_the_answer_of_a_wikidata_query_is_taken_over(tmp_path):
    item = "http://www.wikidata.org/entity/Q99999911"
    person = {"item": cell(item), "itemLabel": cell("Ola Nordvik"), "countryLabel": cell("Norway")}
    bindings = [
        {**person, "itemAltLabel": cell("O. Nordvik, Olav Nordvik"), "officeLabel": cell("envoy")},
        {**person, "officeLabel": cell("minister")},
        {"item": cell(item[:-1] + "2"), "itemLabel": cell("Q99999912"), "type": cell("Q5")},
        {"item": cell(item[:-1] + "3"), "itemLabel": cell("Somewhere"), "typeLabel": cell("city")},
        {"item": cell(item[:-1] + "4"), "itemLabel": cell("Some Thing")},
    ]
    path = tmp_path / "w.json"
    path.write_text(json.dumps({"head": {}, "results": {"bindings": bindings}}), encoding="utf-8")
    found = import_file(path, KnowledgeBase.load())
    aliases = ("O. Nordvik", "Olav Nordvik")
    assert found.rows == (
        Row("Ola Nordvik", "person", aliases, "Q99999911", "state/norway", "Wikidata Q99999911"),
        Row("Somewhere", "place", (), "Q99999913", "", "Wikidata Q99999913"),
    )
    assert [each.why for each in found.unused] == ["no name", "no type"]


BROKEN = [
    ("x.xyz", b"x", "not imported from .xyz"),
    ("x.csv", b"name\nA\n", "has no column 'label'"),
    ("x.csv", b"", "has no column 'label'"),
    ("x.csv", b"label\n\xff\n", "not utf-8: byte 0xff at offset 6"),
    ("x.ttl", b"<a> <b> ", "does not parse"),
    ("x.json", b"{", "no answer of a SPARQL query"),
    ("x.json", b"[1]", "no answer of a SPARQL query"),
    ("x.json", b'[{"a": "b"}]', "has no column 'item'"),
    ("none.tsv", None, "no such file"),
    ("x.tsv", b"label\ttype\n|\tperson\n", "no name that can be used"),
]


@pytest.mark.parametrize(("name", "content", "what"), BROKEN)
def test_a_file_that_cannot_be_used_is_named_and_nothing_written(kg, tmp_path, name, content, what):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ran = kg("kb", "import", tmp_path / name, "--store", tmp_path / "s")
    assert (ran.code, ran.out) == (3, "")
    assert what in ran.err
    assert not (tmp_path / "s" / "kb").exists()
