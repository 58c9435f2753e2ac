"""Inputs that a coverage-guided fuzzer (atheris) makes up: read or refused, and nothing else.

The fuzzer ends its process, so it runs in one of its own: ``python -m benchmarks.torture.fuzz COUNT SEED``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.torture.figures import Figure

ROOT = Path(__file__).parents[2]
_WHAT = "inputs of a coverage-guided fuzzer: tracebacks"


def fuzz(count: int, seed: int) -> list[Figure]:
    """Let the fuzzer try ``count`` inputs, where it is installed."""
    if find_spec("atheris") is None:
        return [Figure(_WHAT, 0, left_out="atheris is not installed: pip install 'diplomacy-kg[torture]'")]
    command = [sys.executable, "-m", "benchmarks.torture.fuzz", str(count), str(seed)]
    with tempfile.TemporaryDirectory(prefix="kg-torture-") as scratch:
        environ = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)) + os.pathsep + str(ROOT),
        }
        done = subprocess.run(command, cwd=scratch, env=environ, capture_output=True, text=True, check=False)
    ran = max(map(int, re.findall(r"^#(\d+)", done.stderr, re.MULTILINE)), default=0)
    covered = re.findall(r"cov: (\d+)", done.stderr)
    faults = () if done.returncode == 0 else (done.stderr[-1500:],)
    note = f"{covered[-1]} places of the code reached" if covered else ""
    return [Figure(_WHAT, ran, faults, note)]


def target(data: bytes) -> None:
    """Read what the fuzzer made up as each kind of input; the first byte chooses."""
    from kg.errors import InputError  # noqa: PLC0415  (after the fuzzer has taken hold of the imports)
    from kg.text.clean import clean  # noqa: PLC0415  (as above)
    from kg.text.notices import ignore  # noqa: PLC0415  (as above)
    from kg.text.read import SUFFIXES, _of_bytes  # noqa: PLC0415  (as above)

    if not data:
        return
    suffix = SUFFIXES[data[0] % len(SUFFIXES)]
    try:
        found = [each.item for each in _of_bytes(data[1:], suffix, name="x", where="x", warn=ignore)]
    except InputError:
        return
    for item in found:
        if not isinstance(item, InputError):
            clean(item)


def main() -> None:
    """Run the fuzzer on the sample articles, as pages and records too."""
    import atheris  # noqa: PLC0415  (an extra)

    with atheris.instrument_imports(include=["kg.text"]):  # before anything else brings them
        from kg.text import clean, read  # noqa: F401, PLC0415  (as above)
    from benchmarks.torture.mutants import seeds  # noqa: PLC0415  (as above)

    corpus = Path("corpus")
    corpus.mkdir()
    from kg.text.read import SUFFIXES  # noqa: PLC0415  (as above)

    for number, (suffix, data) in enumerate(seeds()):
        (corpus / str(number)).write_bytes(bytes([SUFFIXES.index(suffix)]) + data[:3000])
    options = [f"-runs={sys.argv[1]}", f"-seed={sys.argv[2]}", "-max_len=4000", "-timeout=30", str(corpus)]
    atheris.Setup([sys.argv[0], *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
