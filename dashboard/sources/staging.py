"""Read the rows of files into the table `cells` of a database being built, as text.

Rows that are no rows of the table go to refused_rows at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa

from dashboard.errors import ImportFileError
from dashboard.sources.building import Building
from dashboard.sources.file_form import PLAIN, FileForm
from dashboard.sources.mapping import Mapping
from dashboard.sources.mending import as_they_were, is_written_here
from dashboard.sources.reading.aligning import Alignment
from dashboard.sources.reading.content import open_file
from dashboard.sources.reading.csv_file import CsvFile
from dashboard.sources.reading.filling_down import filled_down
from dashboard.sources.reading.frame import Table
from dashboard.sources.reading.mended import is_mended
from dashboard.sources.reading.rows import Note, Row
from dashboard.sources.reading.workbook import Workbook

BATCH_ROWS = 20_000
BATCH_CHARACTERS = 16_000_000
LAST_ROW = "select coalesce(max(row_number), 0) from cells"
WIDEN = """
    update cells set
        line_text = line_text || repeat($delimiter, $width - len(all_cells)),
        all_cells = list_resize(all_cells, $width, ''),
        all_kinds = list_resize(all_kinds, $width)
    where source_file in (select unnest($places)) and len(all_cells) < $width
"""  # rows of a sheet that has fewer columns than one below it


def read_cells(
    building: Building, mapping: Mapping, files: Sequence[Path]
) -> list[Note]:
    """Fill `cells` from all files, in their order; counts into `building.rows`.

    A column of the mapping is two of `cells`: its cell after an underscore, and after
    "kind " what a workbook says of it. `all_cells` and `all_kinds` have those of every
    column of `building.headers`. Gives notes on what was met in the files. Raises
    ImportFileError where a file is no table with these columns.
    """
    columns = ", ".join(
        f'"_{column.name}" varchar, "kind {column.name}" varchar'
        for column in mapping.columns
    )
    building.connection.execute(
        "create temp table cells (row_number bigint, source_file varchar, source_line"
        " bigint, line_text varchar, part varchar, all_cells varchar[],"
        f" all_kinds varchar[], {columns})"
    )
    notes = []
    for path in files:
        form = PLAIN if is_written_here(path) else mapping.file
        with open_file(path, form, mapping.columns) as file:
            notes += _read_file(building, mapping, file, form)
    return notes


def _read_file(
    building: Building, mapping: Mapping, file: CsvFile | Workbook, form: FileForm
) -> list[Note]:
    """Read the tables of a file under the header of its first, and what others add."""
    alignment = Alignment(mapping.columns)
    notes: list[Note] = []
    places = []
    for part in file.tables(mapping.columns):
        table = Table(part, form, mapping.columns)
        alignment.add(table)
        places.append(table.name)
        notes += _read_table(building, mapping, table, alignment)
    _check_all_are_read(file, mapping)
    if len(places) > 1:
        said = {"delimiter": file.delimiter, "width": len(alignment.header)}
        building.connection.execute(WIDEN, said | {"places": places})
    building.places |= dict.fromkeys(places, file.path.name)
    building.headers[file.path.name] = alignment.header
    building.delimiters[file.path.name] = file.delimiter
    return [*file.notes, *notes]


def _check_all_are_read(file: CsvFile | Workbook, mapping: Mapping) -> None:
    """Refuse sheets without the header where the rows that lack would be deleted."""
    without = file.without if isinstance(file, Workbook) else []
    if without and not mapping.key:
        raise ImportFileError(
            f"{file.path.name} has not the header of the mapping on the sheets "
            f"{', '.join(without)}, and without a key in [source] the rows of before "
            "would be deleted: name the sheets to read in [file], or correct headers."
        )


def _read_table(
    building: Building, mapping: Mapping, table: Table, alignment: Alignment
) -> list[Note]:
    rows = alignment.aligned(_rows(building, mapping, table))
    before = building.rows
    [(number,)] = building.connection.execute(LAST_ROW).fetchall()
    while batch := _batch(rows):
        good = [row for row in batch if not row.fault]
        if good:
            building.insert("cells", _cells(table.name, alignment.places, good, number))
        if len(good) < len(batch):
            refused = _refused(table.name, [row for row in batch if row.fault])
            building.insert("refused_rows", refused)
        number += len(batch)
        building.rows += sum(row.part == "row" for row in batch)
        building.progress(f"Reading {table.name}", table.file.position, table.file.size)
    notes = table.notes()
    if is_mended(table.header):
        notes = [note for note in notes if note.case != "extra_column"]
    if building.rows == before:
        notes.append(Note(table.name, "header_only", 1, "a header and no rows"))
    return notes


def _rows(building: Building, mapping: Mapping, table: Table) -> Iterator[Row]:
    """The rows with what a person sees in them, and a mended CSV file does not show."""
    if is_mended(table.header):
        return as_they_were(building.connection, mapping, table.header, table.rows())
    return filled_down(table.rows(), mapping.columns, table.places)


def _batch(rows: Iterator[Row]) -> list[Row]:
    """The next rows: so many, or fewer where they are long."""
    batch, characters = [], 0
    for row in islice(rows, BATCH_ROWS):
        batch.append(row)
        characters += len(row.text)
        if characters > BATCH_CHARACTERS:
            break
    return batch


def _cells(name: str, places: dict[str, int], rows: list[Row], before: int) -> pa.Table:
    """The mapped cells of rows, which are numbered on from `before`."""
    columns: dict[str, object] = {}
    for column, place in places.items():
        cells = [row.cells[place] for row in rows]
        columns[f"_{column}"] = pa.array(cells, pa.string())
        columns[f"kind {column}"] = pa.array(
            [row.kinds[place] if row.kinds else None for row in rows], pa.string()
        )
    return pa.table(
        {
            "row_number": range(before + 1, before + 1 + len(rows)),
            "source_file": [name] * len(rows),
            "source_line": [row.line for row in rows],
            "line_text": [row.text for row in rows],
            "part": [row.part for row in rows],
            "all_cells": pa.array([row.cells for row in rows], pa.list_(pa.string())),
            "all_kinds": pa.array([row.kinds for row in rows], pa.list_(pa.string())),
        }
        | columns
    )


def _refused(file: str, rows: list[Row]) -> pa.Table:
    return pa.table(
        {
            "file": [file] * len(rows),
            "line": [row.line for row in rows],
            "code": [row.case for row in rows],
            "reason": [row.fault for row in rows],
            "text": [row.text for row in rows],
        }
    )
