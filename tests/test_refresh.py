"""``kg kb refresh`` against a real SPARQL server, well-behaved and not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import date
from email.message import Message
from itertools import pairwise
from pathlib import Path

import pytest
import sparql_server
from sparql_server import DAY

from kg import files, wikidata
from kg.cli import main
from kg.commands import refresh as command
from kg.errors import DataError, RemoteError, UsageError
from kg.kb import KnowledgeBase
from kg.kb_user import own_tables
from kg.refresh import BATCH, ENTITIES, OFFICES
from kg.refreshed import ENTITY_COLUMNS, OFFICE_COLUMNS
from kg.remote import Endpoint, Manners, _retry_after

ROOT = Path(__file__).parents[1]
LIMIT = 250
QUESTIONS = 6  # two batches, three questions each
KB = KnowledgeBase.load()
PERSONS = sorted((e for e in KB if e.type == "dip:Person" and e.qid is not None), key=lambda e: e.key)
PLAIN = [e for e in PERSONS[:BATCH] if e.within is None and e.label.isascii()]
FULL, OTHER = PLAIN[:2]
MERGED = PERSONS[BATCH + 10]
STATE = KB.entity("state/norway")
OFFICE = KB.entity("office/foreign-minister-of-norway")
NEW = "Q900000002"

PREFIXES = wikidata._PREFIXES.replace("PREFIX", "@prefix").replace(">\n", "> .\n")
WORLD = f"""{PREFIXES}
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix s: <http://www.wikidata.org/entity/statement/> .
wd:{FULL.qid} rdfs:label "{FULL.label}"@en, "Nicht gefragt"@de ;
  skos:altLabel "{FULL.label} Newname"@en, "Newname"@en, "N. Newname"@en, "a|b c"@en, "{OTHER.label}"@en ;
  wdt:P1559 "Новое Имя"@uk ; wdt:P27 wd:{STATE.qid} ; p:P39 s:1, s:2, s:3, s:4, s:5 .
s:1 ps:P39 wd:Q900000001 ; wikibase:rank wikibase:NormalRank ;
  pqv:P580 s:may ; pq:P582 "2022-06-07T00:00:00Z"^^xsd:dateTime ; pqv:P582 s:day .
s:2 ps:P39 wd:Q900000001 ; wikibase:rank wikibase:NormalRank .
s:3 ps:P39 wd:Q900000001 ; wikibase:rank wikibase:NormalRank ; pqv:P580 s:day ; pq:P582 [] .
s:4 ps:P39 wd:Q900000001 ; wikibase:rank wikibase:DeprecatedRank ; pqv:P580 s:day .
s:5 ps:P39 wd:{OFFICE.qid} ; wikibase:rank wikibase:PreferredRank ; pqv:P580 s:day .
s:may wikibase:timeValue "2021-05-01T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 10 .
s:day wikibase:timeValue "2022-06-07T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision 11 .
wd:Q900000001 rdfs:label "Special Envoy to the Lakes"@en ; wdt:P1001 wd:{STATE.qid} .
wd:{OFFICE.qid} rdfs:label "Minister of Foreign Affairs"@en ; wdt:P1001 wd:{STATE.qid} .
wd:{STATE.qid} rdfs:label "{STATE.label}"@en, "Norge"@nb, "Norwegen"@de ;
  skos:altLabel "norseland"@en, "No"@en ; wdt:P37 wd:Q900000010 .
