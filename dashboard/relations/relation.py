"""What a relation is: its columns, what a row means, and how filters reach it."""

from __future__ import annotations

from dataclasses import dataclass, field

FILTERS = ("department", "team", "work_type", "priority", "channel", "employment")

# How a kind of column is stored. Minutes, seconds and money are decimals, so that sums
# are exact and do not depend on the order of rows.
TYPES = {
    "text": "varchar",
    "instant": "timestamp",  # UTC, without zone
    "date": "date",
    "flag": "boolean",
    "count": "bigint",
    "minutes": "decimal(12, 2)",
    "seconds": "decimal(18, 6)",
    "money": "decimal(18, 4)",
    "value": "double",
}


@dataclass(frozen=True)
class Column:
    """A column: its name, its kind (a key of TYPES) and what it means."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Reach:
    """How a filter reaches a relation: own column, or a key into another relation."""

    column: str
    through: str | None = None
    none_is_everybodys: bool = False  # rows without a value are seen in every scope


@dataclass(frozen=True)
class Relation:
    """A canonical relation: one row per `grain`."""

    name: str
    grain: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    reach: dict[str, Reach] = field(default_factory=dict)
    # The filters of a page never thin out these, or rows would vanish in joins; the
    # scope of a viewer still does, through this column.
    scope: Reach | None = None
    # Of these rows nobody's department is told, and everybody may see them.
    is_everybodys: bool = False
    # Made of the others (sources/<name>.sql), before any filter; never mapped.
    is_derived: bool = False
    # The column whose values may not repeat.
    unique: str | None = None

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def kind(self, column: str) -> str:
        """The kind of one column; KeyError if there is none of that name."""
        return {column.name: column.kind for column in self.columns}[column]


def columns(text: str) -> tuple[Column, ...]:
    """Read `name  kind  meaning` lines."""
    lines = [line.split(None, 2) for line in text.strip().splitlines()]
    return tuple(Column(name, kind, meaning) for name, kind, meaning in lines)


OWN = {name: Reach(name) for name in FILTERS[:5]}
BY_EMPLOYEE = {"employment": Reach("employee", through="employees")}
BY_ITEM = {name: Reach("item_id", through="work_items") for name in FILTERS}
# Whoever sees a stay of an item sees its whole way through teams and statuses.
BY_STAY = {name: Reach("item_id", through="item_stays") for name in FILTERS}
