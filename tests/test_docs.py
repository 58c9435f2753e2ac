"""The documentation keeps up with the commands."""

import importlib.util
import json
import re
from dataclasses import fields

import pytest
from sample_articles import ROOT

import kg
from docs.lexicon_page import frame_keys, place_of
from docs.refresh_reference import FOLDER, pages
from kg import config, lexicon
from kg.cli import SECTIONS, root
from kg.graph import infer
from kg.text import workshop

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


@pytest.mark.parametrize(("name", "text"), pages().items())
def test_the_reference_is_what_the_code_says(name, text):
    assert (FOLDER / name).read_text(encoding="utf-8") == text, "run: python -m docs.refresh_reference"


def test_every_setting_has_a_line_with_its_default_and_words():
    page = pages()["configuration.md"]
    for field in fields(config.Settings):
        (line,) = re.findall(
            rf"^\| `{field.name}` \| `KG_{field.name.upper()}` \| \S.* \| \S.* \|$", page, re.MULTILINE
        )
        assert line
    for name in ("store", "base", "model", "limit_seconds", "graph", "cache_mb"):
        assert f"{getattr(config.Settings(), name)}".removesuffix(".0") in page


def test_every_public_name_and_method_is_told():
    page = pages()["python.md"]
    for name in kg.__all__:
        assert name.startswith("_") or f"## `kg.{name}`\n" in page
    methods = [name for name, each in vars(kg.Graph).items() if callable(each) and not name.startswith("_")]
    assert len(methods) >= 10
    assert all(f"### `Graph.{name}`\n" in page for name in methods)


def test_every_key_and_place_of_frames_is_told():
    assert frame_keys().keys() == lexicon._KEYS
    assert all(note.strip() for note in frame_keys().values())
    assert all(place_of(slot) for slot in lexicon._SLOTS)


def test_the_tour_is_that_of_the_readme():
    blocks = [
        re.findall(r"^```console\n.*?^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        for path in (ROOT / "README.md", ROOT / "docs" / "tour.md")
    ]
    assert len(blocks[0]) >= 5
    assert blocks[0] == blocks[1], "run: make tour"


def test_the_limits_name_the_floors_that_hold():
    text = (ROOT / "docs" / "explanation" / "limits.md").read_text(encoding="utf-8")
    floors = json.loads((ROOT / "tests" / "gold" / "floors.json").read_text(encoding="utf-8"))
    named = re.findall(r"([\d.]+)<!-- (\S+) (\S+) (\S+) -->", text)
    assert len(named) >= 12
    for figure, file, what, part in named:
        assert float(figure) == floors[file]["floors"][what][part], (file, what, part)


def test_the_limits_name_the_figures_of_the_gold_texts():
    limits = (ROOT / "docs" / "explanation" / "limits.md").read_text(encoding="utf-8")
    gold = (ROOT / "tests" / "gold" / "README.md").read_text(encoding="utf-8")
    for row in (
        "`articles-fresh.jsonl`, today",
        "`held-`, after mending on `first-`",
        "all of `articles-later.jsonl`",
    ):
        (line,) = [each for each in gold.splitlines() if each.startswith(f"| {row}")][:1]
        precision, recall, _, roles = [cell.strip() for cell in line.split("|")[2:6]]
        wanted = [precision, recall, *roles.split(" / ")[:2]]
        shown = [re.findall(r"0\.\d+", each) for each in limits.splitlines() if each.startswith("|")]
        assert wanted in shown, row


def test_the_factors_of_confidence_are_those_of_the_code():
    page = (ROOT / "docs" / "explanation" / "confidence.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith("| how the party is named"))
    told = {float(each) for each in re.findall(r"\b[01](?:\.\d+)?\b", row)}
    assert told == set(workshop._VIA.values())
    scores = {frame.score for frame in lexicon.load_lexicon().frames}
    assert (min(scores), max(scores)) == (0.75, 0.9), "the page says from 0.75 to 0.90"
    assert infer._WEAKER == 0.9
