"""What stands around the verb of a journey, a stay or a sitting: where, when, at which table, on the way to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.party import place_of
from kg.text.seeds import MEETINGS
from kg.text.syntax import children, prepositional

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.seeds import Seed
    from kg.text.workshop import Workshop

_AROUND = frozenset(("after", "following", "before", "since"))


def is_abroad(shop: Workshop, token: Token, seed: Seed) -> bool:
    """Tell whether a stay is told of in a place, not of somebody at home, and of nothing else: "in power in X"."""
    homes = {side.key for key in seed.parties if (side := shop.stands_for.get(key)) is not None}
    homes |= {entity.key for entity in seed.parties.values()}
    inside = [w for w in prepositional(token, "in") if w.ent_type_ not in ("DATE", "TIME")]
    only = all(place_of(shop.scene, word) for word in inside)
    away = not any({place.key, place.within} & homes for place in seed.places.values())
    return only and away and bool(seed.places)


def is_dated(token: Token) -> bool:
    """Tell whether the clause names a day or a month: a journey to somewhere, then."""
    return any(word.ent_type_ == "DATE" for word in token.subtree if word.i > token.i)


def has_company(shop: Workshop, token: Token) -> bool:
    """Tell whether the clause goes on to talks or a meeting, which is then what the journey is for."""
    end = token.right_edge.i
    return any(
        s.type in MEETINGS and token.i < s.token <= end and shop.scene.doc[s.token].head.lower_ not in _AROUND
        for s in shop.seeds
    )


def lemmas_inside(token: Token) -> set[str]:
    """Give what stands behind the prepositions of a verb: the room of "sat in one room"."""
    near = (token, *children(token, "advmod", "prt"))  # "back to the table"
    return {
        word.lemma_ for each in near for prep in children(each, "prep") for word in children(prep, "pobj")
    }


def tells_time(word: Token) -> bool:
    """As in "spoke for two hours", which is not "spoke for the king"."""
    return word.dep_ == "prep" and any(c.ent_type_ in ("DATE", "TIME") for c in children(word, "pobj"))
