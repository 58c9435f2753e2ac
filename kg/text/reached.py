"""Which events a date or a place belongs to, by the words above it in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.seeds import MEETINGS, STANCES, Seed
from kg.text.syntax import children, has_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

_MARKS = frozenset(("before", "after", "as", "while", "when", "because", "if", "although", "though"))
_DOUBT = frozenset(("may", "might", "could", "would", "should"))
_NEUTRAL = frozenset(("in", "at", "near", "outside", "inside", "during", "by", "between", "with", "under"))
GOING = frozenset(("arrive", "travel", "fly", "go", "come", "visit", "return", "head"))
_ASKS = frozenset(("invite", "propose", "suggest", "ask"))
_MARKS_WITH = frozenset(
    (
        "end",
        "conclude",
        "close",
        "finish",
        "open",
        "begin",
        "start",
        "mark",
        "cap",
        "crown",
        "break",
        "celebrate",
        "resume",
    )
)
"""Verbs of what is done by meeting: "ended a stalemate with talks"."""
_HOLDS = frozenset(("hold", "open", "begin", "start", "take", "convene"))
_APPOINTS = frozenset(
    ("schedule", "plan", "set", "arrange", "announce", "expect", "agree", "call", "fix", "slate")
)
"""Verbs that tell for when a meeting is: "the summit of X and Y, scheduled for June"."""


def reached(by_token: Mapping[int, list[Seed]], token: Token) -> list[Seed]:
    """Give the seeds over a date or place: the nearest trigger or event noun above it in its clause.

    A date on a verb that is no trigger ("arrived on Monday for talks") reaches the event only if
    the event is that verb's own argument.
    """
    word, aside = token, False
    while word.i not in by_token:
        if word.pos_ in ("VERB", "AUX"):
            if not aside and _is_before_clause(word, token):
                word = word.head
                continue
            return [] if aside else _beside(by_token, word, token)
        if word == token and token.dep_ == "poss" and token.head.i not in by_token:
            return []  # "Yesterday's accord follows the talks": what is of that day is the accord
        dated = token.ent_type_ in ("DATE", "TIME") or word.ent_type_ in ("DATE", "TIME")
        off_topic = not dated and word != token and word.dep_ == "pobj" and word.head.lower_ not in _NEUTRAL
        if word.head == word:
            return []
        aside = aside or (off_topic and word.pos_ in ("NOUN", "PROPN"))
        word = word.head
    found = _no_stances(by_token[word.i])
    if word.pos_ == "VERB" and token != word:
        found = [*found, *(seed for seed in _at_table(by_token, word) if seed not in found)]
    # "talks on a ceasefire in Sudan": the talks are elsewhere; "fired on a post in Sudan": there.
    return [seed for seed in found if seed.type == "dip:Attack"] if aside else found


def _is_before_clause(verb: Token, token: Token) -> bool:
    """As in "will see X today before Y leaves": the parser hangs the day on the clause behind it."""
    marks = [child for child in verb.children if child.dep_ == "mark" and child.lower_ in _MARKS]
    return token.head == verb and verb.head.i < token.i and any(token.i < mark.i for mark in marks)


def where_in(by_token: Mapping[int, list[Seed]], place: Token) -> list[Seed]:
    """Give the seeds of a clause on a place: "was in Cairo, where he met X"."""
    clauses = [c for c in (*place.children, *_behind_day(place)) if c.dep_ == "relcl"]
    for clause in clauses:
        if not any(child.lower_ == "where" for child in clause.children):
            continue
        deeds = (clause, *(c for c in clause.children if c.dep_ in ("xcomp", "conj", "advcl")))
        for word in (each for deed in deeds for each in (deed, *children(deed, "dobj"))):
            if word.i in by_token:
                return _no_stances(by_token[word.i])
    return []


def _behind_day(place: Token) -> list[Token]:
    """As in "flew to Cairo on Friday, where he met X": the clause, which the parser hangs on the day."""
    verb = place.head.head if place.head.pos_ == "ADP" else place.head
    days = [
        word
        for prep in verb.children
        if prep.i > place.i
        for word in (prep, *prep.children)
        if word.ent_type_ in ("DATE", "TIME")
    ]
    return [clause for day in days for clause in day.children if clause.dep_ == "relcl"]


def is_target(token: Token, verb: Token) -> bool:
    """As in "postponed to June", "set for Monday": the new date, not the day of the news."""
    word = token
    while word.head not in (word, verb):
        word = word.head
    return word.lower_ in ("for", "to", "until", "till") and word.head == verb


def _beside(by_token: Mapping[int, list[Seed]], verb: Token, token: Token) -> list[Seed]:
    """Give the seeds that a verb has as its arguments, or that it is a clause on.

    Not where the verb only says what might be: "the talks could move to Oslo in a week".
    """
    doubted = any(child.dep_ == "aux" and child.lower_ in _DOUBT for child in verb.children)
    if doubted and verb.lemma_ not in _HOLDS | _APPOINTS:
        return []
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "acomp") and child.i in by_token:
            found = _no_stances(by_token[child.i])
            if found:
                return found
    clause = _clause_on(verb)
    if clause is not None:
        tells = verb.lemma_ in _HOLDS or (verb.lemma_ in _APPOINTS and is_target(token, verb))
        # "talks intended to end the war in Sudan": what they are to do is not where they are.
        above = _on_noun(by_token, clause.head, far=tells) if tells or clause == verb else []
        if above:
            return above
    if _is_participle_behind(verb):
        above = _on_noun(by_token, verb.nbor(-2), far=True)
        if above:
            return above
    if token.ent_type_ not in ("DATE", "TIME"):
        return _for_which(by_token, verb) or _at_table(by_token, verb)
    ways = (_for_which, _meanwhile, _it_was, _closed_with, _at_table)
    return next((found for way in ways if (found := way(by_token, verb))), [])


def _at_table(by_token: Mapping[int, list[Seed]], verb: Token) -> list[Seed]:
    """As in "agreed on Monday in Oslo at talks hosted by X": what is done at a meeting is done when and where it is."""
    if any(child.dep_ == "neg" for child in verb.children):
        return []
    preps = children(verb, "prep")
    # The parser hangs them on what is done, or on the day, too: "agreed to a truce on 28 July in Oslo at talks".
    nouns = [*children(verb, "dobj"), *(word for prep in preps for word in children(prep, "pobj"))]
    preps += [prep for noun in nouns for prep in children(noun, "prep")]
    for preposition in preps:
        for table in children(preposition, "pobj") if preposition.lower_ in ("at", "during") else ():
            found = [seed for seed in by_token.get(table.i, ()) if seed.type in MEETINGS]
            if found:
                return found
    return []


def _is_participle_behind(verb: Token) -> bool:
    """As in "At the last round, held in X on Friday, they signed": the parser hangs it on what follows."""
    lone = verb.dep_ == "advcl" and verb.tag_ == "VBN" and verb.lemma_ in _HOLDS | _APPOINTS
    behind = verb.i > verb.sent.start + 1 and verb.nbor(-1).text == ","
    return (
        lone and behind and not any(child.dep_ in ("nsubj", "nsubjpass", "mark") for child in verb.children)
    )


def _meanwhile(by_token: Mapping[int, list[Seed]], verb: Token) -> list[Seed]:
    """As in "said on Monday as talks opened in Oslo": the day is that of both."""
    for clause in (*verb.children, *_beside_said(verb)):
        marks = {child.lower_ for child in clause.children if child.dep_ in ("mark", "advmod")}
        if clause.dep_ == "advcl" and marks & {"as", "when"} and clause.i in by_token:
            return [seed for seed in _no_stances(by_token[clause.i]) if seed.type in MEETINGS]
    return []


def _beside_said(verb: Token) -> list[Token]:
    """As in "told X on Monday that it would sign, as ministers met": the parser hangs "as" on what is said."""
    clauses = [c for said in children(verb, "ccomp") for c in children(said, "advcl")]
    return [
        clause
        for clause in clauses
        if clause.tag_ == "VBD"
        and clause.left_edge.lower_ == "as"
        and clause.left_edge.i > clause.sent.start
        and clause.left_edge.nbor(-1).text == ","
    ]


def _it_was(by_token: Mapping[int, list[Seed]], verb: Token) -> list[Seed]:
    """As in "It was on 4 June that X met Y": the day is put first."""
    bare = verb.lemma_ == "be" and not children(verb, "acomp", "attr")
    if not bare or not any(child.lower_ == "it" for child in children(verb, "nsubj")):
        return []
    clauses = [c for c in children(verb, "ccomp", "advcl") if any(w.lower_ == "that" for w in c.children)]
    return _no_stances(by_token.get(clauses[0].i, [])) if clauses else []


def _closed_with(by_token: Mapping[int, list[Seed]], verb: Token) -> list[Seed]:
    """As in "ended a stalemate with a day of talks", "opened the year with a summit"."""
    if verb.lemma_ not in _MARKS_WITH:
        return []
    preps = [
        p for word in (verb, *children(verb, "dobj")) for p in children(word, "prep") if p.lower_ == "with"
    ]
    nouns = [noun for prep in preps for noun in children(prep, "pobj")]
    nouns += [inner for noun in nouns for of in children(noun, "prep") for inner in children(of, "pobj")]
    # "attacked with talks under way" only tells what went on meanwhile.
    nouns = [noun for noun in nouns if not any(c.dep_ == "acl" or c.lower_ == "under" for c in noun.children)]
    found = [seed for noun in nouns for seed in by_token.get(noun.i, []) if not seed.definite]
    return [seed for seed in found if seed.type in MEETINGS]


def _clause_on(verb: Token) -> Token | None:
    """Give the verb of the clause on a noun that a verb is or belongs to: "which was to be held on"."""
    while verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX", "ADJ") and has_to(verb):
        verb = verb.head
    return verb if verb.dep_ in ("acl", "relcl") else None


def _on_noun(by_token: Mapping[int, list[Seed]], noun: Token, *, far: bool) -> list[Seed]:
    """Give the seeds of the noun that a clause is on.

    As in "the summit of X and Y, scheduled for June": the parser hangs the clause on Y, but it is no person
    that is scheduled. So ``far``, the nouns over Y are asked too.
    """
    if noun.i in by_token:
        return _no_stances(by_token[noun.i])
    while far and noun.dep_ in ("pobj", "prep", "conj", "appos", "npadvmod") and noun.head != noun:
        noun = noun.head
        found = _no_stances(by_token.get(noun.i, []))
        if any(seed.type in MEETINGS or seed.type == "dip:Visit" for seed in found):
            return found
    return []


def _for_which(by_token: Mapping[int, list[Seed]], verb: Token) -> list[Seed]:
    """As in "is due in Baghdad on Thursday to meet X", "last met in Jeddah in October, in talks": met there, then."""
    due = any(child.dep_ == "acomp" and child.lower_ in ("due", "expected") for child in verb.children)
    if due or verb.lemma_ in GOING:
        for clause in verb.children:
            if clause.dep_ in ("advcl", "xcomp") and clause.i in by_token and has_to(clause):
                return _no_stances(by_token[clause.i])
    if verb.lemma_ in ("meet", "gather", "sit") or is_journey_to_come(verb):
        for noun in _purposes(verb):
            if noun.i in by_token:
                return _no_stances(by_token[noun.i])
    return []


def _purposes(verb: Token) -> Iterator[Token]:
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in ("in", "for", "at"):
            yield from (noun for noun in prep.children if noun.dep_ == "pobj")


def is_journey_to_come(verb: Token) -> bool:
    """Tell whether somebody will go, or is due, somewhere: what he goes for is then still to come, too."""
    if verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP"):
        return any(child.dep_ == "acomp" and child.lower_ == "due" for child in verb.children)
    will = any(child.tag_ == "MD" and child.lower_ in ("will", "'ll") for child in verb.children)
    return verb.lemma_ in GOING and (will or is_journey_wanted(verb))


def is_journey_wanted(verb: Token) -> bool:
    """Tell whether somebody is asked to go somewhere: "invited them to come back to", "proposed that they return"."""
    bare = verb.dep_ in ("xcomp", "ccomp") and verb.tag_ in ("VB", "VBP") and verb.lemma_ in GOING
    denied = any(child.dep_ == "neg" for word in (verb, verb.head) for child in word.children)
    return bare and verb.head.lemma_ in _ASKS and not denied


def _no_stances(seeds: list[Seed]) -> list[Seed]:
    return [seed for seed in seeds if seed.type not in STANCES]
