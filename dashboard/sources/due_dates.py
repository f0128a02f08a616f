"""The due dates of work of which a promise tells how long it may take."""
# ruff: noqa: S608 - the names in statements are our own

from __future__ import annotations

from pathlib import Path

import duckdb

from dashboard.sources.deriving import deriving
from dashboard.sources.promises import PROMISED
from dashboard.sql.names import quoted

ELAPSED = """
    select
        given.item_id,
        given.fills,
        work_items.received_at
        + to_microseconds(
            cast(60000000 * cast(given.minutes as decimal(28, 6)) as bigint)
        ) as due_at
    from promises.given
    inner join work_items using (item_id)
    where given.is_elapsed
"""
# Of item_clocks only the calendar and the receipt are asked.
AS_RECEIVED = """
    select * replace (
        null :: timestamp as started_at,
        null :: timestamp as completed_at,
        null :: timestamp as first_due_at,
        null :: timestamp as due_at
    )
    from {main}.work_items
    where item_id in (select item_id from promises.given where not is_elapsed)
"""


def date_elapsed(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the due dates of promises that count day and night."""
    if _has_promises(connection):
        _fill(connection, ELAPSED)


def date_worked(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the due dates of promises of working time, by the days that stand.

    Where these do not reach, a due date is empty.
    """
    if not _has_promises(connection):
        return
    [(file,)] = connection.execute("select current_database()").fetchall()
    received = AS_RECEIVED.format(main=f"{quoted(file)}.main")
    connection.execute(f"create temp view work_items as {received}")
    connection.execute(
        f"create temp table clocks as select item_id, calendar, received_at,"
        f" received_clock from ({deriving('item_clocks')})"
        " inner join work_items using (item_id)"
    )
    connection.execute("drop view temp.work_items")
    _fill(connection, Path(__file__).with_name("due_dates.sql").read_text("utf-8"))
    connection.execute("drop table temp.clocks")


def told_of_promises(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """What is to be known of the due dates that were promised."""
    if not _has_promises(connection):
        return ()
    return (*_without_calendar(connection), *_beyond_calendar(connection))


def _without_calendar(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """That working time is counted by no hours of the site's own."""
    found = connection.execute("""
        select count(*) from promises.given
        where not is_elapsed and not exists (select 1 from calendars)
    """)
    if found.fetchone() == (0,):
        return ()
    return (
        "There is no calendar, so promised working time counts from Monday to Friday "
        "round the clock: give the site its hours, on the page Administration or by "
        "file, and import again.",
    )


def _beyond_calendar(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """How many items have no due date since no calendar reaches it; the first ones."""
    missing = " or ".join(f"fills = '{name}' and {name} is null" for name in PROMISED)
    [(count, items)] = connection.execute(f"""
        select count(distinct item_id), list(distinct item_id order by item_id)[:3]
        from promises.given
        inner join work_items using (item_id)
        where {missing}
    """).fetchall()
    if not count:
        return ()
    more = " and others" if count > len(items) else ""
    return (
        "Items whose promise ends where their calendar has no working days: "
        f"{count:,} ({', '.join(items)}{more}); they have no due date. Correct the "
        "receipt or the promise in the tracker, or the hours of the calendar.",
    )


def _has_promises(connection: duckdb.DuckDBPyConnection) -> bool:
    found = connection.execute(
        "select 1 from duckdb_tables() where database_name = current_database()"
        " and schema_name = 'promises'"
    )
    return found.fetchone() is not None


def _fill(connection: duckdb.DuckDBPyConnection, due: str) -> None:
    """Write the due dates of a select into the columns that it names."""
    connection.execute(f"create temp table promised as {due}")
    for name in PROMISED:
        connection.execute(f"""
            update work_items set {name} = promised.due_at
            from promised
            where work_items.item_id = promised.item_id and promised.fills = '{name}'
        """)
    connection.execute("drop table temp.promised")
