"""Promises in place of due dates: so much time after the receipt, as a column tells."""
# ruff: noqa: S608 - names come from a checked mapping

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from dashboard.sources.columns import Column
from dashboard.sources.sections import Section

PROMISED = ("first_due_at", "due_at")  # of work_items, which a promise may fill
COUNTS = ("working time", "always")
# Not among the tables of trackers: a file has it where a mapping has promises.
TABLE = """
    create schema if not exists promises;
    create table if not exists promises.given (
        item_id varchar, fills varchar, minutes decimal(18, 6), days integer,
        is_elapsed boolean
    );
"""


@dataclass(frozen=True)
class Promise:
    """The column that tells how long work may take, and whether nights count too."""

    column: str
    is_elapsed: bool


def read_promises(
    section: Section, columns: Mapping[str, Column]
) -> dict[str, Promise]:
    """What a relation has by promise, such as due_at = { after = "sla" }.

    Raises ImportFileError where this is no due date, or no column of promises.
    """
    named = [
        name
        for name, given in section.values.items()
        if isinstance(given, dict) and "after" in given
    ]
    return {name: _promise(section, name, columns) for name in named}


def _promise(section: Section, name: str, columns: Mapping[str, Column]) -> Promise:
    if section.title != "[work_items]" or name not in PROMISED:
        section.fail(
            f"{name} takes no after: only {' and '.join(PROMISED)} of [work_items] can "
            "be promised"
        )
    own = section.section(name).only(("after", "counts"))
    column, counts = own.need("after", str), own.get("counts", str, COUNTS[0])
    if column not in columns:
        own.fail(f"after names {column!r}, which is not in [columns]")
    if columns[column].type != "promise":
        own.fail(
            f"after names {column!r}, which is of type {columns[column].type}: give it "
            'type = "promise" in [columns]'
        )
    if counts not in COUNTS:
        own.fail('counts must be "always" or "working time"')
    if not isinstance(section.values.get("item_id"), str):
        section.fail("item_id must be a column where due dates are promised")
    return Promise(column, counts == "always")


def keep_promises(
    connection: duckdb.DuckDBPyConnection, fills: str, promise: Promise, item_id: str
) -> None:
    """Keep what the rows of `source` are promised for the due date `fills`.

    It stays in the file, so that its due dates follow its calendars. Elapsed, a day is
    24 hours.
    """
    number = f"""split_part("{promise.column}", ' ', 1)"""
    days = f"""case when "{promise.column}" like '% days' then {number} end"""
    minutes = f"""case when "{promise.column}" like '% minutes' then {number} end"""
    if promise.is_elapsed:
        minutes = f"coalesce({minutes} :: decimal(18, 6), 1440 * {days} :: integer)"
        days = "null"
    connection.execute(TABLE)
    connection.execute(
        f"""
        insert into promises.given
        select "{item_id}", $fills, {minutes}, {days}, $is_elapsed
        from source
        where "{promise.column}" is not null
        """,
        {"fills": fills, "is_elapsed": promise.is_elapsed},
    )
