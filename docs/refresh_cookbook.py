"""Write docs/cookbook.md: ``python docs/refresh_cookbook.py``, which reads the sample corpus first (a minute or two).

The questions, queries and parameters come from ``queries/*.rq``, the words from ``docs/cookbook.toml``, the answers
from the commands themselves. ``tests/golden/test_golden.py`` compares the file with what this gives.
"""

from __future__ import annotations

import io
import sys
import tempfile
import tomllib
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli import main as kg
from kg.graph.query import NamedQuery, named_queries

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
PAGE = HERE / "cookbook.md"
ROWS, LINES, CELL = 8, 14, 150
"""How much of an answer is shown: rows of a table, lines of Turtle, characters of a cell."""

_HEAD = """# Cookbook

Questions that the graph answers, each with its query, its parameters and its answer on the
[sample corpus](../seeds/README.md): 43 short articles on talks that took place, in our own words.

```console
$ kg build seeds/articles
$ kg query who-led-which-delegation -p place=Muscat --format table
```

- `kg query --list` lists the queries. Each is a file in `queries/`: copy one, change it, and give the file to
  `kg query` ([the command line](cli.md)).
- A parameter takes a name, whatever the case of its letters, or an IRI. Lines such as `# with place: …` in a query
  are switched on when the parameter is given. All are optional unless it says otherwise.
- The words in the tables are labels, not identifiers: two things may be called the same. [The pages of the
  ontology](ontology/index.md) say what each property means, and [what the graph means](meaning.md) what enters it.
- Answers are shown as `--format md` gives them. Long ones are cut, with a line that says so; so are long cells (…).
  Turtle is shown without its prefixes.
- **The answers are what the program reads, with its mistakes**, from articles in which some errors are deliberate.
  They are no source on the events. [How reading is measured](evaluation.md) says how often it is right.

*This page is written by `python docs/refresh_cookbook.py`.*
"""


def page(store: Path) -> str:
    """Give the page, with answers from a project folder of the sample corpus."""
    queries = {query.name: query for query in named_queries()}
    chapters = tomllib.loads((HERE / "cookbook.toml").read_text(encoding="utf-8"))["chapter"]
    lines = [_HEAD, *_contents(chapters, queries)]
    for chapter in chapters:
        lines.append(f"## {chapter['title']}\n")
        for recipe in chapter["recipe"]:
            lines += _recipe(recipe, queries[recipe["query"]], store)
    return "\n".join(lines)


def _contents(chapters: list[dict[str, Any]], queries: dict[str, NamedQuery]) -> Iterator[str]:
    for chapter in chapters:
        yield f"**{chapter['title']}**\n"
        for recipe in chapter["recipe"]:
            yield f"- [{recipe['query']}](#{recipe['query']}): {_short(queries[recipe['query']].question)}"
        yield ""


def _short(question: str) -> str:
    return question.partition(" (")[0] if len(question) > CELL else question


def _recipe(recipe: dict[str, Any], query: NamedQuery, store: Path) -> Iterator[str]:
    given = recipe.get("params", [])
    yield f"### {query.name}\n"
    yield f"**{query.question}**\n\n{recipe['when']}\n"
    if query.params:
        yield "| parameter | what it takes |\n|---|---|"
        yield from (f"| `{param.name}` | {_helped(param)} |" for param in query.params)
        yield ""
    command = " ".join(["kg query", query.name, *(f"-p {_quoted(pair)}" for pair in given)])
    yield f"```console\n$ {command}\n```\n"
    yield from _answer(query, given, store)
    yield f"{recipe['read']}\n"
    yield f"```sparql\n{query.text.strip()}\n```\n"


def _helped(param: Any) -> str:
    return param.help if param.optional else f"{param.help} (needed)"


def _quoted(pair: str) -> str:
    name, _, value = pair.partition("=")
    return f'{name}="{value}"' if " " in value else pair


def _answer(query: NamedQuery, given: list[str], store: Path) -> Iterator[str]:
    """Run the command and yield what it prints, as a table or as Turtle."""
    rows = "SELECT" in query.text
    form = ["--format", "md" if rows else "turtle"]
    arguments = [each for pair in given for each in ("-p", pair)]
    lines = output_of(["query", query.name, *arguments, *form, "--store", str(store)])
    if rows:
        yield from _table(lines)
    else:
        told = [line for line in lines if not line.startswith("@prefix")][1:]
        rest = ["# … and so on"] if len(told) > LINES else []
        yield "\n".join(["```turtle", *told[:LINES], *rest, "```\n"])


def _table(lines: list[str]) -> Iterator[str]:
    head, body = lines[:2], lines[2:]
    if not body:
        yield "No rows.\n"
        return
    yield "\n".join([*head, *map(_cut, body[:ROWS])])
    rest = len(body) - ROWS
    yield f"\n… and {rest:,} more rows.\n" if rest > 0 else ""


def _cut(row: str) -> str:
    """Shorten the long cells of a row of a table; a bar within a cell is escaped there."""
    cells = row.strip().removeprefix("| ").removesuffix(" |").split(" | ")
    return (
        f"| {' | '.join(cell if len(cell) <= CELL else cell[: CELL - 1].rstrip() + '…' for cell in cells)} |"
    )


def output_of(arguments: list[str]) -> list[str]:
    """Give the lines that a command prints.

    Raises:
        RuntimeError: the command failed.
    """
    raw = io.BytesIO()
    with redirect_stdout(io.TextIOWrapper(raw, encoding="utf-8", write_through=True)) as out:
        code = kg(arguments)
        out.flush()
        text = raw.getvalue().decode()
    if code:
        raise RuntimeError(f"kg {' '.join(arguments)} ended with {code}")
    return text.splitlines()


def main() -> None:
    """Read the sample corpus, or take the project folder that is named, and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "kg-store"
        if len(sys.argv) == 1:
            kg(["build", str(HERE.parent / "seeds" / "articles"), "--store", str(store)])
        PAGE.write_text(page(store), encoding="utf-8")


if __name__ == "__main__":
    main()
