"""The command: it starts, says where, ends by Ctrl-C, and names what stands in its way."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from sample_articles import ROOT


@pytest.fixture
def started(built, tmp_path):
    """Start ``kg serve`` in a process of its own; gives it and the address it says."""
    running = []
    # Where the tests themselves run with Ctrl-C ignored, as under nohup, the server must not.
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)

    def start(*arguments):
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        command = [sys.executable, "-m", "kg", "serve", "--store", str(built), "--port", "0", *arguments]
        process = subprocess.Popen(command, env=env, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        running.append(process)
        line = process.stderr.readline()
        found = re.search(r"http://\S+/", line)
        assert found is not None, line
        return process, found[0]

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stderr.close()
    signal.signal(signal.SIGINT, ours)


def fetched(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_serves_and_ends_cleanly(started, how):
    process, url = started()
    assert b'"ok"' in fetched(f"{url}health")
    workers = workers_of(process.pid)
    assert len(workers) == 4
    process.send_signal(how)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == (0 if how == signal.SIGINT else -signal.SIGTERM)
    assert said == ("ended\n" if how == signal.SIGINT else "")
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_it_ends_while_a_query_runs(started):
    process, url = started("--limit-seconds", "600")
    fetched(f"{url}health")
    port = int(url.rpartition(":")[2].strip("/"))
    slow = "SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fa%20%3Fb%20%3Fc.%3Fd%20%3Fe%20%3Ff.%3Fg%20%3Fh%20%3Fi%7D"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as caller:
        caller.sendall(f"GET /sparql?query={slow} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert b'"ok"' in fetched(f"{url}health")
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 0
    assert said == "ended\n"


def test_an_address_that_others_can_reach_is_told_so(started):
    process, url = started("--host", "0.0.0.0")
    assert url.startswith("http://127.0.0.1:")
    assert "Everybody who can reach this machine can read" in process.stderr.readline()
    assert b'"ok"' in fetched(f"{url}health")


def test_a_port_in_use_is_a_named_error(kg):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = kg("serve", "--port", port)
    assert (ran.code, ran.out) == (2, "")
    assert f"cannot listen on 127.0.0.1, port {port}: address already in use" in ran.err
    assert "hint: Choose another: --port" in ran.err


def test_a_host_that_is_not_here_is_a_named_error(kg):
    ran = kg("serve", "--host", "no such host")
    assert ran.code == 2
    assert "no address of this machine is called 'no such host'" in ran.err


@pytest.mark.parametrize("missing", ["starlette", "uvicorn"])
def test_a_missing_extra_is_a_named_error(kg, monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    ran = kg("serve")
    assert ran.code == 2
    assert ran.err == (
        "error: kg serve needs starlette and uvicorn\nhint: Install it: pip install 'diplomacy-kg[web]'\n"
    )


def test_no_project_and_no_graph_are_named_errors(kg, tmp_path):
    from kg.project import Project  # noqa: PLC0415

    ran = kg("serve", "--store", tmp_path / "nowhere")
    assert (ran.code, "there is no project folder" in ran.err) == (3, True)
    Project.open(tmp_path / "empty", create=True).close()
    ran = kg("serve", "--store", tmp_path / "empty")
    assert (ran.code, "there is no graph yet" in ran.err) == (3, True)
    assert "hint: Build one first: kg build" in ran.err


def test_help_needs_no_extra(kg, monkeypatch):
    monkeypatch.setitem(sys.modules, "starlette", None)
    ran = kg("serve", "--help")
    assert ran.code == 0
    assert "/sparql" in ran.out


def workers_of(parent):
    """The processes that a process has started."""
    found = []
    for thread in Path(f"/proc/{parent}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread may end while they are counted
            found += (thread / "children").read_text().split()
    return found


class NoServer:
    """Stands for the server, which would run for ever."""

    def run(self, sockets):
        raise KeyboardInterrupt


def test_it_says_who_can_read_it_and_where_to_open_it(kg, monkeypatch):
    asked = []
    monkeypatch.setattr("webbrowser.open", lambda url: asked.append(url) or False)
    monkeypatch.setattr("kg.web.run.make_server", lambda *_, **__: NoServer())
    ran = kg("serve", "--host", "0.0.0.0", "--port", "0", "--open")
    assert ran.code == 0, ran.err
    assert "Everybody who can reach this machine can read the graph" in ran.err
    assert "No browser could be started; open the address by hand." in ran.err
    assert ran.err.endswith("ended\n")
    assert len(asked) == 1
    kg("serve", "--port", "0", "--open")
    assert len(asked) == 2
