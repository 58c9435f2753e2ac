"""Frames at work: from triggers in a document to seeds with roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import EXPECTED, HELD, ONGOING, PLANNED, PROPOSED, Abstention, Role, Term
from kg.text.instruments import instrument_at
from kg.text.parties import Party, parties, place_of
from kg.text.scene import PERSON, is_kind
from kg.text.seeds import INSTRUMENTS, MEETINGS, PARTICIPATES, STANCES, Seed, add_party
from kg.text.slots import complement, fill
from kg.text.stance import Commitment, commitment, status_of
from kg.text.syntax import children, conjuncts, objects, prepositional, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.lexicon import Frame
    from kg.model import Entity, Key
    from kg.text.scene import Scene

Context = Callable[[int], tuple["Entity", ...]]

LEADS, MEMBER, LOCATION, HOSTS = (Term(f"dip:{name}") for name in ("leads", "memberOf", "location", "hosts"))
_ANNOUNCED = frozenset(("dip:StatusCancelled", "dip:StatusPostponed", "dip:StatusProposed", "dip:StatusPlanned"))
_MAKES = frozenset((Term("dip:brokers"), Term("dip:mediates"), Term("dip:guarantees")))
_ABOUT_INSTRUMENTS = frozenset((Term("dip:signs"), Term("dip:adopts")))
_ACCEPTS: Mapping[Term, tuple[str, ...]] = {LEADS: ("person",), MEMBER: ("person",)}
_ACTOR = ("person", "state", "group")
_CONTAINERS = frozenset(
    ("start", "beginning", "end", "series", "number", "continuation", "resumption", "opening", "date", "venue",
     "conclusion", "launch", "holding", "round", "day", "set")
)  # fmt: skip
_MAX_CONTENT = 60
"""Tokens of a stance's content; longer complements are parse errors."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What applying a frame needs: the document, the seeds so far, and whose title is whose."""

    scene: Scene
    seeds: list[Seed]
    stands_for: Mapping[Key, Entity]
    abstentions: list[Abstention]

    def seed_at(self, token: Token) -> Seed | None:
        """Give the event seed whose noun or trigger the token is."""
        return next(
            (seed for seed in self.seeds if token.i in seed.tokens and seed.type not in STANCES), None
        )

    def context(self, position: int) -> tuple[Entity, ...]:
        """Give the parties of the event spoken of last before a position, or first after it."""
        pairs = [(seed.token, seed) for seed in self.seeds if len(seed.parties) >= 2]
        before = [seed for token, seed in pairs if token < position]
        chosen = before[-1] if before else (pairs[0][1] if pairs else None)
        return tuple(chosen.parties.values()) if chosen is not None else ()


def apply_frames(shop: Workshop) -> None:
    """Apply every frame whose trigger stands in the document, in text order."""
    for token in shop.scene.doc:
        for frame in _frames(shop.scene, token):
            if _fits(shop.scene, frame, token):
                _apply(shop, frame, token)


def _frames(scene: Scene, token: Token) -> tuple[Frame, ...]:
    lemma = token.lemma_.lower()
    if scene.link(token) is not None:
        return ()
    if token.pos_ in ("VERB", "AUX"):
        return scene.lexicon.by_verb.get(lemma, ())
    if token.pos_ in ("NOUN", "PROPN"):
        return scene.lexicon.by_noun.get(lemma, ())
    return ()


def _fits(scene: Scene, frame: Frame, token: Token) -> bool:
    trigger = frame.trigger
    beside = [c for c in token.children if c.dep_ in ("prt", "dobj", "prep", "advmod")]
    if trigger.particle and not any(c.lower_ in trigger.particle for c in beside):
        return False
    if trigger.without:
        words = {c.lemma_.lower() for c in (*beside, *objects(token))} if token.pos_ == "VERB" else set()
        if words & trigger.without:
            return False
    if frame.intransitive and fill(scene, token, "object"):
        return False
    return all(fill(scene, token, slot) for slot in frame.requires)


