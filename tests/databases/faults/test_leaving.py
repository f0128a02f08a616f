"""A reader who leaves, in a real browser: the question is gone from the database."""

import time
from contextlib import contextmanager

import adbc_driver_postgresql.dbapi as driver
import pytest

from tests import browsing
from tests.databases.faults import failing
from tests.databases.faults.failing import eventually

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        browsing.chromium() is None,
        reason="SKIPPED BROWSER: no chromium found; install the package chromium",
    ),
]
WAITING = """
    select pid, query_start from pg_stat_activity
    where usename = 'reader' and state = 'active' and wait_event_type = 'Lock'
"""
TIMES = 5


@pytest.fixture(scope="module")
def site():
    with failing.running("postgresql") as found:
        yield found


@pytest.fixture(scope="module")
def address(site):
    with browsing.served(site.reader) as found:
        yield found


@contextmanager
def held(site):
    """Questions about stays wait while the block lasts."""
    with driver.connect(site.url("owner")) as owner, owner.cursor() as cursor:
        cursor.execute("lock table item_stays in access exclusive mode")
        yield
        owner.rollback()


# Ways to leave; each gives the moment of its last act.


def close(page):
    moment = time.monotonic()
    page.close()
    return moment


def to_another_page(page):
    moment = time.monotonic()
    page.goto(page.url.split("?")[0].replace("backlog", "glossary"))
    return moment


def to_another_department(page):
    box = page.get_by_role("combobox", name="Department")
    box.click()
    box.type("Payroll")
    moment = time.monotonic()
    page.get_by_role("option", name="Payroll", exact=True).click()
    return moment


def early_in_a_minute():
    """What the filters and the header ask is kept for the minute."""
    while time.time() % 60 > 45:
        time.sleep(0.5)


@pytest.mark.parametrize("leave", [close, to_another_page, to_another_department])
def test_the_question_of_a_reader_who_left_is_gone(site, address, measured, leave):
    with browsing.browser() as browser:
        for _ in range(TIMES):
            early_in_a_minute()
            page = browser.new_page()
            page.goto(f"{address}/glossary")
            browsing.settle(page)
            with held(site):
                page.goto(f"{address}/backlog", wait_until="domcontentloaded")
                assert eventually(lambda: site.told(WAITING), 20)
                waited = set(site.told(WAITING))
                start = leave(page)
                assert eventually(
                    lambda known=waited: not known & set(site.told(WAITING))
                )
                took = time.monotonic() - start
                measured("gone from the server, within 2 s", took)
                assert took <= 2
            page.close()
