"""Frames at work: from triggers in a document to seeds with roles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import ACTUAL, EXPECTED, HELD, ONGOING, PLANNED, POSSIBLE, PROPOSED, Abstention, Term
from kg.text.armed import is_named_deed
from kg.text.assemblies import assembles, assembles_somewhere, meets_unnamed
from kg.text.commitment import Commitment, status_of
from kg.text.company import company_fits, things_done
from kg.text.contents import tell_stance
from kg.text.equated import is_said_of
from kg.text.events import by_phone, events_of
from kg.text.roles import PERFORMS, fill_roles
from kg.text.saidbeside import laid_to
from kg.text.scene import PERSON, is_kind
from kg.text.seeds import ARMED, DEEDS, PARTICIPATES, STANCES, Seed
from kg.text.slots import fill
from kg.text.stance import commitment
from kg.text.stays import has_company, is_abroad, is_dated, lemmas_inside
from kg.text.syntax import asks, children, has_to, objects, prepositional
from kg.text.wanted import agree_together, is_accused, is_denied_itself, is_wanted_of, will_not
from kg.text.wishes import wishes
from kg.text.words import words_of
from kg.text.workshop import Workshop, actors

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.model import Entity
    from kg.text.scene import Scene

Context = Callable[[int], tuple["Entity", ...]]

_PLANS = frozenset((PLANNED, PROPOSED))
_ANNOUNCED = frozenset(
    ("dip:StatusCancelled", "dip:StatusPostponed", "dip:StatusProposed", "dip:StatusPlanned")
)


def apply_frames(shop: Workshop) -> None:
    """Apply every frame whose trigger stands in the document, in text order."""
    words, triggers = words_of(shop.scene.doc), shop.scene.lexicon.triggers
    for at, lemma in enumerate(words.lemma):
        if lemma not in triggers and words.lower[at] not in triggers:
            continue
        token = shop.scene.doc[at]
        frames = frames_at(shop.scene, token)
        if not frames or asks(token):
            continue
        for frame in frames:
            if fits(shop.scene, frame, token):
                _apply(shop, frame, token)


def frames_at(scene: Scene, token: Token) -> tuple[Frame, ...]:
    """Give the frames that a word calls up, whether or not they hold of it."""
    lemma = token.lemma_.lower()
    if scene.link(token) is not None:
        return ()
    if token.tag_ in ("VBG", "VBZ") and token.lower_ in scene.lexicon.by_noun and is_named_deed(token):
        return scene.lexicon.by_noun[token.lower_]
    if token.pos_ in ("VERB", "AUX"):
        return scene.lexicon.by_verb.get(lemma, ())
    if token.pos_ in ("NOUN", "PROPN"):
        return scene.lexicon.by_noun.get(lemma, ())
    return scene.lexicon.by_adjective.get(lemma, ()) if token.pos_ == "ADJ" else ()


def fits(scene: Scene, frame: Frame, token: Token) -> bool:
    """Tell whether the words around a trigger are those that its frame wants."""
    trigger = frame.trigger
    if not company_fits(frame, token):
        return False
    if token.pos_ == "NOUN" and {c.lower_ for c in token.children} & scene.lexicon.words["former"]:
        return False  # "the former head of the delegation"
    if trigger.objects and trigger.objects.isdisjoint(things_done(scene, token)):
        return False
    if not _clause_fits(scene, frame, token) or ("as" in trigger.without and _helps(scene, token)):
        return False
    if (frame.intransitive and fill(scene, token, "object")) or _only_wanted(scene, frame, token):
        return False
    filled = not (_is_yet_to_be(token) or _is_mere_ability(token) or _has_lost_its_verb(token)) and (
        all(fill(scene, token, slot) for slot in frame.requires) or assembles_somewhere(scene, frame, token)
    )
    return filled and not any(fill(scene, token, slot) for slot in frame.unless)


def _has_lost_its_verb(token: Token) -> bool:
    """As in "agreed to let observers from abroad inspect it": a bare infinitive, whose doer the parser has lost."""
    alone = token.tag_ == "VB" and token.dep_ == "advcl"
    return alone and not children(token, "aux", "auxpass", "mark", "nsubj", "nsubjpass")


def _clause_fits(scene: Scene, frame: Frame, token: Token) -> bool:
    """Tell whether the trigger's clause has the form that the frame wants."""
    judged = frame.trigger.judged
    wrong = (
        (frame.wish and not wishes(token))
        or (frame.phone and not by_phone(scene, token))
        or (frame.trigger.inside and frame.trigger.inside.isdisjoint(lemmas_inside(token)))
        or (frame.wont and not will_not(scene, token))
        or (frame.single and agree_together(token))
        or (frame.plain and _has_purpose(token))
    )
    return not wrong and (not judged or bool(_judgement(token) & judged))