def _apply(shop: Workshop, frame: Frame, token: Token) -> None:
    said = commitment(shop.scene, token)
    if frame.negates:
        said = replace(said, negated=not said.negated)
    for seed in _events(shop, frame, token, said):
        filled = _parties_told(shop, frame, token) and _roles(shop, frame, token, seed, said)
        if "self" in frame.event and seed.token == token.i and not filled:
            shop.seeds.remove(seed)
            continue
        if frame.roles and not filled and frame.status is None:
            continue
        seed.frames.append(frame.name)
        if token.pos_ in ("VERB", "AUX"):
            announces = frame.status in _ANNOUNCED
            (seed.announced if announces else seed.tokens).add(token.i)
        _status(frame, seed, said)
        if frame.content is not None:
            _stance(shop, frame, token, seed)


def _parties_told(shop: Workshop, frame: Frame, token: Token) -> bool:
    """Whether every required slot that a participant is read from holds an actor."""
    context = shop.context(token.i)
    for slot in frame.resolves:
        if fill(shop.scene, token, slot) and not any(True for _ in _actors(shop.scene, token, slot, context)):
            why = f"{slot} of {token.text!r} is nobody known"
            shop.abstentions.append(Abstention(shop.scene.evidence(token), frame.name, why))
            return False
    needed = {slot for predicate, slots in frame.roles if predicate == PARTICIPATES for slot in slots}
    return all(
        any(True for _ in _actors(shop.scene, token, slot, context)) for slot in frame.requires if slot in needed
    )


def _events(shop: Workshop, frame: Frame, token: Token, said: Commitment) -> list[Seed]:
    """The seeds that the frame speaks of; a new one where the trigger is the event itself."""
    wants_instrument = any(predicate in _ABOUT_INSTRUMENTS for predicate, _ in frame.roles)
    for slot in frame.event:
        if slot == "self":
            assert frame.type is not None
            kind = Term("dip:Call") if frame.type == "dip:Meeting" and _by_phone(shop.scene, token) else frame.type
            seed = Seed(token.i, kind, said, tokens={token.i}, score=frame.score)
            shop.seeds.append(seed)
            return [seed]
        if slot == "near":
            near = _near(shop, token)
            if near is not None:
                return [near]
            continue
        if slot == "context":
            return [_context_seed(shop, token, said)]
        found = [
            seed
            for word in fill(shop.scene, token, slot)
            for head in conjuncts(word)
            for seed in _seeds_of(shop, head, wants_instrument=wants_instrument)
            if not frame.of or seed.type in frame.of
        ]
        if found:
            return found
    if wants_instrument and not fill(shop.scene, token, "object"):
        texts = [s for s in shop.seeds if s.type in INSTRUMENTS and s.token < token.i]
        return [max(texts, key=lambda s: s.token)] if texts else []
    if any(predicate in _MAKES for predicate, _ in frame.roles):
        return _negotiation_of(shop, frame, token, said)
    return []


def _negotiation_of(shop: Workshop, frame: Frame, token: Token, said: Commitment) -> list[Seed]:
    """"brokered the truce": there were talks that produced it, though no word names them."""
    for slot in frame.event:
        for word in fill(shop.scene, token, slot):
            instrument = instrument_at(shop.scene, shop.seeds, word)
            if instrument is not None:
                seed = Seed(token.i, Term("dip:Talks"), said, tokens={token.i}, score=frame.score)
                seed.produces = instrument
                shop.seeds.append(seed)
                return [seed]
    return []


def _by_phone(scene: Scene, token: Token) -> bool:
    """"spoke by telephone", "met via video link"."""
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
    elif head.lemma_.lower() in _CONTAINERS or head.lemma_.lower() == "role":
        for word in prepositional(head, "of"):
            yield from _seeds_of(shop, word, wants_instrument=False)


def _near(shop: Workshop, token: Token) -> Seed | None:
    """The meeting of the sentence that is nearest to the trigger."""
    sentence = token.sent
    near = [s for s in shop.seeds if sentence.start <= s.token < sentence.end and s.type in MEETINGS]
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


def _roles(shop: Workshop, frame: Frame, token: Token, seed: Seed, said: Commitment) -> bool:
    filled = False
    for predicate, slots in frame.roles:
        if predicate in (LEADS, MEMBER):
            filled |= _led(shop, frame, token, seed, said, predicate=predicate, slots=slots)
        elif predicate == LOCATION:
            for slot in slots:
                for word in fill(shop.scene, token, slot):
                    for place in place_of(shop.scene, word):
                        seed.places[place.key] = place
        else:
            filled |= _filled(shop, frame, token, seed, said, predicate=predicate, slots=slots)
    if Term("dip:takes") in dict(frame.roles) or not frame.roles:
        return filled
    if seed.type == "dip:Meeting" and "self" in frame.event and seed.token == token.i:
        return filled and (len(seed.parties) >= 2)
    return filled


