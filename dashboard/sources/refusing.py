"""How many rows are refused, and when that is too many to import the others."""

from __future__ import annotations

import duckdb

from dashboard.errors import ImportFileError, TooManyRefusedError
from dashboard.sources.mapping import Mapping


def refused(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows of the files are refused, by reason, the commonest first."""
    counts = connection.execute("""
        select reason, count(*) as refused_rows
        from settled
        where is_new and reason is not null
        group by reason
        order by refused_rows desc, reason
    """).fetchall()
    return dict(counts)


def check_share(connection: duckdb.DuckDBPyConnection, share: float) -> None:
    """Refuse the whole import if too many rows of its files are refused.

    Mended rows do not count: those that are still broken were refused before.
    """
    [(rows, bad)] = connection.execute("""
        select count(*), count(settled.reason)
        from settled
        inner join added using (row_number)
        where not added.is_mended
    """).fetchall()
    if bad <= share * rows:
        return
    reasons = connection.execute("""
        select
            settled.reason,
            count(*) as refused_rows,
            arg_min(added.file, settled.row_number),
            min(added.line)
        from settled
        inner join added using (row_number)
        where settled.reason is not null and not added.is_mended
        group by settled.reason
        order by refused_rows desc, settled.reason
        limit 5
    """).fetchall()
    told = "; ".join(
        f"{count:,} times, first in {file}, line {line}: {reason}"
        for reason, count, file, line in reasons
    )
    raise TooManyRefusedError(
        f"{bad:,} of {rows:,} rows cannot be read, more than the {100 * share:g} % "
        "that refused_share allows, so nothing was imported; mend them, or import the "
        f"others with --accept-refused: {told}."
    )


def check_still_read(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> None:
    """Refuse an edited mapping that cannot read what was imported before it."""
    [(rows, bad, reason)] = connection.execute("""
        select count(*), count(reason), min(reason)
        from settled
        where was_good and not is_overtaken
    """).fetchall()
    if bad > plan.refused_share * rows:
        raise ImportFileError(
            f"With the mapping as it is now, {bad:,} of {rows:,} rows that {plan.name} "
            f"gave before cannot be read, such as: {reason}; nothing was imported, so "
            "mend the mapping."
        )
