"""A graph that lives in a project folder, and what its user decides by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import verdicts
from kg.errors import InputError, UsageError
from kg.listings import Decisions, Mark, Marks, Reports, UnknownNames
from kg.naming import resolve
from kg.opened import Graph
from kg.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.answers import Statement
    from kg.config import Settings
    from kg.evaluate import Grouping, Score, Share
    from kg.text.notices import Notice
    from kg.text.read import Refusal


class ProjectGraph(Graph):
    """The graph of a project folder. What is decided by hand is kept there and holds on every build.

    Each decision makes the graph anew, so that what is asked next knows of it. Take a decision out of
    ``decisions.toml`` in the folder, or a name out of ``kb/own.tsv``, and the next build undoes it.
    """

    def __init__(
        self, settings: Settings, *, refused: Sequence[Refusal] = (), warned: Sequence[Notice] = ()
    ) -> None:
        """Open the graph of the project folder that the settings name; ``kg.build`` and ``kg.open`` do that.

        Raises:
            StoreError: there is none.
        """
        with Project.open(settings.store) as project:
            super().__init__(project.store(), settings, refused=refused, warned=warned)

    @property
    def folder(self) -> Path:
        """The project folder."""
        return self._settings.store

    def unknown_names(self) -> UnknownNames:
        """Give the names in the articles that nothing known answers to, the most frequent first."""
        with self._project() as project:
            return UnknownNames(verdicts.unknown(project, self._settings))

    def add_name(
        self,
        label: str,
        *,
        type: str,  # noqa: A002  (as the option)
        aliases: Iterable[str] = (),
        within: str | None = None,
        qid: str | None = None,
        source: str | None = None,
    ) -> str:
        """Add a name of your own, or another name of something known; give the key by which it is known.

        Args:
            label: the name, as you want to see it.
            type: person, state, polity, place, org, group, agency, agreement, process or office.
            aliases: other names of it.
            within: the state it lies in or belongs to: a name, a key, a Wikidata id.
            qid: its Wikidata id.
            source: where you know it from.

        Raises:
            UsageError: the row does not fit, or is there already.
            LockedError: another process writes to the project.
        """
        from kg.kb_user import Row, add_row, kind_named  # noqa: PLC0415  (to ask a graph needs none of it)

        row = Row(label, kind_named(type), tuple(aliases), qid or "", within or "", source or "")
        entity = add_row(self.folder, row, *self._settings.kb)
        self._refresh()
        return entity.key

    def decide_name(
        self,
        name: str,
        *,
        same_as: str | None = None,
        new: str | None = None,
        ignore: bool = False,
        never_merge: str | None = None,
        why: str | None = None,
    ) -> None:
        """Say what a name in the articles is; one of the four.

        Args:
            name: the name, as ``unknown_names`` gives it.
            same_as: it is another name of this: a name, a key, a Wikidata id.
            new: it is a thing of its own, of this type, as in ``add_name``.
            ignore: it is no name at all, and nothing is told of it.
            never_merge: it is not this, however alike the names are.
            why: the reason, for whoever reads the decisions.

        Raises:
            UsageError: the decision does not fit, or something else is decided already.
            LockedError: another process writes to the project.
        """
        given = {"same_as": same_as, "new": new, "ignore": ignore or None, "never_merge": never_merge}
        chosen = {verdict: value for verdict, value in given.items() if value is not None}
        with self._project() as project:
            verdicts.on_name(project, self._settings, name, chosen, why=why)
        self._refresh()

    def reject(self, claim: Statement | str, *, why: str | None = None) -> None:
        """Take a claim that was read wrongly out of the graph, and all that follows from it.

        Args:
            claim: a claim, or the beginning of its id.
            why: the reason, for whoever reads the decisions.

        Raises:
            UsageError: there is no such claim, or it is inferred from others, which are to be decided on.
            LockedError: another process writes to the project.
        """
        self._decide(claim, {}, why)

    def correct(
        self,
        claim: Statement | str,
        *,
        subject: str | None = None,
        object: str | None = None,  # noqa: A002  (as the option)
        negated: bool | None = None,
        modality: str | None = None,
        why: str | None = None,
    ) -> None:
        """Put a claim right that was read wrongly. The new one keeps the sentence and has an id of its own.

        Args:
            claim: a claim, or the beginning of its id.
            subject: who or what stands before the relation: a name, a key.
            object: what stands after it: a name, a key, a text.
            negated: whether the source denies it.
            modality: actual, expected, possible or conditional.
            why: the reason, for whoever reads the decisions.

        Raises:
            UsageError: nothing is put right, there is no such claim, or what is said does not fit.
            LockedError: another process writes to the project.
        """
        told = {"subject": subject, "object": object, "negated": negated, "modality": modality}
        values: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
        if not values:
            hint = "Give subject, object, negated or modality; reject() takes a claim out."
            raise UsageError("say what is right", hint=hint)
        self._decide(claim, values, why)

    def reports(self, event: str | None = None) -> Reports:
        """Give what each article tells of each event, or of one; ``merge`` and ``split`` take their names.

        Raises:
            UnknownNameError: nothing is called so.
        """
        iri = None if event is None else resolve(self.store, event, base=self._settings.base).iri
        with self._project() as project:
            found = verdicts.reports_of(project, self._settings)
        return Reports(tuple(each for each in found if iri is None or self._settings.base + each.path == iri))

    def merge(self, report: str, other: str, *, why: str | None = None) -> None:
        """Decide that two reports tell of one event; ``reports`` gives their names.

        Raises:
            UnknownNameError: there is no such report.
            UsageError: the contrary is decided already.
            LockedError: another process writes to the project.
        """
        self._decide_events((report, other), same=True, why=why)

    def split(self, report: str, other: str, *, why: str | None = None) -> None:
        """Decide that two reports tell of two events; ``reports`` gives their names.

        Raises:
            UnknownNameError: there is no such report.
            UsageError: the contrary is decided already.
            LockedError: another process writes to the project.
        """
        self._decide_events((report, other), same=False, why=why)

    def decisions(self) -> Decisions:
        """Give all that was decided by hand, in the order of the kinds of decisions."""
        with self._project() as project:
            return Decisions(verdicts.decisions_of(project))

    def evaluate(self, gold: Path | str) -> Marks:
        """Measure how well the texts of a gold file are read with what this project knows.

        Raises:
            InputError: it cannot be read, has no text, or is no gold.
        """
        from kg.gold import load_gold  # noqa: PLC0415  (as above)
        from kg.marking import mark  # noqa: PLC0415  (as above)

        items = load_gold(Path(gold))
        if not items:
            raise InputError("has no text", where=str(gold), hint="Give one gold item a line.")
        return Marks(tuple(_mark(name, figure) for name, figure in mark(items, self._settings).lines()))

    def _project(self) -> Project:
        return Project.open(self.folder)

    def _decide(self, claim: Statement | str, values: Mapping[str, Any], why: str | None) -> None:
        asked = claim if isinstance(claim, str) else claim.id
        with self._project() as project:
            verdicts.on_claim(project, self._settings, self.store, asked, values, why=why)
        self._refresh()

    def _decide_events(self, reports: tuple[str, str], *, same: bool, why: str | None) -> None:
        with self._project() as project:
            verdicts.on_events(project, self._settings, reports, same=same, why=why)
        self._refresh()

    def _refresh(self) -> None:
        """Bring the graph up to date with what is known and decided, and open what came of it."""
        from kg import ingest  # noqa: PLC0415  (as above)

        with self._project() as project:
            ingest.refresh(project, self._settings)
            self.store.close()
            self.store = project.store()


def _mark(name: str, figure: Score | Grouping | Share | None) -> Mark:
    """Give a figure as a row; only its name where gold has nothing to measure it by."""
    from kg.evaluate import Share  # noqa: PLC0415  (as above)

    if figure is None:
        return Mark(name)
    if isinstance(figure, Share):
        return Mark(name, gold=figure.compared, share=figure.share)
    return Mark(name, figure.gold, figure.read, figure.precision, figure.recall, figure.f1)
