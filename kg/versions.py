"""What reads and what builds, as versions that change whenever an outcome could change.

Nothing here imports spaCy: a build in which nothing has changed ends without it.
"""

from __future__ import annotations

from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from kg import registry
from kg.errors import DataError
from kg.text.annotate import _PUBLISHED_AS
from kg.text.models import digest, model_meta
from kg.vocab import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HERE = Path(__file__).parent
_READING = ("text/*.py", "pipeline.py", "kb*.py", "lexicon.py", "folding.py", "model.py")
_BUILDING = ("graph/*.py", "vocab.py", "terms.py", "model.py")


def _package() -> str:
    try:
        return metadata.version("diplomacy-kg")
    except metadata.PackageNotFoundError:
        return "0.1.0"


PACKAGE = _package()
"""The version of the package."""


def reader(*, model: str, kb: Sequence[Path] = (), extractors: Sequence[str] = ()) -> str:
    """Name what reads: package and a digest of its rules, language model, further extractors, knowledge base."""
    more = "".join(f"{name} {registry.digest_of('extractor', name)}, " for name in extractors)
    return (
        f"diplomacy-kg {PACKAGE} rules {_rules()}, {model} {model_version(model) or '?'}, "
        f"{more}kb {kb_version(kb)}"
    )


@cache
def _rules() -> str:
    """Give 8 hex digits of the code and the frames that read."""
    code = (path for pattern in _READING for path in sorted(_HERE.glob(pattern)))
    frames = sorted((data_folder("ontology") / "lexicon").rglob("*.toml"))
    return _digest(_bytes([*code, *frames]))


@cache
def builder() -> str:
    """Give 8 hex digits of the code and the ontology that make a graph of readings."""
    code = (path for pattern in _BUILDING for path in sorted(_HERE.glob(pattern)))
    return _digest(_bytes([*code, data_folder("ontology") / "diplomacy.ttl"]))


def kb_version(extra: Sequence[Path] = ()) -> str:
    """Name the knowledge base: the day of its facts, and 8 hex digits of the user's own tables.

    Raises:
        DataError: a table cannot be read.
    """
    shipped = (data_folder("kb") / "VERSION").read_text(encoding="utf-8").strip()
    return f"{shipped}+{_digest(_bytes(extra))}" if extra else shipped


def model_version(name: str) -> str | None:
    """Give the version of a spaCy pipeline, None where no such package or folder is there."""
    meta = model_meta(name)
    return None if meta is None else str(meta["version"])


def _bytes(paths: Iterable[Path]) -> Iterable[bytes]:
    for path in paths:
        try:
            yield path.read_bytes()
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            raise DataError(
                what, where=str(path), hint="Check the path that --kb or kg.toml gives."
            ) from error


def _digest(parts: Iterable[bytes]) -> str:
    return digest(parts)[:8]


def model_package(name: str) -> str:
    """Give the name under which PyPI has a spaCy pipeline."""
    return _PUBLISHED_AS.get(name, name).replace("_", "-")
