"""A picture of every page of the sample: light, dark, phone. Run by `make screenshots`."""

from __future__ import annotations

import sys
from pathlib import Path

from dashboard.navigation import DEPARTMENTS, PAGES
from dashboard.settings import SAMPLE
from sample_data.extensions import ROWS
from tests import browsing

SHOWN = [name for name, _, _ in PAGES]
SHOWN += [name for name, _, _ in DEPARTMENTS if name in ROWS]
VIEWS = {
    "light": {"viewport": {"width": 1400, "height": 1000}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1400, "height": 1000}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}


def take(database: Path, folder: Path, views: list[str]) -> None:
    """Write PAGE-VIEW.png of every page, as tall as the page is."""
    folder.mkdir(parents=True, exist_ok=True)
    with browsing.served(database) as address, browsing.browser() as browser:
        for view in views:
            context = browser.new_context(locale="en-GB", **VIEWS[view])
            page = context.new_page()
            for name in SHOWN:
                page.set_viewport_size(VIEWS[view]["viewport"])
                page.goto(address if name == SHOWN[0] else f"{address}/{name}")
                browsing.settle(page)
                _grow(page, VIEWS[view]["viewport"]["width"])
                page.screenshot(path=folder / f"{name}-{view}.png")
            context.close()


def _grow(page, width: int) -> None:
    """Make the window as tall as the page: the page scrolls inside it."""
    height = page.evaluate(
        "document.querySelector('[data-testid=stMain]').scrollHeight"
    )
    page.set_viewport_size({"width": width, "height": min(height + 40, 12_000)})
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    database = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("screenshots")
    take(database, folder, sys.argv[3:] or list(VIEWS))
