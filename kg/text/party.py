"""An actor that a noun phrase stands for; names beside titles, and places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text.lemmas import noun_lemma
from kg.text.scene import DEMONYM, is_kind, names_person
from kg.text.syntax import children, conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Link
    from kg.text.scene import Holder, Scene


@dataclass(frozen=True, slots=True)
class Party:
    """An actor that a noun phrase stands for, and how it does."""

    entity: Entity
    via: str
    """name, title, officials, official, delegation, government, group, pronoun, context."""
    token: int


def named_after_title(scene: Scene, title: Token) -> Entity | None:
    """Give the person whose name stands in apposition to a title or right behind it."""
    for word in title.children:
        link = scene.link(word)
        beside = word.dep_ in ("appos", "nmod", "compound") and word.i > title.i
        if beside and link is not None and is_kind(link.entity, "person"):
            return link.entity
    behind = _named_behind_owner(scene, title) or _named_behind_field(scene, title)
    if behind is not None:
        return behind
    addressed = _named_with_honorific(scene, title)
    if addressed is not None:
        return addressed
    position = title.right_edge.i + 1 if any(c.dep_ == "prep" for c in title.children) else title.i + 1
    for i in (position, position + 1):
        if i >= len(scene.doc):
            break
        link = scene.link(scene.doc[i])
        if link is not None:
            return link.entity if is_kind(link.entity, "person") else None
        if scene.doc[i].text != ",":
            break
    return None


def _named_behind_owner(scene: Scene, title: Token) -> Entity | None:
    """As in "the premier of A, B": the person right behind the state, whatever the parser makes of the comma."""
    for prep in title.children:
        for owner in prep.children if prep.dep_ == "prep" and prep.lower_ in ("of", "for", "from") else ():
            link = scene.link(owner)
            after = _past_bracket(scene, link.mention.tokens.end) if link is not None else 0
            if after and after + 1 < len(scene.doc) and scene.doc[after].text == ",":
                person = scene.link(scene.doc[_past_honorific(scene, after + 1)])
                if person is not None and is_kind(person.entity, "person"):
                    return person.entity
            named = _apposed(scene, owner) if link is None else None
            if named is not None:
                return named
    return None


def _named_with_honorific(scene: Scene, title: Token) -> Entity | None:
    """As in "X's emir, Sheikh Y": the person behind the comma and a form of address, up to the next comma."""
    at = title.i + 1
    if at + 1 >= len(scene.doc) or scene.doc[at].text != "," or scene.link(scene.doc[at + 1]) is not None:
        return None
    link = scene.link(scene.doc[_past_honorific(scene, at + 1)])
    if link is None or not is_kind(link.entity, "person"):
        return None
    after = link.mention.tokens.end
    closed = after >= len(scene.doc) or scene.doc[after].text in (",", ".", ";", "'s", "\u2019s")
    return link.entity if closed else None


def _named_behind_field(scene: Scene, title: Token) -> Entity | None:
    """As in "the envoy for A, B C" without the comma: the person, whom the parser makes what the post is for."""
    for prep in children(title, "prep"):
        for name in children(prep, "pobj") if prep.lower_ in ("for", "to", "of", "on") else ():
            link = scene.link(name)
            if link is None or not is_kind(link.entity, "person"):
                continue
            start = link.mention.tokens.start
            field = scene.link(scene.doc[start - 1]) if start - 1 > prep.i else None
            if field is not None and not is_kind(field.entity, "person"):
                return link.entity
    return None


def _apposed(scene: Scene, owner: Token) -> Entity | None:
    """As in "the chair of the committee, X": a committee is nobody, so the parser's apposition is the chair's."""
    if owner.pos_ not in ("NOUN", "PROPN"):
        return None
    for word in children(owner, "appos"):
        link = scene.link(word)
        if (
            link is not None
            and is_kind(link.entity, "person")
            and scene.doc[word.left_edge.i - 1].text == ","
        ):
            return link.entity
    return None


def _past_honorific(scene: Scene, at: int) -> int:
    """Give the token behind "Mr.", if that stands there."""
    honorific = scene.doc[at].lower_.rstrip(".") in scene.kb.words("honorific")
    return at + 1 if honorific and at + 1 < len(scene.doc) else at


def _past_titles(scene: Scene, at: int) -> int:
    """Give the token behind the titles and forms of address that stand there: "Minister", "Mr"."""
    last = len(scene.doc) - 1
    while at < last:
        word = scene.doc[at].lower_.rstrip(".")
        if word not in scene.lexicon.words["titles"] and word not in scene.kb.words("honorific"):
            break
        at += 1
    return min(at, last)


def _past_bracket(scene: Scene, at: int) -> int:
    """Give the token behind an acronym in brackets, if one stands there."""
    bracketed = [token.text for token in scene.doc[at : at + 3]]
    return at + 3 if bracketed[:1] == ["("] and bracketed[2:] == [")"] else at


def renamed(scene: Scene, title: Token) -> Entity | None:
    """As in "Tom Smith, the envoy who convened the talks": the envoy is Smith."""
    link = scene.link(title.head) if title.dep_ == "appos" else None
    return link.entity if link is not None and is_kind(link.entity, "person") else None


def titled_before(scene: Scene, title: Token) -> Entity | None:
    """As in "X, the UN envoy for Y, will visit": the person whose title it is, though the parser lost X."""
    start, end = title.left_edge.i, title.i
    return next(
        (holder.person for holder in scene.holders if start <= holder.at <= end and _closed(scene, title)),
        None,
    )


def _closed(scene: Scene, title: Token) -> bool:
    """Tell whether the title stands between two commas, behind a name."""
    first, last = title.left_edge.i, title.right_edge.i
    comma = scene.doc[last].text == "," or (last + 1 < len(scene.doc) and scene.doc[last + 1].text == ",")
    before = scene.link(scene.doc[first - 2]) if first > 1 and scene.doc[first - 1].text == "," else None
    return comma and before is not None and is_kind(before.entity, "person")


def by_office(scene: Scene, head: Token) -> Entity | None:
    """As in "the envoy", "the Egyptian minister": the one person to whom the article gave that title before."""
    the = any(child.lower_ == "the" for child in head.children)
    lemma = head.lemma_.lower()
    if not the or head.tag_ not in ("NN", "NNP") or lemma not in scene.lexicon.words["titles"]:
        return None
    if any(child.dep_ in ("prep", "appos", "poss") for child in head.children):
        return None
    sides = set()
    words = set()
    for child in head.children:
        link = scene.link(child)
        if link is not None and link.entity is not None:
            sides.add(link.entity.key)
        elif child.dep_ in ("amod", "compound"):
            words.add(child.lower_)
    found = {
        holder.person.key: holder.person
        for holder in _held_before(scene, head, lemma, words)
        if not sides or (holder.side is not None and holder.side.key in sides)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def by_offices(scene: Scene, head: Token) -> tuple[Entity, ...]:
    """As in "the presidents", "the two foreign ministers": the two that the article has given the office before."""
    lemma = noun_lemma(head)
    if head.tag_ not in ("NNS", "NNPS") or not any(c.lower_ in ("the", "both", "two") for c in head.children):
        return ()
    if any(
        c.dep_ in ("prep", "appos", "poss", "relcl")
        or c.lower_ in ("other", "former", "three", "four")
        or scene.link(c) is not None
        for c in head.children
    ):
        return ()
    words = {c.lower_ for c in head.children if c.dep_ in ("amod", "compound")} - {"two", "both"}
    found = {holder.person.key: holder.person for holder in _held_before(scene, head, lemma, words)}
    return tuple(found.values()) if len(found) == _PAIR else ()


def _held_before(scene: Scene, head: Token, lemma: str, words: set[str]) -> Iterator[Holder]:
    """Give those to whom the article gave an office before a word: one that ends with it, and has these words."""
    for holder in scene.holders:
        told = holder.at < head.i and lemma in _office(holder.words).split()[-1:]
        if told and words <= set(holder.words.split()):
            yield holder


_PAIR = 2


def _office(words: str) -> str:
    """Give a title without what it is of or for: "coordinator" of "coordinator for hostages"."""
    return re.split(r"\b(?:of|for|to|at|in)\b", words)[0].strip()


_ELSEWHERE = frozenset(("in", "at", "with", "before", "after", "during", "while", "who", "which", "as"))


def listed_persons(scene: Scene, head: Token) -> Iterator[Party]:
    """As in "the presidents of A and B, X and Y, …", "Presidents X and Y": X and Y."""
    seen: set[str] = set()
    end = head.right_edge.i + 1
    if (
        end < len(scene.doc)
        and scene.doc[end].text == ","
        and names_person(scene, _past_titles(scene, end + 1))
    ):
        end = head.sent.end  # "the ministers of the two countries, X of A and Y of B": hung on another word
    for token in scene.doc[head.i + 1 : end]:
        if token.text == "," and token.i + 1 < len(scene.doc) and token.nbor(1).lower_ in _ELSEWHERE:
            return  # "by the ministers, A and B, in the presence of C"
        if token.pos_ in ("VERB", "AUX"):
            return
        link = scene.link(token)
        if link is not None and is_kind(link.entity, "person"):
            assert link.entity is not None
            if link.entity.key not in seen:
                seen.add(link.entity.key)
                yield Party(link.entity, "title", token.i)


def actor_of(scene: Scene, link: Link) -> Entity | None:
    """Give what a mention means as an actor: itself, or the state whose seat a town is."""
    if is_kind(link.entity, "person", "state", "group"):
        return link.entity
    seat = scene.kb.metonym(link.mention.text)
    return seat[0] if seat is not None else None


def _capital(scene: Scene, noun: Token) -> Entity | None:
    """As in "the Qatari capital", "the capital of Qatar": the town."""
    if noun.lemma_.lower() != "capital":
        return None
    around = [
        *noun.children,
        *(pobj for prep in noun.children if prep.lower_ == "of" for pobj in prep.children),
    ]
    states = [
        link.entity
        for word in around
        if (link := scene.link(word)) is not None and is_kind(link.entity, "state")
    ]
    return scene.kb.capital_of(states[0].key) if len(states) == 1 and states[0] is not None else None


def place_of(scene: Scene, token: Token) -> tuple[Entity, ...]:
    """Give the places that a noun phrase names, itself or by a proper-name modifier."""
    found = []
    for head in conjuncts(token):
        link = scene.link(head)
        entity = _capital(scene, head) if link is None else None
        if link is not None and link.mention.type != DEMONYM:
            entity = link.place if link.place is not None else link.entity
        if is_kind(entity, "place"):
            found.append(entity)
    return tuple(entity for entity in found if entity is not None)


def renamed_person(scene: Scene, head: Token) -> tuple[Party, ...]:
    """As in "the dean of the corps, Ambassador X": X, whatever the noun before the name is."""
    for child in children(head, "appos"):
        link = scene.link(child)
        if link is not None and link.entity is not None and is_kind(link.entity, "person"):
            return (Party(link.entity, "title", head.i),)
    return ()


def called(scene: Scene, head: Token) -> tuple[Party, ...]:
    """As in "the news agency X", "the rebel group Y": X, Y."""
    words, lemma = scene.lexicon.words, head.lemma_.lower()
    if lemma not in words["named_kinds"] and lemma not in words["groups"]:
        return ()
    for child in children(head, "appos"):
        named = [scene.link(other) for other in conjuncts(child)]
        found = [link.entity for link in named if link is not None and is_kind(link.entity, "group", "state")]
        if found:
            return tuple(Party(entity, "name", head.i) for entity in found if entity is not None)
    return ()
