"""A small private folder where extracts wait for a quarter of an hour."""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from pathlib import Path

from dashboard.access import Viewer
from dashboard.answers import Question
from dashboard.databases import Database
from dashboard.extracts.writing import Extract, extract
from dashboard.private_folders import private_folder

KEPT_SECONDS = 15 * 60


class Spool:
    """Makes extracts, and gives one that was just made to whoever asks the same."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._made: dict[str, tuple[float, Extract]] = {}
        self._turns: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def extract(
        self, question: Question, database: Database, viewer: Viewer
    ) -> Extract:
        """The extract of a question, made anew unless the same was made just now.

        Raises what `extracts.extract` raises.
        """
        key = _key(question, database, viewer)
        with self._lock:
            self._clean()
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._made and self._made[key][1].csv.is_file():
                    return self._made[key][1]
            made = extract(question, database, viewer, self._home() / key)
            with self._lock:
                self._made[key] = (time.monotonic(), made)
        return made

    def _home(self) -> Path:
        """The folder, made when it is first needed and removed at the end."""
        with self._lock:
            if self._folder is None or not self._folder.is_dir():
                self._folder = private_folder("spool")
            return self._folder

    def _clean(self) -> None:
        """Remove what has waited long enough; who still reads it keeps it open."""
        for key, (made_at, made) in list(self._made.items()):
            if time.monotonic() - made_at > KEPT_SECONDS:
                del self._made[key]
                self._turns.pop(key, None)
                shutil.rmtree(made.csv.parent, ignore_errors=True)


def _key(question: Question, database: Database, viewer: Viewer) -> str:
    text = repr((question, viewer, database.state().identity))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
