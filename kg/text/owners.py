"""Whose office a title is: through the apposition that tells it, or a pronoun that points back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.placing import POSSESSIVE
from kg.text.scene import DEMONYM, is_kind
from kg.text.syntax import children, first_conjunct, prepositional
from kg.text.titlewords import is_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from kg.model import Entity, Link
    from kg.text.scene import Scene

_FURTHER = 14
"""Tokens that an apposition may span."""
_OWNER = 2
"""Tokens before a title that a possessive and its owner take at least."""
_OF = frozenset(("of", "for", "to", "at", "in"))
STATES_OWN = frozenset(("leader", "head", "chief", "commander", "delegate", "ruler"))
"""Titles that are an office only with the state or body they belong to."""


def apposed(scene: Scene, link: Link) -> tuple[int, int] | None:
    """Give the tokens of the apposition behind a name that tells an office: ``X, Y's adviser for Z,``."""
    titles = scene.lexicon.words["titles"]
    start = link.mention.tokens.end
    if start >= len(scene.doc) or scene.doc[start].text != ",":
        return None
    for token in scene.doc[start + 1 : min(scene.head(link).sent.end, start + _FURTHER)]:
        if token.text == "," or token.tag_.startswith("VB") or token.lower_ in ("who", "which", "and", "by"):
            return None
        if token.tag_ in ("NN", "NNP") and token.lemma_.lower() in titles and scene.link(token) is None:
            if token.dep_ not in ("appos", "conj", "npadvmod", "attr", "nsubj", "pobj", "dobj", "ROOT"):
                continue
            return start + 1, _end(scene, token)
    return None


def _end(scene: Scene, head: Token) -> int:
    """Give where the title ends: behind the names that ``of``, ``for`` or ``to`` put after it."""
    end = head.i + 1
    for prep in children(head, "prep"):
        if prep.i == end and prep.lower_ in _OF:
            edge = prep.right_edge.i + 1
            stop = next(
                (t.i for t in scene.doc[end:edge] if t.text in (",", "(") or t.tag_[:2] == "VB"), edge
            )
            end = max(end, stop)
    return end


def pointed_at(scene: Scene, pronoun: Token) -> Entity | None:
    """Give the state or body that ``its`` in ``its spokesman`` points back to, or None.

    That is the one subject of its kind before the pronoun in the sentence, else of the sentence before; for
    ``whose`` the name right before it.
    """
    if pronoun.lower_ == "whose":
        return _right_before(scene, pronoun)
    if pronoun.lower_ != "its":
        return None
    sentence = pronoun.sent
    here = _subjects(scene, scene.doc[sentence.start : pronoun.i])
    if here or sentence.start == 0:
        return here[-1] if len({entity.key for entity in here}) == 1 else None
    before = _subjects(scene, scene.doc[sentence.start - 1].sent)
    return before[0] if len({entity.key for entity in before}) == 1 else None


def _right_before(scene: Scene, whose: Token) -> Entity | None:
    """As in "handed over to A, whose minister": A; not in "the militia in A, whose leader"."""
    at = whose.i - 1
    if at > 0 and scene.doc[at].text == ",":
        at -= 1
    link = scene.link(scene.doc[at]) if at >= 0 else None
    if link is None or not is_kind(link.entity, "state", "group"):
        return None
    above = scene.head(link).head
    of_another = above.pos_ == "ADP" and above.head.pos_ in ("NOUN", "PROPN")
    return None if of_another else link.entity


def spoken_for(scene: Scene, start: int) -> Entity | None:
    """Give whose office "the deputy foreign minister" is that names no state, or None.

    That is the state in whose capital the person speaks ("said in Nairobi"), else the state the article is
    written from; where that is not plain, the one state of its sentence, if it is a subject before the office.
    """
    sentence = scene.doc[start].sent
    seats = _seats(scene, sentence)
    if seats:
        return next(iter(seats.values())) if len(seats) == 1 else None
    if scene.home is not None:
        return scene.home
    found = {entity.key: entity for entity in _subjects(scene, scene.doc[sentence.start : start])}
    state = next(iter(found.values())) if len(found) == 1 else None
    named = {
        link.entity
        for token in sentence
        if (link := scene.link(token)) is not None and is_kind(link.entity, "state")
    }
    return state if is_kind(state, "state") and len(named) == 1 else None


def _seats(scene: Scene, sentence: Span) -> dict[str, Entity]:
    """The states in whose capitals something is said: "told reporters in Nairobi"."""
    found: dict[str, Entity] = {}
    for token in sentence:
        link = scene.link(token)
        if link is None or token.dep_ != "pobj" or token.head.lower_ != "in":
            continue
        verb = token.head.head
        seat = scene.kb.metonym(link.mention.text)
        if seat is not None and verb.lemma_ in scene.lexicon.modality["report"]:
            found[seat[0].key] = seat[0]
    return found


def _subjects(scene: Scene, span: Span) -> list[Entity]:
    found = []
    for token in span:
        link = scene.link(token)
        top = first_conjunct(token)
        subject = top.dep_ in ("nsubj", "nsubjpass") or (token.dep_ == "appos" and token.head.dep_ == "nsubj")
        if (
            subject
            and link is not None
            and link.entity is not None
            and is_kind(link.entity, "state", "group")
        ):
            found.append(link.entity)
    return found


def vague_office(scene: Scene, heads: Sequence[Token], words: str, side: Entity | None) -> bool:
    """Tell whether ``leader`` or ``head`` is an office here: the one of a state or body that is named."""
    head = heads[-1]
    if side is None or head.tag_ in ("NNS", "NNPS") or words.removeprefix("deputy ") not in STATES_OWN:
        return False
    owners = [*children(head, "poss", "amod", "compound", "nmod"), *prepositional(head, "of")]
    owned = [link for owner in owners if (link := scene.link(owner)) is not None]
    if not any(link.entity is not None and link.entity.key == side.key for link in owned):
        return False  # "the head of Egypt's spy agency" is not the head of Egypt
    return not any(child.lower_ in ("a", "an", "senior", "top") for child in head.children)


def is_somebody_elses(scene: Scene, first: Token) -> bool:
    """Tell whether the owner is not known, and so not the person's state: "the rebels' negotiator"."""
    if first.i < _OWNER or first.nbor(-1).lower_ not in POSSESSIVE:
        return False
    owner = first.nbor(-2)
    return scene.link(owner) is None and not is_title(scene, owner)


def begins_the_sentence(scene: Scene, token: Token) -> bool:
    """Tell whether a place is that of the sentence, not the minister's state: "In A Minister B met"."""
    link = scene.link(token)
    if link is None or link.mention.type == DEMONYM or link.mention.text.isupper():
        return False
    before = link.mention.tokens.start - 1
    return before >= token.sent.start and scene.doc[before].lower_ in ("in", "from", "at", "near", "outside")
