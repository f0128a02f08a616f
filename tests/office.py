"""An office that imports its tracker every day, into one database."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import duckdb

from dashboard.sources.importing import ImportReport, import_files

MAPPING = """
    [source]
    name = "Tracker"
    zone = "UTC"
    {source}

    [file]
    refused_share = 1.0
    time_format = "%Y-%m-%d"

    [columns]
    case = "Case"
    team = "Team"
    opened = {{ from = "Opened", type = "instant" }}
    cost = {{ from = "Cost", type = "money" }}
    {columns}

    [work_items]
    item_id = "case"
    department = "team"
    team = "team"
    received_at = "opened"
    amount = "cost"
    {items}
"""
HEADER = "Case,Team,Opened,Cost\n"
COUNTS = ("inserted", "updated", "unchanged", "quarantined")


class Office:
    """A folder with mappings, files, and the database made of them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.database = folder / "site.duckdb"
        self.mapping = self.map()

    def map(
        self,
        source: str = "",
        columns: str = "",
        items: str = "",
        name: str = "mapping.toml",
        **changes: str,
    ) -> Path:
        """Write a mapping; changes replace one text by another."""
        text = dedent(MAPPING).format(source=source, columns=columns, items=items)
        for old, new in changes.items():
            text = text.replace(old, new)
        self.mapping = self.write(name, text)
        return self.mapping

    def without_key(self) -> None:
        """Make a row a thing that happened, of which no column tells which it is."""
        self.write(
            "items.sql",
            "select source.case as item_id, min(opened) as received_at,"
            " sum(cost) as amount, any_value(team) as department"
            " from source group by source.case",
        )
        text = self.mapping.read_text()
        start = text.index("[work_items]")
        self.mapping.write_text(text[:start] + '[work_items]\nselect = "items.sql"\n')

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path

    def load(self, *texts: str, header: str = HEADER, **options) -> ImportReport:
        """Import tables drawn as text, each a file: day1.csv, day2.csv and so on."""
        files = [
            self.write(f"day{number}.csv", header + _csv(text))
            for number, text in enumerate(texts, start=1)
        ]
        return self.bring(*files, **options)

    def bring(self, *files: Path, **options) -> ImportReport:
        return import_files(self.mapping, files, self.database, **options)

    def ask(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def items(self) -> str:
        """The items as they are drawn: key, team and cost."""
        found = self.ask(
            "select item_id, coalesce(department, '-'),"
            " coalesce(printf('%g', amount), '-') from work_items order by item_id"
        )
        return "; ".join(" ".join(row) for row in found)

    def waiting(self) -> list[tuple]:
        """What is in quarantine: text and reason."""
        return self.ask("select text, reason from refused_rows order by line, text")

    def codes(self) -> list[str]:
        """The rules that the rows in quarantine break."""
        return [c for (c,) in self.ask("select code from refused_rows order by line")]

    def left_behind(self) -> list[str]:
        """Hidden files beside the database."""
        return sorted(path.name for path in self.folder.glob(".*"))


def counts(report: ImportReport) -> list[tuple[int, ...]]:
    """Inserted, updated, unchanged and quarantined rows of each file."""
    return [
        tuple(getattr(line, f"{name}_rows") for name in COUNTS) for line in report.lines
    ]


def _csv(text: str) -> str:
    return "".join(f"{line.strip()}\n" for line in text.split(";") if line.strip())
