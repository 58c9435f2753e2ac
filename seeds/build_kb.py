"""Build ``seeds/kb`` from the verified facts: ``python seeds/build_kb.py [FACTS] [--out DIR]``.

FACTS is a folder with ``entities.tsv``, ``offices.tsv``, ``metonyms.tsv`` and ``demonyms.tsv``. To
them come our own names and decisions in ``seeds/kb/own``. An id is only ever copied from FACTS.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path

from kb_rules import (
    AMBASSADOR,
    Curation,
    Row,
    english_aliases,
    fold,
    is_latin,
    office_label,
    role_of,
    surnames,
    wanted_office,
)

HERE = Path(__file__).parent
SNAPSHOT = "2026-11-21"
KIND = {
    "State": "state",
    "Place": "place",
    "Organization": "org",
    "ArmedGroup": "group",
    "NewsAgency": "agency",
    "Agreement": "agreement",
    "Process": "process",
    "Person": "person",
    "Office": "office",
}
CLASS = {
    "State": "dip:State",
    "Place": "dip:Place",
    "Organization": "dip:Organization",
    "ArmedGroup": "dip:Organization",
    "NewsAgency": "dip:Organization",
    "Agreement": "dip:Agreement",
    "Process": "dip:Process",
    "Person": "dip:Person",
    "Office": "dip:Office",
}
COLUMNS = {
    "entities": "key type label aliases names weak surnames qid within prominent status verified as_of source",
    "offices": "person office of role start end as_of note source",
    "metonyms": "surface actor place kind note source",
    "demonyms": "demonym state note source",
}


def read(path: Path) -> list[Row]:
    """Give the rows of a tab-separated file."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t") + [""] * 20, strict=False)) for line in lines]


def merge_own(rows: list[Row], own: list[Row]) -> list[Row]:
    """Add our own names: to the row that has the name already, else as a row without an id."""
    known: dict[tuple[str, str], Row] = {}
    for row in rows:
        for name in (row["label"], *row["aliases"].split("|")):
            if name:
                known.setdefault((row["type"], fold(name)), row)
    for extra in own:
        row = known.get((extra["type"], fold(extra["label"])))
        if row is None:
            row = {"qid": "", "verified": "0", "status": "", "country_qid": "", "aliases": "", **extra}
            rows.append(row)
        names = [
            row.get("aliases", ""),
            extra["aliases"],
            extra["label"] if extra["label"] != row["label"] else "",
        ]
        row["aliases"] = "|".join(n for n in names if n)
        row["own_aliases"] = extra["aliases"]
        row["own_within"] = extra["within"]
    return rows


def is_wanted(row: Row, held: set[str], decided: Curation) -> bool:
    """Tell whether a person is one for us: by office, by a second source, or by our decision."""
    return (
        row["verified"] != "1"
        or row["qid"] in held
        or row["description_short"] == "politician"
        or "own_within" in row
        or decided.has("prominent", row["label"])
    )


def pick(rows: list[Row], offices: list[Row], decided: Curation) -> list[Row]:
    """Leave out the persons who only ever were ambassadors or ministers long ago, and all offices."""
    held = {row["person_qid"] for row in offices}
    return [
        row
        for row in rows
        if row["type"] != "Office"
        and (row["type"] != "Person" or (is_wanted(row, held, decided) and is_latin(row["label"])))
    ]


def assign_keys(rows: list[Row]) -> None:
    """Give each row a stable key; of namesakes the better verified keeps the bare one."""
    by_slug: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_slug[f"{KIND[row['type']]}/{fold(row['label']).replace(' ', '-')}"].append(row)
    for slug, same in by_slug.items():
        same.sort(key=lambda r: (-int(r["verified"] or 0), len(r["qid"]) or 99, r["qid"]))
        for number, row in enumerate(same):
            row["key"] = slug if number == 0 else f"{slug}-{row['qid'].lower() or number + 1}"


def entity_row(row: Row, keys: dict[str, str], labels: dict[str, str], decided: Curation) -> Row:
    """Give a row of entities.tsv."""
    aliases, names = english_aliases(row, decided)
    state = (decided.get("within", row) or [row.get("own_within", "")])[0]
    within = labels.get(state, "") or keys.get(row["country_qid"], "")
    polity = row["status"] in {"dependency", "disputed"} and not re.search(
        "^(city|capital)", row.get("description_short", "")
    )
    return {
        "key": row["key"],
        "type": "dip:Polity" if polity else CLASS[row["type"]],
        "label": row["label"],
        "aliases": "|".join(aliases),
        "names": "|".join(names),
        "weak": "|".join(s for s in [row["label"], *aliases] if decided.has("weak", s)),
        "surnames": "|".join(surnames(row["label"], row["state"], decided))
        if row["type"] == "Person"
        else "",
        "qid": row["qid"],
        "within": "" if within == row["key"] else within,
        "prominent": "1" if row["type"] == "Person" and decided.has("prominent", row["label"]) else "",
        "status": row["status"],
        "verified": row["verified"],
        "as_of": SNAPSHOT,
        "source": row["source"] or "name only, no id",
    }


def build_offices(offices: list[Row], by_qid: dict[str, Row]) -> tuple[list[Row], list[Row]]:
    """Give the rows of offices.tsv and one entity row for each office in it."""
    held: list[Row] = []
    posts: dict[str, Row] = {}
    for row in offices:
        of = by_qid.get(row["of_qid"])
        label = office_label(row["office_label"], of)
        key = "office/" + fold(label).replace(" ", "-")
        post = posts.setdefault(
            key, {"key": key, "label": label, "type": "dip:Office", "qid": row["office_qid"]}
        )
        post["within"] = post.get("within") or (of["key"] if of else "")
        post["qid"] = post["qid"] or row["office_qid"]
        post |= {
            "as_of": max(row["as_of"], post.get("as_of", "")),
            "source": post.get("source") or row["source"],
        }
        person = by_qid[row["person_qid"]]["key"]
        held.append({**row, "person": person, "office": key, "of": post["within"]})
    return held, list(posts.values())


