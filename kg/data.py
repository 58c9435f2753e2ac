"""The data that comes with the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import DataError


@cache
def data_folder(name: str) -> Path:
    """Give the folder ``ontology``, ``queries`` or ``kb`` of the installed package or the checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "_data" / name
    if installed.is_dir():
        return installed
    checkout = here.parent / ("seeds/kb" if name == "kb" else name)
    if not checkout.is_dir():
        raise DataError(
            f"the data folder {name!r} is missing", where=str(checkout), hint="Reinstall the package."
        )
    return checkout
