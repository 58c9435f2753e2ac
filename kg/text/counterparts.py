"""Who stands on the other side of a stance or deed: who is told, whose proposal is answered, whose town is struck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.syntax import children, objects, prepositional, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.scene import Scene


def modifiers(scene: Scene, noun: Token) -> list[Token]:
    """Names and demonyms that stand as modifiers in front of a noun."""
    return [
        token
        for token in scene.doc[noun.left_edge.i : noun.i]
        if token.dep_ in ("amod", "compound", "nmod", "npadvmod", "conj") and scene.link(token) is not None
    ]


def leader(verb: Token) -> Token:
    """The verb whose subject is understood: "demanded that X stop and threatened Y" has one subject for both."""
    past = verb.tag_ in ("VBD", "VBZ") and not children(verb, "nsubj", "nsubjpass", "aux")
    bare = verb.head.dep_ in ("ccomp", "xcomp", "advcl") and verb.head.tag_ in ("VB", "VBP")
    finite = verb.head.head.tag_ in ("VBD", "VBZ", "VBN")
    return verb.head.head if verb.dep_ == "conj" and past and bare and finite else verb


def told(trigger: Token) -> list[Token]:
    """To whom something is offered or said, told without a preposition: "offered the rebels a seat"."""
    found = [word for word in children(trigger, "dative") if word.pos_ != "ADP"]
    clause = any(c.i > trigger.i for c in children(trigger, "ccomp", "xcomp"))
    return found or (children(trigger, "dobj") if clause else [])


def makers(scene: Scene, trigger: Token) -> list[Token]:
    """Who made what is answered: "rejected a rebel demand", "a proposal by Mali", "Chad's request"."""
    made = [word for word in objects(trigger) if word.lemma_.lower() in scene.lexicon.words["answerable"]]
    return [
        who
        for word in made
        for who in (
            children(word, "poss") + prepositional(word, "by") + prepositional(word, "from")
            or modifiers(scene, word)
        )
    ]


def answerers(trigger: Token) -> list[Token]:
    """Who accepts or rejects what a noun tells: "Togo rejected Benin's proposal"."""
    verb = trigger.head
    answered = trigger.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in _ANSWERS
    down = verb.lemma_ == "turn" and any(c.lower_ == "down" for c in verb.children)
    return subjects(verb) if answered or (trigger.dep_ in ("dobj", "nsubjpass") and down) else []


_ANSWERS = frozenset(
    (
        "reject",
        "accept",
        "refuse",
        "rebuff",
        "decline",
        "dismiss",
        "spurn",
        "resist",
        "consider",
        "study",
        "ignore",
    )
)


def holders(scene: Scene, trigger: Token) -> list[Token]:
    """Whose the thing is that is struck or barred: "shelled rebel positions", "a camp of the rebels"."""
    on = [
        word for preposition in ("on", "at", "against", "of") for word in prepositional(trigger, preposition)
    ]
    return [who for word in (*objects(trigger), *on) for who in _holds(scene, word)]


def _holds(scene: Scene, word: Token) -> list[Token]:
    if scene.link(word) is not None or word.pos_ == "PRON":
        return []
    own = children(word, "poss") or modifiers(scene, word)
    of = prepositional(word, "of")
    return own or [who for each in of for who in (modifiers(scene, each) or [each])]
