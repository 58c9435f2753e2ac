"""How a common noun names actors: as a team, a government, officials, a group, or both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.lemmas import noun_lemma
from kg.text.party import Party
from kg.text.scene import Cast, is_kind
from kg.text.syntax import children, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.model import Entity, Link
    from kg.text.scene import Scene


def told_by_kind(scene: Scene, head: Token, context: tuple[Entity, ...] = ()) -> tuple[Party, ...]:
    """As in "the government", "the rebels": the one state and the one group that the article is about."""
    armed = _own_army(scene, head, context)
    if armed is not None:
        return (Party(armed, "forces", head.i),)
    team = head.lemma_.lower() in scene.lexicon.words["delegations"] | scene.lexicon.words["representatives"]
    if any(c.lower_ in ("whose", "its", "their", "his", "her") for c in children(head, "poss")):
        return ()  # somebody else's government
    for word in (head, *(children(head, "compound", "amod", "poss") if team else ())):
        lemma, cast = word.lemma_.lower(), _cast(scene, context)
        if scene.link(word) is not None:
            continue
        state = cast.state or scene.home or scene.ruled
        own = lemma == "government" or (word != head and lemma == "official" and head.tag_ == "NN")
        if own and state is not None:
            return (Party(state, "context", head.i),)
        if lemma in scene.lexicon.words["rebels"] and cast.group is not None:
            return (Party(cast.group, "context", head.i),)
    return ()


def _own_army(scene: Scene, head: Token, context: tuple[Entity, ...]) -> Entity | None:
    """As in "the army", "government soldiers", an "army column": of the one state that the article is about."""
    lemma = head.lemma_.lower()
    if lemma not in scene.lexicon.words["own_forces"] or scene.link(head) is not None:
        return None
    before = {child.lower_ for child in head.children if child.i < head.i and child.dep_ != "punct"}
    bare = head.tag_ in ("NNS", "NNPS") or head.dep_ in ("compound", "amod")
    if not before <= _ARMS | {"the"} or not (bare or "the" in before):
        return None
    cast = _cast(scene, context)
    state = cast.state if cast.state is not None else scene.home
    return None if state is None else army_of(scene, state)


_ARMS = frozenset(("government", "army", "air", "coast", "armed", "security", "regular", "federal", "riot"))


def _cast(scene: Scene, context: tuple[Entity, ...]) -> Cast:
    """Give the state and the group that face each other: in the talks spoken of, else in the article."""
    states = [entity for entity in context if is_kind(entity, "state")]
    groups = [entity for entity in context if is_kind(entity, "group")]
    if len(states) == 1 and len(groups) == 1:
        return Cast(states[0], groups[0])
    return scene.cast


def body_named_before(scene: Scene, head: Token) -> Entity | None:
    """As in "the Council", "the Commission": the one body named before in full whose name ends, or begins, so."""
    plain = all(child.lower_ == "the" or child.i > head.i for child in head.children)
    if not head.text[:1].isupper() or not plain or not any(c.lower_ == "the" for c in head.children):
        return None
    word = head.lower_
    told = [
        link
        for link in scene.links
        if link.mention.tokens.start < head.i
        and link.entity is not None
        and is_kind(link.entity, "group")
        and word in _ends_of(link.mention.text)
    ]
    found = {link.entity.key: link.entity for link in told if link.entity is not None}
    if len(found) != 1 or _is_spoken_of(scene, head, min(link.mention.tokens.start for link in told)):
        return None
    return next(iter(found.values()))


def _is_spoken_of(scene: Scene, head: Token, before: int) -> bool:
    """Tell whether the bare word stands before the full name: "Coalition jets … the Arab Coalition … the Coalition"."""
    return any(
        word.lower_ == head.lower_ and word.text[:1].isupper() and scene.link(word) is None
        for word in scene.doc[:before]
    )


def _ends_of(name: str) -> set[str]:
    """The words a body of several words may be called by: its last, or that before "of" or "for"."""
    words = name.lower().split()
    heads = {words[-1]} | {
        words[i - 1] for i, word in enumerate(words) if i and word in ("of", "for", "on", "in")
    }
    return heads if len(words) > 1 else set()


def manner(scene: Scene, head: Token) -> str | None:
    """Tell how a common noun stands for actors: delegation, government, officials, group; or not at all."""
    words, lemma = scene.lexicon.words, head.lemma_.lower()
    near = (head, *children(head, "compound", "nmod"))
    if {c.lower_ for word in near for c in children(word, "amod", "compound")} & words["part_of"]:
        return None  # "local authorities", "the shadow government": not the whole
    kinds = (("delegation", "delegations"), ("forces", "forces"), ("government", "governments"),
             ("officials", "representatives"), ("group", "groups"), ("voice", "voices"))  # fmt: skip
    return next((via for via, kind in kinds if lemma in words[kind] and _may_act(scene, head, via)), None)


def _may_act(scene: Scene, head: Token, via: str) -> bool:
    """Tell whether a noun of a kind acts for those it names: named forces, unarmed officials."""
    if via == "forces":
        return any(True for _ in inside(scene, head)) or _is_owned(scene, head, "state", "group")
    if via in ("officials", "voice"):
        return not {c.lower_ for c in children(head, "amod", "compound")} & scene.lexicon.words["armed"]
    if (
        via == "group"
        and head.lemma_.lower() in scene.lexicon.words["fighters"]
        and _is_owned(scene, head, "group")
    ):
        return True  # "gunmen of the ELN"
    return via != "group" or not _only_demonyms(scene, head)


def _is_owned(scene: Scene, head: Token, *kinds: str) -> bool:
    """Tell whether the words behind armed men, or "its" before them, say whose they are."""
    if any(word.lower_ in ("its", "their") for word in children(head, "poss")):
        return True
    behind = [scene.link(word) for of in ("of", "from") for word in prepositional(head, of)]
    return any(link is not None and is_kind(link.entity, *kinds) and link.place is None for link in behind)


def referred(scene: Scene, head: Token, context: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Give whom "the parties", "the two leaders", "the three sides" speaks of; none where the number differs."""
    if head.lemma_ in ("man", "woman"):  # "the two men" are not the two states
        context = tuple(entity for entity in context if is_kind(entity, "person"))
    sides = noun_lemma(head) in scene.lexicon.words["parties"]
    found = tuple(e for e in context if not sides or not is_kind(e, "person"))
    if sides and not found and scene.cast.state is not None and scene.cast.group is not None:
        found = (scene.cast.state, scene.cast.group)
    told = next((_COUNTS[c.lower_] for c in head.children if c.lower_ in _COUNTS), len(found))
    if not sides and told in _PAIRS:
        named = _named_before(scene, head)
        if len(named) == told:
            return named
        found = tuple(e for e in found if _may_be_called(scene, e, noun_lemma(head)))
    return found if told == len(found) else ()


