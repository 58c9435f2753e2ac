"""B-cubed, by hand: what is merged wrongly costs precision, what is kept apart wrongly costs recall."""

import pytest

from kg.evaluation.bcubed import Grouping, bcubed, pairs
from kg.evaluation.counts import Score, Share, harmonic


def grouped(*groups):
    """Things as their name in gold (a letter) in the groups they were read into: ``"aab", "b"``."""
    return [(name, str(index)) for index, group in enumerate(groups) for name in group]


@pytest.mark.parametrize(
    ("groups", "precision", "recall"),
    [
        (["aa", "bb"], 1, 1),
        (["aab"], (2 / 3 + 2 / 3 + 1 / 3) / 3, 1),
        (["a", "a"], 1, 1 / 2),
        (["ab", "ab"], 1 / 2, 1 / 2),
        (["a", "b", "c"], 1, 1),
        # Bagga and Baldwin (1998): of 12 mentions in groups of 5, 2 and 5, the last two are made one.
        (["aaaaa", "bbccccc"], (5 + 2 * 2 / 7 + 5 * 5 / 7) / 12, 1),
        # The same, but the two large groups are made one: worse, because more things suffer.
        (["aaaaaccccc", "bb"], (10 * 5 / 10 + 2) / 12, 1),
    ],
)
def test_the_means_over_all_things(groups, precision, recall):
    found = bcubed(grouped(*groups))
    assert (found.precision, found.recall) == (pytest.approx(precision), pytest.approx(recall))
    assert found.f1 == pytest.approx(harmonic(precision, recall))
    assert found.gold == found.read == sum(map(len, groups))


def test_the_published_example_gives_the_published_figures():
    assert bcubed(grouped("aaaaa", "bbccccc")).precision == pytest.approx(0.76, abs=0.005)
    assert bcubed(grouped("aaaaaccccc", "bb")).precision == pytest.approx(0.58, abs=0.005)


def test_the_order_of_things_does_not_matter():
    labels = grouped("aab", "bc", "c")
    assert bcubed(labels) == bcubed(labels[::-1])


def test_without_things_all_is_right_and_the_counts_are_told():
    assert bcubed([], gold=3, read=0) == Grouping(3, 0, 1.0, 1.0)


def test_pairs_see_only_what_belongs_or_was_put_together():
    assert pairs(grouped("aab", "b")) == Score(gold=2, read=3, hits=1, right=1)
    assert pairs(grouped("a", "b")) == Score()


def test_a_share_of_nothing_is_whole():
    assert Share().share == 1.0
    assert (Share(1, 1) + Share(3, 0)).measures() == {"share": 0.25}
    assert harmonic(0.0, 0.0) == 0.0
