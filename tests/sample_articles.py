"""Which of our own articles the tests of commands and API are run on."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "seeds" / "articles"
SAMPLE = (
    "2022-06-15-abiy-denies-secret-talks",
    "2022-10-08-tigray-talks-postponed",
    "2022-10-24-pretoria-talks-open-monday",
    "2023-02-24-assembly-vote-es-11-6",
    "2025-05-12-muscat-fourth-round",
    "2025-05-12-muscat-fourth-round-brief",
)
