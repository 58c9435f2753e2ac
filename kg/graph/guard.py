"""What a query may not do, decided on its tokens before any engine sees it.

The engine's parser wants no space between a keyword and what follows (``SERVICEex:s`` is a call to
another machine), so a keyword is looked for inside words and in front of colons too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import QueryError, QueryRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_LENGTH = 100_000
"""In characters. The longest of the named queries has under 1,500."""

MAX_DEPTH = 128
"""Of brackets. The engine's parser overflows its stack at about 2,200 braces."""

MAX_CHAIN = 512
"""Of operators that nest without brackets, such as ``!!!x`` and ``a || b || c``."""

MAX_OPEN = 32
"""Of quotation marks that no other closes; each is looked for to the end of the text."""

_FORBIDDEN = ("SERVICE", "LOAD", "FROM")
_UPDATES = ("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

# Longest first, as the grammar of SPARQL 1.1 has them; ASCII only, so that a stranger letter ends a
# name early and what follows is looked at by itself. No alternative may run far and fail, or a text of
# many such places takes minutes: prefixes end at 64 characters, and few strings may be left open.
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*+\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
                | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+')
    | (?P<quote>["'])
    | (?P<variable>[?$][A-Za-z0-9_]+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?P<prefix>[A-Za-z][A-Za-z0-9_.-]{0,63}+|_)?:
        (?:(?:[A-Za-z0-9_:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
           (?:[A-Za-z0-9_:.-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)?)
    | (?P<number>[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<open>[({\[])
    | (?P<close>[)}\]])
    | (?P<operator>\|\||&&|[!+\-^|/*])
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)


def check(text: str) -> None:
    """Accept a query that stays on this machine, in the default graph, and within measure.

    Raises:
        QueryRefusedError: it asks another machine or file, or changes the graph.
        QueryError: it is too long or too deep.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query has {len(text):,} characters, more than {MAX_LENGTH:,}")
    if (half := _SURROGATE.search(text)) is not None:
        raise QueryError(f"the query is no text at character {half.start() + 1:,}", hint="Write it as UTF-8.")
    _check_once(text)


@lru_cache(maxsize=4)
def _check_once(text: str) -> None:
    """Check a text that is asked about more than once on its way to the engine."""
    # Some engines resolve \uXXXX before they look for tokens, some after: both readings must be clean.
    for reading in dict.fromkeys((text, _ESCAPE.sub(_unescape, text))):
        found = list(_with_few_open(tokens(reading)))
        _check_words(found)
        _check_depth(found)


def first_keyword(text: str) -> str:
    """Give the word that tells the kind of query, in capitals; empty where there is none."""
    return _first_keyword(tokens(text))


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of each token, comments left out."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind not in {"comment", "space"}:
            yield kind, match.group()


def _first_keyword(found: Iterable[tuple[str, str]]) -> str:
    words = (token.upper() for kind, token in found if kind == "word")
    return next((word for word in words if word not in {"PREFIX", "BASE"}), "")


def _with_few_open(found: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pass tokens on while few strings are left open."""
    count = 0
    for kind, token in found:
        count += kind == "quote"
        if count > MAX_OPEN:
            raise QueryError(f"the query has more than {MAX_OPEN} strings that do not end")
        yield kind, token


def _check_words(found: Sequence[tuple[str, str]]) -> None:
    keyword = _first_keyword(found)
    if keyword.startswith(_UPDATES):
        hint = "Queries only read: SELECT, ASK, CONSTRUCT, DESCRIBE."
        raise QueryRefusedError(f"a query cannot change the graph ({keyword})", hint=hint)
    for kind, token in found:
        word = token.partition(":")[0] if kind == "name" else token
        if kind not in {"word", "name"} or word == "_":
            continue
        for banned in _FORBIDDEN:
            if banned in word.upper():
                hint = "Queries run on this graph alone. A prefix of such a name must be renamed."
                raise QueryRefusedError(f"{banned} is not allowed in a query", hint=hint)


def _check_depth(found: Sequence[tuple[str, str]]) -> None:
    depth = chain = 0
    for kind, _ in found:
        depth += (kind == "open") - (kind == "close")
        chain = _chain(chain, kind)
        if depth > MAX_DEPTH:
            raise QueryError(f"the query nests brackets more than {MAX_DEPTH} deep")
        if chain > MAX_CHAIN:
            raise QueryError(f"the query chains more than {MAX_CHAIN} operators")


def _chain(chain: int, kind: str) -> int:
    """Count operators until a bracket or a punctuation mark ends the expression."""
    if kind == "operator":
        return chain + 1
    return 0 if kind in {"open", "close", "quote", "other"} else chain


def _unescape(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
