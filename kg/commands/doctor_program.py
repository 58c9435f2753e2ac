"""What ``kg doctor`` looks at of the program: Python, packages, extras, other installations, the encoding."""

from __future__ import annotations

import os
import sys
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.doctor_line import fault, note, ok
from kg.text.annotate import DEFAULT_MODEL
from kg.versions import PACKAGE, model_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.commands.doctor_line import Line

OLDEST, NEWEST = (3, 11), (3, 13)
"""The Pythons that the tests are run under (``make pythons``)."""

DISTRIBUTION = "diplomacy-kg"
EXTRAS = {
    "web": "kg serve",
    "pdf": "articles in PDF",
    "dask": "kg build --engine dask://…",
}
"""What users may install besides, and what it is for."""

_MODULES = {"pyvis": None, "sparqlwrapper": "SPARQLWrapper"}
"""Packages that are imported by another name, or (None) not at all: importing pyvis takes a second."""


def program() -> Iterator[Line]:
    """Look at the program and all that it is installed with."""
    yield _python(sys.version_info[:3])
    yield ok("diplomacy-kg", PACKAGE, where=Path(__file__).parents[1])
    yield from _other_installations()
    yield from _packages()
    yield from _extras()
    yield _encoding()


def _python(version: tuple[int, int, int]) -> Line:
    told, span = ".".join(map(str, version)), f"{_dotted(OLDEST)} to {_dotted(NEWEST)}"
    if version[:2] < OLDEST:
        return fault("python", told, where=sys.executable, hint=f"Install one of {span}.")
    if version[:2] > NEWEST:
        hint = f"Where something is odd, try one of {span}."
        return note("python", f"{told}, under which the tests were not run", where=sys.executable, hint=hint)
    return ok("python", told, where=sys.executable)


def _dotted(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))


def _other_installations() -> Iterator[Line]:
    """Look for what could answer in our place: another command, another copy, a package of the same name."""
    yield _command(Path(sys.prefix) / "bin" / "kg", _commands())
    copies = sorted({str(one.locate_file("")) for one in metadata.distributions(name=DISTRIBUTION)})
    if len(copies) > 1:
        hint = f"Run twice: {sys.executable} -m pip uninstall {DISTRIBUTION}; then install it once."
        yield fault(
            "copies", f"{DISTRIBUTION} is installed {len(copies)} times", where=", ".join(copies), hint=hint
        )
    for other in metadata.distributions(name="kg"):
        hint = f"Run: {sys.executable} -m pip uninstall kg; then install {DISTRIBUTION} again."
        what = "another package, named kg, writes into the same folder"
        yield fault("copies", what, where=str(other.locate_file("kg")), hint=hint)


def _commands() -> list[Path]:
    """List the commands ``kg`` that a shell finds, the one that it takes first."""
    found = [Path(folder) / "kg" for folder in os.get_exec_path() if folder]
    return [path for path in dict.fromkeys(found) if path.is_file() and os.access(path, os.X_OK)]


def _command(ours: Path, found: list[Path]) -> Line:
    others = [path for path in found if path.resolve() != ours.resolve()]
    if not others:
        where = ours if ours.exists() else None
        return ok("command", "no other kg in PATH", where=where)
    first = found[0].resolve() == ours.resolve()
    what = "another kg stands behind it in PATH" if first else "typing kg runs another program than this one"
    hint = None if first else f"Call {ours}, or put its folder first in PATH (source …/bin/activate)."
    return note("command", what, where=", ".join(map(str, others)), hint=hint)


def _packages() -> Iterator[Line]:
    """Look at every package that is needed: whether it is there, of a version that fits, and can be loaded."""
    for name, wanted in _needed(extra=""):
        if name != model_package(DEFAULT_MODEL):  # the model has a line of its own
            yield _package(name, wanted)


def _package(name: str, wanted: str) -> Line:
    install = f"Run: {sys.executable} -m pip install '{name}{wanted}'"
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return fault(name, "is missing", hint=install)
    if not _fits(version, wanted):
        return fault(name, f"{version} is installed, {wanted} is needed", hint=install)
    module = _MODULES.get(name.lower(), name)
    try:
        if module is not None:
            import_module(module)
    except Exception as error:  # noqa: BLE001  (whatever a broken package does when it is loaded)
        told = f"{version} cannot be loaded: {type(error).__name__}: {error}"
        return fault(name, told, hint=f"{install} --force-reinstall")
    return ok(name, version)


def _extras() -> Iterator[Line]:
    for extra, purpose in EXTRAS.items():
        lacking = [name for name, wanted in _needed(extra=extra) if not _is_there(name, wanted)]
        if not lacking:
            yield ok(f"[{extra}]", f"for {purpose}")
        else:
            hint = f"Where you want it: {sys.executable} -m pip install '{DISTRIBUTION}[{extra}]'"
            yield note(f"[{extra}]", f"not installed, only for {purpose}: {', '.join(lacking)}", hint=hint)


def _needed(*, extra: str) -> list[tuple[str, str]]:
    """List what the package needs, alone or with an extra: names, and which versions fit."""
    from packaging.requirements import Requirement  # noqa: PLC0415  (spaCy brings it)

    asked = map(Requirement, metadata.requires(DISTRIBUTION) or ())
    if not extra:
        chosen = [each for each in asked if each.marker is None or each.marker.evaluate({"extra": ""})]
    else:
        chosen = [each for each in asked if each.marker is not None and _only_for(each.marker, extra)]
    return [(each.name, str(each.specifier)) for each in chosen]


def _only_for(marker: object, extra: str) -> bool:
    evaluate = marker.evaluate  # type: ignore[attr-defined]
    return bool(evaluate({"extra": extra}) and not evaluate({"extra": ""}))


def _is_there(name: str, wanted: str) -> bool:
    try:
        return _fits(metadata.version(name), wanted)
    except metadata.PackageNotFoundError:
        return False


def _fits(version: str, wanted: str) -> bool:
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415  (as above)

    return SpecifierSet(wanted).contains(version, prereleases=True)


def _encoding() -> Line:
    """Look at how names of files are read; what kg itself writes is UTF-8 in any case."""
    names = sys.getfilesystemencoding()
    if names.lower().replace("-", "") == "utf8":
        return ok("encoding", "UTF-8")
    what = f"names of files are taken for {names}, so that those with other letters are shown wrong"
    return note("encoding", what, hint="Set LC_ALL=C.UTF-8, or PYTHONUTF8=1.")
