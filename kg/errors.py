"""Everything that can go wrong, in one tree.

    KGError
    +-- UsageError            what was asked for makes no sense          (exit 2)
    |   +-- UnknownNameError  a name that nothing is registered under
    |   +-- ConfigError       a setting that does not exist or does not fit
    +-- InputError            something given to read cannot be read     (exit 3)
    |   +-- LanguageError     a text in a language that is not read
    |   +-- MishapError       an error of the program's own while one article was read
    |       +-- DeadlyError   an article whose reading ends the process that does it
    +-- StoreError            the project folder or its store            (exit 3)
    |   +-- LockedError       another process writes to it
    +-- QueryError            a query that does not parse or is refused  (exit 2)
    |   +-- QueryRefusedError  a query that asks for what is not allowed
    |   +-- QueryTimeoutError a query that ran into its limit            (exit 4)
    +-- DataError             ontology, frames or knowledge base broken  (exit 3)
    +-- RemoteError           another machine did not answer as it must  (exit 4)
    +-- EngineError           the processes or machines that read fail   (exit 4)

Each says what is wrong and where, and carries a hint on what to do about it.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD_LIKENESS = 0.75
"""How alike two words are (``difflib``) of which one is the other misspelt: lead and led, wich and which."""

_LONGEST_MISHAP = 160


class KGError(Exception):
    """An error that the user can do something about."""

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        """Say what is wrong, where (a path, an id, a position), and what to do."""
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    @property
    def hint(self) -> str | None:
        """What to do about it, which a traceback (in a notebook) shows as a note."""
        return self._hint

    @hint.setter
    def hint(self, hint: str | None) -> None:
        self._hint = hint
        self.__notes__ = [] if hint is None else [f"hint: {hint}"]

    def __str__(self) -> str:
        """Give the message as one line, the place in front of it."""
        return f"{self.where}: {self.what}" if self.where is not None else self.what

    def __reduce__(self) -> tuple[object, ...]:
        """Let it be handed from process to process, whatever its class is made from."""
        return _remade, (type(self), self.args, self.__dict__)


def _remade(kind: type[KGError], args: tuple[object, ...], state: dict[str, object]) -> KGError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class UsageError(KGError):
    """What was asked for makes no sense."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A name was asked for that nothing is registered under; ``near`` is the one that was likely meant."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        """Name the kind, the name, and what there is instead."""
        names = sorted(known)
        self.name, self.near = name, _meant(name, names)
        hint = (
            f"Did you mean {self.near!r}?" if self.near is not None else f"Choose one of: {', '.join(names)}."
        )
        super().__init__(f"no {kind} named {name!r}", hint=hint)


def _meant(name: str, names: Iterable[str]) -> str | None:
    """Give the name that was likely meant: one that has every word of it, else one spelled much alike."""
    from difflib import get_close_matches  # noqa: PLC0415  (needed only when something is wrong already)

    known = list(names)
    words = re.findall(r"\w+", name.casefold())
    fitting = [other for other in known if words and _has_words(words, other)]
    near = get_close_matches(name, fitting, n=1, cutoff=0) or get_close_matches(name, known, n=1)
    return near[0] if near else None


def _has_words(words: Iterable[str], name: str) -> bool:
    """Tell whether each word begins, or is much like, a word of the name."""
    from difflib import get_close_matches  # noqa: PLC0415  (as above)

    own = re.findall(r"\w+", name.casefold())
    return all(
        any(each.startswith(word) for each in own) or get_close_matches(word, own, n=1, cutoff=_WORD_LIKENESS)
        for word in words
    )


class ConfigError(UsageError):
    """A setting does not exist, or its value does not fit."""


class InputError(KGError):
    """Something that was given to read cannot be read."""

    exit_code = 3


class LanguageError(InputError):
    """A text is in a language that is not read."""


class MishapError(InputError):
    """The program itself failed at one article, which the others need not suffer for."""

    def __init__(self, error: Exception, *, where: str) -> None:
        """Name the article, and what went wrong at it."""
        told = " ".join(f"{type(error).__name__} {error}".split())[:_LONGEST_MISHAP]
        hint = "This is a bug. KG_DEBUG=1 shows where it is; please report that."
        super().__init__(f"could not be read: an error in the program ({told})", where=where, hint=hint)


class DeadlyError(MishapError):
    """Reading one article ends the process that does it, again and again."""

    def __init__(self, how: str, *, where: str) -> None:
        """Name the article, and how the processes ended."""
        what = f"could not be read: each process that read it came to its end ({how})"
        hint = "Is there enough memory? Give it alone, with --workers 1; if that ends too, please report it."
        KGError.__init__(self, what, where=where, hint=hint)


@contextmanager
def guarded(where: str) -> Iterator[None]:
    """Turn whatever goes wrong while one article is read, and has no name yet, into an error that names it.

    With KG_DEBUG set it is let through, so that it shows where it comes from.
    """
    try:
        yield
    except KGError:
        raise
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        raise MishapError(error, where=where) from error


class StoreError(KGError):
    """The project folder or the store in it cannot be used as asked."""

    exit_code = 3


class LockedError(StoreError):
    """Another process is writing to the store."""


class QueryError(KGError):
    """A query does not parse, or asks for what is not allowed."""

    exit_code = 2


class QueryRefusedError(QueryError):
    """A query would change the graph, or ask another machine or file."""


class QueryTimeoutError(QueryError):
    """A query ran into its limit and was stopped."""

    exit_code = 4


class DataError(KGError):
    """The ontology, a frame or the knowledge base is broken."""

    exit_code = 3


class RemoteError(KGError):
    """Another machine did not answer as it must."""

    exit_code = 4


class EngineError(KGError):
    """The processes or the machines that read articles do not do their work."""

    exit_code = 4
