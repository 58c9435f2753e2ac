"""Who a noun phrase speaks of: names, officials of a state, delegations, both sides, pronouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.party import Party, actor_of, listed_persons, named_after_title, renamed
from kg.text.scene import DEMONYM, is_kind
from kg.text.syntax import antecedent, children, conjuncts, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Link
    from kg.text.scene import Scene

_OF = ("of", "from", "for", "representing")


def parties(scene: Scene, token: Token, *, context: tuple[Entity, ...] = ()) -> tuple[Party, ...]:
    """Give the actors that a noun phrase and what is conjoined to it stand for.

    ``context`` are the parties of the event that is being spoken of, for "both sides".
    """
    found: list[Party] = []
    for head in _members(scene, _antecedent(scene, token)):
        for party in _one(scene, head, context):
            if all(party.entity.key != other.entity.key for other in found):
                found.append(party)
    return tuple(found)


def _members(scene: Scene, token: Token) -> Iterator[Token]:
    """The members of an enumeration; the parser takes some of "A, B, C and D" for appositions."""
    for head in conjuncts(token):
        yield head
        if not _is_body(scene, head):
            continue
        for child in children(head, "appos"):
            if _is_body(scene, child):
                yield from _members(scene, child)


def _is_body(scene: Scene, token: Token) -> bool:
    link = scene.link(token)
    return link is not None and is_kind(link.entity, "state", "group")


def _antecedent(scene: Scene, token: Token) -> Token:
    """As in "the foreign minister of Sweden, which hosted": which is no person."""
    noun = antecedent(token)
    if token.lower_ != "which" or noun == token:
        return noun
    link = scene.link(noun)
    title = noun.lemma_.lower() in scene.lexicon.words["titles"] and link is None
    if title or (link is not None and is_kind(link.entity, "person")):
        for i in range(token.i - 1, max(noun.i, token.i - 4), -1):
            nearer = scene.link(scene.doc[i])
            if nearer is not None and is_kind(nearer.entity, "state", "group"):
                return scene.doc[i]
    return noun


def _one(scene: Scene, head: Token, context: tuple[Entity, ...]) -> tuple[Party, ...]:
    link = scene.link(head)
    if link is not None:
        return _named(scene, head, link)
    if head.pos_ == "PRON" or head.lower_ in ("that", "those"):
        return _that_of(scene, head) or _pronoun(scene, head, context)
    if head.pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
        return _common(scene, head, context)
    return ()


def _that_of(scene: Scene, head: Token) -> tuple[Party, ...]:
    """As in "that of the rebels", "those of Chad": the team of a parallel clause."""
    if head.lower_ not in ("that", "those"):
        return ()
    found = [p for word in prepositional(head, "of") for p in parties(scene, word)]
    return tuple(Party(p.entity, "delegation", head.i) for p in found if is_kind(p.entity, "state", "group"))


def _named(scene: Scene, head: Token, link: Link) -> tuple[Party, ...]:
    if link.mention.type == DEMONYM:
        return ()  # "the Russians": people, not the state
    entity = actor_of(scene, link) if _is_counterpart(head) else link.entity
    if entity is None or not is_kind(entity, "person", "state", "group"):
        return ()
    return (Party(entity, "name", head.i),)


def _is_counterpart(head: Token) -> bool:
    """Behind between, with, from and the like a capital is its government."""
    top = head
    while top.dep_ == "conj" and top.head != top:
        top = top.head
    return top.dep_ != "pobj" or top.head.lower_ in ("between", "with", "from", "by", "of", "among", "for")


def _common(scene: Scene, head: Token, context: tuple[Entity, ...]) -> tuple[Party, ...]:
    """The actors behind a common noun: a title, the name beside it, whose officials it speaks of."""
    named = _titled(scene, head) or _called(scene, head)
    if named:
        return named
    if _is_reference(scene, head):
        return tuple(Party(entity, "context", head.i) for entity in context)
    via = _manner(scene, head)
    if via is None:
        return _told_by_kind(scene, head)
    found = sides(scene, head) or tuple(p.entity for p in _told_by_kind(scene, head))
    if via == "officials" and head.tag_ in ("NN", "NNP"):
        # One nameless official takes part for the state, but does not speak or decide for it.
        via = "official"
    return tuple(Party(entity, via, head.i) for entity in found)


def _titled(scene: Scene, head: Token) -> tuple[Party, ...]:
    """As in "the president of Guyana, Irfaan Ali": the person; of several titles, all persons listed."""
    if head.lemma_.lower() not in scene.lexicon.words["titles"]:
        return ()
    if head.tag_ in ("NNS", "NNPS"):
        return tuple(listed_persons(scene, head))
    person = renamed(scene, head) or named_after_title(scene, head)
    return (Party(person, "title", head.i),) if person is not None else ()


def _called(scene: Scene, head: Token) -> tuple[Party, ...]:
    """As in "the news agency X", "the rebel group Y": X, Y."""
    words, lemma = scene.lexicon.words, head.lemma_.lower()
    if lemma not in words["named_kinds"] and lemma not in words["groups"]:
        return ()
    for child in children(head, "appos"):
        link = scene.link(child)
        if link is not None and link.entity is not None and is_kind(link.entity, "group", "state"):
            return (Party(link.entity, "name", head.i),)
    return ()


def _told_by_kind(scene: Scene, head: Token) -> tuple[Party, ...]:
    """As in "the government", "the rebels": the one state and the one group that the article is about."""
    team = head.lemma_.lower() in scene.lexicon.words["delegations"] | scene.lexicon.words["representatives"]
    if any(c.lower_ in ("whose", "its", "their", "his", "her") for c in children(head, "poss")):
        return ()  # somebody else's government
    for word in (head, *(children(head, "compound", "amod", "poss") if team else ())):
        lemma, cast = word.lemma_.lower(), scene.cast
        if scene.link(word) is not None:
            continue
        if lemma == "government" and cast.state is not None:
            return (Party(cast.state, "context", head.i),)
        if lemma in scene.lexicon.words["rebels"] and cast.group is not None:
            return (Party(cast.group, "context", head.i),)
    return ()


def _manner(scene: Scene, head: Token) -> str | None:
    words, lemma = scene.lexicon.words, head.lemma_.lower()
    if {c.lower_ for c in children(head, "amod", "compound")} & words["part_of"]:
        return None  # "local authorities", "the shadow government": not the whole
    if lemma in words["delegations"]:
        return "delegation"
    if lemma in words["governments"]:
        return "government"
    if lemma in words["representatives"]:
        armed = {c.lower_ for c in children(head, "amod", "compound")} & words["armed"]
        return None if armed else "officials"
    if lemma in words["groups"] and not _only_demonyms(scene, head):
        return "group"
    return None


def _only_demonyms(scene: Scene, head: Token) -> bool:
    """As in "Sudanese rebels" are not Sudan; "M23 rebels" are the M23."""
    links = list(_inside(scene, head))
    return not links or any(is_kind(link.entity, "state") for link in links)


def _inside(scene: Scene, head: Token) -> Iterator[Link]:
    """The linked modifiers to the left of a noun inside its phrase, in text order."""
    start = head.left_edge.i
    seen: set[int] = set()
    for token in scene.doc[start : head.i]:
        link = scene.link(token)
        if link is None or id(link) in seen or _in_clause(token, head):
            continue
        seen.add(id(link))
        yield link


def _in_clause(token: Token, head: Token) -> bool:
    """Whether a verb stands between a word and the noun above it."""
    while token.head != token and token != head:
        if token.dep_ in ("relcl", "acl", "advcl"):
            return True
        token = token.head
    return False


def sides(scene: Scene, head: Token) -> tuple[Entity, ...]:
    """Give whose delegation, government or officials a noun phrase speaks of.

    Adjective, possessive, compound, of- and from-phrase, alone or conjoined:
    "Russian and Ukrainian officials", "the delegation of Chad", "the Houthis' team".
    """
    found = [
        actor
        for link in _inside(scene, head)
        if is_kind(
            actor := link.entity if link.mention.type == DEMONYM else actor_of(scene, link), "state", "group"
        )
    ]
    if not found:
        found = [
            party.entity
            for word in _OF
            for pobj in prepositional(head, word)
            for party in parties(scene, pobj)
            if is_kind(party.entity, "state", "group")
        ]
    if not found:
        found = list(_represented(scene, head))
    if not found:
        found = list(_pronoun_side(scene, head))
    return tuple({entity.key: entity for entity in found if entity is not None}.values())


def _represented(scene: Scene, head: Token) -> Iterator[Entity]:
    for verb in children(head, "acl"):
        if verb.lemma_ == "represent":
            for word in children(verb, "dobj"):
                yield from (party.entity for party in parties(scene, word))


def _pronoun_side(scene: Scene, head: Token) -> Iterator[Entity]:
    """As in "its delegation": the subject of the clause or of the one before, when it is a state or group."""
    for word in children(head, "poss"):
        if word.lower_ in ("its", "their"):
            verb = next((t for t in word.ancestors if t.pos_ in ("VERB", "AUX")), None)
            for subject in children(verb, "nsubj", "nsubjpass") if verb is not None else ():
                link = scene.link(subject)
                if link is not None and subject.i != head.i and is_kind(link.entity, "state", "group"):
                    assert link.entity is not None
                    yield link.entity


def _is_reference(scene: Scene, head: Token) -> bool:
    """As in "both sides", "the two countries", "the parties", "the rivals"."""
    words, lemma = scene.lexicon.words, head.lemma_.lower()
    if any(True for _ in _inside(scene, head)) or head.tag_ not in ("NNS", "NN"):
        return False
    marked = any(t.lower_ in words["pair_marks"] for t in head.children)
    if lemma in words["parties"]:
        definite = any(t.lower_ in ("the", "these", "both", "two") for t in head.children)
        return marked or (definite and head.tag_ == "NNS" and lemma in ("party", "side", "delegation"))
    return False


def _pronoun(scene: Scene, head: Token, context: tuple[Entity, ...]) -> tuple[Party, ...]:
    lower = head.lower_
    if lower in ("he", "she", "him", "her"):
        person = pronoun_person(scene, head)
        return (Party(person, "pronoun", head.i),) if person is not None else ()
    if lower in ("it", "they"):
        said_by = _sayer(scene, head)
        return (Party(said_by, "pronoun", head.i),) if said_by is not None else ()
    if lower == "both":
        return tuple(Party(entity, "context", head.i) for entity in context)
    return ()


def _sayer(scene: Scene, pronoun: Token) -> Entity | None:
    """As in "Kenya said it would host": the state or body that says so of itself."""
    if pronoun.dep_ not in ("nsubj", "nsubjpass"):
        return None
    clause = pronoun.head
    while clause.dep_ in ("xcomp", "conj") and clause.head != clause:
        clause = clause.head
    verb = clause.head
    if clause.dep_ != "ccomp" or verb.lemma_ not in scene.lexicon.modality["report"]:
        return None
    named = [scene.link(subject) for subject in children(verb, "nsubj")]
    found = [link.entity for link in named if link is not None and is_kind(link.entity, "state", "group")]
    return found[0] if len(found) == 1 else None


def pronoun_person(scene: Scene, pronoun: Token) -> Entity | None:
    """Give whom "he" or "she" stands for, or None.

    Measured rule: a subject person before it in the sentence, else the one person subject of the
    sentence before, else abstain; an unbounded window links to strangers.
    """
    sentence = pronoun.sent
    here = list(_subject_persons(scene, sentence.start, pronoun.i))
    if here:
        return here[-1] if len({p.key for p in here}) == 1 else None
    if sentence.start == 0:
        return None
    before = scene.doc[sentence.start - 1].sent
    there = list(_subject_persons(scene, before.start, before.end))
    return there[-1] if len({p.key for p in there}) == 1 else None


def _subject_persons(scene: Scene, start: int, end: int) -> Iterator[Entity]:
    for token in scene.doc[start:end]:
        if token.dep_ in ("nsubj", "nsubjpass", "agent"):
            for party in parties(scene, token) if token.pos_ != "PRON" else ():
                if is_kind(party.entity, "person"):
                    yield party.entity
