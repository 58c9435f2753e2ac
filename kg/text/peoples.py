"""A state named by its people: "the Iranians met the Americans"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.party import Party
from kg.text.syntax import children, first_conjunct

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Link

PEOPLE = "people"
"""The way of naming a state by its people, which is the state only at a table."""


def people(head: Token, link: Link) -> tuple[Party, ...]:
    """Give the state of "the Iranians", where nothing is said of which of them: as they sit at a table."""
    first = first_conjunct(head)
    told = bool({child.lower_ for word in (head, first) for child in children(word, "det")} & _ALL)
    some = children(head, "relcl", "acl", "prep", "amod", "nummod", "compound", "nmod")
    if link.entity is None or not told or some or head.dep_ in ("amod", "compound", "nmod", "poss"):
        return ()
    return (Party(link.entity, PEOPLE, head.i),)


_ALL = frozenset(("the", "both"))
