"""How the source commits itself: modality, polarity, status, and who is speaking.

Starting from the word that calls a frame up, the words that govern it are climbed; each may
make it planned, possible, conditional, denied or somebody's word.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from kg.model import (
    CONDITIONAL,
    EXPECTED,
    POSSIBLE,
)
from kg.text.charges import charged, charging
from kg.text.commitment import Commitment, has_be, tense
from kg.text.denials import (
    after_nor,
    calls_false,
    confirms,
    denied_noun,
    denies,
    is_called_false,
    is_claim,
    is_inverted_condition,
)
from kg.text.saidbeside import sentence
from kg.text.speakers import speaker_of
from kg.text.syntax import children, governors, has_to, steps_above

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.lexicon import Lexicon
    from kg.text.scene import Scene

Tense = Literal["past", "present", "future"]


_CLAUSAL = frozenset(("xcomp", "ccomp", "acomp", "advcl", "csubj", "pcomp"))
_ADJUNCT = frozenset(("at", "during", "after", "following", "before"))
_PARTS = frozenset(
    ("party", "part", "participant", "member", "observer", "mediator", "host", "guarantor", "venue")
)
_TELLING = frozenset(("for", "of", "to", "in", "on", "against"))
"""Prepositions by which a noun governs: "plans for talks", "readiness to meet"."""


def commitment(scene: Scene, trigger: Token) -> Commitment:
    """Read modality, polarity, tense and speaker off the words above a trigger; once for each."""
    found = scene.commitments.get(trigger.i)
    if found is None:
        found = scene.commitments[trigger.i] = _commitment(scene, trigger)
    return found


def _commitment(scene: Scene, trigger: Token) -> Commitment:
    now = _own(scene.lexicon, trigger)
    told_apart = False
    for below, word in steps_above(trigger):
        # A relative or adverbial clause is told as a fact of its own: what makes its main clause a
        # plan or a denial does not reach it, only who speaks does.
        if (
            below.dep_ == "prep"
            and below.lower_ in _ADJUNCT
            and word.pos_ == "VERB"
            and trigger.pos_ == "NOUN"
        ):
            # "failed to sign at a meeting": there was a meeting; "will sign at one": there will be.
            now = now if tense(word) != "future" else replace(now.weaker(EXPECTED), tense="future")
            told_apart = True
        told_apart |= _is_at_table(trigger, below, word)
        charge = charging(below, word)
        if charge is not None:
            now = charged(scene, now, charge)
        told_apart |= _stands_alone(below) or _takes_for_granted(scene.lexicon, below, word)
        now = _voice(scene, now, below, word) if told_apart else _governed(scene, now, below, word)
    return sentence(scene, trigger, now)


def _is_at_table(trigger: Token, below: Token, word: Token) -> bool:
    """As in "agreed to a truce at talks", where the parser hangs "at talks" on the truce: there were talks."""
    if trigger.pos_ != "NOUN" or below.dep_ != "prep" or below.lower_ not in _ADJUNCT or word.pos_ != "NOUN":
        return False
    verb = next((above for above in governors(word) if above.pos_ in ("VERB", "AUX")), None)
    return verb is not None and tense(verb) == "past"


def _stands_alone(word: Token) -> bool:
    if word.dep_ in ("relcl", "appos", "parataxis"):
        return not (
            word.dep_ == "relcl" and is_claim(word.head) and any(c.lower_ == "that" for c in word.children)
        )
    if word.dep_ == "conj" and word.pos_ in ("VERB", "AUX"):
        if any(c.dep_ == "mark" and c.lower_ == "that" for c in word.children):
            return False  # "demanded that X stop and that Y withdraw"
        finite = [aux for aux in children(word, "aux") if aux.tag_ != "TO"]
        return bool(finite or children(word, "nsubj", "nsubjpass"))
    return word.dep_ in ("acl", "advcl") and not has_to(word) and not is_claim(word.head)


def _takes_for_granted(lexicon: Lexicon, below: Token, word: Token) -> bool:
    """As in "refused to travel to the talks": the talks are there, whatever becomes of the journey."""
    if word.pos_ == "NOUN" and word.lemma_.lower() in _PARTS:
        return True  # "is not a party to the talks": there are talks
    if word.pos_ not in ("VERB", "AUX") or below.pos_ in ("VERB", "AUX", "ADJ"):
        return False
    lemma = word.lemma_.lower()
    return not any(lemma in lexicon.modality[reaching] for reaching in ("bearing", "deny", "warning"))


def _voice(scene: Scene, now: Commitment, below: Token, word: Token) -> Commitment:
    """Who says the sentence that holds a clause told apart."""
    lemma = word.lemma_.lower()
    if below.dep_ != "ccomp" or now.attributed or lemma not in scene.lexicon.modality["report"]:
        return now
    if any(child.lower_ in ("whether", "if", "why", "how") for child in below.children):
        return now  # "would not say whether the team that flew to X": that it flew is what the article says
    return replace(now, speaker=speaker_of(scene, word), attributed=True)


def _own(lexicon: Lexicon, trigger: Token) -> Commitment:
    now = Commitment(tense=tense(trigger), progressive=trigger.tag_ == "VBG" and has_be(trigger))
    if trigger.dep_ == "pcomp" and trigger.head.lower_ == "without":
        now = replace(now, negated=True)  # "left without signing"
    return _adjectives(lexicon, trigger, _verbal(lexicon, trigger, now))


def _verbal(lexicon: Lexicon, word: Token, now: Commitment) -> Commitment:
    """The auxiliaries, negations and adverbs of one word."""
    if word.dep_ == "ROOT" and any(child.tag_ == "TO" for child in word.children):
        now = replace(now.weaker(EXPECTED), tense="future")  # "Chad and Sudan To Hold Talks"
    if after_nor(word):
        now = replace(now, negated=not now.negated)
    if is_inverted_condition(word):
        now = now.weaker(CONDITIONAL)
    for child in word.children:
        lower = child.lower_
        if child.dep_ in ("aux", "auxpass") or child.tag_ == "MD":
            now = _auxiliary(lexicon, word, child, now)
        elif denies(child):
            now = replace(now, negated=not now.negated)
        elif child.dep_ == "advmod":
            now = _adverb(lexicon, lower, now)
        elif child.dep_ == "mark":
            now = _mark(lexicon, lower, now)
        elif child.dep_ in ("nsubj", "nsubjpass", "dobj") and denied_noun(child):
            now = replace(now, negated=True)
    return now


def _auxiliary(lexicon: Lexicon, word: Token, auxiliary: Token, now: Commitment) -> Commitment:
    lower = auxiliary.lower_
    if lower in lexicon.auxiliaries["expected"]:
        return replace(now.weaker(EXPECTED), tense="future")
    if lower in lexicon.auxiliaries["possible"]:
        return now.weaker(POSSIBLE)
    if lower in lexicon.auxiliaries["conditional"]:
        # "said it would host": the future seen from the past.
        reported = any(
            g.lemma_ in lexicon.modality["report"] and g.tag_ in ("VBD", "VBN")
            for g in (*governors(word), *word.children, *(c for h in governors(word) for c in h.children))
        )
        return replace(now.weaker(EXPECTED if reported else CONDITIONAL), tense="future")
    return now


def _adverb(lexicon: Lexicon, lower: str, now: Commitment) -> Commitment:
    if lower in lexicon.adverbs["hearsay"]:
        return replace(now, hearsay=True)
    if lower in lexicon.adverbs["possible"]:
        return now.weaker(POSSIBLE)
    return now


def _mark(lexicon: Lexicon, lower: str, now: Commitment) -> Commitment:
    if lower in lexicon.marks["conditional"]:
        return now.weaker(CONDITIONAL)
    if lower in lexicon.marks["possible"]:
        return now.weaker(POSSIBLE)
    return now


def _adjectives(lexicon: Lexicon, word: Token, now: Commitment) -> Commitment:
    """As in "planned talks", "a possible summit"."""
    for child in word.children:
        if child.dep_ in ("amod", "compound"):
            if child.lower_ in lexicon.kinds["planned"]:
                now = replace(now.weaker(EXPECTED), tense="future")
            elif child.lower_ in lexicon.kinds["proposed"]:
                now = now.weaker(POSSIBLE)
    return now


def _governed(scene: Scene, now: Commitment, below: Token, word: Token) -> Commitment:
    """What one governing word does to what stands below it."""
    if word.pos_ in ("NOUN", "PROPN") and below.dep_ in ("acl", "relcl", "ccomp") and is_claim(word):
        if confirms(word):
            return (
                now if now.attributed else replace(now, speaker=speaker_of(scene, word.head), attributed=True)
            )
        return replace(now.weaker(POSSIBLE), negated=now.negated != is_called_false(word))
    if calls_false(below, word):
        return replace(now, negated=not now.negated)
    if word.pos_ in ("VERB", "AUX", "ADJ"):
        return _under_verb(scene, now, below, word)
    return _under_noun(scene, now, below, word)


def _under_verb(scene: Scene, now: Commitment, below: Token, word: Token) -> Commitment:
    label = below.dep_
    if label in _CLAUSAL and below.pos_ in ("VERB", "AUX"):
        return _clausal(scene, now, below, word)
    if label in ("acomp", "attr", "oprd") and word.lemma_ == "be":
        return _verbal(scene.lexicon, word, _with_tense(now, word))
    return _nominal(scene, now, below, word)


def _under_noun(scene: Scene, now: Commitment, below: Token, word: Token) -> Commitment:
    if word.pos_ in ("NOUN", "PROPN") and below.dep_ == "acl" and has_to(below):
        return _effect(scene, now, word)
    told_of = word.pos_ == "ADP" and below.dep_ in ("pobj", "pcomp") and word.lower_ in _TELLING
    bound = word.head.pos_ == "ADJ" or (
        word.head.tag_ == "VBN" and below.dep_ == "pcomp" and word.lower_ == "to"
    )
    if told_of and (word.head.pos_ == "NOUN" or bound):
        return _effect(scene, now, word.head)  # "plans for talks", "committed to carrying out attacks"
    return now


def _with_tense(now: Commitment, word: Token) -> Commitment:
    return now if now.tense is not None else replace(now, tense=tense(word))


def _is_yet(word: Token, below: Token) -> bool:
    between = word.doc[word.i : below.i]
    return word.lemma_ in ("be", "have") and has_to(below) and any(t.lower_ == "yet" for t in between)


def _clausal(scene: Scene, now: Commitment, below: Token, word: Token) -> Commitment:
    """A verb or adjective over a clause: control, raising, reporting."""
    lexicon = scene.lexicon
    if below.dep_ == "advcl" and not has_to(below):
        return now
    if below.dep_ in ("xcomp", "advcl", "acomp", "pcomp") or (below.dep_ == "ccomp" and has_to(below)):
        if _is_yet(word, below):
            now = replace(now, negated=not now.negated)  # "has yet to ratify"
        elif word.lemma_ == "be" and has_to(below):
            return _verbal(lexicon, word, replace(now.weaker(EXPECTED), tense="future"))
        if (
            below.dep_ == "advcl"
            and word.lemma_ not in lexicon.modality["possible"] | lexicon.modality["refused"]
        ):
            # A purpose: "flew to Cairo to meet him".
            return now.weaker(EXPECTED)
        return _verbal(lexicon, word, _effect(scene, _with_tense(now, word), word))
    if below.dep_ == "ccomp":
        return _reported(scene, now, word)
    return now


def _nominal(scene: Scene, now: Commitment, below: Token, word: Token) -> Commitment:
    """A verb over a noun phrase that holds the trigger: "postponed the talks", "denied any meeting"."""
    # "had agreed to it on 28 July at talks": the parser hangs "at talks" on the day.
    of_day = below.dep_ == "prep" and any(child.ent_type_ in ("DATE", "TIME") for child in below.children)
    if of_day or below.dep_ not in ("dobj", "nsubjpass", "pobj", "prep", "nsubj", "attr"):
        return now
    now = _with_tense(now, word)
    lemma = word.lemma_.lower()
    if lemma == "plan" and below.dep_ == "nsubjpass":
        return _verbal(scene.lexicon, word, replace(now.weaker(EXPECTED), tense="future"))
    uninvited = lemma == "invite" and any(denies(child) for child in word.children)
    if lemma in scene.lexicon.modality["warning"] or lemma == "invite":
        # Who is not invited to the talks does not stop them.
        return now if uninvited else now.weaker(POSSIBLE)
    if lemma not in scene.lexicon.modality["bearing"] and lemma not in scene.lexicon.modality["deny"]:
        return now
    if below.dep_ in ("dobj", "nsubjpass") or (below.dep_ == "prep" and below.lower_ in ("for", "to", "on")):
        if lemma in scene.lexicon.modality["deny"]:
            return replace(now, negated=True, speaker=speaker_of(scene, word), attributed=True)
        now = _effect(scene, now, word)
    return _verbal(scene.lexicon, word, now)


def _effect(scene: Scene, now: Commitment, word: Token) -> Commitment:
    modality, lemma = scene.lexicon.modality, word.lemma_.lower()
    if lemma in modality["refused"]:
        return replace(now, negated=True, refused=True)
    if lemma in modality["failed"]:
        return replace(now, negated=not now.negated)
    if lemma in modality["possible"] or (word.pos_ == "ADJ" and lemma in modality["possible_adjectives"]):
        return now.weaker(POSSIBLE)
    if lemma in modality["expected"]:
        return replace(now.weaker(EXPECTED), tense="future")
    if lemma in modality["deny"]:
        return replace(now, negated=True, speaker=speaker_of(scene, word), attributed=True)
    return now


def _reported(scene: Scene, now: Commitment, verb: Token) -> Commitment:
    modality, lemma = scene.lexicon.modality, verb.lemma_.lower()
    if lemma in modality["deny"]:
        now = replace(now, negated=not now.negated)
    elif lemma in modality["possible_report"]:
        now = now.weaker(POSSIBLE)
    elif lemma not in modality["report"]:
        return now
    if any(child.dep_ == "neg" for child in verb.children):
        now = now.weaker(POSSIBLE)
    speaker = now.speaker if now.attributed else speaker_of(scene, verb)
    return replace(now, speaker=speaker, attributed=True)
