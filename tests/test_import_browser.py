"""An administrator's day in a real browser: look, import, mend, import again."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests import browsing
from tests.office import HEADER, Office

pytestmark = pytest.mark.skipif(
    browsing.chromium() is None,
    reason="SKIPPED BROWSER: no chromium found; install the package chromium",
)
expect.set_options(timeout=60_000)  # a loaded machine
FIRST = "1,AP,2024-01-01,5; 2,AP,2024-01-02,6"
SECOND = (
    HEADER + "2,AP,2024-01-02,6\n3,HR,2024-01-03,7\n4,HR,soon,8\n5,HR,2024-01-05,1\n"
)
LOOK, MENDED = "Show what would happen", "2024-01-04"


@pytest.fixture
def office(tmp_path):
    found = Office(tmp_path)
    found.load(FIRST)
    found.write("day2.csv", SECOND)
    return found


@pytest.fixture
def page(office):
    with browsing.served(office.database) as address, browsing.browser() as browser:
        context = browser.new_context(
            viewport={"width": 1400, "height": 2000},
            accept_downloads=True,
            locale="en-GB",
        )
        found = context.new_page()
        found.goto(address)
        browsing.settle(found)
        yield found


def turn_to(page, name: str) -> None:
    """Open a page by its address, as a bookmark does."""
    page.goto(f"{re.match('http://[^/]+', page.url)[0]}/{name}")
    browsing.settle(page)


def drag_in(page, *paths) -> None:
    for remove in page.get_by_test_id("stFileChipDeleteBtn").all():
        remove.click()
        browsing.settle(page)
    page.locator("input[type=file]").first.set_input_files([str(p) for p in paths])
    browsing.settle(page)


def look(page, *paths) -> None:
    drag_in(page, *paths)
    page.get_by_role("button", name=LOOK).click()
    expect(page.get_by_role("button", name=LOOK)).to_have_count(0)


def items_of_the_overview(page) -> str:
    turn_to(page, "overview?period=all")
    metric = page.locator("[data-testid=stMetric]", has_text="Open").first
    return metric.locator("[data-testid=stMetricValue]").inner_text()


def test_a_file_is_looked_at_then_imported_and_the_pages_show_it(page, office):
    assert items_of_the_overview(page) == "2"
    held = office.database.read_bytes()
    turn_to(page, "import_files")
    look(page, office.folder / "day2.csv")
    told = "day2.csv: 4 rows = 2 inserted + 0 updated + 1 unchanged + 1 in quarantine"
    expect(page.get_by_text(told)).to_be_visible()
    assert office.database.read_bytes() == held
    page.get_by_role("button", name="Import 3 rows").dblclick()
    expect(page.get_by_text("3 rows imported.")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Data health: is every row").click()
    browsing.settle(page)
    assert "data_health" in page.url
    assert items_of_the_overview(page) == "4"
    loads = "select count(distinct finished_at) from load_lines"
    assert office.ask(loads) == [(2,)]
    turn_to(page, "import_files")
    drag_in(page, office.folder / "day2.csv")
    page.get_by_role("button", name=LOOK).click()
    expect(page.get_by_text("This is already imported")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Import"))).to_have_count(0)


def test_a_broken_workbook_is_one_sentence_and_the_next_file_is_taken(page, office):
    broken = office.folder / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut short")
    turn_to(page, "import_files")
    drag_in(page, broken)
    page.get_by_role("button", name=LOOK).click()
    says = "broken.xlsx is cut short or damaged: get the file anew."
    expect(page.get_by_text(says)).to_be_visible()
    look(page, office.folder / "day2.csv")
    expect(page.get_by_role("button", name="Import 3 rows")).to_be_visible()
    expect(page.get_by_text(says)).to_have_count(0)


def test_rows_in_quarantine_are_taken_mended_and_brought_back(page, office):
    office.bring(office.folder / "day2.csv")
    turn_to(page, "import_files")
    with page.expect_download() as waiting, page.context.expect_page():
        page.get_by_role("link", name="CSV to mend").click()
    assert waiting.value.suggested_filename == "mend_Tracker.csv"
    text = waiting.value.path().read_text("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["Case"], row["Opened"]) == ("4", "soon")
    mended = office.write("mend.csv", text.replace(",soon,", f",{MENDED},"))
    look(page, mended)
    page.get_by_role("button", name="Import 1 row").click()
    expect(page.get_by_text("1 row imported.")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("No row waits to be mended.")).to_be_visible()
    assert office.waiting() == []
    assert items_of_the_overview(page) == "5"
