"""What two graphs say differently as a report to read: counts first, then what, then on whose word."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kg.commands.diff_words import relation, sentence, telling, told_by
from kg.graph import differences as diff
from kg.graph.sides import MET
from kg.report import listed, paint, plural, safe, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.graph.differences import Comparison, Difference, Regrouping
    from kg.graph.sides import Telling

_QUOTES = 2
"""How many sentences are quoted for one fact; the other formats have all of them."""
_NAMES = 4
_SIGNS = {diff.GAINED: "+", diff.LOST: "-", diff.CHANGED: "~", diff.DISPUTED: "!", diff.SETTLED: "="}
_COLOURS = {diff.GAINED: "green", diff.LOST: "red", diff.CHANGED: "yellow", diff.DISPUTED: "red"}
_TITLES = {
    diff.CHANGED: "Changed",
    diff.DISPUTED: "Newly disputed",
    diff.SETTLED: "No longer disputed",
    diff.GAINED: "Gained",
    diff.LOST: "Lost",
}
_WHAT = {"event": "event", "stance": "stance", "text": "agreement or resolution"}
_KINDS = (diff.NEW, diff.GONE, diff.MERGED, diff.SPLIT, diff.REGROUPED, diff.RENAMED)


def report(found: Comparison, names: tuple[str, str], *, colours: bool) -> Iterator[str]:
    """Yield the lines of the report.

    Args:
        found: what the graphs say differently.
        names: a line on each of the two graphs.
        colours: whether somebody looks at it.
    """
    mark = _Mark(colours)
    yield from _counts(found, names, mark)
    told = [each for each in found.things if each.kind not in {diff.NEW, diff.GONE}]
    if told:
        yield from ("", mark("Events that go by other names", "bold"))
        for each in told:
            yield wrap(_regrouped(each), first="  ", indent="      ")
    fresh = {
        iri: each.kind
        for each in found.things
        if each.kind in {diff.NEW, diff.GONE}
        for iri, _ in (*each.before, *each.after)
    }
    facts = [each for each in found.facts if each.facet != "sources"]
    for kind, group in groupby(facts, key=lambda each: each.kind):
        yield from ("", mark(_TITLES[kind], "bold"))
        yield from _section(list(group), fresh, mark)
    yield from _sources([each for each in found.facts if each.facet == "sources"], mark)


class _Mark:
    """Marks a text for whoever looks at it."""

    def __init__(self, colours: bool) -> None:  # noqa: FBT001  (one flag, of one caller)
        self._colours = colours

    def __call__(self, text: str, *how: str) -> str:
        return paint(text, *how) if self._colours and how else text


def _counts(found: Comparison, names: tuple[str, str], mark: _Mark) -> Iterator[str]:
    """Yield how much there is of each; nothing is said of what there is none of."""
    yield from (mark(name, "dim") for name in names)
    yield "They say the same." if found.equal else ""
    kinds = [each.kind for each in found.facts if each.facet != "sources"]
    lines = [
        ("facts", _numbers(kinds, (diff.GAINED, diff.LOST, diff.CHANGED))),
        ("disputes", _numbers(kinds, (diff.DISPUTED, diff.SETTLED), {diff.DISPUTED: "new"})),
        *(
            (
                f"{word}s" if what != "text" else "texts",
                _numbers([one.kind for one in found.things if one.what == what], _KINDS),
            )
            for what, word in _WHAT.items()
        ),
        ("sources", _others(sum(each.facet == "sources" for each in found.facts))),
        ("articles", _articles(found)),
    ]
    for title, told in lines:
        if told:
            yield f"{mark(f'{title:<9}', 'bold')} {told}"
    for word, keys in (("added", found.added), ("removed", found.removed), ("edited", found.edited)):
        if keys:
            more = f" and {len(keys) - _NAMES:,} more" if len(keys) > _NAMES else ""
            yield wrap(
                f"{word}: {', '.join(map(safe, keys[:_NAMES]))}{more}", indent=" " * 12, first=" " * 10
            )


def _numbers(kinds: Sequence[str], wanted: Iterable[str], words: dict[str, str] | None = None) -> str:
    counts = ((kind, kinds.count(kind)) for kind in wanted)
    return ", ".join(f"{count:,} {(words or {}).get(kind, kind)}" for kind, count in counts if count)


def _others(count: int) -> str:
    return f"{plural(count, 'fact')} told by other articles than before" if count else ""


def _articles(found: Comparison) -> str:
    counts = ((len(found.added), "added"), (len(found.removed), "removed"), (len(found.edited), "edited"))
    return ", ".join(f"{count:,} {word}" for count, word in counts if count)


def _regrouped(each: Regrouping) -> str:
    before, after = (listed(f"“{safe(name)}”" for _, name in names) for names in (each.before, each.after))
    if each.kind == diff.RENAMED:
        return f"{before} is now called {after}"
    if each.kind == diff.MERGED:
        return f"{before} are now one: {after}"
    return f"{before} is now split: {after}" if each.kind == diff.SPLIT else f"{before} are now {after}"


def _section(facts: list[Difference], fresh: dict[str, str], mark: _Mark) -> Iterator[str]:
    """Yield the facts under what they are about; those of one passage together, and the passage after them."""
    for about, group in groupby(facts, key=lambda each: each.said.about):
        note = f" ({fresh[about[0]]})" if about[0] in fresh else ""
        yield wrap(safe(about[1]) + note, first="  ", indent="      ")
        ordered = sorted(group, key=_passages)  # facts of one passage stand in the order they had
        for _, alike in groupby(ordered, key=_passages):
            block = list(alike)
            for each in block:
                yield from _lines(each, about[1], mark)
            if block[0].kind not in {diff.DISPUTED, diff.SETTLED}:
                yield from _quotes(telling(block[0]), mark)


def _passages(each: Difference) -> tuple[object, ...]:
    """Give what a fact rests on, as the report shows it; what is inferred comes after what is told."""
    if each.kind in {diff.DISPUTED, diff.SETTLED}:
        return (each.said.triple, tuple(claim.id for claim in each.said.claims))
    told = [claim for claim in telling(each) if claim.article]
    passages = tuple(
        (claim.published, claim.article, claim.begin, claim.end, claim.speaker) for claim in told
    )
    return not told, passages


def _lines(each: Difference, about: str, mark: _Mark) -> Iterator[str]:
    sign = mark(_SIGNS[each.kind], *filter(None, [_COLOURS.get(each.kind)]))
    if each.kind in {diff.DISPUTED, diff.SETTLED}:
        yield from _quarrel(each, about, sign, mark)
        return
    yield wrap(f"{safe(_fact(each, about))}{_remark(each)}", indent="        ", first="    @ ").replace(
        "@", sign, 1
    )


def _fact(each: Difference, about: str) -> str:
    """Word a fact; what it is about stands above it already."""
    said = each.said
    if each.facet in {"status", "date"}:
        return f"{each.facet}: {_step(each)}"
    words = _shortened(sentence(said), said.names, about)
    if each.kind != diff.CHANGED:
        return words
    if said.triple[1].endswith("#location") and each.facet == "place":
        return f"place: {_step(each)}"
    if each.facet in {"content", "outcome", "votes"}:
        return f"{relation(said.triple[1])}: {_step(each)}"
    return f"{words}: {_WORDS.get(each.facet, '')}{_step(each)}"


_WORDS = {
    "confidence": "confidence ",
    "speaker": "according to ",
    "modality": "told as ",
    "negation": "told as ",
}


_STANCE = "stance "
"""How the wording ends that stands before the name of a stance."""


def _step(each: Difference) -> str:
    return " → ".join(said.value for said in (each.before, each.after) if said is not None)


def _shortened(words: str, names: tuple[str, str], about: str) -> str:
    """Leave out the name that stands above: ``takes part in it``."""
    if about == names[0]:
        return words.removeprefix(f"{about} ")
    if about != names[1]:
        return words
    rest = words.removesuffix(about)
    return rest.rstrip() if rest.endswith(_STANCE) else f"{rest}it"


def _remark(each: Difference) -> str:
    """Say how the fact is told, and how surely that was read; status and day are always told as such."""
    claims = telling(each)
    if not claims:
        return " — follows from other facts" if each.said.triple[1] == MET else ""
    ways = sorted({"denied" if claim.negated else claim.modality.lower() for claim in claims})
    told = [] if each.facet in {"status", "date"} else [listed(ways)]
    inferred = [] if any(claim.article for claim in claims) else ["inferred"]
    return f" — {', '.join([*told, *inferred, f'{max(claim.confidence for claim in claims):.2f}'])}"


def _quotes(claims: Sequence[Telling], mark: _Mark) -> Iterator[str]:
    """Yield the sentences, the first few of them."""
    passages = {(claim.article, claim.begin, claim.quote): claim for claim in reversed(claims) if claim.quote}
    chosen = sorted(passages.values(), key=lambda claim: (claim.published, claim.article, claim.begin))
    for claim in chosen[:_QUOTES]:
        yield wrap(f"“{safe(claim.quote)}”", first="        ", indent="         ")
        yield mark(wrap(_source(claim), indent="          "), "dim")
    if len(chosen) > _QUOTES:
        yield mark(f"          and {plural(len(chosen) - _QUOTES, 'sentence')} more", "dim")


def _source(claim: Telling) -> str:
    by = f"according to {safe(claim.speaker)}" if claim.speaker else ""
    parts = (safe(claim.title or claim.article), claim.published or "undated", by)
    return ", ".join(part for part in parts if part)


def _quarrel(each: Difference, about: str, sign: str, mark: _Mark) -> Iterator[str]:
    """Yield the two sides of a dispute, each with its first sentence."""
    sides: dict[tuple[object, ...], list[Telling]] = {}
    for claim in each.said.claims:
        sides.setdefault((*claim.triple, claim.negated), []).append(claim)
    for at, claims in enumerate(sorted(sides.values(), key=lambda told: (told[0].negated, told[0].id))):
        words = _shortened(
            f"{claims[0].names[0]} {told_by(claims[0])} {claims[0].names[1]}", claims[0].names, about
        )
        first = f"    {'@' if at == 0 else ' '} • "
        yield wrap(safe(words), first=first, indent="        ").replace("@", sign, 1)
        yield from _quotes(claims[:1], mark)


def _sources(facts: Sequence[Difference], mark: _Mark) -> Iterator[str]:
    """Yield the facts that stand as before, on the word of more or fewer articles; a line each."""
    if facts:
        yield from ("", mark("Told by other articles", "bold"))
    for each in facts:
        yield wrap(safe(sentence(each.said)), first="  ", indent="      ")
        for word, said in (("now also", each.after), ("no longer", each.before)):
            if said is not None and said.value:
                yield mark(wrap(f"{word}: {safe(said.value)}", first="      ", indent="        "), "dim")
