"""What the tests of the site share: a project folder of nothing but attacks, and a look over a page."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyoxigraph as ox
from lxml import html

from kg.model import Article, Entity, Key, Link, Mention, Reading, Span, Term
from kg.project import Project
from tests.browser import graphs

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

ROOT = graphs.ROOT
ATTACKS = (
    *graphs.ATTACKS,
    "\u202egnp.exe\u202c <b onmouseover=window.hit=8>",
    "\u0645\u0633\u0642\u0637 & <i>",
)
BASE = "https://example.org/id/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"


def hostile_project(folder: Path) -> Path:
    """Make a project in which every text that a page can show is an attack."""
    store = graphs.hostile()
    with Project.open(folder, create=True) as project:
        for i, attack in enumerate(ATTACKS):
            text = f"{attack} and {attack}\n\nmore {attack}"
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            _add(store, i, attack, sha256)
            project.add(_reading(i, attack, text, sha256))
        project.rebuild(quad.triple for quad in store)
    return folder


def _add(store: ox.Store, i: int, attack: str, sha256: str) -> None:
    """Say in the graph what makes the pages long: offsets, hashes, contradictions, delegations, places."""
    values = {"title": attack, "publisher": attack, "issued": attack, "contentHash": sha256}
    document = graphs.add(store, f"doc/{i}", "Document", **values)
    passage = graphs.add(store, f"passage/{i}", "Passage", quote=attack)
    for name, offset in (("beginIndex", 0), ("endIndex", len(attack))):
        store.add(ox.Quad(passage, ox.NamedNode(NIF + name), ox.Literal(offset)))
    person = graphs.add(store, f"person/{i}", "Person", label=f"P{i} {attack}", alias=attack)
    place = graphs.add(store, f"place/{i}", "Place", label=attack)
    talks = graphs.add(store, f"talks/{i}", "Talks", label=f"T{i} {attack}", location=_iri(place))
    team = graphs.add(store, f"delegation/{i}", "Delegation", label=attack, participatesIn=_iri(talks))
    link = ox.NamedNode(graphs.DIP + "leads")
    store.add(ox.Quad(person, link, team))
    said = {"reportedIn": _iri(document), "evidence": _iri(passage), "attributedTo": _iri(person)}
    other = f"<iri>{BASE}claim/leads{(i + 1) % len(ATTACKS)}"
    graphs.claim(store, f"leads{i}", (person, "leads", team), contradicts=other, **said)
    graphs.claim(store, f"content{i}", (talks, "content", attack), derivedFrom=other, **said)


def _iri(node: ox.NamedNode) -> str:
    return f"<iri>{node.value}"


def _reading(i: int, attack: str, text: str, sha256: str) -> Reading:
    entity = Entity(Key(f"person/{i}"), Term("dip:Person"), attack)
    nobody = Entity(Key(f"person/nobody-{i}"), Term("dip:Person"), f"N{i} {attack}")
    first = Mention(Span(0, len(attack)), attack, Term("dip:Person"), Span(0, 1))
    second = Mention(Span(len(attack) + 5, 2 * len(attack) + 5), attack, Term("dip:Person"), Span(2, 3))
    links = (Link(first, entity, 1.0, "said so"), Link(second, nobody, 1.0, "said so"))
    return Reading(Article(f"a{i}", text, title=attack, sha256=sha256), (entity, nobody), links, ())


def faults(page: HtmlElement) -> list[str]:
    """List what could run or lead astray: foreign scripts and sources, handlers, inline styles, odd links."""
    found = []
    for element in page.iter("*"):
        for name, value in element.attrib.items():
            safe = value.startswith(("/", "#")) and not value.startswith("//")
            web = element.tag == "a" and value.startswith(("https://", "http://"))
            icon = element.tag == "link" and value == "data:,"
            if name in {"href", "src", "action"} and not (safe or web or icon):
                found.append(f"{element.tag} {name}={value}")
            if name.startswith("on") or name in {"style", "srcdoc"}:
                found.append(f"{element.tag} {name}={value}")
        if element.tag in {"style", "iframe", "object", "embed", "base", "img", "i", "b"}:
            found.append(str(element.tag))
        if element.tag == "script" and (element.text or not element.get("src", "").startswith("/static/")):
            found.append(f"script {element.text}")
    return found


def parsed(text: str) -> HtmlElement:
    """Parse a page as a browser does."""
    return html.document_fromstring(text)


def inner_links(page: HtmlElement) -> set[str]:
    """List the addresses of this site that a page leads to."""
    links = page.xpath("//a/@href | //link/@href")
    return {link.partition("#")[0] for link in links if link.startswith("/")} - {""}
