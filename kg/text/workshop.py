"""What applying a frame needs: the document, the seeds so far, and who fills a slot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import POSSIBLE, Key, Term
from kg.text.headsofteams import heads_of_teams
from kg.text.parties import parties
from kg.text.party import Party
from kg.text.scene import is_kind
from kg.text.seeds import STANCES, Seed
from kg.text.slots import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.model import Abstention, Entity
    from kg.text.commitment import Commitment
    from kg.text.scene import Scene


_SIDES = 2
_LOOKED_THROUGH = 100
"""How many events back the talks spoken of last are looked for. No article of gold has as many; a text of
a book's length has, and is read in a time that grows with its length alone."""
_BARE = frozenset(("modifier", "several", "maker", "holder", "target", "upon", "struck", "adjective"))
"""Slots where an adjective is enough: "Israeli strikes", "a Pakistani proposal"."""
ACTOR = ("person", "state", "group")


@dataclass(frozen=True, slots=True)
class Workshop:
    """What applying a frame needs: the document, the seeds so far, and whose title is whose."""

    scene: Scene
    seeds: list[Seed]
    stands_for: Mapping[Key, Entity]
    abstentions: list[Abstention]
    teams: dict[int, Entity] = field(default_factory=dict)
    """By token of "team" or "delegation": the side that it was found to be of."""

    def drop(self, seed: Seed) -> None:
        """Take back a seed; it is looked for from the end, as it is one of the last, among thousands perhaps."""
        del self.seeds[next(at for at in range(len(self.seeds) - 1, -1, -1) if self.seeds[at] is seed)]

    def seed_at(self, token: Token) -> Seed | None:
        """Give the event seed whose noun or trigger the token is."""
        return next(
            (seed for seed in self.seeds if token.i in seed.tokens and seed.type not in STANCES), None
        )

    def context(self, position: int) -> tuple[Entity, ...]:
        """Give the parties of the talks spoken of last before a position, else of the meeting of persons.

        Where no talks are told, those who signed something together are the parties.
        """
        latest: tuple[Entity, ...] = ()
        before = [seed for seed in self.seeds[-_LOOKED_THROUGH:] if seed.token < position]
        for seed in reversed(before):
            if len(seed.parties) < _SIDES:
                continue  # as most
            there = _there(seed)
            if sum(is_kind(entity, "state", "group") for entity in there) >= _SIDES:
                return there
            if len(there) >= _SIDES:
                latest = latest or there
        signed = (_signers(seed) for seed in reversed(before))
        return latest or next((signers for signers in signed if len(signers) >= _SIDES), ())


def _there(seed: Seed) -> tuple[Entity, ...]:
    """Who takes part in an event, as far as that is neither denied nor only thought of."""
    doubted = {
        role.filler
        for role in seed.roles
        if role.stance is not None and (role.stance.negated or role.stance.modality == POSSIBLE)
    }
    return tuple(entity for key, entity in seed.parties.items() if key not in doubted)


def _signers(seed: Seed) -> tuple[Entity, ...]:
    """The sides that have signed something together."""
    signed = (Key(role.filler) for role in seed.roles if role.predicate == _SIGNS)
    sides = (seed.helpers[key] for key in signed if key in seed.helpers)
    return tuple(entity for entity in sides if is_kind(entity, "state", "group"))


_SIGNS = Term("dip:signs")


def actors(shop: Workshop, token: Token, slot: str, context: tuple[Entity, ...]) -> Iterator[Party]:
    """Give the actors in a slot of a trigger."""
    scene = shop.scene
    for word in fill(scene, token, slot):
        link = scene.link(word)
        if slot in _BARE and link is not None and is_kind(link.entity, "state", "group"):
            assert link.entity is not None
            yield Party(link.entity, "name", word.i)
            continue
        found = parties(scene, word, context=context, voices=True, peoples=True) or heads_of_teams(shop, word)
        yield from (p for p in found if not _behind(token, word, p.token))


def _behind(trigger: Token, word: Token, at: int) -> bool:
    """As in "X, who heads the team, and Y": the clause on X says nothing of Y."""
    return trigger.dep_ == "relcl" and word.i < trigger.i < at


_VIA = {"name": 1.0, "title": 0.97, "officials": 0.97, "official": 0.9, "delegation": 0.97, "government": 0.97, "group": 0.95, "forces": 0.95, "office": 0.9, "voice": 0.9, "speaker": 0.9,
        "pronoun": 0.85, "context": 0.85, "people": 0.85}  # fmt: skip
"""How much a roundabout way of naming lowers confidence; set by hand, checked against the gold set."""


def score_of(frame: Frame, party: Party, said: Commitment) -> float:
    """Give the confidence in a role: of the frame, by the manner of naming, less for hearsay."""
    base = frame.score * _VIA.get(party.via, 0.9)
    return round(base * (0.8 if said.hearsay else 1.0), 2)
