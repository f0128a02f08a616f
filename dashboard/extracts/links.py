"""Links to extracts, signed so that they say all and nobody can change them.

A link holds its question; nothing is kept until it is followed. It lives for twelve
hours, and no longer than this process.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.access import EVERYTHING, Viewer
from dashboard.answers import Question
from dashboard.databases import Database
from dashboard.errors import DatabaseError, MisError, TimeLimitError
from dashboard.extracts.names import file_name
from dashboard.extracts.spool import Spool
from dashboard.filters import Filters
from dashboard.relations import FILTERS

LIFE_SECONDS = 12 * 3600
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

log = logging.getLogger("mis")
_signer = URLSafeTimedSerializer(secrets.token_bytes(32), salt="extract")


def link(
    question: Question,
    what: Literal["csv", "about"] = "csv",
    viewer: Viewer = EVERYTHING,
) -> str:
    """The address of all rows of a question, or of the file that describes them."""
    name = file_name(question)
    if what == "about":
        name = name.removesuffix(".csv") + ".about.json"
    return f"/extracts/{_signer.dumps(_packed(question, viewer))}/{name}"


def routes(database: Callable[[], Database]) -> list[Route]:
    """The route that answers such links from the database that `database` gives."""
    spool = Spool()

    def answer(request: Request) -> Response:
        try:
            return _file(request, spool, database)
        except Exception as error:  # whatever it is, the reader gets a sentence
            return sorry(error)

    return [Route("/extracts/{token}/{name}", answer)]


def _file(request: Request, spool: Spool, database: Callable[[], Database]) -> Response:
    token, name = request.path_params["token"], request.path_params["name"]
    question, viewer = _unpacked(_signer.loads(token, max_age=LIFE_SECONDS))
    made = spool.extract(question, database(), viewer)
    is_about = name.endswith(".about.json")
    path = made.about_file if is_about else made.csv
    kind = "application/json" if is_about else "text/csv; charset=utf-8"
    return FileResponse(path, media_type=kind, filename=path.name, headers=HEADERS)


def sorry(error: Exception) -> Response:
    """An error as one sentence and the status that fits it."""
    text, status = str(error), 400
    if isinstance(error, SignatureExpired):
        text, status = "This link is too old: open the page again for a new one.", 410
    elif isinstance(error, BadData):
        text, status = "This link is not valid: open the page again for a new one.", 403
    elif isinstance(error, TimeLimitError):
        status = 504
    elif isinstance(error, DatabaseError):
        status = 503
    elif not isinstance(error, MisError):
        reference = secrets.token_hex(2).upper()
        log.error("extract failed, reference %s", reference, exc_info=error)
        text, status = f"The extract could not be made (reference {reference}).", 500
    return PlainTextResponse(f"{text}\n", status, headers=HEADERS)


def _packed(question: Question, viewer: Viewer) -> dict[str, Any]:
    """A question as plain values; what is as by default is left out."""
    found = {name: value for name, value in vars(question).items() if value}
    filters = {name: value for name, value in vars(question.filters).items() if value}
    for name in ("start", "end", "as_of"):
        filters[name] = filters[name].isoformat()
    for left_out in ("offset", "limit"):  # an extract is always whole
        found.pop(left_out, None)
    if question.by is not None:  # pooled by nothing is something
        found["by"] = question.by
    scope = None if viewer.scope is None else list(viewer.scope)
    return found | {"filters": filters, "viewer": [viewer.name, scope]}


def _unpacked(packed: dict[str, Any]) -> tuple[Question, Viewer]:
    name, scope = packed.pop("viewer")
    filters = packed.pop("filters")
    question = Question(
        filters=Filters(
            start=date.fromisoformat(filters["start"]),
            end=date.fromisoformat(filters["end"]),
            as_of=datetime.fromisoformat(filters["as_of"]),
            zone=filters["zone"],
            **{name: tuple(filters.get(name, ())) for name in FILTERS},
        ),
        by=tuple(packed.pop("by")) if "by" in packed else None,
        settings=tuple((key, value) for key, value in packed.pop("settings", ())),
        where=tuple((key, tuple(values)) for key, values in packed.pop("where", ())),
        **packed,
    )
    return question, Viewer(name, None if scope is None else tuple(scope))
