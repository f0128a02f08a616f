"""Rows in another order, under other names, in pages and in files are the same rows."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dashboard import gate
from dashboard.cli import cli
from dashboard.extracts.writing import extract
from dashboard.query_files import all_queries
from tests.metamorphic.asking import GRAINED, QUERIES, ask, bag, cases, fit, rows, some
from tests.metamorphic.histories import BERLIN, built, copied, histories, views


@cases
@given(histories(), views(), st.randoms(use_true_random=False), st.data())
def test_the_order_of_rows_in_tables_changes_nothing(history, view, random, data):
    """M10: neither a value nor the order of an answer."""
    mixed = {
        name: random.sample(found, len(found)) for name, found in history.rows.items()
    }
    with built(history) as straight, built(history.changed(**mixed)) as shuffled:
        for name in data.draw(some(fit("rebuilt"), 8)):
            found = [
                rows(ask(database, name, view)) for database in (straight, shuffled)
            ]
            assert found[0] == found[1], name


NEW = {"A": "z", "B": "Ä", "C": "m", "T1": "t9", "T2": "t1", "E1": "p3", "E2": "p1"}
NEW |= {"E3": "p2", "E9": "p0"} | {f"i{n}": f"j{20 - n}" for n in range(13)}
RENAMED = (
    "department",
    "team",
    "group_name",
    "employee",
    "item_id",
    "row_key",
    "value",
)
# Labels that are not renamed, or that only settle what is equal otherwise.
SETTLED = ("oldest_item_id", "urgent", "important")


def _renamed(found, names=NEW):
    return [
        {n: names.get(v, v) if n in RENAMED else v for n, v in row.items()}
        for row in found
    ]


@cases
@given(histories(), views(), st.data())
def test_other_names_change_only_labels(history, view, data):
    """M13: the oldest of two of one age, and whose kind of work tells how urgent an item
    of another department is, are settled by name, so these are left out.
    """
    other = history.changed(**{n: _renamed(found) for n, found in history.rows.items()})
    with built(history) as old, built(other) as new:
        names = [n for n in fit("renamed") if n != "backlog/urgent_important"]
        for name in data.draw(some(names, 8)):
            expected = _renamed(rows(ask(old, name, view)))
            assert bag(rows(ask(new, name, view)), *SETTLED) == bag(
                expected, *SETTLED
            ), name


@cases
@given(histories(), views(), st.data())
def test_ten_times_the_amounts_are_ten_times_the_money(history, view, data):
    """M19: money is shown with records alone, and nothing else depends on it."""
    items = [
        row | {"amount": None if row["amount"] is None else 10 * row["amount"]}
        if "amount" in row
        else row
        for row in history.rows["work_items"]
    ]
    with built(history) as once, built(history.changed(work_items=items)) as tenfold:
        of_money = [
            name for name, query in all_queries().items() if "amount" in query.columns
        ]
        for name in [*of_money, *data.draw(some(fit("rebuilt"), 6))]:
            expected = rows(ask(once, name, view))
            for row in expected:
                if row.get("amount") is not None:
                    row["amount"] *= 10
            assert rows(ask(tenfold, name, view)) == expected, name


MEASURED = {
    "deadlines/lead_time": {
        "lead_hours": "records/completed",
        "lead_work_hours": "records/completed",
    },
    "deadlines/lead_time_by_bucket": {
        "lead_hours": "records/completed",
        "lead_work_hours": "records/completed",
    },
    "deadlines/lateness_percentiles": {
        "late_work_hours": "records/due",
        "late_hours": "",
    },
    "deadlines/due_moved_by_bucket": {"shift_days": "records/due"},
    "backlog/oldest": {"age_days": "records/open", "age_work_hours": "records/open"},
    "handoffs/stage_time": {"stage_work_hours": ""},
    "handoffs/times": {"cycle_work_hours": "", "first_lead_work_hours": ""},
    "handoffs/variants": {"lead_work_hours": ""},
    "backlog/age_by_status": {"left_days": ""},
}


# Percentiles of relations that random histories do not draw.
NOT_DRAWN = ("accounts_payable", "document_management", "human_resources")
NOT_DRAWN += ("it_support", "customer_support", "order_management", "outsourced", "bpo")


def test_every_percentile_is_looked_at():
    named = {n for n, query in all_queries().items() if query.percentiles}
    assert {n for n in named if n.split("/")[0] not in NOT_DRAWN} == set(MEASURED)


@cases
@given(histories(), views())
def test_percentiles_rise_and_are_values_that_were_observed(history, view):
    """M20: items are written 10 times, so that percentiles are shown."""
    with built(copied(history, 10)) as database:
        for name, measures in MEASURED.items():
            for measure, records in measures.items():
                observed = set()
                if records:
                    found = rows(ask(database, records, view))
                    observed = {row[measure] for row in found} - {None}
                for row in rows(ask(database, name, view)):
                    shown = [row.get(f"{measure}_p{p}") for p in (50, 85, 95)]
                    shown = [value for value in shown if value is not None]
                    assert shown == sorted(shown), (name, measure)
                    if records:
                        assert set(shown) <= observed, (name, measure)
                        assert shown == [] or shown[-1] <= max(observed)


@cases
@given(histories(), views(), st.integers(1, 7), st.booleans(), st.data())
def test_the_pages_of_a_table_are_the_table(history, view, limit, descending, data):
    """M21: in the order of any column; none missing, none twice."""
    with built(history) as database:
        for name in data.draw(some(QUERIES, 3)):
            order = data.draw(st.sampled_from(tuple(all_queries()[name].columns)))
            by = {"order": order, "descending": descending}
            whole = ask(database, name, view, **by)
            pages = [
                row
                for offset in range(0, whole.rows.num_rows + 1, limit)
                for row in rows(
                    ask(database, name, view, **by, offset=offset, limit=limit)
                )
            ]
            assert pages == rows(whole), (name, order)
            assert bag(pages) == bag(rows(ask(database, name, view))), name


@cases
@given(histories(), views(), st.data())
def test_screen_extract_and_command_line_have_the_same_rows(history, view, data):
    """M22: of screen, CSV, stream and `mis ask`; XLSX, Parquet and mail are not there yet."""
    with built(history) as database, TemporaryDirectory() as folder:
        for name in data.draw(some(QUERIES, 2)):
            answer = ask(database, name, view)
            screen = rows(answer)
            streamed = [
                r for t in gate.stream(answer.question, database) for r in t.to_pylist()
            ]
            assert streamed == screen, name
            file = extract(answer.question, database, folder=Path(folder))
            assert _cells(file.csv.read_bytes()) == _written(answer), name
            told = _told(database, view, name, "csv")
            assert _cells(told) == _written(answer), name


def _cells(text: bytes):
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def _written(answer):
    """The rows of the screen as a file has to write them."""
    names = answer.rows.column_names
    return [names, *([_cell(row[name]) for name in names] for row in rows(answer))]


def _cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).astimezone(ZoneInfo(BERLIN)).isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # Arrow writes 1 for 1.0
    return str(value)


def _told(database, view, name, form):
    words = ["ask", name, "--format", form, "--database", f"duckdb:///{database.path}"]
    words += ["--from", str(view.start), "--to", str(view.end)]
    words += ["--as-of", f"{view.as_of.isoformat()}+00:00"]
    if name in GRAINED:
        words += ["--set", f"grain={view.grain}"]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes
