"""What a shell is offered for what is being typed, asked as bash, zsh and fish ask."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pyoxigraph as ox
import pytest
from sample_articles import ROOT, SAMPLE

from kg.cli import SECTIONS, main
from kg.commands import completion
from kg.graph.query import named_queries
from kg.project import Project
from kg.vocab import BASE

COMMANDS = [name for section in SECTIONS.values() for name in section]
SHELLS = ("bash", "zsh", "fish")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


@pytest.fixture
def offered(kg, monkeypatch, capsys):
    """Give what is offered for a line that ends where the cursor is."""

    def ask(line: str, shell: str = "fish") -> list[str]:
        monkeypatch.setenv("_KG_COMPLETE", f"complete_{shell}")
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "" if shell == "bash" else line)
        words = line.split(" ")
        monkeypatch.setenv("COMP_WORDS", "\n".join(words))
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        capsys.readouterr()
        main([])
        out, err = capsys.readouterr()
        assert err == ""
        return values(out, shell)

    return ask


def values(out: str, shell: str) -> list[str]:
    """Take the values out of an answer, without what they are."""
    if shell == "zsh":
        return [
            each.replace("\\\\:", ":")
            for each in re.findall(r'^(?:_arg\S+ \S+ :\(\()?"(.*?)"(?::"|$|\))', out, re.MULTILINE)
        ]
    return [line.partition("\t")[0] for line in out.splitlines() if line]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_is_offered_commands_queries_options_and_formats(offered, shell):
    assert offered("kg ", shell) == COMMANDS
    assert offered("kg ex", shell) == ["explain", "export"]
    assert offered("kg kb re", shell) == ["review", "refresh"] or set(offered("kg kb re", shell)) == {
        "review",
        "refresh",
    }
    assert offered("kg query who-l", shell) == ["who-led-which-delegation"]
    assert set(offered("kg query ", shell)) == {each.name for each in named_queries()}
    assert "--limit-seconds" in offered("kg query --l", shell)
    assert offered("kg query chronology --format j", shell) == ["json", "jsonld"]
    assert offered("kg export --format t", shell) == ["turtle"]
    assert offered("kg show X --format ", shell) == ["text", "json"]
    assert offered("kg doctor --format ", shell) == ["text", "json"]


@pytest.mark.parametrize("shell", SHELLS)
def test_what_a_query_takes_is_offered_behind_its_name(offered, shell):
    assert "place=" in offered("kg query who-led-which-delegation -p ", shell)
    assert offered("kg query no-such-query -p ", shell) == []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_things_are_offered_by_name_and_path(offered, shell):
    assert "Majid Takht-Ravanchi" in offered("kg show Maj", shell)
    assert offered("kg show person/majid-t", shell) == ["person/majid-takht-ravanchi"]
    assert "Oman" in offered("kg timeline --actor Om", shell)
    assert offered("kg timeline --store no-such-folder --actor Om", shell) == []


def test_bash_takes_names_of_several_words_apart_and_is_offered_paths(offered):
    assert offered("kg show Maj", "bash") == []
    assert offered("kg show person/maj", "bash") == ["person/majid-takht-ravanchi"]
    assert "Oman" in offered("kg show Om", "bash")


def test_articles_are_offered_to_be_removed(offered):
    assert set(offered("kg remove ")) == set(SAMPLE)


@pytest.mark.parametrize("shell", SHELLS)
def test_where_there_is_nothing_to_offer_nothing_is_and_files_may_be(offered, shell):
    for line in (
        "kg no-such-command x",
        "kg show --store no-such-folder Om",
        "kg remove --store no-such-folder ",
        "kg show Om*",
    ):
        assert offered(line, shell) == []
    assert offered("kg show --store https://127.0.0.1:9/sparql Om", shell) == []
    assert offered("kg build ", shell) == []


HOSTILE = (
    "Om$(touch pwned)",
    "Om`touch pwned`",
    "Om'; touch pwned; '",
    'Om"; touch pwned; "',
    "Om\\$(touch pwned)",
    "Om*",
    "Om[x]",
    "Om: x",
    "Om\nx",
    "-Om",
    "Om(x)",
)


def test_a_name_that_a_shell_could_run_is_never_offered(project, offered, monkeypatch):
    with Project.open(project) as opened, opened.store(readonly=False) as store:
        store.load(
            ox.Triple(ox.NamedNode(f"{BASE}person/om-{number}"), LABEL, ox.Literal(name))
            for number, name in enumerate((*HOSTILE, "Om-Harmless"))
        )
    monkeypatch.setenv("KG_STORE", str(project))
    for shell in SHELLS:
        found = offered("kg show Om", shell)
        assert "Om-Harmless" in found
        assert not set(found) & set(HOSTILE)
        assert len(offered("kg show person/om-", shell)) == 1


def test_more_things_than_anybody_looks_through_are_not_offered(offered, monkeypatch):
    assert offered("kg show ")
    monkeypatch.setattr(completion, "MOST", 10)
    assert offered("kg show ") == []


# the shells themselves


def script(shell: str) -> str:
    environ = {**os.environ, "_KG_COMPLETE": f"source_{shell}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kg"]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def in_path(tmp_path, built):
    """An environment in which typing kg runs this program."""
    command = tmp_path / "bin" / "kg"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m kg "$@"\n')
    command.chmod(0o755)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("KG_")}
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "PATH": path, "PYTHONPATH": str(ROOT), "KG_STORE": str(built), "HOME": str(tmp_path)}


def test_bash_itself_completes(in_path, tmp_path):
    assert shutil.which("bash"), "bash is missing"
    typed = "COMP_WORDS=(kg query who-l); COMP_CWORD=2; _kg_completion kg; printf '%s\\n' \"${COMPREPLY[@]}\"; complete -p kg"
    ran = subprocess.run(
        ["bash", "--norc", "-c", f"{script('bash')}\n{typed}"],
        env=in_path, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.splitlines() == ["who-led-which-delegation", "complete -o default -F _kg_completion kg"]
    assert ran.stderr == ""


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed here")
def test_zsh_itself_completes(in_path, tmp_path):
    typed = (
        'compdef() { :; }\n_arguments() { print -r -- "$@"; }\n'
        + script("zsh")
        + "\nwords=(kg query who-l); CURRENT=3; _kg_completion"
    )
    ran = subprocess.run(
        ["zsh", "-f", "-c", typed], env=in_path, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert '"who-led-which-delegation":' in ran.stdout


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed here")
def test_fish_itself_completes(in_path, tmp_path):
    typed = f"{script('fish')}\ncomplete -C 'kg query who-l'"
    ran = subprocess.run(
        ["fish", "--no-config", "-c", typed],
        env=in_path,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.startswith("who-led-which-delegation\t")


INSTALLED = {
    "bash": (".bash_completions/kg.sh", ".bashrc"),
    "zsh": (".zfunc/_kg", ".zshrc"),
    "fish": (".config/fish/completions/kg.fish", None),
}


@pytest.mark.parametrize("shell", SHELLS)
def test_installing_writes_the_script_where_the_shell_finds_it(kg, shell, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: shell)
    with pytest.raises(SystemExit) as ended:
        main(["--install-completion"])
    assert ended.value.code == 0
    assert f"{shell} completion installed in" in capsys.readouterr().out
    name, rc = INSTALLED[shell]
    assert (tmp_path / name).read_text().strip() == script(shell).strip()
    assert rc is None or (tmp_path / rc).is_file()
