"""Who stands on the other side of a stance or deed: who is told, whose proposal is answered, whose town is struck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.repairs import strayed_conjunct
from kg.text.syntax import children, is_passive, objects, prepositional, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.text.scene import Scene


def done(verb: Token) -> list[Token]:
    """Give the deep object of a verb, and for a participle the nouns above the one it hangs on.

    As in "the attacks on civilians committed by X": the parser hangs the participle on the civilians.
    """
    found = objects(verb)
    if verb.dep_ == "acl" and is_passive(verb) and found:
        noun = found[0]
        while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.pos_ == "NOUN":
            noun = noun.head.head
            found.append(noun)
    return found


def modifiers(scene: Scene, noun: Token) -> list[Token]:
    """Names and demonyms that stand as modifiers in front of a noun."""
    return [
        token
        for token in scene.doc[noun.left_edge.i : noun.i]
        if token.dep_ in ("amod", "compound", "nmod", "npadvmod", "conj") and scene.link(token) is not None
    ]


def leader(verb: Token) -> Token:
    """The verb whose subject is understood: "demanded that X stop and threatened Y" has one subject for both."""
    if strayed_conjunct(verb):
        return verb.head.head
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
            children(word, "poss") + prepositional(word, "by") + prepositional(word, "from") + made_by(word)
            or modifiers(scene, word)
        )
    ]


def made_by(noun: Token) -> list[Token]:
    """Who puts what a noun tells, by a participle behind it: "a proposal made by X", "the plan put forward by X"."""
    clauses = [clause for clause in children(noun, "acl") if clause.lemma_ in _PUTS and is_passive(clause)]
    return [who for clause in clauses if not _hands_over(clause) for who in subjects(clause)]


_PUTS = frozenset(
    ("make", "put", "submit", "table", "present", "advance", "float", "tender", "issue", "voice", "raise")
)


def _hands_over(clause: Token) -> bool:
    """As in "submitted to Y by X", which the verb tells."""
    return clause.lemma_ in ("make", "submit", "present") and bool(prepositional(clause, "to"))


def crossed(noun: Token, preposition: str) -> list[Token]:
    """Give what hangs on the wrong noun of two phrases: "the shelling of X by Y", "a raid by Y on X"."""
    others = {"by": ("of", "on"), "on": ("by",), "of": ("by",), "against": ("by",)}.get(preposition, ())
    inner = [word for other in others for word in prepositional(noun, other)]
    return [who for word in inner for who in prepositional(word, preposition)]


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
    own = children(word, "poss") or modifiers(scene, word) or army_before(scene, word)
    of = prepositional(word, "of")
    return own or [who for each in of for who in (modifiers(scene, each) or [each])]


def army_before(scene: Scene, word: Token) -> list[Token]:
    """As in "army positions", "a military column", "government troops": whose army, the article may tell."""
    own, posts = scene.lexicon.words["own_forces"], scene.lexicon.words["posts_of_war"]
    held = word.lemma_.lower() in posts or word.lemma_.lower() in scene.lexicon.words["forces"]
    # "military hardware" is a kind of thing; a military post is the military's.
    before = children(word, "compound", "amod") if held else children(word, "compound")
    armed = [child for child in before if child.lemma_.lower() in own]
    return armed or ([word] if word.lemma_.lower() in own else [])


_ENGAGES = frozenset(
    (
        "meet",
        "talk",
        "negotiate",
        "speak",
        "deal",
        "recognise",
        "recognize",
        "receive",
        "sit",
        "engage",
        "cooperate",
    )
)


def partners(trigger: Token) -> list[Token]:
    """With whom somebody will or will not do something: "refused to meet X", "would not negotiate with X"."""
    clauses = [c for c in children(trigger, "xcomp", "ccomp", "advcl") if c.i > trigger.i]
    return [
        who
        for verb in (trigger, *clauses)
        if verb.lemma_ in _ENGAGES
        for who in (*prepositional(verb, "with"), *prepositional(verb, "to"), *objects(verb))
    ]


def targets(scene: Scene, trigger: Token) -> list[Token]:
    """Whose the things are that a deed falls on: "tariffs on Turkish steel", "the shelling of rebel positions"."""
    persons = scene.lexicon.words["persons"]
    things = [word for word in _reached(trigger) if word.lemma_.lower() not in persons]
    return [who for word in things for who in _holds(scene, word)]


def upon(scene: Scene, trigger: Token) -> list[Token]:
    """On whom or whose things: "a ban on Mali", "a ban on Malian beef"."""
    return [word for word in _reached(trigger) if scene.link(word) is not None] + targets(scene, trigger)


def _reached(trigger: Token) -> list[Token]:
    over = ("on", "upon", "against", "at", "of")
    words = [word for preposition in over for word in prepositional(trigger, preposition)]
    if trigger.pos_ == "VERB":
        words += [w for noun in done(trigger) for p in over[:3] for w in prepositional(noun, p)]
    return words
