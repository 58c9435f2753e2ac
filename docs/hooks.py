"""What MkDocs is told beside ``mkdocs.yml``: which pages there are, where links lead, how headings are named.

Papers that lie elsewhere in the repository (CONTRIBUTING, the README of the gold texts) become pages. A link to a
file that is no page becomes the path of the file, so that nothing leads out of the site into nowhere.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from pymdownx.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]

PAPERS = {
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "seeds/README.md": "sample-corpus.md",
    "seeds/kb/README.md": "knowledge-base.md",
    "tests/gold/README.md": "gold.md",
}
"""Papers of the repository that are pages of the site, by their paths."""

PLACES = {**PAPERS, "README.md": "index.md"}
OPTIONAL = (
    "citing.md",
    "cookbook.md",
    "installing.md",
    "interoperability.md",
    "licences.md",
    "notebooks.md",
    "ontology/index.md",
)
"""Pages that may be missing; all others of the nav must be there."""

_LINK = re.compile(
    r"""(?P<code>^\ *(?:```|~~~).*?^\ *(?:```|~~~)\ *$ | `[^`\n]+`) |
        (?P<picture>!?) \[ (?P<text>(?:[^\[\]]|\[[^\]]*\])*) \]\( (?P<target>[^)\s]+) \)""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
"""Code, in which nothing is a link, or a link."""
_CELL_CODE = re.compile(r"(?<=<code>)[^<]{25,}(?=</code>(?:(?!<t[dr]).)*</td>)")
_SHORT_CODE = re.compile(r"<code>([^<\n]{1,24})</code>")
_ROW, _CODE = re.compile(r"^\|.*$", re.MULTILINE), re.compile(r"`[^`]+`")
_COMMAND = re.compile(r"kg(?: [a-z]+)+")
_SLUG = slugify(case="lower")


def on_config(config: MkDocsConfig) -> None:
    """Leave out pages that are not there yet, list those of folders, and name the headings of commands."""
    docs = Path(config.docs_dir)
    nav = list(_entries(config.nav, docs))
    named = set(_uris(nav))
    more = sorted(
        uri for path in docs.rglob("*.md") if (uri := path.relative_to(docs).as_posix()) not in named
    )
    config.nav = [*nav, {"More": more}] if more else nav
    config.mdx_configs.setdefault("toc", {})["slugify"] = slug


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the papers that lie elsewhere in the repository."""
    for paper, uri in PAPERS.items():
        text = relinked((ROOT / paper).read_text(encoding="utf-8"), paper, uri)
        files.append(File.generated(config, uri, content=text))


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Let links lead to pages alone."""
    uri = page.file.src_uri
    text = markdown if uri in PAPERS.values() else relinked(markdown, f"docs/{uri}", uri)
    # In the code of a cell GitHub wants a bar with a backslash before it; here that would be shown.
    return _ROW.sub(lambda row: _CODE.sub(lambda code: code[0].replace("\\|", "|"), row[0]), text)


def on_page_content(html: str, **_: Any) -> str:
    """Let an empty cell of a head be no heading, and names in cells be broken behind their marks alone."""
    html = _SHORT_CODE.sub(r'<code class="short">\1</code>', html)
    told = re.sub(r"<th(?: style=[^>]*)?></th>", "<td></td>", html)
    return _CELL_CODE.sub(lambda found: re.sub(r"(?<=[/_|])(?=\w)", "<wbr>", found[0]), told)


def slug(text: str, separator: str) -> str:
    """Name a heading: a command by its words, without what it takes."""
    command = _COMMAND.match(text)
    return str(_SLUG(text if command is None else command[0], separator))


def relinked(markdown: str, paper: str, uri: str) -> str:
    """Give the text of a paper (a path in the repository) with its links as they are on the page ``uri``."""

    def link(found: re.Match[str]) -> str:
        text, target = found["text"], found["target"]
        if found["code"] or "://" in target or target.startswith(("#", "mailto:")):
            return found[0]
        file, mark, anchor = target.partition("#")
        path = normpath(join(dirname(paper), file))
        place = path.removeprefix("docs/") if path.startswith("docs/") else PLACES.get(path)
        if place is None and not (ROOT / path).exists():
            raise PluginError(f"{paper} links to {target}, which is not there")
        if place is None:
            return f"`{text.strip('`')}`" if path.endswith(text.strip("`")) else f"{text} (`{path}`)"
        return f"{found['picture']}[{text}]({relpath(place, dirname(uri) or '.')}{mark}{anchor})"

    return _LINK.sub(link, markdown)


def _entries(nav: list[Any], docs: Path) -> Iterator[Any]:
    for entry in nav:
        title, value = next(iter(entry.items())) if isinstance(entry, dict) else (None, entry)
        if isinstance(value, list):
            inner = list(_entries(value, docs))
            if inner:
                yield {title: inner}
        elif value.endswith("/*"):
            yield from _others(docs / value[:-2], docs)
        elif value not in OPTIONAL or (docs / value).is_file():
            yield entry


def _uris(nav: list[Any]) -> Iterator[str]:
    for entry in nav:
        value = next(iter(entry.values())) if isinstance(entry, dict) else entry
        yield from _uris(value) if isinstance(value, list) else (value,)


def _others(folder: Path, docs: Path) -> Iterator[str]:
    yield from (
        str(path.relative_to(docs).as_posix())
        for path in sorted(folder.rglob("*.md"))
        if path.name != "index.md"
    )
