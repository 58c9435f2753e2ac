"""Credentials for endpoints of others: from the environment or a file, for one host, and never shown."""

from __future__ import annotations

import base64
import os
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlsplit

from kg.addresses import SECRET
from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_USER, _PASSWORD, _TOKEN = "KG_REMOTE_USER", "KG_REMOTE_PASSWORD", "KG_REMOTE_TOKEN"
_HOW = 'Write: ["sparql.example.org"], and under it user = "…" and password = "…", or token = "…".'
_SHORTEST = 3  # letters: what is shorter is not looked for in what a server says


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """A user with a password, or a token."""

    user: str = ""
    password: str = ""
    token: str = ""

    @property
    def header(self) -> str:
        """The value of the Authorization header."""
        if self.token:
            return f"Bearer {self.token}"
        return f"Basic {base64.b64encode(f'{self.user}:{self.password}'.encode()).decode()}"

    @property
    def pair(self) -> tuple[str, str] | None:
        """User and password, None for a token."""
        return None if self.token else (self.user, self.password)

    def secrets(self) -> tuple[str, ...]:
        """List what must not be shown."""
        return tuple(each for each in (self.token, self.password, self.header.partition(" ")[2]) if each)


def login_for(url: str, file: Path | None, environ: Mapping[str, str]) -> Login | None:
    """Give the credentials for an address: those of the environment, else those the file has for its host.

    Raises:
        ConfigError: only a half is set, the file cannot be read or others may read it, or a value cannot be sent.
    """
    user, password, token = (environ.get(name, "") for name in (_USER, _PASSWORD, _TOKEN))
    if user or password or token:
        return _login({"user": user, "password": password, "token": token}, "the environment")
    if file is None:
        return None
    parts = urlsplit(url)
    hosts = _read(file)
    entry = hosts.get(parts.netloc.lower(), hosts.get((parts.hostname or "").lower()))
    if entry is None:
        return None
    if not isinstance(entry, dict):
        raise ConfigError("is no table of credentials", where=str(file), hint=_HOW)
    return _login(entry, str(file))


def hidden(text: str, url: str, login: Login | None) -> str:
    """Give what a server said without the secrets that were sent to it."""
    secrets = list(login.secrets()) if login is not None else []
    for name, value in parse_qsl(urlsplit(url).query):
        if SECRET.search(name):
            secrets += [value, quote(value), quote(value, safe="")]
    for secret in sorted(set(secrets), key=len, reverse=True):
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, "...")
    return text


def _login(values: Mapping[str, object], where: str) -> Login:
    user, password, token = (str(values.get(name, "")) for name in ("user", "password", "token"))
    if set(values) - {"user", "password", "token"}:
        raise ConfigError("has a key that is not user, password or token", where=where, hint=_HOW)
    if not token and not (user and password):
        hint = f"Set {_USER} and {_PASSWORD}, or {_TOKEN}."
        raise ConfigError("credentials are set by half", where=where, hint=hint)
    if ":" in user or not all(each.isprintable() for each in (user, password, token)) or not token.isascii():
        raise ConfigError("the credentials hold signs that cannot be sent", where=where, hint=_HOW)
    return Login(user, password, token)


def _read(file: Path) -> dict[str, object]:
    try:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            hint = f"chmod 600 {file}"
            raise ConfigError("others may read the file of credentials", where=str(file), hint=hint)
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        hint = "See the setting 'credentials' (kg config)."
        raise ConfigError(
            f"the credentials cannot be read: {error.strerror}", where=str(file), hint=hint
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        # Not the parser's words: they may quote the line.
        raise ConfigError("the credentials are not TOML", where=str(file), hint=_HOW) from None
    return {str(host).lower(): entry for host, entry in found.items()}
