"""Armed deeds: who struck and who was struck, by the words around "strike", "raid" or "deployment"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.antecedents import antecedent
from kg.text.counterparts import army_before
from kg.text.party import place_of
from kg.text.scene import DEMONYM, is_kind
from kg.text.syntax import (
    children,
    conjuncts,
    first_conjunct,
    is_passive,
    objects,
    prepositional,
    subjects,
    surface_subjects,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.text.scene import Scene

_HARMS = frozenset(
    ("kill", "wound", "injure", "destroy", "hit", "strike", "target", "engage", "damage", "level", "flatten", "maim",
     "eliminate", "demolish", "hurt", "sink")
)  # fmt: skip
"""What a strike does; "hit" and "target" alone are too wide for verbs whose subject is an actor."""
_DIES = frozenset(("die", "perish", "fall"))
_BY = frozenset(("by", "in", "during"))
_ADMITS = frozenset(("claim", "accept", "admit", "assume"))
_ENDS_THEM = frozenset(("destruction", "elimination"))
_CAPTIVES = frozenset(("prisoner", "hostage", "captive", "detainee", "soldier", "journalist", "worker", "man", "woman", "fisherman", "sailor",
                       "pilot", "civilian", "national", "citizen", "people", "child", "aid worker", "inmate", "crew"))  # fmt: skip


def is_named_deed(token: Token) -> bool:
    """Tell whether a word names a deed: a noun, or what the tagger took for a verb ("shelling by X killed")."""
    if token.pos_ in ("NOUN", "PROPN"):
        return True
    named = token.tag_ in ("VBG", "VBZ") and token.dep_ in ("csubj", "nsubj", "nsubjpass", "pobj", "ROOT")
    return named and not children(token, "dobj", "aux", "nsubj", "nsubjpass")


def harmed(trigger: Token) -> list[Token]:
    """Whom or what the deed of a noun hits: "a strike killed X", "X was killed in a strike", "came under attack"."""
    noun = first_conjunct(trigger)
    verb = noun.head
    if noun.dep_ in ("nsubj", "csubj") and verb.lemma_ in _HARMS and not is_passive(verb):
        joined = [v for v in children(verb, "conj") if v.lemma_ in _HARMS and not children(v, "nsubj")]
        return [word for each in (verb, *joined) for word in objects(each)]
    if noun.dep_ != "pobj":
        return []
    over = verb.head
    if verb.lower_ == "under" and over.lemma_ in ("come", "be"):
        return [antecedent(word) for word in surface_subjects(over)]
    if verb.lower_ in _BY and ((over.lemma_ in _HARMS and is_passive(over)) or over.lemma_ in _DIES):
        return [antecedent(word) for word in surface_subjects(over)]
    return []


def struck(scene: Scene, trigger: Token) -> list[Token]:
    """Name who is struck, or whose forces, camps and vehicles are: "hit two PKK vehicles", "strikes on Houthi camps"."""
    hit = harmed(trigger) if is_named_deed(trigger) else objects(trigger)
    sites = ("of",) if trigger.lemma_ in _ENDS_THEM else ("on", "at", "against")
    on = [word for preposition in sites for word in prepositional(trigger, preposition)]
    return [who for word in (*hit, *on) for each in conjuncts(word) for who in _whose(scene, each)]


def _whose(scene: Scene, word: Token) -> Iterator[Token]:
    """Give the name of an actor, or the names of those whose armed men, arms or posts a noun speaks of."""
    link = scene.link(word)
    if word.lower_ in ("he", "she", "him", "her"):
        yield word
    elif link is not None:
        if link.mention.type != DEMONYM and is_kind(link.entity, "person", "state", "group"):
            yield word
        return
    kinds = _owners(scene, word)
    own = [token for token in scene.doc[word.left_edge.i : word.i] if _names_owner(scene, token, word, kinds)]
    of = [each for owner in prepositional(word, "of") for each in conjuncts(owner)]
    of = [each for each in of if (named := scene.link(each)) is not None and is_kind(named.entity, *kinds)]
    yield from own or of or army_before(scene, word)


def _owners(scene: Scene, word: Token) -> tuple[str, ...]:
    """Give who is struck with what a noun names: a state with its troops and posts, a group with all it has."""
    words, lemma = scene.lexicon.words, word.lemma_.lower()
    if lemma in words["forces"] or lemma in words["posts_of_war"]:
        return ("state", "group")
    return ("group",) if lemma in words["fighters"] or lemma in words["things_of_groups"] else ()


def _names_owner(scene: Scene, token: Token, noun: Token, kinds: tuple[str, ...]) -> bool:
    link = scene.link(token)
    if link is None or not is_kind(link.entity, *kinds):
        return False
    beside = noun in (token.head, token.head.head)
    return beside and token.dep_ in ("amod", "compound", "nmod", "poss", "npadvmod", "conj")


def possessors(scene: Scene, noun: Token) -> list[Token]:
    """Name whose deed a noun tells: "Israel's strikes", or whom "its strikes" goes back to in the sentence."""
    owners = children(noun, "poss")
    if not any(word.lower_ in ("its", "their") for word in owners):
        return owners
    for verb in (word for word in noun.ancestors if word.pos_ in ("VERB", "AUX")):
        others = [w for w in children(verb, "nsubj", "nsubjpass") if w != noun and not w.is_ancestor(noun)]
        if others:
            return [word for word in others if scene.link(word) is not None]
    return []


def authors(trigger: Token) -> list[Token]:
    """Who owns up to the deed of a noun, or does it to somebody who "came under" it: "claimed the bombing"."""
    noun = first_conjunct(trigger)
    verb = noun.head
    told = [
        who for clause in children(trigger, "acl") if clause.lemma_ == "claim" for who in subjects(clause)
    ]
    if told or noun.dep_ not in ("dobj", "nsubjpass", "pobj"):
        return told
    if noun.dep_ != "pobj":
        return subjects(verb) if verb.lemma_ == "claim" else []
    over = verb.head
    if verb.lower_ == "under" and over.lemma_ in ("come", "be"):
        return prepositional(over, "by") + prepositional(over, "from")
    if verb.lower_ != "for":
        return []
    over = over.head if over.lemma_ == "responsibility" else over
    owned = over.lemma_ in _ADMITS and any(w.lemma_ == "responsibility" for w in objects(over))
    return subjects(over) if owned else []


def adjectives(scene: Scene, noun: Token) -> list[Token]:
    """Name who acts, in front of a noun: an adjective, a group or an acronym; "Gaza strikes" are in Gaza."""
    return [
        token
        for token in scene.doc[noun.left_edge.i : noun.i]
        if token.dep_ in ("amod", "compound", "nmod", "npadvmod", "conj")
        and (link := scene.link(token)) is not None
        and not (token.i + 1 < noun.i and token.nbor(1).text == "-")
        and (
            link.mention.type == DEMONYM
            or is_kind(link.entity, "group")
            or (is_kind(link.entity, "state") and link.mention.text.replace(".", "").isupper())
        )
    ]


def marching(scene: Scene, trigger: Token) -> list[Token]:
    """Name armed men who do it themselves: "Ethiopian troops massed", "clashes between Thai and Cambodian troops"."""
    found = prepositional(trigger, "between") if is_named_deed(trigger) else subjects(trigger)
    return [word for word in found if _is_force(scene, word)]


def troops(scene: Scene, trigger: Token) -> list[Token]:
    """Name armed men who are sent by nobody named: "French troops were sent", "the deployment of Kenyan police"."""
    if is_named_deed(trigger):
        found = prepositional(trigger, "of")
    else:
        found = [] if subjects(trigger) or not is_passive(trigger) else objects(trigger)
    return [word for word in found if _is_force(scene, word)]


def done(trigger: Token) -> list[Token]:
    """Name a noun that is told to have begun or ended: "the withdrawal was completed"."""
    verb = trigger.head
    begun = verb.lemma_ in _PROGRESS and trigger.dep_ in ("nsubj", "nsubjpass")
    plain = not any(child.tag_ in ("MD", "TO") for child in verb.children)
    return [trigger] if begun and plain else []


_PROGRESS = frozenset(("begin", "start", "continue", "complete", "finish", "end", "conclude", "resume"))


def _is_force(scene: Scene, word: Token) -> bool:
    lemma = word.lemma_.lower()
    return lemma in scene.lexicon.words["forces"] or lemma in scene.lexicon.words["fighters"]


def captives(trigger: Token) -> list[Token]:
    """Name who is let go: "the release of fifty prisoners"."""
    return [word for word in prepositional(trigger, "of") if word.lemma_ in _CAPTIVES]


def vacated(scene: Scene, trigger: Token) -> list[Token]:
    """Name the places that somebody leaves: "withdrew from the town of X", "pulled out of X"."""
    left = [word for preposition in ("from", "of") for word in _from(trigger, preposition)]
    if is_named_deed(trigger):
        left += [word for men in prepositional(trigger, "of") for word in prepositional(men, "from")]
    named = [
        inner
        for word in left
        for inner in (word, *(prepositional(word, "of") if _is_site(scene, word) else ()))
    ]
    return [word for word in named if place_of(scene, word)]


def _from(trigger: Token, preposition: str) -> list[Token]:
    """Give what is left, by a preposition on the verb or on its "out" or "back"."""
    found = prepositional(trigger, preposition) if preposition == "from" else []
    return found + [
        word
        for out in children(trigger, "prt", "advmod", "prep")
        if out.lower_ in ("out", "back", "away")
        for word in prepositional(out, preposition)
    ]


def towns(scene: Scene, trigger: Token) -> list[Token]:
    """Name the towns that a deed falls on: "captured Goma", "the shelling of the port of X", "strikes on X"."""
    sites = prepositional(trigger, "of") if is_named_deed(trigger) else objects(trigger)
    sites = sites + [word for preposition in ("on", "at") for word in prepositional(trigger, preposition)]
    named = [
        inner
        for word in sites
        for inner in ((word, *prepositional(word, "of")) if _is_site(scene, word) else (word,))
    ]
    return [word for word in named if any(not is_kind(place, "state") for place in place_of(scene, word))]


def _is_site(scene: Scene, word: Token) -> bool:
    """Tell whether what follows a noun with "of" says where it is: not "the mayor of X"."""
    return scene.link(word) is None and word.lemma_.lower() in scene.lexicon.words["places"]
