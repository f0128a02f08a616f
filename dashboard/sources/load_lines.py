"""What a load says of each part that it read, and of the loads before it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa


@dataclass(frozen=True)
class LoadLine:
    """A part of a load in numbers; see the relation load_lines.

    `source_rows` is the sum of inserted, updated, unchanged and quarantined rows.
    """

    part: str
    source_rows: int
    inserted_rows: int = 0
    updated_rows: int = 0
    unchanged_rows: int = 0
    quarantined_rows: int = 0
    deleted_rows: int = 0
    held_rows: int = 0
    newest_at: datetime | None = None
    expected_minutes: int | None = None

    def told(self) -> str:
        """What became of the rows: file.csv: 4 rows = 1 inserted + 1 updated + …"""
        text = (
            f"{self.part}: {self.source_rows:,} rows = {self.inserted_rows:,} inserted "
            f"+ {self.updated_rows:,} updated + {self.unchanged_rows:,} unchanged + "
            f"{self.quarantined_rows:,} in quarantine"
        )
        return text + f"; {self.deleted_rows:,} deleted" * bool(self.deleted_rows)


def lines_table(
    lines: Sequence[LoadLine], source: str, finished_at: datetime
) -> pa.Table:
    """The lines of one load, as rows of load_lines."""
    about = {"source": source, "finished_at": finished_at}
    return pa.Table.from_pylist([about | asdict(line) for line in lines])


def keep_earlier_lines(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Copy the lines of earlier loads from the file that is to be replaced.

    A file that cannot be read, or has none, has no history: that refuses no load.
    """
    if not path.is_file():
        return
    quoted = str(path).replace("'", "''")
    with suppress(duckdb.Error):
        connection.execute(f"attach '{quoted}' as earlier (read_only)")
        try:
            connection.execute(
                "insert into load_lines by name select * from earlier.load_lines"
            )
        finally:
            connection.execute("detach earlier")
