"""A DuckDB file of invented work, of any size.

    python -m bench.generated FOLDER FILE

FOLDER holds work_items.parquet and quality_reviews.parquet, as the generator of the
benchmark data writes them; FILE is what the dashboard reads.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from dashboard.progress import progress_bar
from dashboard.sources.building import new_database

AS_OF = datetime(2026, 10, 31, 18)  # UTC, of the generator
ITEMS = """
    select
        cast(item_id as varchar) as item_id, department, team,
        cast(employee_id as varchar) as employee, work_type, priority, channel, status,
        received_at, due_at as first_due_at, due_at, completed_at,
        cast(standard_minutes as decimal(12, 2)) as standard_minutes,
        cast(handling_minutes as decimal(12, 2)) as handling_minutes
    from read_parquet('{folder}/work_items.parquet')
"""
REVIEWS = """
    select
        cast(review_id as varchar) as review_id,
        cast(reviews.item_id as varchar) as item_id,
        cast(completed_at as date) as work_date, reviewed_at, 'random' as design,
        cast(reviewer as varchar) as reviewer, 1 as units,
        cast(result = 'Fail' as bigint) as defects,
        cast(result = 'Fail' and severity = 'Critical' as bigint) as critical_defects,
        error_type
    from read_parquet('{folder}/quality_reviews.parquet') as reviews
    inner join read_parquet('{folder}/work_items.parquet') as items
        on reviews.item_id = items.item_id
"""


def build(folder: Path, path: Path) -> None:
    """Build the file at `path` from the Parquet files in `folder`."""
    with (
        progress_bar() as shown,
        new_database(
            path, source="generated", zone="UTC", as_of=AS_OF, progress=shown
        ) as file,
    ):
        run = file.connection.execute
        for name, rows in (("work_items", ITEMS), ("quality_reviews", REVIEWS)):
            run(f"insert into {name} by name {rows.format(folder=folder)}")
        [(file.rows,)] = run("select count(*) from work_items").fetchall()


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
