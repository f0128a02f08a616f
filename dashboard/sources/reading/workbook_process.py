"""Read a workbook in a process of its own, which a hostile file may at most end.

Run as a module with path, declared sheets as JSON and limit of memory. Writes lines of
JSON: what the workbook is; for each sheet its name (null where there is but one), a
line for each row with number, texts and kinds, and what was met; and in the end how
other sheets begin. Or why it cannot be read, instead of the rest.
"""

from __future__ import annotations

import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from dashboard.errors import AskError, ImportFileError
from dashboard.sources.reading.rows import MOST_COLUMNS
from dashboard.sources.reading.sheets import Declared, place_of

if TYPE_CHECKING:
    from dashboard.sources.reading.book import Book

SECONDS = 60
MOST_ROWS, LONGEST_CELL = 1_000_000, 1_048_576


def main() -> None:
    """Write the rows to standard output; never a traceback."""
    path, memory = Path(sys.argv[1]), int(sys.argv[3])
    named = orjson.loads(sys.argv[2])
    sheet = tuple(named) if isinstance(named, list) else named
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    _leave_out("numpy", "PIL")
    try:
        for line in _lines(path, sheet):
            sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
        sys.stdout.buffer.flush()
    except AskError as error:
        _end({"ask": str(error), "key": error.key, "values": error.values})
    except ImportFileError as error:
        _end({"refused": str(error)})
    except MemoryError:
        _end({"refused": f"{path.name} needs too much memory: save it as CSV."})
    except BrokenPipeError:
        sys.stderr.close()
    except Exception as error:  # noqa: BLE001 - whatever a broken workbook causes
        _end({"refused": _sentence(path, error)})


def _leave_out(*modules: str) -> None:
    """Let openpyxl do without modules that it would load, only to write with them.

    They take as long to load as all the rest, and much of the memory allowed.
    """
    for module in modules:
        sys.modules[module] = None  # type: ignore[assignment]


def _end(line: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
    sys.stdout.buffer.flush()


def _sentence(path: Path, error: BaseException) -> str:
    """What ails the workbook; the libraries wrap what went wrong first."""
    if first := error.__cause__ or error.__context__:
        return _sentence(path, first)
    if re.search("password|encrypted", f"{type(error).__name__} {error}", re.I):
        return f"{path.name} is protected by a password: save it without one."
    if isinstance(error, zipfile.BadZipFile):
        return f"{path.name} is cut short or damaged: get the file anew."
    if "Entit" in type(error).__name__:
        return (
            f"{path.name} declares XML entities, as no spreadsheet program does: it is "
            "not opened."
        )
    return (
        f"{path.name} cannot be read as a workbook: open it in a spreadsheet program "
        "and save it anew."
    )


def _lines(path: Path, declared: Declared) -> Iterator[Any]:
    from dashboard.sources.reading.archives import kind_of, what_is_ignored

    kind = kind_of(path)
    notes: list[tuple[str, int, str]] = []
    if ignored := what_is_ignored(path, kind):
        words = f"{' and '.join(ignored)} in it are ignored"
        notes.append(("macros_links", len(ignored), words))
    from dashboard.sources.reading.book import Book

    book = Book(path, kind, declared)
    yield {"kind": kind, "notes": notes + book.notes()}
    rows_before = 0
    for name in book.chosen:
        yield {"sheet": name if book.is_named else None}
        place = place_of(path.name, name) if book.is_named else path.name
        rows_before = yield from _sheet(book, name, place, rows_before)
    yield {"others": book.starts()}


def _sheet(book: Book, name: str, place: str, count: int) -> Generator[Any, None, int]:
    """The rows of a sheet, then what was met; returns the count with its rows."""
    from dashboard.sources.reading.sheet_rows import SheetRows

    rows = SheetRows(book, name)
    last, blank = None, 0
    for number, texts, kinds in rows.rows():
        count += 1
        _check_size(place, number, texts)
        if count > MOST_ROWS:
            raise ImportFileError(
                f"{book.path.name} has more than {MOST_ROWS:,} rows: save it as CSV, "
                "or split it."
            )
        blank += 0 if last is None else number - last - 1
        last = number
        yield number, texts, kinds
    notes = rows.notes()
    if blank:
        words = "blank row is no row" if blank == 1 else "blank rows are no rows"
        notes = [("blank_lines", blank, f"{blank:,} {words}"), *notes]
    hidden = [n for n in rows.hidden_columns() if n <= MOST_COLUMNS]
    yield {"met": notes, "hidden_columns": hidden}
    return count


def _check_size(place: str, number: int, texts: list[str]) -> None:
    if len(texts) > MOST_COLUMNS:
        raise ImportFileError(
            f"{place} has more than {MOST_COLUMNS} columns: save it as CSV, or split "
            "it."
        )
    if any(len(text) > LONGEST_CELL for text in texts):
        raise ImportFileError(
            f"{place}, row {number}: a cell has more than {LONGEST_CELL:,} "
            "characters; shorten it."
        )


if __name__ == "__main__":
    main()
