"""Short names for IRIs in what we write: one prefix for the ontology's vocabularies, one per kind of thing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.vocab import Vocabulary

# What every reader of Turtle takes as a local name without escapes; anything else is written in full.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?", re.ASCII)
_KIND = re.compile(r"[a-z][a-z0-9-]*", re.ASCII)

# A prefix of such a name would turn an IRI into a short name of something else in JSON-LD.
_SCHEMES = frozenset({"http", "https", "urn", "file", "mailto", "data", "ftp", "tel", "tag", "doi"})

# XML keeps these prefixes for itself.
_RESERVED = frozenset({"xml", "xmlns"})


@dataclass(frozen=True, slots=True)
class Names:
    """Prefixes, and the short name of each IRI."""

    prefixes: Mapping[str, str]
    vocabularies: frozenset[str]
    """The namespaces of the vocabularies among them."""
    _by_namespace: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, subjects: Iterable[str], others: Iterable[str], vocabulary: Vocabulary) -> Names:
        """Give the prefixes that a graph uses: those of the vocabulary, and one per kind of its subjects.

        Args:
            subjects: the IRIs of which the graph says something.
            others: all others that are to have short names, those of datatypes too.
            vocabulary: whose prefixes are known.
        """
        spaces = frozenset(vocabulary.prefixes.values())
        own: set[str] = set()
        used: set[str] = set()
        for iri in subjects:
            used.add(space := split(iri)[0])
            if f"{iri}#" not in spaces:
                own.add(space)
        used.update(split(iri)[0] for iri in others)
        known = {prefix: space for prefix, space in vocabulary.prefixes.items() if space in used}
        return cls._with(known, own - set(known.values()), taken=set(vocabulary.prefixes), spaces=spaces)

    @classmethod
    def _with(
        cls, known: dict[str, str], namespaces: set[str], *, taken: set[str], spaces: frozenset[str]
    ) -> Names:
        prefixes = dict(known)
        for namespace in sorted(namespaces):
            kind = namespace.rstrip("/#").rpartition("/")[2]
            if not namespace.endswith("/") or not _KIND.fullmatch(kind):
                continue
            name = kind if kind not in {*taken, *_SCHEMES, *_RESERVED} else f"{kind}-id"
            if name not in prefixes:
                prefixes[name] = namespace
        ordered = dict(sorted(prefixes.items()))
        return cls(ordered, spaces, {namespace: prefix for prefix, namespace in ordered.items()})

    def is_vocabulary(self, iri: str) -> bool:
        """Tell whether an IRI is a term of a vocabulary, or names one."""
        return split(iri)[0] in self.vocabularies or f"{iri}#" in self.vocabularies

    def short(self, iri: str) -> str | None:
        """Give the short name, None where the IRI has to be written in full."""
        namespace, local = split(iri)
        prefix = self._by_namespace.get(namespace)
        return f"{prefix}:{local}" if prefix is not None and _LOCAL.fullmatch(local) else None


def split(iri: str) -> tuple[str, str]:
    """Cut an IRI after its last ``#`` or, where it has none, its last ``/``."""
    cut = iri.rfind("#") + 1 or iri.rfind("/") + 1
    return iri[:cut], iri[cut:]
