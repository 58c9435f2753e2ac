"""Take the picture of the README from the page that ``make demo`` makes.

Usage: python docs/take_pictures.py demo/graph.html docs/pictures
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

SIZE = (1440, 900)
SETTLES = 1.5
"""Seconds until the page stands still after it has loaded; it has no physics to wait for."""


def browser() -> webdriver.Chrome:
    """Start a Chromium without a window."""
    options = webdriver.ChromeOptions()
    options.add_argument("--headless=new")
    options.add_argument("--no-sandbox")  # needed for root, as in a container
    options.add_argument("--force-device-scale-factor=1")
    options.add_argument(f"--window-size={SIZE[0]},{SIZE[1]}")
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def take(page: Path, picture: Path) -> None:
    """Open a page and save what is seen as a PNG."""
    with browser() as chrome:
        chrome.get(page.resolve().as_uri())
        WebDriverWait(chrome, 30).until(lambda c: c.execute_script("return document.querySelector('canvas')"))
        time.sleep(SETTLES)
        picture.parent.mkdir(parents=True, exist_ok=True)
        chrome.save_screenshot(str(picture))


def main() -> None:
    """Take the picture of the page given first into the folder given second."""
    page, folder = map(Path, sys.argv[1:3])
    take(page, folder / "graph.png")
    print(folder / "graph.png")


if __name__ == "__main__":
    main()
