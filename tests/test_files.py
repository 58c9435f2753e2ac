"""Files are written whole or not at all."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kg import files
from kg.errors import StoreError


def test_a_failure_leaves_the_old_file(tmp_path):
    path = tmp_path / "graph.ttl"
    files.write(path, b"old")

    def fail():
        with files.writing(path) as stream:
            stream.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_killed_writer_leaves_the_old_file_and_its_stray_is_swept(tmp_path):
    path = tmp_path / "graph.ttl"
    files.write(path, b"old")
    code = (
        "import os, signal, sys; from pathlib import Path; from kg import files\n"
        "with files.writing(Path(sys.argv[1])) as stream:\n"
        "    stream.write(b'half'); stream.flush(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False, cwd=Path(__file__).parents[1])
    assert done.returncode == -9
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    files.write(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_link_stays_a_link(tmp_path):
    real = tmp_path / "real.ttl"
    real.write_bytes(b"old")
    link = tmp_path / "link.ttl"
    link.symlink_to(real)
    files.write(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_the_file_is_as_readable_as_any_other(tmp_path):
    files.write(tmp_path / "a", b"x")
    (tmp_path / "b").write_bytes(b"x")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == stat.S_IMODE((tmp_path / "b").stat().st_mode)


def test_a_device_is_written_as_it_is():
    files.write(Path(os.devnull), b"x")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("place", "what"),
    [("none/graph.ttl", "no such folder"), (".", "is a folder"), ("file/graph.ttl", "not a folder")],
)
def test_names_what_is_wrong_with_the_place(tmp_path, place, what):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match=what) as caught:
        files.write(tmp_path / place, b"x")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("number", "what"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "permission"),
        (errno.EFBIG, "larger than may"),
    ],
)
def test_names_what_the_system_refuses(number, what):
    error = files.store_error(OSError(number, "x"), "/some/place")
    assert what in str(error)
    assert error.exit_code == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_named():
    with pytest.raises(StoreError, match="disk is full"):
        files.write(Path("/dev/full"), b"x" * 100)


def test_a_disk_that_fills_up_leaves_the_old_graph(tmp_path):
    """The size of files is limited in a process of its own, so that the database cannot be written."""
    code = (
        "import resource, signal, sys; import pyoxigraph as ox; from pathlib import Path\n"
        "from kg.errors import StoreError; from kg.graph.store import EmbeddedStore\n"
        "n = ox.NamedNode\n"
        "def some(count): return [ox.Triple(n(f'https://x.org/{i}'), n('https://x.org/p'), ox.Literal('x' * 99 + str(i))) for i in range(count)]\n"
        "with EmbeddedStore(Path(sys.argv[1])) as store:\n"
        "    store.replace(some(5))\n"
        "    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "    try: store.replace(some(20_000))\n"
        "    except StoreError as error: print('named', len(store))\n"
        "with EmbeddedStore(Path(sys.argv[1]), readonly=True) as store: print(len(store))\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "s")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert done.stdout.splitlines() == ["named 5", "5"], done.stderr


@pytest.mark.parametrize("owner", ["9" * 30, "\u00b2", "x", ""])
def test_a_stray_of_no_process_stops_nothing(tmp_path, owner):
    stray = tmp_path / f".kg-tmp-{owner}-1"
    stray.write_bytes(b"half")
    files.write(tmp_path / "graph.ttl", b"new")
    assert (tmp_path / "graph.ttl").read_bytes() == b"new"
    assert stray.exists() == (not owner.isdecimal())


def test_what_a_process_of_somebody_else_writes_is_left_alone(tmp_path, monkeypatch):
    def refuse(process, number):
        raise PermissionError(errno.EPERM, "not yours")

    stray = tmp_path / ".kg-tmp-77-1"
    stray.write_bytes(b"half")
    monkeypatch.setattr(files.os, "kill", refuse)
    files.write(tmp_path / "graph.ttl", b"new")
    assert stray.exists()


def test_a_pipe_that_nobody_reads_is_left_to_the_command_line(tmp_path):
    def write():
        with files.writing(tmp_path / "graph.ttl"):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        write()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_cannot_be_made_is_named(tmp_path):
    with pytest.raises(StoreError, match="no such folder"):
        files.lock(tmp_path / "none" / "lock")
