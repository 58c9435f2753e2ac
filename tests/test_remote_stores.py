"""``kg push``, and commands that read from an endpoint, against a real SPARQL server, well-behaved and not."""

from __future__ import annotations

import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import sparql_server

from kg.config import Settings
from kg.credentials import Login, hidden, login_for
from kg.errors import ConfigError, QueryError, RemoteError, StoreError, UsageError
from kg.graph.endpoint import EndpointStore, canonical
from kg.graph.query import named_queries, run
from kg.graph.rows import Rows
from kg.graph.store import EmbeddedStore
from kg.project import Project
from kg.push import MARK, Target
from kg.push import push as push_triples
from kg.sparql import Addresses, Connection
from kg.wire import Wire, digest, in_time

GRAPH = Settings().graph
HOSTILE = Path(__file__).parent / "graph" / "data" / "hostile.nt"
OTHER = ox.Triple(ox.NamedNode("https://x.org/a"), ox.NamedNode("https://x.org/b"), ox.Literal("not ours"))
PARAMETERS = {
    "position-over-time": {"who": "Tigray People's Liberation Front"},
    "evidence-of-a-fact": {"subject": "Abbas Araghchi"},
}
SECRETS = ("hush-hush", "cmVhZGVyOmh1c2gtaHVzaA")  # the password, and Basic's form of user and password


@pytest.fixture(scope="module")
def port():
    with sparql_server.oxigraph("") as found:
        yield found


@pytest.fixture
def server(port):
    """The address of an empty server."""
    connect_to(f"http://127.0.0.1:{port}").change("DROP ALL")
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def door(server, port):
    """An address in front of the server that can be told to misbehave."""
    with sparql_server.door(port) as found:
        yield found


@pytest.fixture
def login(monkeypatch, kg):
    monkeypatch.setenv("KG_REMOTE_USER", "reader")
    monkeypatch.setenv("KG_REMOTE_PASSWORD", "hush-hush")


def connect_to(root, *, deadline=30.0, **more):
    return Connection(
        Addresses(f"{root}/query", f"{root}/update", f"{root}/store"), deadline=deadline, **more
    )


def there(root, graph=GRAPH):
    return set(EndpointStore(connect_to(root), graph).triples())


def here(folder):
    with Project.open(folder) as project, project.store() as store:
        return set(store.triples())


def ways(root):
    return {
        "data": [f"{root}/store"],
        "data-counted": [f"{root}/store", "--query", f"{root}/query"],
        "update": ["--update", f"{root}/update", "--query", f"{root}/query"],
        "both": [f"{root}/store", "--update", f"{root}/update", "--query", f"{root}/query"],
    }


WAYS = tuple(ways(""))


@pytest.mark.parametrize(("way", "graph"), [*((way, GRAPH) for way in WAYS), ("both", "default")])
def test_what_is_pushed_is_the_graph_of_the_project(kg, server, project, way, graph):
    arguments = ("push", *ways(server)[way], "--graph", graph, "--store", project)
    name = None if graph == "default" else graph
    for _ in range(2):
        done = kg(*arguments)
        assert done.code == 0, done.err
        assert there(server, name) == here(project)
    whole = len(here(project))
    assert f"{whole:,} triples" in done.err
    assert ("as before" in done.err) == (way.startswith("data"))
    removed = kg("remove", kg("remove", "--list", "--store", project).out.split()[0], "--store", project)
    assert removed.code == 0, removed.err
    assert len(here(project)) < whole
    assert kg(*arguments).code == 0
    assert there(server, name) == here(project)
    graphs = EndpointStore(connect_to(server)).query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert len(graphs.rows) == (name is not None), "something was left behind"


@pytest.mark.parametrize("way", WAYS)
def test_a_graph_of_somebody_else_is_not_written_over(kg, server, built, way):
    EndpointStore(connect_to(server), "https://x.org/theirs").load([OTHER])
    arguments = ("push", *ways(server)[way], "--graph", "https://x.org/theirs")
    done = kg(*arguments)
    assert done.code == UsageError.exit_code
    assert "error: https://x.org/theirs: the graph there is not one of kg push" in done.err
    assert "--replace" in done.err
    assert there(server, "https://x.org/theirs") == {OTHER}
    assert kg(*arguments, "--replace").code == 0
    assert there(server, "https://x.org/theirs") == here(built)


