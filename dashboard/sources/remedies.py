"""What to declare in a mapping so that cells which were refused are read."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime

from dashboard.sources.columns import DATES, NUMBERS, Column
from dashboard.sources.typing.dates import formats

FORMS = (  # how dates are often written, the likeliest first
    *("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y-%m-%d"),
    *("%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y"),
    *("%d/%m/%y", "%d-%m-%y", "%d.%m.%y", "%m/%d/%y", "%d-%b-%y", "%d %b %y"),
)
TIMES = ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S", " %I:%M %p")
OF_FORM = (  # what a cell breaks that is a date of another form
    *("late_type_change", "date_only_where_time", "month_name"),
    *("dmy_mdy_mixed", "two_digit_year"),
)
IN_FILE = {
    "totals_row_at_end": "totals",
    "subtotal_rows": "subtotals",
    "footer_note": "footers",
}
WORDS = 5  # that a remedy names
START = 40  # characters of a footer, which is known by how it begins


def remedy(code: str, column: Column | None, cells: Sequence[str], label: str) -> str:
    """A line to declare for cells that a rule refused; empty where none would help.

    `label` is the first filled cell of the row.
    """
    if key := IN_FILE.get(code):
        words = label[:START] if key == "footers" else label
        return f"{key} = {_texts([words])} in [file]"
    if code == "unknown_department":
        return f"departments = {_texts(cells)} beside the others in [source]"
    if column is None:
        return ""
    line = _of_column(code, column, cells)
    return f"{line} in the column {column.name}" if line else ""


def form_of(cell: str) -> str | None:
    """The likeliest form in which a date is written, as strptime knows it."""
    forms = (day + time for time in TIMES for day in FORMS)
    return next((form for form in forms if _reads(form, cell)), None)


def _of_column(code: str, column: Column, cells: Sequence[str]) -> str:
    if code == "merged_cells":
        return "fill_down = true"
    if code == "too_many_decimals":
        return "round = true"
    if code == "boolean_words":
        return f"true = [...] or false = [...] with {_texts(cells)}"
    is_value = column.type in (*DATES, *NUMBERS, "promise")
    if is_value and (words := _without_digits(cells)):
        return f"null = {_texts(words)}"
    if code in OF_FORM and column.type in DATES:
        return _form(column, cells)
    if code == "unit_in_cell" and column.type == "promise":
        return 'units = { h = 60, wd = "day" } or as its words are'
    return _number(code, cells) if column.type in NUMBERS else ""


def _without_digits(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell.strip() and not re.search(r"\d", cell)]


def _form(column: Column, cells: Sequence[str]) -> str:
    if column.pivot is None and any(_is_short_year(c, column.formats) for c in cells):
        return "pivot = 50"
    found = next(filter(None, map(form_of, cells)), None)
    if found is None or found in column.formats:
        return ""
    line = f"format = {_texts([*(column.formats or formats(column)[:1]), found])}"
    return f"{line}, pivot = 50" if "%y" in found and column.pivot is None else line


def _is_short_year(cell: str, forms: Sequence[str]) -> bool:
    """Whether one of the forms reads it, with a year of two digits."""
    return any("%y" in form and _reads(form, cell) for form in forms)


def _reads(form: str, cell: str) -> bool:
    try:
        datetime.strptime(cell, form)
    except ValueError:
        return False
    return True


def _number(code: str, cells: Sequence[str]) -> str:
    if code == "lakh_crore_words":
        return "units = { lakh = 100000, crore = 10000000 }"
    if code == "unit_in_cell":
        return "units = { h = 60, m = 1 } or as its words are"
    if code == "currency_symbol":
        signs = re.findall(r"[^\d\s.,'+()-]+", cells[0]) if cells else []
        return f"currency = {_texts(signs[:1])}" if signs else ""
    return 'decimal = "," or "."' if code == "decimal_comma" else ""


def _texts(words: Sequence[str]) -> str:
    """A list of texts as TOML writes it."""
    return json.dumps(list(words)[:WORDS], ensure_ascii=False)
