"""Links to the rows of a tracker that wait in quarantine, as a file to mend them in.

Like those to extracts they are signed, say all, and live for twelve hours; the file is
made when the link is followed, and removed when it was sent.
"""

from __future__ import annotations

import re
import secrets
import shutil
from pathlib import Path

from itsdangerous import URLSafeTimedSerializer
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from dashboard.extracts.links import HEADERS, LIFE_SECONDS, sorry
from dashboard.private_folders import private_folder
from dashboard.sources.quarantine import write_waiting

_signer = URLSafeTimedSerializer(secrets.token_bytes(32), salt="mend")


def mend_link(database: Path, tracker: str) -> str:
    """The address of the rows of a tracker that wait; for administrators alone."""
    name = re.sub(r"[^\w-]+", "_", tracker).strip("_")[:60] or "tracker"
    return f"/mend/{_signer.dumps([str(database), tracker])}/mend_{name}.csv"


def routes() -> list[Route]:
    """The route that answers such links."""
    return [Route("/mend/{token}/{name}", _answer)]


def _answer(request: Request) -> Response:
    try:
        token = request.path_params["token"]
        database, tracker = _signer.loads(token, max_age=LIFE_SECONDS)
        return _file(Path(database), tracker, request.path_params["name"])
    except Exception as error:  # whatever it is, the reader gets a sentence
        return sorry(error)


def _file(database: Path, tracker: str, name: str) -> Response:
    folder = private_folder("mend")
    done = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    try:
        write_waiting(database, folder / "mend.csv", tracker)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(
        folder / "mend.csv",
        media_type="text/csv; charset=utf-8",
        filename=name,
        headers=HEADERS,
        background=done,
    )