_PAIRS = frozenset((2, 3))


def _may_be_called(scene: Scene, entity: Entity, noun: str) -> bool:
    """Tell whether somebody may be meant by "the two ministers": not who is told to be a president."""
    told = [holder.words.split() for holder in scene.holders if holder.person.key == entity.key]
    if noun not in scene.lexicon.words["titles"] or noun in ("leader", "official", "diplomat") or not told:
        return True
    return any(noun in words and "prime" not in words for words in told)


def _named_before(scene: Scene, head: Token) -> tuple[Entity, ...]:
    """Give the persons of the sentence before, whom "the two men", "both ministers" may speak of."""
    start = head.sent.start
    for _ in range(_BACK):
        if not start:
            break
        before = scene.doc[start - 1].sent
        persons = {
            link.entity.key: link.entity
            for link in scene.links
            if before.start <= link.mention.tokens.start < before.end
            and link.entity is not None
            and is_kind(link.entity, "person")
        }
        if persons:
            return tuple(persons.values())
        start = before.start
    return ()


_BACK = 2
"""Sentences that are looked back for the persons of "the two ministers"."""


_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def army_of(scene: Scene, state: Entity) -> Entity:
    """Give the army that the article names apart from its state, as in a civil war, else the state.

    Its name has that of the state in it: another force of the same country is not its army.
    """
    stem = state.label.lower()[:_STEM]
    armies = {
        link.entity.key: link.entity
        for link in scene.links
        if link.entity is not None
        and link.entity.within == state.key
        and is_kind(link.entity, "group")
        and not _ARMY.isdisjoint(link.entity.label.lower().split())
        and any(word.startswith(stem) for word in link.entity.label.lower().split())
    }
    return next(iter(armies.values())) if len(armies) == 1 else state


_STEM = 4
_ARMY = frozenset(("army", "forces", "military"))


def _only_demonyms(scene: Scene, head: Token) -> bool:
    """As in "Sudanese rebels" are not Sudan; "M23 rebels" are the M23."""
    links = list(inside(scene, head))
    return not links or any(is_kind(link.entity, "state") for link in links)


def inside(scene: Scene, head: Token) -> Iterator[Link]:
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
    while token not in (token.head, head):
        if token.dep_ in ("relcl", "acl", "advcl"):
            return True
        token = token.head
    return False


def is_reference(scene: Scene, head: Token) -> bool:
    """As in "both sides", "the two countries", "the parties", "the rivals"."""
    words, lemma = scene.lexicon.words, noun_lemma(head)
    refers = lemma in words["parties"] or lemma in words["pair_leaders"]
    if not refers or head.tag_ not in ("NNS", "NN", "NNPS"):
        return False
    if any(True for _ in inside(scene, head)):
        return False
    if any(scene.link(word) is not None for of in ("of", "from") for word in prepositional(head, of)):
        return False
    marked = any(t.lower_ in words["pair_marks"] for t in head.children)
    if lemma in words["parties"]:
        definite = any(t.lower_ in ("the", "these", "both", "two") for t in head.children)
        return marked or (
            definite and head.tag_ in ("NNS", "NNPS") and lemma in ("party", "side", "delegation")
        )
    return marked and head.tag_ in ("NNS", "NNPS")
