"""Databases of trackers, made once for each process that tests."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.databases.trackers.figures import Figures
from tests.databases.trackers.site import Tracker, tell_zone

SERVERS = {
    "zammad": "postgresql",
    "jira": "postgresql",
    "odoo_project": "postgresql",
    "redmine": "postgresql",
    "osticket": "mariadb",
    "erpnext": "mariadb",
}


@pytest.fixture(scope="session")
def tracker(sites):
    """A tracker by its name, with the rows that its module of tests draws as ROWS.

    ZONE there is one that the server has to know.
    """
    made: dict[str, Tracker] = {}

    def open_tracker(name: str) -> Tracker:
        if name not in made:
            tests = import_module(f"tests.databases.trackers.test_{name}")
            server = sites.server(SERVERS[name])
            if zone := getattr(tests, "ZONE", ""):
                tell_zone(server, zone)
            made[name] = Tracker(server, name, tests.ROWS)
        return made[name]

    return open_tracker


@pytest.fixture
def figures(tracker, tmp_path):
    """The figures of a tracker by its name."""
    return lambda name: Figures(tracker(name), tmp_path / "figures.duckdb")