def _only_wanted(scene: Scene, frame: Frame, token: Token) -> bool:
    """As in "urged Chad to free them", "agreed to propose"; or "did not agree", which is a refusal."""
    if frame.type in STANCES:
        turned = frame.type == "dip:Offer" and is_denied_itself(token)
        refused = turned and any(other.wont for other in frames_at(scene, token))
        return refused or is_accused(token) or is_wanted_of(scene, token, pledged=False)
    return frame.type in DEEDS and is_wanted_of(scene, token, pledged=True)


def _judgement(token: Token) -> set[str]:
    """The words by which a verb judges its object: "described it as groundless", "called it a defeat"."""
    near = (token, *objects(token))
    said = children(token, "oprd", "attr")
    said += [word for each in near for word in prepositional(each, "as")]
    preps = [prep for each in near for prep in children(each, "prep") if prep.lower_ == "as"]
    said += [word for prep in preps for word in children(prep, "amod", "advcl")]
    said += [word for clause in children(token, "ccomp") for word in (clause, *children(clause, "acomp"))]
    return {w.lemma_.lower() for word in said for w in (word, *children(word, "amod", "conj"))}


def _has_purpose(token: Token) -> bool:
    return any(c.dep_ in ("xcomp", "ccomp", "advcl") and has_to(c) for c in token.children)


def _helps(scene: Scene, token: Token) -> bool:
    """As in "was present at the talks as an observer": no party, wherever the parser hangs the "as"."""
    for word in scene.doc[token.i + 1 : min(token.sent.end, token.i + _AS_FAR)]:
        if word.text in (",", ";") or word.pos_ == "VERB":
            return False
        if word.lower_ == "as":
            return any(t.lemma_ in _HELPERS for t in scene.doc[word.i + 1 : word.i + 4])
    return False


_AS_FAR = 10
_HELPERS = frozenset(
    ("observer", "mediator", "guarantor", "host", "witness", "facilitator", "guest", "interpreter")
)


def _is_yet_to_be(token: Token) -> bool:
    """As in "the summit was to have been attended", which does not say that it took place."""
    return token.lemma_ == "be" and any(child.dep_ == "xcomp" for child in token.children)


def _said(shop: Workshop, frame: Frame, token: Token) -> Commitment:
    """Give how the source commits itself to what a frame says."""
    said = commitment(shop.scene, token)
    if frame.type in STANCES and token.pos_ == "NOUN":
        # "Sudan rejected Egypt's proposal": the proposal was made, whatever became of it.
        said = replace(said, negated=False, refused=False, modality=ACTUAL)
    if token.pos_ == "NOUN" and frame.event == ("context",) and not is_said_of(token):
        # "promised the Saudi mediators": they mediate, whatever was promised to them.
        said = replace(said, negated=False, refused=False, modality=ACTUAL)
    if "author" in frame.requires:
        said = replace(said, modality=ACTUAL)  # whoever claims a bombing tells of his own deed
    if frame.status == PROPOSED:
        said = said.weaker(POSSIBLE)
    if frame.status == PLANNED and frame.roles:
        said = said.weaker(EXPECTED)
    if frame.type == "dip:Support" and said.modality == EXPECTED and _is_bound(token):
        said = replace(said, modality=ACTUAL)  # "is committed to supporting": that is support already
    if frame.weakens is not None and not said.negated:
        said = said.weaker(frame.weakens)
    if frame.negates:
        said = replace(said, negated=not said.negated)
    if frame.wont:
        said = replace(said, negated=False, refused=False, modality=ACTUAL)
    return laid_to(shop.scene, token, said) if frame.type in DEEDS else said


def _is_bound(token: Token) -> bool:
    above = {word.lemma_.lower() for word in [*token.ancestors][:3]}
    return bool(above & {"commit", "committed", "commitment", "continue", "work"})


def _is_mere_ability(token: Token) -> bool:
    """As in "its capacity to attack X": nobody attacked."""
    return token.dep_ == "acl" and token.head.lemma_ in _ABILITIES


_ABILITIES = frozenset(("capacity", "capability", "ability", "means", "power"))


