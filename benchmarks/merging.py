"""What comes after reading: seconds, memory and quality of assembling, merging and storing, by corpus size.

Usage: python benchmarks/merging.py [--sizes 1000,10000] [--merging 100000] [--sample 200]

Each size is measured in a process of its own, on readings with a known truth (``benchmarks/generator.py``):

- *assemble*: CPU seconds from readings to claims, events and view (merging is part of it); *merge* is that alone;
- *write*: CPU seconds of making all triples, in order, and of loading them into a store on disk;
- *memory*: the most that the process held, in MB, and what of it came with the readings alone;
- *B-cubed*: precision and recall of the events against the truth, over all reports;
- *blocking*: of the pairs of reports that the rules take for one event when every pair is compared, the share
  that the blocks propose; every pair of ``--sample`` reports with all others. The goal is 0.99 or more.

With ten times the readings, no more than eleven times the time is the goal.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.generator import generate
from kg.graph.assemble import assemble
from kg.graph.claims import facts_of, source_of
from kg.graph.clusters import Clusters
from kg.graph.heard import actors_named
from kg.graph.kindred import agreement, articles_of, on_one_matter
from kg.graph.loose import loose_blocks, same_loose
from kg.graph.merge import dated_blocks, merge
from kg.graph.nearby import kindred_blocks
from kg.graph.nodes import choose_entities, states_of
from kg.graph.profile import MEETING, VOTE, tell
from kg.graph.sameness import Rules, same_dated
from kg.graph.store import EmbeddedStore, ontology_triples
from kg.vocab import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.graph.profile import Member, Profile
    from kg.model import Reading

    Truth = dict[Member, int]


def main() -> None:
    """Measure each size in a process of its own, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000", help="how many readings, one table row each")
    parser.add_argument("--merging", default="", help="sizes at which merging alone is measured as well")
    parser.add_argument("--sample", type=int, default=200, help="reports that are compared with every other")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        work, _, count = chosen.one.partition(" ")
        print(json.dumps({"whole": whole, "merging": merging}[work](int(count), chosen.sample)))
        return
    wanted = [("whole", size) for size in chosen.sizes.split(",") if size]
    wanted += [("merging", size) for size in chosen.merging.split(",") if size]
    for work, size in wanted:
        command = [sys.executable, __file__, "--sample", str(chosen.sample), "--one", f"{work} {size}"]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(
            f"{int(size):>9,} readings, {work}: "
            + ", ".join(f"{name} {told}" for name, told in found.items())
        )


def whole(count: int, _: int) -> dict[str, Any]:
    """Measure all that a build does with readings."""
    truth: Truth = {}
    first = cpu()

    def readings() -> Iterable[Reading]:
        for told in generate(count):
            sha = told.reading.article.sha256
            truth.update({(sha, key): number for key, number in told.truth.items()})
            yield told.reading

    for _told in readings():
        pass
    made = cpu() - first
    before, started = peak(), cpu()
    content = assemble(readings(), vocabulary=Vocabulary.load(), kb_version="none")
    assembled = cpu() - started - made  # the readings are made while they are taken in
    events = [event.members for event in content.events]
    claims, started = len(content.claims), cpu()
    with tempfile.TemporaryDirectory() as folder, EmbeddedStore(Path(folder) / "store") as store:
        store.refill(content.statements, ontology_triples())
        written = cpu() - started
        triples = len(store)
    precision, recall = bcubed(events, truth)
    return {
        "triples": triples,
        "claims": claims,
        "assemble": f"{assembled:.1f} s",
        "write": f"{written:.1f} s",
        "each": f"{1000 * (assembled + written) / count:.2f} ms",
        "memory": f"{peak():.0f} MB",
        "KB each": f"{1024 * (peak() - before) / count:.1f}",
        "B-cubed": f"{precision:.3f} {recall:.3f}",
    }


