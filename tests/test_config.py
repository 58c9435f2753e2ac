"""Settings come from four places, later ones win, and mistakes are named."""

from dataclasses import fields
from pathlib import Path

import pytest

from kg.config import Settings, load
from kg.errors import ConfigError


def test_defaults_hold_when_nothing_is_said(tmp_path):
    assert load(folder=tmp_path, environ={}) == Settings()
    assert Settings().store == Path("kg-store")


def test_later_places_win(tmp_path):
    (tmp_path / "kg.toml").write_text('store = "from-file"\nworkers = 2\nlimit_seconds = 5\n')
    environ = {"KG_STORE": "from-environment", "KG_WORKERS": "3", "PATH": "/bin", "KG_HOME": "/x"}
    settings = load(folder=tmp_path, environ=environ, explicit={"store": "explicit", "workers": None})
    assert settings.store == Path("explicit")
    assert settings.workers == 3
    assert settings.limit_seconds == 5.0


def test_lists_of_paths(tmp_path):
    (tmp_path / "kg.toml").write_text('kb = ["a", "b"]\n')
    assert load(folder=tmp_path, environ={}).kb == (Path("a"), Path("b"))
    assert load(folder=tmp_path, environ={"KG_KB": "c:d"}).kb == (Path("c"), Path("d"))


CASES = [
    ("stroe = 'x'", {}, "stroe"),
    ("workers = 0", {}, "workers"),
    ("workers = true", {}, "workers"),
    ("limit_seconds = -1", {}, "limit_seconds"),
    ("limit_seconds = nan", {}, "limit_seconds"),
    ("store = 3", {}, "store"),
    ("base = 'no iri'", {}, "base"),
    ("base = 'https://example.org/no-slash'", {}, "base"),
    ("kb = 3", {}, "kb"),
    ("graph = 'no iri'", {}, "graph"),
    ("graph = 'x:y>z'", {}, "graph"),
    ("store = 'https://example.org/sparql'", {}, "store"),
    ("", {"KG_STORE": "http://127.0.0.1/sparql"}, "store"),
    ("model = ''", {}, "model"),
    ("not toml", {}, "cannot be read"),
    ("", {"KG_STROE": "x"}, "stroe"),
    ("", {"KG_WORKERS": "many"}, "workers"),
]


@pytest.mark.parametrize(("text", "environ", "named"), CASES)
def test_names_the_mistake_and_its_place(tmp_path, text, environ, named):
    (tmp_path / "kg.toml").write_text(text)
    with pytest.raises(ConfigError, match=named) as caught:
        load(folder=tmp_path, environ=environ)
    assert caught.value.where is not None
    assert caught.value.exit_code == 2


def test_suggests_the_key_that_was_meant(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load(folder=tmp_path, environ={}, explicit={"limit_second": 3})
    assert caught.value.hint == "Did you mean 'limit_seconds'?"


def test_every_setting_can_be_set_by_the_environment(tmp_path):
    values = {
        "store": "s",
        "base": "https://example.org/",
        "model": "m",
        "kb": "k",
        "format": "csv",
        "workers": "2",
        "limit_seconds": "1.5",
        "graph": "default",
        "credentials": "secrets.toml",
        "cache": "kept",
        "cache_mb": "5",
        "extractors": "one,two",
    }
    assert set(values) == {field.name for field in fields(Settings)}
    for name, value in values.items():
        assert load(folder=tmp_path, environ={f"KG_{name.upper()}": value}) != Settings()
