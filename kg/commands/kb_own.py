"""``kg kb add``, ``list`` and ``import``: names of one's own, kept in the project folder."""

# ruff: noqa: A002, FBT002, PLC0415  (options are typer's parameters; heavy things are imported late)

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from kg.commands.declare import Argument, Option
from kg.commands.options import KbOption, RowFormat, StoreOption, row_layout, settings, write_table
from kg.errors import InputError
from kg.report import beside, paint, plural, safe, say, tell, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.kb_import import Unused
    from kg.model import Entity

_SHOWN = 20
_UNFIT = re.compile(r"[^\w.-]+")
_COLUMNS = ("key", "label", "type", "qid", "within", "aliases")

TypeOption = Annotated[
    str | None,
    Option(
        "--type",
        metavar="TYPE",
        help="person state polity place org group agency agreement process office.",
    ),
]


def add(
    label: Annotated[str, Argument(metavar="LABEL", help="The name, as you want to see it.")],
    type: TypeOption = None,
    alias: Annotated[
        list[str] | None,
        Option("--alias", metavar="NAME", help="Another name of it; may be repeated."),
    ] = None,
    qid: Annotated[str | None, Option("--qid", metavar="Q…", help="Its Wikidata id.")] = None,
    within: Annotated[
        str | None,
        Option(
            "--within", metavar="X", help="The state it lies in or belongs to: a name, a key, a Wikidata id."
        ),
    ] = None,
    source: Annotated[str | None, Option("--source", metavar="TEXT", help="Where you know it from.")] = None,
    store: StoreOption = None,
) -> None:
    """Add a name of your own, or another name of something known.

    It is kept in kb/own.tsv of the project folder, over all that is known. A row with the id of something
    known, or with its name and type, adds to it. The next kg build reads the articles again with it.
    """
    from kg.kb_user import Row, add_row, kind_in, kind_named
    from kg.project import Project

    if type is None:
        from kg.errors import UsageError

        raise UsageError("say what it is", hint="Give --type, for example: --type person")
    chosen = settings(store=store)
    row = Row(label, kind_named(type), tuple(alias or ()), qid or "", within or "", source or "")
    with Project.open(chosen.store, create=True) as project:
        entity = add_row(project.folder, row, *chosen.kb)
    say(wrap(f"{paint(safe(entity.label), 'bold')} is {entity.key}, {kind_in(entity)}"))
    tell("The next kg build reads the articles again with it.")


def list_names(
    own: Annotated[bool, Option("--own", help="Only what the project folder itself knows.")] = False,
    type: TypeOption = None,
    store: StoreOption = None,
    kb: KbOption = None,
    format: RowFormat = None,
) -> None:
    """List the names that are known beforehand."""
    chosen = settings(store=store, kb=kb, format=format)
    found = _chosen(chosen.store, chosen.kb, own=own)
    if type is not None:
        from kg.kb_user import kind_in, kind_named

        wanted = kind_named(type)
        found = [entity for entity in found if kind_in(entity) == wanted]
    if row_layout(chosen.format, None) == "table":
        for entity in found:
            say(beside(paint(safe(entity.label), "bold"), entity.key))
            if entity.aliases:
                say(wrap(safe(", ".join(entity.aliases)), indent="  "))
        tell("" if found else "There is none.")
        return
    _write(found, chosen.format)


def _chosen(folder: Path, tables: tuple[Path, ...], *, own: bool) -> "list[Entity]":
    from kg.kb import KnowledgeBase
    from kg.kb_user import own_tables

    everything = KnowledgeBase.load(*tables, *own_tables(folder))
    if not own:
        return sorted(everything, key=lambda entity: entity.key)
    before = {entity.key: entity for entity in KnowledgeBase.load(*tables)}
    changed = (entity for entity in everything if before.get(entity.key) != entity)
    return sorted(changed, key=lambda entity: entity.key)


def _write(found: "Iterable[Entity]", layout: str) -> None:
    import pyoxigraph as ox

    from kg.graph.rows import Rows

    lines = (
        (e.key, e.label, e.type, e.qid, e.within, "|".join(e.aliases) if e.aliases else None) for e in found
    )
    cells = (tuple(None if cell is None else ox.Literal(cell) for cell in line) for line in lines)
    write_table(Rows(_COLUMNS, tuple(cells)), layout, None)


def import_names(
    file: Annotated[
        Path, Argument(metavar="FILE", help="A table, Turtle, or the JSON answer of a Wikidata query.")
    ],
    type: TypeOption = None,
    store: StoreOption = None,
) -> int:
    """Take over names from a file: .csv, .tsv, .ttl, .nt or .json.

    A table has a header with label, type, aliases (with | between them), qid, within, source; the first
    is needed. Turtle: rdfs:label, skos:altLabel, rdf:type, schema:sameAs. JSON: the answer of a SELECT
    with ?item, ?itemLabel, and where wanted ?itemAltLabel, ?type, ?office, ?country. --type is for
    things whose type the file does not tell.

    They are kept in kb/imported-NAME.tsv of the project folder, in the place of what was there. What
    cannot be used is named, the rest goes on, and the exit code is then 3.
    """
    from kg.kb import KnowledgeBase
    from kg.kb_import import import_file
    from kg.kb_user import kind_named, own_tables, write_rows
    from kg.project import Project

    chosen = settings(store=store)
    default = None if type is None else kind_named(type)
    with Project.open(chosen.store, create=True) as project:
        target = project.folder / "kb" / f"imported-{_UNFIT.sub('-', file.stem)}.tsv"
        others = (table for table in own_tables(project.folder) if table != target)
        found = import_file(file, KnowledgeBase.load(*chosen.kb, *others), kind=default)
        if not found.rows:
            _name_unused(found.unused)
            raise InputError(
                "has no name that can be used", where=str(file), hint="Each needs a label and a type."
            )
        write_rows(target, found.rows)
    _name_unused(found.unused)
    lost = sum(not each.kept for each in found.unused)
    say(f"{plural(len(found.rows), 'name')} in {target}" + (f", {lost} left out" if lost else ""))
    tell("The next kg build reads the articles again with them.")
    return InputError.exit_code if lost else 0


def _name_unused(unused: "tuple[Unused, ...]") -> None:
    for each in unused[:_SHOWN]:
        tell(wrap(f"{each.where}: {safe(each.what)}: {safe(each.why)}", indent="  ", first=""))
    if len(unused) > _SHOWN:
        tell(f"… and {len(unused) - _SHOWN} more.")
