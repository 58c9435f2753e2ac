"""Take the pictures of the documentation, and those to look at: both themes, from a telephone to a wall.

Usage: python docs/take_pictures.py demo docs/pictures .cache/pictures

``demo`` is what ``make demo`` makes (graph.html and kg-store). The documentation gets the few pictures that it shows;
the third folder gets every page in both themes and at all widths, named PAGE-WIDTH-THEME.png.
"""

from __future__ import annotations

import base64
import shutil
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

from kg.web.run import address, listen, make_server
from kg.web.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = ((390, 844), (1280, 800), (3840, 2160))
THEMES = ("light", "dark")
IN_THE_DOCS = {
    "graph.png": ("graph", (1440, 900), "light"),
    "event.png": ("event", (1280, 900), "light"),
}
EVENT = "indirect-talks/iran-united-states-muscat-2025-05"
GRAPH = {
    "graph": "",
    "graph-node": f"#view=full&node={EVENT.replace('/', '%2F')}",
    "graph-timeline": "#view=timeline",
    "graph-table": "#view=table",
}
SITE = {
    "home": "/",
    "search": "/search?q=iran",
    "events": "/events",
    "event": f"/event/{EVENT}.html",
    "entity": "/entity/state/iran.html",
    "entities": "/entities",
    "articles": "/articles",
    "conflicts": "/conflicts",
    "merged": "/merged",
    "unknown": "/unknown",
    "about": "/about",
    "queries": "/queries",
    "query": "/queries/who-led-which-delegation?place=Muscat",
    "editor": "/sparql-editor?example=chronology",
    "missing": "/entity/person/abbas-aragchi",
    "wrong": "/confilcts",
    "live-graph": "/graph",
}
LINKED = {"article": "/article/", "claim": "/claim/"}
"""Pages whose address depends on the articles: the first of their kind that the event links to."""

DRAWN = "return document.readyState === 'complete' && (document.querySelector('canvas') !== null || !document.querySelector('#graph'))"
SETTLES = 0.6
"""Seconds until a page stands still after it has loaded; none has anything that goes on moving."""


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    """Start a Chromium without a window."""
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1"):
        options.add_argument(flag)  # without a sandbox, for root in a container
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    with webdriver.Chrome(options=options, service=service) as chrome:
        yield chrome


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a project folder on a free port of this machine; gives the address."""
    with listen("127.0.0.1", 0) as listening:
        server = make_server(Site(folder, title="The sample corpus"), host="127.0.0.1")
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            yield address(listening).rstrip("/")
        finally:
            server.should_exit = True
            thread.join()


def take(chrome: webdriver.Chrome, address: str, size: tuple[int, int], theme: str, picture: Path) -> None:
    """Open a page in a window of a size, in a theme, and save what is seen as a PNG."""
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [
        {"name": "prefers-color-scheme", "value": theme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    chrome.get("about:blank")  # another hash alone would not load the page anew
    chrome.get(address)
    WebDriverWait(chrome, 60).until(lambda one: one.execute_script(DRAWN))
    time.sleep(SETTLES)
    shot = chrome.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(base64.b64decode(shot["data"]))
    print(picture)


def addresses(chrome: webdriver.Chrome, graph: Path, site: str) -> dict[str, str]:
    """Give the address of each page by its name."""
    found = {name: graph.resolve().as_uri() + link for name, link in GRAPH.items()}
    found |= {name: site + path for name, path in SITE.items()}
    chrome.get(found["event"])
    for name, start in LINKED.items():
        link = f"return document.querySelector('main a[href^=\"{start}\"]').href"
        found[name] = str(chrome.execute_script(link))
    return found


def main() -> None:
    """Take all pictures."""
    demo, docs, others = map(Path, sys.argv[1:4])
    with browser() as chrome, serving(demo / "kg-store") as site:
        pages = addresses(chrome, demo / "graph.html", site)
        for file, (name, size, theme) in IN_THE_DOCS.items():
            take(chrome, pages[name], size, theme, docs / file)
        for name, address in pages.items():
            for size in SIZES:
                for theme in THEMES:
                    take(chrome, address, size, theme, others / f"{name}-{size[0]}-{theme}.png")


if __name__ == "__main__":
    main()
