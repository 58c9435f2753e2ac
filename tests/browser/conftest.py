"""One Chromium for all browser tests, and the pages that they look at."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import graphs
import pytest

from kg.graph.page import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyoxigraph as ox

INSTALL = "the browser tests need a real Chromium: apt-get install chromium chromium-driver"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --allow-file-access-from-files"
)
STORES: dict[str, Callable[[], ox.Store]] = {
    "sample": graphs.sample,
    "hostile": graphs.hostile,
    "empty": graphs.empty,
    "one": graphs.one_node,
    "undated": graphs.undated,
    "formula": graphs.formula,
}


@dataclass
class Browser:
    """A Chromium with the few gestures that the tests make."""

    driver: object
    folder: Path

    def page(self, name: str) -> Path:
        """Give the page of a graph, made once."""
        path = self.folder / f"{name}.html"
        if not path.is_file():
            path.write_text(
                render(STORES[name](), title=f"Port Halden <b>process</b> {name}"), encoding="utf-8"
            )
        return path

    def open(
        self, name: str, link: str = "", *, width: int = 1280, height: int = 800, dark: bool = False
    ) -> None:
        """Open a page in a window of a size, and wait until it has drawn itself."""
        self.resize(width, height)
        theme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.cdp(
            "Emulation.setEmulatedMedia",
            features=[*theme, {"name": "prefers-reduced-motion", "value": "reduce"}],
        )
        self.driver.get("about:blank")
        self.logs("browser"), self.logs("performance")
        self.driver.get(f"file://{self.page(name)}" + (f"#{link}" if link else ""))
        self.settle()

    def resize(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.cdp("Emulation.setDeviceMetricsOverride", **metrics)

    def settle(self) -> None:
        """Wait for two frames after the script is done."""
        self.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))"
        )

    def cdp(self, name: str, **values: object) -> dict:
        return self.driver.execute_cdp_cmd(name, values)

    def js(self, script: str, *values: object) -> object:
        return self.driver.execute_script(script, *values)

    def click(self, selector: str) -> None:
        self.js("document.querySelector(arguments[0]).click()", selector)
        self.settle()

    def click_at(self, x: float, y: float) -> None:
        """Press the mouse where a reader would, in pixels of the window."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = {"button": "left", "clickCount": 1} if kind != "mouseMoved" else {}
            self.cdp("Input.dispatchMouseEvent", type=kind, x=x, y=y, **button)
        time.sleep(0.35)  # vis-network waits 300 ms for a second click
        self.settle()

    def keys(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains  # noqa: PLC0415

        ActionChains(self.driver).send_keys(*keys).perform()
        self.settle()

    def text(self, selector: str) -> str:
        return self.js("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def logs(self, kind: str) -> list[dict]:
        return self.driver.get_log(kind)

    def requests(self) -> list[str]:
        """Give every address that was asked for since the page was opened."""
        messages = (json.loads(entry["message"])["message"] for entry in self.logs("performance"))
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.logs("browser")]


def _driver(folder: Path) -> object:
    # Only here, so that a missing selenium fails these tests and not the collection of all others.
    from selenium.webdriver import Chrome, ChromeOptions  # noqa: PLC0415
    from selenium.webdriver.chrome.service import Service  # noqa: PLC0415

    binary = os.environ.get("CHROMIUM") or shutil.which("chromium")
    helper = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")
    if binary is None or helper is None:
        pytest.fail(INSTALL, pytrace=False)
    options = ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS.split(), f"--user-data-dir={folder}", "--window-size=1280,800"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return Chrome(options=options, service=Service(helper))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    try:
        import selenium  # noqa: F401, PLC0415
    except ImportError:
        pytest.fail("the browser tests are driven by selenium: pip install selenium", pytrace=False)
    driver = _driver(tmp_path_factory.mktemp("chromium"))
    try:
        driver.execute_cdp_cmd("Network.enable", {})
        yield Browser(driver, tmp_path_factory.mktemp("pages"))
    finally:
        driver.quit()