def _apply(shop: Workshop, frame: Frame, token: Token) -> None:
    if frame.alone and has_company(shop, token):
        return
    said = _said(shop, frame, token)
    for seed in events_of(shop, frame, token, said):
        filled = _parties_told(shop, frame, token) and fill_roles(shop, frame, token, seed, said)
        filled = filled and (not frame.alone or bool(seed.places) or is_dated(token))
        filled = filled and (not frame.dated or (is_abroad(shop, token, seed) and is_dated(token)))
        seed.apart |= filled and meets_unnamed(shop.scene, frame, token) and len(seed.parties) == 1
        seed.bare |= frame.bare and not said.negated
        filled |= frame.bare
        own = "self" in frame.event and (seed.token == token.i or seed.type in ARMED)
        if own and not (filled or assembles(shop.scene, frame, token)):
            if seed.type not in ARMED or not seed.roles:  # what another frame tells of the same deed stays
                shop.drop(seed)
            continue
        if frame.roles and not filled and frame.status is None:
            continue
        seed.frames.append(frame.name)
        if token.pos_ in ("VERB", "AUX") and not frame.journey:
            announces = frame.status in _ANNOUNCED
            (seed.announced if announces else seed.tokens).add(token.i)
        _status(frame, token, seed, said)
        if frame.content is not None:
            tell_stance(shop, frame, token, seed)


def _parties_told(shop: Workshop, frame: Frame, token: Token) -> bool:
    """Whether every required slot that a participant is read from holds an actor."""
    if meets_unnamed(shop.scene, frame, token):
        return True
    context = shop.context(token.i)
    for slot in frame.resolves:
        # What stands before the trigger is a relative pronoun that the parser mistook for an object.
        told = any(
            (word.i > token.i or slot == "subject") and not _is_where(shop.scene, word)
            for word in fill(shop.scene, token, slot)
        )
        if told and not any(True for _ in actors(shop, token, slot, context)):
            why = f"{slot} of {token.text!r} is nobody known"
            shop.abstentions.append(Abstention(shop.scene.evidence(token), frame.name, why))
            return False
    for slot in frame.persons:
        who = list(actors(shop, token, slot, context))
        if not any(p.entity.type == PERSON or p.via in ("officials", "official", "delegation") for p in who):
            return False
    tells = (PARTICIPATES, PERFORMS) if frame.type in ARMED else (PARTICIPATES,)
    needed = {slot for predicate, slots in frame.roles if predicate in tells for slot in slots}
    return all(
        any(True for _ in actors(shop, token, slot, context)) for slot in frame.requires if slot in needed
    )


def _is_where(scene: Scene, word: Token) -> bool:
    """As in "met in Foz do Iguaçu": the parser may take part of a place's name for an object."""
    link = scene.link(word)
    return link is not None and is_kind(link.entity, "place") and not is_kind(link.entity, "state")


def _status(frame: Frame, token: Token, seed: Seed, said: Commitment) -> None:
    if frame.status is None or seed.type in STANCES or frame.status == "none":
        return
    if frame.status == "end" and _before_it_began(token):
        seed.status_said = True  # nothing was held, and nobody called it off
        return
    told = status_of(said)
    if frame.status.startswith("dip:"):
        _status_said(frame.status, token, seed, said)
        return
    if told == HELD and frame.status == "begin":
        told = ONGOING
    if told == ONGOING and frame.status == "end":
        told = HELD
    if frame.status == "attend" and told != HELD:
        return
    if frame.status == "role" and seed.status is not None:
        return
    if told is not None and not seed.status_said:
        seed.status = told
        if told == PLANNED:
            seed.commitment = said


def _status_said(status: str, token: Token, seed: Seed, said: Commitment) -> None:
    """A status that a word of its own tells: "postponed"."""
    settled = seed.status is not None and status in _PLANS and seed.status not in _PLANS
    ends = any(
        c.dep_ == "xcomp" and c.lemma_ in ("end", "last", "finish", "continue") for c in token.children
    )
    if not said.negated and not settled and not ends:
        # Under "may" a word of postponing or cancelling leaves the plan as it stands.
        doubted = status_of(said) == PROPOSED != status
        seed.status = PLANNED if doubted else Term(status)
        seed.status_said = True


def _before_it_began(token: Token) -> bool:
    """As in "the talks collapsed before they had begun", "the talks failed to begin"."""
    if token.lemma_ == "fail" and any(child.dep_ == "xcomp" for child in token.children):
        return True
    return any(
        clause.lemma_ in ("begin", "start", "open") and any(w.lower_ == "before" for w in clause.children)
        for clause in token.children
        if clause.dep_ == "advcl"
    )
