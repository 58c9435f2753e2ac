"""Meetings of nobody named: "They are to meet again on Friday", "The commission meets next in May"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Term
from kg.text.scene import is_kind
from kg.text.slots import fill
from kg.text.syntax import conjuncts, has_to, prepositional, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.text.scene import Scene

_TOGETHER = frozenset((Term("dip:Meeting"), Term("dip:Talks")))
_ALL = frozenset(("they", "both", "we"))


def assembles(scene: Scene, frame: Frame, verb: Token) -> bool:
    """Tell whether a verb says that several met among themselves, though nothing tells who they are.

    Such a meeting is worth telling for its day and place; ``kg.text.worth`` asks for them.
    """
    alone = not fill(scene, verb, "object") and not prepositional(verb, "with")
    return (
        frame.type in _TOGETHER
        and frame.name in _MEETS
        and verb.pos_ == "VERB"
        and alone
        and any(_are_several(scene, word) for subject in _who(verb) for word in conjuncts(subject))
    )


def assembles_somewhere(scene: Scene, frame: Frame, verb: Token) -> bool:
    """Tell whether several are told to meet among themselves at a place with a name."""
    places = [word for preposition in ("in", "at") for word in prepositional(verb, preposition)]
    return any(scene.link(word) is not None for word in places) and assembles(scene, frame, verb)


def meets_unnamed(scene: Scene, frame: Frame, verb: Token) -> bool:
    """Tell whether somebody is said to meet, on a day, people whom nothing names: "will meet party leaders on Friday".

    Whoever is named took part all the same; that there is one is for the caller to see.
    """
    if frame.name not in _FACE or verb.pos_ != "VERB":
        return False
    others = [*fill(scene, verb, "subject"), *fill(scene, verb, "object"), *prepositional(verb, "with")]
    dated = any(word.ent_type_ in ("DATE", "TIME") for word in verb.subtree)
    return dated and any(_are_people(scene, word) for word in others)


def _are_people(scene: Scene, word: Token) -> bool:
    """As in "party leaders", "the heads of all factions", "the two men"."""
    if scene.link(word) is not None or word.pos_ != "NOUN":
        return False
    words, lemma = scene.lexicon.words, word.lemma_.lower()
    if lemma in words["pair_leaders"] and {c.lower_ for c in word.children} & words["pair_marks"]:
        return True
    return word.tag_ == "NNS" and lemma in words["representatives"] | words["titles"]


_FACE = frozenset(("meet", "receive", "see-somebody"))
_MEETS = frozenset(("meet", "sit-down", "gather", "negotiate-together", "sit-together"))


def _who(verb: Token) -> list[Token]:
    """Give the subject of a verb, or of the verbs over it: "are to meet", "agreed to meet"."""
    word = verb
    while not (found := subjects(word)):
        if word.dep_ not in ("xcomp", "conj") or not (has_to(word) or word.dep_ == "conj"):
            return []
        word = word.head
    return found


def _are_several(scene: Scene, word: Token) -> bool:
    """Tell whether a word speaks of sides, officials or experts, or of a body that sits."""
    link = scene.link(word)
    if link is not None:
        return link.entity is not None and is_kind(link.entity, "group") and _is_body(scene, word)
    if word.pos_ == "PRON":
        return word.lower_ in _ALL
    words = scene.lexicon.words
    lemma = word.lemma_.lower()
    if word.tag_ in ("NNS", "NNPS"):
        return lemma in words["representatives"] | words["parties"] | words["titles"] | words["delegations"]
    return _is_body(scene, word)


def _is_body(scene: Scene, word: Token) -> bool:
    return word.lemma_.lower() in scene.lexicon.words["sitting_bodies"]
