"""Which sheet of a workbook is read."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.errors import AskError, ImportFileError
from dashboard.sources.reading.rows import counted


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells, and whether it shows."""

    name: str
    is_visible: bool


def choose(file: str, sheets: list[Sheet], declared: str | None) -> str:
    """The declared sheet, or the only visible one; AskError where there are more."""
    names = ", ".join(sheet.name for sheet in sheets)
    if declared is not None:
        if declared in (sheet.name for sheet in sheets):
            return declared
        raise ImportFileError(
            f"{file} has no sheet {declared}; it has {names}: correct sheet in [file] "
            "of the mapping."
        )
    visible = [sheet.name for sheet in sheets if sheet.is_visible]
    if len(visible) == 1:
        return visible[0]
    if visible:
        raise AskError(
            f"{file} has the sheets {', '.join(visible)}: declare the one to read in "
            f'[file] of the mapping, such as sheet = "{visible[0]}".',
            "sheet",
            visible,
        )
    raise ImportFileError(
        f"{file} has no visible sheet of cells, but {names or 'none'}: unhide the one "
        "to read, or declare it as sheet in [file] of the mapping."
    )


def notes_of_sheets(sheets: list[Sheet], chosen: str) -> list[tuple[str, int, str]]:
    """Case, count and words on hidden sheets, and on others that are not read."""
    notes = []
    for case, one, many, is_visible in (
        ("hidden_sheet", "hidden sheet is", "hidden sheets are", False),
        ("multiple_sheets", "other sheet is", "other sheets are", True),
    ):
        unread = [s.name for s in sheets if s.is_visible is is_visible]
        if unread := [name for name in unread if name != chosen]:
            what = counted(len(unread), one, many)
            notes.append((case, len(unread), f"{what} not read: {', '.join(unread)}"))
    if Sheet(chosen, False) in sheets:
        words = f"the sheet {chosen} is hidden, and read as declared"
        notes.append(("hidden_sheet", 1, words))
    return notes
