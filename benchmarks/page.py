"""How soon the graph page shows a picture that stands still, as a ratio to pyvis as it comes.

Usage: python benchmarks/page.py [--nodes N ...] [--limit SECONDS]

Both pages hold the same things and lines and are opened by the same Chromium, without a network. Measured
is the time from asking for the page to the first picture that moves no more: with pyvis when its physics
are done, with ours two frames after its script is. pyvis is given up after the limit, and the ratio is
then told as "more than".
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from kg.graph.page import render

if TYPE_CHECKING:
    import pyoxigraph as ox

ROOT = Path(__file__).parents[1]
FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --window-size=1280,800"
STILL = '<script>network.once("stabilizationIterationsDone", () => { document.title = "still"; });</script></body>'


def graph(count: int) -> ox.Store:
    """Give about as many things as asked, as the browser tests draw them."""
    sys.path.insert(0, str(ROOT / "tests" / "browser"))
    import graphs  # noqa: PLC0415  (of the tests, which are no package)

    store: ox.Store = graphs.many(count)
    return store


def as_it_comes(store: ox.Store) -> str:
    """Give the page that pyvis makes of the same things and lines, left as it is but for a sign at its end."""
    from pyvis.network import Network  # noqa: PLC0415  (pulls in IPython)

    from kg.graph.page_data import page_data  # noqa: PLC0415
    from kg.graph.page_style import load_style  # noqa: PLC0415
    from kg.graph.page_triples import read_triples  # noqa: PLC0415

    data = page_data(read_triples(store), load_style())
    network = Network(directed=True, cdn_resources="in_line")
    for i, node in enumerate(data["nodes"]):
        network.add_node(i, label=node["label"])
    for fact in data["facts"]:
        if fact["o"] is not None:
            network.add_edge(fact["s"], fact["o"])
    html: str = network.generate_html()
    head, _, tail = html.rpartition("</body>")
    return head + STILL + tail


def browser() -> Chrome:
    """Start a Chromium that reaches nobody."""
    options = ChromeOptions()
    for flag in (*FLAGS.split(), "--host-resolver-rules=MAP * ~NOTFOUND"):
        options.add_argument(flag)
    options.page_load_strategy = "none"
    return Chrome(options=options, service=Service(shutil.which("chromedriver")))


def seconds(page: Path, sign: str, limit: float) -> float | None:
    """Give the seconds until a page says that it stands still; None for longer than the limit."""
    driver = browser()
    driver.set_script_timeout(30)
    try:
        begin = time.perf_counter()
        driver.get(page.as_uri() + "#view=full")
        while time.perf_counter() - begin < limit:
            try:
                if driver.execute_script(sign):
                    return time.perf_counter() - begin
            except WebDriverException:
                pass  # it is too busy to answer
            time.sleep(0.02)
        return None
    finally:
        driver.quit()


OURS = """
if (document.documentElement?.dataset.ready !== "yes") return false;
if (!window.framed) { window.framed = 1; requestAnimationFrame(() => requestAnimationFrame(() => { window.framed = 2; })); }
return window.framed === 2;
"""
THEIRS = 'return document.title === "still";'


def measure(count: int, limit: float, folder: Path) -> None:
    """Print one line of figures."""
    store = graph(count)
    ours, theirs = folder / f"ours-{count}.html", folder / f"pyvis-{count}.html"
    ours.write_text(render(store, title=f"{count} things"), encoding="utf-8")
    theirs.write_text(as_it_comes(store), encoding="utf-8")
    mine, other = seconds(ours, OURS, limit), seconds(theirs, THEIRS, limit)
    if mine is None:
        print(f"{count} nodes: no picture within {limit:.0f} s")
        sys.exit(1)
    known = f"{other:.2f} s" if other is not None else f"more than {limit:.0f} s"
    ratio = f"{other / mine:.0f}" if other is not None else f"more than {limit / mine:.0f}"
    print(f"{count} nodes: {mine:.2f} s, pyvis as it comes {known}: {ratio} times sooner")


def main() -> None:
    """Measure each number of nodes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="+", default=[300, 3000])
    parser.add_argument("--limit", type=float, default=240.0, help="seconds after which pyvis is given up")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for count in chosen.nodes:
            measure(count, chosen.limit, Path(folder))


if __name__ == "__main__":
    main()
