"""The value of a workbook's cell as text, and what kind it is.

Numbers keep the 15 digits that Excel keeps; what lies beyond is noise of its binary
fractions. Times keep milliseconds, for the same reason.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openpyxl.utils.escape import unescape

Cell = tuple[str, str | None]  # its text and its kind; None: text
EMPTY: Cell = ("", None)


def cell_text(value: object) -> Cell:
    """The text of a value as openpyxl or calamine gives it."""
    if value is None or value == "":
        return "", None
    if isinstance(value, str):
        return (unescape(value) if "_x" in value else value), None
    if isinstance(value, bool):
        return str(value).lower(), "flag"
    if isinstance(value, int | float):
        return number_text(value), "number"
    if isinstance(value, timedelta):
        return duration_text(value), "duration"
    if isinstance(value, time):
        return _to_milliseconds(datetime.combine(date.min, value)).time().isoformat(), (
            "duration"
        )
    if isinstance(value, datetime):
        return _moment_text(_to_milliseconds(value)), "date"
    if isinstance(value, date):
        return value.isoformat(), "date"
    return str(value), None


def number_text(value: int | float) -> str:
    """Digits without exponent: a whole number exactly, any other to 15 digits."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer():
        return f"{value:.0f}"
    return format(Decimal(f"{value:.15g}"), "f")


def duration_text(value: timedelta) -> str:
    """Hours, minutes and seconds, of more than a day too."""
    milliseconds = round(value / timedelta(milliseconds=1))
    seconds, rest = divmod(milliseconds, 1_000)
    hours, seconds = divmod(seconds, 3_600)
    text = f"{hours:02}:{seconds // 60:02}:{seconds % 60:02}"
    return f"{text}.{rest:03}" if rest else text


def _to_milliseconds(moment: datetime) -> datetime:
    """The moment without what binary fractions of a day add to it."""
    if moment.microsecond > 998_999:
        return moment.replace(microsecond=0) + timedelta(seconds=1)
    whole = (moment.microsecond + 500) // 1_000 * 1_000
    return moment.replace(microsecond=0 if whole <= 1_000 else whole)


def _moment_text(moment: datetime) -> str:
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.isoformat(sep=" ")
