"""The interactive graph page: one HTML file that asks nobody for anything."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import DataError
from kg.graph.layout import Box, place
from kg.graph.page_data import page_data
from kg.graph.page_style import load_style
from kg.graph.page_triples import read_triples
from kg.graph.page_views import lead_to, ties

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyoxigraph import Store

    from kg.graph.page_changes import Changes
    from kg.graph.page_views import Json

_FOLDER = Path(__file__).with_name("page")
_IMPORT = re.compile(r'^import (?:\{(?P<names>[^}]*)\} from )?"\./(?P<module>[a-z]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?P<kind>(?:async )?(?:function|const|class) )(?P<name>\w+)", re.MULTILINE)
_LIST = re.compile(r"^export \{(?P<names>[^}]*)\};\n", re.MULTILINE)
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "edges": {"smooth": False},
    "nodes": {"borderWidth": 1.5},
    "interaction": {"hover": True, "keyboard": False, "multiselect": False, "tooltipDelay": 200},
}


def render(store: Store, *, title: str, pages: Callable[[str], str | None] | None = None) -> str:
    """Give the page for everything in the store (ontology, claims and view), as text to write as UTF-8.

    Where the page is part of a site, ``pages`` gives the path of the site's page about an IRI, None for none.
    """
    data = page_data(read_triples(store), load_style())
    if pages is not None:
        lead_to(data, pages)
    return _page(data, title)


def render_changes(changes: Changes, *, title: str) -> str:
    """Give the page of what has changed between two graphs."""
    return _page(page_data(read_triples(changes.store), load_style(), changes), title)


def _page(data: Json, title: str) -> str:
    _place(data)
    network = _network(data, title)
    html: str = network.generate_html()
    return html


def _place(data: Json) -> None:
    """Add to each node where it stands in the Full view and, for actors, in the Actors view."""
    nodes = data["nodes"]
    pairs = [(fact["s"], fact["o"]) for fact in data["facts"] if fact["o"] is not None]
    _add(nodes, "xy", list(range(len(nodes))), pairs)
    actors = [i for i, node in enumerate(nodes) if node["role"] == "actor"]
    index = {node: i for i, node in enumerate(actors)}
    _add(nodes, "axy", actors, [(index[a], index[b]) for a, b in ties(data)])


def _add(nodes: list[Json], name: str, chosen: list[int], edges: Sequence[tuple[int, int]]) -> None:
    boxes = [_box(nodes[i]["label"]) for i in chosen]
    for i, spot in zip(chosen, place(boxes, edges), strict=True):
        nodes[i][name] = spot


def _box(label: str) -> Box:
    """Estimate the room of a node: its label is wrapped at about 22 letters of 7 pixels below it."""
    return Box(width=20 + 3.4 * min(len(label), 22), height=34 + 8 * (len(label) // 22))


def _network(data: Json, title: str) -> Any:
    """Build the pyvis network, which carries the nodes and lines into our own template."""
    from jinja2 import Environment, FileSystemLoader  # noqa: PLC0415  (comes with pyvis)
    from pyvis.edge import Edge  # noqa: PLC0415
    from pyvis.network import Network  # noqa: PLC0415  (pulls in IPython)

    network = Network(directed=True, cdn_resources="in_line", heading=title)
    shapes = {kind["id"]: kind for kind in data["kinds"]}
    for i, node in enumerate(data["nodes"]):
        kind = shapes.get(node["kind"], {"shape": "dot", "color": "#8A8F98"})
        x, y = node["xy"]
        network.add_node(f"n{i}", label=node["label"], shape=kind["shape"], color=kind["color"], x=x, y=y)
    for i, fact in enumerate(data["facts"]):
        if fact["o"] is not None:
            # Not add_edge, which looks through all nodes twice for each line.
            edge = Edge(f"n{fact['s']}", f"n{fact['o']}", True, id=f"f{i}")  # noqa: FBT003
            network.edges.append(edge.options)
    network.options = _OPTIONS
    style, script = (_FOLDER / "style.css").read_text("utf-8"), bundle(_FOLDER, "main")
    engine = vis_script()
    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, keep_trailing_newline=True)
    environment.filters["json"] = script_json
    environment.globals.update(
        title=title,
        data=data,
        style=_trusted(style),
        script=_trusted(script),
        engine=_trusted(engine),
        policy=policy(scripts=[engine, script], styles=[style]),
    )
    network.templateEnv, network.path = environment, "template.html.j2"
    return network


def _trusted(text: str) -> Any:
    """Mark our own script or style as not to be escaped; refuses what would end its element."""
    from markupsafe import Markup  # noqa: PLC0415

    if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise DataError("a page source would end its own element", where=str(_FOLDER))
    return Markup(text)  # noqa: S704  (only files of this package and of pyvis come here)


def script_json(value: Any) -> Any:
    """Write JSON that no HTML parser can take for markup."""
    from markupsafe import Markup  # noqa: PLC0415

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  (every sign that means something to HTML is escaped above)


def policy(*, scripts: Sequence[str], styles: Sequence[str]) -> str:
    """Give the content security policy: nothing but these very scripts and styles."""

    def hashes(texts: Sequence[str]) -> str:
        return " ".join(
            f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'" for text in texts
        )

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; "
        "base-uri 'none'; form-action 'none'"
    )


def vis_script() -> str:
    """Give the drawing library as pyvis ships it, without the pointer to a map that would be asked for."""
    import pyvis  # noqa: PLC0415

    found = sorted(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    if not found:
        raise DataError("pyvis came without vis-network.min.js", hint="Install pyvis 0.3.2 anew.")
    return re.sub(r"\n//# sourceMappingURL=.*", "", found[-1].read_text("utf-8"))


def bundle(folder: Path, entry: str) -> str:
    """Join ES modules into one script: each once, after all that it imports, in a scope of its own."""
    done: dict[str, str] = {}

    def add(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            raise DataError(f"modules import each other: {' > '.join((*trail, name))}", where=str(folder))
        if name not in done:
            source = (folder / f"{name}.js").read_text("utf-8")
            for match in _IMPORT.finditer(source):
                add(match["module"], (*trail, name))
            done[name] = _scope(name, source)

    add(entry, ())
    return '(() => {\n"use strict";\n' + "\n".join(done.values()) + "})();\n"


def _scope(name: str, source: str) -> str:
    """Turn one ES module into a function that returns what the module exports."""
    names = [match["name"] for match in _EXPORT.finditer(source)]
    names += [part.strip() for match in _LIST.finditer(source) for part in match["names"].split(",")]
    body = _LIST.sub("", _EXPORT.sub(r"\g<kind>\g<name>", _IMPORT.sub(_taken, source)))
    return f"const ${name} = (() => {{\n{body.strip()}\nreturn {{ {', '.join(names)} }};\n}})();\n"


def _taken(match: re.Match[str]) -> str:
    names = match["names"]
    return f"const {{{names.replace(' as ', ': ')}}} = ${match['module']};\n" if names is not None else ""
