"""The command line: finds the command, runs it, and is the only place where errors end.

Commands live in ``kg/commands``; each is imported when it is asked for. Data goes to standard
output, everything else to standard error. Exit codes: 0 done, 1 a check failed or graphs differ,
2 asked wrongly, 3 bad input, 4 a remote or a limit failed, 70 a bug of ours, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kg.errors import KGError, UnknownNameError, UsageError
from kg.report import safe, say, tell, tell_error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "Make a graph": {
        "build": "kg.commands.build:build",
        "explain": "kg.commands.explain:explain",
        "link": "kg.commands.link:link",
        "remove": "kg.commands.build:remove",
    },
    "Ask it": {
        "query": "kg.commands.query:query",
        "show": "kg.commands.show:show",
        "timeline": "kg.commands.timeline:timeline",
        "conflicts": "kg.commands.conflicts:conflicts",
        "diff": "kg.commands.diff:diff",
        "stats": "kg.commands.stats:stats",
    },
    "Take it elsewhere": {
        "graph": "kg.commands.page:graph",
        "serve": "kg.commands.serve:serve",
        "export": "kg.commands.export:export",
        "push": "kg.commands.push:push",
        "validate": "kg.commands.validate:validate",
    },
    "Behind it": {
        "kb": "kg.commands.kb:app",
        "reject": "kg.commands.decide:reject",
        "correct": "kg.commands.decide:correct",
        "decisions": "kg.commands.decide:decisions",
        "eval": "kg.commands.evaluate:evaluate",
        "cache": "kg.commands.cache:app",
        "config": "kg.commands.settings:config",
        "doctor": "kg.commands.doctor:doctor",
    },
}
"""The commands, by what they are for, and where each lives."""

_COMMANDS = {name: place for section in SECTIONS.values() for name, place in section.items()}
_GUESS = re.compile(r"\s*\(?(Did you mean [^)]*\?|Possible options: [^)]*)\)?\s*$")
_POSSIBLE = re.compile(r"Possible options: ([^,]+).*")
_HELP = {"help_option_names": ["-h", "--help"]}
_BUG = 70
_COMPLETE = "_KG_COMPLETE"
_INTERRUPTED = 130
_BROKEN_PIPE = 141


class Commands(TyperGroup):
    """The group of all commands, each imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  (the signature is typer's)
        """List the names of the commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in _COMMANDS:
            raise UnknownNameError("command", cmd_name, _COMMANDS)
        module, _, attribute = _COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(module), attribute)
        if isinstance(found, typer.Typer):
            return _lightened(typer.main.get_command(found))
        single = _app()
        single.command(cmd_name, context_settings=_HELP)(found)
        return _lightened(typer.main.get_command(single))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands by what they are for."""
        for title, names in SECTIONS.items():
            rows = [(name, self.get_command(ctx, name).get_short_help_str(60)) for name in names]
            with formatter.section(title):
                formatter.write_dl(rows, col_max=12)


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code."""
    _speak_utf8()
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except KGError as error:
        tell_error(error)
        return error.exit_code
    except BrokenPipeError:
        # Nobody reads any more; what is still buffered must not raise at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        tell("interrupted")
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001  (the one place: a bug shall not spill a traceback)
        return _fail(error)
    return code


def root() -> Any:
    """Give the whole command line as typer's object, from which the documentation is written."""
    return _lightened(typer.main.get_command(app))


def _run(arguments: list[str]) -> int:
    command = root()
    if _COMPLETE in os.environ:
        from kg.commands.completion import answer  # noqa: PLC0415  (only a shell asks)

        return answer(command)
    try:
        with command.make_context("kg", arguments) as context:
            code = command.invoke(context)
    except typer.Exit as stop:
        return stop.exit_code
    return code if isinstance(code, int) else 0


def _fail(error: Exception) -> int:
    """Say what typer found wrong with what was typed, or that there is a bug."""
    if hasattr(error, "format_message"):
        return _misused(error)
    if os.environ.get("KG_DEBUG"):
        import traceback  # noqa: PLC0415

        traceback.print_exception(error)
        return _BUG
    place = type(error).__name__
    tell(f"error: unexpected {place}: {safe(str(error))[:200]}")
    tell("hint: This is a bug. KG_DEBUG=1 shows where it is; please report that.")
    return _BUG


def _misused(error: Any) -> int:
    message = str(error.format_message()).rstrip()
    if type(error).__name__ == "NoArgsIsHelpError":
        tell(message)
        return UsageError.exit_code
    context = getattr(error, "ctx", None)
    path = "kg" if context is None else context.command_path
    guess = _GUESS.search(message)
    what = _GUESS.sub("", message).rstrip(".")
    what = what[:1].lower() + what[1:]
    if path == "kg" and "option" in what:
        hint = f"Options stand behind the command: kg COMMAND … {what.rpartition(' ')[2]}"
    else:
        hint = _POSSIBLE.sub(r"Did you mean '\1'?", guess[1]) if guess is not None else f"See: {path} --help"
    tell_error(UsageError(what, where=path, hint=hint))
    return UsageError.exit_code


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: names in articles are in every script."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors=errors)  # type: ignore[union-attr]
