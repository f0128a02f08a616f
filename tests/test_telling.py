"""What pages say of figures can be understood without statistics."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard import gate
from dashboard.components.control import since
from tests import drawn
from tests.test_pages import AS_OF, TWO_ITEMS, database, opened, said

__all__ = ["database"]  # a fixture
HEAD = "item_id | received_at | first_due_at | due_at | completed_at"


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Open a page over drawn items."""

    def build(name, items, **address):
        path = tmp_path / "operations.duckdb"
        drawn.build(path, {"work_items": items}, zone="UTC", as_of=AS_OF)
        monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
        gate.forget()
        return opened(name, **address)

    return build


def captions(app) -> str:
    return " ".join(said(text) for text in app.caption)


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ((7, 7, None), "since 7 September 2026"),
        ((7, 19, None), "since 7 September 2026, noticed on 19 September 2026"),
        ((7, 7, 7), "7 September 2026"),
        (
            (7, 19, 26),
            "7 September 2026 to 26 September 2026, noticed on 19 September 2026",
        ),
    ],
    ids=["one", "a run", "one that is over", "a run that is over"],
)
def test_since_when_and_when_it_was_noticed(dates, words):
    days = [day and date(2026, 9, day) for day in dates]
    assert since(*days) == words


def test_a_tile_says_of_how_many_its_rate_is_and_how_exact(page):
    done = "\n".join(
        f"{n} | 2026-03-02T09:00 | 2026-03-03T09:00 | 2026-03-03T09:00 | "
        f"2026-03-0{2 if n < 30 else 4}T10:00"
        for n in range(40)
    )
    told = captions(page("deadlines", f"{HEAD}\n{done}"))
    assert (
        "Of 40 items; the true value most likely lies between 59.8 and 85.8\u00a0%"
        in told
    )


def test_a_tile_without_a_value_shows_a_dash_and_no_cases(page):
    app = page("error_rates", TWO_ITEMS)
    assert app.metric[0].value == "–"
    assert not [b for b in app.button if str(b.key).endswith(" error_rate")]


def test_one_day_is_a_day(page):
    app = page("backlog", "item_id | received_at\n1 | 2026-03-09T09:00")
    values = {tile.label: tile.value for tile in app.metric}
    assert values["Oldest item"] == "1 day"


BEGINS = "Items from before 2 March 2026 are not in the data"


@pytest.mark.parametrize(
    ("start", "says"), [("2026-03-02", True), ("2026-04-06", False)]
)
def test_data_that_begins_with_the_period_is_said_at_the_top(page, start, says):
    address = {"from": [start], "to": ["2026-05-01"], "as_of": ["2026-05-01T00:00"]}
    app = page("backlog", TWO_ITEMS, **address)
    assert any(BEGINS in said(note) for note in app.info) == says


def test_each_calendar_has_its_own_full_day(database):
    told = captions(opened("deadlines"))
    assert (
        "A full day has 12 working hours by the calendar all week, 9 by office" in told
    )


def test_the_band_of_a_rate_does_not_say_what_is_normal(database):
    told = captions(opened("deadlines"))
    assert "the band does not say whether the week is normal" in told


def test_a_baseline_that_is_the_period_shown_is_said(page):
    rows = [
        f"{week}-{n} | {day}T09:00 | {day}T12:00 | {day}T12:00 | {day}T{hour}:00"
        for week in range(9)
        for day in [date(2026, 1, 5) + timedelta(weeks=week)]
        for n in range(40)
        for hour in ["15" if n < 10 else "11"]
    ]
    address = {"from": ["2026-01-05"], "to": ["2026-03-11"]}
    app = page("deadlines", "\n".join([HEAD, *rows]), **address)
    told = " ".join(said(text) for text in app.markdown)
    assert "The usual is the average of this very period." in told
