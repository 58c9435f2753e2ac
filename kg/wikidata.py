"""The questions to an endpoint of Wikidata's shape, and what its answers say of each thing.

P17 country, P27 citizenship, P37 official language, P39 position held, P424 code of a language,
P580 start, P582 end, P1001 jurisdiction, P1448, P1559 and P1705 names in the native language.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.remote import Row

ENDPOINT = "https://query.wikidata.org/sparql"

_PREFIXES = """\
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
"""

_IDS = """\
SELECT DISTINCT ?asked ?item ?country ?snapshot WHERE {
  VALUES ?asked { %s }
  OPTIONAL { ?asked owl:sameAs ?to }
  BIND(COALESCE(?to, ?asked) AS ?item)
  OPTIONAL { ?item wdt:P17|wdt:P27 ?country }
  OPTIONAL { <http://www.wikidata.org> schema:dateModified ?snapshot }
}
"""

# Each branch has its own VALUES: an engine that takes the branches one by one would read all of Wikidata.
_NAMES = """\
SELECT DISTINCT ?item ?kind ?name WHERE {
  { VALUES ?item { %(ids)s } ?item rdfs:label ?name .
    FILTER(LANG(?name) IN ("en", "mul")) BIND("label" AS ?kind) }
  UNION
  { VALUES ?item { %(ids)s } ?item skos:altLabel ?name .
    FILTER(LANG(?name) IN ("en", "mul")) BIND("alias" AS ?kind) }
  UNION
  { VALUES ?item { %(ids)s } ?item wdt:P1559|wdt:P1705|wdt:P1448 ?name . BIND("native" AS ?kind) }
  UNION
  { VALUES ?item { %(ids)s } ?item wdt:P37 ?language .
    ?language wdt:P424 ?code . ?item rdfs:label ?name .
    FILTER(LANG(?name) = ?code) BIND("native" AS ?kind) }
  UNION
  { VALUES ?item { %(ids)s } ?item wdt:P17|wdt:P27 ?home . ?home wdt:P37 ?language .
    ?language wdt:P424 ?code . ?item rdfs:label ?name .
    FILTER(LANG(?name) = ?code) BIND("native" AS ?kind) }
}
"""

# ?ended without ?end is an end that is not known, which is not an office still held.
_OFFICES = """\
SELECT DISTINCT ?item ?office ?label ?of ?start ?startPrecision ?ended ?end ?endPrecision WHERE {
  VALUES ?item { %s }
  ?item p:P39 ?held .
  ?held ps:P39 ?office ; wikibase:rank ?rank .
  FILTER(?rank != wikibase:DeprecatedRank)
  ?office rdfs:label ?label .
  FILTER(LANG(?label) = "en")
  OPTIONAL { ?office wdt:P1001 ?of }
  OPTIONAL { ?held pqv:P580 ?from . ?from wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision }
  OPTIONAL { ?held pq:P582 ?ended }
  OPTIONAL { ?held pqv:P582 ?to . ?to wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision }
}
"""

_ID = re.compile(r"/(Q[1-9][0-9]*)$")
_LENGTHS = {9: 4, 10: 7, 11: 10}
"""How much of ``2024-05-14`` holds, by Wikidata's number for the precision of a time."""


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """An office somebody held: ISO dates as precise as known, None where open."""

    office: str
    label: str
    of: tuple[str, ...]
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """What an endpoint says of the thing it was asked for by one id; ``qid`` is the id it has now."""

    asked: str
    qid: str
    day: str
    countries: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """English label first, then English aliases, then native names; sorted within each."""
    held: tuple[Held, ...] = ()


def ids_query(qids: Iterable[str]) -> str:
    """Ask what the things are called now, where they belong, and how old the data is."""
    return _PREFIXES + _IDS % _values(qids)


def names_query(qids: Iterable[str]) -> str:
    """Ask for labels and other names, in English and in the languages of the country."""
    return _PREFIXES + _NAMES % {"ids": _values(qids)}


def offices_query(qids: Iterable[str]) -> str:
    """Ask for offices with their dates and jurisdictions."""
    return _PREFIXES + _OFFICES % _values(qids)


def _values(qids: Iterable[str]) -> str:
    return " ".join(f"wd:{qid}" for qid in qids)


def current_ids(rows: Iterable[Row]) -> dict[str, str]:
    """Give, for each id that was asked for, the id the thing has now."""
    found: dict[str, str] = {}
    for asked, item in sorted((_qid(row, "asked"), _qid(row, "item")) for row in rows):
        if asked is not None and item is not None:
            found.setdefault(asked, item)
    return found


def snapshot_day(rows: Iterable[Row]) -> str | None:
    """Give the day the data is of, where the endpoint says so."""
    days = {row["snapshot"][:10] for row in rows if "snapshot" in row}
    return min(days, default=None)


def read_items(
    ids: Sequence[Row], names: Sequence[Row], offices: Sequence[Row], day: str
) -> tuple[Item, ...]:
    """Put the answers of one batch together, by the id that was asked for."""
    countries = _several(ids, "country")
    called, held = _names(names), _offices(offices)
    return tuple(
        Item(asked, qid, day, countries.get(qid, ()), called.get(qid, ()), held.get(qid, ()))
        for asked, qid in sorted(current_ids(ids).items())
    )


def _qid(row: Row, name: str) -> str | None:
    found = _ID.search(row.get(name, ""))
    return found[1] if found is not None else None


def _several(rows: Iterable[Row], name: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        item, value = _qid(row, "item"), _qid(row, name)
        if item is not None and value is not None:
            found[item].add(value)
    return {item: tuple(sorted(values)) for item, values in found.items()}


def _names(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    order = ("label", "alias", "native")
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for row in rows:
        item = _qid(row, "item")
        if item is not None and row.get("kind") in order and "name" in row:
            found[item].add((order.index(row["kind"]), row["name"]))
    return {item: tuple(dict.fromkeys(name for _, name in sorted(same))) for item, same in found.items()}


def _offices(rows: Iterable[Row]) -> dict[str, tuple[Held, ...]]:
    """Give the offices whose dates say when they were held; an undated one would count as held for ever."""
    found: dict[tuple[str, Held], set[str]] = defaultdict(set)
    for row in rows:
        item, office = _qid(row, "item"), _qid(row, "office")
        start, end = _date(row, "start"), _date(row, "end")
        open_end = "ended" not in row and "end" not in row
        if item is None or office is None or not (end is not None or (start is not None and open_end)):
            continue
        of = _qid(row, "of")
        found[item, Held(office, row.get("label", ""), (), start, end)] |= {of} if of is not None else set()
    held: dict[str, list[Held]] = defaultdict(list)
    for (item, each), of_all in found.items():
        held[item].append(Held(each.office, each.label, tuple(sorted(of_all)), each.start, each.end))
    return {item: tuple(sorted(same, key=_order)) for item, same in held.items()}


def _order(held: Held) -> tuple[str, str, str]:
    return held.office, held.start or "", held.end or ""


def _date(row: Row, name: str) -> str | None:
    length = _LENGTHS.get(int(row.get(f"{name}Precision", "0") or 0))
    text = row.get(name, "")
    return text[:length] if length is not None and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
