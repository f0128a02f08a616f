"""What an imported database keeps of its trackers: their rows as text, and mappings.

A tracker is what the name of a mapping names. Its rows stand in the schema `trackers`,
beside the relations, and are read by imports alone.
"""
# ruff: noqa: S608 - names are those of TABLES

from __future__ import annotations

from pathlib import Path

import duckdb

from dashboard.errors import DatabaseError
from dashboard.sources.building import check_replaceable
from dashboard.sources.mapping import Mapping, read_mapping

TABLES = {
    "mappings": "tracker varchar, file varchar, content varchar",
    # A file is current while nothing that came later has changed what it gave.
    "files": "tracker varchar, arrival bigint, file varchar, sha256 varchar,"
    " scope varchar, header varchar[], is_current boolean",
    # The file of a row is told with the sheet where several are read.
    # kinds is what a workbook says of the cells, null of a CSV file. text is null where
    # it is the cells with the delimiter between them. fault is what no other mapping
    # would mend. reason is why the row is refused, null if it is not; code is its rule.
    # mends are the rows, as written, whose places a mended row took; null of others.
    "rows": "tracker varchar, arrival bigint, row_number bigint, file varchar,"
    " line bigint, key varchar, cells varchar[], kinds varchar[], text varchar,"
    " delimiter varchar, fault varchar, reason varchar, code varchar,"
    " mends varchar[]",
}
MAPPING_FILE = "mapping.toml"


def joined(cells: str, delimiter: str) -> str:
    """SQL for the text of cells with a delimiter between them, itself a column."""
    return f"list_reduce({cells}, lambda a, b: a || {delimiter} || b)"


def written(rows: str) -> str:
    """SQL for a row as one text, cell by cell, by which it is known again."""
    return f"coalesce(array_to_string({rows}.cells, chr(31)), {rows}.text)"


def attach_earlier(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Attach what `path` keeps of its trackers as `earlier`; nothing if it is new.

    Raises DatabaseError where the file holds rows that would be lost.
    """
    check_replaceable(path)
    if path.is_file() and path.stat().st_size and _keeps_trackers(connection, path):
        return
    connection.execute("attach ':memory:' as earlier")
    create_tables(connection, "earlier.trackers")


def create_tables(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    """The tables of TABLES, empty, in a new schema."""
    connection.execute(f"create schema {schema}")
    for name, columns in TABLES.items():
        connection.execute(f"create table {schema}.{name} ({columns})")


def _keeps_trackers(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Attach a file; False, and detached, where it is a sample."""
    quoted = str(path).replace("'", "''")
    try:
        connection.execute(f"attach '{quoted}' as earlier (read_only)")
    except duckdb.Error as error:
        raise DatabaseError(
            f"{path} cannot be read, so its rows would be lost: close what is writing "
            "it and try again, or import into another file."
        ) from error
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = 'earlier'"
    ).fetchall()
    if ("trackers", "rows") in tables:
        _check_layout(connection, path)
        return True
    if ("main", "load_log") not in tables or not _is_sample(connection):
        raise DatabaseError(
            f"{path} holds rows that no import gave, and they would be lost: import "
            "into another file."
        )
    connection.execute("detach earlier")
    return False


def _check_layout(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse a file whose kept rows are not laid out as in TABLES."""
    ours = {
        table: [c.split()[0] for c in text.split(", ")]
        for table, text in TABLES.items()
    }
    theirs = connection.execute(
        "select table_name, list(column_name order by column_index)"
        " from duckdb_columns()"
        " where database_name = 'earlier' and schema_name = 'trackers'"
        " group by table_name"
    ).fetchall()
    if dict(theirs) != ours:
        raise DatabaseError(
            f"{path} was imported by another version of this program: import its files "
            "into a new file."
        )


def _is_sample(connection: duckdb.DuckDBPyConnection) -> bool:
    found = connection.execute("select bool_and(is_sample) from earlier.load_log")
    return found.fetchall() == [(True,)]


def keep_mapping(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> None:
    """Keep the texts of a mapping, with which its rows can be typed again."""
    connection.executemany(
        "insert into trackers.mappings values ($tracker, $file, $content)",
        [
            {"tracker": plan.name, "file": file, "content": content}
            for file, content in texts(plan).items()
        ],
    )


def texts(plan: Mapping) -> dict[str, str]:
    """The files that a mapping is made of, by their place in its folder."""
    folder = plan.path.parent
    selects = {
        filling.select.relative_to(folder).as_posix(): filling.select
        for filling in plan.fillings
        if filling.select and filling.select.is_file()
    }
    files = {MAPPING_FILE: plan.path} | selects
    return {name: file.read_text("utf-8", "replace") for name, file in files.items()}


def kept_texts(connection: duckdb.DuckDBPyConnection, tracker: str) -> dict[str, str]:
    """The files of the mapping with which a tracker was imported last."""
    found = connection.execute(
        "select file, content from earlier.trackers.mappings where tracker = $tracker",
        {"tracker": tracker},
    )
    return dict(found.fetchall())


def other_mappings(
    connection: duckdb.DuckDBPyConnection, tracker: str, folder: Path
) -> list[Mapping]:
    """The mappings of the other trackers, their files written into `folder`."""
    names = connection.execute(
        "select distinct tracker from earlier.trackers.mappings"
        " where tracker <> $tracker",
        {"tracker": tracker},
    ).fetchall()
    return [
        kept_mapping(connection, name, folder / str(number))
        for number, (name,) in enumerate(names)
    ]


def kept_mapping(
    connection: duckdb.DuckDBPyConnection, tracker: str, folder: Path
) -> Mapping:
    """The mapping of a tracker as it was last, its files written into `folder`."""
    return read_mapping(write_texts(kept_texts(connection, tracker), folder))


def write_texts(files: dict[str, str], folder: Path) -> Path:
    """Write the files of a mapping as `texts` has them; the path of the mapping.

    Raises DatabaseError where one of them would not stand in the folder.
    """
    for name, content in files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise DatabaseError(
                f"The kept mapping names the file {name}, which is outside of its "
                "folder: import into another file."
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder / MAPPING_FILE


def kept_mappings(path: Path) -> dict[str, dict[str, str]]:
    """The files of each mapping that a database keeps, by the name of its tracker.

    None where nothing was imported yet. Raises DatabaseError where `path` holds rows
    that no import gave.
    """
    with duckdb.connect() as connection:
        attach_earlier(connection, path)
        names = connection.execute(
            "select distinct tracker from earlier.trackers.mappings order by tracker"
        ).fetchall()
        return {name: kept_texts(connection, name) for (name,) in names}


def is_sample(path: Path) -> bool:
    """Whether the sample stands there. Raises DatabaseError as `kept_mappings` does."""
    check_replaceable(path)
    if not path.is_file() or not path.stat().st_size:
        return False
    with duckdb.connect() as connection:
        return not _keeps_trackers(connection, path)
