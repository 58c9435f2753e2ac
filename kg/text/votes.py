"""Votes: how many for, against and abstaining, and on what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import PLANNED, PROPOSED, Role, Term
from kg.text.instruments import instrument_at, instrument_type, label
from kg.text.parties import parties
from kg.text.party import Party
from kg.text.scene import is_kind
from kg.text.seeds import PARTICIPATES, Seed
from kg.text.stance import commitment
from kg.text.syntax import children, is_passive, subjects
from kg.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Span as DocSpan
    from spacy.tokens import Token

    from kg.text.commitment import Commitment
    from kg.text.scene import Scene

_COUNTING = (
    *(
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_SMALL = {word: number for number, word in enumerate(_COUNTING)} | {
    "none": 0,
    "zero": 0,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER = (
    rf"(\d{{1,3}}|(?:{_TENS})-(?:one|two|three|four|five|six|seven|eight|nine)|"
    + "|".join(sorted(_SMALL, key=len, reverse=True))
    + r")"
)
_WHO = r"(?:\s+(?:states?|countries|members?|nations|votes?|delegations|deputies|lawmakers))?"
_FOR = re.compile(
    rf"\b{_NUMBER}{_WHO}\s+(?:(?:(?:had|have|has)\s+)?(?:voted|voting|were)\s+)?(?:in\s+favou?r|for\b|affirmative)|\bfavou?r\w*\s+by\s+{_NUMBER}",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    rf"\b{_NUMBER}{_WHO}\s+(?:(?:(?:had|have|has)\s+)?(?:voted|voting|were)\s+)?(?:against|opposed|negative)\b",
    re.IGNORECASE,
)
_ABSTAIN = re.compile(
    rf"\b{_NUMBER}{_WHO}\s+(?:abstentions?|abstain\w*)|\b{_NUMBER}\s+blank votes", re.IGNORECASE
)
_TRIPLE = re.compile(
    rf"\b{_NUMBER}{_WHO}\s*(?:to|against|(?<=\d)\s*[\u2013\u2014-]\s*(?=\d))\s*{_NUMBER}(?:,?\s*(?:with|and|\u2013|\u2014|-)\s*{_NUMBER}\s*(?:abstentions?|abstaining)?)?",
    re.IGNORECASE,
)
_CUE = re.compile(r"\b(?:vot(?:e|es|ed|ing)|abst[ae]\w+|favou?r|ballot)\b", re.IGNORECASE)
_PASSED = re.compile(
    rf"\b(?:adopt|approv|pass|extend|renew|ratif|endors)\w*\b[^;]{{1,120}}?\b(?:by|with)\s+{_NUMBER}\s+votes\s+in\s+favou?r",
    re.IGNORECASE,
)
"""A vote that nobody opposed: "adopted the text by 15 votes in favour"."""
_ENOUGH = 2
"""Kinds of count that make a vote; a single figure beside "voted" is too often something else."""
ADOPTS = Term("dip:adopts")
_ROLES = (Term("dip:votesFor"), Term("dip:votesAgainst"), Term("dip:abstentions"))


def add_votes(scene: Scene, seeds: list[Seed]) -> None:
    """Add a seed for every vote whose count is given, tied to the instrument it is on."""
    groups = list(_groups(scene))
    for group in groups:
        counts = [
            (role, number, sentence) for sentence in group for role, number in _told(sentence.text).items()
        ]
        if len({role for role, _, _ in counts}) >= _ENOUGH or any(_PASSED.search(s.text) for s in group):
            _add(scene, seeds, counts, alone=len(groups) == 1)


def add_texts(seeds: list[Seed]) -> None:
    """Give each vote still to come that has a day the text that it will be on, which nobody need name."""
    for seed in list(seeds):
        to_come = seed.status in (PLANNED, PROPOSED) and seed.when is not None
        if seed.type == "dip:Vote" and seed.instrument is None and to_come:
            seed.instrument = Seed(
                seed.token, Term("dip:Instrument"), seed.commitment, label="text put to the vote"
            )
            seeds.append(seed.instrument)


def _groups(scene: Scene) -> Iterator[list[DocSpan]]:
    """Give runs of neighbouring sentences that each count votes: "141 in favour. Five against."."""
    group: list[DocSpan] = []
    for sentence in scene.doc.sents if _CUE.search(words_of(scene.doc).text) else ():
        if _told(sentence.text):
            group.append(sentence)
            continue
        if group:
            yield group
        group = []
    if group:
        yield group


def _add(scene: Scene, seeds: list[Seed], counts: list[tuple[Term, int, DocSpan]], *, alone: bool) -> None:
    first = counts[0][2]
    trigger = _trigger(first)
    instrument = _instrument(scene, seeds, first)
    if instrument is None:
        # The ontology wants a text for every vote; this one has no name of its own.
        said = commitment(scene, trigger)
        instrument = _put_to_vote(scene, first, trigger, said)
        seeds.append(instrument)
    seed = next((s for s in seeds if s.type == "dip:Vote" and s.token == trigger.i), None)
    if seed is None:
        seed = Seed(trigger.i, Term("dip:Vote"), commitment(scene, _told_by(trigger)), tokens={trigger.i})
        seeds.append(seed)
    seed.commitment = commitment(scene, _told_by(trigger))
    for role, number, sentence in counts:
        where = scene.evidence(sentence.root)
        seed.add(Role(role, str(number), stance=seed.commitment.stance(), evidence=where))
    seed.instrument = instrument
    told = [sentence for _, _, sentence in counts]
    for party in (*_voters(scene, told), *(_later_voters(scene, told[-1].end) if alone else ())):
        where = scene.evidence(scene.doc[party.token])
        seed.add(Role(PARTICIPATES, party.entity.key, stance=seed.commitment.stance(), evidence=where))
        seed.parties[party.entity.key] = party.entity


def _put_to_vote(scene: Scene, sentence: DocSpan, trigger: Token, said: Commitment) -> Seed:
    """Give the text of a vote that has no name of its own: what was approved, and who approved it."""
    for verb in sentence:
        passed = verb.lemma_ in _PASSES - {"reject", "back"} and verb.pos_ == "VERB" and not is_passive(verb)
        direct = next((w for w in children(verb, "dobj") if w.pos_ == "NOUN"), None) if passed else None
        if direct is None or scene.link(direct) is not None:
            continue
        seed = Seed(trigger.i, Term("dip:Instrument"), said, label=label(scene, direct), tokens={direct.i})
        for subject in subjects(verb):
            for party in parties(scene, subject):
                if is_kind(party.entity, "group"):
                    where = scene.evidence(verb)
                    seed.add(Role(ADOPTS, party.entity.key, stance=said.stance(), evidence=where))
        return seed
    return Seed(trigger.i, Term("dip:Instrument"), said, label="text put to the vote")


def _voters(scene: Scene, told: list[DocSpan]) -> Iterator[Party]:
    """Give who voted, by name: in brackets behind a count, or as the subject of voting, adopting, abstaining."""
    seen: set[str] = set()
    first, last = told[0].start, told[-1].end
    after = scene.doc[last].sent.end if last < len(scene.doc) else last
    for party in (*_bracketed(scene, first, last), *_subjects(scene, first, after, last)):
        if party.entity.key not in seen:
            seen.add(party.entity.key)
            yield party


def _bracketed(scene: Scene, start: int, end: int) -> Iterator[Party]:
    """As in "2 against (Mali, Chad)": the states in brackets behind a figure or a word of voting."""
    inside = False
    for at in range(start, end):
        word = scene.doc[at]
        if word.text == "(":
            before = " ".join(t.lower_ for t in scene.doc[max(start, at - _BEFORE) : at])
            counted = at > start and scene.doc[at - 1].like_num
            inside = counted or _VOTED.search(before) is not None
        elif word.text == ")":
            inside = False
        link = scene.link(word) if inside else None
        if link is not None and link.entity is not None and is_kind(link.entity, "state", "group"):
            yield Party(link.entity, "name", at)


def _subjects(scene: Scene, start: int, end: int, counted: int) -> Iterator[Party]:
    """As in "A and B abstained"; the body that adopted the text only where the votes are counted."""
    for word in scene.doc[start:end]:
        voting = word.lemma_ in ("abstain", "vote") and not any(c.dep_ == "neg" for c in word.children)
        adopting = word.lemma_ in _PASSES and word.i < counted
        if word.pos_ != "VERB" or not (voting or adopting):
            continue
        for subject in subjects(word):
            yield from (p for p in parties(scene, subject) if is_kind(p.entity, "state", "group"))


def _later_voters(scene: Scene, start: int) -> Iterator[Party]:
    """As in "New Hope voted against": who is said to have voted so further on in the report of one vote."""
    for word in scene.doc[start:]:
        so = word.lemma_ == "abstain" or any(
            child.lower_ in ("against", "in") and _VOTED.search(scene.doc[child.i : child.i + 2].text)
            for child in children(word, "prep", "advmod", "prt")
        )
        if (
            word.lemma_ in ("vote", "abstain")
            and word.tag_ == "VBD"
            and so
            and not children(word, "neg", "aux")
        ):
            for subject in subjects(word):
                yield from (p for p in parties(scene, subject) if is_kind(p.entity, "state", "group"))


_BEFORE = 4
_VOTED = re.compile(r"\b(?:favou?r|against|opposed|abstentions?|abstaining|abstained|absent)\b")
_PASSES = frozenset(
    ("adopt", "approve", "pass", "ratify", "authorize", "authorise", "extend", "endorse", "reject", "back")
)


def _told_by(trigger: Token) -> Token:
    """Give the word whose commitment is the vote's: in "adopted a text calling for X by 14 votes" it is adopted."""
    for word in trigger.ancestors:
        if word.dep_ in ("acl", "relcl") and word.head.dep_ in ("dobj", "nsubjpass"):
            return word.head.head
    return trigger


