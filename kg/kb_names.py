"""How names of one kind are written: acronyms."""

from __future__ import annotations

_ACRONYM_LENGTH = 6
_SPOKEN_ACRONYM = 4


def is_acronym(surface: str) -> bool:
    """Tell whether a form is written in capitals and must be met exactly so."""
    letters = surface.replace(".", "").replace("-", "").replace("/", "")
    if not letters.isalnum() or len(letters) > _ACRONYM_LENGTH:
        return False
    return letters.isupper() or (len(letters) <= 4 and sum(c.isupper() for c in letters) > 1)


def same_acronym(text: str, acronym: str) -> bool:
    """Tell whether a text is this acronym, dots aside; a longer one may be written like a word."""
    plain = acronym.replace(".", "")
    return text.replace(".", "") == plain or (len(plain) >= _SPOKEN_ACRONYM and text == plain.capitalize())
