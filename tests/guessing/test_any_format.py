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
AMOUNTS = st.decimals(-(10**8), 10**8, places=4).map(lambda n: n.normalize())


@st.composite
def dates_written(draw) -> tuple[Callable[[date], str], dict[str, str]]:
    """A way of writing dates, and the true answers to what it leaves open."""
    named = draw(st.sampled_from(["", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%Y-%m-%d"]))
    if named:
        return (lambda day: day.strftime(named)), {}
    order = draw(st.sampled_from(sorted(ORDERS)))
    mark = draw(st.sampled_from("/.-"))
    is_short, width = draw(st.booleans()), draw(st.sampled_from([1, 2]))

    def write(day: date) -> str:
        year = f"{day.year % 100:02}" if is_short else str(day.year)
        parts = {"d": f"{day.day:0{width}}", "m": f"{day.month:0{width}}"}
        return ORDERS[order].format(**parts, s=mark, y=year)

    group = mark + "yy" * is_short
    return write, {f"order Closed {group}": order, "pivot Closed": "100"}


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

    return write, {"decimal Amount": mark}


def _in_groups(digits: str, size: int, mark: str) -> str:
    first = len(digits) % size or size
    rest = [digits[n : n + size] for n in range(first, len(digits), size)]
    return mark.join([digits[:first], *rest])


@settings(max_examples=20, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.one_of(DAYS, st.none()), st.one_of(AMOUNTS, st.none()), NULLS),
        min_size=1,
        max_size=30,
    ),
    of_dates=dates_written(),
    of_amounts=amounts_written(),
)
def test_every_value_is_read_back_or_asked_about(rows, of_dates, of_amounts):
    (write_date, order), (write_amount, mark) = of_dates, of_amounts
    table = [
        [
            f"T{n}",
            "2026-01-05",
            null if day is None else write_date(day),
            null if amount is None else write_amount(amount),
        ]
        for n, (day, amount, null) in enumerate(rows)
    ]
    with tempfile.TemporaryDirectory() as folder:
        newcomer = Newcomer(Path(folder))
        newcomer.brings([["Ticket No", "Received", "Closed", "Amount"], *table])
        asked = newcomer.proposed().asked
        truth = order | mark
        assert {question.key for question in asked} <= truth.keys()
        report = newcomer.imports({q.key: truth[q.key] for q in asked})
        assert report.refused_rows == 0
        with duckdb.connect(str(newcomer.database), read_only=True) as connection:
            found = connection.execute("""
                select
                    cast(completed_at at time zone 'UTC' at time zone 'Europe/Berlin'
                        as date),
                    amount
                from work_items
                order by cast(substring(item_id, 2) as integer)
            """).fetchall()
    assert found == [(day, amount) for day, amount, _ in rows]
