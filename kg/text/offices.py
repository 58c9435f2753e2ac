"""Titles beside names: which office a source gives a person, and for whom the person stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Term
from kg.text.owners import (
    STATES_OWN,
    apposed,
    begins_the_sentence,
    is_somebody_elses,
    pointed_at,
    vague_office,
)
from kg.text.paired import Title, paired
from kg.text.placing import POSSESSIVE
from kg.text.scene import Holder, is_kind, names_person
from kg.text.titlewords import (
    GLUE,
    before_bracket,
    ends_title,
    in_title,
    is_title,
    office_words,
    owns,
    sent_to,
    side_of,
    widened,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Entity, Key, Link
    from kg.text.scene import Scene

_ADDRESS = frozenset(
    ("mr", "mrs", "ms", "dr", "h.e", "dato", "datuk", "hon", "mme", "miss", "prof", "professor", "sir")
)
_MARKS = ".\u2019'"
_COURTESY = frozenset(("general", "ambassador", "monsignor", "senator", "sheikh"))
_TOP = "top diplomat"
"""What newspapers call a foreign minister or his like: an office, though its words are ranks."""
_PAIR = 2
_LEAD = 2
"""Words before a title that may bend it: "the late party chief"."""
_EQUALS = frozenset(("counterpart", "colleague", "opposite number"))
_TEAM = frozenset(("delegation", "team", "side"))
"""Who leads one of these holds no office; it is told as a role in the talks."""
_DEPARTMENT = (" minister", " ministers", " secretary")
_WHOSE = frozenset(("its", "whose", "their", "his", "her"))
_REACH = 12
"""Tokens that a title may span; longer runs are enumerations."""


def titles(scene: Scene) -> tuple[Title, ...]:
    """Give every title that stands before or after a person's name, in text order."""
    out = []
    for link in scene.links:
        if not is_kind(link.entity, "person"):
            continue
        before, after = _before(scene, link), _after(scene, link)
        if (
            after is not None
            and _precedes_name(scene, after)
            and (before is not None or not _told_behind(scene, after))
        ):
            after = None  # "the envoy, X, the secretary of state, Y": the second title is Y's
        if before is not None and _is_of_name_before(scene, link, before):
            before = None  # "X, the envoy, Y, the secretary of state": the first title is X's
        out += [title for title in (before, after) if title is not None]
    found = (*out, *paired(scene))
    return tuple(_equal(scene, title, found) for title in found)


def _equal(scene: Scene, title: Title, others: tuple[Title, ...]) -> Title:
    """As in "Foreign Minister X and his Chadian counterpart, Y": Y is the foreign minister of Chad.

    Only for ministers of a department: the equal of a president or a premier may be called otherwise.
    """
    if title.side is None or title.words not in _EQUALS:
        return title
    sentence = scene.doc[title.start].sent.start
    earlier = [
        other
        for other in others
        if sentence <= other.start < title.start
        and other.office
        and (other.words.endswith(_DEPARTMENT) or _heads_too(scene, title, other))
    ]
    if not earlier:
        return title
    nearest = max(earlier, key=lambda other: other.start)
    return replace(title, words=nearest.words, office=True)


def _heads_too(scene: Scene, title: Title, other: Title) -> bool:
    """Tell whether the equal of a president is known to be head of state as well."""
    person = title.person.entity
    if other.words != "president" or person is None or title.side is None or not person.known:
        return False
    held = scene.kb.offices_of(person.key)
    return any(tenure.role == "head-of-state" and tenure.of == title.side.key for tenure in held)


def holders(found: Iterable[Title]) -> tuple[Holder, ...]:
    """Give who bears which title, for those that are called by the title alone later on."""
    return tuple(
        Holder(title.start, title.words, title.person.entity, title.side)
        for title in found
        if title.person.entity is not None
    )


def _precedes_name(scene: Scene, title: Title) -> bool:
    position = title.end + (1 if title.end < len(scene.doc) and scene.doc[title.end].text == "," else 0)
    return position < len(scene.doc) and names_person(scene, position)


