"""Deeds and stances that are only asked for, and what somebody says will not be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.blame import is_charge
from kg.text.counterparts import leader
from kg.text.denials import denies
from kg.text.stance import commitment
from kg.text.syntax import children, conjuncts, has_to, is_passive, objects, prepositional, subjects
from kg.text.wishes import bids

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.text.scene import Scene

_DEMANDS = frozenset(
    ("demand", "request", "call", "appeal", "insistence", "plea", "condition", "proposal", "wish")
)
_ASKS = frozenset(("dip:Demand", "dip:Offer", "dip:Support"))
_LETS = frozenset(("want", "allow", "enable", "permit", "encourage", "advise", "wish", "invite"))
_CLAUSES = frozenset(("xcomp", "ccomp"))
_FUTURE = frozenset(("will", "wo", "would", "shall"))


def is_wanted_of(scene: Scene, token: Token, *, pledged: bool) -> bool:
    """Tell whether a word says what is only asked for or offered: "urged Chad to free", "for X to ease".

    With ``pledged``, what somebody promises or agrees to do is told too, as what is expected of him.
    """
    verb = token
    if leader(verb) != verb:
        return False
    while verb.dep_ == "conj" and verb.head.pos_ == "VERB" and (not _has_subject(verb) or _is_asked(verb)):
        verb = verb.head  # "demanded that X stop and that Y withdraw"
    if _is_wanted_by_noun(verb) or (has_to(verb) and any(c.lower_ == "for" for c in children(verb, "mark"))):
        return True
    asked = verb.dep_ in _CLAUSES and (has_to(verb) or verb.tag_ in ("VB", "VBP"))
    if verb.dep_ == "advcl" and has_to(verb):
        asked = verb.i > verb.head.i and (_asks(scene, verb.head) or verb.head.lemma_ in _LETS)
    if not asked or verb.head.pos_ != "VERB":
        return False
    if verb.dep_ == "ccomp" and not has_to(verb) and children(verb, "aux"):
        return False  # "insisted that X will send" is a report
    head = verb.head
    if pledged and (head.lemma_ == "order" or head.lemma_.lower() in scene.lexicon.modality["expected"]):
        return False  # what is ordered or promised will be done
    return head.lemma_ in _LETS or _asks(scene, head)


def _has_subject(verb: Token) -> bool:
    return bool(children(verb, "nsubj", "nsubjpass"))


def _is_wanted_by_noun(verb: Token) -> bool:
    """As in "repeated its request that X free them"."""
    return verb.head.pos_ == "NOUN" and verb.head.lemma_.lower() in _DEMANDS and _is_asked(verb)


def _asks(scene: Scene, verb: Token) -> bool:
    if verb.lemma_.lower() in scene.lexicon.modality["report"] and not _frames(scene, verb, "dip:Demand"):
        return False
    return any(_frames(scene, verb, kind) for kind in _ASKS)


def _frames(scene: Scene, verb: Token, kind: str) -> bool:
    frames = scene.lexicon.by_verb.get(verb.lemma_.lower(), ())
    return any(
        f.type == kind and not (f.wish or f.wont or f.trigger.judged) and _has_its_words(f, verb)
        for f in frames
    )


def _has_its_words(frame: Frame, verb: Token) -> bool:
    """Tell whether a verb has the preposition that makes it ask: "called on X to", not "called X to"."""
    beside = {child.lower_ for child in verb.children}
    wanted = {slot.removeprefix("prep:") for slot in frame.requires if slot.startswith("prep:")}
    return wanted <= beside and (not frame.trigger.particle or bool(frame.trigger.particle & beside))


def agree_together(verb: Token) -> bool:
    """Tell whether several agree on what they will do together, which nobody offers to anybody."""
    if not any(
        len(list(conjuncts(word))) > 1 or word.tag_ in ("NNS", "NNPS") or word.lower_ in ("we", "they")
        for word in subjects(verb)
    ):
        return False
    deeds = children(verb, "xcomp", "ccomp", "advcl")
    return bool(prepositional(verb, "on")) or any(deed.lemma_ in _TOGETHER for deed in deeds)


_TOGETHER = frozenset(
    ("meet", "continue", "resume", "try", "prolong", "extend", "set", "establish", "form", "hold", "return", "reconvene", "negotiate",
     "talk", "work", "discuss", "seek", "start", "begin", "open", "cooperate", "create", "consult", "go", "propose", "ask")
)  # fmt: skip


def will_not(scene: Scene, verb: Token) -> bool:
    """Tell whether somebody says of himself that he will not do something, or does not yield to it."""
    if not any(denies(child) for child in verb.children):
        return False
    if verb.lemma_ in _YIELDS:
        return is_denied_itself(verb)
    auxiliaries = {child.lower_ for child in children(verb, "aux")}
    wont = bool(auxiliaries & _FUTURE) and not is_passive(verb) and is_denied_itself(verb)
    return wont and commitment(scene, verb).attributed


_YIELDS = frozenset(("accept", "agree", "recognise", "recognize", "consent"))
"""What one does not do by refusing, whatever the tense."""


def is_accused(verb: Token) -> bool:
    """As in "accused them of siding with X": a stance that is laid to somebody's charge."""
    return verb.dep_ == "pcomp" and is_charge(verb.head.head, verb.head)


