"""The same articles give the same bytes, whatever the hash seed, the locale and the time zone."""

import os
import subprocess
import sys

from sample_articles import ARTICLES, ROOT, SAMPLE

COMBINATIONS = (
    ("0", "C", "UTC"),
    ("1", "C.UTF-8", "Pacific/Kiritimati"),
    ("2", "tr_TR.UTF-8", "America/St_Johns"),
    ("31337", "C", "Asia/Kathmandu"),
    ("random", "POSIX", "Pacific/Pago_Pago"),
)
"""Hash seed, locale, time zone; Python takes a locale that is not installed for C."""

OUTPUTS = ("graph.nt", "graph.ttl", "graph.html", "plover.csv")

CODE = """
import sys
from kg.cli import main
store, out, *articles = sys.argv[1:]
assert main(["build", *articles, "--store", store, "--quiet"]) == 0
assert main(["export", "--store", store, "-o", f"{out}/graph.nt"]) == 0
assert main(["export", "--store", store, "-o", f"{out}/graph.ttl"]) == 0
assert main(["export", "--store", store, "-o", f"{out}/plover.csv", "--format", "plover"]) == 0
assert main(["graph", "--store", store, "-o", f"{out}/graph.html"]) == 0
"""


def start(folder, seed, locale, zone):
    folder.mkdir()
    articles = [str(ARTICLES / f"{name}.md") for name in (SAMPLE[2], SAMPLE[4], SAMPLE[5])]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "LC_", "LANG"))}
    environ = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale, "TZ": zone, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CODE, str(folder / "kg-store"), str(folder), *articles]
    return subprocess.Popen(command, env={**kept, **environ}, cwd=folder, stderr=subprocess.PIPE, text=True)


def test_seed_locale_and_zone_leave_no_trace(tmp_path):
    folders = [tmp_path / str(number) for number in range(len(COMBINATIONS))]
    for first in range(0, len(folders), 2):  # two at a time: each holds a language model
        pairs = zip(folders[first : first + 2], COMBINATIONS[first : first + 2], strict=True)
        for process in [start(folder, *combination) for folder, combination in pairs]:
            _, said = process.communicate(timeout=300)
            assert process.returncode == 0, said
    compared = 0
    for name in OUTPUTS:
        (first, *others) = [(folder / name).read_bytes() for folder in folders]
        assert len(first) > 500
        assert all(other == first for other in others), name
        compared += len(others)
    assert compared == 16
