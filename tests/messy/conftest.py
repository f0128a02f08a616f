"""A tracker of an office: a file, a mapping, and what an import makes of them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from dashboard.sources.importing import ImportReport, import_files

COLUMNS = """
item = { from = "Case", type = "key", required = true }
team = "Team"
cost = { from = "Cost", type = "money" }
"""
FILLED = {"item": "item_id", "team": "client", "cost": "amount", "cell": "client"}


@dataclass(frozen=True)
class Loaded:
    """What stands in the database: items with team and cost, refused rows, notes."""

    report: ImportReport
    items: list[tuple]
    refused: list[tuple[int, str]]  # line, code
    notes: dict[str, int]  # case, count


class Tracker:
    def __init__(self, folder: Path):
        self.folder = folder
        self.database = folder / "site.duckdb"
        self.zone = 'zone = "Europe/Berlin"'
        self.items = ""  # a select, where that of the columns will not do

    def load(
        self,
        content: str | bytes,
        file: str = "",
        columns: str = COLUMNS,
        name: str = "cases.csv",
    ) -> Loaded:
        """Import one file; `file` and `columns` are lines of those sections."""
        path = self.folder / name
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)
        return self.load_path(path, file, columns)

    def load_path(self, path: Path, file: str = "", columns: str = COLUMNS) -> Loaded:
        report = import_files(self._mapping(file, columns), [path], self.database)
        items, refused = self._ask(
            "select item_id, client, amount from work_items order by item_id",
            "select line, code from refused_rows order by line",
        )
        notes = {note.case: note.count for note in report.notes}
        return Loaded(report, items, refused, notes)

    def check(self, declared: str, expect: str, file: str = "") -> None:
        """One column as declared, such as `type = "money"`: its cells, and what they
        become: a value, - for null, or `refused` and the code."""
        drawn = [
            tuple(part.strip() for part in line.split("|"))
            for line in expect.strip().splitlines()[1:]
        ]
        assert self.outcomes(declared, [cell for cell, _ in drawn], file) == drawn

    def outcomes(self, declared: str, cells: list[str], file: str = "") -> list[tuple]:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["Case", "Cell"])
        writer.writerows([f"{n:05}", cell] for n, cell in enumerate(cells))
        columns = (
            'item = { from = "Case", type = "key" }\n'
            f'cell = {{ from = "Cell", {declared} }}'
        )
        loaded = self.load(text.getvalue(), file, columns)
        found = {int(item): value or "-" for item, value, _ in loaded.items}
        found |= {line - 2: f"refused {code}" for line, code in loaded.refused}
        return [(cell, found.get(n)) for n, cell in enumerate(cells)]

    def _mapping(self, file: str, columns: str) -> Path:
        filled = [
            f"cast({name} as {'decimal(18, 4)' if name == 'cost' else 'varchar'})"
            f" as {FILLED[name]}"
            for name in FILLED
            if f"\n{name} =" in f"\n{columns}"
        ]
        (self.folder / "items.sql").write_text(
            self.items
            or f"select timestamp '2024-01-01' as received_at, {', '.join(filled)}"
            " from source"
        )
        path = self.folder / "mapping.toml"
        path.write_text(
            f'[source]\nname = "Tracker"\n{self.zone}\n'
            f"[file]\nrefused_share = 1.0\n{file}\n[columns]\n{columns}\n"
            '[work_items]\nselect = "items.sql"\n'
        )
        return path

    def _ask(self, *selects: str) -> list[list[tuple]]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return [connection.execute(select).fetchall() for select in selects]


@pytest.fixture
def tracker(tmp_path):
    return Tracker(tmp_path)
