"""``kg show``: all that is said of one thing."""

# ruff: noqa: A002, FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

import sys
from typing import TYPE_CHECKING, Annotated

from kg.commands.completion import things, words
from kg.commands.declare import Argument, Option
from kg.commands.options import SourceOption, folder_of, open_store, settings
from kg.report import listed, paint, plural, safe, say, tell, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.answers import Statement
    from kg.portrait import Fact, Portrait

_ALIASES = 8
_MARKS = {"inferred": "inferred", "background": "background"}


def show(
    name: Annotated[
        str,
        Argument(
            metavar="NAME",
            help="A name, a part of one, a path, an IRI or a Wikidata id.",
            autocompletion=things,
        ),
    ],
    evidence: Annotated[
        bool, Option("--evidence", "-e", help="Quote the sentences, with source and claim.")
    ] = False,
    store: SourceOption = None,
    format: Annotated[
        str,
        Option("--format", metavar="FORMAT", help="text or json.", autocompletion=words("text", "json")),
    ] = "text",
) -> None:
    """Show what is said of a person, state, body or event.

    Each fact comes with the number of its sources, and with --evidence with their words.
    """
    from kg.naming import resolve
    from kg.portrait import portray

    base = settings(store=folder_of(store)).base
    with open_store(store) as opened:
        portrait = portray(opened, resolve(opened, name, base=base))
    if format == "json":
        _print_json(portrait)
    elif format == "text":
        _print_text(portrait, evidence=evidence)
    else:
        from kg.errors import UnknownNameError

        raise UnknownNameError("format", format, ("text", "json"))


def _print_json(portrait: "Portrait") -> None:
    import json
    from dataclasses import asdict

    say(json.dumps(asdict(portrait), ensure_ascii=False, indent=1))


def _print_text(portrait: "Portrait", *, evidence: bool) -> None:
    thing = portrait.thing
    say(paint(wrap(safe(thing.label)), "bold"))
    facts = [thing.kind, portrait.status, portrait.when, portrait.place, thing.qid]
    say(wrap(" · ".join(safe(each) for each in facts if each is not None)))
    if thing.aliases:
        more = len(thing.aliases) - _ALIASES
        names = [safe(each) for each in thing.aliases[:_ALIASES]]
        say(
            wrap(
                f"also: {', '.join(names)}{f' and {more} more' if more > 0 else ''}",
                indent="      ",
                first="",
            )
        )
    say(paint(thing.iri, "dim"))
    for heading, group in _grouped(portrait):
        say(f"\n{paint(safe(heading), 'bold')}")
        for fact in group:
            say(_line(fact, thing.iri))
            if evidence:
                for each in fact.statements:
                    say("\n".join(_evidence(each)))
    if not portrait.facts:
        tell("Nothing is said of it.")
    elif not evidence and sys.stdout.isatty():
        tell("", "--evidence quotes the sentences.")


def _grouped(portrait: "Portrait") -> "Iterator[tuple[str, list[Fact]]]":
    """Give the facts under what they say, in their order."""
    groups: dict[str, list[Fact]] = {}
    for fact in portrait.facts:
        groups.setdefault(_heading(fact, portrait.thing.iri), []).append(fact)
    yield from groups.items()


def _heading(fact: "Fact", iri: str) -> str:
    """Word the relation from where the thing stands: ``hosts``, or ``Who hosts it`` seen from the event."""
    return f"… {fact.verb} it" if fact.object == iri else fact.verb


def _line(fact: "Fact", iri: str) -> str:
    other = fact.subject_label if fact.object == iri else fact.object_label
    if iri not in {fact.subject, fact.object}:
        other = f"{fact.subject_label} → {fact.object_label}"
    status = f" ({fact.status})" if fact.status is not None else ""
    remark = _remark(fact)
    return wrap(safe(other) + status + (f" — {remark}" if remark else ""), indent="    ", first="  ")


def _remark(fact: "Fact") -> str:
    """Say how well a fact is supported."""
    parts = [plural(fact.sources, "source")] if fact.sources else []
    if fact.speakers:
        parts.append(
            f"according to {listed(safe(one) for one in fact.speakers[:2])}"
            + (" …" if len(fact.speakers) > 2 else "")
        )
    if fact.basis in _MARKS:
        parts.append(_MARKS[fact.basis])
    return ", ".join(parts)


def _evidence(statement: "Statement") -> "Iterator[str]":
    """Give the lines that prove a claim: each passage with its source, and the claim itself."""
    tail = [f"confidence {statement.confidence:.2f}", f"claim {statement.id}"]
    if statement.speaker is not None:
        tail.insert(0, f"according to {safe(statement.speaker)}")
    if statement.rule is not None:
        yield wrap(f"by rule: {statement.rule}", indent="      ")
    for passage in statement.passages:
        yield wrap(f"“{safe(passage.quote)}”", indent="     ", first="    ")
        source = [safe(passage.title), safe(passage.publisher or ""), passage.published or "undated"]
        place = f"characters {passage.begin}–{passage.end}"  # noqa: RUF001
        yield paint(wrap(", ".join(part for part in (*source, place) if part), indent="      "), "dim")
    yield paint(wrap(" · ".join(tail), indent="      "), "dim")
