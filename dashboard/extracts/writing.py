"""All rows of a question as a CSV file, and beside it a file that says what they are.

Both are published whole or not at all: rows are written to a hidden file, counted and
hashed, and only then given their name.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from dashboard import gate
from dashboard.access import EVERYTHING, Viewer
from dashboard.answers import Question
from dashboard.databases import Database
from dashboard.errors import DatabaseError
from dashboard.extracts.about import column_names, describe
from dashboard.extracts.csv_text import write_csv
from dashboard.extracts.names import file_name


@dataclass(frozen=True)
class Extract:
    """A finished extract: its two files, and what the second of them says."""

    csv: Path
    about_file: Path
    about: dict[str, Any]
    rows: int
    sha256: str


def extract(
    question: Question,
    database: Database,
    viewer: Viewer = EVERYTHING,
    folder: Path | None = None,
) -> Extract:
    """Write every row of a question, whatever page of it was on screen, to `folder`.

    Raises what the gate raises, and DatabaseError where the folder cannot be written;
    then nothing new stands in it.
    """
    question = replace(question, offset=0, limit=None)
    folder = folder or Path(tempfile.mkdtemp(prefix="mis-extract-"))
    name = file_name(question)
    with _hidden(folder, name) as (path, file):
        hashed = _Hashed(file)
        before = database.state()
        rows = _write(question, database, viewer, hashed)
        _check_same(database, before.identity)
        about = describe(question, database, viewer, before.load)
        about |= {"rows": rows, "sha256": hashed.hash.hexdigest()}
        about_file = folder / f"{name.removesuffix('.csv')}.about.json"
        _publish_text(folder, about_file, json.dumps(about, indent=2) + "\n")
        file.flush()
        os.replace(path, folder / name)
    return Extract(folder / name, about_file, about, rows, about["sha256"])


def _write(
    question: Question, database: Database, viewer: Viewer, file: _Hashed
) -> int:
    names = column_names(question, database, viewer)
    with closing(gate.stream(question, database, viewer)) as tables:  # type: ignore[type-var]
        return write_csv(tables, file, question.filters.zone, names)


class _Hashed:
    """A file that is hashed as it is written."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self.hash = hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        """Hash and write."""
        self.hash.update(data)
        return self._file.write(data)


@contextmanager
def _hidden(folder: Path, name: str) -> Iterator[tuple[Path, BinaryIO]]:
    """A private file in `folder` that is gone afterwards, unless it was renamed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number, text = tempfile.mkstemp(prefix=f".{name[:40]}.", dir=folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    path = Path(text)
    try:
        with open(number, "wb") as file:
            yield path, file
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        path.unlink(missing_ok=True)


def _unwritable(folder: Path, error: OSError) -> DatabaseError:
    return DatabaseError(
        f"The extract cannot be written to {folder} ({error.strerror}): "
        "make room there, or choose another folder."
    )


def _publish_text(folder: Path, path: Path, text: str) -> None:
    with _hidden(folder, path.name) as (hidden, file):
        file.write(text.encode())
        file.flush()
        os.replace(hidden, path)


def _check_same(database: Database, identity: str) -> None:
    if database.state().identity != identity:
        raise DatabaseError(
            "The operations database was replaced while it was read: ask again."
        )
