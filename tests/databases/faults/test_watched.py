"""What /livez and /readyz tell while the database of the served app fails."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browsing import served
from tests.databases.faults.failing import TRIES, eventually
from tests.health import seconds_until, told

pytestmark = pytest.mark.timeout(600)
WORDS = "The operations database does not answer.\n"


@pytest.fixture(scope="module")
def address(site):
    with served(site.reader) as found:
        yield found
    assert eventually(lambda: site.sessions() == 0), "connections left behind"


def fails_and_returns(address, measured, fail, mend):
    """It is told in time that the database is gone, and that it is back."""
    assert told(address, "/readyz") == (200, "ready\n")
    fail()
    gone = seconds_until(address, 503)
    assert told(address, "/readyz") == (503, WORDS)
    assert told(address, "/livez") == (200, "alive\n")
    mend()
    back = seconds_until(address, 200)
    measured("/readyz 503, within 5 s", gone)
    measured("/readyz 200 again, within 5 s", back)
    assert max(gone, back) <= 5


@pytest.mark.parametrize("fault", ["stop", "kill", "freeze"])
def test_a_server_that_fails_is_told_and_so_is_its_return(
    site, address, measured, fault
):
    mend = site.server.thaw if fault == "freeze" else site.server.start
    for _ in range(TRIES // 3 + 1):  # of each fault, twenty and one in all
        fails_and_returns(address, measured, getattr(site.server, fault), mend)


def test_however_many_ask_the_database_is_asked_once_in_two_seconds(site, address):
    before, start = site.connections_ever(), time.monotonic()
    with ThreadPoolExecutor(10) as many:
        while time.monotonic() - start < 6:
            asked = many.map(lambda _: told(address, "/readyz")[0], range(50))
            assert set(asked) == {200}
    most = (time.monotonic() - start) / 2 + 2  # who counts connects too
    assert site.connections_ever() - before <= most * site.connects
