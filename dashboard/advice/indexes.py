"""Indexes that our queries are served by, and those that a database lacks."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.advice import catalog
from dashboard.advice.piece import Piece
from dashboard.databases.direct import Direct
from dashboard.relations import RELATIONS

FEW_ROWS = 10_000  # of fewer, reading all is as quick
OPEN = "left_at is null"
ALL = "postgresql", "mariadb", "sqlite"
NOT_MARIADB = "postgresql", "sqlite"
POSTGRESQL = ("postgresql",)
MARIADB = ("mariadb",)
# What has a database know an index that is new; PostgreSQL needs to be told nothing.
ANALYZE = {"mariadb": "analyze table", "sqlite": "analyze"}


@dataclass(frozen=True)
class Index:
    """An index that pays, by measuring, and the question that shows it."""

    relation: str
    keys: tuple[str, ...]
    query: str
    why: str
    databases: tuple[str, ...]  # those where it was measured to pay
    beside: tuple[str, ...] = ()
    only: str = ""
    narrowed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name where it is made as advised."""
        what = "_".join(self.keys)
        return f"mis_{self.relation}_{'open_' if self.only else ''}{what}"


# The first serves beside each of the others that tell what is open: what has left since
# the moment.
INDEXES = (
    Index(
        "item_stays",
        ("left_at",),
        "records/overdue",
        "What is open, or was at a past moment, and what left in a period.",
        ALL,
        narrowed=("department",),
    ),
    Index(
        "item_stays",
        ("department", "due_at"),
        "records/overdue",
        "What a department has open, the longest overdue first, and its backlog.",
        POSTGRESQL,
        only=OPEN,
        narrowed=("department",),
    ),
    Index(
        "item_stays",
        ("department", "priority", "due_at"),
        "records/overdue",
        "How many items of some priorities are overdue, without reading them.",
        POSTGRESQL,
        beside=("entered_at",),
        only=OPEN,
        narrowed=("department", "priority"),
    ),
    Index(
        "item_stays",
        ("due_at",),
        "records/overdue",
        "The longest overdue of all, and how many there are.",
        POSTGRESQL,
        beside=("entered_at",),
        only=OPEN,
    ),
    Index(
        "item_stays",
        ("department", "left_at", "due_at"),
        "records/overdue",
        "What a department has open, and how much of it is overdue.",
        MARIADB,  # SQLite then takes it where one by item_id should serve
        narrowed=("department",),
    ),
    Index(
        "item_stays",
        ("item_id",),
        "records/handoffs",
        "Filters reach hand-offs, pauses, steps and extensions through the item.",
        NOT_MARIADB,
        narrowed=("department",),
    ),
    Index(
        "item_stays",
        ("completed_at",),
        "records/completed",
        "What was completed in a period.",
        POSTGRESQL,
        narrowed=("department",),
    ),
    Index(
        "item_stays",
        ("promise_at",),
        "deadlines/on_time_by_group",
        "What fell due in a period.",
        NOT_MARIADB,
        narrowed=("department",),
    ),
    Index(
        "item_stages",
        ("item_id",),
        "deadlines/time_in_work",
        "The statuses of the items of a period.",
        NOT_MARIADB,
        narrowed=("department",),
    ),
    Index(
        "first_reviews",
        ("work_date",),
        "errors/error_types",
        "What was reviewed of the work of a period.",
        ALL,
        narrowed=("department",),
    ),
)


def lacking_indexes(database: Direct) -> list[Piece]:
    """The indexes that are lacking on tables and materialized views of many rows."""
    family, known = catalog.family(database), dict(database.state().tables)
    large = _large(database)
    found = [
        (row["relation"], row["keys"].split(", "), row["predicate"].strip("()").lower())
        for row in catalog.indexes(database)
    ]
    pieces = []
    for index in INDEXES:
        if family not in index.databases or index.relation not in large & known.keys():
            continue  # too small, or the right to select it is lacking
        columns = dict(known[index.relation].columns)
        keys = [_key(index.relation, name, columns, family) for name in index.keys]
        if all(keys) and not _is_there(index, found):
            pieces.append(_piece(index, [key for key in keys if key], family))
    return pieces


def _large(database: Direct) -> set[str]:
    """The relations of the indexes that are tables of many rows."""
    there = catalog.tables(database)
    return {
        name
        for name in {index.relation for index in INDEXES} & there.keys()
        if there[name]["holds_rows"] and _rows(database, there[name]) >= FEW_ROWS
    }


def _rows(database: Direct, table: catalog.Row) -> int:
    """How many rows: an estimate, else counted as far as it matters."""
    if table["row_count"] >= 0:
        return int(table["row_count"])
    return catalog.rows_up_to(database, table["relation"], FEW_ROWS)


def _key(relation: str, name: str, columns: dict[str, str], family: str) -> str | None:
    """The column as our SQL compares it; None where an index could not serve it."""
    if columns.get(name) == name:
        return name
    is_text = RELATIONS[relation].kind(name) == "text"
    if family == "postgresql" and is_text and name in columns:
        return f'{name} collate "C"'
    return None


def _is_there(index: Index, found: list[tuple[str, list[str], str]]) -> bool:
    """Whether an index has these keys first, the others beside, and the same rows."""
    return any(
        relation == index.relation
        and predicate == index.only
        and tuple(keys[: len(index.keys)]) == index.keys
        and set(index.beside) <= set(keys)
        for relation, keys, predicate in found
    )


def _piece(index: Index, keys: list[str], family: str) -> Piece:
    on = f"{index.relation} ({', '.join(keys)})"
    if index.beside:
        on += f" include ({', '.join(index.beside)})"
    if index.only:
        on += f" where {index.only}"
    analyze = (f"{ANALYZE[family]} {index.relation}",) if family in ANALYZE else ()
    of_table = f" on {index.relation}" if family == "mariadb" else ""
    return Piece(
        title=f"An index on {on}",
        why=index.why,
        statements=(f"create index {index.name} on {on}", *analyze),
        undo=(f"drop index {index.name}{of_table}",),
        query=index.query,
        narrowed=index.narrowed,
    )
