"""One annotated article with everything that was found in it, ready to be asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from kg.model import Span, Term
from kg.text.asides import Aside, asides
from kg.text.home import home_of, ruled_by
from kg.text.issuer import issuer_of
from kg.text.quotes import quotations
from kg.text.sentences import end_of, start_of
from kg.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

    from kg.kb import KnowledgeBase
    from kg.lexicon import Lexicon
    from kg.model import Article, Entity, Link
    from kg.text.commitment import Commitment
    from kg.text.dates import DateExpression

DEMONYM = Term("kg:Demonym")
PERSON = Term("dip:Person")
PLACE = Term("dip:Place")
STATES = frozenset((Term("dip:State"), Term("dip:Polity")))
GROUPS = frozenset((Term("dip:Organization"), Term("dip:Bloc")))
_KINDS = {
    "person": frozenset((PERSON,)),
    "state": STATES,
    "group": GROUPS,
    "place": STATES | {PLACE},
}


class HasView(Protocol):
    """What the reader needs of the analysis text: its way back to the original."""

    @property
    def text(self) -> str:
        """The analysis text."""
        ...

    def original(self, span: Span) -> Span:
        """Give the stretch of the text as given that a stretch of the analysis text comes from."""
        ...


@dataclass(frozen=True, slots=True)
class Cast:
    """The one state and the one group of an article about a conflict inside a state; else None."""

    state: Entity | None
    group: Entity | None


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with a title, as the article gives it at a token."""

    at: int
    words: str
    person: Entity
    side: Entity | None


@dataclass(frozen=True, slots=True)
class Scene:
    """A document, what its words link to, and the words that the reader knows."""

    article: Article
    doc: Doc
    view: HasView
    links: tuple[Link, ...]
    link_at: Mapping[int, Link]
    """Token index -> the link whose mention covers it."""
    dates: tuple[tuple[DateExpression, Token], ...]
    """Date expressions with the token that heads each."""
    lexicon: Lexicon
    kb: KnowledgeBase
    cast: Cast = Cast(None, None)
    home: Entity | None = None
    """The state an article is written from or about, for an office told without its state."""
    ruled: Entity | None = None
    """The state whose government "the government" is, where the text has but one."""
    asides: Mapping[int, Aside] = field(default_factory=dict)
    """The attributions that close sentences, by each token of the sentence."""
    aloud: Mapping[int, tuple[Token, ...]] = field(default_factory=dict)
    """By the first token of a sentence: its "according", and its verbs of saying in passing."""
    quotations: Mapping[int, Token] = field(default_factory=dict)
    """The verbs that say whose words stand in quotation marks, by each token of the quotation."""
    issuer: Entity | None = None
    """Whose statement the whole text is, where its title tells: who is "we" in it."""
    commitments: dict[int, Commitment] = field(default_factory=dict)
    """What has been read off the words above a trigger, by its token: several frames ask."""
    sentences: dict[int, Span] = field(default_factory=dict)
    """The sentences cut so far as evidence, by their first token."""
    heads: dict[int, int] = field(default_factory=dict)
    """The heads found so far of mentions of several words, by the first token of each."""
    holders: tuple[Holder, ...] = ()
    """Who bears which title in the article, for "the envoy" later on."""

    def link(self, token: Token) -> Link | None:
        """Give the link whose mention covers the token."""
        return self.link_at.get(token.i)

    def aside(self, token: Token) -> Aside | None:
        """Give the attribution that closes the token's sentence, if the token does not stand in it."""
        aside = self.asides.get(token.i)
        return aside if aside is not None and token.i < aside.start else None

    def in_aside(self, token: Token) -> bool:
        """Tell whether a token stands in an attribution."""
        aside = self.asides.get(token.i)
        return aside is not None and token.i >= aside.start

    def head(self, link: Link) -> Token:
        """Give the token that heads the mention of a link."""
        tokens = link.mention.tokens
        if tokens.end - tokens.start == 1:
            return self.doc[tokens.start]
        at = self.heads.get(tokens.start)
        if at is None:
            at = self.heads[tokens.start] = self.doc[tokens.start : tokens.end].root.i
        return self.doc[at]

    def evidence(self, token: Token) -> Span:
        """Give the sentence of a token as offsets into the text as given."""
        start, end = start_of(token), end_of(token)
        found = self.sentences.get(start)
        if found is None:
            found = self.sentences[start] = self.original(trimmed(self.doc[start:end]))
        return found

    def original(self, words: DocSpan) -> Span:
        """Give some words as offsets into the text as given."""
        return self.view.original(Span(words.start_char, words.end_char))

    def quote(self, span: Span) -> str:
        """Give the text as given between two offsets."""
        return self.article.text[span.start : span.end]


