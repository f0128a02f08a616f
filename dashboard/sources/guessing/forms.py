"""How a file is written: encoding, delimiter, sheet; asked where that is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from dashboard.errors import AskError
from dashboard.sources.file_form import PLAIN, FileForm
from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.dates import is_date
from dashboard.sources.guessing.frames import headers_of
from dashboard.sources.guessing.seen import Cell
from dashboard.sources.reading.content import open_file
from dashboard.sources.reading.csv_file import CsvFile
from dashboard.sources.reading.delimiters import USUAL
from dashboard.sources.reading.headers import normal
from dashboard.sources.reading.rows import Row
from dashboard.sources.reading.sheets import Declared
from dashboard.sources.reading.workbook import Workbook

START = 200  # rows by which delimiter, sheet and header are seen
LOOKED_THROUGH = 100_000  # rows, among which bytes of another encoding are looked for
MOST_SHEETS = 12  # that are looked into before it is asked which of all count
ALL, EVERY = "all:", "*"  # answers; no sheet has a colon or a star in its name
ENCODINGS = ("cp1252", "cp1250", "cp1251", "cp437", "mac-roman", "utf-8")
MARK_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def form_of(path: Path, dialogue: Dialogue) -> FileForm:
    """What has to be declared of the file so that its rows are read.

    Raises OpenQuestionError where that is asked, ImportFileError where the file cannot
    be read at all.
    """
    form = PLAIN
    for _ in range(3):  # at most sheet, or encoding and delimiter, are declared
        try:
            with open_file(path, form, ()) as file:
                is_csv = isinstance(file, CsvFile)
            break
        except AskError as error:
            form = _settled(path, form, error, dialogue)
    return _decoded(path, form, dialogue) if is_csv else form


def form_of_other(
    path: Path, form: FileForm, header: Sequence[str], dialogue: Dialogue
) -> FileForm:
    """The form of the first file for another; of every sheet, its own of the header."""
    if not dialogue.is_answered("sheet", EVERY):
        return form
    try:
        with open_file(path, replace(form, sheet=None), ()):
            return replace(form, sheet=None)
    except AskError as error:
        if error.key != "sheet":
            raise
        names = error.values
    wanted = tuple(map(normal, header))
    starts = {name: start_of(path, replace(form, sheet=name)) for name in names}
    return replace(
        form, sheet=tuple(n for n in names if wanted in _names_in(starts[n]))
    )


def _names_in(start: Sequence[Row]) -> list[tuple[str, ...]]:
    return [tuple(map(normal, header.names)) for header in headers_of(start)]


def start_of(path: Path, form: FileForm, rows: int = START) -> list[Row]:
    """The first rows that can be read."""
    with open_file(path, form, ()) as file:
        for table in file.tables(()):
            return [row for row in islice(table.rows(), rows) if not row.fault]
    return []


def _settled(
    path: Path, form: FileForm, error: AskError, dialogue: Dialogue
) -> FileForm:
    """The form with what the file was read in two ways for want of."""
    if error.key == "sheet":
        return replace(form, sheet=_sheet(path, error.values, dialogue))
    if error.key == "delimiter":
        return replace(form, delimiter=_delimiter(path, form, dialogue))
    if error.key == "encoding":
        [encoding] = error.values
        dialogue.tell(f"{path.name} is read as {encoding}, by its zero bytes.")
        return replace(form, encoding=encoding)
    raise error


def _sheet(path: Path, names: Sequence[str], dialogue: Dialogue) -> Declared:
    """The one visible sheet that has a header and dates; asked where there are more.

    Sheets that have the same header may be read together.
    """
    first, rest = names[:MOST_SHEETS], names[MOST_SHEETS:]
    starts = {name: start_of(path, replace(PLAIN, sheet=name)) for name in first}
    tables = [name for name, start in starts.items() if _has_dates(start)]
    if len(tables) == 1 and not rest:
        others = ", ".join(name for name in names if name != tables[0])
        dialogue.tell(
            f"{path.name}: the sheet {tables[0]} is read; no table with dates is in "
            f"{others}."
        )
        return tables[0]
    together = _together({name: starts[name] for name in tables}, not rest)
    each = [*tables, *rest] if tables else names
    answer = dialogue.need(
        "sheet",
        f"{path.name} has several sheets: which one holds the work?",
        [(key, words) for key, (words, _) in together.items()]
        + [(name, name) for name in each],
    )
    return together[answer][1] if answer in together else answer


def _together(
    starts: Mapping[str, Sequence[Row]], are_all: bool
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The answers that read sheets of one header together: words, and the sheets.

    Which sheets have it all is known only where these are all sheets.
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, start in starts.items():
        header = tuple(map(normal, headers_of(start)[0].names))
        alike.setdefault(header, []).append(name)
    groups = [tuple(names) for names in alike.values() if len(names) > 1]
    answers = {
        ALL + names[0]: (f"all of these: {', '.join(names)}", names)
        for names in groups
        if are_all
    }
    if len(groups) == 1:
        words = "every sheet with this header, also those that come later"
        answers[EVERY] = words, groups[0]
    return answers


def to_declare(form: FileForm, dialogue: Dialogue) -> FileForm:
    """The form as the mapping has it: every sheet is more than those of today."""
    is_every = isinstance(form.sheet, tuple) and dialogue.is_answered("sheet", EVERY)
    return replace(form, sheet=EVERY) if is_every else form


def _has_dates(start: Sequence[Row]) -> bool:
    return bool(headers_of(start)) and any(
        is_date(Cell(text.strip(), row.kinds[place], 1, ("", row.line)))
        for row in start
        if row.kinds
        for place, text in enumerate(row.cells)
        if text
    )


def _delimiter(path: Path, form: FileForm, dialogue: Dialogue) -> str:
    """The delimiter by which most rows are as wide as a header; asked where two are."""
    found = {}
    for mark in USUAL:
        rows = start_of(path, replace(form, delimiter=mark))
        if share := _evenness(rows):
            found[mark] = share, rows
    best = max((share for share, _ in found.values()), default=0)
    fitting = {mark: rows for mark, (share, rows) in found.items() if share >= best}
    if len(found) < 2 or (len(fitting) == 1 and best > 0.9):
        return next(iter(fitting), ",")
    return dialogue.need(
        "delimiter",
        f"{path.name}: what stands between its cells?",
        [
            (mark, f"{MARK_WORDS[mark]}: {' | '.join(headers_of(rows)[0].names)[:100]}")
            for mark, (_, rows) in found.items()
        ],
    )


def _evenness(rows: list[Row]) -> float:
    """Which share of the rows is as wide as the header; 0 without one."""
    headers = headers_of(rows)
    if not headers:
        return 0
    widths = [len(row.cells) for row in rows if any(row.cells)]
    even = widths.count(len(headers[0].names)) / len(widths)
    return even if even >= 0.5 else 0


def _decoded(path: Path, form: FileForm, dialogue: Dialogue) -> FileForm:
    """The form with the encoding, where the bytes are not all UTF-8."""
    lines = _undecoded(path, form)
    if not lines:
        return form
    readings: dict[str, str] = {}  # what is read -> encoding
    for encoding in ENCODINGS:
        tried = replace(form, encoding=encoding)
        readings.setdefault(_reading(path, tried, lines), encoding)
    encoding = dialogue.need(
        "encoding",
        f"{path.name}, line {lines[0]}: its letters are not UTF-8. Which reads right?",
        [(name, text or "wait in quarantine") for text, name in readings.items()],
    )
    return replace(form, encoding=encoding)


def _undecoded(path: Path, form: FileForm) -> list[int]:
    """The lines of the first rows whose bytes the encoding does not know."""
    with open_file(path, form, ()) as file:
        rows = islice(_rows(file), LOOKED_THROUGH)
        return [
            r.line for r in islice((r for r in rows if r.case == "mixed_encoding"), 5)
        ]


def _reading(path: Path, form: FileForm, lines: list[int]) -> str:
    """The words of these lines that have letters beyond ASCII."""
    with open_file(path, form, ()) as file:
        rows = islice(_rows(file), LOOKED_THROUGH)
        cells = [c for row in rows if row.line in lines for c in row.cells]
    words = [word for cell in cells for word in cell.split() if not word.isascii()]
    return ", ".join(dict.fromkeys(words))[:100]


def _rows(file: CsvFile | Workbook) -> Iterator[Row]:
    return (row for table in file.tables(()) for row in table.rows())
