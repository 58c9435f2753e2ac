"""The day of a vote that another sentence tells: "The Council today extended … Adopting the text by a vote of"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.scene import is_kind
from kg.text.syntax import subjects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from kg.text.clock import Clock
    from kg.text.scene import Scene
    from kg.text.seeds import Seed

_DECIDES = frozenset(
    ("extend", "prolong", "renew", "adopt", "approve", "ratify", "authorize", "authorise", "decide", "vote", "fail", "endorse",
     "establish", "terminate", "impose", "lift", "pass", "reject", "strengthen", "amend", "demand", "call", "condemn")
)  # fmt: skip
_FAR = 4
"""How many sentences back the day may stand; releases tell day and count in the first two paragraphs."""


_BODIES = frozenset(("council", "parliament", "assembly", "congress", "senate", "house", "chamber", "knesset", "duma", "lawmaker",
                     "deputy", "legislator", "committee", "bundestag"))  # fmt: skip


def settle_votes(scene: Scene, seeds: list[Seed], clock: Clock) -> None:
    """Give each vote told without a day the day on which its body, a little before, is said to have decided."""
    deciding = [scene.doc[at] for at in sorted(clock.days) if _decides(scene, scene.doc[at])]
    for seed in seeds:
        if seed.type != "dip:Vote" or seed.when is not None or seed.commitment.tense == "future":
            continue
        told = [verb for verb in deciding if _is_near(verb, seed.token) and _is_by(scene, verb, seed)]
        if told:
            seed.when = clock.days[told[-1].i]


def _decides(scene: Scene, verb: Token) -> bool:
    """Tell whether a verb says that a body decided something."""
    past = verb.lemma_ in _DECIDES and verb.tag_ in ("VBD", "VBN")
    return past and any(_is_body(scene, word) for word in subjects(verb))


def _is_body(scene: Scene, word: Token) -> bool:
    link = scene.link(word)
    known = link is not None and is_kind(link.entity, "group")
    return known or word.lemma_.lower() in _BODIES


def _is_near(verb: Token, vote: int) -> bool:
    between = sum(token.is_sent_start is True for token in verb.doc[verb.i + 1 : vote + 1])
    return verb.i < vote and between <= _FAR


def _is_by(scene: Scene, verb: Token, vote: Seed) -> bool:
    """Tell whether the body of a verb may be the one that voted: the same, where both are named."""
    bodies = {key for key, entity in vote.parties.items() if is_kind(entity, "group")}
    links = [scene.link(word) for word in subjects(verb)]
    named = {link.entity.key for link in links if link is not None and link.entity is not None}
    return not bodies or not named or bool(bodies & named)


def votes_by_verb(scene: Scene, seeds: list[Seed]) -> Mapping[int, list[Seed]]:
    """Give the votes by the verbs that tell of them: "today extended the mandate, adopting by a vote of"."""
    out: dict[int, list[Seed]] = {}
    for seed in seeds:
        if seed.type != "dip:Vote":
            continue
        token = scene.doc[seed.token]
        for word in (token, *token.ancestors):
            if word.lemma_.lower() in scene.lexicon.modality["report"]:
                break
            if word.pos_ in ("VERB", "AUX") and word.i not in seed.tokens:
                out.setdefault(word.i, []).append(seed)
            if word.dep_ in ("conj", "relcl", "ccomp"):
                break
    return out
