"""What a site decides itself, kept in one folder: targets, calendars and the like.

One CSV file for each relation, with just its columns. Where the folder has the file of
a relation, that is the relation, whatever the database has. Nothing here is scoped: a
page for administrators alone shows it.
"""

from dashboard.decisions.changing import Change, carry_out
from dashboard.decisions.files import DECIDED, file_name
from dashboard.decisions.standing import (
    NOTHING,
    Calendars,
    Standing,
    calendars_to_build_by,
    standing,
)

__all__ = [
    "DECIDED",
    "NOTHING",
    "Calendars",
    "Change",
    "Standing",
    "calendars_to_build_by",
    "carry_out",
    "file_name",
    "standing",
]
