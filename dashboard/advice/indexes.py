"""Indexes that our queries are served by on PostgreSQL, and those that are lacking."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.advice import catalog
from dashboard.advice.piece import Piece
from dashboard.databases.direct import Direct
from dashboard.relations import RELATIONS

FEW_ROWS = 10_000  # of fewer, reading all is as quick
OPEN = "left_at is null"


@dataclass(frozen=True)
class Index:
    """An index that pays, by measuring, and the question that shows it."""

    relation: str
    keys: tuple[str, ...]
    query: str
    why: str
    beside: tuple[str, ...] = ()
    only: str = ""
    narrowed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name where it is made as advised."""
        what = "_".join(self.keys)
        return f"mis_{self.relation}_{'open_' if self.only else ''}{what}"


# The first serves beside each of the partial ones: what has left since the moment.
INDEXES = (
    Index(
        "item_stays",
        ("left_at",),
        "backlog/open_by_group",
        "What was open at a past moment, and what left in a period.",
        narrowed=("department",),
    ),
    Index(
        "item_stays",
        ("department", "due_at"),
        "records/overdue",
        "What a department has open, the longest overdue first, and its backlog.",
        only=OPEN,
        narrowed=("department",),
    ),
    Index(
        "item_stays",
        ("department", "priority", "due_at"),
        "records/overdue",
        "How many items of some priorities are overdue, without reading them.",
        beside=("entered_at",),
        only=OPEN,
        narrowed=("department", "priority"),
    ),
    Index(
        "item_stays",
        ("due_at",),
        "records/overdue",
        "The longest overdue of all, and how many there are.",
        beside=("entered_at",),
        only=OPEN,
    ),
    Index(
        "item_stays",
        ("item_id",),
        "records/handoffs",
        "Filters reach hand-offs, pauses, steps and extensions through the item.",
        narrowed=("department",),
    ),
    Index(
        "item_stays",
        ("completed_at",),
        "records/completed",
        "What was completed in a period.",
        narrowed=("department",),
    ),
    Index(
        "item_stays",
        ("promise_at",),
        "deadlines/on_time_by_group",
        "What fell due in a period.",
        narrowed=("department",),
    ),
    Index(
        "item_stages",
        ("item_id",),
        "deadlines/time_in_work",
        "The statuses of the items of a period.",
        narrowed=("department",),
    ),
    Index(
        "first_reviews",
        ("work_date",),
        "errors/error_types",
        "What was reviewed of the work of a period.",
        narrowed=("department",),
    ),
)


def lacking_indexes(database: Direct) -> list[Piece]:
    """The indexes that are lacking on tables and materialized views of many rows."""
    there, known = catalog.tables(database), dict(database.state().tables)
    found = [
        (row["relation"], row["keys"].split(", "), row["predicate"].strip("()").lower())
        for row in catalog.indexes(database)
    ]
    pieces = []
    for index in INDEXES:
        table = there.get(index.relation)
        if not table or not table["holds_rows"] or table["row_count"] < FEW_ROWS:
            continue
        columns = dict(known[index.relation].columns)
        keys = [_key(index.relation, name, columns) for name in index.keys]
        if all(keys) and not _is_there(index, found):
            pieces.append(_piece(index, [key for key in keys if key]))
    return pieces


def _key(relation: str, name: str, columns: dict[str, str]) -> str | None:
    """The column as our SQL compares it; None where an index could not serve it."""
    if columns.get(name) == name:
        return name
    is_text = RELATIONS[relation].kind(name) == "text"
    return f'{name} collate "C"' if is_text and name in columns else None


def _is_there(index: Index, found: list[tuple[str, list[str], str]]) -> bool:
    """Whether an index has these keys first, the others beside, and the same rows."""
    kinds = RELATIONS[index.relation]
    wanted = [f"{k} C" if kinds.kind(k) == "text" else k for k in index.keys]
    return any(
        relation == index.relation
        and predicate == index.only
        and keys[: len(wanted)] == wanted
        and set(index.beside) <= {key.removesuffix(" C") for key in keys}
        for relation, keys, predicate in found
    )


def _piece(index: Index, keys: list[str]) -> Piece:
    beside = f" include ({', '.join(index.beside)})" if index.beside else ""
    only = f" where {index.only}" if index.only else ""
    on = f"{index.relation} ({', '.join(keys)}){beside}{only}"
    return Piece(
        title=f"An index on {on}",
        why=index.why,
        statements=(f"create index {index.name} on {on}",),
        undo=(f"drop index {index.name}",),
        query=index.query,
        narrowed=index.narrowed,
    )
