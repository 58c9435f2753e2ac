"""Grammatical functions: who is the subject, object or prepositional argument of a word.

One mechanism for active and passive, relative clauses, participles, control and raising, and
shared arguments of conjoined verbs. Everything is read off spaCy's dependency labels
(ClearNLP style); where the small model errs in a regular way, the repair stands here with its why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.antecedents import RELATIVE, antecedent
from kg.text.blame import blamed_for, charged_behind
from kg.text.repairs import (
    SPEAKS,
    behind_open_comma,
    behind_semicolon,
    by_behind_clause,
    is_denied,
    is_next_clause,
    joined_to_verb,
    lost_agent,
    lost_subject,
    sorted_out,
    strayed,
    strayed_conjunct,
    turned_round,
)
from kg.text.words import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_OBJECT_CONTROL = frozenset(
    ("force", "urge", "ask", "invite", "allow", "persuade", "order", "press", "tell", "call", "push", "lead",
     "require", "help", "enable", "compel", "oblige", "encourage", "want", "expect", "let", "make", "send",
     "dispatch", "appoint", "name", "choose")
)  # fmt: skip
_TWO = 2
_DEPTH = 8
"""How far control is followed; deeper chains are misparses."""


def children(token: Token, *labels: str) -> list[Token]:
    """Give the children of a word under any of the labels, in text order."""
    return [child for child in token.children if child.dep_ in labels]


def is_passive(verb: Token) -> bool:
    """Tell whether the verb's surface subject is its deep object; looked at once for each verb."""
    known: dict[int, bool] = verb.doc.user_data.setdefault("kg.passive", {})
    found = known.get(verb.i)
    if found is None:
        found = known[verb.i] = _is_passive(verb)
    return found


