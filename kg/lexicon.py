"""The lexicon: word lists and frames, read from ``ontology/lexicon/<language>/*.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import DataError
from kg.model import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PERFORMS = "dip:performs"

_SLOTS = frozenset(
    (
        "self",
        "subject",
        "object",
        "by",
        "poss",
        "of",
        "modifier",
        "several",
        "near",
        "context",
        "and",
        "behalf",
        "within",
        "trigger",
        "owner",
        "initiator",
        "pair",
        "doer",
        "asked",
        "maker",
        "answerer",
        "told",
        "vow",
        "harm",
        "leaving",
        "holder",
        "partner",
        "target",
        "upon",
        "harmed",
        "struck",
        "author",
        "adjective",
        "marching",
        "troops",
        "town",
        "possessor",
        "done",
        "vacated",
        "captives",
        "putter",
    )
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that call a frame up: lemmas of a verb, noun or adjective."""

    verb: frozenset[str] = frozenset()
    noun: frozenset[str] = frozenset()
    adjective: frozenset[str] = frozenset()
    particle: frozenset[str] = frozenset()
    """Where given, one of these particles or bare objects must follow: ``take place``, ``call off``."""
    objects: frozenset[str] = frozenset()
    """Where given, the object of the trigger must be one of these lemmas: ``led the mediation``."""
    inside: frozenset[str] = frozenset()
    """Where given, one of these lemmas must stand behind a preposition of the trigger: ``sat in one room``."""
    judged: frozenset[str] = frozenset()
    """Where given, one of these lemmas must be said of the object: ``called the plan premature``."""
    without: frozenset[str] = frozenset()
    """Lemmas that, as an object, particle or subject of the trigger, forbid the frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying one thing: a trigger, where its event is, and how each role is reached."""

    name: str
    trigger: Trigger
    event: tuple[str, ...]
    """Slots that may hold the event, in order; ``self`` makes a new one of ``type``."""
    type: Term | None
    roles: tuple[tuple[Term, tuple[str, ...]], ...]
    side: tuple[str, ...] = ()
    """Slots that hold the delegation of ``dip:leads`` and ``dip:memberOf``."""
    of: frozenset[str] = frozenset()
    """Classes of event that the frame is said of; empty for all."""
    status: str | None = None
    """``tense``: as the tense says; or a status of the ontology."""
    requires: tuple[str, ...] = ()
    """Slots that must be filled, else the frame does not hold."""
    unless: tuple[str, ...] = ()
    """Slots that must be empty, else the frame does not hold."""
    persons: tuple[str, ...] = ()
    """Slots that must hold a person or an official."""
    journey: bool = False
    """The trigger has a time and place of its own: "arrived on Monday for talks"."""
    alone: bool = False
    """The frame holds only where the sentence names no talks or meeting, and where it tells a place."""
    dated: bool = False
    """The frame holds only where a place abroad and a day are told: "was in X on Monday"."""
    intransitive: bool = False
    """The frame does not hold of a trigger with an object."""
    wish: bool = False
    """The trigger must have a clause that says what somebody else must do: "said that X must leave"."""
    wont: bool = False
    """The trigger must be what somebody says will not be done: "said it would not attend"."""
    single: bool = False
    """The frame does not hold of what several will do together: who "agreed to meet" made no offer."""
    phone: bool = False
    """The frame holds only of what is said by telephone or video."""
    resolves: tuple[str, ...] = ()
    """Slots that, where filled, must hold a known actor: who "met the mediators" did not meet one another."""
    bare: bool = False
    """The trigger is told even where nobody is named in it, if a place is: "a suicide bombing in X"."""
    content: str | None = None
    addressee: tuple[str, ...] = ()
    negates: bool = False
    plain: bool = False
    """The frame does not hold of a trigger with a clause of purpose: "called on X to resign"."""
    weakens: Term | None = None
    """The modality that the trigger itself gives: whoever is invited may come."""
    score: float = 0.9
    examples: tuple[Mapping[str, Any], ...] = ()
    negatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the reader knows about words."""

    words: Mapping[str, frozenset[str]]
    kinds: Mapping[str, frozenset[str]]
    modality: Mapping[str, frozenset[str]]
    auxiliaries: Mapping[str, frozenset[str]]
    adverbs: Mapping[str, frozenset[str]]
    marks: Mapping[str, frozenset[str]]
    ordinals: Mapping[str, int]
    events: tuple[Mapping[str, Any], ...]
    instruments: Mapping[str, Term]
    offices: Mapping[str, str]
    frames: tuple[Frame, ...]
    by_verb: Mapping[str, tuple[Frame, ...]] = field(default_factory=dict)
    by_noun: Mapping[str, tuple[Frame, ...]] = field(default_factory=dict)
    by_adjective: Mapping[str, tuple[Frame, ...]] = field(default_factory=dict)
    triggers: frozenset[str] = frozenset()
    """Every word that may call up a frame, and so is worth a look."""
    event_nouns: frozenset[str] = frozenset()
    """Every noun that may name an event."""

    @property
    def deeds(self) -> frozenset[Term]:
        """The classes of what is done: those that a frame gives to somebody who performs it."""
        return frozenset(
            frame.type
            for frame in self.frames
            if frame.type is not None and any(predicate == _PERFORMS for predicate, _ in frame.roles)
        )


def _sets(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {
        key: frozenset(value)
        for key, value in table.items()
        if isinstance(value, list) and not (value and isinstance(value[0], dict))
    }


def _slots(value: Any, frame: str) -> tuple[str, ...]:
    slots = (value,) if isinstance(value, str) else tuple(value)
    for slot in slots:
        if slot not in _SLOTS and not slot.startswith("prep:"):
            raise DataError(
                f"no slot named {slot!r}", where=f"frame {frame}", hint=f"Slots: {sorted(_SLOTS)}"
            )
    return slots


_KEYS = frozenset(
    (
        "name", "trigger", "event", "type", "roles", "side", "status", "requires", "content", "addressee",
        "negates", "plain", "weakens", "score", "examples", "negatives", "of", "intransitive", "resolves", "persons", "journey", "alone", "dated", "phone",
        "wish", "wont", "single", "bare", "unless",
    )
)  # fmt: skip


def _frame(raw: Mapping[str, Any]) -> Frame:
    name = str(raw.get("name", "?"))
    unknown = raw.keys() - _KEYS
    if unknown:
        raise DataError(f"unknown key {min(unknown)!r}", where=f"frame {name}", hint=f"Keys: {sorted(_KEYS)}")
    return Frame(
        name=name,
        trigger=Trigger(**_sets(raw["trigger"])),
        event=_slots(raw.get("event", ()), name),
        type=Term(raw["type"]) if "type" in raw else None,
        roles=tuple((Term(p), _slots(s, name)) for p, s in raw.get("roles", {}).items()),
        side=_slots(raw.get("side", ()), name),
        of=frozenset(raw.get("of", ())),
        status=raw.get("status"),
        requires=_slots(raw.get("requires", ()), name),
        unless=_slots(raw.get("unless", ()), name),
        journey=bool(raw.get("journey", False)),
        alone=bool(raw.get("alone", False)),
        dated=bool(raw.get("dated", False)),
        phone=bool(raw.get("phone", False)),
        intransitive=bool(raw.get("intransitive", False)),
        wish=bool(raw.get("wish", False)),
        wont=bool(raw.get("wont", False)),
        single=bool(raw.get("single", False)),
        bare=bool(raw.get("bare", False)),
        persons=_slots(raw.get("persons", ()), name),
        resolves=_slots(raw.get("resolves", ()), name),
        content=raw.get("content"),
        addressee=_slots(raw.get("addressee", ()), name),
        negates=bool(raw.get("negates", False)),
        plain=bool(raw.get("plain", False)),
        weakens=Term(raw["weakens"]) if "weakens" in raw else None,
        score=float(raw.get("score", 0.9)),
        examples=tuple(raw.get("examples", ())),
        negatives=tuple(raw.get("negatives", ())),
    )


def _index(frames: Iterable[Frame], part: str) -> dict[str, tuple[Frame, ...]]:
    out: dict[str, tuple[Frame, ...]] = {}
    for frame in frames:
        for lemma in sorted(getattr(frame.trigger, part)):
            out[lemma] = (*out.get(lemma, ()), frame)
    return out


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(str(error), where=path.name, hint="Frames and word lists are TOML.") from error


def lexicon_folder(language: str = "en") -> Path:
    """Find the lexicon of a language, in the checkout or in the installed package."""
    here = Path(__file__).parent
    for base in (here / "_data" / "ontology", here.parent / "ontology"):
        folder = base / "lexicon" / language
        if folder.is_dir():
            return folder
    raise DataError(f"no lexicon for {language!r}", hint="Reinstall diplomacy-kg.")


@lru_cache(maxsize=4)
def load_lexicon(language: str = "en") -> Lexicon:
    """Load the word lists and all frames of a language, checked."""
    folder = lexicon_folder(language)
    words, modality = _read(folder / "words.toml"), _read(folder / "modality.toml")
    raw = [frame for path in sorted(folder.glob("frames-*.toml")) for frame in _read(path)["frame"]]
    frames = tuple(_frame(frame) for frame in raw)
    names = [frame.name for frame in frames]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise DataError(f"two frames are named {min(twice)!r}", where=str(folder))
    by_verb, by_noun, by_adjective = (_index(frames, kind) for kind in ("verb", "noun", "adjective"))
    return Lexicon(
        words=_sets(words),
        kinds=_sets(words["kinds"]),
        modality=_sets(modality),
        auxiliaries=_sets(modality["auxiliaries"]),
        adverbs=_sets(modality["adverbs"]),
        marks=_sets(modality["marks"]),
        ordinals=words["ordinals"],
        events=tuple(words["event"]),
        instruments={noun: Term(row["type"]) for row in words["instrument"] for noun in row["nouns"]},
        offices={also: row["name"] for row in words["office"] for also in (row["name"], *row["also"])},
        frames=frames,
        by_verb=by_verb,
        by_noun=by_noun,
        by_adjective=by_adjective,
        triggers=frozenset((*by_verb, *by_noun, *by_adjective)),
        event_nouns=frozenset(noun for row in words["event"] for noun in row["nouns"]),
    )
