"""Where the small model errs in a regular way: lost agents, broken lists, conjuncts gone astray."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_PHRASE = 12
"""Tokens of a name with its title."""


def sorted_out(subjects_of_one: list[Token]) -> list[Token]:
    """Of several subjects give those that are: members of one list, or the nearest.

    "A, B sign a pact" and "X's government and the group Y signed" are lists that the parser broke;
    "a team led by X left" makes a subject of the agent X; else one is of the clause before.
    """
    own = [word for word in subjects_of_one if _before_phrase(word) != "by"] or subjects_of_one
    joined = all(
        _before_phrase(other) in (",", "and") or one.is_ancestor(other.doc[other.left_edge.i - 1])
        for one, other in pairwise(own)
    )
    plain = all(
        not any(token.pos_ in ("VERB", "AUX") for token in own[0].doc[one.i + 1 : other.i])
        for one, other in pairwise(own)
    )
    return own if joined and plain else own[-1:]


def _before_phrase(word: Token) -> str:
    """Give the word before a noun phrase, past the conjuncts that hang on its head."""
    first = word.left_edge.i
    return word.doc[first - 1].lower_ if first > word.sent.start else ""


def strayed_conjunct(verb: Token) -> bool:
    """Tell whether a verb hangs on the verb of the clause it goes on behind.

    In "demanded that X give up and threatened Y" the one who threatened is the one who demanded, and so in "denied
    that X was stalling and called on Y"; in "shows the harm that X has done and proves the need" what proves is what
    shows.
    """
    clause = verb.head
    if verb.dep_ != "conj" or any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for c in verb.children):
        return False
    if verb.tag_ == "VBZ" and clause.dep_ == "relcl" and clause.tag_ == "VBN":
        return any(word.tag_ == "VBZ" and word.pos_ == "VERB" for word in clause.ancestors)
    above = clause.head.tag_
    same = verb.tag_ == above or (verb.tag_ == "VBN" and above == "VBD" and _is_told_of_somebody(verb))
    return clause.dep_ == "ccomp" and above in ("VBD", "VBZ") and same and _cannot_share(clause, verb)


def _cannot_share(clause: Token, verb: Token) -> bool:
    """Tell whether the form of a finite verb keeps it out of a clause: not "would stall and called"."""
    if clause.tag_ in ("VB", "VBG"):
        return verb.tag_ != "VBN"
    helped = {child.dep_ for child in clause.children} & {"aux", "auxpass"}
    if clause.tag_ != "VBN" or not helped:
        return False
    if "auxpass" in helped:
        return _is_told_of_somebody(verb)
    # "had left and burned" may be one deed or two; a comma parts them
    ands = [child for child in clause.children if child.dep_ == "cc" and child.i < verb.i]
    return bool(ands) and verb.tag_ != "VBN" and ands[-1].nbor(-1).text == ","


def _is_told_of_somebody(verb: Token) -> bool:
    """Tell whether a verb that may be a participle is none: it has an object, or asks somebody to do something."""
    behind = {child.dep_ for child in verb.children if child.i > verb.i}
    return "dobj" in behind or {"prep", "advcl"} <= behind or {"prep", "xcomp"} <= behind


def behind_semicolon(verb: Token) -> list[Token] | None:
    """Give B of "A arrested X; B does not recognise it", whom the parser takes for more of X.

    None where no semicolon parts the verb from the one that it is joined to, or it has no words of its own
    before it; empty where nobody can be made out: what stands before a semicolon is another clause.
    """
    between = [word for word in verb.doc[verb.head.i : verb.i] if word.text == ";"]
    if not between or not any(c.tag_ in ("MD", "VBD", "VBZ", "VBP") for c in (verb, *verb.children)):
        return None
    start = between[-1].i + 1
    if all(word.head == verb or word.pos_ in ("ADV", "CCONJ") for word in verb.doc[start : verb.i]):
        return None  # "X signed; and will abide by it"
    return [w for w in verb.doc[start : verb.i] if w.pos_ in ("NOUN", "PROPN") and w.left_edge.i == start][:1]


def lost_subject(verb: Token) -> list[Token]:
    """Give A of "After talks in Vienna, A and B announced", whom the parser joins to Vienna."""
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.tag_ in ("MD", "VBD", "VBZ") for c in verb.children)
    if verb.dep_ != "ROOT" or not finite:
        return []
    at = min([c.i for c in verb.lefts if c.dep_ in ("aux", "auxpass", "neg", "advmod")], default=verb.i) - 1
    word = verb.doc[at] if at > verb.sent.start else verb
    while word.dep_ == "conj" and word.head.i < word.i and word.head.pos_ in ("NOUN", "PROPN"):
        parted = verb.doc[word.left_edge.i - 1].text == "," if word.left_edge.i else False
        if parted and word.head.dep_ == "pobj":
            return [word]
        word = word.head
    return []


def joined_to_verb(verb: Token, noun: Token) -> list[Token]:
    """Give B of "met A of X and B of Y", which the parser joins to the verb and not to its object."""
    return [
        word
        for word in verb.children
        if word.dep_ == "conj"
        and word.pos_ == "PROPN"
        and word.i > noun.i
        and _before_phrase(word) == "and"
        and not any(child.dep_ in ("nsubj", "nsubjpass", "aux", "dobj") for child in word.children)
    ]


def lost_agent(by: Token) -> list[Token]:
    """Give X of "a team led by minister X left", whom the parser made the subject of the next verb."""
    behind = by.doc[by.i + 1 : min(by.sent.end, by.i + _PHRASE)]
    return [w for w in behind if w.dep_ in ("nsubj", "nsubjpass") and w.left_edge.i == by.i + 1][:1]


def is_denied(agent: Token) -> bool:
    """Tell whether an agent is named only to say that it was somebody else: ``not by X``."""
    return agent.i > 0 and (
        agent.nbor(-1).lower_ == "not" or any(child.dep_ == "neg" for child in agent.children)
    )


def strayed(by: Token, verb: Token) -> bool:
    """Tell whether a by-phrase in a verb's clause is the verb's own, though it hangs on another word."""
    if by.lower_ != "by" or by.i < verb.i or by.dep_ not in ("prep", "agent"):
        return False
    if any(child.lower_ in ("its", "their") for child in by.head.children if child.dep_ == "poss"):
        return False  # "was freed after its occupation by X"
    between = by.head
    while between not in (verb, between.head):
        if between.pos_ in ("VERB", "AUX") and not _takes_no_agent(between):
            return False
        between = between.head
    return True


def _takes_no_agent(verb: Token) -> bool:
    """As in "was signed hours before the truce ran out by X": an active verb has its doer already."""
    active = any(child.dep_ == "nsubj" for child in verb.children) and verb.tag_ in ("VBD", "VBZ", "VBP")
    return active and verb.dep_ == "advcl" and not any(c.dep_ == "dobj" for c in verb.children)


def is_next_clause(word: Token, conjunct: Token) -> bool:
    """Tell whether a conjunct behind a semicolon is the subject of a verb that has lost it: ``A and B; C did``."""
    between = word.doc[word.i : conjunct.i]
    if not any(token.text == ";" for token in between):
        return False
    behind = word.doc[conjunct.i + 1 : word.sent.end]
    verbs = (
        t for t in behind if t.tag_ in ("VBD", "VBZ", "VBP", "MD") and t.dep_ not in ("relcl", "acl", "aux")
    )
    verb = next(verbs, None)
    if verb is None or any(token.text == ";" for token in word.doc[conjunct.i : verb.i]):
        return False
    governor = verb.head if verb.tag_ == "MD" else verb
    return not any(c.dep_ in ("nsubj", "nsubjpass") and c.i < governor.i for c in governor.children)


def by_behind_clause(agent: Token) -> list[Token]:
    """As in "signed by A, who led the team, and by B": the second "by", which the parser gives to the clause."""
    return [
        by
        for name in agent.children
        for clause in name.children
        if clause.dep_ == "relcl" and not any(c.dep_ in ("auxpass", "agent") for c in clause.children)
        for by in clause.children
        if by.lower_ == "by" and by.dep_ in ("conj", "prep") and by.nbor(-1).lower_ == "and"
    ]


_JOINS_CLAUSES = frozenset(("after", "before", "since", "until", "as"))


def behind_open_comma(verb: Token, subjects: list[Token]) -> list[Token]:
    """As in "The border opened on Monday, two days after A and B met": A, not the border.

    The parser takes "after" for a preposition and the verb for that of the sentence; but the comma before "after" is
    never closed, so what stands between it and the verb is the subject.
    """
    for subject in subjects:
        for prep in subject.children:
            if prep.lower_ not in _JOINS_CLAUSES or prep.dep_ != "prep" or prep.right_edge.i != verb.i - 1:
                continue
            between = prep.doc[subject.i + 1 : prep.i]
            if any(word.text == "," for word in between) and any(w.dep_ in _CLAUSES for w in between):
                return [word for word in prep.children if word.dep_ == "pobj"]
    return []


_CLAUSES = frozenset(("acl", "relcl"))


SPEAKS = frozenset(("speak", "talk"))
"""Of those who spoke at a sitting ("Also speaking were X and Y") none need have spoken to another."""


def turned_round(verb: Token) -> list[Token]:
    """Give X of "Leading the delegation at the talks was X", where the parser takes "was" for an auxiliary."""
    if verb.tag_ != "VBG" or verb.dep_ != "ROOT" or verb.lemma_ in SPEAKS:
        return []
    found = [aux for aux in verb.children if aux.dep_ == "aux" and aux.lemma_ == "be" and aux.i > verb.i]
    return [word for aux in found for word in aux.children if word.dep_ in ("attr", "nsubj")]