def vows(verb: Token) -> list[Token]:
    """What somebody says that he will do: "warned that it would close the border"."""
    return [
        clause
        for clause in children(verb, "ccomp")
        if clause.i > verb.i and clause.pos_ == "VERB" and not is_passive(clause) and _is_own(clause)
    ]


def harms(scene: Scene, trigger: Token) -> list[Token]:
    """What harm somebody says that he will do: "vowed to go on bombing X", "committed to attacks on X"."""
    meant = [c for c in children(trigger, "xcomp", "ccomp") if c.i > trigger.i]
    meant += [
        w
        for prep in children(trigger, "prep")
        if prep.lower_ == "to"
        for w in children(prep, "pcomp", "pobj")
    ]
    harms, spared = scene.lexicon.words["harms"], scene.lexicon.words["harmless"]
    return [
        deed
        for first in meant
        for deed in _deeds(first)
        if deed.lemma_.lower() in harms and not any(word.lemma_ in spared for word in objects(deed))
    ]


def _deeds(word: Token) -> list[Token]:
    """A deed, and what it carries out or goes on with: "continue fighting", "carry out attacks"."""
    return [word, *(c for c in children(word, "xcomp", "dobj", "conj"))]


def departures(verb: Token) -> list[Token]:
    """As in "ordered them to leave": the clause that sends somebody away."""
    return [c for c in children(verb, "xcomp", "ccomp", "advcl") if has_to(c) and c.lemma_ in _GOES]


_GOES = frozenset(("leave", "depart", "go", "quit"))


def _is_own(clause: Token) -> bool:
    future = {child.lower_ for child in children(clause, "aux")} & _FUTURE
    denied = any(denies(child) for child in clause.children)
    who = children(clause, "nsubj")
    own = any(w.lower_ in _SELF or any(c.tag_ == "PRP$" for c in w.children) for w in who)
    return bool(future) and own and not denied and clause.lemma_ not in _STATES


_SELF = frozenset(("it", "he", "she", "they", "we"))
_STATES = frozenset(
    ("be", "have", "become", "suffer", "face", "lose", "need", "take", "remain", "fall", "fail")
)


def is_denied_itself(verb: Token) -> bool:
    """Tell whether a verb is denied by a word of its own, and no condition hangs on it."""
    if any(
        child.lower_ in ("if", "unless", "whether", "until") for child in children(verb, "mark", "advmod")
    ):
        return False
    return any(denies(child) for child in verb.children)


def asked_for(word: Token) -> list[Token]:
    """What a verb or noun asks for: "demanded that X leave", "wants X to leave", "said that X must leave"."""
    labels = ("ccomp",) if word.pos_ in ("VERB", "AUX") else ("ccomp", "acl", "relcl")
    return [clause for clause in children(word, *labels) if clause.i > word.i and _is_asked(clause)]


def wanted_doers(word: Token) -> list[Token]:
    """Who is to do what is asked for."""
    return [who for clause in asked_for(word) for who in children(clause, "nsubj")]


def _is_asked(clause: Token) -> bool:
    that = any(m.lower_ == "that" for m in children(clause, "mark", "dobj", "nsubj"))
    return (
        (has_to(clause) and bool(children(clause, "nsubj", "nsubjpass")))
        or bids(clause)
        or (that and _is_subjunctive(clause))
    )


def _is_subjunctive(clause: Token) -> bool:
    """As in "that Burundi hand over the plotters", "that the name be changed"."""
    passive = any(child.lower_ == "be" for child in children(clause, "auxpass"))
    return not children(clause, "aux") and (passive or clause.tag_ in ("VB", "VBP"))