wd:Q900000010 wdt:P424 "nb" .
wd:{MERGED.qid} owl:sameAs wd:{NEW} .
wd:{NEW} rdfs:label "{MERGED.label}"@en ; skos:altLabel "{MERGED.label} Junior"@en .
wd:{OTHER.qid} rdfs:label "Somebody Else"@en ; skos:altLabel "Somebody Quite Else"@en .
"""
DATED = f"""{WORLD}
<http://www.wikidata.org> schema:dateModified "2026-11-03T04:05:06Z"^^xsd:dateTime .
"""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str
    seconds: float


@pytest.fixture(scope="module")
def server():
    with sparql_server.oxigraph(WORLD) as port:
        yield port


@pytest.fixture
def door(server):
    with sparql_server.door(server) as opened:
        yield opened
    assert opened.crowd <= 1, "questions are asked one at a time"


@pytest.fixture
def store(tmp_path) -> Path:
    return tmp_path / "kg-store"


@pytest.fixture(scope="module")
def good(server, tmp_path_factory) -> Path:
    """A project folder after a refresh; not to be changed."""
    folder = tmp_path_factory.mktemp("good") / "kg-store"
    with sparql_server.door(server) as opened:
        options = ["--endpoint", opened.url, "--type", "person", "--limit", str(LIMIT), "--pause", "0"]
        assert main(["kb", "refresh", *options, "--store", str(folder)]) == 0
    return folder


@pytest.fixture
def run(door, store, tmp_path, monkeypatch, capsys):
    """Refresh the first 250 persons from the server behind the door."""
    monkeypatch.chdir(tmp_path)
    # As shipped it is read once, not by each of the many runs; a run with tables of its own reads them.
    load = KnowledgeBase.load
    monkeypatch.setattr(KnowledgeBase, "load", lambda *extra: load(*extra) if extra else KB)
    for name in [name for name in os.environ if name.startswith("KG_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)

    def refresh(*options, kind="person", folder=store) -> Ran:
        capsys.readouterr()
        start = time.monotonic()
        given = [str(each) for each in options]
        where = [] if "--endpoint" in given else ["--endpoint", door.url]
        which = ["--type", kind, "--limit", str(LIMIT), "--store", str(folder)]
        pause = [] if "--pause" in given else ["--pause", "0"]
        code = main(["kb", "refresh", *where, *which, *pause, *given])
        out, err = capsys.readouterr()
        return Ran(code, out, err, time.monotonic() - start)

    return refresh


def table(path: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of a table by their first cell."""
    head, *lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    found: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        found.setdefault(line[0], []).append(dict(zip(head, line, strict=True)))
    return found


def contents(store: Path) -> list[bytes]:
    return [(store / path).read_bytes() for path in (ENTITIES, OFFICES)]


def test_names_offices_and_merged_ids_arrive(run, door, store):
    done = run()
    assert done.code == 0, done.err
    assert len(door.visits) == QUESTIONS
    source = f"{door.url} {DAY}"
    entities = table(store / ENTITIES)
    assert set(entities) == {FULL.key, MERGED.key, "office/special-envoy-to-the-lakes"}
    (full,), (merged,) = entities[FULL.key], entities[MERGED.key]
    assert full["aliases"] == f"{FULL.label} Newname|Новое Имя"
    assert (full["label"], full["type"], full["qid"]) == (FULL.label, "person", FULL.qid)
    assert (full["within"], full["source"]) == (STATE.key, source)
    assert (merged["qid"], merged["aliases"]) == (NEW, f"{MERGED.label} Junior")
    assert merged["source"] == f"{source} (merged from {MERGED.qid})"
    (office,) = entities["office/special-envoy-to-the-lakes"]
    assert (office["qid"], office["within"]) == ("Q900000001", STATE.key)
    assert f"not known there: {PERSONS[0].key}" in done.err
    assert f"nothing taken over: {OTHER.key}\n" in done.err


def test_offices_come_with_dates_as_precise_as_known(good):
    offices = table(good / OFFICES)
    assert set(offices) == {FULL.key}
    found = [(r["office"], r["of"], r["role"], r["start"], r["end"], r["as_of"]) for r in offices[FULL.key]]
    assert found == [
        (OFFICE.key, STATE.key, "foreign", "2022-06-07", "", DAY),
        ("office/special-envoy-to-the-lakes", STATE.key, "", "2021-05", "2022-06-07", DAY),
    ]


def test_what_was_found_is_read_as_the_projects_own_table(good):
    kb = KnowledgeBase.load(*own_tables(good))
    assert [c.entity.key for c in kb.candidates(f"{FULL.label} Newname")] == [FULL.key]
    assert kb.entity(MERGED.key).qid == NEW
    assert kb.entity(FULL.key).within == STATE.key
    assert kb.candidates("Newname") == ()


def test_terms_that_were_found_are_known_from_then_on(good):
    before, after = KnowledgeBase.load(), KnowledgeBase.load(*own_tables(good))
    day = date.fromisoformat("2023-01-01")
    assert all(term.as_of != DAY for term in before.offices_of(FULL.key))
    assert OFFICE.key in {t.office for t in after.offices_of(FULL.key, day) if t.as_of == DAY}
    assert "office/special-envoy-to-the-lakes" not in {t.office for t in after.offices_of(FULL.key, day)}


def test_a_term_of_somebody_unknown_is_named_with_its_line(tmp_path):
    broken = tmp_path / "terms.tsv"
    broken.write_text("\t".join(OFFICE_COLUMNS) + "\nperson/no-such-one\toffice/x\n", "utf-8")
    with pytest.raises(DataError, match="no such person") as raised:
        KnowledgeBase.load(broken)
    assert raised.value.where == f"{broken}:2"


