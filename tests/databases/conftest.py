"""Real databases, started once for each process that tests."""

from __future__ import annotations

import pytest

from tests.databases import servers
from tests.databases.sites import Sites


def pytest_collection_modifyitems(items):
    """All of this folder is `make test-databases`."""
    for item in items:
        if "tests/databases" in item.path.as_posix():
            item.add_marker(pytest.mark.databases)


@pytest.fixture(scope="session")
def sites():
    with servers.folder() as folder:
        made = Sites(folder)
        with made.running:
            yield made


def pytest_terminal_summary(terminalreporter):
    """How many answers were compared, by database."""
    told = [
        kind
        for report in terminalreporter.stats.get("passed", [])
        for name, kind in getattr(report, "user_properties", ())
        if name == "compared"
    ]
    for kind in sorted(set(told)):
        terminalreporter.write_line(f"{kind}: {told.count(kind):,} answers compared")
