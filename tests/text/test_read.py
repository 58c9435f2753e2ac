"""Reading: every kind of source gives articles; every bad one gives one named error and no more."""

import hashlib
import io
import json
import os
import re
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, LanguageError
from kg.model import Article
from kg.text import sources
from kg.text.dateline import parse_day, published_in
from kg.text.encoding import decode
from kg.text.fetch import _SameOrSafer, fetch, redacted
from kg.text.frontmatter import read_front_matter
from kg.text.htmltree import is_deep, parse, plain, shallow, without_data_tables
from kg.text.read import Refusal, read_articles, read_with_paths
from kg.text.sources import limited_input, standard_input

PROSE = (
    "Negotiators from both camps opened a second day of talks in Doha on Tuesday. "
    "The mediators said that a draft on prisoners was close to being agreed, and that they will meet again."
)


def read(*sources: str | Path, stdin: bytes | None = None) -> list[Article | Refusal]:
    return list(read_articles([str(s) for s in sources], stdin=None if stdin is None else io.BytesIO(stdin)))


def one(*sources: str | Path, stdin: bytes | None = None) -> Article:
    (item,) = read(*sources, stdin=stdin)
    assert isinstance(item, Article), item
    return item


def refused(*sources: str | Path, stdin: bytes | None = None) -> InputError:
    (item,) = read(*sources, stdin=stdin)
    assert isinstance(item, Refusal), item
    assert item.error.hint, item.error
    assert item.error.where, item.error
    return item.error


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# What is read.


def test_plain_text_is_given_as_it_is(tmp_path: Path) -> None:
    text = f"Rebels Meet Government\r\n\r\n{PROSE}\r\n"
    article = one(put(tmp_path, "talks.txt", text))
    assert article.text == text
    assert (article.id, article.title, article.published) == ("talks", "Rebels Meet Government", None)
    assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks(tmp_path: Path, encoding: str) -> None:
    assert one(put(tmp_path, "a.txt", f"Türkiye. {PROSE}".encode(encoding))).text == f"Türkiye. {PROSE}"


