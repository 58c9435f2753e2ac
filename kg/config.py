"""Settings: what is the default, what ``kg.toml`` says, what ``KG_*`` says, what was asked for."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.addresses import is_address
from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "kg.toml"
OFF = "off"
"""What ``cache`` is set to where nothing shall be kept."""


def _user_cache() -> Path | None:
    """Give the folder for what the user's programs can compute again (XDG); None where nobody says where that is."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / "diplomacy-kg"
    try:
        return Path.home() / ".cache" / "diplomacy-kg"
    except RuntimeError:  # no HOME, and no entry in the list of users
        return None


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set. ``base`` ends in ``/`` or ``#``; the limit is in seconds."""

    store: Path = Path("kg-store")
    """The project folder."""
    base: str = "https://w3id.org/diplomacy-kg/id/"
    """What the names of things begin with, an IRI that ends in ``/`` or ``#``."""
    model: str = "en_core_web_sm"
    """The spaCy pipeline that reads, by its name or its folder."""
    kb: tuple[Path, ...] = ()
    """Tables (TSV) of names of your own, over those known."""
    format: str = "auto"
    """How answers are written; ``auto``: as the file is named, else a table on a terminal, CSV in a pipe."""
    workers: int | None = None
    """Processes that read; None: as many as there are processors, where there is work for them."""
    limit_seconds: float = 30.0
    """How long a query may take, in seconds."""
    graph: str = "https://w3id.org/diplomacy-kg/graph"
    """The graph of an endpoint that is read and written; ``default`` is its default graph."""
    credentials: Path | None = None
    """A file with credentials for endpoints."""
    cache: Path | None = field(default_factory=_user_cache)
    """Where the annotations of texts are kept for all projects; None (``off``) keeps none."""
    cache_mb: int = 1024
    """How much they may take up on disk, in MiB."""
    extractors: tuple[str, ...] = ()
    """Extractors of other packages, by the names of their entry points, that read besides the frames."""


def load(
    *,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
    explicit: Mapping[str, Any] | None = None,
) -> Settings:
    """Give the settings that hold in a folder; an explicit value of None counts as not given.

    Raises:
        ConfigError: a key does not exist, or a value does not fit.
    """
    settings = Settings()
    path = (Path.cwd() if folder is None else folder) / FILE
    settings = _with(settings, _file(path), str(path))
    settings = _with(settings, _environment(os.environ if environ is None else environ), "the environment")
    given = {key: value for key, value in (explicit or {}).items() if value is not None}
    return _with(settings, given, "the command line")


def _file(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the settings cannot be read: {error}", where=str(path)) from error
    import tomllib  # noqa: PLC0415  (most folders have no such file)

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"the settings cannot be read: {error}", where=str(path)) from error


def _environment(environ: Mapping[str, str]) -> dict[str, Any]:
    # Only these: KG_ may be the prefix of other programs too, so an unknown name is no error here
    # unless it looks like one of ours misspelt.
    found: dict[str, Any] = {}
    for name in sorted(environ):
        if not name.startswith("KG_"):
            continue
        key = name.removeprefix("KG_").lower()
        if key in _NAMES or _near(key, 0.8):
            found[key] = environ[name]
    return found


def _near(key: str, cutoff: float) -> list[str]:
    """Give the setting that is spelled much like this, if there is one."""
    from difflib import get_close_matches  # noqa: PLC0415  (needed only for what is no setting)

    return get_close_matches(key, _NAMES, n=1, cutoff=cutoff)


def _with(settings: Settings, values: Mapping[str, Any], where: str) -> Settings:
    changes = {}
    for key, value in values.items():
        if key not in _NAMES:
            near = _near(key, 0.6)
            hint = f"Did you mean {near[0]!r}?" if near else f"Choose one of: {', '.join(_NAMES)}."
            raise ConfigError(f"no setting named {key!r}", where=where, hint=hint)
        changes[key] = _READERS[key](key, value, where)
    return replace(settings, **changes)


def _path(key: str, value: Any, where: str) -> Path:
    if isinstance(value, Path):
        return value
    return Path(_text(key, value, where)).expanduser()


def _path_or_off(key: str, value: Any, where: str) -> Path | None:
    return None if value == OFF else _path(key, value, where)


def _paths(key: str, value: Any, where: str) -> tuple[Path, ...]:
    parts = value.split(os.pathsep) if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise _misfit(key, value, where, "a list of paths")
    return tuple(_path(key, part, where) for part in parts if part != "")


def _names(key: str, value: Any, where: str) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise _misfit(key, value, where, "a list of names")
    return tuple(_text(key, part, where).strip() for part in parts if part != "")


def _text(key: str, value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _misfit(key, value, where, "a text that is not empty")
    return value


def _base(key: str, value: Any, where: str) -> str:
    text = _text(key, value, where)
    bad = any(char in '<>"{}|^`\\' or char.isspace() for char in text)
    if bad or "://" not in text or not text.endswith(("/", "#")):
        raise _misfit(key, value, where, "an absolute IRI that ends in / or #")
    return text


def _graph(key: str, value: Any, where: str) -> str:
    text = _text(key, value, where)
    bad = any(char in '<>"{}|^`\\' or char.isspace() for char in text)
    if text != "default" and (bad or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", text) is None):
        raise _misfit(key, value, where, "an absolute IRI, or default")
    return text


def _folder(key: str, value: Any, where: str) -> Path:
    if is_address(str(value)):
        hint = "An endpoint is named on the command that reads it: --store URL"
        raise ConfigError(f"the setting {key!r} is an address, not a folder", where=where, hint=hint)
    return _path(key, value, where)


def _count(key: str, value: Any, where: str) -> int:
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise _misfit(key, value, where, "a whole number of 1 or more")
    return value


def _seconds(key: str, value: Any, where: str) -> float:
    try:
        number = float("nan") if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if not 0 < number < float("inf"):
        raise _misfit(key, value, where, "a number of seconds above 0")
    return number


def _misfit(key: str, value: Any, where: str, wanted: str) -> ConfigError:
    return ConfigError(
        f"the setting {key!r} has the value {value!r}", where=where, hint=f"Expected: {wanted}."
    )


_READERS: Mapping[str, Any] = {
    "store": _folder,
    "base": _base,
    "model": _text,
    "kb": _paths,
    "format": _text,
    "workers": _count,
    "limit_seconds": _seconds,
    "graph": _graph,
    "credentials": _path,
    "cache": _path_or_off,
    "cache_mb": _count,
    "extractors": _names,
}
_NAMES = tuple(field.name for field in fields(Settings))
assert set(_NAMES) == set(_READERS)
