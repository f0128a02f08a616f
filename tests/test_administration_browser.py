"""A target set on the page Administration is the one that the other pages show."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from dashboard.decisions import audit
from sample_data.build import build
from tests import browsing

pytestmark = pytest.mark.skipif(
    browsing.chromium() is None,
    reason="SKIPPED BROWSER: no chromium found; install the package chromium",
)


@pytest.fixture
def site(tmp_path, monkeypatch):
    """The address of the app over a small sample, and its folder of decisions."""
    path, folder = tmp_path / "operations.duckdb", tmp_path / "decisions"
    build(path, items=4_000, end=date(2026, 11, 20))
    monkeypatch.setenv("MIS_DECISIONS", str(folder))
    with browsing.served(path) as address:
        yield address, folder


@pytest.fixture
def page():
    with browsing.browser() as browser:
        size = {"width": 1400, "height": 1400}
        yield browser.new_context(viewport=size, locale="en-GB").new_page()


def choose(page, label, value):
    page.get_by_role("combobox", name=label).first.click()
    page.get_by_role("option", name=value, exact=True).first.click()


def test_a_target_that_is_set_counts_on_the_pages_at_once(site, page):
    address, folder = site
    page.goto(f"{address}/administration")
    browsing.settle(page, charts=False)
    choose(page, "Department", "Payroll")
    page.get_by_role("spinbutton", name=re.compile("Target")).fill("77")
    page.get_by_role("button", name="Set target").click()
    browsing.settle(page, charts=False)
    expect(page.get_by_text("On time, Payroll: 77 % counts from")).to_be_visible()
    assert [line.what for line in audit.read(folder)] == [
        *("taken over", "ended", "added")
    ]
    page.goto(f"{address}/deadlines?department=Payroll")
    browsing.settle(page)
    expect(page.get_by_text(re.compile("Target 77.0 %")).first).to_be_visible()


def test_an_edited_file_counts_at_once_and_a_broken_one_is_said(site, page):
    address, folder = site
    folder.mkdir()
    path = folder / "targets.csv"
    path.write_text("metric,value\nerror_rate,0.0123\n")
    page.goto(f"{address}/error_rates")
    browsing.settle(page)
    expect(page.get_by_text(re.compile(r"Target 1\.2 %")).first).to_be_visible()
    path.write_text("metric,value\nerror_rate,123\n")
    page.goto(f"{address}/error_rates")
    browsing.settle(page)
    told = page.get_by_text("targets.csv, line 2: error_rate is a share from 0 to 1")
    expect(told).to_be_visible()
    expect(page.get_by_text(re.compile(r"Target 1\.2 %")).first).to_be_visible()
