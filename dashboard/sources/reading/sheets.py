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
            f"{file} has the sheets {', '.join(visible)}: declare sheet in [file] of "
            "the mapping.",
            "sheet",
            visible,
        )
    raise ImportFileError(f"{file} has no visible sheet of cells: declare sheet.")


def hidden_note(sheets: list[Sheet], chosen: str) -> tuple[str, int, str] | None:
    """Case, count and words where sheets are hidden."""
    hidden = [sheet.name for sheet in sheets if not sheet.is_visible]
    unread = [name for name in hidden if name != chosen]
    if unread:
        what = counted(len(unread), "hidden sheet is", "hidden sheets are")
        return "hidden_sheet", len(unread), f"{what} not read: {', '.join(unread)}"
    if hidden:
        return "hidden_sheet", 1, f"the sheet {chosen} is hidden, and read as declared"
    return None
