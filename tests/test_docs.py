"""The documentation keeps up with the commands."""

import importlib.util
import re

import pytest
from sample_articles import ROOT

from kg.cli import SECTIONS, root

NAMES = [name for section in SECTIONS.values() for name in section]


def commands():
    for name in NAMES:
        command = root().get_command(None, name)
        subs = getattr(command, "commands", {})
        if not subs or command.invoke_without_command:
            yield name, command
        yield from ((f"{name} {sub}", each) for sub, each in subs.items())


def refresh():
    spec = importlib.util.spec_from_file_location("refresh_cli", ROOT / "docs" / "refresh_cli.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_commands_say():
    module = refresh()
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), "run: python docs/refresh_cli.py"


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_command_and_option_is_on_the_page(name, command):
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    section = re.split(rf"### `kg {name}(?: [A-Z\[][^`]*)?`\n", page)[-1].partition("\n### ")[0]
    assert section, f"kg {name} is not documented"
    for param in command.params:
        for spelling in param.opts if param.param_type_name == "option" else [param.metavar]:
            assert spelling.replace("|", "\\|") in section or spelling in section, (name, spelling)
        assert param.help, (name, param.name)


def test_there_are_commands_to_look_at():
    assert len(list(commands())) >= 14
    assert all(command.help for _, command in commands())


def test_the_commands_of_the_readme_exist():
    used = set(
        re.findall(
            r"^(?:\$ )?(?:\.venv/bin/)?kg ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
        )
    )
    assert used, "the README shows no command"
    assert used <= set(NAMES)
