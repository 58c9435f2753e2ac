"""Inputs that are wrong in some way, made by code, each with the class it must end in and the words it is told with.

Classes: ``accepted`` (read, nothing said), ``warned`` (read, one thing or more said), ``refused`` (one named line).
"""

import base64
import binascii
import gzip
import io
import json
import quopri
import random
import unicodedata
import zipfile
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter

T = (
    "Talks between Kenya and Somalia opened in Nairobi on Monday. Foreign Minister Ali Hassan led the Somali "
    "delegation. Norway mediated the talks, officials said.\n"
)
ACCEPTED, WARNED, REFUSED = "accepted", "warned", "refused"


@dataclass(frozen=True)
class Bad:
    """A file, its bytes, the class it ends in, and a pattern of what is told of it."""

    file: str
    data: bytes
    expected: str
    told: str = ""


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


def _noise(count: int) -> bytes:
    return random.Random(1).randbytes(count)


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), T)
    return made.getvalue()


def pdf(*pages: list[str]) -> bytes:
    """Make a PDF with these lines on its pages; it is written by hand, so that pypdf does not read its own."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        words = "".join(f"({_pdf_text(line)}) Tj T*\n" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 60 780 Td\n{words}ET".encode("latin-1")
        content = 5 + 2 * number
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return bytes(made)


def _pdf_text(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


PDF_LINES = [
    "Talks Open in Nairobi",
    "",
    "Talks between Kenya and Somalia opened in Nairobi on Monday. Foreign Min-",
    "ister Ali Hassan led the Somali delegation. Norway mediated the talks, as",
    "officials said.",
]


def locked(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def page(body: str) -> str:
    return f"<html><head><title>Talks</title></head><body>{body}</body></html>"


P = f"<p>{T.strip()}</p>"
MORE = (
    "The two sides said that they would meet again in the capital on Monday. A draft of the agreement has been sent to "
    "the mediators for their comments. The minister of Norway told the reporters that it was a good beginning.\n"
)
FRENCH = "Les pourparlers entre le Kenya et la Somalie ont eu lieu lundi dans la ville, et le ministre est venu avec la délégation. "
TURKISH = "Dışişleri Bakanı Hakan Fidan pazartesi günü İstanbul’da Rus mevkidaşı Sergey Lavrov ile görüştü.\n"
LATIN = "Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae, aliam Aquitani, tertiam qui ipsorum lingua Celtae appellantur.\n"
TRANSLITERATED = "Ministr inostrannykh del Rossii Sergey Lavrov provyol v ponedelnik peregovory v Moskve s ministrom Turtsii Hakanom Fidanom.\n"
LOG = "2024-03-16T10:00:00Z [INFO] pool-0 GET /api/v1/x?id=0 200 0ms\n"
SCRIPT = (
    '!function(e,t){"object"==typeof exports?module.exports=t():e.x=t()}(this,function(){var a=1;return a});'
)
CODE = 'import os, json\nROOT = "x"\nfor name in names:\n    case(name, "refused", "kind")\n    path = folder(name)\n'
FEED = f"<rss version='2.0'><channel>{f'<item><title>Talks</title><description>{T.strip()}</description></item>' * 3}</channel></rss>"
ATOM = f"<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'><entry><content>{T.strip()}</content></entry></feed>"
MAIL = "From: Desk <desk@example.org>\nTo: you@example.org\nSubject: Talks open\nMIME-Version: 1.0\n"
POST = f"From desk@example.org Sat Mar 16 10:00:00 2024\n{MAIL}\n{T}\n"
ARCHIVE = 'From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html"\n\n'
BASE64 = "Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(T.encode() * 3).decode()
QUOTED = quopri.encodestring((T + "Türkiye mediated. " * 5).encode()).decode()
ALL_CONTROLS = "".join(map(chr, (*range(1, 9), *range(14, 27), 127)))
RUSSIAN = "Переговоры прошли в Стамбуле в среду. Делегацию возглавил Мединский, сообщили в министерстве. "
RECORD = {"id": "r", "text": T}


def _front(*lines: str) -> str:
    return "---\n" + "\n".join(lines) + "\n---\n" + T


def _record(**more: object) -> str:
    return json.dumps({**RECORD, **more})


_TEXTS: dict[str, tuple[str | bytes, str, str]] = {
    # nothing, or no text
    "empty": (b"", REFUSED, "is empty"),
    "blank": (" \n\t \n", REFUSED, "is empty"),
    "bom-only": (b"\xef\xbb\xbf", REFUSED, "is empty"),
    "zero-width-only": ("\u200b\u200b\ufeff", REFUSED, "is empty"),
    "nul": (T[:50] + "\0" + T[50:], REFUSED, "NUL byte at offset 50"),
    "noise": (b"\x00\x01" + _noise(3000), REFUSED, "binary"),
    "bells": ("\x07" * 200 + T, REFUSED, "control character"),
    # what it is though it is named .txt
    "png": (b"\x89PNG\r\n\x1a\n" + _noise(3000), REFUSED, "a PNG image"),
    "jpeg": (b"\xff\xd8\xff\xe0" + _noise(300), REFUSED, "a JPEG image"),
    "gif": (b"GIF89a" + _noise(300), REFUSED, "a GIF image"),
    "elf": (b"\x7fELF\x02\x01\x01" + bytes(64), REFUSED, "a program"),
    "zip": (zipped("a.txt"), REFUSED, "a ZIP archive"),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), REFUSED, "a Word document"),
    "xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), REFUSED, "an Excel table"),
    "odt": (zipped("mimetype", "content.xml"), REFUSED, "an OpenDocument text"),
    "epub": (zipped("mimetype", "META-INF/container.xml"), REFUSED, "an e-book"),
    "gzip": (gzip.compress(T.encode(), mtime=0), REFUSED, "a gzip archive"),
    "bzip2": (b"BZh91AY&SY" + _noise(100), REFUSED, "a bzip2 archive"),
    "xz": (b"\xfd7zXZ\0" + _noise(100), REFUSED, "an xz archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + _noise(100), REFUSED, "a 7-zip archive"),
    "rar": (b"Rar!\x1a\x07\x01\0" + _noise(100), REFUSED, "a RAR archive"),
    "tar": (b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + bytes(248), REFUSED, "a tar archive"),
    "mp3": (b"ID3\x04" + _noise(100), REFUSED, "a sound file"),
    "mp4": (b"\0\0\0\x20ftypisom" + _noise(100), REFUSED, "a film"),
    "old-word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _noise(100), REFUSED, "an old Office document"),
    "sqlite": (b"SQLite format 3\0" + _noise(100), REFUSED, "a SQLite database"),
    "rtf": (r"{\rtf1\ansi {\fonttbl {\f0 Times;}} " + T + "}", REFUSED, "rich text"),
    "postscript": ("%!PS-Adobe-3.0\n" + T, REFUSED, "PostScript"),
    "pdf": (pdf(PDF_LINES), REFUSED, "is a PDF, though it is named .txt"),
    "json": (_record(), REFUSED, "is JSON, though it is named .txt"),
    "json-list": (json.dumps([RECORD], indent=1), REFUSED, "is JSON, though"),
    "html": ("<!DOCTYPE html>\n" + page(P * 3), WARNED, "is a web page"),
    # texts around texts
    "feed": (FEED, REFUSED, "is a feed of 3 items"),
    "atom": (ATOM, REFUSED, "is a feed of 1 item"),
    "web-archive": (ARCHIVE + "------b\nContent-Type: text/html\n\n" + "<html><body><p>" + T, REFUSED, "web archive"),
    "mail": (f"{MAIL}\n{T}", ACCEPTED, ""),
    "mail-base64": (MAIL + BASE64, REFUSED, "mail whose text is encoded"),
    "mail-of-parts": (MAIL + "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + BASE64, REFUSED, "mail whose text is encoded"),
    "mail-quoted-printable": (MAIL + "\n" + QUOTED, WARNED, "quoted-printable.*quopri"),
    "mailbox": (POST * 3, WARNED, "holds 3 mails"),
    "underlined": ("Talks\n=====\n\n" + T + "\nMore\n====\n\nThe id is x=AB.\n" + T, ACCEPTED, ""),
    # encodings
    "macintosh": (("Türkiye, Café. " + T).encode("mac-roman"), REFUSED, "probably macintosh"),
    "latin-1": (("Türkiye " + T).encode("latin-1"), REFUSED, "probably windows-1252"),
    "cp1252": (("“Türkiye” " + T).encode("cp1252"), REFUSED, "byte 0x93 at offset 0; it is probably windows"),
    "gb18030": ("土耳其 ".encode("gb18030") * 20 + T.encode(), REFUSED, "is not utf-8"),
    "ebcdic": (T.encode("cp037"), REFUSED, "probably ibm037"),
    "utf-16": (T.encode("utf-16"), ACCEPTED, ""),
    "utf-32": (T.encode("utf-32"), ACCEPTED, ""),
    "utf-8-sig": (T.encode("utf-8-sig"), ACCEPTED, ""),
    "utf-16le-bare": (T.encode("utf-16-le"), REFUSED, "probably utf-16le without"),
    "utf-16be-bare": (T.encode("utf-16-be"), REFUSED, "probably utf-16be without"),
    "utf-32le-bare": (T.encode("utf-32-le"), REFUSED, "probably utf-32le without"),
    "utf-16-odd": (T.encode("utf-16") + b"c", REFUSED, "is not utf-16-le"),
    "utf-16-lone": (b"\xff\xfe\x00\xd8a\0", REFUSED, "is not utf-16-le"),
    "utf-7": ("Türkiye und Köln. " .encode("utf-7") + T.encode(), WARNED, "probably utf-7"),
    "overlong": (b"abc \xc0\xaf def " + T.encode(), REFUSED, "byte 0xc0 at offset 4"),
    "surrogate-bytes": (b"abc \xed\xa0\x80 def", REFUSED, "byte 0xed at offset 4"),
    "cut": (T.encode() + b"\xe2\x82", REFUSED, "cut off"),
    "decoded-twice": ("Türkiye – Köln – ".encode().decode("cp1252") + T, WARNED, "decoded wrongly"),
    "c1": ("It\x92s known. " + T, WARNED, "control character"),
    "lost-letters": ("T\ufffdrkiye. " + T, WARNED, "U\\+FFFD"),
    # line ends and harmless signs
    "crlf": (T.replace("\n", "\r\n") * 3, ACCEPTED, ""),
    "cr": (T.replace(". ", ".\r"), ACCEPTED, ""),
    "nel": (T.replace(". ", ".\x85"), ACCEPTED, ""),
    "form-feed": (T + "\f" + T, ACCEPTED, ""),
    "nbsp": (T.replace(" ", "\u00a0"), ACCEPTED, ""),
    "nfd": (unicodedata.normalize("NFD", "Türkiye said so. " + T), ACCEPTED, ""),
    "soft-hyphen": (T.replace("Kenya", "Ken\u00adya"), ACCEPTED, ""),
    "zero-width": (T.replace("Hassan", "Has\u200bsan"), ACCEPTED, ""),
    "non-characters": ("\uffff\ufdd0" + T, ACCEPTED, ""),
    "markup-in-text": ("<script>alert(1)</script> " + T + "<img src=x onerror=alert(1)>", ACCEPTED, ""),
    "sparql": (T + '" } ; DROP ALL ; SELECT * WHERE { ?s ?p "', ACCEPTED, ""),
    "turtle": (T + '""" . <a> <b> <c> . """', ACCEPTED, ""),
    "rule": ("---\n\n" + T, ACCEPTED, ""),
    # signs that hide or mislead
    "colours": ("\x1b[31m" + T + "\x1b[0m", WARNED, "2 control characters"),
    "every-control": (T * 2 + ALL_CONTROLS + T, WARNED, "22 control characters"),
    "controls": (T[:30] + "\x01\x02" + T[30:], WARNED, "2 control characters"),
    "override": (T.replace("Hassan", "Has\u202esan"), WARNED, "direction of writing"),
    "open-isolate": ("\u2067" + T, WARNED, "direction of writing"),
    "paired-isolate": (T.replace("Hassan", "\u2068Hassan\u2069"), ACCEPTED, ""),
    "many-invisible": ("\u200b".join(T), WARNED, "invisible characters"),
    "selectors": ("\ufe0f".join(T), WARNED, "invisible characters"),
    "tags": ("\U000e0041\U000e0042" + T, WARNED, "2 hidden tag characters"),
    "homoglyphs-and-russian": (T.replace("Hassan", "H\u0430ssan") + MORE + RUSSIAN, WARNED, "is partly in Russian"),
    "private-use": ("\ue000" * 30 + " " + T, WARNED, "private font"),
    "one-private-use": (T.replace("Hassan", "Hassan\uf8ff"), WARNED, "1 character of a private font, read as blanks"),
    "bullets-of-a-word-processor": (T + "\uf0b7\tKenya met Somalia in Nairobi on Monday.\n\uf0b7\tNorway will host them.\n", ACCEPTED, ""),
    "ligatures": (T.replace("ffi", "\ufb03").replace("st", "\ufb06"), ACCEPTED, ""),
    "one-pile-of-marks": (T.replace("Hassan", "Ha" + "\u0301\u0327" * 50 + "ssan"), WARNED, "1 letter under a pile of marks"),
    "homoglyphs": (T.replace("e", "\u0435"), WARNED, "look-alikes"),
    "one-homoglyph": (T.replace("Hassan", "H\u0430ssan"), WARNED, "1 word of Latin letters"),
    "zalgo": ("".join(char + "\u0301" * 9 for char in T), REFUSED, "more marks than letters"),
    "full-width": ("".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in T), REFUSED, "full-width"),
    # languages
    "russian": (RUSSIAN * 5, REFUSED, "is in Russian"),
    "arabic": ("عقدت المحادثات بين كينيا والصومال في نيروبي يوم الاثنين. " * 6, REFUSED, "is in Arabic"),
    "chinese": ("会谈于周一在内罗毕举行。" * 30, REFUSED, "is in Chinese"),
    "french": ("Les pourparlers entre le Kenya et la Somalie ont eu lieu lundi à Nairobi. " * 4, REFUSED, "is in French"),
    "german": ("Die Gespräche zwischen Kenia und Somalia wurden am Montag in der Stadt eröffnet. " * 4, REFUSED, "is in German"),
    "partly-russian": (T + RUSSIAN + T, WARNED, "is partly in Russian"),
    "partly-french": (T * 3 + "\nLes pourparlers entre le Kenya et la Somalie ont eu lieu lundi dans la ville et le ministre de la France est venu avec la délégation.\n" + T, WARNED, "is partly in French"),
    "turkish-of-few-words": (TURKISH * 3, REFUSED, "is in Turkish"),
    "latin": (LATIN * 3, REFUSED, "is in Latin"),
    "transliterated": (TRANSLITERATED * 3, REFUSED, "no running text in English .*or another language"),
    "half-russian": (T + MORE + RUSSIAN * 5, WARNED, "is partly in Russian"),
    "half-french": (T + MORE + FRENCH * 5, WARNED, "is partly in French"),
    "hardly-english": (T + MORE + FRENCH * 20, REFUSED, "is in French"),
    "hangul-fillers": (T.replace(" ", " \u3164\u115f"), WARNED, "invisible characters"),
    # no running text
    "log": (LOG * 50, REFUSED, "no running text in English"),
    "hexadecimal": ("\n".join(_noise(64 * 50).hex()[at : at + 64] for at in range(0, 6400, 64)), REFUSED, "no running text"),
    "uuencoded": (b"\n".join(binascii.b2a_uu(_noise(2000)[at : at + 45]) for at in range(0, 2000, 45)), REFUSED, "no running text"),
    "minified-script": (SCRIPT * 50, REFUSED, "no running text"),
    "code-with-sentences": (CODE + f'body = "{T.strip()}"\n' + CODE, WARNED, "program code"),
    "article-and-titles": (T + "Mr. " * 5000, WARNED, "little running text in English among much else"),
    "article-and-capitals": (T + "UN " * 20_000, WARNED, "little running text"),
    "article-and-names": (T + "Kenya, " * 20_000, WARNED, "little running text"),
    "article-and-endings": (T + "'s" * 20_000, WARNED, "little running text"),
    "capitals": ("KENYA SOMALIA " * 2000, REFUSED, "no running text"),
    "names": ("Kenya, " * 3000 + ".", REFUSED, "no running text"),
    "menu": ("Home\nWorld\nSport\nSubscribe\n", WARNED, "page furniture|no sentence"),
    "numbers": ("1 2 3 4 5 " * 500, WARNED, "numbers and signs"),
    "one-word": ("Kenya", WARNED, "no sentence"),
    "one-letter": ("a", WARNED, "no sentence"),
    "one-word-of-menus": ("x", WARNED, "no sentence"),
    "dashes": ("---\n", REFUSED, "has no word in it"),
    "signs": ("*** \u2026 !!!\n", REFUSED, "has no word in it"),
    "base64": ("QUJD" * 5000, WARNED, "encoded data"),
    "repeated": ("On Monday " * 2000, WARNED, "over and over"),
    "code": ("def read(the_file):\n    return the_file.of(the_end)\n\n" * 6, REFUSED, "no running text"),
    "recipe": ("Mix flour and eggs. Bake for 20 minutes. Serve with cream.", ACCEPTED, ""),
    "emoji": ("😀🇹🇷👨‍👩‍👧" * 300 + T, WARNED, "numbers and signs"),
    # sizes and runs
    "gaps-of-blanks": (T + " " * 1_100_000 + T, ACCEPTED, ""),
    "gaps-of-lines": (T + "\n" * 1_100_000 + T, ACCEPTED, ""),
    "gaps-too-long": (T + " \n" * 2_500_000 + T, REFUSED, r"5,000,\d+ characters"),
    "gaps-and-too-long": ("so it is  \n" * 250_000, REFUSED, "2,250,000 characters, more than 1,000,000"),
    "too-long": ((T * 7000)[:1_000_001], REFUSED, "1,000,001 characters, more than 1,000,000"),
    "blank-lines": (T + "\n" * 20_000 + T, ACCEPTED, ""),
    "run-of-quotes": (T + '"' * 20_000 + T, WARNED, "numbers and signs"),
    "run-of-brackets": (T + "( " * 20_000 + T, WARNED, "numbers and signs"),
    "run-of-letters": (T + "a" * 20_000 + T, WARNED, "encoded data"),
    "nested-quotes": ("“" * 5000 + T + "”" * 5000, WARNED, "numbers and signs"),
}  # fmt: skip

_FRONT: dict[str, tuple[str, str, str]] = {
    "unclosed": ("---\ntitle: x\n" + T, REFUSED, "no `key: value`"),
    "no-body": ("---\ntitle: x\n---\n", REFUSED, "no text"),
    "dots": (_front("title: x").replace("\n---\n", "\n...\n"), ACCEPTED, ""),
    "three-in-one": (_front("title: Talks open", "date: 2024-03-05") * 3, WARNED, "front matter within it .line 6.: 3 articles"),
    "one-below": (T + "\n" + _front("title: Talks open"), WARNED, "front matter within it .line 3.: 2 articles"),
    "rule-below": (_front("title: x") + "\n---\n\nNote: more will follow.\n\n---\n", ACCEPTED, ""),
    "escapes": (_front('title: "\\ud800 \\0 \\x07 \\u00e9"'), ACCEPTED, ""),
    "open-quote-elsewhere": (_front("source: '\"x"), ACCEPTED, ""),
    "twice": (_front("title: x", "title: y"), REFUSED, "'title' twice"),
    "open-quote": (_front('title: "x'), REFUSED, "open quote"),
    "unknown-key": (_front("colour: red"), WARNED, "unknown keys.*'colour'"),
    "misspelt-key": (_front("pubisher: x"), WARNED, "unknown keys.*'publisher'"),
    "yaml-bomb": (_front("a: &a [x,x]", "b: &b [*a,*a]"), WARNED, "unknown keys"),
    "common-keys": (_front("author: x", "tags: [a, b]", "license: CC0"), ACCEPTED, ""),
    "yaml-object": (_front('title: !!python/object/apply:os.system ["id"]'), ACCEPTED, ""),
    "script-title": (_front('title: "</script><script>alert(1)</script>"'), ACCEPTED, ""),
    "empty-values": (_front("title:", "date:", "id:"), ACCEPTED, ""),
    "language": (_front("language: de"), REFUSED, "'de', not in English"),
    "year": (_front("date: 2024"), REFUSED, "without a day"),
    "no-date": (_front("date: soon"), REFUSED, "cannot be read: 'soon'"),
    "no-month": (_front("date: 31 Smarch 2024"), REFUSED, "cannot be read"),
    "no-such-day": (_front("date: 2024-02-30"), REFUSED, "does not exist"),
    "two-ways": (_front("date: 05/06/2025"), REFUSED, "two ways"),
    "year-0": (_front("date: 0000-01-01"), REFUSED, "year 0000, outside"),
    "year-99999": (_front("date: 99999-01-01"), REFUSED, "year 99999, outside"),
    "year-2999": (_front("date: 2999-01-01"), REFUSED, "year 2999, outside"),
    "date-and-more": (_front("date: 2024-03-16 " + "x" * 100_000), REFUSED, "cannot be read: '2024-03-16 xxx"),
    "date-and-time": (_front("date: 2024-03-16T10:00:00.000+01:00 (Central European Time)"), ACCEPTED, ""),
    "huge": (_front("title: " + "x" * 1_000_000), REFUSED, "has front matter of 1,0.*Shorten"),
    "to-come": (_front("date: 2099-01-01"), WARNED, "still to come"),
    "id-path": (_front("id: ../../etc/passwd"), ACCEPTED, ""),
    "id-signs": (_front('id: "a b<>{}|^`"'), ACCEPTED, ""),
    "id-long": (_front("id: " + "x" * 10_000), ACCEPTED, ""),
    "url-script": (_front("url: javascript:alert(1)"), WARNED, "not of the web"),
    "url-file": (_front("url: file:///etc/passwd"), WARNED, "not of the web"),
    "url-broken": (_front("url: 'http://[bad'"), WARNED, "is broken"),
    "url-blank": (_front("url: http://example.org/a b"), WARNED, "a blank or a sign"),
    "url-user": (_front("url: https://me:pw@example.org/"), WARNED, "user name"),
    "url-good": (_front("url: https://example.org/a?b=c#d"), ACCEPTED, ""),
}  # fmt: skip

_JSON: dict[str, tuple[str | bytes, str, str]] = {
    "empty": (b"", REFUSED, "is empty"),
    "cut": ('{"text": ', REFUSED, "broken JSON"),
    "empty-object": ("{}", REFUSED, 'has no "text"'),
    "empty-list": ("[]", REFUSED, "empty list"),
    "string": ('"x"', REFUSED, "is a string, not an object"),
    "number": ("1", REFUSED, "is a number, not an object"),
    "null": ("null", REFUSED, "is null, not an object"),
    "nan": ('{"text": NaN}', REFUSED, "that is a number"),
    "deep-list": ("[" * 100_000, REFUSED, "nested too deeply"),
    "deep-object": ('{"a":' * 100_000, REFUSED, "nested too deeply"),
    "long-number": (_record(n="@").replace('"@"', "9" * 10_000), WARNED, "unknown keys, .*'n'"),
    "long-number-id": (_record(id="@").replace('"@"', "9" * 10_000), REFUSED, '"id" that is a number'),
    "text-list": ('{"text": ["a"]}', REFUSED, "that is a list"),
    "text-empty": ('{"text": " "}', REFUSED, "is empty"),
    "surrogate": ('{"text": "\\ud800 ' + T.strip() + '"}', REFUSED, "U\\+D800"),
    "nul": ('{"text": "\\u0000 ' + T.strip() + '"}', REFUSED, "NUL character"),
    "text-twice": ('{"text": "a", "text": "' + T.strip() + '"}', REFUSED, "'text' twice"),
    "id-twice": ('{"id": "a", "id": "b", "text": "' + T.strip() + '"}', REFUSED, "'id' twice"),
    "date-number": (_record(date=20240101), REFUSED, 'that is a number.*Write it as a string: "date"'),
    "date-words": (_record(date="soon"), REFUSED, "cannot be read"),
    "title-list": (_record(title=["x"]), REFUSED, '"title" that is a list'),
    "id-true": (_record(id=True), REFUSED, '"id" that is true or false'),
    "id-number": (_record(id=5), ACCEPTED, ""),
    "id-null": (_record(id=None), ACCEPTED, ""),
    "id-controls": (_record(id="a\nb\x1b[31m\u202e"), ACCEPTED, ""),
    "unknown": (_record(colour="x", pages="y"), WARNED, "'colour', 'pages'"),
    "url": (_record(url="data:text/html,x"), WARNED, "not of the web"),
    "bom": (b"\xef\xbb\xbf" + _record().encode(), ACCEPTED, ""),
    "comment": ("// hi\n" + _record(), REFUSED, "broken JSON"),
    "comma": ('{"text":"x",}', REFUSED, "broken JSON"),
    "trailing": (_record() + " trailing", REFUSED, "Extra data"),
    "html": (page(P), REFUSED, "broken JSON"),
}  # fmt: skip

_HTML: dict[str, tuple[str | bytes, str, str]] = {
    "good": (page(P * 3), ACCEPTED, ""),
    "deep": (page("<div>" * 5000 + P + "</div>" * 5000), ACCEPTED, ""),
    "deep-unclosed": (page("<b>" * 20_000 + P), ACCEPTED, ""),
    "deep-tables": (page("<table><tr><td>" * 2000 + P), ACCEPTED, ""),
    "deep-svg": (page("<svg>" + "<g>" * 3000 + "</svg>" + P), ACCEPTED, ""),
    "long-table": (page("<table>" + "<tr><td>Kenya</td><td>Somalia</td></tr>" * 5000 + "</table>" + P), ACCEPTED, ""),
    "many-tags": (page("<span class=x></span>" * 31_000 + P), ACCEPTED, ""),
    "form": (page("<form>" + '<input value="x">' * 5000 + "</form>" + P), ACCEPTED, ""),
    "attributes": (page("<p " + 'a="b" ' * 20_000 + f">{T}</p>"), ACCEPTED, ""),
    "script": (page('<script>alert("X and Y signed a pact in Minsk.")</script>' + P), ACCEPTED, ""),
    "entity-file": ('<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page(f"<p>&x;</p>{P}"), ACCEPTED, ""),
    "entity-bomb": ('<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>' + page(f"<p>&b;</p>{P}"), ACCEPTED, ""),
    "bad-entity": (page(f"<p>&#x110000; &#0; &bogus; {T}</p>"), WARNED, "U\\+FFFD"),
    "unclosed": (f"<html><body><p>{T}" + "<p" * 5000, ACCEPTED, ""),
    "no-tags": (T, WARNED, "has no tags"),
    "no-words": ("<html></html>", REFUSED, "without words"),
    "comment-open": (page("<!--" + "-" * 20_000 + P), REFUSED, "without words.*outside its comments"),
    "frames": ('<html><frameset><frame src="file:///etc/passwd"></frameset></html>', REFUSED, "without words.*in frames"),
    "templates": (page(f"<template>{P}</template>"), REFUSED, "without words.*in templates"),
    "scripts-only": (page("<script>write(1)</script>"), REFUSED, "without words.*What scripts write"),
    "noscript": (page("<noscript>Enable JavaScript</noscript>"), REFUSED, "without words"),
    "no-such-day": ('<html><head><meta property="article:published_time" content="2026-02-30T25:61"></head><body>' + P * 3, WARNED, "does not exist: '2026-02-30T25:61', in its head"),
    "year-0": ('<html><head><meta name="date" content="0000-00-00"></head><body>' + P * 3, WARNED, "the year 0000.*in its head"),
    "empty": ("", REFUSED, "is empty"),
    "unknown-charset": (f'<html><head><meta charset="x-no"></head><body><p>Türkiye {T}</p>'.encode("latin-1"), REFUSED, "neither utf-8 nor the 'x-no'"),
    "own-charset": (f'<html><head><meta charset="iso-8859-9"></head><body><p>İstanbul {T}</p>'.encode("iso-8859-9"), ACCEPTED, ""),
    "declared-charset": (b'<?xml version="1.0" encoding="iso-8859-9"?>' + page(f"<p>İstanbul {T}</p>").encode("iso-8859-9"), ACCEPTED, ""),
    "nul": (page(P * 3).replace("<p>", "<p\0>", 2), WARNED, "has 2 NUL bytes, left out"),
    "nuls": (page(P * 3).replace(" ", "\0"), REFUSED, "NUL byte"),
    "feed": (FEED, REFUSED, "is a feed of 3 items"),
    "web-archive": (ARCHIVE + page(P), REFUSED, "web archive"),
    "wrong-charset": (f'<html><head><meta charset="ascii"></head><body><p>Türkiye {T}</p>'.encode(), ACCEPTED, ""),
    "bad-date": ('<html><head><meta property="article:published_time" content="soon"></head><body>' + P * 3, ACCEPTED, ""),
    "xml-declaration": ('<?xml version="1.0" encoding="utf-8"?>' + page(P), ACCEPTED, ""),
    "pdf": (pdf(PDF_LINES), REFUSED, "is a PDF, though"),
}  # fmt: skip

_PDFS: dict[str, tuple[bytes, str, str]] = {
    "good": (pdf(PDF_LINES), ACCEPTED, ""),
    "empty": (b"", REFUSED, "is empty"),
    "locked": (locked(pdf(PDF_LINES)), REFUSED, "locked with a password"),
    "scan": (pdf([], []), REFUSED, "without a text layer.*If it is a scan"),
    "half-scan": (pdf(PDF_LINES, [], [], ["7"]), WARNED, "has 3 of 4 pages without text"),
    "blank-page": (pdf(*([f"The {word} round of the talks between Kenya and Somalia went on in Nairobi."] for word in ("first", "second", "third", "fourth")), []), ACCEPTED, ""),
    "no-pages": (pdf(), REFUSED, "without pages"),
    "stub": (b"%PDF-1.4\n%%EOF", REFUSED, "broken PDF"),
    "cut": (pdf(PDF_LINES)[:300], REFUSED, "broken PDF|without a text layer"),
    "noise": (b"%PDF-1.7\n" + _noise(5000), REFUSED, "broken PDF"),
    "text": (T.encode(), REFUSED, "is no PDF"),
    "many-pages": (pdf(*([["x"]] * 401)), REFUSED, "401 pages, more than 400"),
    "french": (pdf(["Les pourparlers entre le Kenya et la Somalie ont eu lieu lundi."] * 6), REFUSED, "is in French"),
}  # fmt: skip

_LINES: dict[str, tuple[str | bytes, str, str]] = {
    "good": (_record() + "\r\n", ACCEPTED, ""),
    "separator": ('{"id":"u","text":"' + T.strip() + '\u2028 more"}\n', ACCEPTED, ""),
    "blank": ("\n\n", REFUSED, "is empty"),
    "nul": (b'{"text":"a"}\n\0\0\0\n', REFUSED, "NUL byte"),
    "number": ("7\n", REFUSED, "is a number"),
}

SUFFIXES_NOT_READ = {
    ".docx": "soffice", ".odt": "soffice", ".rtf": "soffice", ".doc": "soffice", ".epub": "pandoc", ".eml": "message", ".mhtml": "browser",
    ".zip": "Unpack", ".gz": "Unpack", ".7z": "Unpack", ".tar": "Unpack", ".png": "tesseract", ".jpg": "tesseract",
    ".xlsx": "own", ".csv": "own", ".mp3": "transcript", ".mp4": "transcript", ".ttl": "kb import", ".xml": "Take the text",
    ".log": "name it .txt", ".py": "name it .txt", "": "name it .txt",
}  # fmt: skip

NAMES = (
    b"bad\xff\xfename.txt", "new\nline.txt", "esc\x1b[31m.txt", "\u202eevil.txt", "tab\t.txt", "quo'te\".txt",
    "-dash.txt", "sp ace.txt", "<script>.txt", "ünïcode.txt", "a" * 240 + ".txt", "#hash.txt", "100%.txt",
    "[glob].txt", "*.txt", "a?b.txt", "a:b.txt", "a\\b.txt", "a.txt.txt", "con.TXT",
)  # fmt: skip
"""Names of files, each of which is read."""


def collection() -> dict[str, Bad]:
    """Give all inputs by a name of their own."""
    found: dict[str, Bad] = {}
    for suffix, kind in ((".txt", _TEXTS), (".md", _FRONT), (".json", _JSON), (".html", _HTML), (".pdf", _PDFS), (".jsonl", _LINES)):  # fmt: skip
        for name, (content, expected, told) in kind.items():  # type: ignore[attr-defined]
            file = f"{suffix[1:]}-{name}{suffix}"
            found[file] = Bad(file, _bytes(content), expected, told)
    for suffix, hint in SUFFIXES_NOT_READ.items():
        file = f"kind{suffix or '-none'}" if not suffix else f"kind-{suffix[1:]}{suffix}"
        found[file] = Bad(file, T.encode(), REFUSED, f"not supported|without suffix.*|{hint}")
    return found
