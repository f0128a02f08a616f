"""Servers that fail, each with a site of its own, and what was measured on them."""

from __future__ import annotations

import time
from collections import defaultdict

import pytest

from dashboard.databases import connections
from dashboard.errors import DatabaseError
from tests.databases.faults import failing


@pytest.fixture(scope="module", params=failing.SITES)
def site(request):
    with failing.running(request.param) as found:
        yield found


@pytest.fixture
def database(site):
    """The database as the dashboard reads it; it leaves no connection behind."""
    opened = site.opened()
    assert failing.ask(opened) == failing.ITEMS
    yield opened
    site.server.thaw()  # where a test that failed left it frozen
    opened.close()
    assert failing.eventually(lambda: site.sessions() == 0), "connections left behind"


@pytest.fixture
def impatient(monkeypatch):
    """Try a stalled server again each second, so that twenty tries are soon over."""
    monkeypatch.setattr(connections, "PROBE_SECONDS", 1.0)


@pytest.fixture
def measured(request):
    """Keep how long something took, for the summary."""

    def keep(what: str, seconds: float) -> None:
        name = request.node.name
        request.node.user_properties.append(("took", (f"{name}: {what}", seconds)))

    return keep


@pytest.fixture
def refused(measured):
    """Ask what has to fail: with these words, in time, and without an address."""

    def ask(database, words, seconds, sql=failing.QUICK):
        start = time.monotonic()
        with pytest.raises(DatabaseError, match=words) as told:
            failing.ask(database, sql)
        took = time.monotonic() - start
        measured(f"{words}, within {seconds:g} s", took)
        assert took <= seconds, f"{took:.1f} s"
        assert "127.0.0.1" not in str(told.value)

    return ask


def pytest_terminal_summary(terminalreporter):
    found = defaultdict(list)
    for report in terminalreporter.stats.get("passed", []):
        for name, told in getattr(report, "user_properties", ()):
            if name == "took" and report.when == "call":
                found[told[0]].append(told[1])
    for name, took in sorted(found.items()):
        line = f"{name}: {len(took)} tries, worst {max(took):.2f} s"
        terminalreporter.write_line(line)
