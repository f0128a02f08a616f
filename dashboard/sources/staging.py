"""Read the rows of files into the table `cells` of a database being built, as text.

Rows that are no rows of the table go to refused_rows at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa

from dashboard.sources.building import Building
from dashboard.sources.files import CsvFile, Row, csv_file
from dashboard.sources.mapping import Mapping

BATCH_ROWS = 20_000
BATCH_CHARACTERS = 16_000_000


def read_cells(building: Building, mapping: Mapping, files: Sequence[Path]) -> None:
    """Fill `cells` from all files, in their order; counts into `building.rows`.

    A column of the mapping is one of `cells` with an underscore before its name, and
    `all_cells` has what stands in every column of `building.headers`. Raises
    ImportFileError where a file is no CSV file with these columns.
    """
    columns = ", ".join(f'"_{column.name}" varchar' for column in mapping.columns)
    building.connection.execute(
        "create temp table cells (row_number bigint, source_file varchar,"
        f" source_line bigint, line_text varchar, all_cells varchar[], {columns})"
    )
    for path in files:
        with csv_file(path, mapping.delimiter, mapping.encoding) as file:
            _read_file(building, mapping, file)


def _read_file(building: Building, mapping: Mapping, file: CsvFile) -> None:
    building.headers[file.path.name] = file.header
    places = {column.name: file.place(column.header) for column in mapping.columns}
    size = file.path.stat().st_size
    rows = file.rows()
    while batch := _batch(rows):
        good = [row for row in batch if not row.fault]
        if good:
            cells = _cells(file.path.name, places, good, building.rows)
            building.insert("cells", cells)
        if len(good) < len(batch):
            refused = _refused(file.path.name, [row for row in batch if row.fault])
            building.insert("refused_rows", refused)
        building.rows += len(batch)
        building.progress(f"Reading {file.path.name}", file.position, size)


def _batch(rows: Iterator[Row]) -> list[Row]:
    """The next rows: so many, or fewer where they are long."""
    batch, characters = [], 0
    for row in islice(rows, BATCH_ROWS):
        batch.append(row)
        characters += len(row.text)
        if characters > BATCH_CHARACTERS:
            break
    return batch


def _cells(file: str, places: dict[str, int], rows: list[Row], before: int) -> pa.Table:
    """The mapped cells of rows, which are numbered on from `before`."""
    columns = {
        f"_{name}": pa.array([row.cells[place] for row in rows], pa.string())
        for name, place in places.items()
    }
    return pa.table(
        {
            "row_number": range(before + 1, before + 1 + len(rows)),
            "source_file": [file] * len(rows),
            "source_line": [row.line for row in rows],
            "line_text": [row.text for row in rows],
            "all_cells": pa.array([row.cells for row in rows], pa.list_(pa.string())),
        }
        | columns
    )


def _refused(file: str, rows: list[Row]) -> pa.Table:
    return pa.table(
        {
            "file": [file] * len(rows),
            "line": [row.line for row in rows],
            "reason": [row.fault for row in rows],
            "text": [row.text for row in rows],
        }
    )
