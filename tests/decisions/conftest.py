"""A folder of decisions beside a small database, and tables drawn as text."""

from datetime import datetime

import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.decisions.rows import from_texts
from dashboard.questions import read_filters
from dashboard.settings import Settings
from tests import drawn

AS_OF = datetime(2026, 3, 10, 12)
GIVEN = {
    "work_items": """
        item_id | department | received_at      | due_at           | completed_at
        1       | Payroll    | 2026-03-02T09:00 | 2026-03-04T17:00 | 2026-03-03T09:00
    """,
    "targets": """
        metric      | department | value | valid_from | valid_to
        on_time_due | -          | 0.90  | 2026-01-01 | -
    """,
}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "decisions"


@pytest.fixture
def database(tmp_path, folder):
    """A built file that has a target of its own."""
    path = tmp_path / "operations.duckdb"
    drawn.build(path, GIVEN, zone="Europe/London", as_of=AS_OF)
    settings = Settings(f"duckdb:///{path}", decisions=str(folder))
    return DuckDBFile(settings)


def put(folder, relation, text):
    """Write a file by hand, its table drawn as text."""
    folder.mkdir(exist_ok=True)
    rows = drawn.table(text)
    lines = [",".join(rows[0])]
    lines += [",".join(cell or "" for cell in row.values()) for row in rows]
    (folder / f"{relation}.csv").write_text("\n".join(lines) + "\n")


def rows(relation, text):
    """Rows of a relation, drawn as text."""
    return tuple(
        from_texts(relation, {k: v for k, v in row.items() if v is not None})
        for row in drawn.table(text)
    )


def targets_on(database, as_of=None):
    """The targets in force at a moment, as the gate gives them to the pages."""
    filters = read_filters(gate.load(database), None, None, as_of, {})
    found = gate.ask(Question("data/targets", filters), database).rows.to_pylist()
    return [(row["metric"], row["department"], row["value"]) for row in found]
