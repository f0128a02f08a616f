"""What SQL Server would be asked: every query in the shapes that pages ask it in."""

from __future__ import annotations

from datetime import datetime

from dashboard.decisions import DECIDED
from dashboard.query_files import all_queries
from dashboard.relations import RELATIONS
from dashboard.sql.dialects import Dialect
from dashboard.sql.dialects.writing import GIVEN
from dashboard.sql.rewriting import derived, kinds_of, rewrite
from dashboard.sql.shape import Chosen, Shape
from dashboard.sql.tables import Table, Tables, plain

BERLIN = Dialect(
    "sqlserver", "Europe/Berlin", (datetime(2023, 1, 1), datetime(2028, 1, 1))
)
CENTURY = Dialect("sqlserver", "Europe/Berlin")
EVERYTHING = frozenset(
    (r.name, plain(r.name, r.column_names)) for r in RELATIONS.values()
)
# Items and events alone, in other types than ours: all else is derived, or is empty.
LITTLE: Tables = frozenset(
    {
        (
            "work_items",
            Table(
                '"Work Items"',
                (
                    ("item_id", "as_text(cast(item_id as varchar(4000)))"),
                    ("received_at", "as_instant(received_at)"),
                    ("due_at", "cast(due_at as timestamp)"),
                    ("department", 'as_text("Department")'),
                    ("team", "as_text(cast(team as varchar(0)))"),
                    ("units", "as_count(units)"),
                    ("amount", "as_money(amount)"),
                    ("standard_minutes", "as_minutes(standard_minutes)"),
                ),
            ),
        ),
        ("work_events", plain("work_events", RELATIONS["work_events"].column_names)),
        (
            "calendar_days",
            Table(
                f"{GIVEN}calendar_days",
                plain("", RELATIONS["calendar_days"].column_names).columns,
            ),
        ),
        *(
            (
                name,
                Table(
                    f"{GIVEN}{name}", plain("", RELATIONS[name].column_names).columns
                ),
            )
            for name in DECIDED
        ),
    }
)

# Nothing chosen; a department or none, within a scope; two filters, with and without none.
FILTERED = {
    "all": Shape(),
    "department": Shape(filters=(("department", Chosen(1, True)),), scope=2),
    "team": Shape(filters=(("team", Chosen(2, False)), ("priority", Chosen(2, True)))),
}


def wrapped(name: str) -> dict[str, Shape]:
    """The shapes in which a page picks, searches, orders, pages and counts rows."""
    columns = all_queries()[name].columns
    first, last = next(iter(columns)), list(columns)[-1]
    picked = Shape(where=((first, Chosen(2, True)), (last, Chosen(1, False))))
    return {
        "picked": picked,
        "page": Shape(search=True, order=last, descending=True, paged=True),
        "rising": Shape(scope=1, order=first, paged=True),
        "counted": Shape(search=True, where=picked.where, count=True),
    }


def asked(
    name: str, shape: Shape, tables: Tables = EVERYTHING, dialect: Dialect = BERLIN
) -> str:
    """The SQL of a query."""
    return rewrite(all_queries()[name], shape, tables, dialect)


def bound(name: str, shape: Shape) -> set[str]:
    """The names of the values that come with it."""
    return set(kinds_of(all_queries()[name], shape))


def made(name: str) -> str:
    """The SQL that makes a derived relation."""
    return BERLIN.write(derived(name, LITTLE))