def counted(sentence: str) -> Mapping[Term, int]:
    """Give the counts that a sentence tells: for, against, abstaining; two at least, beside a word of voting.

    >>> counted("The Assembly voted 141 to five, with 35 abstentions.")["dip:abstentions"]
    35
    """
    found = _told(sentence)
    return found if len(found) >= _ENOUGH else {}


def _told(sentence: str) -> Mapping[Term, int]:
    if not _CUE.search(sentence):
        return {}
    found = {
        role: number
        for role, pattern in zip(_ROLES, (_FOR, _AGAINST, _ABSTAIN), strict=True)
        if (number := _first(pattern.search(sentence))) is not None
    }
    triple = _TRIPLE.search(sentence)
    if triple is not None and not {_ROLES[0], _ROLES[1]} <= found.keys() and _votes_near(sentence, triple):
        for role, text in zip(_ROLES, triple.groups(), strict=True):
            if text is not None:
                found.setdefault(role, _value(text))
    return found


def _votes_near(sentence: str, match: re.Match[str]) -> bool:
    return bool(
        re.search(r"\bvot\w+|\babst", sentence[max(0, match.start() - 60) : match.end() + 40], re.IGNORECASE)
    )


def _first(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    return _value(next(group for group in match.groups() if group is not None))


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    return sum(_SMALL[part] for part in text.lower().split("-"))


def _trigger(sentence: DocSpan) -> Token:
    return next(
        (token for token in sentence if token.lemma_.lower() in ("vote", "abstain", "abstention")),
        sentence.root,
    )


def _instrument(scene: Scene, seeds: list[Seed], sentence: DocSpan) -> Seed | None:
    """The text voted on: in the sentence, or the last one named before it."""
    for token in _backwards(sentence):
        if instrument_type(scene, token) in ("dip:Resolution", "dip:Agreement", "dip:Ceasefire"):
            if token.i < sentence.start and instrument_type(scene, token) != "dip:Resolution":
                continue
            return instrument_at(scene, seeds, token)
    return None


def _backwards(sentence: DocSpan) -> Iterator[Token]:
    yield from (token for token in sentence if token.lemma_.lower() == "resolution")
    yield from sentence
    for i in range(sentence.start - 1, max(-1, sentence.start - 120), -1):
        yield sentence.doc[i]
