"""Which sheets of a workbook are read."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.errors import AskError, ImportFileError
from dashboard.sources.reading.rows import counted
from dashboard.sources.reading.stars import fits

Declared = str | tuple[str, ...] | None  # a name, or several and names with stars


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells, and whether it shows."""

    name: str
    is_visible: bool


def may_be_several(declared: Declared) -> bool:
    """Whether what is declared are the sheets of one table, however many there are."""
    return isinstance(declared, tuple) or "*" in (declared or "")


def place_of(file: str, sheet: str) -> str:
    """A sheet of a file of which several are read, as it is told before a line."""
    return f"{file}, sheet {sheet}"


def choose(file: str, sheets: list[Sheet], declared: Declared) -> list[str]:
    """The declared sheets in their order, or the only visible one.

    A star stands for any text in the name of a visible sheet. AskError where nothing is
    declared and more are visible, ImportFileError where what is declared is not there.
    """
    if declared is None:
        return [_only_visible(file, sheets)]
    wanted = (declared,) if isinstance(declared, str) else declared
    fitting = {name: _fitting(sheets, name) for name in wanted}
    for name, found in fitting.items():
        if not found:
            what = "visible sheet whose name fits" if "*" in name else "sheet"
            raise ImportFileError(
                f"{file} has no {what} {name}; it has {_named(sheets)}: correct sheet "
                "in [file] of the mapping."
            )
    chosen = {name for found in fitting.values() for name in found}
    return [sheet.name for sheet in sheets if sheet.name in chosen]


def _fitting(sheets: list[Sheet], wanted: str) -> list[str]:
    """The sheet of that name or, with stars, the visible ones that it fits."""
    if "*" not in wanted:
        return [sheet.name for sheet in sheets if sheet.name == wanted]
    return [s.name for s in sheets if s.is_visible and fits(s.name, wanted)]


def _only_visible(file: str, sheets: list[Sheet]) -> str:
    visible = [sheet.name for sheet in sheets if sheet.is_visible]
    if len(visible) == 1:
        return visible[0]
    if visible:
        raise AskError(
            f"{file} has the sheets {', '.join(visible)}: declare the one to read in "
            f'[file] of the mapping, such as sheet = "{visible[0]}", or several.',
            "sheet",
            visible,
        )
    raise ImportFileError(
        f"{file} has no visible sheet of cells, but {_named(sheets) or 'none'}: unhide "
        "the one to read, or declare it as sheet in [file] of the mapping."
    )


def _named(sheets: list[Sheet]) -> str:
    return ", ".join(sheet.name for sheet in sheets)


def notes_of_sheets(
    sheets: list[Sheet], chosen: list[str]
) -> list[tuple[str, int, str]]:
    """Case, count and words on hidden sheets, and on others that are not read."""
    notes = []
    for case, one, many, is_visible in (
        ("hidden_sheet", "hidden sheet is", "hidden sheets are", False),
        ("multiple_sheets", "other sheet is", "other sheets are", True),
    ):
        unread = [s.name for s in sheets if s.is_visible is is_visible]
        if unread := [name for name in unread if name not in chosen]:
            what = counted(len(unread), one, many)
            notes.append((case, len(unread), f"{what} not read: {', '.join(unread)}"))
    for name in chosen:
        if Sheet(name, False) in sheets:
            words = f"the sheet {name} is hidden, and read as declared"
            notes.append(("hidden_sheet", 1, words))
    return notes
