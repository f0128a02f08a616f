"""The served app in a process of its own, and a real browser to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
]


def chromium() -> str | None:
    """The browser of this machine, if it has one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def served(database: Path | str) -> Iterator[str]:
    """The address of the app over a database file or URL, until the block ends."""
    url = f"duckdb:///{database}" if isinstance(database, Path) else database
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard.cli", "run", "--port", str(port)],
        env={**os.environ, "MIS_DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            assert process.poll() is None, "the app ended before it answered"
            time.sleep(0.25)
    raise AssertionError("the app did not answer within a minute")


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield found
        finally:
            found.close()


def settle(page: Page, charts: bool = True) -> None:
    """Wait until the script has run and every chart is drawn."""
    page.wait_for_timeout(300)
    state = "[data-testid=stApp][data-test-script-state=notRunning]"
    page.locator(state).wait_for(state="attached", timeout=60_000)
    if charts and page.locator("[data-testid=stPlotlyChart]").count():
        page.locator("[data-testid=stPlotlyChart] .main-svg").first.wait_for(
            timeout=60_000
        )
    page.wait_for_timeout(400)
