"""The page of frames and lexicon, from ``kg.lexicon`` and the files it reads."""

from __future__ import annotations

import inspect
from dataclasses import fields
from typing import TYPE_CHECKING

from docs.docstrings import inline, notes_of
from kg import lexicon
from kg.text import slots
from kg.vocab import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRAME_KEYS = {
    "name": "What the frame is called; no two have one name.",
    "trigger": "The words that call it up (below).",
    "type": "The class of the event, stance, act or text that it makes.",
    "roles": "For each property, the places in the sentence that may fill it, in order.",
    "content": "The place that holds the words of a demand, an offer, a threat.",
    "addressee": "Slots that hold whom a stance is addressed to.",
    "negates": "What the frame says is denied: “was absent from”.",
    "score": "The confidence in what it gives (0 to 1): [how it is used](../explanation/confidence.md).",
    "examples": "Sentences with what must be read in them, which are its tests: a property and who fills it, `not-` before it for who must not; `Person / Side` for delegations, `Actor / Class` for acts and stances; `modality`, `status`.",
    "negatives": "Sentences in which it must read nothing.",
}
_PLACES = {
    "self": "The trigger is the event itself, a new one of `type`.",
    "context": "The event, or the parties, spoken of last.",
    "near": "An event named in the same sentence.",
    "subject": "Who does it, in the active and in the passive: “A met B”, “B was met by A”. Of a noun, its owner.",
    "object": "To whom or what it is done, in the active and in the passive.",
    "by": "What stands behind *by*.",
    "of": "What stands behind *of*.",
    "poss": "The possessor: “Kenya's offer”.",
    "trigger": "The trigger itself.",
    "several": "The adjective before a plural: “Israeli and Lebanese negotiators”.",
}


def frames(by: str) -> Iterator[str]:
    """Give the page of the lexicon."""
    words = lexicon.load_lexicon()
    yield f"# Frames and lexicon\n{by}"
    yield (
        f"What the reader knows of words lies in `ontology/lexicon/en`: {len(words.frames)} frames in the files `frames-….toml`, the kinds of\n"
        "events and lists of words in `words.toml`, what makes a sentence possible, expected or denied in `modality.toml`. How to add\n"
        "a frame is told in [add an event type](../howto/own-event-type.md). An unknown key or place ends the program with its name.\n"
    )
    yield "## A frame\n"
    yield f"```toml\n{_frame_source('mediation')}\n```\n"
    yield f"{inline(inspect.getdoc(lexicon.Frame) or '')}\n"
    yield "| key | what it says |\n|---|---|"
    for key, note in frame_keys().items():
        yield f"| `{key}` | {inline(note)} |"
    yield "\n## A trigger\n"
    yield f"{inline(inspect.getdoc(lexicon.Trigger) or '')}\n"
    yield "| key | what it says |\n|---|---|"
    notes = notes_of(lexicon.Trigger)
    for field in fields(lexicon.Trigger):
        note = notes.get(field.name, f"Lemmas of {'an' if field.name[0] == 'a' else 'a'} {field.name}.")
        yield f"| `trigger.{field.name}` | {inline(note)} |"
    yield "\n## The places in a sentence\n"
    yield "A role names one or several of these places, also called slots. `prep:WORD` is what stands behind that preposition of the trigger.\n"
    yield "| place | what stands there |\n|---|---|"
    for slot in sorted(lexicon._SLOTS):  # noqa: SLF001  (this page is about them)
        yield f"| `{slot}` | {inline(place_of(slot))} |"
    yield "\n## How many frames give what\n"
    yield from _counts(words)


def frame_keys() -> dict[str, str]:
    """Give every key of a frame with what it says, in the order of the class."""
    notes = {**_FRAME_KEYS, **notes_of(lexicon.Frame)}
    order = [field.name for field in fields(lexicon.Frame)]
    return {key: notes[key] for key in sorted(lexicon._KEYS, key=order.index)}  # noqa: SLF001  (as above)


def place_of(slot: str) -> str:
    """Give what stands in a slot: in the words of the function that fills it, where they are enough."""
    if slot in _PLACES:
        return _PLACES[slot]
    fills = slots._IN_SCENE.get(slot) or slots._BY_SLOT[slot]  # noqa: SLF001  (as above)
    return (inspect.getdoc(fills) or "").partition("\n")[0]


def _frame_source(name: str) -> str:
    """Give the text of a frame as it stands in its file."""
    for path in sorted(lexicon.lexicon_folder().glob("frames-*.toml")):
        for part in path.read_text(encoding="utf-8").split("\n[[frame]]\n")[1:]:
            if part.startswith(f'name = "{name}"'):
                return "[[frame]]\n" + part.partition("\n\n#")[0].strip()
    raise LookupError(name)


def _counts(words: lexicon.Lexicon) -> Iterator[str]:
    vocabulary = Vocabulary.load()
    given: dict[str, int] = {}
    for frame in words.frames:
        for term in {frame.type, *(predicate for predicate, _ in frame.roles)} - {None}:
            given[str(term)] = given.get(str(term), 0) + 1
    yield "| class or property | frames |\n|---|---|"
    for term in sorted(given, key=lambda each: (-given[each], each)):
        yield f"| {vocabulary.label(term)} (`{term}`) | {given[term]} |"
