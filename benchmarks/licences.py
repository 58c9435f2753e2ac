"""List the licence of every installed package, and fail where GPL is the only choice.

Usage: python benchmarks/licences.py

A package may offer a choice ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later"): then one choice that
is not GPL is enough. The LGPL is not the GPL. Packages that name no licence are listed and fail too,
so that somebody looks.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata

_GPL = re.compile(r"(?<![A-Za-z])A?GPL|(?<!lesser )general public license", re.IGNORECASE)
_CHOICE = re.compile(r"\s+or\s+|;|\|", re.IGNORECASE)
_CLASSIFIER = "License :: "


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


def main() -> int:
    """Print the list; give 1 when a package is refused."""
    rows = installed()
    for name, version, licences in rows:
        print(f"{name:26} {version:16} {' | '.join(licences) or 'no licence named'}")
    refused = [name for name, _, licences in rows if is_refused(licences)]
    print(f"{len(rows)} packages; GPL only, or no licence named: {', '.join(refused) or 'none'}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
