"""The title right before or right behind one name of a person: its words, whose it is, whether it is held now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.owners import (
    STATES_OWN,
    apposed,
    begins_the_sentence,
    is_somebody_elses,
    pointed_at,
    vague_office,
)
from kg.text.paired import Title
from kg.text.placing import POSSESSIVE
from kg.text.scene import names_person
from kg.text.tenure import has_left
from kg.text.titlewords import (
    GLUE,
    LAST,
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
    from spacy.tokens import Token

    from kg.model import Link
    from kg.text.scene import Scene

_MARKS = ".\u2019'"
_COURTESY = frozenset(("ambassador", "senator", "sheikh", "comrade", "veteran"))
"""Titles that stand between an office and a name as a rank does: "the envoy, Ambassador X"."""
_TOP = "top diplomat"
"""What newspapers call a foreign minister or his like: an office, though its words are ranks."""
_PAIR = 2
_LEAD = 2
"""Words before a title that may bend it: "the late party chief"."""
_TEAM = frozenset(("delegation", "team", "side"))
"""Who leads one of these holds no office; it is told as a role in the talks."""
_WHOSE = frozenset(("its", "whose", "their", "his", "her"))
_REACH = 12
"""Tokens that a title may span; longer runs are enumerations."""


def before_name(scene: Scene, link: Link) -> Title | None:
    """As in "Turkish Foreign Minister Hakan Fidan", "the president of Guyana, Irfaan Ali"."""
    end = _past_courtesy(scene, link.mention.tokens.start)
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
    outer = _of_another(scene, start) if titled and end < link.mention.tokens.start else None
    if outer is not None:
        return _outer_title(scene, link, outer, sentence)
    if titled:
        start = widened(scene, start)
    return _title(scene, link, start, end, behind=False)


def _of_another(scene: Scene, start: int) -> int | None:
    """Give the token of the "of" in "the envoy of the president for Y, X", or "to", where a title stands before it."""
    at = start if scene.doc[start].lower_ == "the" else start - 1
    while at > 1 and scene.doc[at].lower_ == "the":
        at -= 1
    before = scene.doc[at - 1] if at > 0 else None
    named = before is not None and before.tag_[:2] == "NN" and is_title(scene, before)
    return at if named and scene.doc[at].lower_ in ("of", "to", "for") else None


_SENT_FOR = frozenset(("envoy", "representative", "coordinator", "rapporteur"))
"""Who is sent by somebody for something: "the representative of the Secretary-General for Libya"."""


def _outer_title(scene: Scene, link: Link, end: int, sentence: int) -> Title | None:
    """As in "the envoy of the president for Y, X": X is the envoy, if the name is said of that; else it is not told."""
    start = end
    while start > sentence and in_title(scene, scene.doc[start - 1]):
        start -= 1
    head = scene.head(link)
    between = scene.doc[end : link.mention.tokens.start]
    sent_for = scene.doc[end - 1].lemma_.lower() in _SENT_FOR and any(
        t.lower_ in ("for", "on") for t in between
    )
    said = sent_for or (head.dep_ == "appos" and start <= head.head.i < end)
    return _title(scene, link, start, end, behind=False) if said else None


def _nameless_owner(scene: Scene, tokens: list[Token]) -> Token | None:
    """Give the owner that is told by a common noun: the rebels of "the rebels' chief negotiator"."""
    marks = [t for t in tokens[1:-1] if t.lower_ in POSSESSIVE and is_somebody_elses(scene, t.nbor(1))]
    return marks[-1].nbor(-1) if marks else None


def _past_courtesy(scene: Scene, start: int) -> int:
    """Give where the forms of address and the ranks before a name begin, if an office stands before them."""
    end, ranked = start, False
    while end > 1 and (_is_address(scene, scene.doc[end - 1]) or _is_rank(scene, scene.doc[end - 1])):
        end -= 1
        ranked |= _is_rank(scene, scene.doc[end])
    before = scene.doc[end - 1]
    office = (
        before.text == "," or before.lower_ in LAST or (is_title(scene, before) and before.tag_[:2] == "NN")
    )
    return start if ranked and not office else end


def _is_address(scene: Scene, token: Token) -> bool:
    word = token.lower_.rstrip(_MARKS)
    honorific = word in scene.kb.words("honorific") and word not in scene.lexicon.words["titles"]
    return (honorific and token.text[0].isupper()) or token.text in ("'", "\u2019")


def _is_rank(scene: Scene, token: Token) -> bool:
    word = token.lower_.rstrip(_MARKS)
    return word in _COURTESY or (word in scene.lexicon.words["military_ranks"])


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


def behind_name(scene: Scene, link: Link) -> Title | None:
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


def _first_of_two(scene: Scene, tokens: list[Token]) -> list[Token]:
    """As in "X, head of the office and leader of the team": the first of two offices that each have their own."""
    for at, token in enumerate(tokens):
        before, behind = tokens[:at], tokens[at + 1 :]
        if token.lower_ != "and" or not any(t.lower_ in ("of", "for") for t in before):
            continue
        if any(is_title(scene, t) for t in before) and any(is_title(scene, t) for t in behind):
            return before
    return tokens


def _title(scene: Scene, link: Link, start: int, end: int, *, behind: bool) -> Title | None:
    tokens = list(scene.doc[start:end])
    while tokens and tokens[0].lower_ in GLUE - _WHOSE and not behind:
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[0].lower_ == "under" and tokens[1].lower_ not in ("-", "secretary"):
        tokens = tokens[1:]  # "was built under King X"
    side = side_of(scene, tokens)
    owner = next((i for i, t in enumerate(tokens) if t.lower_ in POSSESSIVE and i and names_person(scene, tokens[i - 1].i)), -1)  # fmt: skip
    tokens = _first_of_two(scene, tokens[owner + 1 :]) if behind else tokens[owner + 1 :]
    nameless = _nameless_owner(scene, tokens)
    if nameless is not None:
        tokens = [t for t in tokens if t.i > nameless.i + 1]
        rebels = nameless.lemma_.lower() in scene.lexicon.words["rebels"]
        side = scene.cast.group if rebels and side is None else side
    heads = [t for t in tokens if is_title(scene, t)]
    if not heads:
        return None
    if not behind and not ends_title(scene, tokens):
        return None
    words = office_words(scene, tokens)
    a_leader = heads[-1].lemma_.lower() in STATES_OWN and any(t.lower_ in ("a", "an") for t in tokens)
    odd = a_leader or any(char.isdigit() for char in words)
    before = scene.doc[max(tokens[0].sent.start, tokens[0].i - _LEAD) : tokens[0].i] if not behind else ()
    former = any(t.lower_ in scene.lexicon.words["former"] for t in (*before, *tokens))
    former = former or has_left(scene, link)
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
        and not local,
        start=tokens[0].i,
        end=tokens[-1].i + 1,
        elsewhere=side is None and (whose or is_somebody_elses(scene, tokens[0])),
    )