def _filled(
    shop: Workshop,
    frame: Frame,
    token: Token,
    seed: Seed,
    said: Commitment,
    *,
    predicate: Term,
    slots: tuple[str, ...],
) -> bool:
    done = False
    context = shop.context(token.i)
    if predicate == HOSTS:
        done = _city_hosts(shop, token, seed, slots)
    for slot in slots:
        for party in _actors(shop.scene, token, slot, context):
            if not is_kind(party.entity, *_ACCEPTS.get(predicate, _ACTOR)):
                continue
            if party.via == "official" and predicate != PARTICIPATES:
                continue
            if predicate != PARTICIPATES or not _helper_only(seed, party):
                told = said.weaker(EXPECTED) if slot == "initiator" else said
                add_party(seed, party, predicate, shop.scene, said=told, score=_score(frame, party, said))
                done = True
        if done and token.pos_ == "NOUN" and slot in ("poss", "by", "of", "prep:from"):
            break  # "Russian President X's refusal": the owner is X, not what stands before the title
    return done


def _city_hosts(shop: Workshop, token: Token, seed: Seed, slots: tuple[str, ...]) -> bool:
    """"Geneva will host the talks": a town is where they are, not an actor."""
    done = False
    for slot in slots:
        for word in fill(shop.scene, token, slot):
            for place in place_of(shop.scene, word):
                if place.type == "dip:Place":
                    seed.places[place.key] = place
                    done = True
    return done


def _helper_only(seed: Seed, party: Party) -> bool:
    """Who is told as host, mediator or observer of the same phrase is no party by the same words."""
    return party.entity.key in seed.helpers and party.entity.key not in seed.parties


def _actors(scene: Scene, token: Token, slot: str, context: tuple[Entity, ...]) -> Iterator[Party]:
    for word in fill(scene, token, slot):
        link = scene.link(word)
        if slot == "modifier" and link is not None and is_kind(link.entity, "state", "group"):
            assert link.entity is not None
            yield Party(link.entity, "name", word.i)
            continue
        yield from parties(scene, word, context=context)


_VIA = {"name": 1.0, "title": 0.97, "officials": 0.97, "official": 0.9, "delegation": 0.97, "government": 0.97, "group": 0.95,
        "pronoun": 0.85, "context": 0.85}  # fmt: skip
"""How much a roundabout way of naming lowers confidence; set by hand, checked against the gold set."""


def _score(frame: Frame, party: Party, said: Commitment) -> float:
    base = frame.score * _VIA.get(party.via, 0.9)
    return round(base * (0.8 if said.hearsay else 1.0), 2)


def _led(
    shop: Workshop,
    frame: Frame,
    token: Token,
    seed: Seed,
    said: Commitment,
    *,
    predicate: Term,
    slots: tuple[str, ...],
) -> bool:
    scene = shop.scene
    persons = [
        party
        for slot in slots
        for word in fill(scene, token, slot)
        for party in parties(scene, word)
        if party.entity.type == PERSON
    ]
    if not persons:
        return False
    done = False
    for number, person in enumerate(persons):
        found = led_sides(shop, frame, token, person, seed)
        if len(found) > 1:
            # Several sides: told one by one in the same order, or not at all.
            found = found[number : number + 1] if len(found) == len(persons) else ()
        for side in found:
            seed.add(
                Role(
                    predicate=predicate,
                    filler=person.entity.key,
                    side=side.key,
                    stance=said.stance(),
                    evidence=scene.evidence(token),
                    score=_score(frame, person, said),
                )
            )
            seed.parties.setdefault(side.key, side)
            done = True
    return done


