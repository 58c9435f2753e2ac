"""Agreements and resolutions: the noun phrases that name a text to be signed or adopted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.seeds import INSTRUMENTS, Seed
from kg.text.stance import commitment

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Term
    from kg.text.scene import Scene

_LONGEST = 12
"""Words of an instrument's label; what follows is not its name."""


def instrument_type(scene: Scene, token: Token) -> Term | None:
    """Give the class of instrument that a noun names, or None."""
    link = scene.link(token)
    if link is not None:
        return link.entity.type if link.entity is not None and link.entity.type in INSTRUMENTS else None
    return scene.lexicon.instruments.get(token.lemma_.lower()) if token.pos_ in ("NOUN", "PROPN") else None


def instrument_at(scene: Scene, seeds: list[Seed], token: Token) -> Seed | None:
    """Give the seed of the instrument that a noun names, made if there is none yet."""
    kind = instrument_type(scene, token)
    if kind is None:
        return None
    known = next((seed for seed in seeds if token.i in seed.tokens and seed.type in INSTRUMENTS), None)
    if known is not None:
        return known
    seed = Seed(
        token=token.i,
        type=kind,
        commitment=commitment(scene, token),
        tokens={token.i},
        label=label(scene, token),
        definite=any(c.lower_ in ("the", "this", "that", "these") for c in token.children),
    )
    seeds.append(seed)
    return seed


def label(scene: Scene, token: Token) -> str:
    """Give the name of an instrument: its phrase without article, clause or date."""
    link = scene.link(token)
    if link is not None and link.entity is not None:
        return link.entity.label
    start, end = token.left_edge.i, token.i + 1
    while (
        end < len(scene.doc)
        and (scene.doc[end].like_num or scene.doc[end].text in ("No.", "number"))
        and token.tag_ != "NNS"
    ):
        end += 1
        if scene.doc[end - 1].like_num:
            break
    while start < token.i and (
        scene.doc[start].dep_ in ("det", "poss", "case")
        or (scene.doc[start].dep_ == "nummod" and scene.doc[start + 1].text != "-")
        or scene.doc[start].is_punct
    ):
        start += 1
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in ("of", "on") and prep.i == end:
            stop = prep.right_edge.i + 1
            if stop - start <= _LONGEST and not any(t.pos_ == "VERB" for t in scene.doc[prep.i : stop]):
                end = stop
    words = scene.doc[start:end]
    return scene.quote(scene.original(words)).replace("\n", " ")
