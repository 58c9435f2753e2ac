"""The documentation as a site: it builds strictly, every link leads somewhere, nothing is loaded from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from mkdocs.exceptions import PluginError
from sample_articles import ROOT

from docs.hooks import OPTIONAL, PAPERS, relinked, slug

DOCS = ROOT / "docs"
LOADS = {
    "script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
    "object": "data", "embed": "src", "track": "src", "input": "src", "use": "href", "image": "href",
}  # fmt: skip
"""What makes a browser fetch something, and the attribute that says what."""
NAMED = frozenset(("canonical", "alternate", "prev", "next"))
"""Links in the head that a browser follows only when asked."""
ADDRESSES = re.compile(r"""(?:url\(\s*['"]?|@import\s+['"])((?:https?:)?//[^'")\s]+)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site):
    found = {path: html.parse(str(path)).getroot() for path in sorted(site.rglob("*.html"))}
    assert len(found) >= 30
    return found


def test_every_page_is_in_the_site_and_none_is_left_out(site):
    written = {path.relative_to(DOCS).with_suffix(".html").as_posix() for path in DOCS.rglob("*.md")}
    written |= {Path(uri).with_suffix(".html").as_posix() for uri in PAPERS.values()}
    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html"}
    assert built == written
    assert not list(site.rglob("*.py"))


def test_links_and_anchors_lead_somewhere(pages, site):
    names = {path: set(page.xpath("//@id | //a/@name")) for path, page in pages.items()}
    followed = 0
    for path, page in pages.items():
        for address in page.xpath("//a/@href"):
            parts = urlsplit(address)
            if parts.scheme or path.name == "404.html":
                assert parts.scheme in ("", "https", "http", "mailto"), address
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.relative_to(site)} links to {address}"
            if parts.fragment and target in names:
                assert unquote(parts.fragment) in names[target], (
                    f"{path.relative_to(site)} links to {address}"
                )
            followed += 1
    assert followed > 1000


def loaded(page):
    """Give the addresses that a browser fetches by itself to show a page."""
    for tag, attribute in LOADS.items():
        for each in page.iter(tag):
            if each.get(attribute) is not None and not (tag == "link" and each.get("rel") in NAMED):
                yield each.get(attribute)
    yield from (part for each in page.xpath("//@srcset") for part in each.split())
    for text in page.xpath("//style/text() | //@style"):
        yield from ADDRESSES.findall(text)


def test_no_page_loads_anything_from_elsewhere(pages, site):
    addresses = [(path, address) for path, page in pages.items() for address in loaded(page)]
    assert len(addresses) > 100
    foreign = [(path.name, each) for path, each in addresses if urlsplit(each).netloc]
    assert foreign == []
    styles = list(site.rglob("*.css"))
    assert len(styles) >= 3
    assert [ADDRESSES.findall(path.read_text(encoding="utf-8")) for path in styles] == [[]] * len(styles)


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="stylesheet" href="https://fonts.example/css">',
        '<script src="//cdn.example/a.js"></script>',
        '<img src="http://example.org/a.png">',
        "<style>@import 'https://example.org/a.css'; b { background: url(https://example.org/b) }</style>",
    ],
)
def test_what_is_loaded_from_elsewhere_is_seen(markup):
    page = html.document_fromstring(f"<html><body>{markup}<a href='https://example.org'>x</a></body></html>")
    assert [urlsplit(each).netloc for each in loaded(page)]
    assert all(urlsplit(each).netloc for each in loaded(page))


def test_every_page_has_a_title_a_heading_and_words_for_its_pictures(pages):
    for path, page in pages.items():
        assert page.get("lang") == "en"
        assert page.findtext(".//title").strip()
        if path.name != "404.html":
            assert len(page.xpath("//article//h1")) == 1, path.name
        assert all(image.get("alt", "").strip() for image in page.xpath("//article//img")), path.name


def test_the_search_knows_every_page_and_works_from_a_disk(site, pages):
    index = (site / "search" / "search_index.js").read_text(encoding="utf-8")
    for path in pages:
        address = path.relative_to(site).as_posix()
        assert address == "404.html" or f'"location":"{address}' in index, address
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "assets/iframe-worker.js" in home
    assert "unpkg" not in home


def test_colours_are_those_of_the_pages_that_kg_makes():
    own, other = (
        dict.fromkeys(re.findall(r"--(?:ink|soft|page|card|rule|accent|hover|told): #[0-9a-f]{6}", text))
        for text in (
            (DOCS / "assets/site.css").read_text("utf-8"),
            (ROOT / "kg/web/static/site.css").read_text("utf-8"),
        )
    )
    assert len(own) == 16
    assert own.keys() <= other.keys()


def test_links_out_of_the_documentation_become_pages_or_paths():
    text = "[a](../README.md), [b](../tests/gold/README.md#x), [`cli.py`](../kg/cli.py), [d](../kg/api.py) `[e](../f)`"
    wanted = "[a](index.md), [b](gold.md#x), `cli.py`, d (`kg/api.py`) `[e](../f)`"
    assert relinked(text, "docs/page.md", "page.md") == wanted
    with pytest.raises(PluginError, match="not there"):
        relinked("[a](../kg/no_such.py)", "docs/page.md", "page.md")
    assert relinked("[a](cli.md)", "docs/howto/page.md", "howto/page.md") == "[a](cli.md)"
    assert relinked("[a](docs/cli.md#b)", "CHANGELOG.md", "changelog.md") == "[a](cli.md#b)"
    assert relinked("[a](../cli.md)", "docs/howto/page.md", "howto/page.md") == "[a](../cli.md)"


def test_a_bar_in_the_code_of_a_cell_is_shown_as_a_bar(pages, site):
    words = pages[site / "cli.html"].text_content()
    assert "DIR|URL" in words
    assert "\\|" not in words
    assert "Path | None" in pages[site / "reference" / "python.html"].text_content()


def test_headings_of_commands_are_named_by_the_command():
    assert slug("kg diff [A] [B]", "-") == "kg-diff"
    assert slug("kg kb add LABEL", "-") == "kg-kb-add"
    assert slug("What you take away", "-") == "what-you-take-away"


def test_the_first_page_names_every_page(site, pages):
    named = {urlsplit(each).path for each in pages[site / "index.html"].xpath("//article//a/@href")}
    ours = re.findall(r"([\w/-]+)\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    optional = {name.removesuffix(".md") for name in OPTIONAL}
    assert {f"{name}.html" for name in ours if name not in {"index", *optional}} <= named


def test_only_pages_of_others_may_be_missing():
    named = set(re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    assert set(OPTIONAL) <= named
    assert all((DOCS / name).is_file() or name in PAPERS.values() for name in named - set(OPTIONAL))
