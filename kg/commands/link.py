"""``kg link``: the names in articles and whom they mean, without anything else being read."""

# ruff: noqa: A002, PLC0415  (options are typer's parameters; heavy things are imported late)

import sys
from typing import TYPE_CHECKING, Annotated

from kg.commands.completion import words
from kg.commands.declare import Argument, Option
from kg.commands.options import CacheOption, KbOption, ModelOption, StoreOption, settings
from kg.errors import InputError, UnknownNameError
from kg.report import Complaints, Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import MishapError
    from kg.model import Article
    from kg.pipeline import Refuse
    from kg.text.read import Refusal


def link(
    paths: Annotated[
        list[str],
        Argument(
            metavar="PATH",
            help="Files, folders, patterns, http(s) addresses; - reads lines of JSON, each with id, text and date.",
        ),
    ],
    format: Annotated[
        str,
        Option(
            "--format",
            metavar="FORMAT",
            help="jsonl, csv or tsv. Default: jsonl.",
            show_default=False,
            autocompletion=words("jsonl", "csv", "tsv"),
        ),
    ] = "jsonl",
    store: StoreOption = None,
    kb: KbOption = None,
    model: ModelOption = None,
    cache: CacheOption = None,
) -> int:
    """Find the names in articles, and whom or what each means.

    One line a name: article, start, end, text, type, label, iri, qid, score, why. Start and end count
    characters (Unicode code points) of the text as it was given.

    What is not in the knowledge base has no qid and an iri of its own. Where it stays open what a name
    means, label and iri are empty, and why says why.

    What cannot be read is named, the rest goes on, and the exit code is then 3. Nothing is written
    into the project.
    """
    from kg.linkrows import HEADS, LAYOUTS

    if format not in LAYOUTS:
        raise UnknownNameError("format", format, LAYOUTS)
    chosen = settings(store=store, kb=kb, model=model, cache=cache)
    refused: list[Refusal] = []
    complaints = Complaints()
    articles = _readable(paths, refused, complaints)
    first = next(articles, None)
    if format in HEADS:
        _write(HEADS[format])
    if first is not None:
        from itertools import chain

        from kg import parses
        from kg.kb_user import own_tables
        from kg.linkrows import link_rows
        from kg.pipeline import linked, load_kb

        progress = Progress(quiet=False)
        known, given = load_kb(*chosen.kb, *own_tables(chosen.store)), chain([first], articles)
        kept, refuse = parses.opened(chosen), _refusing(refused, complaints)
        for article, links in linked(given, kb=known, model=chosen.model, refuse=refuse, cache=kept):
            progress.clear()
            for row in link_rows(article, links, base=chosen.base):
                _write(LAYOUTS[format](row))
            progress(article.id)
        progress.clear()
    complaints.close()
    return InputError.exit_code if refused else 0


def _readable(paths: list[str], refused: "list[Refusal]", complaints: Complaints) -> "Iterator[Article]":
    """Give the articles that can be read; name the others as they come."""
    from kg.text.read import Refusal, read_articles

    for item in read_articles(paths, warn=complaints.warning):
        if isinstance(item, Refusal):
            refused.append(item)
            complaints.error(item.error)
        else:
            yield item


def _refusing(refused: "list[Refusal]", complaints: Complaints) -> "Refuse":
    """Give what names an article at which the program failed."""
    from kg.text.read import Refusal

    def refuse(article: "Article", error: "MishapError") -> None:
        refused.append(Refusal(article.id, error))
        complaints.error(error)

    return refuse


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
