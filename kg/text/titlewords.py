"""The words of a title: which belong to it, how the office is called, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.placing import POSSESSIVE
from kg.text.scene import DEMONYM, is_kind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Entity, Link
    from kg.text.scene import Scene

GLUE = frozenset(
    ("of", "for", "to", "and", "the", "'s", "\u2019s", "-", "a", "an", "on", "its", "his", "her")
)
_SENT = frozenset(("envoy", "representative", "coordinator", "mission", "ambassador", "observer"))
LAST = frozenset(("state", "staff", "affairs", "general", "large"))
_FURTHER = 4
_NOT_POSTS = frozenset(("DATE", "TIME", "PERSON", "EVENT", "GPE"))


def names_office(scene: Scene, token: Token) -> bool:
    """Tell whether a word is the noun of an office: "minister"; the verb of "who chaired it" is none."""
    return token.lemma_.lower() in scene.lexicon.words["titles"] and not token.tag_.startswith("VB")


def is_title(scene: Scene, token: Token) -> bool:
    """Tell whether a word is the noun of an office and no part of a name."""
    return scene.link(token) is None and names_office(scene, token)


def widened(scene: Scene, start: int) -> int:
    """Give where a title begins with the nouns before it that no list has: "information minister"."""
    first = scene.doc[start]
    bare = scene.link(first) is None and (is_title(scene, first) or first.tag_ in ("NN", "NNP"))
    stop = max(first.sent.start, start - _FURTHER)
    while bare and start > stop:
        before = scene.doc[start - 1]
        joined = start > 1 and scene.doc[start - 2].text == "-" and not scene.doc[start - 2].whitespace_
        if (
            before.tag_ not in ("NN", "NNP", "NNS", "NNPS")
            or scene.link(before) is not None
            or before.ent_type_ in _NOT_POSTS
        ):
            break
        if joined:
            break
        start -= 1
    while start > stop and scene.doc[start - 1].lower_ in GLUE - {"to", "and", "-", "on"}:
        start -= 1
    link = scene.link(scene.doc[start - 1]) if start > stop else None
    owner = link is not None and scene.doc[start].lower_ in POSSESSIVE
    of = link is not None and (
        link.mention.type == DEMONYM
        or (is_kind(link.entity, "state", "group") and not _is_where(scene, link.mention.tokens.start))
    )
    return start - 1 if owner or of else start


def sent_to(scene: Scene, preposition: Token, end: int) -> bool:
    """Tell whether "to" names the post of somebody sent: "the X ambassador to Y, Z"; so without a comma, too."""
    comma = end < len(scene.doc) and (scene.doc[end].text == "," or _is_all_between(scene, preposition, end))
    return comma and preposition.i > 0 and preposition.nbor(-1).lemma_.lower() in _SENT


def _is_all_between(scene: Scene, preposition: Token, end: int) -> bool:
    """Tell whether one state or body is all that stands between a preposition and a name."""
    at = preposition.i + 1
    at += at < end and scene.doc[at].lower_ == "the"
    link = scene.link(scene.doc[at]) if at < end else None
    return link is not None and is_kind(link.entity, "state", "group") and link.mention.tokens.end == end


def _comma_behind(scene: Scene, at: int) -> int:
    """Give where the comma behind the name after a token is: that of "the envoy in Y, Z"."""
    link = scene.link(scene.doc[at + 1]) if at + 1 < len(scene.doc) else None
    return link.mention.tokens.end if link is not None else at


def before_bracket(scene: Scene, end: int) -> int:
    """Give where a title ends before an acronym in brackets: "the head of the Agency (ABC), X"."""
    if end < _BRACKET or scene.doc[end - 1].text != ")" or scene.doc[end - _BRACKET].text != "(":
        return end
    return end - _BRACKET


_BRACKET = 3
"""Tokens of an acronym in brackets."""


def _is_where(scene: Scene, at: int) -> bool:
    """As in "In X Minister Y met": X is where, not whose minister."""
    return at > 0 and scene.doc[at - 1].lower_ in ("in", "from", "at", "near", "outside", "to", "with", "for")


def owns(scene: Scene, at: int) -> bool:
    """Tell whether the name at a token has a possessive behind it: ``X, President Y's adviser``."""
    link = scene.link(scene.doc[at])
    behind = link.mention.tokens.end if link is not None else at + 1
    return behind < len(scene.doc) and scene.doc[behind].lower_ in POSSESSIVE