def _is_passive(verb: Token) -> bool:
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.dep_ == "ROOT" and children(verb, "nsubj"):
        return False  # "The Assembly on Friday adopted": the tagger took the past for a participle
    if verb.tag_ != "VBN" or any(child.dep_ == "aux" for child in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN" and not children(verb, "nsubj", "dobj"):
        return is_passive(verb.head) and not strayed_conjunct(verb)
    return verb.dep_ in ("acl", "advcl", "amod", "ROOT", "relcl", "conj") and not _is_active_participle(verb)


def heads_sentence(verb: Token) -> bool:
    """Tell whether a participle is the main verb of a sentence that the parser built around a name.

    "Smith, the envoy, signed …" comes out with Smith as the root and the verb as a clause on it: the
    rightmost such clause behind a comma, in a sentence without a finite verb at its head. On 43
    articles this held 8 times, rightly each time.
    """
    root = verb.head
    if verb.dep_ not in ("acl", "relcl") or verb.tag_ not in ("VBN", "VBD") or root.dep_ != "ROOT":
        return False
    if root.pos_ not in ("NOUN", "PROPN") or children(verb, "nsubj", "nsubjpass", "auxpass", "agent"):
        return False
    later = [c for c in root.children if c.i > verb.i and c.dep_ in ("acl", "relcl")]
    before = verb.left_edge.nbor(-1) if verb.left_edge.i > verb.sent.start else verb
    return not later and before.text == ","


def _is_active_participle(verb: Token) -> bool:
    """A past participle with an object of its own is a finite verb that the tagger took for one.

    ``Kenya, which hosted the first round, offered ... to mediate``: the small model hangs ``offered``
    on Kenya as a reduced relative clause.
    """
    direct = bool(children(verb, "dobj", "xcomp", "ccomp")) and not children(verb, "agent")
    return direct or heads_sentence(verb)


def subjects(verb: Token) -> list[Token]:
    """Give the deep subject of a verb: who does it."""
    found = _agents(verb) if is_passive(verb) else surface_subjects(verb)
    return [antecedent(token) for token in found]


@once
def objects(verb: Token) -> list[Token]:
    """Give the deep object of a verb: whom or what it is done to."""
    if is_passive(verb):
        return [antecedent(token) for token in surface_subjects(verb)]
    direct = children(verb, "dobj", "obj")
    if direct:
        return [antecedent(token) for token in (*direct, *joined_to_verb(verb, direct[-1]))]
    return _spell(verb) or _gap(verb)


_SPELLS = frozenset(("day", "hour", "week", "month", "round"))


def _spell(verb: Token) -> list[Token]:
    """As in "concluded on Wednesday three days of talks": the parser takes the days for a time."""
    return [
        word
        for word in children(verb, "npadvmod")
        if word.i > verb.i and word.lemma_ in _SPELLS and any(c.lower_ == "of" for c in word.children)
    ]


def _gap(verb: Token) -> list[Token]:
    """The head of a relative clause whose object is missing: ``the talks they held``."""
    if verb.dep_ != "relcl":
        return _shared(verb)
    pronouns = [t for t in verb.children if t.tag_ in RELATIVE]
    own = [t for t in verb.children if t.dep_ == "nsubj" and t not in pronouns]
    return [verb.head] if own and not children(verb, "xcomp", "ccomp") else []


def _shared(verb: Token) -> list[Token]:
    """The object that conjoined verbs share: ``hosted and chaired the talks``."""
    for other in verb.children:
        if other.dep_ == "conj" and other.pos_ == "VERB" and not is_passive(other):
            shared = children(other, "dobj", "obj")
            if shared and not children(other, "nsubj") and other.i - verb.i <= 3:
                return shared
    return []


def _agents(verb: Token) -> list[Token]:
    agents = children(verb, "agent")
    turned = [by for agent in agents for by in children(agent, "conj") if by.lower_ == "by"]
    others = [by for by in children(verb, "conj", "prep") if by.lower_ == "by" and by.i > 0]
    turned += [by for by in others if by.nbor(-1).lower_ in ("but", "and")]
    if any(is_denied(agent) for agent in agents):
        return [pobj for by in turned for pobj in children(by, "pobj")]  # "not by X but by Y"
    turned += [by for agent in agents for by in by_behind_clause(agent)]
    found = [pobj for by in agents for pobj in children(by, "pobj") or lost_agent(by)]
    if not found:
        # "was represented at the summit by X": the parser hangs the by-phrase on the summit.
        found = [pobj for by in verb.subtree if strayed(by, verb) for pobj in children(by, "pobj")][:1]
    return found + [pobj for by in turned for pobj in children(by, "pobj")[:1] if pobj not in found]


@once
def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Give what stands, or is understood, in the verb's subject place."""
    own = children(verb, "nsubj", "nsubjpass")
    own = behind_open_comma(verb, own) or own
    if own or depth > _DEPTH:
        return own if len(own) < _TWO else sorted_out(own)
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        above = head.head if strayed_conjunct(verb) else head
        apart = behind_semicolon(verb)
        return surface_subjects(above, depth + 1) if apart is None else apart
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON"):
        return [head] if not has_to(verb) else noun_owners(head)
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "pcomp", "acomp"):
        return _understood(verb, depth)
    if verb.dep_ == "csubj" and verb.tag_ == "VBG" and head.lemma_ == "be":
        # "Heading the delegation was X"
        return children(head, "attr", "nsubj") if verb.lemma_ not in SPEAKS else []
    return turned_round(verb) or lost_subject(verb)


def has_to(verb: Token) -> bool:
    """Tell whether a verb is an infinitive with "to"."""
    return any(child.tag_ == "TO" for child in verb.children)


