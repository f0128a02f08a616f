"""The columns of a source: what a mapping calls them, and how their cells are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

import duckdb

from dashboard.relations import TYPES
from dashboard.sources.sections import Section

# Type of a column -> kind of its values. A key is a text that is compared. An
# end_of_day is a due date without a time, which lasts to the end of its day. A time is
# the time of the day of a date that stands in another column. A promise is how long
# work may take: "480 minutes", or "2 days" of business.
KINDS = {kind: kind for kind in TYPES} | {
    "key": "text",
    "end_of_day": "instant",
    "share": "value",
    "promise": "text",
    "time": "text",
}
NUMBERS = ("count", "minutes", "money", "value", "share")
DATES = ("instant", "date", "end_of_day")
ISO = {
    "instant": "%Y-%m-%d %H:%M:%S",
    "date": "%Y-%m-%d",
    "end_of_day": "%Y-%m-%d",
}
EVERY_SOURCE_HAS = (
    *("row_number", "source_file", "source_line"),
    *("fault", "line_text", "fault_code", "part"),  # ours while cells are typed
)
OF_ALL = (  # what may be declared of every column
    *("from", "aliases", "type", "null", "required", "fill_down", "where", "unless"),
)
KEYS = {  # type -> what may be declared of it beside
    **dict.fromkeys(DATES, ("format", "pivot", "months")),
    "instant": ("format", "pivot", "months", "time"),
    "time": ("format", "empty"),
    **dict.fromkeys(NUMBERS, ("decimal", "currency", "units", "round")),
    "share": ("decimal", "round", "unit"),
    "flag": ("true", "false"),
    "text": ("same",),
    "key": ("same",),
    "promise": ("decimal", "same", "units", "unit"),
}
UNITS = {  # type -> what a number without a word may count
    "share": ("percent", "fraction"),
    "promise": ("minutes", "hours", "days"),
}

Condition = tuple[str, tuple[str, ...]]  # name of a column, and words that it has


@dataclass(frozen=True)
class Column:
    """A column of the source: our name for it, its headers, and how to read it.

    What is not declared is None or empty. `units` are pairs of a word and how much one
    of it is, `same` pairs of a spelling and the one for which it stands. `time` is the
    name of the column with the time of the day, `empty` what an empty one means. It
    counts in rows that meet all of `where` and none of `unless`.
    """

    name: str
    headers: tuple[str, ...]
    type: str
    nulls: tuple[str, ...]
    required: bool
    fill_down: bool
    formats: tuple[str, ...]
    pivot: int | None
    months: tuple[str, ...]
    decimal: str | None
    currency: tuple[str, ...]
    units: tuple[tuple[str, str], ...]
    unit: str | None
    is_rounded: bool
    true_words: tuple[str, ...]
    false_words: tuple[str, ...]
    same: tuple[tuple[str, str], ...]
    where: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    time: str | None = None
    empty: str | None = None

    @property
    def header(self) -> str:
        """What the file calls it first of all."""
        return self.headers[0]

    @property
    def has_offset(self) -> bool:
        """Whether its times state their offset from UTC."""
        return any("%z" in form for form in self.formats)


def read_columns(section: Section, file: Section) -> dict[str, Column]:
    """The columns by name; ImportFileError for a type or a format that there is not."""
    if not section.values:
        section.fail("no column is named; write lines such as item_id = 'Case number'")
    return {name: _column(section, name, file) for name in section}


def _column(section: Section, name: str, file: Section) -> Column:
    """One line of [columns]: a header, or a section with its type and format."""
    if not re.fullmatch("[a-z][a-z0-9_]*", name) or name in EVERY_SOURCE_HAS:
        section.fail(f"{name!r} cannot name a column; write one such as item_id")
    if isinstance(section.values[name], str):
        section.values[name] = {"from": section.values[name]}
    column = section.section(name)
    type_ = column.get("type", str, "text")
    if type_ not in KINDS:
        column.fail(f"there is no type {type_!r}; write one of {', '.join(KINDS)}")
    column.only((*OF_ALL, *KEYS[type_]))

    def telling(key: str) -> Section:
        """Who declares it: the column, or [file] for all columns."""
        return column if key in column.values else file

    return Column(
        name=name,
        headers=_headers(column),
        type=type_,
        nulls=telling("null").texts("null", [""]),
        required=column.get("required", bool, False),
        fill_down=column.get("fill_down", bool, False),
        formats=_formats(column, type_, file),
        pivot=_pivot(telling("pivot")),
        months=_months(telling("months")),
        decimal=_decimal(telling("decimal")),
        currency=_words(column, "currency"),
        units=_units(column, type_),
        unit=_unit(column, type_),
        is_rounded=column.get("round", bool, False),
        true_words=_words(column, "true") or ("true",),
        false_words=_words(column, "false") or ("false",),
        same=_same(column),
        empty=_empty(column),
    )


def _headers(column: Section) -> tuple[str, ...]:
    headers = (column.need("from", str), *column.texts("aliases", []))
    if not all(header.strip() for header in headers):
        column.fail(
            "a column without a header cannot be named: give it one in the file"
        )
    return headers


def _formats(column: Section, type_: str, file: Section) -> tuple[str, ...]:
    """The formats of a time or date, as strptime knows them; none if undeclared."""
    if type_ not in (*DATES, "time"):
        return ()
    given = column.values.get("format")
    if given is None and type_ == "instant":
        given = file.values.get("time_format")
    forms = (given,) if isinstance(given, str) else tuple(given or ())
    for form in forms:
        _check_format(column, type_, form)
    if len({"%z" in form for form in forms}) > 1:
        column.fail("formats with and without %z cannot be mixed")
    return forms


def _check_format(column: Section, type_: str, form: object) -> None:
    if not isinstance(form, str):
        column.fail("format must be a text, or a list of texts")
    try:
        duckdb.execute("select try_strptime('', $form)", {"form": form})
    except duckdb.Error as error:
        fault = str(error).splitlines()[0].rpartition(": ")[2]
        column.fail(f"the format {form!r} cannot be used: {fault}")
    if type_ == "time" and set(re.findall("%-?(.)", form)) & set("YymdBbjzZ"):
        column.fail(f"the format {form!r} has a date; write one such as %H:%M")
    if "%Z" in form or ("%z" in form and type_ != "instant"):
        column.fail(f"the format {form!r} names a zone; only instants may, by %z")


def _empty(column: Section) -> str | None:
    """The time that an empty cell of times means."""
    empty: str | None = column.get("empty", str)
    if empty is not None and not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", empty):
        column.fail("empty must be a time of the day, such as 09:00")
    return empty


def _pivot(given: Section) -> int | None:
    pivot: int | None = given.get("pivot", int)
    if pivot is not None and not 0 <= pivot <= 100:
        given.fail("pivot must be between 0 and 100: from it on, years are 19..")
    return pivot


def _months(given: Section) -> tuple[str, ...]:
    months = given.texts("months", [])
    if len(months) not in (0, 12) or not all(month.strip() for month in months):
        given.fail("months must be the names of the twelve months, January first")
    return months


def _decimal(given: Section) -> str | None:
    decimal: str | None = given.get("decimal", str)
    if decimal not in (None, ".", ","):
        given.fail('decimal must be "." or ","')
    return decimal


def _words(column: Section, key: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in column.texts(key, []))
    if "" in words:
        column.fail(f"{key} must not hold an empty text")
    return words


def _units(column: Section, type_: str) -> tuple[tuple[str, str], ...]:
    """Words and how much each is; of a promise in minutes, or "day"."""
    units = column.section("units").values
    example = '{ h = 60, wd = "day" }' if type_ == "promise" else "{ h = 60 }"
    for word, size in units.items():
        is_day = type_ == "promise" and size == "day"
        is_size = type(size) in (int, float) and 0 < size < inf
        if not word.strip() or not (is_day or is_size):
            column.fail(f"units must say how much each word is, such as {example}")
    sizes = {(word.strip().lower(), str(size)) for word, size in units.items()}
    if len(sizes) > len(dict(sizes)):
        column.fail(
            "units must say of each word once how much it is, whatever its case"
        )
    return tuple((word, str(size)) for word, size in units.items())


def _same(column: Section) -> tuple[tuple[str, str], ...]:
    same = column.section("same").values
    for word, other in same.items():
        if not word.strip() or not isinstance(other, str) or not other.strip():
            column.fail('same must be pairs of texts, such as { "ravi" = "Ravi" }')
        if other in same:
            column.fail(f"same leads from {word!r} to {other!r} and on: name the last")
    return tuple((word.strip(), other) for word, other in same.items())


def _unit(column: Section, type_: str) -> str | None:
    unit: str | None = column.get("unit", str)
    known = UNITS.get(type_, ())
    if unit not in (None, *known):
        column.fail(f"unit must be one of {', '.join(known)}")
    return unit
