"""Which event a frame speaks of: the one in its slot, the one beside it, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Term
from kg.text.instruments import instrument_at
from kg.text.seeds import ARMED, INSTRUMENTS, MEETINGS, PARTICIPATES, Seed
from kg.text.slots import fill
from kg.text.syntax import children, conjuncts, objects, prepositional, subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.text.commitment import Commitment
    from kg.text.scene import Scene
    from kg.text.workshop import Workshop


_MAKES = frozenset((Term("dip:brokers"), Term("dip:mediates"), Term("dip:guarantees")))


_PURPOSES = frozenset(("mean", "aim", "intend", "design", "call", "schedule"))


_ABOUT_INSTRUMENTS = frozenset((Term("dip:signs"), Term("dip:adopts")))


_LOOSE = frozenset(("process", "person", "capital", "city", "room", "table", "building", "role", "end", "start", "place",
                    "front", "capacity", "time", "side", "hotel", "palace"))  # fmt: skip
"""What may stand in the place of the event and says nothing of it: "took part in person"."""
_CONTAINERS = frozenset(
    ("start", "beginning", "end", "series", "number", "continuation", "resumption", "opening", "date", "venue",
     "conclusion", "launch", "holding", "round", "cycle", "day", "hour", "week", "month", "set")
)  # fmt: skip


def events_of(shop: Workshop, frame: Frame, token: Token, said: Commitment) -> list[Seed]:
    """Give the seeds that the frame speaks of; a new one where the trigger is the event itself."""
    for slot in frame.event:
        if slot == "context" and _names_another(shop, frame, token):
            return []
        found = _in_slot(shop, frame, token, said, slot=slot)
        if found:
            return found
    if _wants_instrument(frame) and not fill(shop.scene, token, "object"):
        for word in shop.scene.doc[token.i + 1 : token.sent.end]:
            strayed = instrument_at(shop.scene, shop.seeds, word)
            if strayed is not None:
                return [strayed]  # "adopted by 121 votes to 14 a resolution"
        texts = [s for s in shop.seeds if s.type in INSTRUMENTS and s.token < token.i]
        return [max(texts, key=lambda s: s.token)] if texts else []
    if any(predicate in _MAKES for predicate, _ in frame.roles):
        return _negotiation_of(shop, frame, token, said)
    return []


def _names_another(shop: Workshop, frame: Frame, token: Token) -> bool:
    """As in "took part in the hearing": what is named is none of the meetings, so it is not those spoken of."""
    if not any(predicate == PARTICIPATES for predicate, _ in frame.roles):
        return False
    slots = [slot.removeprefix("prep:") for slot in frame.event if slot.startswith("prep:")]
    named = [word for preposition in slots for word in prepositional(token, preposition)]
    return any(
        word.pos_ == "NOUN"
        and word.ent_type_ not in ("DATE", "TIME")
        and word.lower_ not in _LOOSE
        and shop.scene.link(word) is None
        and shop.seed_at(word) is None
        for word in named
    )


def _wants_instrument(frame: Frame) -> bool:
    return any(predicate in _ABOUT_INSTRUMENTS for predicate, _ in frame.roles)


def _in_slot(shop: Workshop, frame: Frame, token: Token, said: Commitment, *, slot: str) -> list[Seed]:
    if slot == "self":
        return _own_event(shop, frame, token, said)
    if slot == "near":
        near = _near(shop, token, frame.of or MEETINGS)
        return [near] if near is not None else []
    if slot == "context":
        return [_context_seed(shop, token, said)]
    if slot == "object" and not _wants_instrument(frame) and _is_strayed(shop, token):
        before = [
            seed for seed in shop.seeds if token.sent.start <= seed.token < token.i and seed.type in MEETINGS
        ]
        return before[-1:]
    found = [
        seed
        for word in fill(shop.scene, token, slot)
        for head in conjuncts(word)
        if frame.roles or head.pos_ != "PRON"  # "as soon as we can set it up" sets no date
        for seed in _seeds_of(shop, head, wants_instrument=_wants_instrument(frame))
        if not frame.of or seed.type in frame.of
    ]
    if not found and slot == "subject" and not frame.roles:
        above = _above_relative(shop, token) if token.dep_ == "relcl" else _meant(shop, token)
        return [above] if above is not None else []
    return found


def _is_strayed(shop: Workshop, clause: Token) -> bool:
    """As in "opened talks in Oslo on Monday, hosted by Norway".

    The parser hangs the clause on the last noun, or on the verb.
    """
    if clause.tag_ != "VBN":
        return False
    head = clause.head
    if clause.dep_ == "advcl":
        behind = clause.i > head.i and clause.nbor(-1).text == "," and bool(children(clause, "agent"))
        return behind and not children(clause, "nsubj", "nsubjpass", "mark")
    named = head.ent_type_ in ("DATE", "TIME", "GPE") or shop.scene.link(head) is not None
    return clause.dep_ == "acl" and named


def _meant(shop: Workshop, verb: Token) -> Seed | None:
    """As in "Talks meant to end the war opened in Oslo": the parser takes "meant" for the main verb."""
    root = verb.sent.root
    if (
        root.lemma_ not in _PURPOSES
        or verb not in root.subtree
        or verb.dep_ not in ("ccomp", "conj", "xcomp")
    ):
        return None
    for subject in subjects(root) or [c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")]:
        seed = shop.seed_at(subject)
        if seed is not None and seed.type in MEETINGS:
            return seed
    return None


def _above_relative(shop: Workshop, verb: Token) -> Seed | None:
    """As in "the talks between A and B, which opened on Monday": the parser hangs the clause on B."""
    word = verb.head
    while word.dep_ in ("pobj", "prep", "conj", "appos") and word.head != word:
        word = word.head
        seed = shop.seed_at(word)
        if seed is not None:
            return seed
    return None


def _own_event(shop: Workshop, frame: Frame, token: Token, said: Commitment) -> list[Seed]:
    """Open a seed for a trigger that is itself the event; a deed told of by verb and noun is one."""
    assert frame.type is not None
    tokens = {token.i, *_support(shop.scene, frame, token)}
    if frame.type in ARMED:
        told = next((s for s in reversed(shop.seeds) if s.type in ARMED and s.tokens & tokens), None)
        if told is not None:
            told.tokens |= tokens
            return [told] if told.type == frame.type else []
    call = frame.type == "dip:Meeting" and by_phone(shop.scene, token)
    kind = Term("dip:Call") if call else frame.type
    seed = Seed(token.i, kind, said, tokens=tokens, score=frame.score, verbal=token.pos_ == "VERB")
    seed.series = _order(token)
    shop.seeds.append(seed)
    return [seed]


def _support(scene: Scene, frame: Frame, verb: Token) -> list[int]:
    """Give the nouns that tell a deed together with their verb: the raid of "carried out a raid"."""
    if frame.type not in ARMED or verb.pos_ != "VERB":
        return []
    nouns = [word for word in objects(verb) if word.lemma_.lower() in frame.trigger.objects]
    nouns += [word for preposition in ("in", "during") for word in prepositional(verb, preposition)]
    return [
        noun.i
        for noun in nouns
        if any(other.type in ARMED for other in scene.lexicon.by_noun.get(noun.lemma_.lower(), ()))
    ]


def _order(verb: Token) -> str | None:
    """As in "will meet again", "meets next in May", "last met in Mexico City": another one than that spoken of."""
    beside = {child.lower_ for child in verb.children if child.dep_ in ("advmod", "npadvmod", "amod")}
    if beside & {"again", "further", "anew", "next"}:
        return "next"
    return "previous" if "last" in beside and verb.tag_ in ("VBD", "VBN") else None


def _negotiation_of(shop: Workshop, frame: Frame, token: Token, said: Commitment) -> list[Seed]:
    """As in "brokered the truce": there were talks that produced it, though no word names them."""
    for slot in frame.event:
        for word in fill(shop.scene, token, slot):
            instrument = instrument_at(shop.scene, shop.seeds, word)
            if instrument is not None:
                seed = Seed(token.i, Term("dip:Talks"), said, tokens={token.i}, score=frame.score)
                seed.produces = instrument
                shop.seeds.append(seed)
                return [seed]
    return []


def by_phone(scene: Scene, token: Token) -> bool:
    """Tell whether something was said from afar: "spoke by telephone", "met via video link"."""
    return any(
        {word.lemma_.lower(), *(child.lower_ for child in word.children)} & scene.lexicon.kinds["phone"]
        for by in ("by", "on", "over", "via")
        for word in prepositional(token, by)
    )


def _seeds_of(shop: Workshop, head: Token, *, wants_instrument: bool) -> Iterator[Seed]:
    if wants_instrument:
        seed = instrument_at(shop.scene, shop.seeds, head)
        if seed is not None:
            yield seed
        return
    seed = shop.seed_at(head)
    if seed is not None:
        yield seed
    elif head.lower_ in ("it", "them"):
        yield from _spoken_of(shop, head)
    elif head.lemma_.lower() in _CONTAINERS or head.lemma_.lower() == "role":
        for word in prepositional(head, "of"):
            yield from _seeds_of(shop, word, wants_instrument=False)


def _spoken_of(shop: Workshop, pronoun: Token) -> list[Seed]:
    """As in "the talks were opened by X, whose country is hosting them": the talks of the sentence."""
    start = pronoun.sent.start
    before = [s for s in shop.seeds if s.type in MEETINGS and start <= s.token < pronoun.i]
    return before[-1:]


def _near(shop: Workshop, token: Token, kinds: frozenset[str] = MEETINGS) -> Seed | None:
    """The meeting of the sentence, or what else a frame is said of, that is nearest to the trigger."""
    sentence = token.sent
    near = [s for s in shop.seeds if sentence.start <= s.token < sentence.end and s.type in kinds]
    near = [s for s in near if not s.context]
    return min(near, key=lambda s: (abs(s.token - token.i), s.token)) if near else None


def _context_seed(shop: Workshop, token: Token, said: Commitment) -> Seed:
    """The meeting of the sentence, or a seed that is bound later to the one being spoken of."""
    near = _near(shop, token)
    if near is not None:
        return near
    seed = Seed(token.i, Term("dip:Event"), said, tokens=set(), context=True)
    shop.seeds.append(seed)
    return seed