def _told_behind(scene: Scene, title: Title) -> bool:
    """Tell whether the name after a title has one of its own behind it: ``X, the envoy, Y, the premier``."""
    position = title.end + 1
    link = scene.link(scene.doc[position]) if position < len(scene.doc) else None
    return link is not None and _after(scene, link) is not None


def _is_of_name_before(scene: Scene, link: Link, title: Title) -> bool:
    """Tell whether the title between two names and commas belongs to the name before it."""
    before = title.start - 1
    while before > 0 and scene.doc[before].lower_ in GLUE:
        before -= 1
    closed = (
        scene.doc[link.mention.tokens.start - 1].text == "," and before > 0 and scene.doc[before].text == ","
    )
    return closed and names_person(scene, before - 1) and _after(scene, link) is not None


def stands_for(scene: Scene, found: tuple[Title, ...]) -> Mapping[Key, Entity]:
    """Give for each person the state or group that titles and of-phrases put behind them."""
    out: dict[Key, Entity] = {}
    for title in found:
        person = title.person.entity
        assert person is not None
        if title.side is not None:
            out.setdefault(person.key, title.side)
    for link in scene.links:
        if is_kind(link.entity, "person"):
            side = _of_side(scene, link)
            assert link.entity is not None
            if side is not None:
                out.setdefault(link.entity.key, side)
    return out


def _before(scene: Scene, link: Link) -> Title | None:
    """As in "Turkish Foreign Minister Hakan Fidan", "the president of Guyana, Irfaan Ali"."""
    end = link.mention.tokens.start
    while end > 1 and scene.doc[end - 1].lower_.rstrip(_MARKS) in _COURTESY | _ADDRESS:
        end -= 1
    skipped = scene.doc[end : link.mention.tokens.start]
    if scene.doc[end - 1].text != "," and any(t.lower_.rstrip(_MARKS) in _COURTESY for t in skipped):
        end = link.mention.tokens.start
    if end > 0 and scene.doc[end - 1].text == "," and _renamed(scene, link):
        end -= 1
        end = before_bracket(scene, end)
    start = end
    sentence = scene.doc[link.mention.tokens.start].sent.start
    titled = False
    while start > max(sentence, end - _REACH) and (
        in_title(scene, scene.doc[start - 1]) or _concern(scene, start - 1, titled=titled)
    ):
        token = scene.doc[start - 1]
        if (token.lower_ in ("to", "in") and not sent_to(scene, token, end)) or (
            titled and token.lower_ in ("of", "for", "and")
        ):
            break  # "an aide to President X", "the spokesman of President X": two people
        if begins_the_sentence(scene, token):
            break
        titled |= is_title(scene, token)
        start -= 1
    if titled:
        start = widened(scene, start)
    return _title(scene, link, start, end, behind=False)


def _concern(scene: Scene, at: int, *, titled: bool) -> bool:
    """Tell whether a noun says what a post is for: "the deputy premier for reintegration, X"."""
    token = scene.doc[at]
    if titled or at < _PAIR or token.pos_ not in ("NOUN", "PROPN") or scene.link(token) is not None:
        return False
    return scene.doc[at - 1].lower_ in ("for", "of") and is_title(scene, scene.doc[at - _PAIR])


def _renamed(scene: Scene, link: Link) -> bool:
    """A name between commas behind a title, or hung on it as an apposition."""
    head = scene.head(link)
    after = link.mention.tokens.end
    closed = after < len(scene.doc) and scene.doc[after].text in (",", ".")
    return head.dep_ == "appos" or closed or head.dep_ in ("pobj", "dobj")


