"""The columns of a source: what a mapping calls them, and how their cells are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from dashboard.relations import TYPES
from dashboard.sources.sections import Section

# Type of a column -> kind of its values. An end_of_day is a due date without a time,
# which lasts to the end of its day.
KINDS = {kind: kind for kind in TYPES} | {"end_of_day": "instant"}
DEFAULT_FORMATS = {
    "instant": "%Y-%m-%d %H:%M:%S",
    "date": "%Y-%m-%d",
    "end_of_day": "%Y-%m-%d",
}
EVERY_SOURCE_HAS = (
    *("row_number", "source_file", "source_line"),
    *("fault", "line_text"),  # ours while cells are typed
)


@dataclass(frozen=True)
class Column:
    """A column of the source: our name for it, its header, and how to read it."""

    name: str
    header: str
    type: str
    format: str
    nulls: tuple[str, ...]
    required: bool

    @property
    def has_offset(self) -> bool:
        """Whether its times state their offset from UTC."""
        return "%z" in self.format


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
    column = section.section(name).only(("from", "type", "format", "null", "required"))
    type_ = column.get("type", str, "text")
    if type_ not in KINDS:
        column.fail(f"there is no type {type_!r}; write one of {', '.join(KINDS)}")
    return Column(
        name=name,
        header=column.need("from", str),
        type=type_,
        format=_format(column, type_, file),
        nulls=column.texts("null", file.texts("null", [""])),
        required=column.get("required", bool, False),
    )


def _format(column: Section, type_: str, file: Section) -> str:
    """The format of a time or date, as strptime knows it; empty for other types."""
    if type_ not in DEFAULT_FORMATS:
        return ""
    default = DEFAULT_FORMATS[type_]
    if type_ == "instant":
        default = file.get("time_format", str, default)
    form: str = column.get("format", str, default)
    try:
        duckdb.execute("select try_strptime('', $form)", {"form": form})
    except duckdb.Error as error:
        fault = str(error).splitlines()[0].rpartition(": ")[2]
        column.fail(f"the format {form!r} cannot be used: {fault}")
    if "%Z" in form or ("%z" in form and type_ != "instant"):
        column.fail(f"the format {form!r} names a zone; only instants may, by %z")
    return form
