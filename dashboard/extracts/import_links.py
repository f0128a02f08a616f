"""Links of the page Import: rows in quarantine to be mended, and a mapping to keep.

Like those to extracts they are signed, say all, and live for twelve hours. The file of
rows is made when its link is followed, and removed when it was sent.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

from itsdangerous import URLSafeTimedSerializer
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.extracts.links import HEADERS, LIFE_SECONDS, sorry
from dashboard.private_folders import private_folder
from dashboard.sources.quarantine import write_waiting

_secret = secrets.token_bytes(32)
_mend = URLSafeTimedSerializer(_secret, salt="mend")
_mapping = URLSafeTimedSerializer(_secret, salt="mapping")


def mend_link(database: Path, tracker: str) -> str:
    """The address of the rows of a tracker that wait; for administrators alone."""
    token = _mend.dumps([str(database), tracker])
    return f"/mend/{token}/mend_{_plain(tracker)}.csv"


def mapping_link(text: str, tracker: str) -> str:
    """The address of a mapping as a file; the link holds the whole of it."""
    return f"/mapping/{_mapping.dumps(text)}/{_plain(tracker)}.toml"


def _plain(tracker: str) -> str:
    """The name of a tracker as a part of a file name."""
    return re.sub(r"[^\w-]+", "_", tracker).strip("_")[:60] or "tracker"


def routes() -> list[Route]:
    """The routes that answer such links."""
    return [
        Route("/mend/{token}/{name}", partial(_answer, _rows)),
        Route("/mapping/{token}/{name}", partial(_answer, _text)),
    ]


def _answer(make: Callable[[str, str], Response], request: Request) -> Response:
    try:
        return make(request.path_params["token"], request.path_params["name"])
    except Exception as error:  # whatever it is, the reader gets a sentence
        return sorry(error)


def _text(token: str, name: str) -> Response:
    saved = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    text = _mapping.loads(token, max_age=LIFE_SECONDS)
    return PlainTextResponse(text, headers=HEADERS | saved)


def _rows(token: str, name: str) -> Response:
    database, tracker = _mend.loads(token, max_age=LIFE_SECONDS)
    return _file(Path(database), tracker, name)


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
