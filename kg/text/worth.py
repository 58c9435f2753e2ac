"""Which events are diplomacy and say enough to be told; football and business drop out here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import ACTUAL, CANCELLED, POSTPONED, Abstention
from kg.text.scene import is_kind
from kg.text.seeds import ARMED, EVENTS, INSTRUMENTS, MEETINGS, Seed
from kg.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Token

    from kg.model import Entity, Key
    from kg.text.happening import Happening
    from kg.text.scene import Scene
    from kg.text.workshop import Workshop


def worthy_events(scene: Scene, happenings: Sequence[Happening], shop: Workshop) -> frozenset[Key]:
    """The events that somebody of diplomacy has a part in; football and business drop out here."""
    known = known_actors(scene, happenings, shop)
    played = [h for h in happenings if not _is_sport(scene, h)]
    out = {h.key for h in played if _is_diplomacy(h, known) or _stands_alone(scene, h, known)}
    if any(h.key in out and _actors(h) for h in played):
        out |= {h.key for h in played if _goes_with_talks(scene, h)}
    for happening in played:
        if happening.key not in out and _actors(happening):
            token = scene.doc[happening.seeds[0].token]
            shop.abstentions.append(
                Abstention(scene.evidence(token), str(happening.key), "no actor of diplomacy takes part")
            )
    return frozenset(out)


def _actors(happening: Happening) -> list[Entity]:
    return [e for s in happening.seeds for e in (*s.parties.values(), *s.helpers.values())]


def _stands_alone(scene: Scene, happening: Happening, known: AbstractSet[Key]) -> bool:
    """Tell whether talks of nobody named are told with place and day, where somebody of diplomacy is named."""
    return (
        not _actors(happening)
        and _names_talks(happening)
        and any(_is_diplomatic(link.entity, known) for link in scene.links if link.entity is not None)
    )


def _goes_with_talks(scene: Scene, happening: Happening) -> bool:
    """As in "The next round is set for May", "A meeting of experts in Oslo was put off", in news on talks.

    Nobody need be named: what has become of it must be told, and where or when it was to be; no score. Of 34 such
    events in the development articles 32 were marked in gold.
    """
    anchored = any(s.places or s.when is not None for s in happening.seeds)
    told = any(s.status is not None or s.commitment.modality != ACTUAL for s in happening.seeds)
    off = any(s.status in (CANCELLED, POSTPONED) and s.status_said for s in happening.seeds)
    scored = any(_SCORE.fullmatch(w) for s in happening.seeds for w in _words_of(scene.doc[s.token]))
    return (anchored and told and not scored) or (off and bool(_actors(happening)))


_SCORE = re.compile(r"\d{1,2}[-\u2013]\d{1,2}")


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
    words = _words_of(scene.doc[seed.token])
    sport = words & scene.kb.words("sport") | words & scene.kb.words("team-sport")
    return len(sport) >= least


def _words_of(token: Token) -> frozenset[str]:
    """The words of a token's sentence, those with hyphens whole."""
    known: dict[int, frozenset[str]] = token.doc.user_data.setdefault("kg.worth", {})
    start = token.sent.start
    if start not in known:
        last = token.doc[token.sent.end - 1]
        words = words_of(token.doc).text[token.doc[start].idx : last.idx + len(last)].lower()
        known[start] = frozenset(word.strip(".,;:!?\"'()") for word in words.split())
    return known[start]


def _is_diplomacy(happening: Happening, known: AbstractSet[Key]) -> bool:
    """Tell whether an event makes the article one on diplomacy: a meeting that is, and says so itself.

    In such an article whoever is named and meets or travels does so as part of the story.
    """
    return any(_is_diplomatic(entity, known) for entity in _actors(happening)) and _says_enough(happening)


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
    return any(_is_diplomatic(entity, known) or _is_ministry(scene, entity) for entity in actors)


def _is_ministry(scene: Scene, entity: Entity) -> bool:
    """Tell whether a body nobody knows is part of a government by its name: "the Ministry of Health of Chad"."""
    own = scene.lexicon.words["state_bodies"]
    return is_kind(entity, "group") and not own.isdisjoint(entity.label.lower().split())
