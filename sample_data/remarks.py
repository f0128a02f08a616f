"""What people of the company wrote about its days, and who answers for departments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pyarrow as pa

from sample_data import stories
from sample_data.working_time import Calendar, public_holidays

Row = dict[str, object]

STORIES = (  # day, department, team, metric, remark, author
    (
        *(stories.PEOPLE_LEFT_ON, "Compliance", "Compliance Checks", None),
        *("Three in ten people left.", "M. Thackray"),
    ),
    (
        *(stories.NEW_FORM_ON, "Data Entry", None, None),
        *("Work with the new form begins.", "J. Penhallow"),
    ),
    (
        *(stories.OVERLOAD_ON, "Accounts Payable", "AP Invoices", None),
        *("1.6 times the usual work begins to come in.", "S. Oakeshott"),
    ),
    (
        *(stories.QUICK_WINS_ON, "IT Support", "IT Service Desk", "age_profile"),
        *("Easy items are taken first from now on.", "D. Wexcombe"),
    ),
)
CLOSED = {  # the public holidays that make a long gap
    "Easter": ("Good Friday", "Easter Monday"),
    "Christmas": ("Christmas Day", "Boxing Day"),
}
OWNERS = {
    "Data Entry": "J. Penhallow",
    "Accounts Payable": "S. Oakeshott",
    "Accounts Receivable": "L. Brackwell",
    "Payroll": "N. Haverstock",
    "Human Resources": "T. Ravensden",
    "Customer Support": "A. Kilminster",
    "IT Support": "D. Wexcombe",
    "Document Management": "F. Garside",
    "Compliance": "C. Aldercott",
    "Order Management": "B. Stainmore",
    "Market Research": "E. Quarrington",
}
COMPLIANCE_BEFORE = "M. Thackray"  # who left a month after the others
HANDED_OVER_ON = stories.PEOPLE_LEFT_ON + 30


def annotations_table(calendar: Calendar) -> pa.Table:
    """The relation annotations: the stories on their days, and when the office closed.

    Written by ten o'clock of the day after; closing is announced three weeks before.
    """
    return pa.Table.from_pylist([*_told(calendar), *_closed(calendar)])


def _told(calendar: Calendar) -> Iterator[Row]:
    for day, department, team, metric, remark, author in STORIES:
        starts_on = calendar.dates[day]
        yield {
            "starts_on": starts_on,
            "ends_on": None,
            "department": department,
            "team": team,
            "metric": metric,
            "remark": remark,
            "author": author,
            "written_at": _ten_o_clock(starts_on + timedelta(days=1)),
        }


def _closed(calendar: Calendar) -> Iterator[Row]:
    """A remark for each Easter and Christmas of the history."""
    for year in range(calendar.first.year, calendar.end.year + 1):
        days = {name: day for day, name in public_holidays(year, year).items()}
        for feast, (first, last) in CLOSED.items():
            if calendar.first <= days[first] <= calendar.end:
                yield {
                    "starts_on": days[first],
                    "ends_on": days[last] + timedelta(days=1),
                    "remark": f"The office is closed at {feast}.",
                    "author": "R. Ellery",
                    "written_at": _ten_o_clock(days[first] - timedelta(weeks=3)),
                }


def _ten_o_clock(day: date) -> datetime:
    return datetime.combine(day, time(10))


def owners_table(calendar: Calendar) -> pa.Table:
    """The relation owners; Compliance changed hands after its people left."""
    handed_over = calendar.dates[HANDED_OVER_ON]
    rows = [
        _owner(name, owner, handed_over if name == "Compliance" else calendar.first)
        for name, owner in OWNERS.items()
    ]
    rows.append(_owner("Compliance", COMPLIANCE_BEFORE, calendar.first, handed_over))
    return pa.Table.from_pylist(rows)


def _owner(
    department: str, owner: str, valid_from: date, valid_to: date | None = None
) -> Row:
    name = owner.lower().replace(". ", ".")
    return {
        "department": department,
        "owner": owner,
        "contact": f"{name}@larkmere.example",
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
