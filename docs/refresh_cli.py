"""Write docs/cli.md from the commands themselves: ``python docs/refresh_cli.py``.

``tests/test_docs.py`` compares the file with what this gives, so that it cannot fall behind.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli import SECTIONS, root

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).with_name("cli.md")

_HEAD = """# The command line

This page is written by `python docs/refresh_cli.py` from the commands themselves.

`kg COMMAND --help` says the same on the terminal. Options stand behind the command.

- **Where things go.** Data goes to standard output, everything else to standard error. `-` stands for
  standard input or output. `-o FILE` writes the file whole or not at all.
- **Formats.** Without `--format`, the name of the output file decides. Without that, rows are a table on a
  terminal and CSV in a pipe, and triples are Turtle.
- **Settings.** A flag wins over a `KG_*` variable (`KG_STORE`, `KG_MODEL`, …), that over `kg.toml` in the
  folder you are in, that over the default. `kg config` shows what holds.
- **Errors** are one line with what and where, and one with a hint. `KG_DEBUG=1` shows the traceback of a bug.
- **Names of articles.** The id of an article is the `id:` of its front matter or the `"id"` of its record;
  else the name of its file without folder and ending (`report`, and `report#2` for the second record of a
  file). A changed article takes the place of the one with its id, also when its file was moved. Another
  file of the same name, while the first is still there, is refused: rename one, or give it an `id:`.
- **Colours** are left out in a pipe and under `NO_COLOR`.

| exit code | means |
|---|---|
| 0 | done |
| 1 | a check failed (`validate`, `doctor`, `eval`), or `diff` found a difference |
| 2 | asked wrongly: an unknown name, option or setting, a query that does not parse |
| 3 | bad input: something could not be read; all the rest was done |
| 4 | a remote machine failed, or a query ran into its limit |
| 70 | a bug in kg |
| 130 | interrupted |
| 141 | whoever read the output stopped reading |
"""


def page() -> str:
    """Give the page."""
    return "\n".join([_HEAD, *(line for title, names in SECTIONS.items() for line in _section(title, names))])


def _section(title: str, names: Any) -> Iterator[str]:
    yield f"## {title}\n"
    for name in names:
        command = root().get_command(None, name)
        subs = getattr(command, "commands", {})
        if not subs or command.invoke_without_command:
            yield from _command(name, command)
        for sub, each in subs.items():
            yield from _command(f"{name} {sub}", each)


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    usage = " ".join(_usage(each) for each in arguments)
    yield f"### `kg {name}{' ' + usage if usage else ''}`\n"
    yield f"{command.help.strip()}\n"
    rows = [(f"`{_escaped(each.metavar)}`", each.help) for each in arguments]
    rows += [(_spelling(each), each.help) for each in options]
    if rows:
        yield "| | |\n|---|---|"
        yield from (f"| {left} | {_escaped(right)} |" for left, right in rows)
        yield ""


def _usage(argument: Any) -> str:
    name = argument.metavar + ("…" if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _spelling(option: Any) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    if option.is_flag:
        return f"`{names}`"
    return f"`{names} {option.metavar or 'TEXT'}`".replace("|", "\\|")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