def write(path: Path, name: str, rows: list[Row]) -> None:
    """Write a table with its columns, sorted."""
    columns = COLUMNS[name].split()
    lines = sorted({"\t".join(row.get(c, "") for c in columns) for row in rows})
    path.write_text("\n".join(["\t".join(columns), *lines]) + "\n", encoding="utf-8")


def metonym_rows(facts: Path, by_qid: dict[str, Row], decided: Curation) -> list[Row]:
    """Give the seats that stand for a state or a body."""
    rows = []
    for row in read(facts / "metonyms.tsv"):
        actor, place = by_qid.get(row["means_qid"]), by_qid.get(row["place_qid"])
        if actor is not None and actor is not place and not decided.has("no-seat", row["surface"]):
            key = place["key"] if place is not None else ""
            rows.append({**row, "actor": actor["key"], "place": key, "source": "shared facts, see README"})
    return rows


def seats_without_place(facts: Path) -> list[Row]:
    """Give the residences and ministries that stand for a state and are no place of the facts."""
    names = {fold(n) for r in read(facts / "entities.tsv") for n in (r["label"], *r["aliases"].split("|"))}
    return [
        {
            "qid": "",
            "type": "Place",
            "label": row["surface"],
            "aliases": "",
            "country_qid": row["means_qid"] if row["kind"] != "headquarters" else "",
            "description_short": row["kind"],
            "source": "name only, no id",
            "verified": "0",
            "status": "",
        }
        for row in read(facts / "metonyms.tsv")
        if row["place_qid"] == "" and fold(row["surface"]) not in names and fold(row["surface"]) != "holy see"
    ]


def demonym_rows(facts: Path, by_qid: dict[str, Row], labels: dict[str, str], decided: Curation) -> list[Row]:
    """Give the words for people and things of a state; a state beats its dependencies."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in read(facts / "demonyms.tsv"):
        if row["state_qid"] in by_qid and fold(row["demonym"]) not in labels:
            found[row["demonym"]].append(
                by_qid[row["state_qid"]] | {"note": row["note"], "seen": row["source"]}
            )
    rows = []
    for word, owners in found.items():
        states = [o for o in owners if o["status"].startswith("un_")]
        rows += [
            {"demonym": word, "state": o["key"], "note": o["note"], "source": o["seen"]}
            for o in states or owners
        ]
    seen = {(r["demonym"], r["state"]) for r in rows}
    for word, target in decided.rules["demonym"].items():
        if (word, labels[target[0]]) in seen:
            continue
        rows.append({"demonym": word, "state": labels[target[0]], "source": "own"})
    return rows


def build(facts: Path, out: Path) -> Counter[str]:
    """Write all tables; give the number of entities by kind."""
    decided = Curation(read(HERE / "kb/own/curation.tsv"))
    everything = read(facts / "entities.tsv") + seats_without_place(facts)
    polities = {"republic"} | {
        fold(n)
        for r in everything
        if r["type"] == "State" or r["status"]
        for n in [r["label"], *r["aliases"].split("|")]
    }
    offices = [r | {"role": role_of(r["office_label"], polities)} for r in read(facts / "offices.tsv")]
    offices = [
        r
        for r in offices
        if wanted_office(r, r["role"]) and not (AMBASSADOR.search(r["office_label"]) and not r["role"])
    ]
    rows = pick(merge_own(everything, read(HERE / "kb/own/entities.tsv")), offices, decided)
    for row in rows:
        row["label"] = (decided.rules["label"].get(row["qid"]) or [row["label"]])[0]
    assign_keys(rows)
    by_qid = {r["qid"]: r for r in rows if r["qid"]}
    ranked = sorted(rows, key=lambda r: (list(KIND).index(r["type"]), r["key"]), reverse=True)
    labels = {r["label"]: r["key"] for r in ranked}
    names = {r["key"]: r["label"] for r in rows}
    for row in rows:
        row["surfaces"] = row["label"] + "|" + row["aliases"]
        within = (decided.get("within", row) or [row.get("own_within", "")])[0]
        row["state"] = within or by_qid.get(row["country_qid"], {}).get("label", "")
    keys = {q: r["key"] for q, r in by_qid.items()}
    held, posts = build_offices([r for r in offices if r["person_qid"] in by_qid], by_qid)
    entities = [entity_row(r, keys, labels, decided) for r in rows]
    assert len(names) == len(rows), "keys must be unique"
    write(out / "entities.tsv", "entities", entities + posts)
    write(out / "offices.tsv", "offices", held)
    write(out / "metonyms.tsv", "metonyms", metonym_rows(facts, by_qid, decided))
    write(
        out / "demonyms.tsv",
        "demonyms",
        demonym_rows(
            facts,
            by_qid,
            {
                **{
                    fold(n): ""
                    for r in entities
                    for n in [r["label"], *r["aliases"].split("|")]
                    if r["type"] in {"dip:State", "dip:Polity"}
                },
                **labels,
            },
            decided,
        ),
    )
    (out / "VERSION").write_text(SNAPSHOT + "\n", encoding="utf-8")
    return Counter(r["key"].split("/")[0] for r in entities + posts)


def main() -> None:
    """Build from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", nargs="?", type=Path, default=HERE.parent / "../shared/kb")
    parser.add_argument("--out", type=Path, default=HERE / "kb")
    options = parser.parse_args()
    for kind, number in sorted(build(options.facts, options.out).items()):
        print(f"{number:6} {kind}")


if __name__ == "__main__":
    main()