def _understood(verb: Token, depth: int) -> list[Token]:
    """The subject that control, raising or a participle clause leaves out."""
    if verb.dep_ == "ccomp" and any(c.dep_ == "mark" for c in verb.children):
        return []
    head = verb.head
    if verb.dep_ == "pcomp":
        blamed = blamed_for(head)
        if blamed:
            return blamed
        head = head.head
    if head.pos_ == "ADJ":
        if head.dep_ in ("amod", "acl", "relcl") and head.head.pos_ in ("NOUN", "PROPN"):
            return [head.head]  # "talks due to open": the talks
        head = head.head
    if head.pos_ in ("NOUN", "PROPN"):
        return noun_owners(head)
    controlled = _controlled(verb, head) or charged_behind(verb)
    if controlled or head.pos_ not in ("VERB", "AUX"):
        return controlled
    return surface_subjects(head, depth + 1)


def _controlled(verb: Token, head: Token) -> list[Token]:
    """As in "urged Chad to sign", "called on Chad to sign": the object does it."""
    if verb.dep_ not in ("xcomp", "advcl") or head.lemma_ not in _OBJECT_CONTROL or is_passive(head):
        return []
    if verb.dep_ == "advcl" and (verb.i < head.i or not has_to(verb)):
        return []  # "Adopting the text, the Council called upon X to act": the Council adopts
    return children(head, "dobj", "dative") + [p for on in ("on", "upon") for p in prepositional(head, on)]


@once
def noun_owners(noun: Token) -> list[Token]:
    """Whose noun it is: by possessive, of-phrase, by-phrase or the subject of a light verb."""
    owners = [owner for owner in children(noun, "poss") if owner.pos_ != "PRON"]
    owners += [
        p
        for prep in children(noun, "prep", "agent")
        if prep.lower_ in ("of", "by", "from")
        for p in children(prep, "pobj")
    ]
    if owners:
        return owners
    head = noun.head
    if noun.dep_ in ("dobj", "attr") and head.pos_ in ("VERB", "AUX"):
        return surface_subjects(head)
    return []


@once
def prepositional(word: Token, preposition: str) -> list[Token]:
    """Give the objects of a preposition that hangs on the word."""
    found = [prep for prep in children(word, "prep", "dative", "agent", "prt") if prep.lower_ == preposition]
    if preposition == "with":
        # "held talks, with the envoy mediating": what a comma cuts off tells a circumstance, not a partner.
        found = [prep for prep in found if prep.i == word.sent.start or prep.nbor(-1).text != ","]
    # "from Chad and from Sudan": the second preposition hangs on the first, or on what it governs.
    for prep in list(found):
        again = [
            *children(prep, "conj"),
            *(c for pobj in children(prep, "pobj") for c in children(pobj, "prep", "conj")),
        ]
        found += [
            other
            for other in again
            if other.lower_ == preposition and other.i > 0 and other.nbor(-1).lower_ in ("and", ",", "or")
        ]
    return [antecedent(pobj) for prep in found for pobj in children(prep, "pobj", "pcomp")]


def conjuncts(token: Token) -> Iterator[Token]:
    """Give a word and everything conjoined to it, in text order."""
    yield token
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX") and not is_next_clause(token, child):
            yield from conjuncts(child)


def first_conjunct(token: Token) -> Token:
    """Give the word that a list hangs on: of A in "by A, B and C"."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def governors(token: Token) -> Iterator[Token]:
    """Give the words above a word, nearest first."""
    seen = 0
    while token.head != token and seen < 60:
        token = token.head
        seen += 1
        yield token


def steps_above(trigger: Token) -> Iterator[tuple[Token, Token]]:
    """Give the words above a trigger with what stands below each, past a clause that it only seems to hang in."""
    below, above = trigger, governors(trigger)
    for word in above:
        if strayed_conjunct(below):
            below = next(above)  # "denied that X was stalling and called on Y": X's stalling alone is denied
            continue
        yield below, word
        below = word


def asks(token: Token) -> bool:
    """Tell whether the word stands in a question: nothing is told there."""
    start, end = token.sent.start, token.sent.end
    return any(word.text == "?" for word in token.doc[max(start, end - 2) : end])
