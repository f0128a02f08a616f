"""A network that cuts an answer short, or goes silent: the whole answer, or a sentence."""

import time

import pyarrow as pa
import pytest

from dashboard.databases.stopping import Stop
from dashboard.errors import DatabaseError
from tests.databases.faults.failing import (
    ITEMS,
    LIMIT,
    LOST,
    TRIES,
    UNREACHED,
    answers,
    ask,
    eventually,
)
from tests.databases.faults.proxy import Proxy

pytestmark = pytest.mark.timeout(600)

POINTS = 50
ROWS = 4_000
MANY = f"""
    select a.item_id, a.received_at
    from work_items as a
    inner join (select item_id from work_items order by item_id limit 2) as b
        on true
    order by a.item_id
    limit {ROWS}
"""
ITEM = pa.schema([("item_id", pa.string()), ("received_at", pa.timestamp("us"))])


@pytest.fixture
def proxy(site):
    found = Proxy(site.server.port)
    yield found
    found.close()


@pytest.fixture
def through(site, proxy):
    """The database as it is read through the proxy; it leaves no connection behind."""
    opened = site.opened(site.url(port=proxy.port))
    assert ask(opened) == ITEMS
    yield opened
    opened.close()
    assert eventually(lambda: site.sessions() == 0), "connections left behind"


def rows(database) -> int:
    return database.run(MANY, {}, lambda: ITEM, Stop()).num_rows


def streamed(database) -> int:
    return sum(b.num_rows for b in database.stream(MANY, {}, lambda: ITEM))


@pytest.mark.parametrize("read", [rows, streamed])
def test_an_answer_that_is_cut_is_lost_whole(proxy, through, measured, read):
    before = proxy.told
    assert read(through) == ROWS
    size = proxy.told - before
    for point in range(POINTS):
        proxy.cut_after(size * point // POINTS)
        start = time.monotonic()
        with pytest.raises(DatabaseError, match=f"{LOST}|{UNREACHED}"):
            read(through)
        took = time.monotonic() - start
        measured("lost whole, within 2 s", took)
        assert took <= 2
        proxy.mend()
        assert eventually(lambda: answers(through))


@pytest.mark.usefixtures("impatient")
def test_a_network_that_goes_silent_holds_nobody(proxy, through, refused):
    for _ in range(TRIES):
        proxy.fall_silent()
        refused(through, UNREACHED, LIMIT + 3.3)
        refused(through, UNREACHED, 0.2)
        proxy.mend()
        assert eventually(lambda: answers(through), 6)


@pytest.mark.usefixtures("impatient")
def test_a_network_that_goes_silent_and_cuts_holds_nobody(proxy, through, refused):
    for _ in range(TRIES):
        proxy.fall_silent()
        refused(through, UNREACHED, LIMIT + 3.3)
        proxy.cut()
        proxy.mend()
        assert eventually(lambda: answers(through), 6)
