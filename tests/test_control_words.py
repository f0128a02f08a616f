"""What stands below a control chart says what the chart leaves out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard import gate
from tests import drawn

APP = Path(__file__).resolve().parents[1] / "app.py"
MONDAY = date(2026, 1, 5)


def items(weekly) -> str:
    """So many items a week, due on its Wednesday; each tenth of them late."""
    rows = ["item_id | received_at | due_at | completed_at"]
    for number, count in enumerate(weekly):
        day = MONDAY + timedelta(weeks=number)
        for item in range(count):
            done = day + timedelta(days=4 if item % 10 == 0 else 1)
            due = day + timedelta(days=2)
            rows.append(f"{number}-{item} | {day}T09:00 | {due}T17:00 | {done}T12:00")
    return "\n".join(rows)


def test_weeks_of_too_few_items_are_counted_below_the_chart(tmp_path, monkeypatch):
    path = tmp_path / "operations.duckdb"
    weekly = (*[60] * 10, 3, *[60] * 4)
    as_of = datetime.combine(MONDAY + timedelta(weeks=15), datetime.min.time())
    drawn.build(path, {"work_items": items(weekly)}, zone="UTC", as_of=as_of)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    gate.forget()
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.query_params["start"] = str(MONDAY)
    app.run()
    app.switch_page("dashboard/pages/deadlines.py").run()
    assert not app.exception
    told = [caption.value for caption in app.caption if "p′ chart" in caption.value]
    assert "left out: 1 point with too few items" in told[0]
