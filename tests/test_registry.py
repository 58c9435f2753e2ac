"""What is registered can be found, loaded late, and extended by other packages."""

import json
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg import registry, versions
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


def test_what_is_registered_is_known_by_its_code(tmp_path, monkeypatch):
    (tmp_path / "one_module.py").write_text("def extract(scene): ...\n")
    (tmp_path / "whole_package").mkdir()
    (tmp_path / "whole_package" / "__init__.py").touch()
    (tmp_path / "whole_package" / "inside.py").write_text("def extract(scene): ...\n")
    points = [
        EntryPoint("module", "one_module:extract", "kg.extractors"),
        EntryPoint("package", "whole_package.inside:extract", "kg.extractors"),
        EntryPoint("gone", "no_such_module:extract", "kg.extractors"),
    ]
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(
        "importlib.metadata.entry_points", lambda group: points if group == "kg.extractors" else []
    )
    before = {name: registry.digest_of("extractor", name) for name in ("module", "package")}
    assert before == {name: registry.digest_of("extractor", name) for name in ("module", "package")}
    for path in tmp_path.rglob("*.py"):
        path.write_text(path.read_text() + "# changed\n")
    after = {name: registry.digest_of("extractor", name) for name in ("module", "package")}
    assert before["module"] != after["module"]
    assert before["package"] != after["package"]
    with pytest.raises(DataError, match="cannot be found"):
        registry.digest_of("extractor", "gone")
    with pytest.raises(UnknownNameError, match="no extractor named 'modul'"):
        registry.digest_of("extractor", "modul")
    assert f", module {after['module']}, kb " in versions.reader(model="m", extractors=("module",))
