"""Texts of gold, read with what a project knows, and measured against what was marked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import parses
from kg.evaluate import measure
from kg.kb_user import own_tables
from kg.pipeline import load_kb, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.config import Settings
    from kg.evaluate import Figures
    from kg.gold import GoldItem


def mark(
    items: Sequence[GoldItem], settings: Settings, progress: Callable[[str], None] = lambda _: None
) -> Figures:
    """Read the texts with the settings and the own tables of the project folder, and give the figures."""
    kb = load_kb(*settings.kb, *own_tables(settings.store))
    readings = []
    for reading in read(
        (item.article for item in items), kb=kb, model=settings.model, cache=parses.opened(settings)
    ):
        readings.append(reading)
        progress(reading.article.id)
    return measure(items, readings, kb=kb)