def merging(count: int, sample: int) -> dict[str, Any]:
    """Measure merging alone, and whether the blocks miss anything."""
    vocabulary = Vocabulary.load()
    truth, profiles, rules = prepared(count, vocabulary)
    before, started = peak(), cpu()
    clusters = merge(profiles, (), rules)
    merged = cpu() - started
    precision, recall = bcubed([members for members, _ in clusters.result()], truth)
    found = {
        "reports": len(profiles),
        "merge": f"{merged:.1f} s",
        "memory": f"{peak():.0f} MB, of it {peak() - before:.0f} for merging",
        "B-cubed": f"{precision:.3f} {recall:.3f}",
    }
    if sample:
        found["blocking"] = blocking(profiles, rules, sample)
    return found


def prepared(count: int, vocabulary: Vocabulary) -> tuple[Truth, dict[Member, Profile], Rules]:
    """Give the truth, what each article tells of each event, and the rules, without keeping the readings."""
    truth: Truth = {}
    profiles: dict[Member, Profile] = {}
    entities: dict[str, Any] = {}
    published: dict[str, tuple[int, int]] = {}
    named: dict[str, frozenset[str]] = {}
    for told in generate(count):
        source = source_of(told.reading, vocabulary)
        sha, day = source.sha256, told.reading.article.published
        truth.update({(sha, key): number for key, number in told.truth.items()})
        profiles.update({(sha, key): found for key, found in tell(source, facts_of(source)[0]).items()})
        entities.update(choose_entities([told.reading]))
        named[sha] = actors_named(told.reading, vocabulary)
        if day is not None:
            published[sha] = day.toordinal(), day.toordinal()
    within = {key: entity.within for key, entity in entities.items() if entity.within is not None}
    states = states_of({key: entity.type for key, entity in entities.items()}, vocabulary)
    return truth, profiles, Rules(vocabulary, within, states, published=published, names=named)


def bcubed(groups: Iterable[tuple[Member, ...]], truth: Truth) -> tuple[float, float]:
    """Give precision and recall, as the mean over reports of the share of its group that is of its event."""
    found = {member: group for group in groups for member in group}
    events: dict[int, set[Member]] = {}
    for member, number in truth.items():
        events.setdefault(number, set()).add(member)
    precision = recall = 0.0
    for member, number in truth.items():
        group = set(found.get(member, (member,)))
        same = len(group & events[number])
        precision += same / len(group)
        recall += same / len(events[number])
    return precision / len(truth), recall / len(truth)


def blocking(profiles: Mapping[Member, Profile], rules: Rules, sample: int) -> str:
    """Compare some reports with all others by each rule, and count the pairs that no block would propose."""
    members = sorted(profiles)
    chosen = Random(1).sample(members, min(sample, len(members)))
    keys: list[tuple[str, Callable[..., Iterable[object]], Callable[..., object]]] = [
        ("dated", dated_blocks, same_dated),
        ("loose", loose_blocks, _loosely),
        ("kindred", kindred_blocks, agreement),
    ]
    about = articles_of(profiles, Clusters(profiles, (), ()))
    parts = []
    for name, blocks, agree in keys:
        blocked = {member: frozenset(blocks(profiles[member], rules)) for member in members}
        pairs = [
            (one, other)
            for one in chosen
            for other in members
            if one[0] != other[0]
            and agree(profiles[one], profiles[other], rules) is not None
            and (name != "kindred" or on_one_matter(one[0], other[0], about, rules))
        ]
        met = sum(not blocked[one].isdisjoint(blocked[other]) for one, other in pairs)
        parts.append(f"{name} {met / len(pairs) if pairs else 1:.4f} of {len(pairs)}")
    return "; ".join(parts)


def _loosely(one: Profile, other: Profile, rules: Rules) -> object:
    """Compare a report without a day with a dated one; of acts and visits, no such pair is ever one event."""
    kinds = any(rules.vocabulary.is_a(one.type, kind) for kind in (MEETING, VOTE))
    return same_loose(one, other, rules) if kinds and one.days is None else None


def cpu() -> float:
    """Give the CPU seconds of this process so far."""
    return time.process_time()


def peak() -> float:
    """Give the most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
