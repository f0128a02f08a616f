"""Databases of trackers, made once for each process that tests."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.databases.trackers.figures import Figures
from tests.databases.trackers.site import Tracker

SERVERS = {
    "zammad": "postgresql",
    "jira": "postgresql",
    "odoo_project": "postgresql",
    "osticket": "mariadb",
    "erpnext": "mariadb",
}


@pytest.fixture(scope="session")
def tracker(sites):
    """A tracker by its name, with the rows that its module of tests draws as ROWS."""
    made: dict[str, Tracker] = {}

    def open_tracker(name: str) -> Tracker:
        if name not in made:
            rows = import_module(f"tests.databases.trackers.test_{name}").ROWS
            made[name] = Tracker(sites.server(SERVERS[name]), name, rows)
        return made[name]

    return open_tracker


@pytest.fixture
def figures(tracker, tmp_path):
    """The figures of a tracker by its name."""
    return lambda name: Figures(tracker(name), tmp_path / "figures.duckdb")
