"""Mentions: the names in a document, from the knowledge base first, then from what surrounds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kg.model import Mention, Span
from kg.text.bodies import organisations
from kg.text.gazetteer import match_names
from kg.text.guard import judge
from kg.text.names import DEMONYM, ORGANIZATION, Names, Run, recognised
from kg.text.nearby import placed
from kg.text.recast import known_persons, recast_headlines, recast_persons, surnames_again
from kg.text.shared import is_plural_of_states
from kg.text.titled import presented_persons, titled_persons
from kg.text.tokens import read_tokens
from kg.text.whereabouts import with_whereabouts
from kg.text.widen import with_acronyms, with_bodies, with_shared
from kg.text.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from kg.kb import KnowledgeBase
    from kg.model import Term
    from kg.text.gazetteer import Match
    from kg.text.guard import Verdict
    from kg.text.tokens import Tokens


class HasOriginal(Protocol):
    """Something that knows where a stretch of the analysed text stands in the text as given."""

    def original(self, span: Span, /) -> Span:
        """Give the stretch of the original."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The view of a text that is analysed as it was given."""

    def original(self, span: Span) -> Span:
        """Give the same stretch."""
        return span


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of the knowledge base on tokens."""

    start: int
    end: int
    match: Match

    @property
    def type(self) -> Term:
        """The class of the likeliest candidate, or ``kg:Demonym``."""
        return self.match.candidates[0].entity.type if self.match.candidates else DEMONYM


def find_mentions(doc: Doc, kb: KnowledgeBase, view: HasOriginal) -> tuple[Mention, ...]:
    """Give the names in a document, in order, not overlapping; spans are offsets into the original."""
    tokens = read_tokens(doc)
    names = Names.of(kb)
    hits = _on_tokens(doc, tokens, match_names(words_of(doc).text, kb))
    covered = {at for hit in hits for at in range(hit.start, hit.end)}
    kept: list[Run] = []
    verdicts = [judge(hit, hits, covered, tokens, kb) for hit in hits]
    for hit, verdict in zip(hits, verdicts, strict=True):
        if verdict.keep:
            kept.append(Run(hit.start, hit.end, hit.type, "kb"))
    longer = [v.longer for v in verdicts if v.longer is not None]
    kept = with_shared(kept, tokens, kb)
    runs = with_bodies(_compose(kept, longer, organisations(tokens, names)), tokens, kb)
    taken = {at for run in runs for at in range(run.start, run.end)}
    runs += _free(titled_persons(tokens, names, taken), taken)
    runs += _free(presented_persons(tokens, names, taken), taken)
    runs += _free(known_persons(tokens, taken, kb), taken)
    taken |= _refused(hits, verdicts, tokens)
    runs += _free(placed(tokens, names, taken), taken)
    runs += _free(recognised(doc, tokens, names, taken), taken)
    runs += _free(surnames_again(runs, tokens, taken), taken)
    runs = [run for run in runs if not _is_no_body(run, tokens, names)]
    runs = with_whereabouts(recast_persons(runs, tokens, names), tokens, names, kb)
    runs = recast_headlines(runs, tokens, kb)
    runs = with_acronyms([run for run in runs if not _is_plural(run, tokens, kb)], tokens)
    return tuple(_mention(run, doc, view) for run in sorted(runs, key=lambda r: r.start))


def _is_no_body(run: Run, tokens: Tokens, names: Names) -> bool:
    """Tell whether what was taken for a body is an office, ``Envoy of the Secretary-General``, or an event."""
    words = tokens.lower[run.start : run.end]
    comma = words.index(",") if "," in words else 0
    if run.source != "kb" and comma and words[comma - 1].rstrip("s") in names.nouns:
        return True  # "Foreign Ministers, A B": an office and a name
    if run.source != "kb" and words[0] in names.events and words[1:2] == ["on"]:
        return True  # "the Conference on Cyprus" is an event
    if run.source != "kb" and run.type == ORGANIZATION and words[-1] in names.nouns:
        return names.heads.isdisjoint(words)  # "UN Special Envoy"
    links = [at for at, word in enumerate(words) if word in {"of", "for"}]
    return (
        run.source != "kb" and run.type == ORGANIZATION and bool(links) and words[links[0] - 1] in names.nouns
    )


def _is_plural(run: Run, tokens: Tokens, kb: KnowledgeBase) -> bool:
    """Tell whether a name nobody knows stands for several states, which no link can say."""
    return run.source != "kb" and run.end - run.start == 1 and is_plural_of_states(tokens.text[run.start], kb)


def _refused(hits: list[Hit], verdicts: list[Verdict], tokens: Tokens) -> set[int]:
    """Give the tokens of names that mean something else here, unless a person is read there."""
    refused = [
        hit
        for hit, verdict in zip(hits, verdicts, strict=True)
        if not verdict.keep and verdict.longer is None
    ]
    return {at for hit in refused for at in range(hit.start, hit.end) if tokens.ent[at] != "PERSON"}


def _on_tokens(doc: Doc, tokens: Tokens, matches: Iterable[Match]) -> list[Hit]:
    """Put matches on whole tokens; one that starts or ends inside a token takes all of it."""
    starts = {offset: at for at, offset in enumerate(tokens.start)}
    ends = {offset: at + 1 for at, offset in enumerate(tokens.end)}
    hits: list[Hit] = []
    for match in matches:
        start, end = starts.get(match.start), ends.get(match.end)
        if start is None or end is None:
            span = doc.char_span(match.start, match.end, alignment_mode="expand")
            if span is None or len(span.text) > match.end - match.start + 2:
                continue
            start, end = span.start, span.end
        if not hits or start >= hits[-1].end:
            hits.append(Hit(start, end, match))
    return hits


def _compose(kept: list[Run], longer: list[Run], bodies: Iterable[Run]) -> list[Run]:
    """Let the longer name win: a body over the state in it, an unknown name over the city in it."""
    runs = sorted([*kept, *longer, *bodies], key=lambda r: (r.start - r.end, r.source != "kb", r.start))
    taken: set[int] = set()
    return list(_free(runs, taken))


def _free(runs: Iterable[Run], taken: set[int]) -> list[Run]:
    """Give the runs that touch no token taken before, and mark theirs as taken."""
    found = []
    for run in runs:
        stretch = range(run.start, run.end)
        if not any(at in taken for at in stretch):
            taken.update(stretch)
            found.append(run)
    return found


def _mention(run: Run, doc: Doc, view: HasOriginal) -> Mention:
    span = doc[run.start : run.end]
    return Mention(
        span=view.original(Span(span.start_char, span.end_char)),
        text=span.text,
        type=run.type,
        tokens=Span(run.start, run.end),
    )