def test_native_names_are_those_of_the_official_languages(run, store):
    assert run(kind="state").code == 0
    (row,) = table(store / ENTITIES)[STATE.key]
    assert row["aliases"] == "Norge"


def test_a_second_refresh_finds_the_same_and_asks_anew(run, door, store, tmp_path):
    assert run().code == 0
    first = contents(store)
    assert run().code == 0
    assert contents(store) == first
    assert len(door.visits) == 2 * QUESTIONS
    options = [
        door.url,
        "--type",
        "person",
        "--limit",
        str(LIMIT),
        "--pause",
        "0",
        "--store",
        tmp_path / "other",
    ]
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    subprocess.run(
        [sys.executable, "-m", "kg", "kb", "refresh", "--endpoint", *options],
        env={**clean, "PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert contents(tmp_path / "other") == first


def test_a_refresh_of_some_keeps_what_is_known_of_others(run, store, good):
    shutil.copytree(good, store)
    persons = table(store / ENTITIES)
    offices = contents(store)[1]
    assert run(kind="state").code == 0
    assert table(store / ENTITIES).items() > persons.items()
    assert contents(store)[1] == offices


def test_the_questions_are_polite(run, door):
    assert run("--pause", "0.15", "--contact", "desk@example.org").code == 0
    starts = [moment for moment, _, _ in door.visits]
    gaps = [b - a for a, b in pairwise(starts)]
    assert len(gaps) == QUESTIONS - 1
    assert min(gaps) >= 0.15
    for _, headers, body in door.visits:
        assert headers["User-Agent"].startswith("diplomacy-kg/")
        assert headers["User-Agent"].endswith("(desk@example.org)")
        assert "application/sparql-results+json" in headers["Accept"]
        assert headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert "Authorization" not in headers
        assert 0 < len(set(re.findall(rb"wd%3A(Q\d+)", body))) <= BATCH


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_endpoint_is_waited_for(run, door, store, status):
    door.faults = ["ok", f"{status}:1"]
    done = run()
    assert done.code == 0, done.err
    assert f"answered {status}: waiting 1 s" in done.err
    assert len(door.visits) == QUESTIONS + 1
    assert door.visits[2][0] - door.visits[1][0] >= 1
    assert door.visits[2][2] == door.visits[1][2], "the same question again"
    assert (store / ENTITIES).exists()


def test_an_endpoint_that_stays_busy_is_left_alone_and_the_answers_are_kept(run, door, store):
    door.faults, door.always = ["ok"] * 4, "429:0"
    done = run()
    assert done.code == RemoteError.exit_code
    assert f"{door.url}: is busy: answered 429 4 times in a row" in done.err
    assert "The answers so far (4) are kept" in done.err
    assert len(door.visits) == 4 + Manners().tries
    assert not (store / ENTITIES).exists()

    door.visits.clear()
    door.always = "ok"
    assert run().code == 0
    assert len(door.visits) == QUESTIONS - 4
    assert not list((store / "cache/refresh").glob("*.json"))
    assert MERGED.key in table(store / ENTITIES)
    resumed = contents(store)
    assert run().code == 0
    assert contents(store) == resumed


def test_a_wait_that_the_deadline_does_not_allow_is_not_begun(run, door):
    door.always = "429:3600"
    done = run("--deadline", "5")
    assert done.code == RemoteError.exit_code
    assert "the deadline of 5 s leaves no time for a wait of 3600 s" in done.err
    assert done.seconds < 3
    assert len(door.visits) == 1


@pytest.mark.parametrize("fault", ["drip", "headers", "hang"])
def test_the_deadline_holds_whatever_the_endpoint_does(run, door, store, fault):
    door.faults = ["ok", fault]
    done = run("--deadline", "1")
    assert done.code == RemoteError.exit_code
    assert "the deadline of 1 s is over" in done.err
    assert "The answers so far (1) are kept" in done.err
    assert done.seconds < 2.5
    assert not (store / ENTITIES).exists()


@pytest.mark.parametrize("fault", ["drip", "hang"])
def test_nothing_goes_on_listening_after_the_deadline(door, fault):
    door.always = fault
    endpoint = Endpoint(door.url, agent="test", manners=Manners(deadline=0.4))
    with pytest.raises(RemoteError, match="the deadline"):
        endpoint.select("SELECT * {}")
    time.sleep(0.5)
    assert [thread for thread in threading.enumerate() if thread.name == "sparql"] == []


def test_the_deadline_is_for_all_questions_together(run, door):
    done = run("--deadline", "1", "--pause", "0.4")
    assert done.code == RemoteError.exit_code
    assert "the deadline of 1 s leaves no time for the pause between two questions" in done.err
    assert 1 <= len(door.visits) <= 3


def test_one_answer_has_a_limit_too(door):
    door.always = "hang"
    endpoint = Endpoint(door.url, agent="test", manners=Manners(one_answer=0.3))
    with pytest.raises(RemoteError, match=r"did not answer within 0\.3 s"):
        endpoint.select("SELECT * {}")


def test_no_redirect_is_followed_and_credentials_stay(run, door, server, monkeypatch):
    monkeypatch.setenv("KG_SPARQL_USER", "reader")
    monkeypatch.setenv("KG_SPARQL_PASSWORD", "hush-hush")
    with sparql_server.door(server) as elsewhere:
        other = elsewhere.url.replace("127.0.0.1", "localhost")
        door.faults = [f"redirect:{other}?apikey=hush"]
        done = run()
        assert elsewhere.visits == []
    assert done.code == RemoteError.exit_code
    assert f"redirects (302) to {other}" in done.err
    assert "hush" not in done.out + done.err
    assert door.visits[0][1]["Authorization"].startswith("Basic ")


def test_secrets_are_written_nowhere(run, door, store, monkeypatch):
    monkeypatch.setenv("KG_SPARQL_USER", "reader")
    monkeypatch.setenv("KG_SPARQL_PASSWORD", "hush-hush")
    door.faults = ["ok", "500"]
    address = ("--endpoint", f"{door.url}?apikey=hush")
    failed = run(*address)
    kept = [path.read_text("utf-8") for path in (store / "cache/refresh").glob("*.json")]
    assert len(kept) == 1
    done = run(*address)
    assert (failed.code, done.code) == (RemoteError.exit_code, 0), done.err
    assert all("Authorization" in headers for _, headers, _ in door.visits)
    written = [data.decode() for data in contents(store)]
    seen = [failed.out, failed.err, done.out, done.err, *kept, *written]
    assert not [text for text in seen if "hush" in text or "cmVhZGVy" in text]
    assert f"{door.url}?apikey=..." in failed.err


def test_credentials_go_to_no_endpoint_that_wants_none(monkeypatch):
    monkeypatch.setenv("KG_SPARQL_USER", "reader")
    monkeypatch.setenv("KG_SPARQL_PASSWORD", "hush")
    assert command._credentials(wikidata.ENDPOINT) is None
    assert command._credentials("https://example.org/sparql") == ("reader", "hush")
    with pytest.raises(UsageError, match="only sent over https"):
        Endpoint("http://example.org/sparql", agent="test", credentials=("reader", "hush"))


BAD = {
    "html": "answered 'text/html', not a SPARQL result",
    "cut": "the answer is cut: ",
    "chunk": "the answer is cut, or no SPARQL result",
    "junk": "the answer is cut, or no SPARQL result",
    "500": "answered 500 Internal Server Error",
    "401": "answered 401 Unauthorized",
    "nodate": "names no date of its answers",
}


@pytest.mark.parametrize(("fault", "named"), BAD.items())
def test_a_bad_answer_is_named_and_what_was_there_stays(run, door, store, good, fault, named):
    shutil.copytree(good, store)
    before = contents(store)
    door.always = fault
    done = run()
    assert done.code == RemoteError.exit_code
    assert f"error: {door.url}: {named}" in done.err
    assert "hint: " in done.err
    assert contents(store) == before
    assert not list(store.rglob(f"{files.TEMPORARY}*"))


def test_an_answer_without_end_is_cut_off(door):
    door.always = "big"
    endpoint = Endpoint(door.url, agent="test", manners=Manners(most_bytes=1_000_000))
    with pytest.raises(RemoteError, match="answered more than 1,000,000 bytes"):
        endpoint.select("SELECT * {}")


def test_nobody_there_is_named(run):
    done = run("--endpoint", "http://127.0.0.1:9/sparql")
    assert done.code == RemoteError.exit_code
    assert "http://127.0.0.1:9/sparql: cannot be reached" in done.err


def test_an_answer_without_a_date_takes_the_day_that_is_said(run, door, store):
    door.always = "nodate"
    assert "--since DATE" in run().err
    assert run("--since", "2026-02-03").code == 0
    assert {r["as_of"] for rows in table(store / OFFICES).values() for r in rows} == {"2026-02-03"}


def test_kept_answers_from_before_a_day_are_asked_for_again(run, door):
    door.faults = ["ok", "ok", "500"]
    assert run().code == RemoteError.exit_code
    door.faults = ["500"]
    assert run("--since", DAY).code == RemoteError.exit_code
    assert len(door.visits) == 4, "the two of that day count"
    assert run("--since", "2026-11-22").code == 0
    assert len(door.visits) == 4 + QUESTIONS
    assert run("--since", "soon").code == UsageError.exit_code


def test_the_day_of_the_data_counts_before_that_of_the_answer(run, store):
    with sparql_server.oxigraph(DATED) as port, sparql_server.door(port) as dated:
        for url in (dated.url, f"http://127.0.0.1:{port}/query"):  # with a Date, and without
            done = run("--endpoint", url)
            assert done.code == 0, done.err
            (row,) = table(store / ENTITIES)[MERGED.key]
            assert row["source"].startswith(f"{url} 2026-11-03 (merged")
            assert "the data is of 2026-11-03" in done.err


def test_an_endpoint_of_another_shape_writes_nothing(run, store, good):
    shutil.copytree(good, store)
    before = contents(store)
    with sparql_server.oxigraph("<a:b> <a:c> <a:d> .") as port, sparql_server.door(port) as other:
        done = run("--endpoint", other.url)
    assert done.code == RemoteError.exit_code
    assert "knows none of the things asked for" in done.err
    assert contents(store) == before


def test_one_refresh_at_a_time(run, door, store):
    door.faults = ["500"]
    run()
    handle = files.lock(store / "cache/refresh/lock")
    try:
        done = run()
    finally:
        os.close(handle)
    assert done.code == 3
    assert "another process is writing" in done.err
    assert len(door.visits) == 1


def test_wikidata_is_not_asked_without_a_contact(run, store, monkeypatch):
    done = run("--endpoint", wikidata.ENDPOINT)
    assert done.code == 2
    assert "no contact is set" in done.err
    assert "--contact" in done.err
    assert not store.exists()
    monkeypatch.setenv("KG_CONTACT", "desk@example.org\r\nX-More: 1")
    done = run("--endpoint", wikidata.ENDPOINT)
    assert done.code == 2
    assert "cannot be sent" in done.err


def test_wikidata_gets_a_second_between_questions(run):
    assert "0 s apart" in run("--dry-run").out
    assert "1 s apart" in run("--dry-run", "--endpoint", wikidata.ENDPOINT).out
    assert "3 s apart" in run("--dry-run", "--endpoint", wikidata.ENDPOINT, "--pause", "3").out


def test_a_dry_run_asks_and_writes_nothing(run, door, store):
    done = run("--dry-run")
    assert done.code == 0
    assert (door.visits, store.exists()) == ([], False)
    assert f"endpoint   {door.url}\n" in done.out
    assert "things     250 with a Wikidata id, 200 at a time" in done.out
    assert f"questions  {QUESTIONS}, " in done.out
    assert f"wd:{PERSONS[0].qid} " in done.out


ADDRESSES = [
    "ftp://example.org/",
    "example.org",
    "http://",
    "http://a b/",
    "http://[",
    "http://u:p@example.org/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_bad_address_is_refused(run, address):
    done = run("--endpoint", address)
    assert done.code == UsageError.exit_code
    assert "u:p" not in done.err


def test_an_unknown_type_is_named(run):
    done = run(kind="persn")
    assert done.code == UsageError.exit_code
    assert "Did you mean 'person'?" in done.err


WAITS = [
    ({"Retry-After": "12"}, 12.0),
    ({"Retry-After": "Sat, 21 Nov 2026 10:21:00 GMT", "Date": sparql_server.DATE}, 30.0),
    ({"Retry-After": "Sat, 21 Nov 2020 10:21:00 GMT", "Date": sparql_server.DATE}, 0.0),
    ({"Retry-After": "Sat, 21 Nov 2026 10:21:00 GMT"}, None),
    ({"Retry-After": "soon", "Date": sparql_server.DATE}, None),
    ({"Retry-After": "-3"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), WAITS)
def test_retry_after_is_read_in_both_its_forms(headers, seconds):
    message = Message()
    for name, value in headers.items():
        message[name] = value
    assert _retry_after(message) == seconds


def test_the_tables_have_the_columns_of_the_knowledge_base():
    seeds = ROOT / "seeds/kb"
    assert (seeds / "offices.tsv").read_text("utf-8").splitlines()[0].split("\t") == list(OFFICE_COLUMNS)
    assert set(ENTITY_COLUMNS) <= set((seeds / "entities.tsv").read_text("utf-8").splitlines()[0].split("\t"))
