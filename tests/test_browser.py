"""A manager's walk in a real browser: open, narrow, follow a number, take the rows."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from datetime import date

import pytest
from playwright.sync_api import expect

from sample_data.build import build
from tests import browsing

pytestmark = pytest.mark.skipif(
    browsing.chromium() is None,
    reason="SKIPPED BROWSER: no chromium found; install the package chromium",
)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("browser") / "operations.duckdb"
    build(path, items=20_000, end=date(2026, 11, 20))
    return path


@pytest.fixture(scope="module")
def address(database):
    with browsing.served(database) as found:
        yield found


@pytest.fixture
def page(address):
    with browsing.browser() as browser:
        context = browser.new_context(
            viewport={"width": 1400, "height": 2400},
            accept_downloads=True,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        found = context.new_page()
        found.goto(address)
        browsing.settle(found)
        yield found


def tile(page, label: str) -> str:
    metric = page.locator("[data-testid=stMetric]", has_text=label).first
    return metric.locator("[data-testid=stMetricValue]").inner_text()


def asked(database, query: str) -> io.StringIO:
    """What the command line says of Payroll, as CSV."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "dashboard.cli", "ask", query),
            *("--database", f"duckdb:///{database}"),
            *("--department", "Payroll", "--format", "csv"),
        ],
        check=True,
        capture_output=True,
    )
    return io.StringIO(done.stdout.decode("utf-8-sig"))


def choose(page, label: str, value: str) -> None:
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.type(value)
    page.get_by_role("option", name=value, exact=True).click()
    page.keyboard.press("Escape")
    browsing.settle(page)


def test_a_department_narrows_numbers_address_and_other_pages(page, database):
    before = tile(page, "Open")
    choose(page, "Department", "Payroll")
    expect(page.get_by_text("department Payroll").first).to_be_visible()
    assert tile(page, "Open") != before
    assert "department=Payroll" in page.url
    page.get_by_role("link", name="Backlog").click()
    browsing.settle(page)
    assert "department=Payroll" in page.url


def test_a_copied_link_opens_the_same_view(page, address):
    page.goto(f"{address}/backlog?department=Compliance&period=last_month")
    browsing.settle(page)
    expect(
        page.get_by_text("October 2026 · department Compliance").first
    ).to_be_visible()


def test_a_bar_opens_as_many_records_as_it_counts(page, address, database):
    page.goto(f"{address}/workload?department=Payroll")
    browsing.settle(page)
    bar = page.locator("[data-testid=stPlotlyChart] .barlayer .point path").nth(3)
    bar.click(force=True)
    page.wait_for_url("**/records**", timeout=30_000)
    browsing.settle(page)
    heading = page.get_by_text(re.compile(r"^[\d,]+ records: ")).first.inner_text()
    shown = int(heading.split()[0].replace(",", ""))
    assert "movement is received" in heading
    bucket = re.search(r"bucket_on(?:%3D|=)(\d{4}-\d\d-\d\d)", page.url).group(1)
    rows = list(csv.DictReader(asked(database, "workload/flow_by_bucket")))
    counted = {row["bucket_on"]: int(row["received_items"]) for row in rows}
    assert shown == counted[bucket]


def test_the_downloaded_csv_is_what_mis_ask_gives(page, address, database, tmp_path):
    page.goto(f"{address}/records?records=records/open&department=Payroll&search=PAY")
    browsing.settle(page)
    with page.expect_download() as waiting, page.context.expect_page():
        page.get_by_role("link", name="CSV").first.click()
    downloaded = waiting.value.path().read_bytes()
    expected = list(csv.reader(asked(database, "records/open")))
    found = list(csv.reader(io.StringIO(downloaded.decode("utf-8-sig"))))
    sought = [row for row in expected[1:] if any("pay" in cell.lower() for cell in row)]
    assert found == [expected[0], *sought]
    assert len(found) > 10


def test_on_paper_stands_what_can_be_read_and_nothing_to_click(page):
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("link", name="CSV").first).to_be_hidden()
    expect(page.get_by_test_id("stMetric").first).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()


def test_the_number_of_a_remark_says_on_hover_what_happened(page, address):
    page.goto(f"{address}/error_rates")
    browsing.settle(page)
    charts = page.get_by_test_id("stPlotlyChart")
    number = charts.locator(".annotation-text-g").filter(has_text=re.compile("^1$"))
    number.first.hover(force=True)
    expect(charts.locator(".hoverlayer").filter(has_text="new form")).to_be_visible()


def test_one_step_back_undoes_one_step(page, address):
    page.goto(f"{address}/backlog?department=Compliance")
    browsing.settle(page)
    page.get_by_role("button", name=re.compile(r"^Show \d+ cases")).first.click()
    page.wait_for_url("**/records**", timeout=30_000)
    browsing.settle(page)
    assert "department=Compliance" in page.url
    page.go_back()
    browsing.settle(page)
    assert page.url == f"{address}/backlog?department=Compliance"
    expect(page.get_by_text("department Compliance").first).to_be_visible()


def test_back_to_the_unfiltered_page_is_unfiltered(page, address):
    page.goto(f"{address}/workload")
    browsing.settle(page)
    choose(page, "Department", "Payroll")
    assert "department=Payroll" in page.url
    page.go_back()
    browsing.settle(page)
    expect(page.get_by_text("department Payroll")).to_have_count(0)
    assert page.url == f"{address}/workload"


def test_reset_empties_the_lists_too(page, address):
    page.goto(f"{address}/backlog?department=Payroll&period=last_month&grain=month")
    browsing.settle(page)
    page.get_by_role("button", name="Reset filters").click()
    browsing.settle(page)
    expect(page.get_by_text("department Payroll")).to_have_count(0)
    expect(
        page.locator("[data-testid=stSidebar]").get_by_text("Payroll")
    ).to_have_count(0)
    assert page.url == f"{address}/backlog"


def test_a_point_of_the_past_opens_what_was_open_then(page, address, database):
    page.goto(f"{address}/backlog?department=Payroll")
    browsing.settle(page)
    point = page.locator("[data-testid=stPlotlyChart] .scatterlayer .point").nth(3)
    point.click(force=True)
    page.wait_for_url("**/records**", timeout=30_000)
    browsing.settle(page)
    heading = page.get_by_text(re.compile(r"^[\d,]+ records?: ")).first.inner_text()
    rows = list(csv.DictReader(asked(database, "backlog/open_by_bucket")))
    assert int(heading.split()[0].replace(",", "")) == int(rows[3]["open_items"])
    assert "as_of=2026-" in page.url
    assert "department=Payroll" in page.url
