"""Compare sums of the rows that files gave with sums in the relations made of them.

A difference of the last digit refuses the import: a figure that is nearly right is
worse than none. Where a SELECT makes the rows of a relation there is nothing to
compare: what it adds up is its own affair.
"""
# ruff: noqa: S608 - names come from a checked mapping

from __future__ import annotations

from collections.abc import Mapping as Pairs

import duckdb

from dashboard.errors import ImportFileError
from dashboard.sources.mapping import Filling, Mapping

SUMMED = ("count", "minutes", "money")  # a value is a float: its sum has no last digit


def note_given(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> None:
    """Put aside, as `given`, what new files say of items, before rows are merged."""
    items = plan.fillings[0]
    if not items.pairs:
        return
    names = {items.pairs["item_id"], *_summed(items).values()}
    columns = ", ".join(f'typed."{name}"' for name in names)
    connection.execute(f"""
        create or replace temp table given as
        select arrivals.file as given_file, {columns}
        from typed
        inner join settled using (row_number)
        inner join arrivals on settled.arrival = arrivals.arrival
        where settled.is_new and settled.reason is null and not settled.is_overtaken
    """)


def check_totals(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> None:
    """Compare rows and sums of every relation that has one row per row of `source`.

    Items are compared file by file too. Raises ImportFileError with the file, the
    column and both sums.
    """
    for filling in plan.fillings:
        if filling.pairs:
            relation = filling.relation.name
            _compare(connection, plan, filling, "the files", "source", relation)
    if plan.has_row_per_item:
        _compare_files(connection, plan, plan.fillings[0])


def _compare_files(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, items: Filling
) -> None:
    item = items.pairs["item_id"]
    files = connection.execute("select distinct given_file from given").fetchall()
    for number, (file,) in enumerate(files):
        connection.execute(
            f"create temp table given_{number} as from given where given_file = $file",
            {"file": file},
        )
        given = f"given_{number}"
        of_it = f'select "{item}" from {given}'
        held = f"(select * from work_items where item_id in ({of_it}))"
        _compare(connection, plan, items, file, given, held)
        connection.execute(f"drop table {given}")


def _compare(
    connection: duckdb.DuckDBPyConnection,
    plan: Mapping,
    filling: Filling,
    where: str,
    given: str,
    held: str,
) -> None:
    """Compare the rows of `given` with those of `held`, in number and in sums."""
    pairs = _summed(filling)
    headers = {column.name: column.header for column in plan.columns}
    of_given = ["count(*)", *(f'sum("{name}")' for name in pairs.values())]
    of_held = ["count(*)", *(f"sum({name})" for name in pairs)]
    titles = ["the number of rows", *(headers[name] for name in pairs.values())]
    [expected] = connection.execute(
        f"select {', '.join(of_given)} from {given}"
    ).fetchall()
    [found] = connection.execute(f"select {', '.join(of_held)} from {held}").fetchall()
    for title, one, other in zip(titles, expected, found, strict=True):
        if one != other:
            raise ImportFileError(
                f"The control totals of {title} differ: {one} in {where}, {other} in "
                f"{filling.relation.name}; nothing was imported, so tell whoever "
                "maintains this program."
            )


def _summed(filling: Filling) -> Pairs[str, str]:
    """The columns of the relation that are summed, and of which column each is."""
    return {
        name: given
        for name, given in filling.pairs.items()
        if isinstance(given, str) and filling.relation.kind(name) in SUMMED
    }
