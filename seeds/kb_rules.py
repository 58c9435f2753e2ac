"""The rules by which ``build_kb.py`` chooses and names: what is English, who is wanted, which office."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

ROLES = (
    (
        "deputy",
        (
            r"\b(deputy|vice|under-?secretary|assistant|delegate|parliamentary|spokes|chief of staff|state minister"
            r"|minister of state|aide|advis[eo]r to the minister|cabinet|trade)\b"
        ),
    ),
    (
        "foreign",
        r"minister.*\b(foreign|external)\b|foreign (minister|affairs minister)|secretary.*foreign affairs",
    ),
    ("foreign", r"^foreign secretary|^united states secretary of state$|^cardinal secretary of state"),
    ("foreign", r"^high representative"),
    ("defence", r"minister.*\bdefen[cs]e|secretary.*\bdefen[cs]e|defen[cs]e (minister|secretary)"),
    (
        "secretary-general",
        r"^secretary.general of the (united nations|council of europe)|^secretary general of nato",
    ),
    (
        "adviser",
        r"national security advis[eo]r|^secretary of the security council|^(special )?(presidential )?envoy",
    ),
    ("chief", r"^president of the european (commission|council)|^director of national intelligence"),
)
HEAD = re.compile(
    r"^(?:acting |interim |transitional )?(president|prime minister|federal chancellor|chancellor|premier|taoiseach"
    r"|monarch|king|queen|emir|sultan|supreme leader|pope|prince|grand duke|captain regent|head of state"
    r"|chair(?:man|person) of the .*(?:sovereignty|presidency|military council))(?: (?:of|in) (.+))?$",
    re.IGNORECASE,
)
STATE_HEADS = {"president", "monarch", "king", "queen", "emir", "sultan", "supreme leader", "pope", "prince"}
AMBASSADOR = re.compile(r"ambassador|permanent representative|high commissioner|consul", re.IGNORECASE)
ENGLISH_FORM = re.compile(
    r"\b(Republic|Kingdom|State|States|Federation|Emirate|Sultanate|Commonwealth|Union|Principality|Jamahiriya"
    r"|Confederation|Duchy) of\b|\b(Republic|Federation|Confederation|Kingdom)$"
)
PARTICLES = {
    "al",
    "bin",
    "ibn",
    "bint",
    "de",
    "da",
    "do",
    "dos",
    "van",
    "von",
    "der",
    "den",
    "la",
    "el",
    "ben",
    "abu",
    "di",
}

Row = dict[str, str]


def fold(text: str) -> str:
    """Give the text in lower-case ASCII letters, digits and single blanks."""
    for odd, plain in zip(
        "ıłøđðŁØĐßæœ", ("i", "l", "o", "d", "d", "L", "O", "D", "ss", "ae", "oe"), strict=True
    ):
        text = text.replace(odd, plain)
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", plain.lower().replace("'", "").replace("\u2019", "")).strip()


def is_latin(text: str) -> bool:
    """Tell whether all letters of the text are Latin."""
    return all("LATIN" in unicodedata.name(c, "") for c in text if c.isalpha())


class Curation:
    """Our own decisions: rule -> subject (an id, a label or a surface form) -> values."""

    def __init__(self, rows: list[Row]) -> None:
        """Sort the rows by rule."""
        self.rules: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for row in rows:
            values = [v for v in row["value"].split("|") if v]
            self.rules[row["rule"]].setdefault(row["subject"], []).extend(values)

    def get(self, rule: str, row: Row) -> list[str]:
        """Give the values for a row, found under its id or its label."""
        found = self.rules[rule]
        return (
            found.get(row["qid"], []) + found.get(row["label"], [])
            if row["qid"]
            else found.get(row["label"], [])
        )

    def has(self, rule: str, surface: str) -> bool:
        """Tell whether the rule names this surface form."""
        return surface in self.rules[rule]


def role_of(office: str, polities: set[str]) -> str:
    """Give the role an office belongs to, or nothing."""
    for role, pattern in ROLES:
        if re.search(pattern, office, re.IGNORECASE):
            return "" if role == "deputy" else role
    head = HEAD.match(re.sub(r"\s*\(.*\)$", "", office))
    if head is None or (head[2] is not None and fold(re.sub("^the ", "", head[2])) not in polities):
        return ""
    return "head-of-state" if head[1].lower() in STATE_HEADS else "head-of-government"


def wanted_office(row: Row, role: str) -> bool:
    """Tell whether an office makes its holder one for us: ministers count since 2015."""
    if role in {"foreign", "defence"}:
        return row["end"] == "" or row["end"] >= "2015"
    return role != "" or row["as_of"].startswith("2026")


def english_aliases(row: Row, decided: Curation) -> tuple[list[str], list[str]]:
    """Split the names of a row into those an English text may use and the others."""
    given = [a for a in row["aliases"].split("|") if a and a != row["qid"]]
    added = [*decided.get("alias", row), *(a for a in row.get("own_aliases", "").split("|") if a)]
    regal = re.match(r"(?:King |Queen )?(.+ [IVX]+),? (?:of|Prince|Grand|Emir|Sultan|King)\b", row["label"])
    if row["type"] == "Person" and regal is not None:
        added = [*added, regal[1]]
    if row["type"] in {"State", "Place"} and row["qid"]:
        near = {fold(row["label"]).replace(" ", "")}
        fit = [
            a for a in given if is_latin(a) and (ENGLISH_FORM.search(a) or fold(a).replace(" ", "") in near)
        ]
    else:
        fit = [a for a in given if is_latin(a)]
    keep = {a for a in fit + added if a != row["label"] and not decided.has("drop", a)}
    return sorted(keep), sorted(set(given) - keep - {row["label"]})


def surnames(label: str, state: str, decided: Curation) -> list[str]:
    """Give the forms by which a text may go on to call a person after the full name."""
    words = re.sub(r"\b(Jr|Sr|I+|IV|VI*|X[IV]*)\b\.?", "", label.split(" of ", maxsplit=1)[0]).split()
    if len(words) < 2:
        return []
    if decided.has("family-first", state):
        return [words[0]]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    forms = {" ".join(words[start:]), words[-1], re.sub(r"^(al|el|Al|El)-", "", words[-1])}
    if decided.has("given-name", state):
        forms.add(words[0])
    return sorted(f for f in forms if len(f) > 1 and not f.endswith("."))


def office_label(office: str, of: Row | None) -> str:
    """Give the name of an office with the name of its state in it, once."""
    bare = re.sub(r"\s*\(.*\)$", "", office)
    bare = bare[:1].upper() + bare[1:]
    if of is None or any(fold(n) in fold(bare) for n in of["surfaces"].split("|") if n):
        return bare
    return f"{bare} of {of['label']}"
