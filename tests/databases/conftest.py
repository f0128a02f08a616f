"""Real databases, started once for each process that tests."""

from __future__ import annotations

import pytest

from tests.databases import servers
from tests.databases.sites import DATABASES, Sites


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks for groups
def pytest_collection_modifyitems(items):
    """All of this folder is `make test-databases`.

    All of one database is in one process, so that it is started and filled once.
    """
    for item in items:
        if "tests/databases" in item.path.as_posix():
            item.add_marker(pytest.mark.databases)
            kind = item.callspec.params.get("kind") if hasattr(item, "callspec") else ""
            if kind in DATABASES and not item.get_closest_marker("xdist_group"):
                item.add_marker(pytest.mark.xdist_group(kind))


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
