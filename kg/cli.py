"""The command line: finds the command, runs it, and is the only place where errors end.

Commands live in ``kg/commands``; each is imported when it is asked for. Data goes to standard
output, everything else to standard error. Exit codes: 0 done, 1 a check failed or graphs differ,
2 asked wrongly, 3 bad input, 4 a remote or a limit failed, 70 a bug of ours, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.commands.plainly import values_of
from kg.commands.sections import COMMANDS, SECTIONS
from kg.errors import KGError, UsageError
from kg.report import safe, tell, tell_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["SECTIONS", "main", "root"]

_BUG = 70
_COMPLETE = "_KG_COMPLETE"
_INTERRUPTED = 130
_BROKEN_PIPE = 141


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
    from kg.commands import tree  # noqa: PLC0415  (brings typer)

    return tree.root()


def _run(arguments: list[str]) -> int:
    """Run the command itself where the line is plain, else let typer look at it."""
    if _COMPLETE in os.environ:
        from kg.commands.completion import answer  # noqa: PLC0415  (only a shell asks)

        return answer(root())
    command = _function(arguments[0]) if arguments else None
    values = None if command is None else values_of(command, arguments[1:])
    if command is not None and values is not None:
        code = command(**values)
    else:
        from kg.commands import tree  # noqa: PLC0415  (brings typer)

        code = tree.run(arguments)
    return code if isinstance(code, int) else 0


def _function(name: str) -> Callable[..., object] | None:
    """Give the function of a command; None where there is none, or where it is a group of others."""
    module, _, attribute = COMMANDS.get(name, ":app").partition(":")
    return None if attribute == "app" else getattr(import_module(module), attribute)


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


def _misused(error: Exception) -> int:
    from kg.commands import tree  # noqa: PLC0415  (is there already)

    found = tree.misuse(error)
    if isinstance(found, UsageError):
        tell_error(found)
    else:
        tell(found)
    return UsageError.exit_code


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: names in articles are in every script."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors=errors)  # type: ignore[union-attr]