def in_title(scene: Scene, token: Token) -> bool:
    """Tell whether a word may stand in a title: a word of the lists, a state, a body, a place."""
    link = scene.link(token)
    if link is not None:
        return link.mention.type == DEMONYM or is_kind(link.entity, "state", "group", "place")
    words, lower = scene.lexicon.words, token.lower_
    lemma = token.lemma_.lower()
    return (
        lower in GLUE
        or (lower == "in" and sent_to(scene, token, _comma_behind(scene, token.i)))
        or (lower == "at" and token.i + 1 < len(scene.doc) and token.nbor(1).lower_ == "large")
        or lower in words["title_parts"]
        or lower in words["titles"]
        or lemma in words["titles"]
        or lower in words["former"]
        or lower in scene.kb.words("portfolio")
    )


def ends_title(scene: Scene, tokens: list[Token]) -> bool:
    """The word right before the name belongs to the title, or to its of-phrase."""
    last = tokens[-1]
    if last.lemma_.lower() in scene.lexicon.words["titles"] or last.lower_ in LAST:
        return True
    told = scene.link(last) is not None or last.lower_ in scene.kb.words("portfolio") | _HOUSES
    return told and any(t.lower_ in ("of", "to", "for") for t in tokens)


_ADVISES = frozenset(("adviser", "advisor", "aide", "assistant"))
_HOUSES = frozenset(("ministry", "department", "office"))


def office_words(scene: Scene, tokens: list[Token]) -> str:
    """The words of the title without articles and owners: "minister of foreign affairs", "envoy for Chad"."""
    titles_known = scene.lexicon.words["titles"]
    for at, token in enumerate(tokens):
        if token.lower_ in POSSESSIVE and at and at + 1 < len(tokens):
            owner = tokens[at - 1]
            if scene.link(owner) is None and owner.lemma_.lower() in titles_known:
                whose, post = office_words(scene, tokens[:at]), office_words(scene, tokens[at + 1 :])
                joined = "to" if _ADVISES & set(post.split()) else "of"
                return f"{post} {joined} {whose}" if post else whose  # "the president's envoy"
    kept: list[str] = []
    for token in tokens:
        link = scene.link(token)
        if link is not None:
            kept += [token.text] if _is_concern(scene, link) else []
            continue
        if token.lower_ in POSSESSIVE or token.lower_ in ("the", "a", "an", "its", "his", "her"):
            continue
        if token.lower_ in scene.lexicon.words["former"]:
            continue
        kept.append(token.lower_)
    while kept and (kept[-1] in GLUE or kept[-1] in ("in", "at", "of")):
        kept.pop()
    while kept and kept[0] in GLUE:
        kept.pop(0)
    return " ".join(kept).replace(" - ", "-")


def side_of(scene: Scene, tokens: list[Token]) -> Entity | None:
    """Give whose office it is: a state or body named in the title, or the state of a person in it."""
    links = [
        link
        for token in tokens
        if (link := scene.link(token)) is not None and not _is_subject_matter(scene, link)
    ]
    bodies = [link for link in links if is_kind(link.entity, "state", "group")]
    for link in bodies:
        after = link.mention.tokens.end
        owned = after < len(scene.doc) and scene.doc[after].lower_ in POSSESSIVE
        body = next((o for o in bodies if o.mention.tokens.start == after + 1), None)
        return body.entity if owned and body is not None else link.entity
    owners = [link.entity for link in links if is_kind(link.entity, "person") and link.entity is not None]
    state = owners[0].within if owners else None
    return scene.kb.entity(state) if state is not None and state in scene.kb else None


def _is_concern(scene: Scene, link: Link) -> bool:
    """Tell whether a title names what it is for: an envoy for Chad, the minister for a region."""
    before = link.mention.tokens.start - 1
    before -= before > 0 and scene.doc[before].lower_ == "the"
    region = is_kind(link.entity, "place") and not is_kind(link.entity, "state")
    led = before > 0 and scene.doc[before].lower_ in ("for", "to", "in")
    return led and (_is_subject_matter(scene, link) or (region and scene.doc[before].lower_ == "for"))


def _is_subject_matter(scene: Scene, link: Link) -> bool:
    """Tell whether a title names what it deals with: the director for A affairs, an envoy for Sudan."""
    after = link.mention.tokens.end
    if after < len(scene.doc) and scene.doc[after].lower_ in ("affairs", "relations", "issues"):
        return True
    before = link.mention.tokens.start - 1
    before -= before > 0 and scene.doc[before].lower_ == "the"
    sent = before > 0 and scene.doc[before - 1].lemma_.lower() in _SENT
    return sent and scene.doc[before].lower_ in ("for", "to", "in")
