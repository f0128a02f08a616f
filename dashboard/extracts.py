"""All rows of a question as a CSV file, and beside it a file that says what they are.

Both are published whole or not at all: rows are written to a hidden file, counted and
hashed, and only then given their name.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import pyarrow as pa

from dashboard import gate
from dashboard.access import EVERYTHING, Viewer
from dashboard.answers import Question, with_figures
from dashboard.csv_text import slug, write_csv
from dashboard.database import Database, Load
from dashboard.errors import DatabaseError
from dashboard.filters import NONE
from dashboard.query_files import Query, find_query
from dashboard.sql.checking import not_applied

__all__ = ["Extract", "column_names", "describe", "extract", "file_name", "write_csv"]


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
    names = column_names(find_query(question.query))
    with closing(gate.stream(question, database, viewer)) as tables:  # type: ignore[type-var]
        return write_csv(tables, file, question.filters.zone, names)


def column_names(query: Query) -> list[str]:
    """The columns of an extract: those of the query, then its figures."""
    empty = pa.table({name: pa.array([], pa.float64()) for name in query.columns})
    return with_figures(empty, query).column_names


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


def describe(
    question: Question, database: Database, viewer: Viewer, load: Load
) -> dict[str, Any]:
    """What a reader of the rows has to know: the question, its moment, its source."""
    query, filters = find_query(question.query), question.filters
    sql, values = gate.sql_of(question, database, viewer)
    zone = filters.zone
    return {
        "query": query.name,
        "title": query.title,
        "question": query.question,
        "grain": query.grain,
        "filters": {
            name: [value if value is not None else NONE for value in chosen]
            for name, chosen in filters.chosen.items()
        },
        "filters_in_words": filters.sentence(),
        "filters_not_applied": list(not_applied(query, tuple(filters.chosen))),
        "first_day": filters.start.isoformat(),
        "first_day_not_counted": filters.end.isoformat(),
        "as_of": iso(filters.as_of, zone),
        "zone": zone,
        "settings": dict(question.settings),
        "where": {
            name: [value if value is not None else NONE for value in chosen]
            for name, chosen in question.where
        },
        "search": question.search,
        "columns": {name: _meaning(query, name) for name in column_names(query)},
        "source": _source(load),
        "scope": None if viewer.scope is None else list(viewer.scope),
        "sql": sql,
        "values": {name: _plain(value) for name, value in values.items()},
        "made_at": iso(datetime.now(UTC).replace(tzinfo=None, microsecond=0), zone),
        "program": f"mis-dashboard {_version()}",
    }


def _source(load: Load) -> dict[str, Any]:
    return {
        "name": load.source,
        "newest_change_at": iso(load.max_changed_at, load.zone),
        "rows": load.rows,
        "refused_rows": load.refused_rows,
        "is_sample": load.is_sample,
    }


def _meaning(query: Query, name: str) -> str:
    """What a column means: the header's words, or how the gate made it."""
    if name in query.columns:
        return query.columns[name]
    for figure in (*query.rates, *query.ratios):
        endings = {
            figure.name: f"{figure.numerator} / {figure.denominator}",
            f"{figure.name}_low": f"lower end of the 95 % interval of {figure.name}",
            f"{figure.name}_high": f"upper end of the 95 % interval of {figure.name}",
            f"{figure.name}_state": f"whether {figure.name} can be shown",
        }
        if name in endings:
            return endings[name]
    return f"whether {name.removesuffix('_state')} can be shown"


def iso(instant: datetime | None, zone: str) -> str | None:
    """A UTC instant as ISO 8601 with the offset of the zone."""
    if instant is None:
        return None
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).isoformat()


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str) else str(value)


def _version() -> str:
    try:
        return version("mis-dashboard")
    except PackageNotFoundError:
        return "(not installed)"


def file_name(question: Question) -> str:
    """A name that says what is in the file, of letters, digits, hyphens, underscores.

    Such as on-time-by-week_accounts-payable_2026-08-31_2026-11-22.csv.
    """
    filters = question.filters
    title = slug(_ascii(find_query(question.query).title), 44)
    last = filters.end - timedelta(days=1)
    departments = _departments(filters.department)
    return f"{title}_{departments}_{filters.start}_{last}.csv"


def _departments(chosen: tuple[str | None, ...]) -> str:
    if not chosen:
        return "all"
    names = [slug(_ascii(value or NONE), 36) or "other" for value in chosen]
    joined = "-and-".join(names)
    return joined if len(joined) <= 36 else f"{len(names)}-departments"


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
