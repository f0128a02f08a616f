"""A person with files and no mapping: what is proposed, asked, told and imported."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.sources.guessing import Proposal, propose
from dashboard.sources.importing import ImportReport, import_files

WORK = {  # answers that many files need
    "department": "Payroll",
    "spellings Status": "",
}


def drawn(table: str) -> list[list[str]]:
    """The cells of a table that is drawn with bars, its header first."""
    lines = [line for line in table.splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


class Newcomer:
    def __init__(self, folder: Path):
        self.folder = folder
        self.files: list[Path] = []
        self.database = folder / "site.duckdb"

    def brings(
        self,
        rows: list[list[str]] | str | bytes,
        name: str = "tracker.csv",
        delimiter: str = ",",
        encoding: str = "utf-8",
    ) -> Newcomer:
        """A file of theirs: a table drawn or in rows, or the bytes of a workbook."""
        path = self.folder / name
        if isinstance(rows, bytes):
            path.write_bytes(rows)
        else:
            text = io.StringIO()
            cells = drawn(rows) if isinstance(rows, str) else rows
            csv.writer(text, delimiter=delimiter).writerows(cells)
            path.write_bytes(text.getvalue().encode(encoding))
        self.files.append(path)
        return self

    def column(self, header: str, cells: list[str]) -> Newcomer:
        """A tracker with a key, a receipt and one more column."""
        rows = [[f"T{n}", "2026-01-05", cell] for n, cell in enumerate(cells, 1)]
        return self.brings([["Ticket No", "Received", header], *rows])

    def proposed(self, answers: dict[str, str] | None = None) -> Proposal:
        return propose(
            self.files,
            name="Desk",
            zone="Europe/Berlin",
            answers=WORK | (answers or {}),
        )

    def declared(self, header: str, answers: dict[str, str] | None = None) -> Any:
        """What the mapping, or a comment in it, declares of the column."""
        found = self.proposed(answers)
        columns = tomllib.loads(uncommented(found.mapping))["columns"]
        [said] = [said for said in columns.values() if said["from"] == header]
        return {key: value for key, value in said.items() if key != "from"}

    def imports(self, answers: dict[str, str] | None = None) -> ImportReport:
        """Import by the proposed mapping, in which nothing may be open."""
        found = self.proposed(answers)
        assert not found.asked
        mapping = self.folder / "mapping.toml"
        mapping.write_text(found.mapping, "utf-8")
        return import_files(mapping, self.files, self.database, refused_share=1.0)

    def values(self, column: str, answers: dict[str, str] | None = None) -> str:
        """What stands in a column of the items after an import, as text."""
        self.imports(answers)
        with duckdb.connect(str(self.database), read_only=True) as connection:
            rows = connection.execute(
                f"select cast({column} as varchar) from work_items"
                " order by length(item_id), item_id"
            ).fetchall()
        return "; ".join("-" if value is None else value for (value,) in rows)


def uncommented(mapping: str) -> str:
    """The mapping with the columns that are left out put in."""
    return mapping.replace("\n# ", "\n")


def keys(found: Proposal) -> list[str]:
    """The keys of what is asked."""
    return [asked.key for asked in found.asked]


@pytest.fixture
def newcomer(tmp_path):
    return Newcomer(tmp_path)