def test_front_matter(tmp_path: Path) -> None:
    text = f"---\ntitle: \"Talks: day two\"\ndate: 2024-03-05\npublisher: 'The Gazette'\nurl: https://example.org/a\nid: g-1\nlanguage: en\n---\n\n{PROSE}\n"
    article = one(put(tmp_path, "a.md", text))
    assert article == Article(
        id="g-1",
        text=text,
        title="Talks: day two",
        published=date(2024, 3, 5),
        publisher="The Gazette",
        url="https://example.org/a",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def test_a_rule_across_the_page_is_no_front_matter(tmp_path: Path) -> None:
    assert one(put(tmp_path, "a.md", f"---\n\n{PROSE}\n")).title is None


def test_html(tmp_path: Path) -> None:
    page = (
        '<html><head><title>Talks resume | Gazette</title><meta property="og:title" content="Talks resume">'
        '<meta property="article:published_time" content="2024-03-05T10:00:00+01:00">'
        '<meta property="og:site_name" content="The Gazette"></head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>Talks resume</h1><p>{PROSE}</p><p>{PROSE.upper()}</p></article>"
        "<script>var x = 'evil';</script></body></html>"
    )
    article = one(put(tmp_path, "page.html", page))
    assert (article.title, article.published, article.publisher) == (
        "Talks resume",
        date(2024, 3, 5),
        "The Gazette",
    )
    assert PROSE in article.text
    assert "<" not in article.text
    assert "evil" not in article.text


def test_html_in_its_own_encoding(tmp_path: Path) -> None:
    page = f'<html><head><meta charset="windows-1252"></head><body><p>M\xfcller. {PROSE}</p></body></html>'
    assert "Müller" in one(put(tmp_path, "a.htm", page.encode("cp1252"))).text


def test_a_fragment_of_html(tmp_path: Path) -> None:
    assert one(put(tmp_path, "a.html", f"<h2>Talks</h2><p>{PROSE}</p><nav>Home</nav>")).text.count(PROSE) == 1


PATHOLOGICAL = (
    "<div>",
    "<",
    "<!--",
    '<p title="',
    "<meta charset",
    "<script>",
    "<![CDATA[",
    "&",
    "<table><tr><td>",
)


@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_broken_html_costs_little(tmp_path: Path, piece: str) -> None:
    start = time.process_time()
    read(
        put(
            tmp_path,
            "a.html",
            f"<html><body><p>{PROSE}</p>{piece * (60_000 // len(piece))}{PROSE}</body></html>",
        )
    )
    assert time.process_time() - start < 30  # the standard library's parser took 100 s for some


def test_json_object_list_and_lines(tmp_path: Path) -> None:
    record = {"id": "r1", "title": "T", "text": PROSE, "date": "2024-03-05", "url": "https://example.org/1", "publisher": "P"}  # fmt: skip
    article = one(put(tmp_path, "one.json", json.dumps(record)))
    assert (article.id, article.title, article.published, article.publisher) == (
        "r1",
        "T",
        date(2024, 3, 5),
        "P",
    )
    nameless = [
        {"text": PROSE},
        {"text": PROSE + "!", "url": "https://example.org/2"},
        {"text": PROSE, "id": 7},
    ]
    listed = read(put(tmp_path, "many.json", json.dumps(nameless)))
    assert [item.id for item in listed if isinstance(item, Article)] == [
        "many#1",
        "https://example.org/2",
        "7",
    ]
    lines = "\n".join(json.dumps(r) for r in nameless) + "\n\n{broken\n" + json.dumps(record)
    items = read(put(tmp_path, "many.jsonl", lines))
    assert [type(item).__name__ for item in items] == ["Article", "Article", "Article", "Refusal", "Article"]
    assert isinstance(items[3], Refusal)
    assert items[3].error.where == f"{tmp_path / 'many.jsonl'}:5"
    assert "column 2" in str(items[3].error)


def test_stdin(tmp_path: Path) -> None:
    assert one("-", stdin=PROSE.encode()).id == "stdin"
    lines = "\n".join(json.dumps({"id": i, "text": PROSE}) for i in "ab").encode()
    assert [item.id for item in read("-", stdin=lines) if isinstance(item, Article)] == ["a", "b"]
    assert one("-", stdin=json.dumps({"id": "c", "text": PROSE}, indent=2).encode()).id == "c"
    assert "empty" in str(refused("-", stdin=b""))


def test_folder_is_read_in_order_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "deep/er/c.TXT", ".hidden.txt", ".git/d.txt", "e.py", "f.png"):
        put(tmp_path, name, PROSE + name)
    assert [item.id for item in read(tmp_path) if isinstance(item, Article)] == ["a", "b", "c"]
    assert len(read(tmp_path)) == 3


