"""Whether this process serves, and whether its operations database answers.

For those who watch over the process: `/livez` is 200 while it serves at all, `/readyz`
while the database answers too. Kept answers of the gate have no part in it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.databases import Database
from dashboard.databases.deadlines import within

WAIT_SECONDS = 2.0
KEPT_SECONDS = 2.0  # for all who ask: the database is asked no more often
HEADERS = {"Cache-Control": "no-store"}

log = logging.getLogger("mis")


def routes(database: Callable[[], Database]) -> list[Route]:
    """The two routes, over the database that `database` gives."""
    readiness = Readiness(database)

    async def live(request: Request) -> Response:
        return PlainTextResponse("alive\n", headers=HEADERS)

    def ready(request: Request) -> Response:
        if readiness.now():
            return PlainTextResponse("ready\n", headers=HEADERS)
        text = "The operations database does not answer.\n"
        return PlainTextResponse(text, 503, headers=HEADERS)

    return [Route("/livez", live), Route("/readyz", ready)]


class Readiness:
    """Whether the database answers; who asks while it is asked gets the same answer."""

    def __init__(self, database: Callable[[], Database]):
        self._database = database
        self._turn = threading.Lock()
        self._was = True
        self._asked_at = -KEPT_SECONDS

    def now(self) -> bool:
        """Whether it answered, within the last seconds."""
        with self._turn:
            if time.monotonic() - self._asked_at >= KEPT_SECONDS:
                self._was = self._asked()
                self._asked_at = time.monotonic()
            return self._was

    def _asked(self) -> bool:
        try:
            within(WAIT_SECONDS, lambda: self._database().check())
        except Exception as error:
            if self._was:  # said once
                log.warning("not ready: %s", error)
            return False
        return True
