"""Build wheel and sdist into dist/, look into both, install the wheel and let it work, and say what to do next.

Usage: python -m benchmarks.release [--no-install]

The wheel is installed into an environment of its own (.cache/release) with the pinned packages of
``requirements/base.txt`` by their hashes, and does the main job there, outside the checkout and without the network;
then the extras are added. What is installed comes from PyPI. Nothing is uploaded. Exit 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from benchmarks.release.artefacts import ROOT, build, faults, held, sha256, unpacked
from benchmarks.release.bare import Bare, guarded, worked

DIST = ROOT / "dist"
ENVIRONMENT = ROOT / ".cache" / "release"
EXTRAS = ("web", "pdf", "dask")
PIP = ("-m", "pip", "install", "-qq", "--disable-pip-version-check")

NEXT = """
What to do next, by hand (nothing was uploaded):
  1. Read CHANGELOG.md: give the section [{version}] its day, and CITATION.cff the same as date-released.
  2. Commit, and run make dist once more: the files must come out with the sums that then stand here.
  3. git tag -a v{version} -m 'diplomacy-kg {version}'
  4. Where it is to be found is yours to decide: neither an index nor a home page is named in the metadata.
     For PyPI: python -m twine upload dist/*"""


def made(folder: Path) -> tuple[Path, Path, list[str]]:
    """Build both artefacts twice, and the wheel from the sdist too; give the first ones, and what differs."""
    wheel, sdist = build(ROOT, "wheel", folder / "one"), build(ROOT, "sdist", folder / "one")
    again = build(ROOT, "wheel", folder / "two"), build(ROOT, "sdist", folder / "two")
    found = [
        f"{one.name} is not the same bytes twice"
        for one, two in zip((wheel, sdist), again, strict=True)
        if sha256(one) != sha256(two)
    ]
    of_sdist = build(unpacked(sdist, folder / "source"), "wheel", folder / "three")
    if held(of_sdist) != held(wheel):
        found.append("the wheel built from the sdist holds other files than that of the checkout")
    return wheel, sdist, found


def tracked() -> frozenset[str] | None:
    """Give the files that git has; None where this is no checkout."""
    ran = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    return frozenset(ran.stdout.split("\0")) - {""} if ran.returncode == 0 else None


def uncommitted() -> list[str]:
    """Name what is not committed, for what is given away should be found in the history."""
    ran = subprocess.run(
        ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return ran.stdout.splitlines()


def installed(wheel: Path, folder: Path) -> list[str]:
    """Install the wheel with the pinned packages, let it work, add the extras; give what is wrong in words."""
    print(f"installing the pinned packages into {ENVIRONMENT.relative_to(ROOT)}", flush=True)
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    bare = Bare(ENVIRONMENT, folder)
    python = str(bare.python)
    lock = str(ROOT / "requirements" / "base.txt")
    subprocess.run([python, *PIP, "--require-hashes", "-r", lock], check=True)
    subprocess.run([python, *PIP, "--no-deps", "--no-index", str(wheel)], check=True)
    subprocess.run([python, "-m", "pip", "check"], check=True, stdout=subprocess.DEVNULL)
    guarded(ENVIRONMENT)
    found = worked(bare)
    print("the main job is done, outside the checkout and without the network", flush=True)
    return found + extras(wheel, folder)


def extras(wheel: Path, folder: Path) -> list[str]:
    """Add the extras in the pinned versions; give what the doctor then still misses."""
    pins = re.findall(
        r"^[A-Za-z0-9._-]+==\S+(?: ;[^\\\n]+)?", (ROOT / "requirements" / "dev.txt").read_text(), re.MULTILINE
    )
    (folder / "pins.txt").write_text("\n".join(pins) + "\n")
    wanted = f"{wheel}[{','.join(EXTRAS)}]"
    (guard,) = ENVIRONMENT.glob("lib/python3*/site-packages/no_network_here.pth")
    guard.rename(guard.with_suffix(".off"))
    python = str(ENVIRONMENT / "bin" / "python")
    subprocess.run(
        [python, *PIP, "--only-binary", ":all:", "-c", str(folder / "pins.txt"), wanted], check=True
    )
    guard.with_suffix(".off").rename(guard)
    told = Bare(ENVIRONMENT, folder).run("kg", "doctor").stdout
    return [f"the extra [{each}] is not whole:\n{told}" for each in EXTRAS if f"ok     [{each}]" not in told]


def main(given: list[str]) -> int:
    """Do all of it, and tell whether all is well."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--no-install", action="store_true", help="build and look into both, install nothing")
    asked = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="kg-release-") as name:
        folder = Path(name)
        wheel, sdist, found = made(folder)
        found += faults(wheel, sdist, tracked=tracked())
        if not asked.no_install:
            (folder / "work").mkdir()
            found += installed(wheel, folder / "work")
        if found:
            print("\nNot fit to be given away:", *found, sep="\n  ", file=sys.stderr)
            return 1
        shutil.rmtree(DIST, ignore_errors=True)
        DIST.mkdir()
        for each in (wheel, sdist):
            shutil.copyfile(each, DIST / each.name)
            print(f"{sha256(each)}  dist/{each.name}  {each.stat().st_size / 1e6:.1f} MB")
    for line in uncommitted():
        print(f"not committed: {line}", file=sys.stderr)
    print(NEXT.format(version=wheel.name.split("-")[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
