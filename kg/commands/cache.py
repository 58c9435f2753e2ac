"""``kg cache``: what is kept of the language model's work."""

# ruff: noqa: PLC0415  (heavy things are imported late)

from typing import TYPE_CHECKING

import typer

from kg.commands.options import settings
from kg.report import say, tell

if TYPE_CHECKING:
    from kg.parses import Contents

_HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def show(context: typer.Context) -> None:
    """Show what is kept of the language model's work.

    How the model annotates a text is kept for the next time, whatever the project, the knowledge base or
    the rules, in a folder that only you can read. Beyond the limit, what was not used for longest goes.

    The settings cache (a folder, or off) and cache_mb (the limit) say where and how much.
    """
    from kg import parses

    if context.invoked_subcommand is not None:
        return
    chosen = settings()
    kept = parses.named(chosen)
    if kept is None:
        say("nothing is kept: the setting cache is off")
        return
    say(f"folder  {kept.folder}")
    trouble = parses.trouble(kept.folder)
    if trouble is not None:
        say(f"state   not used: {trouble}")
        return
    say(f"texts   {_told(kept.contents())} of at most {chosen.cache_mb:,} MiB")


@app.command(context_settings=_HELP)
def clear() -> None:
    """Remove all that is kept; texts are then annotated anew."""
    from kg import parses

    kept = parses.named(settings())
    if kept is None:
        tell("Nothing is kept: the setting cache is off.")
        return
    tell(f"removed  {_told(kept.clear())}")


def _told(contents: "Contents") -> str:
    return f"{contents.count:,}, {contents.size / (1 << 20):,.1f} MiB"
