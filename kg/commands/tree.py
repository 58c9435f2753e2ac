"""The whole command line as typer has it: for help, for what is asked wrongly, and for lines that are not plain."""

from __future__ import annotations

import re
from functools import partial
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kg.commands.declare import Argument, Declared
from kg.commands.sections import COMMANDS, SECTIONS
from kg.errors import UnknownNameError, UsageError
from kg.report import say

if TYPE_CHECKING:
    from collections.abc import Callable

_GUESS = re.compile(r"\s*\(?(Did you mean [^)]*\?|Possible options: [^)]*)\)?\s*$")
_POSSIBLE = re.compile(r"Possible options: ([^,]+).*")
_HELP = {"help_option_names": ["-h", "--help"]}


class Commands(TyperGroup):
    """The group of all commands, each imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  (the signature is typer's)
        """List the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            raise UnknownNameError("command", cmd_name, COMMANDS)
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(module), attribute)
        if isinstance(found, typer.Typer):
            return _lightened(typer.main.get_command(found))
        single = _app()
        single.command(cmd_name, context_settings=_HELP)(typed(found))
        return _lightened(typer.main.get_command(single))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands by what they are for."""
        for title, names in SECTIONS.items():
            rows = [(name, self.get_command(ctx, name).get_short_help_str(60)) for name in names]
            with formatter.section(title):
                formatter.write_dl(rows, col_max=12)


def typed(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command with typer's own objects in the place of what it declares."""
    assert isinstance(command, FunctionType)
    twin = FunctionType(
        command.__code__, command.__globals__, command.__name__, command.__defaults__, command.__closure__
    )
    twin.__doc__ = command.__doc__
    twin.__annotations__ = {name: _annotation(kind) for name, kind in command.__annotations__.items()}
    return twin


def _annotation(kind: Any) -> Any:
    (declared,) = getattr(kind, "__metadata__", (None,))
    if not isinstance(declared, Declared):
        return kind
    make = typer.Argument if isinstance(declared, Argument) else typer.Option
    return Annotated[kind.__origin__, make(*declared.spellings, **declared.told)]


def _lightened(command: Any) -> Any:
    """Keep the Python types of arguments out of the help, and pydantic out of what needs none."""
    for each in (command, *getattr(command, "commands", {}).values()):
        each.get_params = partial(_light_params, each.get_params)
    return command


def _light_params(of: Callable[[Any], list[Any]], ctx: Any) -> list[Any]:
    params = of(ctx)
    for param in params:
        if not isinstance(param.__dict__.get("get_runtime_param"), _Values):
            param.get_runtime_param = _Values(param.get_runtime_param)
        if param.param_type_name == "argument":
            param.display_type_rich = lambda ctx: None  # noqa: ARG005  (the signature is typer's)
    return params


class _Values:
    """Takes words and paths as they were typed, and leaves all other values to typer.

    Typer asks pydantic even for a word, and importing that takes longer than answering a query.
    """

    def __init__(self, full: Callable[[], Any]) -> None:
        self._full = full

    def __call__(self) -> _Values:
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        kind = param.type_descriptor.annotation
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        if kind in {str, Path} and not several:
            return kind(value)
        if kind in {list[str], list[Path]} and not isinstance(value, str):
            (single,) = kind.__args__
            return [single(each) for each in value]
        return self._full().coerce(value, param=param, ctx=ctx)


def _app() -> typer.Typer:
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


def _version(asked: bool) -> None:  # noqa: FBT001  (typer hands the flag over)
    if asked:
        from kg.versions import PACKAGE  # noqa: PLC0415

        say(f"kg {PACKAGE}")
        raise typer.Exit


@app.callback(
    cls=Commands,
    no_args_is_help=True,
    epilog="Begin with: kg build ARTICLES; then kg graph -o graph.html. More on a command: kg COMMAND --help.",
    context_settings=_HELP,
)
def kg(
    version: Annotated[  # noqa: FBT002  (typer's flags are parameters)
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Turn news about talks and conflicts into a knowledge graph in which every fact has its sentence."""


def root() -> Any:
    """Give the whole command line as typer's object, from which the documentation is written."""
    return _lightened(typer.main.get_command(app))


def run(arguments: list[str]) -> Any:
    """Run the command that the words of a line ask for, and give what it gave."""
    command = root()
    try:
        with command.make_context("kg", arguments) as context:
            return command.invoke(context)
    except typer.Exit as stop:
        return stop.exit_code


def misuse(error: Any) -> UsageError | str:
    """Say in our own words what typer found wrong; of a line without any word, give the help."""
    message = str(error.format_message()).rstrip()
    if type(error).__name__ == "NoArgsIsHelpError":
        return message
    context = getattr(error, "ctx", None)
    path = "kg" if context is None else context.command_path
    guess = _GUESS.search(message)
    what = _GUESS.sub("", message).rstrip(".")
    what = what[:1].lower() + what[1:]
    if path == "kg" and "option" in what:
        hint = f"Options stand behind the command: kg COMMAND … {what.rpartition(' ')[2]}"
    else:
        hint = _POSSIBLE.sub(r"Did you mean '\1'?", guess[1]) if guess is not None else f"See: {path} --help"
    return UsageError(what, where=path, hint=hint)
