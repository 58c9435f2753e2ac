"""The structural terms of the graph, and what follows from a key or a claim alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import ACTUAL, EXPECTED, Key, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Claim

TYPE = Term("rdf:type")
STATUS = Term("dip:status")
EDTF = Term("dip:edtf")
LEADS = Term("dip:leads")
MEMBER_OF = Term("dip:memberOf")
REPRESENTS = Term("dip:represents")
PARTICIPATES = Term("dip:participatesIn")
OFFICE_OF = Term("dip:officeOf")
LOCATED_IN = Term("dip:locatedIn")
FOLLOWS = Term("dip:follows")
DELEGATION = Term("dip:Delegation")


def is_global(key: str) -> bool:
    """Tell whether a key means the same thing in every article: a path, not a local key."""
    return "/" in key and "@" not in key and not key.startswith("delegation:")


def delegation_key(event: str, side: str) -> Key:
    """Give the local key of the team that a side sends to an event."""
    return Key(f"delegation:{event}:{side}")


def around(place: str, within: Mapping[str, str]) -> list[str]:
    """List the places around a place, nearest first."""
    found: list[str] = []
    step = within.get(place)
    while step is not None and step not in found:
        found.append(step)
        step = within.get(step)
    return found


def asserted(claim: Claim) -> bool:
    """Tell whether a claim says that its triple holds or will hold."""
    return not claim.stance.negated and claim.stance.modality in (ACTUAL, EXPECTED)
