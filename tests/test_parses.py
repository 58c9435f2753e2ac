"""The cache of annotations: private, bounded, shared by any number of processes, and never a reason to fail."""

import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sample_articles import ROOT

from kg.config import Settings
from kg.errors import StoreError
from kg.files import TEMPORARY
from kg.parses import Cache, Contents, key, named, opened, trouble

BLOCK = 4096
SHELVES = 256


def settings(folder, mebibytes=1024):
    return Settings(cache=folder, cache_mb=mebibytes)


@pytest.fixture
def cache(tmp_path):
    found = opened(settings(tmp_path / "user"))
    assert found is not None
    return found


def one(number, shelf="ab"):
    """A key on a shelf."""
    return shelf + hashlib.sha256(str(number).encode()).hexdigest()[2:]


def entry(cache, name):
    return cache.folder / name[:2] / name


def test_what_was_kept_is_given_again(cache):
    assert cache.get(one(1)) is None
    cache.put(one(1), b"first")
    cache.put(one(2), b"")
    assert cache.get(one(1)) == b"first"
    assert cache.get(one(2)) == b""
    cache.put(one(1), b"second")
    assert cache.get(one(1)) == b"second"


def test_nobody_else_can_read_it(tmp_path):
    before = os.umask(0)
    try:
        cache = opened(settings(tmp_path / "cache" / "user"))
        cache.put(one(1), b"private")
    finally:
        os.umask(before)
    found = [cache.folder.parent, cache.folder, *cache.folder.rglob("*")]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in found}
    assert modes == {"user": 0o700, "annotations": 0o700, "ab": 0o700, one(1): 0o600}


def test_a_folder_that_others_could_read_is_closed(tmp_path):
    folder = tmp_path / "annotations"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    assert opened(settings(tmp_path)) is not None
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o720, 0o702])
def test_a_folder_that_others_could_write_is_left_alone(tmp_path, mode):
    folder = tmp_path / "annotations"
    folder.mkdir()
    folder.chmod(mode)
    assert opened(settings(tmp_path)) is None
    assert trouble(folder) == "others may write to it"
    assert stat.S_IMODE(folder.stat().st_mode) == mode


def test_the_folder_of_another_user_is_left_alone(tmp_path, cache, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 4_000_000)
    assert trouble(cache.folder) == "it belongs to another user"
    assert opened(settings(tmp_path / "user")) is None


def test_a_link_or_a_file_is_not_taken_for_the_folder(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (tmp_path / "annotations").symlink_to(elsewhere)
    assert trouble(tmp_path / "annotations") == "it is a link or a file"
    assert opened(settings(tmp_path)) is None
    (tmp_path / "annotations").unlink()
    (tmp_path / "annotations").write_text("")
    assert opened(settings(tmp_path)) is None


def test_where_no_folder_can_be_made_there_is_no_cache(tmp_path):
    (tmp_path / "file").write_text("")
    assert opened(settings(tmp_path / "file")) is None
    assert trouble(tmp_path / "file" / "annotations") == "not a folder"
    looped = tmp_path / "looped"
    looped.symlink_to(looped)
    assert opened(settings(looped)) is None
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone" / "gone")
    assert opened(settings(tmp_path / "nowhere")) is None


def test_it_can_be_off():
    assert named(settings(None)) is None
    assert opened(settings(None)) is None


def test_looking_makes_no_folder(tmp_path):
    cache = named(settings(tmp_path / "user"))
    assert trouble(cache.folder) is None
    assert cache.contents() == Contents(0, 0)
    assert cache.clear() == Contents(0, 0)
    assert list(tmp_path.iterdir()) == []


def test_what_is_damaged_is_not_there(cache):
    cache.put(one(1), b"sound")
    path = entry(cache, one(1))
    whole = path.read_bytes()
    broken = [whole[:size] for size in range(len(whole))]
    broken += [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(len(whole))]
    assert len(broken) == 2 * len(whole) > 40
    for data in (*broken, whole + b"\0"):
        path.write_bytes(data)
        assert cache.get(one(1)) is None
    path.write_bytes(whole)
    assert cache.get(one(1)) == b"sound"


def test_what_lies_in_the_place_of_another_is_not_there(cache):
    cache.put(one(1), b"of the first")
    entry(cache, one(1)).rename(entry(cache, one(2)))
    assert cache.get(one(2)) is None


def test_a_folder_in_the_place_of_an_entry_does_no_harm(cache):
    entry(cache, one(1)).mkdir(parents=True)
    assert cache.get(one(1)) is None
    cache.put(one(1), b"x")
    assert cache.get(one(1)) is None
    assert [path.name for path in entry(cache, one(1)).parent.iterdir()] == [one(1)]


def test_what_was_not_used_for_longest_goes(tmp_path):
    opened(settings(tmp_path))
    small = Cache(tmp_path / "annotations", 3 * BLOCK * SHELVES)
    for number in range(3):
        small.put(one(number), b"x" * 100)
        os.utime(entry(small, one(number)), (number, number))
    assert small.get(one(0)) is not None  # now used last
    small.put(one(3), b"x")
    assert [number for number in range(4) if small.get(one(number)) is None] == [1]
    small.put(one(4, shelf="cd"), b"x")
    assert small.contents() == Contents(4, 4 * BLOCK)


def test_a_large_one_takes_the_room_of_several_and_a_larger_one_none(tmp_path):
    opened(settings(tmp_path))
    small = Cache(tmp_path / "annotations", 4 * BLOCK * SHELVES)
    for number in range(4):
        small.put(one(number), b"x")
        os.utime(entry(small, one(number)), (number, number))
    small.put(one(5), b"x" * 2 * BLOCK)
    assert [number for number in range(6) if small.get(one(number)) is None] == [0, 1, 2, 4]
    small.put(one(6), b"x" * 4 * BLOCK)
    assert small.get(one(6)) is None
    assert small.get(one(5)) is not None


def test_the_limit_is_in_mebibytes(tmp_path):
    assert named(settings(tmp_path, 3)).limit == 3 * 1024 * 1024


def test_clearing_leaves_what_is_not_ours(cache):
    cache.put(one(1), b"x")
    cache.put(one(2, shelf="cd"), b"x")
    left = cache.folder / "ab" / f"{TEMPORARY}99-left"
    left.write_bytes(b"of a killed process")
    others = (cache.folder / "notes.txt", cache.folder / "ab" / "notes.txt", cache.folder.parent / "other")
    for path in others:
        path.write_text("mine")
    assert cache.contents() == Contents(3, 3 * BLOCK)
    assert cache.clear() == Contents(3, 3 * BLOCK)
    assert cache.contents() == Contents(0, 0)
    assert all(path.read_text() == "mine" for path in others)
    assert sorted(path.name for path in cache.folder.iterdir()) == ["ab", "notes.txt"]


def test_what_cannot_be_cleared_is_told(cache):
    entry(cache, one(1)).mkdir(parents=True)
    with pytest.raises(StoreError) as caught:
        cache.clear()
    assert caught.value.where == str(cache.folder)


def run(code, *arguments, **more):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, **more)


