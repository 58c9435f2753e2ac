"""Write the pages of docs/reference from the code: ``python -m docs.refresh_reference``.

Settings from ``kg.config.Settings``, the Python API from ``kg.__all__`` and what it leads to, frames and lexicon from
``kg.lexicon``. ``tests/test_docs.py`` compares the files with what this gives, so that they cannot fall behind.
"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs.docstrings import inline, notes_of
from docs.lexicon_page import frames
from docs.python_page import python
from kg import config

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).with_name("reference")
_BY = "\nThis page is written by `python -m docs.refresh_reference` from the code.\n"


def pages() -> dict[str, str]:
    """Give the pages by the names of their files."""
    found = {"configuration.md": configuration, "python.md": python, "lexicon.md": frames}
    return {name: _spaced("\n".join(page(_BY))) for name, page in found.items()}


def _spaced(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def configuration(by: str) -> Iterator[str]:
    """Give the page of the settings."""
    yield f"# Settings\n{by}"
    yield (
        "A flag wins over a `KG_*` variable, that over `kg.toml` in the folder you are in, that over the default. `kg config`\n"
        "shows what holds and where it comes from. A key that does not exist is an error, with the one that was likely meant.\n"
    )
    yield '```toml title="kg.toml"\nstore = "muscat-kg"\nkb = ["desk-names.tsv"]\nlimit_seconds = 60\n```\n'
    yield "| key | variable | default | what it is |\n|---|---|---|---|"
    notes = notes_of(config.Settings)
    for field in fields(config.Settings):
        default = _shown(field.name, getattr(config.Settings(), field.name))
        yield f"| `{field.name}` | `KG_{field.name.upper()}` | {default} | {inline(notes[field.name])} |"
    yield (
        "\nIn a variable, the tables of `kb` are separated as the paths in `PATH` are. Further variables: `KG_DEBUG=1` shows the\n"
        "traceback of a bug, `NO_COLOR` leaves colours out. Credentials for endpoints are told in [remote\n"
        "stores](../remote-stores.md#credentials), what is kept in the cache in [the project\n"
        "folder](../project-folder.md#what-is-kept-outside-of-it)."
    )


def _shown(name: str, value: Any) -> str:
    if name == "cache":
        return "`~/.cache/diplomacy-kg`, or where `XDG_CACHE_HOME` says"
    if value in (None, ()):
        return "none"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
