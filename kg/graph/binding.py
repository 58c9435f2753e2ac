"""Parameters of queries: what a user says is put in as terms, never as text.

A query declares its parameters in header lines, ``# param: who (iri or name): whose demands``, with
``, optional`` after the bracket where it can do without. A line ``# with who: …`` of its body is
taken in when the parameter is given, and stays the comment it is when not; in it ``VALUES ?x {}``
receives the values. So a query file runs as it is in any SPARQL engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import DataError, UnknownNameError, UsageError
from kg.terms import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TYPES = ("iri", "name", "string", "date", "integer")

_HEADER = re.compile(
    r"^#[ \t]*param:[ \t]*(?P<name>[A-Za-z]\w*)[ \t]*\((?P<types>[a-z ,]+)\)"
    r"(?P<optional>[ \t]*,[ \t]*optional)?[ \t]*(?::[ \t]*(?P<help>.*))?$",
    re.MULTILINE,
)
_ATTEMPT = re.compile(r"^#[ \t]*param:.*$", re.MULTILINE)
_WITH = re.compile(
    r"^(?P<indent>[ \t]*)#[ \t]*with[ \t]+(?P<name>[A-Za-z]\w*):[ \t]*(?P<pattern>.*)$", re.MULTILINE
)
_SLOT = re.compile(r"VALUES[ \t]+\?(?P<name>[A-Za-z]\w*)[ \t]*\{[ \t]*\}")
# Not compiled here: most queries are asked without a value.
_IRI = r"^[A-Za-z][A-Za-z0-9+.-]*://"
_PATH = r"^[a-z][a-z0-9-]*/[^\s/]+$"
_CURIE = r"^[A-Za-z][A-Za-z0-9_-]*:[A-Za-z_][\w-]*$"
_INTEGER = r"^[+-]?[0-9]{1,18}$"


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter that a query declares."""

    name: str
    types: tuple[str, ...]
    optional: bool
    help: str


def params_of(text: str) -> tuple[Param, ...]:
    """List the parameters that the headers of a query declare.

    Raises:
        DataError: a header is malformed or names a type that does not exist.
    """
    params = tuple(_param(match) for match in _HEADER.finditer(text))
    attempts = len(_ATTEMPT.findall(text))
    if attempts != len(params):
        hint = "Write: # param: name (iri or name), optional: what it does"
        raise DataError("a '# param:' line of the query does not parse", hint=hint)
    return params


def bind(
    text: str,
    values: Mapping[str, str],
    *,
    names: Callable[[str], Sequence[str]],
    base: str = BASE,
) -> str:
    """Put the values of its parameters into a query.

    ``names`` gives the IRIs of the things that have a label; it is asked for parameters of type name.

    Raises:
        UsageError: a parameter is missing, or its value does not fit its type.
        UnknownNameError: the query has no such parameter, or the graph no such thing.
    """
    params = {param.name: param for param in params_of(text)}
    for given in values:
        if given not in params:
            raise UnknownNameError("parameter of the query", given, params or ["(it has none)"])
    for param in params.values():
        if not param.optional and param.name not in values:
            kinds = " or ".join(param.types)
            raise UsageError(
                f"the query needs --param {param.name}=…", hint=f"{param.help or param.name} ({kinds})"
            )
    terms = {name: _terms(params[name], value, names, base) for name, value in values.items()}
    return _WITH.sub(lambda match: _line(match, terms), text)


def _param(match: re.Match[str]) -> Param:
    types = tuple(re.split(r"\s*,\s*|\s+or\s+", match["types"].strip()))
    for kind in types:
        if kind not in TYPES:
            raise DataError(f"a query parameter has no type {kind!r}", hint=f"Choose of: {', '.join(TYPES)}.")
    return Param(match["name"], types, match["optional"] is not None, (match["help"] or "").strip())


def _line(match: re.Match[str], terms: Mapping[str, str]) -> str:
    if match["name"] not in terms:
        return match.group()
    values = terms[match["name"]]
    return match["indent"] + _SLOT.sub(
        lambda slot: f"VALUES ?{slot['name']} {{ {values} }}", match["pattern"]
    )


def _terms(param: Param, value: str, names: Callable[[str], Sequence[str]], base: str) -> str:
    """Serialise a value as the terms it stands for, by the first of its types that fits."""
    for kind in param.types:
        found = _READERS[kind](value, names, base)
        if found:
            return found
    hint = f"Expected: {' or '.join(param.types)}."
    raise UsageError(f"the value {value!r} does not fit the parameter {param.name!r}", hint=hint)


def _iri(value: str, _: Callable[[str], Sequence[str]], base: str) -> str:
    if re.match(_IRI, value):
        return _named(value)
    if re.match(_PATH, value):
        return _named(base + value)
    if re.match(_CURIE, value):
        from kg.vocab import Vocabulary  # noqa: PLC0415  (most values need no ontology)

        return _named(Vocabulary.load().expand(value))
    return ""


def _named(iri: str) -> str:
    from pyoxigraph import NamedNode  # noqa: PLC0415  (a query without parameters needs no engine here)

    try:
        return str(NamedNode(iri))
    except ValueError as error:
        raise UsageError(f"{iri!r} is not a valid IRI: {error}") from error


def _name(value: str, names: Callable[[str], Sequence[str]], _: str) -> str:
    return " ".join(_named(iri) for iri in names(value))


def _string(value: str, _: Callable[[str], Sequence[str]], __: str) -> str:
    return literal(value)


def _date(value: str, _: Callable[[str], Sequence[str]], __: str) -> str:
    from datetime import date  # noqa: PLC0415  (as with the patterns)

    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ""
    return f'"{day.isoformat()}"^^<http://www.w3.org/2001/XMLSchema#date>'


def _integer(value: str, _: Callable[[str], Sequence[str]], __: str) -> str:
    return str(int(value)) if re.match(_INTEGER, value) else ""


_READERS: Mapping[str, Callable[[str, Callable[[str], Sequence[str]], str], str]] = {
    "iri": _iri,
    "name": _name,
    "string": _string,
    "date": _date,
    "integer": _integer,
}


def literal(text: str) -> str:
    """Write a text as a literal of SPARQL.

    Raises:
        UsageError: it holds half a character (a lone surrogate).
    """
    from pyoxigraph import Literal  # noqa: PLC0415

    try:
        # A backslash that starts \uXXXX would be read as an escape by engines that resolve those first.
        return str(Literal(text))
    except ValueError as error:
        raise UsageError("the value holds half a character (a lone surrogate)") from error