FULL = """
import resource, sys
from pathlib import Path
from kg.parses import Cache
cache = Cache(Path(sys.argv[1]), 1 << 30)
cache.put("ab" * 32, b"before")
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
cache.put("cd" * 32, b"x" * 5000)
cache.put("ef" * 32, b"x" * 10)
assert cache.get("ab" * 32) == b"before"
assert cache.get("cd" * 32) is None
assert cache.get("ef" * 32) == b"x" * 10
"""


def test_what_does_not_fit_on_the_disk_is_not_kept(cache):
    assert run(FULL, cache.folder).wait(timeout=60) == 0
    assert [path.name for path in cache.folder.glob("cd/*")] == []


BUSY = """
import hashlib, sys
from pathlib import Path
from kg.parses import Cache
cache, seed, seen = Cache(Path(sys.argv[1]), 8 * 4096 * 256), int(sys.argv[2]), 0
for step in range(1500):
    number = (step * 7 + seed * 13) % 60
    name = "ab" + hashlib.sha256(b"%d" % number).hexdigest()[2:]
    found = cache.get(name)
    assert found in {None, b"%d " % number * 300}, found
    seen += found is not None
    if step % 97 == seed:
        cache.clear()
    cache.put(name, b"%d " % number * 300)
    cache.contents()
print(seen)
"""


def test_processes_at_once_see_whole_entries_or_none(cache):
    busy = [run(BUSY, cache.folder, seed, stdout=subprocess.PIPE) for seed in range(4)]
    told = [process.communicate(timeout=120)[0] for process in busy]
    assert [process.returncode for process in busy] == [0] * 4
    assert sum(map(int, told)) > 100
    assert cache.contents().count <= 8
    assert [path for path in cache.folder.rglob("*") if path.name.startswith(TEMPORARY)] == []


def test_the_key_tells_texts_and_annotators_apart():
    keys = {key("a", "b"), key("b", "a"), key("ab", ""), key("", "ab"), key("\ud800", "b"), key("?", "b")}
    assert len(keys) == 6
    assert all(len(each) == 64 for each in keys)


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"XDG_CACHE_HOME": "/x"}, Path("/x/diplomacy-kg")),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/home/u"}, Path("/home/u/.cache/diplomacy-kg")),
        ({"HOME": "/home/u"}, Path("/home/u/.cache/diplomacy-kg")),
    ],
)
def test_the_folder_is_the_users(monkeypatch, environ, wanted):
    for name in ("XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert Settings().cache == wanted


def test_who_has_no_home_has_no_cache(monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # as it is for a user nobody knows
    assert Settings().cache is None
