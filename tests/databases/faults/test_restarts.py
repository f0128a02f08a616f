"""A database that is killed and comes back, again and again, leaves nothing behind."""

import threading
import time

import pytest

from tests.databases.faults.failing import LOST, SLOW, UNREACHED, answers, eventually

CYCLES = 50


@pytest.mark.timeout(900)
def test_fifty_kills_leave_no_session_and_no_connection(
    site, database, refused, measured
):
    threads = threading.active_count()
    for cycle in range(CYCLES):
        if cycle % 2:  # under a question, or while nobody asks
            site.server.kill()
            refused(database, f"{LOST}|{UNREACHED}", 2)
        else:
            killing = threading.Timer(0.5, site.server.kill)  # it runs by now
            killing.start()
            refused(database, LOST, 2.2, SLOW)
            killing.join()
        site.server.start()
        start = time.monotonic()
        assert eventually(lambda: answers(database))
        measured("answers again, within 5 s", time.monotonic() - start)
        assert site.sessions() <= 1
    assert eventually(lambda: threading.active_count() <= threads)
