"""``kg doctor``: whether everything that is needed is there, and is well."""

# ruff: noqa: A002, PLC0415  (options are typer's parameters; heavy things are imported late)

from typing import TYPE_CHECKING, Annotated

from kg.commands.completion import words
from kg.commands.declare import Option
from kg.commands.doctor_line import FAULT, NOTE, OK, fault_of, ok
from kg.commands.options import StoreOption, settings
from kg.errors import KGError, UnknownNameError
from kg.report import paint, plural, safe, say, tell, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.commands.doctor_line import Line
    from kg.config import Settings

_FORMATS = ("text", "json")
_MARKS = {OK: ("ok   ", "green"), NOTE: ("note ", "yellow"), FAULT: ("FAULT", "red")}
_INDENT = " " * 22


def doctor(
    store: StoreOption = None,
    format: Annotated[
        str,
        Option("--format", metavar="FORMAT", help="text or json.", autocompletion=words(*_FORMATS)),
    ] = "text",
) -> int:
    """Look whether all that is needed is there and well.

    The program, its packages and extras, what reads, the project folder with its graph, the cache, the disk.
    Each is ok, worth a note, or a fault with what to do. Nothing is changed, nothing of an article shown.

    The exit code is 1 when there is a fault.
    """
    if format not in _FORMATS:
        raise UnknownNameError("format", format, _FORMATS)
    lines = []
    for line in _looked_at(store):
        lines.append(line)
        if format == "text":
            _print(line)
    if format == "json":
        _print_json(lines)
    else:
        tell("", _summary(lines))
    return int(any(line.state == FAULT for line in lines))


def _looked_at(store: StoreOption) -> "Iterator[Line]":
    from kg.commands.doctor_folder import folders
    from kg.commands.doctor_program import program
    from kg.commands.doctor_reading import reading

    chosen, line = _settings(store)
    yield line
    yield from program()
    yield from reading(chosen)
    yield from folders(chosen)


def _settings(store: StoreOption) -> "tuple[Settings, Line]":
    from kg.config import Settings

    try:
        return settings(store=store), ok("settings", "read")
    except KGError as error:
        return Settings() if store is None else Settings(store=store), fault_of("settings", error)


def _print(line: "Line") -> None:
    mark, colour = _MARKS[line.state]
    where = "" if line.where is None else f" ({line.where})"
    say(wrap(f"{paint(mark, colour)}  {line.name:<13}  {safe(line.what + where)}", indent=_INDENT, first=""))
    if line.hint is not None:
        say(wrap(safe(line.hint), indent=_INDENT + "  ", first=f"{_INDENT}> "))


def _summary(lines: "Sequence[Line]") -> str:
    faults, notes = (sum(line.state == state for line in lines) for state in (FAULT, NOTE))
    told = f"{plural(faults, 'fault')}, {plural(notes, 'note')}" if notes else plural(faults, "fault")
    return f"{len(lines)} things looked at: {told}."


def _print_json(lines: "Sequence[Line]") -> None:
    import json
    from dataclasses import asdict

    from kg.versions import PACKAGE

    well = all(line.state != FAULT for line in lines)
    found = {"version": PACKAGE, "ok": well, "findings": [asdict(line) for line in lines]}
    say(json.dumps(found, ensure_ascii=False, indent=1))
