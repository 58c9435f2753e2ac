"""Plain command lines are read without typer: as typer reads them, or not at all."""

import inspect
from importlib import import_module
from pathlib import Path
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import root
from kg.commands.declare import Argument, Declared, Option
from kg.commands.plainly import values_of
from kg.commands.sections import COMMANDS

FUNCTIONS = {
    name: getattr(import_module(module), attribute)
    for name, (module, _, attribute) in ((name, place.partition(":")) for name, place in COMMANDS.items())
    if attribute != "app"
}
WORDS = (
    "chronology",
    "a.md",
    "",
    "-",
    "--",
    "=",
    "-x",
    "--nothing",
    "-h",
    "--help",
    "5",
    "name=value",
    "é b",
)


def spellings(name):
    kinds = FUNCTIONS[name].__annotations__.values()
    return [each for kind in kinds for how in getattr(kind, "__metadata__", ()) for each in how.spellings]


def lines(name):
    own = spellings(name)
    word = st.sampled_from([*WORDS, *own])
    together = st.builds("{}={}".format, st.sampled_from(own or ["--none"]), st.sampled_from(WORDS))
    return st.lists(st.one_of(word, word, together), max_size=5)


def by_typer(name, words):
    """Give the values that typer reads, those that are as they are by default left out."""
    with root().get_command(None, name).make_context(name, list(words)) as context:
        return dict(context.params)


def with_defaults(name, values):
    found = {each.name: each.default for each in inspect.signature(FUNCTIONS[name]).parameters.values()}
    return {**found, **values}


def same(mine, typers):
    """Compare, where typer has an empty list for none at all."""
    return {key: value or None for key, value in mine.items()} == {
        key: list(value) or None if isinstance(value, (list, tuple)) else value or None
        for key, value in typers.items()
    }


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_plain_line_is_read_as_typer_reads_it(name):
    plain = []

    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(lines(name))
    def compare(words):
        mine = values_of(FUNCTIONS[name], words)
        if mine is not None:
            plain.append(words)
            assert same(with_defaults(name, mine), by_typer(name, words)), words

    compare()
    assert plain, "no line was plain"


def demo(
    first: Annotated[str, Argument(help="One.")],
    second: Annotated[Path | None, Argument(help="Two.")] = None,
    many: Annotated[list[str] | None, Option("--many", "-m", help="Some.")] = None,
    out: Annotated[Path | None, Option("-o", "--output", help="Where.")] = None,
    flag: Annotated[bool, Option("--flag", "-f", help="Whether.")] = False,  # noqa: FBT002
    count: Annotated[int, Option("--count", min=1, help="How many.")] = 1,
) -> int:
    """Take one of each kind."""
    return count


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (["a"], {"first": "a"}),
        (["a", "b"], {"first": "a", "second": Path("b")}),
        (["-", "--output", "-"], {"first": "-", "out": Path("-")}),
        (["--flag", "a", "-f"], {"first": "a", "flag": True}),
        (["-m", "x", "a", "--many=y=z", "--many", "--flag"], {"first": "a", "many": ["x", "y=z", "--flag"]}),
        (["a", "-o", "x", "--output=y"], {"first": "a", "out": Path("y")}),
    ],
)
def test_what_is_plain(words, values):
    assert values_of(demo, words) == values


@pytest.mark.parametrize(
    "words",
    [
        [],  # the first argument is missing
        ["a", "b", "c"],  # one too many
        ["a", "--flga"],
        ["a", "--flag=yes"],
        ["a", "-mx"],
        ["a", "-o=x"],
        ["a", "-o"],
        ["a", "--"],
        ["a", "--help"],
        ["a", "--count", "2"],  # numbers are typer's, with their bounds
    ],
)
def test_what_is_left_to_typer(words):
    assert values_of(demo, words) is None


def test_what_typer_looks_up_itself_is_left_to_it():
    def contacted(
        who: Annotated[str | None, Option("--who", envvar="KG_CONTACT", help="Who.")] = None,
    ) -> None:
        """Take a value from the environment."""

    def foreign(who: Annotated[str, "a note"], how: int = 0) -> None:
        """Take what is not declared."""

    assert values_of(contacted, []) is None
    assert values_of(foreign, ["a"]) is None


def test_several_words_stand_together_or_typer_says_what_is_missing():
    def some(paths: Annotated[list[Path], Argument(help="Paths.")]) -> None:
        """Take any number of paths."""

    assert values_of(some, ["a", "b"]) == {"paths": [Path("a"), Path("b")]}
    assert values_of(some, []) is None


def test_every_command_declares_in_words_of_its_own():
    kinds = [
        kind for each in FUNCTIONS.values() for kind in each.__annotations__.values() if kind is not None
    ]
    declared = [
        how for kind in kinds for how in getattr(kind, "__metadata__", ()) if isinstance(how, Declared)
    ]
    assert len(declared) > 60
