"""Articles of made-up paragraphs, and a project folder to which things happen: what a history is made of.

What stands in for the language model reads a paragraph by looking it up, so a history runs through
the real ledger, project folder, assembler and store in milliseconds.
"""

from __future__ import annotations

import io
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from unittest import mock

import scenarios

from kg import files, ingest, ledger
from kg.config import Settings
from kg.graph import generations
from kg.model import Key, Link, Mention, Reading, Span
from kg.project import Project

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPHS = tuple(reading for story in scenarios.STORIES for reading in story())
"""Each a reading of a text of its own, several of one event, some at odds with one another."""

IDS = (
    "alpha",
    "beta",
    "Beta!",  # the same slug
    "https://news.example/a?x=1&y=\N{LATIN SMALL LETTER E WITH ACUTE}#top",
    "\N{GREEK SMALL LETTER GAMMA}/../delta",
    "wire.md#2",
    "\N{BIRD}",  # no slug at all
)
DAYS = ("2024-03-01", "2024-09-05", "2025-04-14", None)
_LOCAL = re.compile(r"([a-z]+)@(\d+)")


@dataclass(frozen=True)
class Spec:
    """An article: what it is called, which paragraphs it has, and what is said about it."""

    id: str
    paragraphs: tuple[int, ...]
    published: str | None
    tail: str = ""

    @property
    def text(self):
        told = [PARAGRAPHS[number].article.text.strip() for number in self.paragraphs]
        return "\n\n".join([*told, f"This is all that is known today{self.tail}."])

    def record(self):
        """Give it as a JSON record; an address stands for the id where the article has no other."""
        name = "url" if self.id.startswith("https:") else "id"
        known = {name: self.id, "text": self.text, "title": f"On {self.paragraphs}", "date": self.published}
        return json.dumps({key: value for key, value in known.items() if value is not None})

    def is_of(self, article):
        day = None if article.published is None else article.published.isoformat()
        return (article.id, article.text, day) == (self.id, self.text, self.published)


def read_paragraphs(article):
    """Read an article as the language model would, had it learned the paragraphs by heart."""
    found = [
        _moved(number, article.text.index(each.article.text.strip()), each)
        for number, each in enumerate(PARAGRAPHS)
        if each.article.text.strip() in article.text
    ]
    entities = {one.key: _as_met(one) for each in found for one in each.entities}
    return Reading(
        article,
        tuple(entities[key] for key in sorted(entities)),
        tuple(_links(article.text, entities.values())),
        tuple(mention for each in found for mention in each.event_mentions),
    )


def _as_met(entity):
    """Persons are first met in the articles, all else is known."""
    return replace(entity, known=not entity.key.startswith("person/"))


def _links(text, entities):
    for entity in sorted(entities, key=lambda one: one.key):
        start = text.find(entity.label)
        if start >= 0:
            span = Span(start, start + len(entity.label))
            yield Link(Mention(span, entity.label, entity.type, Span(0, 1)), entity, 0.9, "by heart")


def _moved(number, by, reading):
    """Give a reading as it is where its text begins later, its local keys apart from those of others."""

    def key(name):
        return Key(_LOCAL.sub(lambda m: f"{m[1]}@{number * 100 + int(m[2])}", name))

    def span(one):
        return None if one is None else Span(one.start + by, one.end + by)

    def role(one):
        filler = key(one.filler) if _LOCAL.fullmatch(one.filler) else one.filler
        return replace(one, filler=filler, evidence=span(one.evidence))

    mentions = tuple(
        replace(one, key=key(one.key), evidence=span(one.evidence), roles=tuple(map(role, one.roles)))
        for one in reading.event_mentions
    )
    return replace(reading, event_mentions=mentions)


class Crash(BaseException):
    """What ends a command in the middle; nothing of ours catches it."""


POINTS = (
    (Project, "add"),
    (Project, "remove"),
    (Project, "rebuild"),
    (Project, "_drop"),
    (ledger, "distrust"),
    (ledger, "save"),
    (files, "write"),
    (generations, "put_in_force"),
    (generations, "sweep"),
)
"""Where a command can be ended: before or after each call of these."""


@contextmanager
def ended_at(point, *, call, after):
    """End what runs inside at the given call of a function, before or after its work."""
    owner, name = point
    real, left = getattr(owner, name), [call]

    def ending(*arguments, **options):
        left[0] -= 1
        if left[0] == 0 and not after:
            raise Crash
        result = real(*arguments, **options)
        if left[0] == 0:
            raise Crash
        return result

    with mock.patch.object(owner, name, ending):
        yield


@dataclass
class World:
    """A project folder, and what should be in it."""

    folder: Path
    articles: dict[str, Spec] = field(default_factory=dict)
    specs: set[Spec] = field(default_factory=set)
    read: list[str] = field(default_factory=list)
    """The ids of the articles that were read, since somebody last looked."""

    @property
    def settings(self):
        return Settings(store=self.folder)

    def reader(self, articles, *, kb, model, refuse, cache, extractors):
        """Stand in for ``kg.pipeline.read``, as engines call it."""
        for article in articles:
            self.read.append(article.id)
            yield read_paragraphs(article)

    def run(self, work):
        """Run a command on the project, in which reading is done by heart."""
        self.read.clear()
        with (
            mock.patch("kg.engines.work.read", self.reader),
            mock.patch("kg.pipeline.load_kb", return_value=None),
            Project.open(self.folder, create=True) as project,
        ):
            return work(project)

    def build(self, specs, **options):
        self.specs.update(specs)
        lines = "\n".join(spec.record() for spec in specs) + "\n"
        return self.run(
            lambda project: ingest.build(
                project,
                ["-"] if specs else [],
                self.settings,
                stdin=io.BytesIO(lines.encode()),
                **options,
            )
        )

    def remove(self, ids):
        return self.run(lambda project: ingest.remove(project, ids, self.settings))

    def refresh(self):
        return self.run(lambda project: ingest.refresh(project, self.settings))

    def look(self):
        """Take for granted what is in the folder, after a command that was ended anywhere."""
        with Project.open(self.folder, create=True) as project:
            kept = [reading.article for reading in project.readings()]
        found = {article.id: [spec for spec in self.specs if spec.is_of(article)] for article in kept}
        assert all(len(specs) == 1 for specs in found.values()), "a reading of no article that was given"
        self.articles = {name: specs[0] for name, specs in found.items()}

    def readers(self):
        """Give what read the articles, as the ledger has it."""
        with Project.open(self.folder, create=True) as project:
            return {entry.reader for entry in ledger.load(project).articles.values()}

    def graph(self):
        """Give the graph as sorted N-Triples."""
        with Project.open(self.folder) as project, project.store() as store:
            return lines_of(store)

    @property
    def decisions(self):
        path = self.folder / "decisions.toml"
        return path.read_text() if path.exists() else ""

    def decide(self, text):
        """Write the decisions down as somebody would with an editor."""
        self.folder.mkdir(exist_ok=True)
        with Project.open(self.folder, create=True) as project:
            project.decisions.write_text(text)


def lines_of(store):
    """Give what is in a store as sorted N-Triples."""
    return "".join(f"{line} .\n" for line in sorted(map(str, store.triples())))
