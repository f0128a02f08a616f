"""Relations that each question makes anew where a database does not hold them."""

from __future__ import annotations

import orjson

from dashboard.advice import catalog
from dashboard.advice.piece import Piece
from dashboard.databases.describing import CALENDAR_DAYS as DAYS
from dashboard.databases.direct import Direct
from dashboard.relations import RELATIONS
from dashboard.sql.rewriting import derived, over
from dashboard.sql.tables import Tables, plain

CALENDAR_DAYS = "calendar_days"
DERIVED = tuple(r.name for r in RELATIONS.values() if r.is_derived)


def lacking_relations(database: Direct) -> list[Piece]:
    """One piece for all that is lacking: one without the others helps little."""
    there = catalog.tables(database)
    names = [name for name in DERIVED if name not in there]
    days = [] if CALENDAR_DAYS in there else [_calendar(database)]
    if not names and not days:
        return []
    is_held = database.dialect == "postgresql"
    kind = "materialized view" if is_held else "table"
    made = [statement for name in names for statement in _made(database, kind, name)]
    undone = [f"drop {kind} if exists {name}" for name in reversed(names)]
    return [
        Piece(
            title="Hold what is derived, and the calendar",
            why="Each question makes "
            + ", ".join([*(days and [CALENDAR_DAYS]), *names])
            + " anew from all items and events.",
            statements=(*database.speaking(), *days, *made),
            undo=(*undone, *(days and [f"drop table if exists {CALENDAR_DAYS}"])),
            query="deadlines/reconciliation",
            note=_kept_fresh(kind, names, bool(days)),
        )
    ]


def _calendar(database: Direct) -> str:
    """The days that a question would bring, as a table."""
    state, given = database.state(), database.given_days()
    columns = ", ".join(DAYS.column_names)
    select = f"select {columns} from {CALENDAR_DAYS}"  # noqa: S608
    tree = over(select, dict(state.tables))
    literal = _literal(given, state.dialect.database)
    sql = state.dialect.write(tree).replace(f":{CALENDAR_DAYS}", literal)
    return f"create table {CALENDAR_DAYS} as\n{sql}"


def _literal(days: str, database: str) -> str:
    """JSON as a text of SQL, a line for each day."""
    lines = [orjson.dumps(day).decode() for day in orjson.loads(days)]
    text = "[" + ",\n".join(lines) + "]"
    if database in ("mariadb", "mysql"):  # where a backslash means something
        text = text.replace("\\", "\\\\")
    return "'" + text.replace("'", "''") + "'"


def _made(database: Direct, kind: str, name: str) -> list[str]:
    sql = database.state().dialect.write(derived(name, _with_days(database)))
    analyzed = {"postgresql": "vacuum analyze", "sqlite": "analyze"}
    word = analyzed.get(database.dialect, "analyze table")
    return [f"create {kind} {name} as\n{sql}", f"{word} {name}"]


def _with_days(database: Direct) -> Tables:
    """The tables as they are once the calendar is one of them."""
    known = dict(database.state().tables)
    if database.given_days():
        known[CALENDAR_DAYS] = plain(CALENDAR_DAYS, DAYS.column_names)
    return frozenset(known.items())


def _kept_fresh(kind: str, names: list[str], has_days: bool) -> str:
    granted = (
        "Grant select on them to the user of the dashboard, and ask for advice again: "
        "what they lack is measured then."
    )
    if has_days:
        granted += (
            " Empty calendar_days and fill it anew, by the select of its statement, "
            "when calendars change and every year: it reaches two years ahead."
        )
    if not names:
        return granted
    if kind == "table":
        return (
            f"{granted} The tables tell what was so when they were made: drop and make "
            "them anew, in this order, as often as figures have to be fresh."
        )
    return (
        f"{granted} They tell what was so when they were made. As often as figures "
        "have to be fresh, in this order: "
        + " ".join(f"refresh materialized view {name};" for name in names)
        + " vacuum analyze;"
    )
