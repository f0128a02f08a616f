"""What has to stand before the pages can open: a sample of today, and a free port."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path

from dashboard import gate
from dashboard.databases import open_database
from dashboard.databases.urls import database_file
from dashboard.decisions import standing
from dashboard.errors import DatabaseError, SettingsError
from dashboard.filters import local_time
from dashboard.settings import Settings
from dashboard.sources.building import Progress, is_duckdb

ADDRESS = "127.0.0.1"
FIRST_PORT, LAST_PORT = 8501, 8599


def prepare_sample(settings: Settings, progress: Progress) -> None:
    """Build the sample, if that is what is read, unless it stands and ends today."""
    if not settings.uses_sample or _is_of_today(settings):
        return
    from sample_data.build import build

    path = database_file(settings.database_url)
    if path.is_file() and not is_duckdb(path):  # its place is ours
        path.unlink()
    decided = standing(settings.decisions)
    build(path, progress=progress, calendars=decided.calendars)


def _is_of_today(settings: Settings) -> bool:
    try:
        load = gate.load(open_database(settings))
    except DatabaseError:  # not there, of another version, or not whole: build it
        return False
    today = datetime.now(UTC).date()
    return bool(load.as_of and local_time(load.as_of, load.zone).date() == today)


def free_port(wanted: int | None) -> int:
    """The wanted port, or the first free one. Raises SettingsError if it is taken."""
    if wanted is not None:
        if not _is_free(wanted):
            raise SettingsError(f"Port {wanted} is taken: choose another with --port.")
        return wanted
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if _is_free(port):
            return port
    raise SettingsError("No port is free: choose one with --port.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def file_of(place: str) -> Path:
    """The DuckDB file that a path or a URL names. Raises DatabaseError."""
    return database_file(url_of(place))


def url_of(place: str) -> str:
    """A database URL; a path becomes one."""
    if not place or "://" in place:
        return place
    return f"duckdb:///{Path(place).expanduser().resolve()}"