def test_where_nothing_can_be_seen_nothing_is_replaced_unasked(kg, server, built):
    done = kg("push", "--update", f"{server}/update")
    assert done.code == UsageError.exit_code
    assert "it cannot be seen whether the graph there may be replaced" in done.err
    assert there(server) == set()
    done = kg("push", "--update", f"{server}/update", "--replace", "--batch", 500)
    assert done.code == 0, done.err
    assert "not counted there" in done.err
    assert there(server) == here(built)


def test_a_dry_run_sends_nothing(kg, door):
    done = kg("push", f"{door.root}/store", "--dry-run")
    assert done.code == 0
    assert f"{GRAPH} would get" in done.err
    assert door.visits == []


def test_an_address_is_needed(kg):
    done = kg("push")
    assert done.code == UsageError.exit_code
    assert "there is no address to push to" in done.err


def interrupted(kg, door, project, *, ok):
    """Push through a door that breaks after some requests; give the arguments."""
    arguments = ("push", *ways(door.root)["update"], "--batch", 1000, "--store", project)
    door.faults = ["ok"] * ok + ["500"]
    done = kg(*arguments)
    assert done.code == RemoteError.exit_code, done.err
    assert "500 Internal Server Error" in done.err
    return arguments


def test_a_push_that_broke_goes_on_and_nobody_saw_half_of_it(kg, door, server, project):
    old = {MARK, OTHER}
    EndpointStore(connect_to(server), GRAPH).load(old)
    arguments = interrupted(kg, door, project, ok=3)  # one question, two batches
    assert there(server) == old
    sent = len(door.visits)
    done = kg(*arguments)
    assert done.code == 0, done.err
    assert "went on after 2 batches of a run before" in done.err
    assert there(server) == here(project)
    batches = -(-len(here(project)) // 1000)
    # questions: whose the graph is, how much is staged, how much arrived; then what is left, and the move
    assert len(door.visits) - sent == 3 + (batches - 2) + 1


@pytest.mark.parametrize("lost", ["the batches", "the record", "the batch size"])
def test_a_push_that_cannot_go_on_starts_over(kg, door, server, project, lost):
    arguments = interrupted(kg, door, project, ok=3)
    (record,) = (project / "cache").glob("push-*.json")
    if lost == "the batches":
        connect_to(server).change("DROP ALL")
    elif lost == "the record":
        record.write_text('{"staging": "no iri"}')
    else:
        arguments = [900 if each == 1000 else each for each in arguments]
    done = kg(*arguments)
    assert done.code == 0, done.err
    assert "went on" not in done.err
    assert there(server) == here(project)
    assert not record.exists()


def test_a_push_without_updates_that_broke_is_run_again(kg, door, server, project):
    arguments = ("push", f"{door.root}/store", "--batch", 1000, "--store", project)
    door.faults = ["ok", "ok", "ok", "500"]
    assert kg(*arguments).code == RemoteError.exit_code
    assert there(server) < here(project)
    assert kg(*arguments).code == 0
    assert there(server) == here(project)


def test_what_got_lost_on_the_way_is_noticed(server, tmp_path):
    class Losing(Connection):
        def put(self, triples, graph, *, replace):
            super().put(triples.partition(b"\n")[2], graph, replace=replace)

    lossy = Losing(connect_to(server).addresses, deadline=30)
    EndpointStore(connect_to(server), GRAPH).load([MARK])
    with pytest.raises(RemoteError, match="holds 1 of the 2 triples that it was sent"):
        push_triples([OTHER], lossy, Target(GRAPH, 10), cache=tmp_path)
    assert there(server) == {MARK}


@pytest.mark.parametrize("way", ["data", "both"])
def test_what_is_too_large_goes_in_halves(kg, door, server, built, way):
    door.always = "over:300000"
    done = kg("push", *ways(door.root)[way])
    assert done.code == 0, done.err
    assert there(server) == here(built)
    assert max(len(body) for _, _, body in door.visits) > 300_000


def test_hostile_texts_arrive_as_they_are(server, tmp_path):
    triples = set(
        EmbeddedStore.of(q.triple for q in ox.parse(HOSTILE.read_bytes(), ox.RdfFormat.N_TRIPLES)).triples()
    )
    assert len(triples) > 20
    for number, addresses in enumerate(
        (connect_to(server).addresses, Addresses(f"{server}/query", f"{server}/update"))
    ):
        connection = Connection(addresses, deadline=30)
        push_triples(triples, connection, Target(f"https://x.org/{number}", 7), cache=tmp_path)
        assert there(server, f"https://x.org/{number}") == set(canonical(triples)) | {MARK}


def counted(answer):
    if isinstance(answer, Rows):
        return Counter(map(str, answer.rows)), answer.variables
    return (answer, ()) if isinstance(answer, bool) else (Counter(map(str, canonical(answer))), ())


def test_all_named_queries_give_the_same_rows(kg, server, built):
    assert kg("push", f"{server}/store").code == 0
    remote, asked, rows = EndpointStore(connect_to(server), GRAPH), 0, 0
    with Project.open(built) as project, project.store() as own:
        for query in named_queries():
            params = PARAMETERS.get(query.name, {})
            mine, theirs = (counted(run(store, query.text, params=params)) for store in (own, remote))
            assert mine == theirs, query.name
            asked, rows = asked + 1, rows + sum(mine[0].values())
    assert asked >= 30
    assert rows > 1000


COMMANDS = [
    ("stats",),
    ("timeline",),
    ("conflicts",),
    ("show", "TPLF", "--evidence"),
    ("query", "who-led-which-delegation"),
    ("query", "-q", "ASK { ?s ?p ?o }"),
    ("export", "--format", "nt"),
    ("export", "--view-only"),
    ("graph",),
    ("validate", "--fast"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_say_the_same_of_an_endpoint(kg, server, command):
    assert kg("push", f"{server}/store").code == 0
    own = kg(*command)
    remote = kg(*command, "--store", f"{server}/query")
    assert (own.code, own.out, own.err) == (remote.code, remote.out, remote.err)
    assert own.code == 0
    assert own.out or own.err


def test_the_graph_to_ask_is_set_or_in_the_address(kg, server, monkeypatch):
    EndpointStore(connect_to(server)).load([OTHER])
    ask = ("query", "-q", "SELECT ?o { ?s ?p ?o }", "--store")
    assert kg(*ask, f"{server}/query").out == "o\n"
    assert kg("push", f"{server}/store", "--graph", "https://x.org/g%20h?a=b&c").code == 0
    assert (
        len(kg(*ask, f"{server}/query?default-graph-uri=https%3A%2F%2Fx.org%2Fg%2520h%3Fa%3Db%26c").out)
        > 1000
    )
    monkeypatch.setenv("KG_GRAPH", "default")
    assert kg(*ask, f"{server}/query").out == "o\nnot ours\n"


def test_a_query_stays_on_its_graph_and_only_reads(kg, door):
    for text in ("SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }", "DELETE WHERE { ?s ?p ?o }"):
        done = kg("query", "-q", text, "--store", f"{door.root}/query")
        assert done.code == QueryError.exit_code
    assert door.visits == []


def test_what_a_server_adds_to_a_result_does_no_harm(kg, door, server):
    EndpointStore(connect_to(server), GRAPH).load([MARK, OTHER])
    door.always = "more"
    for text in ("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "ASK { ?s ?p ?o }"):
        wanted = kg("query", "-q", text, "--store", f"{server}/query")
        found = kg("query", "-q", text, "--store", f"{door.root}/query")
        assert (found.code, found.out) == (0, wanted.out)
        assert len(wanted.out) > 3


BAD = {
    "html": ("not a SPARQL result", 4),
    "cut": ("the answer is cut", 4),
    "chunk": ("the answer is cut, or no SPARQL result", 4),
    "junk": ("the answer is cut, or no SPARQL result", 4),
    "none": ("the answer is cut, or no SPARQL result", 4),
    "deep": ("the answer nests more than 64 deep", 4),
    "part": ("gave only a part of the answer", 4),
    "400": ("the query does not parse", 2),
    "401": ("wants other credentials (401 Unauthorized)", 4),
    "403": ("does not allow it (403 Forbidden)", 4),
    "404": ("has nothing at this address (404 Not Found)", 4),
    "405": ("cannot be written or asked so (405 Method Not Allowed)", 4),
    "500": ("failed (500 Internal Server Error)", 4),
    "503": ("is busy (503 Service Unavailable)", 4),
    "redirect:http://localhost:9/": ("redirects (302) to http://localhost:9/, which is not followed", 4),
}


@pytest.mark.parametrize("fault", BAD)
@pytest.mark.parametrize(
    "command", [("query", "chronology"), ("export", "--format", "nt"), ("graph", "-o", "x.html")]
)
def test_a_bad_answer_is_named(kg, door, server, command, fault):
    EndpointStore(connect_to(server), GRAPH).load([MARK, OTHER])
    door.always = fault
    if fault in {"chunk", "cut"} and command[0] == "query":
        command = ("query", "-q", "SELECT * { ?s ?p ?o }")
    if fault == "part" and command[0] == "query":
        command = ("query", "-q", "SELECT ?s { ?s ?p ?o }")
    if fault in {"junk", "none"} and command[0] != "query":
        fault_words, code = "not a SPARQL result", 4
    else:
        fault_words, code = BAD[fault]
    done = kg(*command, "--store", f"{door.root}/query")
    assert fault_words in done.err
    assert f"error: {door.root}/query: " in done.err
    assert done.code == code
    assert done.out == ""
    assert not Path("x.html").exists()


WRITING = {
    "401": "wants other credentials (401 Unauthorized)",
    "403": "does not allow it (403 Forbidden)",
    "404": "has nothing at this address (404 Not Found)",
    "405": "cannot be written or asked so (405 Method Not Allowed)",
    "413": "takes no request of this size (413 Request Entity Too Large)",
    "415": "does not take this kind of data (415 Unsupported Media Type)",
    "500": "failed (500 Internal Server Error)",
    "503": "is busy (503 Service Unavailable)",
    "redirect:http://localhost:9/": "redirects (302) to http://localhost:9/",
}


@pytest.mark.parametrize("fault", WRITING)
@pytest.mark.parametrize("way", ["data", "both"])
def test_a_refusal_to_be_written_is_named(kg, door, server, way, fault):
    door.faults, door.always = ["ok"] * (1 if way == "data" else 2), fault
    done = kg("push", *ways(door.root)[way])
    assert done.code == RemoteError.exit_code
    assert WRITING[fault] in done.err.replace("Content Too Large", "Request Entity Too Large")
    assert "hint: " in done.err
    assert there(server) == set()


@pytest.mark.parametrize("fault", ["drip", "headers", "hang"])
def test_the_deadline_holds_whatever_the_endpoint_does(kg, door, fault):
    door.always = fault
    done = kg("push", f"{door.root}/store", "--deadline", 0.7)
    assert done.code == RemoteError.exit_code
    assert "the deadline of 0.7 s is over" in done.err or "not a SPARQL result" in done.err
    done = kg("query", "chronology", "--limit-seconds", 0.7, "--store", f"{door.root}/query")
    assert done.code == 4
    assert "the query took longer than 0.7 s" in done.err


def test_an_answer_without_end_is_cut_off(door):
    door.always = "big"
    with pytest.raises(RemoteError, match="answered more than 100,000 bytes"):
        EndpointStore(connect_to(door.root, most_bytes=100_000)).query("SELECT * {}")


def test_nobody_there_is_named(kg):
    for command in (
        ("push", "http://127.0.0.1:9/store"),
        ("query", "chronology", "--store", "http://127.0.0.1:9/q"),
    ):
        done = kg(*command)
        assert done.code == RemoteError.exit_code
        assert "cannot be reached" in done.err


def test_credentials_go_where_they_should_and_nowhere_else(kg, login, door, server, port, built):
    with sparql_server.door(port) as elsewhere:
        other = elsewhere.root.replace("127.0.0.1", "localhost")
        door.faults = ["401", f"redirect:{other}/store?apikey=hush-hush"]
        done = kg("push", f"{door.root}/store")
        assert elsewhere.visits == []
    assert done.code == RemoteError.exit_code
    assert f"redirects (302) to {other}/store?apikey=..." in done.err
    assert "Authorization" not in door.visits[0][1]
    assert door.visits[1][1]["Authorization"] == "Basic cmVhZGVyOmh1c2gtaHVzaA=="
    done = kg("push", f"{door.root}/store")
    assert done.code == 0, done.err
    assert there(server) == here(built)


@pytest.mark.parametrize("status", [400, 401, 403, 500])
def test_a_server_that_tells_secrets_is_not_quoted(kg, login, door, project, status):
    door.always = f"echo:{status}"
    done = [
        kg("push", f"{door.root}/store?apikey=key-of-mine", "--store", project),
        kg("push", "--update", f"{door.root}/update?apikey=key-of-mine", "--replace", "--store", project),
        kg("query", "chronology", "--store", f"{door.root}/query?apikey=key-of-mine"),
    ]
    assert all(each.code in {2, 4} for each in done)
    assert all("... at /" in each.err and "apikey=..." in each.err for each in done)
    kept = [path.read_text("utf-8", "replace") for path in (project / "cache").rglob("*") if path.is_file()]
    for text in [*(each.err + each.out for each in done), *kept]:
        assert not [secret for secret in (*SECRETS, "key-of-mine") if secret in text]


def test_a_digest_is_given_where_it_is_asked_for(kg, login, door, server, built):
    door.always = "digest"
    done = kg("push", *ways(door.root)["both"])
    assert done.code == 0, done.err
    assert there(server) == here(built)
    assert not [
        headers for _, headers, _ in door.visits if headers.get("Authorization", "").startswith("Basic")
    ]
    assert "reader" not in done.err


def test_a_token_is_sent_as_it_is(kg, door, monkeypatch):
    monkeypatch.setenv("KG_REMOTE_TOKEN", "tok-123")
    assert kg("query", "chronology", "--store", f"{door.root}/query").code == 0
    assert [headers["Authorization"] for _, headers, _ in door.visits] == ["Bearer tok-123"]


ADDRESSES = {
    "http://reader:hush-hush@127.0.0.1:9/q": "has credentials in the address",
    "http://example.org/q": "credentials are only sent over https",
    "https://exa mple.org/q": "is no http(s) address of an endpoint",
    "http://[::1/q": "is no address",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_will_not_do_is_refused(kg, login, address):
    for command in (
        ("push", address),
        ("push", "--update", address),
        ("query", "chronology", "--store", address),
    ):
        done = kg(*command)
        assert done.code == UsageError.exit_code
        assert ADDRESSES[address] in done.err
        assert "hush-hush" not in done.err
        assert "hint: " in done.err


def test_credentials_for_one_host_are_not_sent_to_two(kg, login, door):
    other = door.root.replace("127.0.0.1", "localhost")
    done = kg("push", f"{door.root}/store", "--query", f"{other}/query")
    assert done.code == UsageError.exit_code
    assert "the addresses are of different hosts" in done.err
    assert door.visits == []


def test_a_proxy_does_not_see_what_stays_on_this_machine(kg, login, door, monkeypatch, port):
    with sparql_server.door(port) as proxy:
        monkeypatch.setenv("http_proxy", proxy.root)
        monkeypatch.delenv("no_proxy", raising=False)
        assert kg("query", "chronology", "--store", f"{door.root}/query").code == 0
        assert proxy.visits == []
    assert len(door.visits) == 2  # whether a digest is wanted, and the query


def test_a_folder_is_wanted_where_one_is_written(kg):
    done = kg("push", "http://127.0.0.1:9/store", "--store", "http://127.0.0.1:9/q")
    assert done.code == ConfigError.exit_code
    assert "is an address, not a folder" in done.err


def secret_file(tmp_path, text, mode=0o600):
    path = tmp_path / "secrets.toml"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_file_has_credentials_by_host(tmp_path):
    path = secret_file(tmp_path, '["a.org"]\nuser = "u"\npassword = "p"\n["b.org:8443"]\ntoken = "t"\n')
    assert login_for("https://a.org/q", path, {}) == Login("u", "p")
    assert login_for("https://b.org:8443/q", path, {}) == Login(token="t")
    assert login_for("https://b.org/q", path, {}) is None
    assert login_for("https://a.org/q", path, {"KG_REMOTE_TOKEN": "e"}) == Login(token="e")
    assert (
        "p" not in repr(Login("u", "p")).partition("Login object")[0].partition(".")[2].partition("Login")[2]
    )


FILES = {
    "others may read": ('["a.org"]\ntoken = "t"', 0o644),
    "not TOML": ("token hush-hush", 0o600),
    "by half": ('["a.org"]\nuser = "hush-hush"', 0o600),
    "a key that is not": ('["a.org"]\ntokn = "hush-hush"', 0o600),
    "no table": ('"a.org" = "hush-hush"', 0o600),
    "cannot be sent": ('["a.org"]\ntoken = "hush-hush\\n"', 0o600),
}


@pytest.mark.parametrize("named", FILES)
def test_a_file_of_credentials_that_will_not_do_is_named_but_not_quoted(tmp_path, named):
    path = secret_file(tmp_path, *FILES[named])
    with pytest.raises(ConfigError, match=named) as caught:
        login_for("https://a.org/q", path, {})
    assert "hush-hush" not in f"{caught.value} {caught.value.hint}"


def test_a_missing_file_of_credentials_is_named(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        login_for("https://a.org/q", tmp_path / "none.toml", {})


def test_the_setting_names_the_file(tmp_path, door, monkeypatch, kg):
    host = door.root.removeprefix("http://")
    path = secret_file(tmp_path, f'["{host}"]\nuser = "reader"\npassword = "hush-hush"\n')
    monkeypatch.setenv("KG_CREDENTIALS", str(path))
    assert kg("query", "chronology", "--store", f"{door.root}/query").code == 0
    assert door.visits[-1][1]["Authorization"].startswith("Basic ")
    assert "hush" not in kg("config").out


def test_secrets_are_hidden_in_every_form():
    url = "https://x.org/q?apikey=a%20b%2Fc&page=7"
    text = "pass Basic dTpzM2NyZXQ= s3cret a b/c a%20b%2Fc page 7"
    assert hidden(text, url, Login("u", "s3cret")) == "pass Basic ... ... ... ... page 7"


def test_without_an_address_for_it_nothing_is_asked_or_changed(server):
    with pytest.raises(UsageError, match="no address for a query is known") as caught:
        EndpointStore(Connection(Addresses(update=f"{server}/update"), deadline=30)).query("ASK {}")
    assert caught.value.hint == "Name it: --query URL"
    with pytest.raises(UsageError, match="no address for a update is known"):
        EndpointStore(Connection(Addresses(f"{server}/query"), deadline=30)).update("CLEAR DEFAULT")


def test_the_deadline_counts_for_all_requests_together(door):
    connection = connect_to(door.root, deadline=0.2)
    time.sleep(0.25)
    with pytest.raises(RemoteError, match=r"the deadline of 0\.2 s is over"):
        EndpointStore(connection).query("ASK {}")
    assert door.visits == []


def test_an_answer_that_drips_ends_in_time(door):
    """In the thread of the request itself, which nobody waits for any more."""
    door.always = "drip"
    wire = Wire("x", 1000)
    found = wire._attempt(urllib.request.Request(f"{door.root}/query"), 0.3, ())
    assert isinstance(found, TimeoutError)


def test_a_connection_that_takes_too_long_is_late_and_not_broken():
    wire = Wire("x", 1000)
    assert isinstance(wire._broken(urllib.error.URLError(TimeoutError("timed out"))), TimeoutError)
    assert isinstance(wire._broken(TimeoutError("timed out")), TimeoutError)


CHALLENGES = {
    "of an unknown kind": 'Digest realm="r", nonce="n", algorithm="SHA-512"',
    "of the whole body": 'Digest realm="r", nonce="n", qop="auth-int"',
    "without a nonce": 'Digest realm="r"',
}


@pytest.mark.parametrize("kind", CHALLENGES)
def test_a_digest_that_cannot_be_given_is_named(kind):
    request = urllib.request.Request("https://x.org/q?apikey=hush-hush")
    with pytest.raises(RemoteError, match="wants a digest of an unknown kind") as caught:
        digest(CHALLENGES[kind], request, ("reader", "hush-hush"))
    assert "KG_REMOTE_TOKEN" in caught.value.hint
    assert "hush-hush" not in str(caught.value.where)


def test_a_refusal_that_breaks_off_is_one_all_the_same():
    """The words of the server are cut in the midst of a chunk; its status counts."""
    answer = b"HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            there, _ = listening.accept()
            with there:
                there.recv(65536)
                there.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/query"
        with pytest.raises(RemoteError, match=r"(?m)failed \(500 Internal Server Error\)$"):
            EndpointStore(Connection(Addresses(address), deadline=30)).query("ASK {}")
        thread.join()


@pytest.mark.parametrize("status", ["500", "418:"])
def test_a_refusal_without_words_is_told_by_its_number(door, status):
    door.always = status
    with pytest.raises(RemoteError, match=rf"(?m)failed \({status[:3]} [^)]+\)$"):
        EndpointStore(connect_to(door.root)).query("ASK {}")


def test_what_a_record_names_is_dropped_only_where_it_is_ours(kg, door, server, project):
    EndpointStore(connect_to(server), "https://x.org/theirs").load([OTHER])
    before = set((project / "cache").glob("push-*.json"))
    arguments = interrupted(kg, door, project, ok=3)
    (record,) = set((project / "cache").glob("push-*.json")) - before
    job = json.loads(record.read_text())
    record.write_text(json.dumps({**job, "staging": "https://x.org/theirs", "digest": "another"}))
    done = kg(*arguments)
    assert done.code == 0, done.err
    assert there(server, "https://x.org/theirs") == {OTHER}
    assert there(server) == here(project)


def test_an_update_of_a_remote_graph_that_changes_nothing_sends_nothing(door):
    store = EndpointStore(connect_to(door.root), GRAPH)
    store.load([OTHER])
    door.visits.clear()
    store.update("DELETE DATA { <https://x.org/none> <https://x.org/b> 1 }")
    assert len(door.visits) == 2  # all triples, and how many there are


def test_blank_nodes_are_not_taken_away_from_afar(server):
    store = EndpointStore(connect_to(server), GRAPH)
    store.load([ox.Triple(ox.BlankNode(), OTHER.predicate, OTHER.object)])
    with pytest.raises(StoreError, match="cannot take away blank nodes"):
        store.update("DELETE WHERE { ?s ?p ?o }")
    assert len(store) == 1


def test_an_endpoint_that_answers_an_ask_with_rows_is_understood(server, monkeypatch):
    """As Virtuoso 7 does: one column of that name, a row for true, none for false."""
    store = EndpointStore(connect_to(server))
    for rows, truth in ((((ox.Literal("1"),),), True), ((), False)):
        monkeypatch.setattr(store, "_rows_of", lambda _, rows=rows: Rows(("__ASK_RETVAL",), rows))
        assert store.query("ASK { ?s ?p ?o }") is truth


def test_a_copy_that_is_shorter_than_what_is_counted_is_refused(server, monkeypatch):
    with EndpointStore(connect_to(server), GRAPH) as store:
        store.load([OTHER, MARK])
        monkeypatch.setattr(EndpointStore, "__len__", lambda _: 3)
        with pytest.raises(RemoteError, match="gave 2 of 3 triples"):
            store.copy()


@pytest.mark.parametrize("count", [ox.Literal("many"), ox.NamedNode("https://x.org/2")])
def test_a_count_that_is_none_is_named(server, monkeypatch, count):
    store = EndpointStore(connect_to(server))
    monkeypatch.setattr(store, "_rows_of", lambda _: Rows(("n",), ((count,),)))
    with pytest.raises(RemoteError, match="no number where triples are counted"):
        len(store)


def test_a_parameter_of_the_address_that_is_no_secret_is_shown():
    assert hidden("page 7 of x", "https://x.org/q?page=7&key=x", None) == "page 7 of x"  # too short to be one


def test_what_takes_too_long_is_left_to_itself():
    ended = threading.Event()
    with pytest.raises(TimeoutError):
        in_time(ended.wait, 0.05, name="slow")
    ended.set()


def test_an_endpoint_that_says_nothing_in_time_is_late(door):
    door.always = "hang"
    with pytest.raises(RemoteError, match=r"the deadline of 0\.3 s is over"):
        EndpointStore(connect_to(door.root, deadline=0.3)).query("ASK {}")


def test_a_push_that_cannot_be_looked_at_starts_over(kg, door, server, project):
    """Where queries are not answered, nobody can tell what is there still of a run before."""
    arguments = ("push", "--update", f"{door.root}/update", "--replace", "--batch", 1000, "--store", project)
    door.faults = ["ok", "ok", "500"]
    assert kg(*arguments).code == RemoteError.exit_code
    done = kg(*arguments)
    assert done.code == 0, done.err
    assert "went on" not in done.err
    assert there(server) == here(project)


def test_a_web_page_is_not_quoted_where_a_refusal_is_told(door):
    door.always = "page"
    with pytest.raises(RemoteError, match=r"(?m)failed \(502 Bad Gateway\)$"):
        EndpointStore(connect_to(door.root)).query("ASK {}")
