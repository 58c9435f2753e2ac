"""``kg kb``: what is known beforehand."""

# ruff: noqa: A002, PLC0415  (options are typer's parameters; heavy things are imported late)

from typing import Annotated

import typer

from kg.commands import kb_own, kb_review
from kg.commands.declare import Argument, Option
from kg.commands.options import KbOption, RowFormat, StoreOption, row_layout, settings, write_table
from kg.commands.refresh import refresh
from kg.commands.tree import typed
from kg.report import beside, paint, safe, say, tell, wrap

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Look into the names that are known, and add your own.",
)


@app.callback()
def kb() -> None:
    """Look into the names that are known, and add your own."""


_HELP = {"help_option_names": ["-h", "--help"]}


@app.command(context_settings=_HELP)
@typed
def search(
    text: Annotated[str, Argument(metavar="TEXT", help="A name, or a part or the beginning of one.")],
    limit: Annotated[int, Option("--limit", metavar="N", min=1, help="At most so many.")] = 10,
    store: StoreOption = None,
    kb: KbOption = None,
    format: RowFormat = None,
) -> None:
    """Find who or what a name may mean, best first, and say why."""
    import pyoxigraph as ox

    from kg.graph.rows import Rows
    from kg.kb import KnowledgeBase
    from kg.kb_user import own_tables

    chosen = settings(store=store, kb=kb, format=format)
    found = KnowledgeBase.load(*chosen.kb, *own_tables(chosen.store)).search(text, limit)
    if row_layout(chosen.format, None) == "table":
        for each in found:
            entity = each.entity
            within = f", {entity.within}" if entity.within is not None else ""
            say(beside(paint(safe(entity.label), "bold"), f"{each.score:.2f}"))
            say(
                wrap(
                    f"{entity.key} · {entity.type.removeprefix('dip:').lower()}{within}{f' · {entity.qid}' if entity.qid else ''}",
                    indent="  ",
                )
            )
            say(wrap(safe(each.why), indent="  "))
        tell("" if found else f"Nothing in the knowledge base is called {text!r}.")
        return
    cells = (
        (e.entity.key, e.entity.label, e.entity.type, e.entity.qid, f"{e.score:g}", e.why) for e in found
    )
    rows = (tuple(None if cell is None else ox.Literal(cell) for cell in line) for line in cells)
    write_table(Rows(("key", "label", "type", "qid", "score", "why"), tuple(rows)), chosen.format, None)


app.command(context_settings=_HELP)(typed(refresh))
app.command("add", context_settings=_HELP)(typed(kb_own.add))
app.command("list", context_settings=_HELP)(typed(kb_own.list_names))
app.command("import", context_settings=_HELP)(typed(kb_own.import_names))
app.command("review", context_settings=_HELP)(typed(kb_review.review))
app.command("decide", context_settings=_HELP)(typed(kb_review.decide))
