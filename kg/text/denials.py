"""How words deny what they govern: neither and nor, "reports that ... are false", "had X come"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAIMS = frozenset(
    (
        "sign",
        "indication",
        "report",
        "claim",
        "rumour",
        "rumor",
        "allegation",
        "accusation",
        "suggestion",
        "speculation",
        "assertion",
    )
)
_FALSE = frozenset(
    ("false", "untrue", "wrong", "baseless", "fake", "fabricated", "unfounded", "incorrect", "lie", "nonsense",
     "invention", "fabrication", "fiction", "inaccurate", "groundless")
)  # fmt: skip
_INVERTED = frozenset(("had", "should", "were"))


def denies(child: Token) -> bool:
    """Tell whether a word under a verb denies it: not, never, "no" as an article, neither."""
    if child.dep_ == "neg" or child.lower_ == "never":
        return True
    if child.lower_ == "neither":
        return child.dep_ in ("preconj", "cc", "advmod")
    return child.lower_ == "no" and child.dep_ == "det"


def denied_noun(noun: Token) -> bool:
    """Tell whether a subject or object is denied: "no delegation", "neither the talks nor the dinner"."""
    if any(c.dep_ == "preconj" and c.lower_ == "neither" for c in noun.children):
        return True
    if any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in noun.children):
        return True
    return noun.lower_ in ("neither", "none", "nobody")


def after_nor(verb: Token) -> bool:
    """Tell whether "nor" joins a verb to a denied one: "they did not sit together, nor did they meet"."""
    if verb.dep_ != "conj" or verb.pos_ not in ("VERB", "AUX"):
        return False
    if any(child.dep_ == "neg" for child in verb.children):
        return False
    return any(token.lower_ == "nor" for token in verb.doc[verb.head.i + 1 : verb.i])


def is_inverted_condition(verb: Token) -> bool:
    """Tell whether the auxiliary before the subject makes a condition: "had X signed, Y would have"."""
    first = verb.left_edge
    if first.lower_ not in _INVERTED or first.head != verb or first.dep_ not in ("aux", "auxpass"):
        return False
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    asks = verb.doc[verb.sent.end - 1].text == "?"
    return subject is not None and first.i < subject.i and not asks


def is_claim(noun: Token) -> bool:
    """Tell whether a clause on the noun is only what somebody says: "reports that X met Y"."""
    return noun.lemma_.lower() in _CLAIMS


def confirms(noun: Token) -> bool:
    """Tell whether a claim is borne out: "has confirmed reports that X was killed"."""
    verb = noun.head
    denied = any(denies(child) for child in verb.children)
    return noun.dep_ == "dobj" and verb.lemma_ in ("confirm", "verify", "corroborate") and not denied


def is_called_false(noun: Token) -> bool:
    """Tell whether a claim is said to be false: "reports that ... are untrue"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be":
        return False
    told = [c for c in verb.children if c.dep_ in ("acomp", "attr")]
    negated = any(c.dep_ == "neg" for c in verb.children)
    return any(c.lower_ in _FALSE for c in told) or (
        negated and any(c.lower_ in ("true", "correct") for c in told)
    )


def calls_false(below: Token, word: Token) -> bool:
    """Tell whether a clause is called untrue: "it is untrue that", "it is not true that"."""
    if below.dep_ not in ("ccomp", "acl", "advcl", "csubj"):
        return False
    if word.pos_ == "ADJ":
        adjectives, verb = [word], word.head
    else:
        adjectives, verb = [c for c in word.children if c.dep_ in ("acomp", "attr")], word
    if verb.lemma_ != "be":
        return False
    negated = any(c.dep_ == "neg" for c in verb.children)
    return any(a.lower_ in _FALSE or (negated and a.lower_ in ("true", "correct")) for a in adjectives)
