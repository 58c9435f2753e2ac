"""What a spaCy pipeline is, told from its files: nothing here loads it, nor spaCy."""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.text.annotate import _PUBLISHED_AS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_META = "meta.json"
_HERE = Path(__file__).parent
_CODE = ("annotate.py", "packed.py")
"""What is done around a pipeline, and what is kept of it."""
_LIBRARIES = ("spacy", "thinc")


def model_meta(name: str) -> Mapping[str, Any] | None:
    """Give what a pipeline says of itself, with its version; None where no such package or folder is there."""
    try:
        meta = json.loads((_package(name) or Path(name)).joinpath(_META).read_bytes())
    except (OSError, ValueError):
        return None
    return meta if isinstance(meta, dict) and "version" in meta else None


def annotator(name: str) -> str | None:
    """Name all that makes the annotation of a text: pipeline, spaCy, and our code around it.

    None where no such pipeline is there, or our files are not at hand. A package is known by what it says
    of itself, the figures of its training among it; what lies in a folder may be trained anew at any time,
    so all of that counts.
    """
    if model_meta(name) is None:
        return None
    package, folder = _package(name), Path(name)
    model = [package / _META] if package is not None else sorted(filter(Path.is_file, folder.rglob("*")))
    try:
        parts = [f"{each} {metadata.version(each)}" for each in _LIBRARIES]
        parts += [f"model {_digest(model)}", f"code {_digest(_HERE / own for own in _CODE)}"]
    except (OSError, metadata.PackageNotFoundError):  # packed into one file, or without what pip writes
        return None
    return ", ".join(parts)


def _package(name: str) -> Path | None:
    """Give the folder of an installed pipeline."""
    for package in (name, _PUBLISHED_AS.get(name, name)):
        spec = find_spec(package) if package.isidentifier() else None
        if spec is not None and spec.origin is not None:
            return Path(spec.origin).parent
    return None


def digest(parts: Iterable[bytes]) -> str:
    """Give a digest of several things in their order, wherever one ends and the next begins."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def _digest(paths: Iterable[Path]) -> str:
    return digest(path.read_bytes() for path in paths)