def test_pattern_and_double_naming(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        put(tmp_path, name, PROSE)
    assert [item.id for item in read(tmp_path / "*.txt") if isinstance(item, Article)] == ["a", "b"]
    assert len(read(tmp_path / "a.txt", tmp_path, tmp_path / "*.md")) == 3
    assert "no file matches" in str(refused(tmp_path / "*.html"))
    odd = put(tmp_path, "d[1].txt", PROSE)
    assert one(odd).id == "d[1]"


def test_same_id_with_other_text_is_kept_twice(tmp_path: Path) -> None:
    items = read(put(tmp_path, "x/a.txt", PROSE), put(tmp_path, "y/a.txt", PROSE + "!"))
    assert [item.id for item in items if isinstance(item, Article)] == ["a", "a"]


def test_the_file_that_gave_an_article_its_id_is_told(tmp_path: Path) -> None:
    record = {"text": PROSE}
    put(tmp_path, "a/plain.txt", PROSE)
    put(tmp_path, "a/own.md", f"---\nid: mine\n---\n{PROSE}")
    put(tmp_path, "a/pair.jsonl", "\n".join(json.dumps(each) for each in (record, {**record, "id": "r"})))
    put(tmp_path, "a/empty.txt", "")
    found = {
        item.id if isinstance(item, Article) else item.source: path
        for item, _, path, *_ in read_with_paths([str(tmp_path)])
    }
    assert found == {
        "plain": tmp_path / "a/plain.txt",
        "mine": None,
        "pair#1": tmp_path / "a/pair.jsonl",
        "r": None,
        str(tmp_path / "a/empty.txt"): None,
    }
    assert [path for _, _, path, *_ in read_with_paths(["-"], stdin=io.BytesIO(PROSE.encode()))] == [None]


def test_a_huge_single_line_is_accepted(tmp_path: Path) -> None:
    assert len(one(put(tmp_path, "a.txt", PROSE * 5000)).text) > 800_000


def test_agency_in_the_dateline(tmp_path: Path) -> None:
    article = one(put(tmp_path, "a.txt", f"DOHA, March 5, 2024 (Newswire) - {PROSE}\n"))
    assert (article.publisher, article.published) == ("Newswire", date(2024, 3, 5))


# Days.

DAYS = {
    "Updated: 16-05-2025 14:39 IST": date(2025, 5, 16),
    " date 2025-05-16 Left Menu": date(2025, 5, 16),
    "Published 3 March 2024": date(2024, 3, 3),
    "March 3, 2024": date(2024, 3, 3),
    "Tuesday, 3rd March 2024, 10:15 GMT": date(2024, 3, 3),
    "Published on Mar. 3, 2024 | Updated: 5 March 2024": date(2024, 3, 3),
    "News Desk | Doha | Updated: 16-05-2025 14:39 IST | Created: 15-05-2025": date(2025, 5, 15),
    "Updated: 05-06-2025": None,  # May or June
    "Updated: 05-05-2025": date(2025, 5, 5),
    "Updated: 31-02-2025": None,
    "The agreement of March 3, 2024 is void.": None,
    "They met on 3 March 2024": None,
    "Updated: April 2026. The term diplomacy is old.": None,
}


@pytest.mark.parametrize("line", DAYS)
def test_day_of_a_line(line: str) -> None:
    assert published_in(f"Rebels Meet Government\n{line}\n\n{PROSE}\n") == DAYS[line]


def test_day_at_the_bottom_and_none_from_the_middle() -> None:
    body = "\n".join(f"{PROSE} {number}" for number in range(30))
    assert published_in(f"{body}\nLast updated: 5 March 2024\n") == date(2024, 3, 5)
    assert published_in(f"{body}\nPublished: 5 March 2024\n{body}\n") is None
    assert len(DAYS) == 13


def test_days_given_as_data() -> None:
    assert parse_day("2024-03-05T23:10:00Z") == date(2024, 3, 5)
    assert parse_day("Tue, 05 Mar 2024 10:00:00 GMT") == date(2024, 3, 5)
    assert parse_day("03/04/2024") is None
    assert parse_day("2024-13-01") is None
    assert parse_day("soon") is None


# What is refused, each with one named error.

BAD_FILES: dict[str, tuple[str, str | bytes, str]] = {
    "empty": ("a.txt", b"", "empty"),
    "blank": ("a.txt", " \n\t\u00a0\n", "empty"),
    "only a mark": ("a.txt", b"\xef\xbb\xbf", "empty"),
    "NUL": ("a.txt", b"abc\0\0abc\xff", "binary"),
    "control signs": ("a.txt", b"\x01\x02abc\x03\x04" * 20, "binary"),
    "latin-1": ("a.txt", PROSE.encode() + b" M\xfcller", rf"utf-8: byte 0xfc at offset {len(PROSE) + 2}"),
    "cut utf-16": ("a.txt", b"\xff\xfea\0b", "utf-16-le.* offset 4"),
    "pdf": ("a.pdf", b"%PDF-1.7", "broken PDF"),
    "word": ("a.docx", b"PK", r"\.docx is not supported"),
    "zip": ("a.zip", b"PK", r"\.zip is not supported"),
    "foreign suffix": ("a.py", b"print()", r"\.py is not supported"),
    "no suffix": ("README", b"hello", "without suffix"),
    "broken json": ("a.json", '{"text": "a",\n "id": }', "line 2, column 8"),
    "lines named json": ("a.json", '{"text": "a"}\n{"text": "b"}', "Extra data"),
    "json number": ("a.json", "7", "is a number, not an object"),
    "no text": ("a.json", '{"title": "a"}', 'has no "text"'),
    "text no string": ("a.json", '{"text": ["a"]}', 'a "text" that is a list'),
    "title no string": ("a.json", '{"text": "a", "title": 3}', '"title" that is a number'),
    "empty text": ("a.json", '{"text": " "}', "empty"),
    "surrogate": ("a.json", '{"text": "He said \\ud800 so."}', "U\\+D800.* character 8"),
    "surrogate in title": ("a.json", '{"text": "a b", "title": "\\udfff"}', "U\\+DFFF"),
    "deep json": ("a.json", "[" * 200_000, "nested too deeply"),
    "long number": ("a.json", '{"text": "a", "id": ' + "9" * 5000 + "}", '"id" that is a number'),
    "empty list": ("a.json", "[]", "empty list"),
    "no lines": ("a.jsonl", " \n\n", "empty"),
    "unclosed fence": ("a.md", f"---\ntitle: a\n\n{PROSE}", "no `key: value`|not closed"),
    "unclosed at the end": ("a.md", "---\ntitle: a\n", "not closed"),
    "no pair": ("a.md", f"---\ntitle: a\njust words\n---\n{PROSE}", ":3: .*no `key: value`"),
    "key twice": ("a.md", f"---\ntitle: a\ntitle: b\n---\n{PROSE}", ":3: .*twice"),
    "open quote": ("a.md", f'---\ntitle: "a\n---\n{PROSE}', ":2: .*open quote"),
    "bad date": ("a.md", f"---\ntitle: a\ndate: yesterday\n---\n{PROSE}", ":3: .*'yesterday'"),
    "two-way date": ("a.md", f"---\ndate: 05/06/2025\n---\n{PROSE}", "two ways"),
    "no body": ("a.md", "---\ntitle: a\n---\n\n", "no text"),
    "bad json date": ("a.json", json.dumps({"text": PROSE, "date": "2025-02-30"}), "2025-02-30"),
    "page without words": ("a.html", "<html><body><script>x()</script></body></html>", "empty"),
    "too long": ("a.txt", "word " * 400_001, "2,000,005 characters"),
    "declared German": ("a.md", f"---\nlanguage: de\n---\n{PROSE}", "'de', not in English"),
    "German": ("a.txt", "Die beiden Seiten teilten mit, dass sie sich am Montag in der Hauptstadt wieder treffen werden und dass der Entwurf nun vorliegt.", "German"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_file(tmp_path: Path, name: str) -> None:
    file, content, message = BAD_FILES[name]
    path = put(tmp_path, file, content)
    error = refused(path)
    assert re.search(message, str(error)), str(error)
    assert str(path) in str(error.where)


def test_there_are_enough_bad_files() -> None:
    assert len(BAD_FILES) >= 35


def test_another_language_is_a_language_error(tmp_path: Path) -> None:
    assert isinstance(refused(put(tmp_path, *BAD_FILES["German"][:2])), LanguageError)


def test_bad_places(tmp_path: Path) -> None:
    put(tmp_path, "talks.txt", PROSE)
    missing = refused(tmp_path / "talk.txt")
    assert "no such file" in str(missing)
    assert "talks.txt" in str(missing.hint)
    assert "nor its folder" in str(refused(tmp_path / "nowhere" / "a.txt"))
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    assert "link to nothing" in str(refused(tmp_path / "dangling.txt"))
    (tmp_path / "empty").mkdir()
    assert "no file that can be read" in str(refused(tmp_path / "empty"))
    put(tmp_path, "foreign/a.py", "x")
    assert "(1 of other kinds)" in str(refused(tmp_path / "foreign"))
    assert "no path" in str(refused(""))
    assert "no path" in str(refused("a\0b"))
    assert "cannot be read" in str(refused("x" * 300 + ".txt"))


def test_a_pipe_is_refused_without_opening_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    start = time.monotonic()
    assert "no regular file" in str(refused(tmp_path / "pipe.txt"))
    assert "no regular file" in str(refused(tmp_path))
    assert "no regular file" in str(refused("/dev/null"))
    assert time.monotonic() - start < 15


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", PROSE)
    path.chmod(0)
    if os.access(path, os.R_OK):  # root reads everything; its own memory file fails at the first byte
        path.unlink()
        path.symlink_to("/proc/self/mem")
    assert "cannot be read" in str(refused(path))


def test_links_out_of_a_folder_are_refused(tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.txt", PROSE)
    put(tmp_path, "in/a.txt", PROSE)
    (tmp_path / "in/b.txt").symlink_to(secret)
    (tmp_path / "in/c.txt").symlink_to("a.txt")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/self.txt").symlink_to(tmp_path / "in/self.txt")
    items = read(tmp_path / "in")
    assert [type(item).__name__ for item in items] == ["Article", "Refusal", "Article", "Refusal"]


def test_one_bad_source_never_stops_the_batch(tmp_path: Path) -> None:
    for number, (file, content, _) in enumerate(BAD_FILES.values()):
        put(tmp_path, f"{number:02}-{file}", content)
    put(tmp_path, "zz.txt", PROSE)
    items = read("nowhere.txt", tmp_path, tmp_path / "00-a.txt")
    unread = sum(
        Path(file).suffix not in (".txt", ".md", ".json", ".jsonl", ".html", ".pdf")
        for file, _, _ in BAD_FILES.values()
    )
    assert len(items) == 1 + len(BAD_FILES) - unread + 1
    assert [item.id for item in items if isinstance(item, Article)] == ["zz"]


@given(st.binary(max_size=200), st.sampled_from([".txt", ".md", ".html", ".json", ".jsonl"]))
def test_property_any_bytes_give_articles_or_refusals(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = put(tmp_path_factory.getbasetemp(), "any" + suffix, data)
    assert all(isinstance(item, Article | Refusal) for item in read(path))


def fails_by_name_only(action: Callable[[], object]) -> bool:
    """Tell whether the action fails; it may with an InputError that has a hint, and with no other."""
    try:
        action()
    except InputError as error:
        return bool(error.hint) or pytest.fail("an error without a hint")
    return False


@given(st.text(max_size=80))
def test_property_front_matter_fails_by_name_only(text: str) -> None:
    for candidate in (text, f"---\n{text}", f"---\na: {text}\n---\n", f"---\n{text}\n---\n"):
        if not fails_by_name_only(lambda candidate=candidate: read_front_matter(candidate, where="x")):
            assert 0 <= read_front_matter(candidate, where="x").end <= len(candidate)


@given(st.binary(max_size=100))
def test_property_decode_gives_text_or_an_input_error(data: bytes) -> None:
    if not fails_by_name_only(lambda: decode(data, where="x")):
        assert isinstance(decode(data, where="x"), str)


def test_what_standard_input_gives_is_told_by_its_first_signs() -> None:
    page = f"<!DOCTYPE html><html><head><title>T</title></head><body><p>{PROSE}</p></body></html>"
    assert one("-", stdin=page.encode()).text == PROSE
    warned = []
    record = json.dumps({"text": PROSE, "titel": "a"}).encode()
    (article,) = read_articles(["-"], stdin=io.BytesIO(record), warn=warned.append)
    assert isinstance(article, Article)
    assert [(notice.source, notice.hint) for notice in warned] == [("-", "Did you mean 'title'?")]


def test_a_file_of_too_many_bytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_BYTES", 20)
    assert "larger than 20 bytes" in str(refused(put(tmp_path, "a.txt", PROSE)))


def test_folders_within_folders_come_to_an_end(tmp_path: Path) -> None:
    put(tmp_path, "/".join(["d"] * 101) + "/a.txt", PROSE)
    put(tmp_path, "a.txt", PROSE)
    article, refusal = read(tmp_path)
    assert isinstance(article, Article)
    assert isinstance(refusal, Refusal)
    assert "nested too deeply" in str(refusal.error)
    assert refusal.source == str(tmp_path.joinpath(*["d"] * 101))


def test_an_archive_that_is_broken_is_told_as_an_archive(tmp_path: Path) -> None:
    assert "is a ZIP archive, though it is named .txt" in str(
        refused(put(tmp_path, "a.txt", b"PK\x03\x04 and no more than that"))
    )


def test_a_page_that_is_only_a_declaration_has_no_words(tmp_path: Path) -> None:
    assert "a page without words" in str(refused(put(tmp_path, "a.html", "<!DOCTYPE html [ ]>")))


def test_a_page_nested_too_deeply_keeps_its_words_in_order(tmp_path: Path) -> None:
    inner = f"</b><!-- <i> --><br>{PROSE}<hr>"
    page = "<div>" * 300 + inner + "</div>" * 300
    slim = shallow(page)
    assert slim.count("<div>") == slim.count("</div>") == 200
    assert f"<!-- <i> -->\n{PROSE}" in slim
    assert not is_deep(slim)
    assert PROSE in one(put(tmp_path, "a.html", page)).text


def test_of_many_tables_those_with_prose_stay() -> None:
    data = "<table>" + "<tr><td>1</td><td>2</td></tr>" * 600 + "</table>"
    prose = f"<table><tr><td>{PROSE}</td></tr>{'<tr><td>3</td></tr>' * 300}</table>"
    tree = parse(f"<html><body>{data}{prose}<table><tr><td>four</td></tr></table></body></html>")
    without_data_tables(tree)
    words = plain(tree)
    assert PROSE in words
    assert "four" in words
    assert "2" not in words.replace(PROSE, "")


# The web.

Answer = Callable[[BaseHTTPRequestHandler], None]


def send(kind: str, body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def drip(handler: BaseHTTPRequestHandler) -> None:
    send("text/plain", b"")(handler)
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    pages = {
        "/text": send("text/plain; charset=utf-8", PROSE.encode()),
        "/latin": send("text/plain; charset=iso-8859-1", f"M\xfcller. {PROSE}".encode("latin-1")),
        "/page": send("text/html", f"<html><head><title>T</title></head><body><article><p>{PROSE}</p></article></body></html>".encode()),
        "/json": send("application/json", json.dumps([{"text": PROSE, "id": "w"}]).encode()),
        "/json-torn": send("application/json", json.dumps([{"text": 7, "id": "w"}]).encode()),
        "/image": send("image/png", b"\x89PNG"),
        "/gone": send("text/plain", b"", 404),
        "/moved": send("text/plain", b"", 302, Location="/text"),
        "/file": send("text/plain", b"", 302, Location="file:///etc/hostname"),
        "/short": send("text/plain", b"x" * 30, **{"Content-Length": "99"}),
        "/ftp": send("text/plain", b"", 302, Location="ftp://example.org/a?token=s3cret"),
        "/silent": lambda _: None,
        "/loop": send("text/plain", b"", 302, Location="/loop"),
        "/large": send("text/plain", b"x" * 300_000),
        "/drip": drip,
    }  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                pages[self.path.split("?")[0]](self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        httpd.daemon_threads = True
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join()


def test_web_pages_are_read(server: str) -> None:
    assert one(f"{server}/text").text == PROSE
    assert one(f"{server}/text").url == f"{server}/text"
    assert one(f"{server}/moved").text == PROSE
    assert one(f"{server}/latin").text.startswith("Müller")
    assert one(f"{server}/json").id == "w"
    page = one(f"{server}/page?token=s3cret&page=2")
    assert PROSE in page.text
    assert "s3cret" not in repr(page)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/image", "image/png"),
        ("/gone", "404"),
        ("/file", "302"),
        ("/loop", "302"),
        ("/ftp", r"redirected to ftp://example.org/a\?token=\.\.\., which is not followed"),
        ("/silent", "cannot be fetched: RemoteDisconnected"),
        ("/short", "69 bytes are missing"),
    ],
)
def test_bad_web_pages(server: str, path: str, message: str) -> None:
    error = refused(f"{server}{path}?apikey=s3cret")
    assert re.search(message, str(error)), str(error)
    assert "s3cret" not in str(error)


def test_a_record_from_the_web_that_is_none_is_refused_with_its_address(server: str) -> None:
    assert f"{server}/json-torn" in str(refused(f"{server}/json-torn"))


def test_standard_input_that_is_closed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.BytesIO(b"text")
    closed.close()
    with pytest.raises(InputError, match="standard input cannot be read"):
        limited_input(closed)
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match="standard input is closed"):
        standard_input()


def test_no_redirect_leads_out_of_encryption() -> None:
    request, answer = urllib.request.Request("https://example.org/a?key=s3cret"), io.BytesIO()
    with pytest.raises(InputError, match=r"redirected to http://example.org/b, which") as caught:
        _SameOrSafer().redirect_request(request, answer, 302, "", Message(), "http://example.org/b")
    assert "s3cret" not in str(caught.value)
    assert answer.closed


def test_limits_of_size_and_time(server: str) -> None:
    with pytest.raises(InputError, match="larger"):
        fetch(f"{server}/large", most_bytes=1000)
    start = time.monotonic()
    with pytest.raises(InputError, match=r"within|too long"):
        fetch(f"{server}/drip", deadline=0.5)
    assert time.monotonic() - start < 15


@pytest.mark.parametrize(
    "url",
    ["file:///etc/hostname", "ftp://example.org/a", "http://", "http://[::1/a", "http://127.0.0.1:99999/", "http://user:pw@127.0.0.1/a", "http://127.0.0.1:1/"],
)  # fmt: skip
def test_bad_addresses(url: str) -> None:
    error = refused(url)
    assert "pw" not in str(error)


def test_addresses_are_shown_without_secrets() -> None:
    assert redacted("https://u:p@example.org/a?x=1&api_key=k#f") == "https://example.org/a?x=1&api_key=...#f"
    assert redacted("https://example.org/a?x=1") == "https://example.org/a?x=1"


def test_a_page_is_read_in_the_encoding_of_its_xml_declaration_and_without_nul_bytes(tmp_path: Path) -> None:
    body = "<html><body><p>The envoys met in İstanbul on Monday, the ministry said.</p><p>They will meet again.</p></body></html>"
    declared = b'<?xml version="1.0" encoding="iso-8859-9"?>' + body.encode("iso-8859-9")
    assert "İstanbul" in one(put(tmp_path, "a.xhtml", declared)).text
    broken = body.replace("met in", "m\0et in").encode()
    assert one(put(tmp_path, "b.html", broken)).text == one(put(tmp_path, "c.html", body)).text


def test_front_matter_may_end_with_dots_and_have_escapes(tmp_path: Path) -> None:
    head = '---\ntitle: "Caf\\u00e9 \\"x\\" \\ud800\\0"\nsource: \'"open\ndate: 2024-03-05\n...\n'
    article = one(put(tmp_path, "a.txt", f"{head}The envoys met on Monday, the ministry said.\n"))
    assert article.title == 'Café "x" \ufffd\ufffd'
    assert article.published == date(2024, 3, 5)


def test_a_feed_on_standard_input_is_named() -> None:
    error = refused("-", stdin=b"<?xml version='1.0'?><rss><channel><item>x</item></channel></rss>")
    assert error.what == "is a feed of 1 item"
