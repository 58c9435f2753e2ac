"""What the views of the graph page are made of: who has a part in what, the legend, the view to begin with."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph.page_changes import Changes
    from kg.graph.page_style import Status, Style
    from kg.graph.page_triples import Triples

Json = dict[str, Any]

WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""What the id of a thing begins with where it is the whole IRI, not the part after the base."""


def start(data: Json) -> str:
    """Choose the view to begin with: the actors, unless nothing ties them and there are lines to draw."""
    lines = any(row["o"] is not None for row in data["facts"])
    return "full" if lines and not ties(data) else "actors"


def hubs_of(nodes: list[Json], rows: list[Json], style: Style) -> list[Json]:
    """Say for each hub which actors have a part in it, and by which chains of facts."""
    parts: dict[int, dict[int, list[list[int]]]] = defaultdict(lambda: defaultdict(list))
    folded: dict[int, list[tuple[int, int]]] = defaultdict(list)
    sent: list[tuple[int, int, int]] = []
    for i, row in enumerate(rows):
        relation = style.relations.get(row["p"])
        if relation is None or row["o"] is None:
            continue
        for one, other in ((row["s"], row["o"]), (row["o"], row["s"])):
            roles = nodes[one]["role"], nodes[other]["role"]
            if relation.tie and roles == ("hub", "actor"):
                parts[one][other].append([i])
            elif relation.tie and roles == ("hub", "fold"):
                sent.append((one, other, i))
            elif relation.fold and roles == ("fold", "actor"):
                folded[one].append((other, i))
    for hub, fold, i in sent:
        for actor, j in folded[fold]:
            parts[hub][actor].append([j, i])
    return [
        {"hub": hub, "parts": [[actor, chains] for actor, chains in sorted(actors.items())]}
        for hub, actors in sorted(parts.items())
    ]


def ties(data: Json) -> list[tuple[int, int]]:
    """Give all pairs of actors that share a hub or a fact: the edges of the Actors view."""
    pairs = {
        (one, other)
        for hub in data["hubs"]
        for i, (one, _) in enumerate(hub["parts"])
        for other, _ in hub["parts"][i + 1 :]
    }
    for row in data["facts"]:
        ends = row["s"], row["o"]
        if row["o"] is not None and all(data["nodes"][end]["role"] == "actor" for end in ends):
            pairs.add((min(ends), max(ends)))
    return sorted(pairs)


def legend(triples: Triples, style: Style, nodes: list[Json], rows: list[Json]) -> Json:
    """Give the tables that the legend is made of: only what occurs."""
    kinds = {node["kind"] for node in nodes}
    used = {row["p"] for row in rows}
    order = [*(iri for iri in style.relations if iri in used), *sorted(used - set(style.relations))]
    return {
        "kinds": [
            {
                "id": kind.iri,
                "label": kind.plural or triples.label(kind.iri),
                "shape": kind.shape,
                "color": kind.color,
                "dark": kind.dark,
            }
            for kind in style.kinds.values()
            if kind.iri in kinds
        ],
        "relations": [{"id": iri, "label": _relation_label(triples, style, iri)} for iri in order],
        "statuses": [told(status) for status in style.statuses.values()],
    }


def told(status: Status) -> Json:
    """Give one way in which facts are told, or have changed, for the legend."""
    return {
        "id": status.name,
        "label": status.label,
        "means": status.means,
        "sign": status.sign,
        "dash": list(status.dash),
        "color": status.color,
        "dark": status.dark,
        "rank": status.rank,
    }


def _relation_label(triples: Triples, style: Style, iri: str) -> str:
    return style.relations[iri].verb if iri in style.relations else triples.label(iri)


def lead_to(data: Json, pages: Callable[[str], str | None]) -> None:
    """Add where the site that the page is part of begins, and which page it has for each thing, article and claim."""
    data["home"] = "/"
    claims = [claim for row in data["facts"] for claim in row["claims"]]
    for each in (*data["nodes"], *data["docs"], *claims):
        iri = each["id"] if WHOLE.match(each["id"]) else data["base"] + each["id"]
        if (page := pages(iri)) is not None:
            each["page"] = page


def marked(data: Json, values: list[str], changes: Changes, style: Style) -> Json:
    """Mark facts and things by what has changed; give the legend of changes, and what is compared."""
    order = list(style.changes)
    left = dict(changes.facts)
    for row, value in zip(data["facts"], values, strict=True):
        subject = data["nodes"][row["s"]]["iri"]
        keys = [(subject, row["p"], value), *([(value, row["p"], subject)] if row["symmetric"] else [])]
        found = sorted(
            (change for key in keys for change in changes.facts.get(key, ())),
            key=lambda one: order.index(one.kind),
        )
        row["change"] = found[0].kind if found else "same"
        row["changes"] = [[change.kind, change.words] for change in found]
        for key in keys:
            left.pop(key, None)
    for node in data["nodes"]:
        own = [change for key, found in left.items() if key[0] == node["iri"] for change in found]
        node["changes"] = [
            *changes.things.get(node["iri"], ()),
            *(f"{one.kind} {one.words}".strip() for one in own),
        ]
    return {
        "changes": [told(status) for status in style.changes.values()],
        "compared": changes.compared,
        "articles": {name: len(ids) for name, ids in changes.articles.items()},
    }
