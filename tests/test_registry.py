"""What is registered can be found, loaded late, and extended by other packages."""

import json
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg import registry
from kg.errors import DataError, UnknownNameError


@pytest.mark.parametrize("kind", ["exporter", "store"])
def test_everything_built_in_can_be_loaded(kind):
    names = registry.names(kind)
    assert names
    for name in names:
        assert callable(registry.find(kind, name))


def test_an_unknown_name_is_named_with_a_suggestion():
    with pytest.raises(UnknownNameError, match="no exporter named 'turtel'") as caught:
        registry.find("exporter", "turtel")
    assert caught.value.hint == "Did you mean 'turtle'?"


def test_other_packages_can_add_and_cannot_replace(monkeypatch):
    points = [
        EntryPoint("mine", "json:dumps", "kg.exporters"),
        EntryPoint("turtle", "json:loads", "kg.exporters"),
        EntryPoint("broken", "json:nothing", "kg.exporters"),
    ]
    monkeypatch.setattr(
        "importlib.metadata.entry_points", lambda group: points if group == "kg.exporters" else []
    )
    assert registry.find("exporter", "mine") is json.dumps
    assert registry.find("exporter", "turtle") is not json.loads
    assert registry.names("exporter")[-2:] == ("broken", "mine")
    with pytest.raises(DataError, match="cannot be loaded"):
        registry.find("exporter", "broken")


def test_importing_the_registry_imports_nothing_heavy():
    code = "import sys, kg.registry; print({'spacy', 'rdflib', 'pyoxigraph', 'importlib.metadata'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.stdout.strip() == "set()"
