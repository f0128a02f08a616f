"""Compare the sums of the rows that count with the sums in the relations made of them.

A difference of the last digit refuses the import: a figure that is nearly right is
worse than none.
"""
# ruff: noqa: S608 - names come from a checked mapping

from __future__ import annotations

import duckdb

from dashboard.errors import ImportFileError
from dashboard.sources.mapping import Filling, Mapping

SUMMED = ("count", "minutes", "money")  # a value is a float: its sum has no last digit


def check_totals(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> None:
    """Compare rows and sums of every relation that has one row per row of `source`.

    Raises ImportFileError with the column and both sums.
    """
    for filling in plan.fillings:
        if not filling.select:
            _check(connection, plan, filling)


def _check(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, filling: Filling
) -> None:
    relation = filling.relation
    pairs = {
        name: given
        for name, given in filling.pairs.items()
        if isinstance(given, str) and relation.kind(name) in SUMMED
    }
    headers = {column.name: column.header for column in plan.columns}
    of_files = ", ".join(["count(*)", *(f'sum("{given}")' for given in pairs.values())])
    of_rows = ", ".join(["count(*)", *(f"sum({name})" for name in pairs)])
    [given] = connection.execute(f"select {of_files} from source").fetchall()
    [held] = connection.execute(f"select {of_rows} from {relation.name}").fetchall()
    titles = ["the number of rows", *(headers[name] for name in pairs.values())]
    for title, expected, found in zip(titles, given, held, strict=True):
        if expected != found:
            raise ImportFileError(
                f"The control totals of {title} differ: {expected} in the files, "
                f"{found} in {relation.name}, so nothing was imported; tell whoever "
                "maintains this program."
            )