def led_sides(shop: Workshop, frame: Frame, token: Token, person: Party, seed: Seed) -> tuple[Entity, ...]:
    """Whose delegation it is; where the talks themselves are led, the side the person stands for."""
    scene, out = shop.scene, {}
    for slot in frame.side:
        for word in fill(scene, token, slot):
            for head in conjuncts(word):
                led = shop.seed_at(head)
                if led is not None:
                    side = shop.stands_for.get(person.entity.key)
                    known = {*led.parties, *(entity.key for entity in shop.context(head.i))}
                    if side is not None and side.key in known:
                        out[side.key] = side
                    continue
                out.update(_delegation_sides(shop, frame, head, person))
    return tuple(out.values())


def _delegation_sides(shop: Workshop, frame: Frame, head: Token, person: Party) -> dict[Key, Entity]:
    scene = shop.scene
    lemma = head.lemma_.lower()
    named = parties(scene, head)
    if frame.name == "represent":
        return {p.entity.key: p.entity for p in named if is_kind(p.entity, "state", "group")}
    team = lemma in scene.lexicon.words["delegations"] or lemma in ("that", "those", "one") or lemma in (
        "negotiator",
        "envoy",
        "official",
        "representative",
    )
    if not team:
        return {}
    found = {
        p.entity.key: p.entity for p in named if p.via in ("delegation", "officials", "government", "group")
    }
    owners = children(head, "poss")
    own = {w.lower_ for owner in owners for w in (owner, *owner.children)} & {"its", "their", "his", "her"}
    side = shop.stands_for.get(person.entity.key)
    if not found and side is not None and own:
        found[side.key] = side
    if not found:
        found = _senders(shop, head)
    if not found and side is not None and side.key in {e.key for e in shop.context(head.i)}:
        found[side.key] = side
    return found


def _senders(shop: Workshop, head: Token) -> dict[Key, Entity]:
    """"Chad sent a delegation led by …": the subject's."""
    verb = head.head
    if head.dep_ != "dobj" or verb.pos_ != "VERB" or verb.lemma_ in ("meet", "receive", "host", "welcome", "see", "lead", "head"):
        return {}
    found = [p.entity for word in subjects(verb) for p in parties(shop.scene, word)]
    return {entity.key: entity for entity in found if is_kind(entity, "state", "group")}


def _status(frame: Frame, seed: Seed, said: Commitment) -> None:
    if frame.status is None or seed.type in STANCES or frame.status == "none":
        return
    told = status_of(said)
    if frame.status.startswith("dip:"):
        if not said.negated and told not in (PROPOSED,):
            seed.status, seed.status_said = Term(frame.status), True
        return
    if told == HELD and frame.status == "begin":
        told = ONGOING
    if told == ONGOING and frame.status == "end":
        told = HELD
    if frame.status == "attend" and (told != HELD):
        return
    if told is not None and not seed.status_said:
        seed.status = told
        if told == PLANNED:
            seed.commitment = said


def _stance(shop: Workshop, frame: Frame, token: Token, seed: Seed) -> None:
    """The words of a stance and whom it is addressed to."""
    scene = shop.scene
    assert frame.content is not None
    bounds = complement(token, frame.content)
    if bounds is None or bounds[1] - bounds[0] > _MAX_CONTENT:
        shop.seeds.remove(seed)
        shop.abstentions.append(
            Abstention(scene.evidence(token), frame.name, "no words say what it is about")
        )
        return
    words = scene.quote(scene.original(scene.doc[bounds[0] : _content_end(scene, *bounds)]))
    seed.add(Role(Term("dip:content"), words, stance=said_plain(seed)))
    seed.label = words
    takers = {role.filler for role in seed.roles if role.predicate == "dip:takes"}
    for slot in frame.addressee:
        for party in _actors(scene, token, slot, shop.context(token.i)):
            if party.entity.key not in takers:
                seed.add(Role(Term("dip:addressedTo"), party.entity.key, stance=said_plain(seed)))
    if not children(token, "neg"):
        return


def _content_end(scene: Scene, start: int, end: int) -> int:
    """Where the words of a stance end: before ", Smith said" and before "and said that"."""
    for i in range(start + 1, end):
        word = scene.doc[i]
        if word.pos_ != "VERB" or word.lemma_ not in scene.lexicon.modality["report"]:
            continue
        for j in range(i - 1, max(start, i - 6), -1):
            if scene.doc[j].text == "," or scene.doc[j].lower_ == "and":
                return j
    return end


def said_plain(seed: Seed) -> object:
    """The stance under which the parts of a stance are recorded."""
    return seed.commitment.stance()