def _after(scene: Scene, link: Link) -> Title | None:
    """As in "Marco Rubio, the US secretary of state", "Getachew Reda, spokesman for the TPLF"."""
    start = link.mention.tokens.end
    if start + 1 >= len(scene.doc) or scene.doc[start].text not in (",", "("):
        return None
    start += 1
    if start < len(scene.doc) and scene.doc[start].lower_ == "and":
        return None
    end = start
    while end < min(len(scene.doc), start + _REACH) and in_title(scene, scene.doc[end]):
        end += 1
    while end > start and scene.doc[end - 1].lower_ in GLUE:
        end -= 1
    if (
        end < len(scene.doc)
        and names_person(scene, end)
        and not owns(scene, end)
        and not any(token.lower_ == "to" for token in scene.doc[start:end])
    ):
        return None  # "Araghchi, Foreign Minister Badr ...": the title of the next name
    owned = end < len(scene.doc) and names_person(scene, end)
    cut = (
        end < len(scene.doc)
        and scene.doc[end].tag_ in ("NN", "NNP", "NNS")
        and apposed(scene, link) is not None
    )
    found = None if owned or cut else _title(scene, link, start, end, behind=True)
    if found is not None and found.side is not None:
        return found
    told = apposed(scene, link)
    whole = _title(scene, link, *told, behind=True) if told is not None else None
    return found if whole is None or (found is not None and whole.side is None) else whole


def _title(scene: Scene, link: Link, start: int, end: int, *, behind: bool) -> Title | None:
    tokens = list(scene.doc[start:end])
    while tokens and tokens[0].lower_ in GLUE - _WHOSE and not behind:
        tokens = tokens[1:]
    side = side_of(scene, tokens)
    owner = next((i for i, t in enumerate(tokens) if t.lower_ in POSSESSIVE and i and names_person(scene, tokens[i - 1].i)), -1)  # fmt: skip
    tokens = tokens[owner + 1 :]
    heads = [t for t in tokens if is_title(scene, t)]
    if not heads:
        return None
    if not behind and not ends_title(scene, tokens):
        return None
    words = office_words(scene, tokens)
    a_leader = heads[-1].lemma_.lower() in STATES_OWN and any(t.lower_ in ("a", "an") for t in tokens)
    odd = a_leader or any(char.isdigit() for char in words) or is_somebody_elses(scene, tokens[0])
    before = scene.doc[max(tokens[0].sent.start, tokens[0].i - _LEAD) : tokens[0].i] if not behind else ()
    former = any(t.lower_ in scene.lexicon.words["former"] for t in (*before, *tokens))
    plain = words.split(" ")[-1] if words else ""
    bare = words in scene.lexicon.words["not_an_office"] or (plain and words == plain == "deputy")
    plural = any(t.tag_ in ("NNS", "NNPS") for t in heads)
    lesser = scene.lexicon.words["ranks"] | scene.lexicon.words["not_an_office"]
    bare = bool(bare) or (words != _TOP and all(word in lesser for word in words.split()))
    local = any(t.lemma_.lower() in scene.lexicon.words["local_offices"] for t in heads)
    first = tokens[0]
    pronoun = next((t for t in (first.nbor(-1) if first.i else first, *tokens) if t.lower_ in _WHOSE), None)
    whose = pronoun is not None
    if local:
        side = None
    elif side is None:
        side = pointed_at(scene, pronoun) if pronoun is not None else None
    vague = vague_office(scene, heads, words, side)
    bare = bare and not vague
    assert link.entity is not None
    return Title(
        person=link,
        words=scene.lexicon.offices.get(words, words),
        side=side,
        office=bool(words)
        and not former
        and not _TEAM & set(words.split())
        and not bare
        and not odd
        and not plural
        and not local
        and not (whose and side is None),
        start=tokens[0].i,
        end=tokens[-1].i + 1,
    )


def _of_side(scene: Scene, link: Link) -> Entity | None:
    """As in "Getachew Reda of the TPLF", "Bosnia's Bisera Turkovic"."""
    start, end = link.mention.tokens.start, link.mention.tokens.end
    if end + 1 < len(scene.doc) and scene.doc[end].lower_ in ("of", "from"):
        position = end + (2 if scene.doc[end + 1].lower_ == "the" else 1)
        behind = scene.link(scene.doc[position]) if position < len(scene.doc) else None
        if behind is not None and is_kind(behind.entity, "state", "group"):
            return behind.entity
    if start >= 2 and scene.doc[start - 1].lower_ in POSSESSIVE:
        before = scene.link(scene.doc[start - 2])
        if before is not None and is_kind(before.entity, "state", "group"):
            return before.entity
    return None


OFFICE = Term("dip:Office")
