"""What a relative pronoun stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass"))
RELATIVE = frozenset(("WDT", "WP"))
_DEPTH = 8
"""How far up the clause is looked for; deeper chains are misparses."""


def antecedent(token: Token) -> Token:
    """Give the noun that a relative pronoun stands for, or the word itself."""
    if token.tag_ in (*RELATIVE, "WP$") or (token.lower_ == "that" and token.dep_ in (*SUBJECTS, "dobj")):
        verb = token.head
        for _ in range(_DEPTH):
            if verb.dep_ == "relcl":
                return _not_human(token, verb.head)
            if verb.head == verb:
                break
            verb = verb.head
    return token


_HUMAN = frozenset(
    ("minister", "president", "envoy", "leader", "secretary", "premier", "chief", "ambassador", "official")
)


def _not_human(pronoun: Token, noun: Token) -> Token:
    """As in "the foreign minister of Sweden, which hosted": which is no person, so it is Sweden."""
    if pronoun.lower_ != "which" or pronoun.i < 2 or pronoun.nbor(-1).text != ",":
        return noun
    near = pronoun.nbor(-2)
    human = noun.ent_type_ == "PERSON" or noun.lemma_.lower() in _HUMAN
    return near if human and near.ent_type_ in ("GPE", "ORG") and near != noun else noun
