"""While a graph is made Python does not look for cycles; afterwards it does what it did before."""

import gc
from contextlib import suppress

import pytest

from kg.cycles import never_search, no_search_for_cycles


@pytest.mark.parametrize("searched", [True, False])
def test_the_search_is_as_before_also_after_an_error(searched):
    before = gc.isenabled()
    (gc.enable if searched else gc.disable)()
    try:
        with suppress(KeyError), no_search_for_cycles():
            assert not gc.isenabled()
            raise KeyError
        assert gc.isenabled() is searched
    finally:
        (gc.enable if before else gc.disable)()


def test_what_is_never_searched_is_no_part_of_a_search():
    held = [[number] for number in range(1000)]
    try:
        never_search()
        assert gc.get_freeze_count() > len(held)
        assert not any(each is held for each in gc.get_objects())
    finally:
        gc.unfreeze()
