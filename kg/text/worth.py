"""Which events are diplomacy and say enough to be told; football and business drop out here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Abstention
from kg.text.scene import is_kind
from kg.text.seeds import ARMED, EVENTS, INSTRUMENTS, MEETINGS, Seed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Token

    from kg.model import Entity, Key
    from kg.text.identity import Happening
    from kg.text.scene import Scene
    from kg.text.workshop import Workshop


def worthy_events(scene: Scene, happenings: Sequence[Happening], shop: Workshop) -> frozenset[Key]:
    """The events that somebody of diplomacy has a part in; football and business drop out here."""
    known = known_actors(scene, happenings, shop)
    out = set()
    for happening in happenings:
        if _is_sport(scene, happening):
            continue
        actors = [e for s in happening.seeds for e in (*s.parties.values(), *s.helpers.values())]
        if (any(_is_diplomatic(entity, known) for entity in actors) and _says_enough(happening)) or (
            not actors
            and _names_talks(happening)
            and any(_is_diplomatic(link.entity, known) for link in scene.links if link.entity is not None)
        ):
            out.add(happening.key)
        elif actors:
            token = scene.doc[happening.seeds[0].token]
            shop.abstentions.append(
                Abstention(scene.evidence(token), str(happening.key), "no actor of diplomacy takes part")
            )
    return frozenset(out)


def known_actors(scene: Scene, happenings: Sequence[Happening], shop: Workshop) -> frozenset[Key]:
    """Give who acts in diplomacy here: those with a side; in an article that tells of talks, all who are named."""
    known = set(shop.stands_for)
    if not any(_is_diplomacy(happening, known) for happening in happenings):
        return frozenset(known)
    named = (link.entity for link in scene.links if is_kind(link.entity, "person", "group"))
    return frozenset(known | {entity.key for entity in named if entity is not None})


def _is_sport(scene: Scene, happening: Happening) -> bool:
    """As in "A meet B in the semi-final": teams, wherever all that is said of a meeting stands among such words."""
    return happening.sort == "meeting" and all(
        seed.verbal and _is_in_sport(scene, seed) for seed in happening.seeds
    )


def _is_in_sport(scene: Scene, seed: Seed, *, least: int = 1) -> bool:
    """Tell whether so many words of sport stand in the sentence."""
    words = scene.kb.words("sport") | scene.kb.words("team-sport")
    return len(words & _words_of(scene.doc[seed.token])) >= least


def _words_of(token: Token) -> frozenset[str]:
    """The words of a token's sentence, those with hyphens whole."""
    return frozenset(word.strip(".,;:!?\"'()") for word in token.sent.text.lower().split())


def _is_diplomacy(happening: Happening, known: AbstractSet[Key]) -> bool:
    """Tell whether an event makes the article one on diplomacy: a meeting that is, and says so itself.

    In such an article whoever is named and meets or travels does so as part of the story.
    """
    actors = [e for s in happening.seeds for e in (*s.parties.values(), *s.helpers.values())]
    return any(_is_diplomatic(entity, known) for entity in actors) and _says_enough(happening)


def _says_enough(happening: Happening) -> bool:
    """Two actors, one who helps, or one with a day, a place or a delegation: less is a phrase."""
    actors = {key for s in happening.seeds for key in (*s.parties, *s.helpers)}
    anchored = any(
        s.helpers or s.places or s.when is not None or any(r.side is not None for r in s.roles)
        for s in happening.seeds
    )
    return len(actors) > 1 or anchored


def _names_talks(happening: Happening) -> bool:
    """Talks with a place or a day are worth keeping even where nobody is named beside them."""
    return (
        any(s.type in ("dip:Talks", "dip:IndirectTalks") for s in happening.seeds)
        and any(s.places for s in happening.seeds)
        and any(s.when is not None for s in happening.seeds)
    )


def _is_diplomatic(entity: Entity, titled: AbstractSet[Key]) -> bool:
    if is_kind(entity, "state"):
        return True
    return entity.known or entity.key in titled


def concerns_diplomacy(scene: Scene, seed: Seed, known: frozenset[Key]) -> bool:
    """A deed or stance counts when a state, a known body or person, or one of ``known`` is in it."""
    if seed.type in MEETINGS | INSTRUMENTS | {"dip:Visit", "dip:Event", "dip:Vote"}:
        return True
    if seed.type == "dip:Attack" and not seed.verbal and _is_in_sport(scene, seed, least=2):
        return False  # "scores of civilians" is one such word
    if seed.bare and seed.places:
        return True
    struck = seed.type == "dip:Attack" or (seed.type in ARMED and seed.verbal)
    told = {"dip:performs", "dip:directedAt"} if struck else {"dip:performs"}
    if seed.type in EVENTS and not any(role.predicate in told for role in seed.roles):
        return False  # a deed without a doer, or one who was struck, says little and is mostly a misreading
    fillers = {role.filler for role in seed.roles}
    actors = [link.entity for link in scene.links if link.entity is not None and link.entity.key in fillers]
    return any(_is_diplomatic(entity, known) for entity in actors)
