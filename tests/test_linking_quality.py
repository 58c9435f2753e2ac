"""The linker against mentions that were marked by hand: figures never fall below the pinned floors.

PYTHONPATH=tests .venv/bin/python tests/test_linking_quality.py      prints figures and differences
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from typing import Any

from linking_score import GOLD, Tally, digest, items, kept, score, table, traps

BLIND, TRAPS, FRESH = "mentions-blind.jsonl", "mentions-traps.jsonl", "mentions-traps-fresh.jsonl"
LATER = "mentions-traps-later.jsonl"
FLOORS = json.loads((GOLD / "link-floors.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def tally() -> Tally:
    return score(items(BLIND))


def test_the_floors_are_those_of_the_marks_as_they_are() -> None:
    assert {name: digest(name) for name in (BLIND, TRAPS, FRESH, LATER)} == FLOORS["sha256"]


def test_links_are_right_and_found_and_unknowns_stay_unknown() -> None:
    figures = tally().figures()
    assert set(figures) == set(FLOORS["floors"])
    below = {name: value for name, value in figures.items() if value < FLOORS["floors"][name]}
    assert below == {}, "\n".join((table(tally().confusion), *tally().wrong))
    assert len(items(BLIND)) >= 40
    assert tally().counts["gold"] + tally().counts["nil"] >= 1200
    assert tally().counts["seat"] >= 150


def test_ordinary_news_makes_few_false_links() -> None:
    shares, wrong = traps(items(TRAPS))
    assert len(items(TRAPS)) >= 200
    assert {name: share for name, share in shares.items() if share > FLOORS["traps"][name]} == {}, wrong


def fresh(*groups: str) -> list[dict[str, Any]]:
    """Give the sentences of the fresh set whose ids begin with a group."""
    return [item for item in items(FRESH) if item["id"].startswith(groups)]


def test_fresh_traps_stay_mended_and_plain_news_is_linked() -> None:
    first, second, plain = (fresh(group) for group in ("fresh-", "second-", "plain-"))
    assert [len(first), len(second), len(plain)] == FLOORS["fresh"]["sentences"]
    for name, marked in (("first", first), ("second", second)):
        shares, wrong = traps(marked)
        assert shares["all"] <= FLOORS["fresh"][name], wrong
    found = kept(plain)
    assert found["kept"] >= FLOORS["fresh"]["kept"]
    assert found["false"] <= FLOORS["fresh"]["false"]


def test_traps_written_blind_stay_mended_and_plain_news_is_linked() -> None:
    marked = items(LATER)
    groups = {
        name: [i for i in marked if i["id"].startswith(name)] for name in ("third-", "fourth-", "plain-")
    }
    assert {name: len(found) for name, found in groups.items()} == FLOORS["later"]["sentences"]
    for name in ("third-", "fourth-"):
        shares, wrong = traps(groups[name])
        assert shares["all"] <= FLOORS["later"][name], wrong
    found = kept(groups["plain-"])
    assert found["kept"] >= FLOORS["later"]["kept"]
    assert found["false"] <= FLOORS["later"]["false"]


def test_a_forbidden_link_counts_as_false() -> None:
    """A trap that forbids what is rightly linked is counted, and so is a mark of another key."""
    plain = fresh("plain-")[:5]
    spoiled = [dict(i, **{"class": "name"}, forbidden=[dict(m, **{"not": m["key"]}) for m in i["fine"]]) for i in plain]  # fmt: skip
    assert traps(spoiled)[0]["name"] == 1.0
    other = [dict(i, fine=[dict(m, key="x/wrong") for m in i["fine"]]) for i in plain]
    assert kept(other) == {"kept": 0.0, "false": 1.0}


def test_a_wrong_link_lowers_the_figures() -> None:
    """Marks that say something else than the linker count against it."""
    marked = [dict(item, mentions=[dict(m, key="x/wrong", also="", other="") if m.get("key") else m for m in item["mentions"]]) for item in items(BLIND)[:2]]  # fmt: skip
    spoiled = score(marked)
    assert spoiled.counts["made"] > 20
    assert spoiled.figures()["precision"] == 0.0
    assert spoiled.figures()["recall"] == 0.0
    assert len(spoiled.wrong) >= spoiled.counts["made"]


def main() -> None:
    """Print the figures, the confusion of classes, and what is wrong."""
    shares, wrong = traps(items(TRAPS))
    lines = (
        str(tally().figures()),
        str(dict(tally().counts)),
        str(shares),
        table(tally().confusion),
        table(tally().decisions),
        *tally().wrong,
        *wrong,
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
