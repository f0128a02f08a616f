"""The page Import: who may open it, and what it says without a browser."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access, gate
from tests import drawn

APP = Path(__file__).resolve().parents[1] / "app.py"
CLERK = access.Viewer("clerk", None)
ITEMS = """
    item_id | department | received_at
    1       | Payroll    | 2026-03-02T09:00
    2       | Billing    | 2026-03-02T09:00
"""


@pytest.fixture
def database(tmp_path, monkeypatch):
    path = tmp_path / "operations.duckdb"
    given = {"work_items": ITEMS}
    drawn.build(path, given, zone="UTC", as_of=datetime(2026, 3, 10, 12))
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    gate.forget()
    return path


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    app.switch_page("dashboard/pages/import_files.py").run()
    assert not app.exception
    return app


def test_whoever_does_not_administer_reads_one_sentence(database, monkeypatch):
    monkeypatch.setattr(access, "EVERYTHING", CLERK)
    app = opened()
    assert [info.value for info in app.info] == [
        "This page is for administrators: ask one of yours."
    ]
    assert not app.file_uploader


def test_filters_stay_for_the_pages_that_have_them(database):
    app = opened(department="Payroll")
    app.switch_page("dashboard/pages/backlog.py").run()
    assert "Payroll" in app.query_params["department"]
