"""A check that stands in the row of the work becomes a review, as the page says."""

import re
from datetime import date, datetime

from dashboard.settings import ROOT
from tests.office import Office

SELECT = re.compile(r"```sql\n(select\n    item_id \|\| ' check'.*?)```", re.S)
MAPPING = """
    [source]
    name = "Desk"
    zone = "Europe/Amsterdam"
    [file]
    time_format = "%Y-%m-%d %H:%M"
    [columns]
    item_id = { from = "Ticket", type = "key" }
    received_at = { from = "In", type = "instant" }
    completed_at = { from = "Out", type = "instant" }
    qc = "QC"
    kind_of_error = "Kind of error"
    [work_items]
    item_id = "item_id"
    received_at = "received_at"
    completed_at = "completed_at"
    department = { value = "HR" }
    [quality_reviews]
    select = "quality_reviews.sql"
"""
ROWS = """
    1,2025-02-03 09:00,2025-02-04 00:30,OK,;
    2,2025-02-03 09:00,2025-02-04 10:00,Error,IBAN typo;
    3,2025-02-03 09:00,2025-02-04 10:00,,;
    4,2025-02-03 09:00,,ok,
"""


def test_who_is_checked_in_the_row_has_a_review_of_the_local_day(tmp_path):
    office = Office(tmp_path)
    office.mapping.write_text(MAPPING)
    [select] = SELECT.findall((ROOT / "docs" / "mappings.md").read_text())
    office.write("quality_reviews.sql", select)
    office.load(ROWS, header="Ticket,In,Out,QC,Kind of error\n")
    assert office.ask("""
        select item_id, work_date, reviewed_at, defects, error_type
        from quality_reviews order by item_id
    """) == [
        ("1", date(2025, 2, 4), datetime(2025, 2, 3, 23, 30), 0, None),
        ("2", date(2025, 2, 4), datetime(2025, 2, 4, 9), 1, "IBAN typo"),
    ]
