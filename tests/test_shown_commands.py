"""Every command that the documentation shows exists, with its options, its query and its values."""

from __future__ import annotations

import re
import shlex

import pytest
import typer
from sample_articles import ROOT

from kg.cli import root
from kg.errors import UnknownNameError
from kg.graph.query import named_queries

PAPERS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
_FENCE = re.compile(r"^ *```[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?:^ {4}\S.*\n)+", re.MULTILINE)
_INLINE = re.compile(r"(?<!`)`((?:\$ )?kg [^`\n]+)`(?!`)")
_PLACEHOLDERS = re.compile(r"[…⇥]|\.\.\.")


def shown(text):
    """Give the lines of a paper that are commands: those of blocks, continued ones as one, and those in a sentence."""
    blocks = [*_FENCE.findall(text), *_INDENTED.findall(_FENCE.sub("", text))]
    for block in blocks:
        prompted = re.search(r"^\$ ", block, re.MULTILINE) is not None
        for line in re.sub(r"\\\n\s*", " ", block).splitlines():
            command = line.strip()
            if not prompted or command.startswith("$ "):
                yield command.removeprefix("$ ")
    yield from _INLINE.findall(_FENCE.sub("", text))


def commands(text):
    """Give the words of each call of kg, pipes taken apart, remarks left out."""
    for line in shown(text):
        try:
            words = shlex.split(line, comments=True)
        except ValueError:  # the quote of a placeholder: kg explain "…
            continue
        call: list[str] = []
        for word in [*words, "|"]:
            if word in ("|", ";", "&&", ">", ">>"):
                if call and call[0].removeprefix(".venv/bin/") == "kg" and len(call) > 1:
                    yield call[1:]
                call = []
            else:
                call.append(word)


CALLS = [(paper, call) for paper in PAPERS for call in commands(paper.read_text(encoding="utf-8"))]


def parsed(call):
    """Parse a call as the command line does; gives the command and what was given to it.

    Raises:
        Exception: there is no such command or option.
    """
    command, rest, name = root(), call, "kg"
    while hasattr(command, "commands") or name == "kg":
        if not rest or rest[0].startswith("-") or _PLACEHOLDERS.search(rest[0]) or rest[0].isupper():
            break
        name, rest = rest[0], rest[1:]
        command = command.get_command(None, name)
        if command is None:
            raise UnknownNameError("command", name, ())
    context = typer.Context(command)
    if rest and rest[-1] in _taking(command):  # an option that is only named: `kg serve --host`
        rest = [*rest, "…"]
    given, _, _ = command.make_parser(context).parse_args(list(rest))
    return name, given


def _taking(command):
    options = [each for each in command.params if each.param_type_name == "option" and not each.is_flag]
    return {spelling for each in options for spelling in each.opts}


def faults(call):
    """Say what is wrong with a call."""
    try:
        name, given = parsed(call)
    except Exception as error:  # noqa: BLE001  (typer's own, and ours)
        return [f"{error}"]
    return list(_query_faults(given)) if name == "query" else []


def _query_faults(given):
    asked = given.get("asked")
    queries = {query.name: query for query in named_queries()}
    if not asked or asked in {"-", "NAME"} or asked.endswith((".rq", ".rq]")) or _PLACEHOLDERS.search(asked):
        return
    if asked not in queries:
        yield f"no query named {asked}"
        return
    known = {param.name for param in queries[asked].params}
    for pair in given.get("param") or ():
        if pair.partition("=")[0] not in known:
            yield f"{asked} takes no {pair}"


def test_there_are_commands_to_look_at():
    assert len(CALLS) > 150
    assert len({call[0] for _, call in CALLS}) >= 24
    assert len({paper for paper, _ in CALLS}) >= 20


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.relative_to(ROOT).as_posix())
def test_every_command_shown_exists(paper):
    made = re.findall(
        r"queries/(?:\d+-)?([\w-]+)\.rq", paper.read_text(encoding="utf-8")
    )  # by who follows it
    wrong = {" ".join(call): found for where, call in CALLS if where == paper and (found := faults(call))}
    wrong = {
        call: found for call, found in wrong.items() if found not in [[f"no query named {x}"] for x in made]
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "line",
    [
        "$ kg biuld articles",
        "kg build articles --no-such-option",
        "kg kb frobnicate",
        "kg query who-led-which-delegations",
        "kg query who-led-which-delegation -p city=Muscat",
        "kg show NAME | kg graph - --oputput x",
        "a `kg export --formt plover` in a sentence",
    ],
)
def test_a_command_that_does_not_exist_is_seen(line):
    text = line if "`" in line else f"```console\n{line}\n```\n"
    assert [fault for call in commands(text) for fault in faults(call)]


def test_a_command_is_read_as_a_shell_reads_it():
    text = "```sh\nkg push --update http://a/update \\\n        --query http://a/query   # updates only\nkg query -q 'ASK {}' | kg graph -\n```\n"
    assert list(commands(text)) == [
        ["push", "--update", "http://a/update", "--query", "http://a/query"],
        ["query", "-q", "ASK {}"],
        ["graph", "-"],
    ]