def _is_length(words: DocSpan) -> bool:
    """As in "is due to last ten days": which tells how long, whatever the tagger says."""
    if words[0].lower_ != "last" or words.start == 0 or len(words) == 1 or not words[1].like_num:
        return False
    before = words[0].nbor(-1)
    return before.lower_ == "to" or before.tag_ == "MD"


def trimmed(words: DocSpan) -> DocSpan:
    """Give the words without white space at either end."""
    start, end = words.start, words.end
    while start < end - 1 and words.doc[start].is_space:
        start += 1
    while end - 1 > start and words.doc[end - 1].is_space:
        end -= 1
    return words.doc[start:end]


def scene(
    article: Article,
    doc: Doc,
    view: HasView,
    links: Sequence[Link],
    dates: Sequence[DateExpression],
    *,
    lexicon: Lexicon,
    kb: KnowledgeBase,
) -> Scene:
    """Index what was found in a document by token."""
    link_at = {i: link for link in links for i in range(link.mention.tokens.start, link.mention.tokens.end)}
    dated = []
    for expression in dates:
        words = doc.char_span(expression.span.start, expression.span.end, alignment_mode="expand")
        if words is not None and len(words) > 0 and not _is_length(words):
            dated.append((expression, words.root))
    return Scene(
        article,
        doc,
        view,
        tuple(links),
        link_at,
        tuple(dated),
        lexicon,
        kb,
        cast(links),
        home_of(article.text, doc, links, kb),
        ruled_by(doc, links),
        asides(doc, lexicon),
        _aloud(doc, lexicon),
        quotations(doc, lexicon),
        issuer_of(words_of(doc).text, links),
    )


_PASSING = frozenset(("parataxis", "advcl"))


def _aloud(doc: Doc, lexicon: Lexicon) -> Mapping[int, tuple[Token, ...]]:
    report = lexicon.modality["report"]
    found: dict[int, list[Token]] = {}
    words = words_of(doc)
    for at, label in enumerate(words.dep):
        if (label in _PASSING and words.lemma[at] in report) or words.lower[at] == "according":
            found.setdefault(start_of(doc[at]), []).append(doc[at])
    return {start: tuple(words) for start, words in found.items()}


def cast(links: Sequence[Link]) -> Cast:
    """Find the state and the group that an article sets against each other.

    The group is the only armed group or party named at least twice, or the one named twice as often
    as any other; the state the most often named. Neither without the other, none on a draw.
    """
    states = Counter(link.entity for link in links if link.entity is not None and link.entity.type in STATES)
    groups = Counter(
        link.entity for link in links if link.entity is not None and link.entity.key.startswith("group/")
    )
    state, group = _leading(states), _leading(groups)
    first = next((link.entity for link in links if link.entity in states), None)
    if state is None or group is None or state != first:
        return Cast(None, None)  # the host may be named more often than the party
    return Cast(state, group)


def _leading(counts: Counter[Entity]) -> Entity | None:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].key))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    return ranked[0][0]


def is_kind(entity: Entity | None, *kinds: str) -> bool:
    """Tell whether an entity is of one of the kinds person, state, group, place."""
    return entity is not None and any(entity.type in _KINDS[kind] for kind in kinds)


def names_person(scene: Scene, position: int) -> bool:
    """Tell whether the token at a position belongs to the name of a person."""
    link = scene.link(scene.doc[position])
    return link is not None and is_kind(link.entity, "person")
