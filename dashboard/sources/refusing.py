"""How many rows are refused, and when that is too many to import the others."""

# ruff: noqa: S608 - no text of a file or a mapping is in these statements

from __future__ import annotations

from typing import Any

import duckdb

from dashboard.errors import ImportFileError, TooManyRefusedError
from dashboard.sources.faulty_cells import column_of, faulty_cell, shown
from dashboard.sources.mapping import Mapping
from dashboard.sources.reading.rows import counted
from dashboard.sources.remedies import IN_FILE, remedy
from dashboard.sources.trackers import joined

SHOWN = 3  # lines that are named of each reason


def refused(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows of the files are refused, by reason, the commonest first."""
    counts = connection.execute("""
        select reason, count(*) as refused_rows
        from settled
        where outcome = 'quarantined'
        group by reason
        order by refused_rows desc, reason
    """).fetchall()
    return dict(counts)


def check_share(
    connection: duckdb.DuckDBPyConnection, plan: Mapping, share: float
) -> None:
    """Refuse the whole import if too many rows of its files are refused.

    Mended rows do not count, nor what was mended before: they were refused then.
    Raises TooManyRefusedError, below which the commonest reasons stand.
    """
    [(rows, bad)] = connection.execute("""
        select
            count(*), count(case when settled.outcome = 'quarantined' then 1 end)
        from settled
        inner join added using (row_number)
        where not added.is_mended
    """).fetchall()
    if bad <= share * rows:
        return
    raise TooManyRefusedError(
        f"{bad:,} of {rows:,} rows cannot be read, more than the {100 * share:g} % "
        "that refused_share allows, so nothing was imported; declare or mend what "
        "stands below, or import the others with --accept-refused.",
        [_told(plan, *found) for found in connection.execute(REASONS).fetchall()],
    )


# The commonest reasons, with the first rows of each.
REASONS = f"""
    select
        settled.reason,
        settled.code,
        count(*) as refused_rows,
        arg_min(
            struct_pack(
                file := added.file, line := added.line, header := arrivals.header,
                cells := added.cells,
                text := coalesce(added.text, {joined("added.cells", "added.delimiter")})
            ),
            settled.row_number,
            20
        ) as examples
    from settled
    inner join added using (row_number)
    inner join arrivals on settled.arrival = arrivals.arrival
    where settled.outcome = 'quarantined' and not added.is_mended
    group by settled.reason, settled.code
    order by refused_rows desc, settled.reason, settled.code
    limit 8
"""


def _told(
    plan: Mapping, reason: str, code: str, count: int, examples: list[dict[str, Any]]
) -> str:
    """A reason: how many rows it refuses, where, what stands there, what to declare."""
    cells = [
        faulty_cell(reason, plan.columns, row["header"], row["cells"])
        if row["cells"]
        else None
        for row in examples
    ]
    first = examples[0]
    filled = [c for c in first["cells"] or [first["text"]] if c.strip()]
    if code == "empty_required" and len(filled) == 1:
        code = "footer_note"  # as in a workbook, where every row is as wide
    is_cell = cells[0] is not None and code not in IN_FILE
    words = list(dict.fromkeys(cell for cell in cells if cell is not None))
    told = f"{counted(count, 'row', 'rows')}, {_lines(examples)}: {reason}: "
    told += ", ".join(map(shown, words[:3])) if is_cell else shown(first["text"])
    line = remedy(code, column_of(reason, plan.columns), words, "".join(filled[:1]))
    return f"{told}\n    declare {line}" if line else told


def _lines(examples: list[dict[str, Any]]) -> str:
    """The first places of a reason, such as `day.csv, lines 12, 16 and 20`."""
    file = examples[0]["file"]
    lines = [f"{row['line']:,}" for row in examples if row["file"] == file][:SHOWN]
    words = "line" if len(lines) == 1 else "lines"
    more = " and so on" if len(examples) > len(lines) else ""
    return f"{file}, {words} {', '.join(lines)}{more}"


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
