"""Read the rows of files into the table `read_rows` of a database being built, as text.

A row that is no row of the table is there too, without cells, with what is wrong.
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


def read_rows(building: Building, mapping: Mapping, files: Sequence[Path]) -> None:
    """Fill `read_rows` from all files, in their order; counts into `building.rows`.

    The cells of a row are those of the header, which goes into `building.headers`.
    Raises ImportFileError where a file is no CSV file with the columns of the mapping.
    """
    building.connection.execute(
        "create temp table read_rows (row_number bigint, file varchar, line bigint,"
        " cells varchar[], text varchar, fault varchar)"
    )
    for path in files:
        with csv_file(path, mapping.delimiter, mapping.encoding) as file:
            _read_file(building, mapping, file)


def _read_file(building: Building, mapping: Mapping, file: CsvFile) -> None:
    for column in mapping.columns:
        file.place(column.header)
    building.headers[file.path.name] = file.header
    size = file.path.stat().st_size
    rows = file.rows()
    while batch := _batch(rows):
        building.insert("read_rows", _table(file.path.name, batch, building.rows))
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


def _table(file: str, rows: list[Row], before: int) -> pa.Table:
    """The rows as a table, numbered on from `before`."""
    cells = [None if row.fault else row.cells for row in rows]
    return pa.table(
        {
            "row_number": range(before + 1, before + 1 + len(rows)),
            "file": [file] * len(rows),
            "line": [row.line for row in rows],
            "cells": pa.array(cells, pa.list_(pa.string())),
            "text": [row.text for row in rows],
            "fault": pa.array([row.fault for row in rows], pa.string()),
        }
    )
