"""However a table is written, a guess reads each value back, or asks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guessing.conftest import Newcomer

ORDERS = {"dmy": "{d}{s}{m}{s}{y}", "mdy": "{m}{s}{d}{s}{y}"}
NULLS = st.sampled_from(["", "-", "n/a", "pending", "TBD"])
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
OPEN_DAYS = DAYS.map(lambda day: day.replace(day=day.day % 12 + 1))  # read both ways
AMOUNTS = st.decimals(-(10**8), 10**8, places=4).map(lambda n: n.normalize())
OPEN_AMOUNTS = st.one_of(
    st.integers(1_000, 999_999).map(Decimal),
    st.decimals(1, 999, places=3),
)
DATES = {"Started": "started_at", "Closed": "completed_at", "Withdrawn": "cancelled_at"}
Written = tuple[list, list[str], dict[str, str]]  # values, cells, true answers


@st.composite
def dates_written(draw) -> tuple[Callable[[date], str], dict[str, str]]:
    """A way of writing dates, and the true answers to what it leaves open."""
    named = draw(st.sampled_from(["%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%Y-%m-%d"]))
    if draw(st.integers(0, 3)) == 0:
        return (lambda day: day.strftime(named)), {}
    order = draw(st.sampled_from(sorted(ORDERS)))
    mark = draw(st.sampled_from("/.-"))
    is_short, width = draw(st.booleans()), draw(st.sampled_from([1, 2]))

    def write(day: date) -> str:
        year = f"{day.year % 100:02}" if is_short else str(day.year)
        parts = {"d": f"{day.day:0{width}}", "m": f"{day.month:0{width}}"}
        return ORDERS[order].format(**parts, s=mark, y=year)

    group = mark + "yy" * is_short
    return write, {f"order {{}} {group}": order, "pivot {}": "100"}


@st.composite
def amounts_written(draw) -> tuple[Callable[[Decimal], str], dict[str, str]]:
    """A way of writing amounts, and the true answer to what it leaves open."""
    mark = draw(st.sampled_from(".,"))
    thousands = draw(st.sampled_from(["", " ", "'", "," if mark == "." else "."]))
    is_indian = mark == "." and draw(st.booleans())
    before, after = draw(
        st.sampled_from([("", ""), ("€ ", ""), ("", " EUR"), ("Rs. ", ""), ("$", "")])
    )
    minus = draw(st.sampled_from(["-{}", "({})", "{}-", "\u2212{}"]))

    def write(amount: Decimal) -> str:
        whole, _, fraction = f"{abs(amount):f}".partition(".")
        if is_indian and len(whole) > 3:
            whole = f"{_in_groups(whole[:-3], 2, ',')},{whole[-3:]}"
        elif not is_indian:
            whole = _in_groups(whole, 3, thousands)
        text = f"{before}{whole}{mark if fraction else ''}{fraction}{after}"
        return minus.format(text) if amount < 0 else text

    return write, {"decimal {}": mark}


def _in_groups(digits: str, size: int, mark: str) -> str:
    first = len(digits) % size or size
    rest = [digits[n : n + size] for n in range(first, len(digits), size)]
    return mark.join([digits[:first], *rest])


@st.composite
def column(draw, header: str, size: int, values, open_values, formats) -> Written:
    """A column in one format, its empty cells in one word; often all of it is open."""
    write, answers = draw(formats)
    null = draw(NULLS)
    each = st.one_of(draw(st.sampled_from([values, open_values])), st.none())
    found = draw(st.lists(each, min_size=size, max_size=size))
    cells = [null if value is None else write(value) for value in found]
    return found, cells, {key.format(header): text for key, text in answers.items()}


@st.composite
def tables(draw) -> dict[str, Written]:
    """Some rows, of which each column is written in a way of its own."""
    size = draw(st.integers(1, 6))
    dated = {
        header: draw(column(header, size, DAYS, OPEN_DAYS, dates_written()))
        for header in DATES
    }
    amount = column("Amount", size, AMOUNTS, OPEN_AMOUNTS, amounts_written())
    return dated | {"Amount": draw(amount)}


@settings(max_examples=25, deadline=None)
@given(tables())
def test_every_value_is_read_back_or_asked_about(table):
    truth = {}
    for _, _, answers in table.values():
        truth |= answers
    rows = zip(*(cells for _, cells, _ in table.values()), strict=True)
    with tempfile.TemporaryDirectory() as folder:
        newcomer = Newcomer(Path(folder))
        newcomer.brings(
            [
                ["Ticket No", "Received", *table],
                *([f"T{n}", "2026-01-05", *row] for n, row in enumerate(rows)),
            ]
        )
        asked = newcomer.proposed().asked
        assert {key for q in asked for key in q.keys or (q.key,)} <= truth.keys()
        report = newcomer.imports(truth)
        assert report.refused_rows == 0
        assert read_back(newcomer) == {h: values for h, (values, _, _) in table.items()}


def read_back(newcomer: Newcomer) -> dict[str, list]:
    """The values of each column as they were imported; dates in the zone of the file."""
    local = [
        f"cast({name} at time zone 'UTC' at time zone 'Europe/Berlin' as date)"
        for name in DATES.values()
    ]
    with duckdb.connect(str(newcomer.database), read_only=True) as connection:
        found = connection.execute(
            f"select {', '.join(local)}, amount from work_items"
            " order by cast(substring(item_id, 2) as integer)"
        ).fetchall()
    columns = zip(*found, strict=True)
    return dict(zip([*DATES, "Amount"], map(list, columns), strict=True))
