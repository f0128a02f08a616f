"""Which column of a file is which of work_items: by its name, checked by its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.relations.mapped import WORK_ITEMS
from dashboard.sources.guessing import dates, numbers
from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.seen import Seen
from dashboard.sources.headings import possible_columns

MOSTLY = 0.6  # the share of cells that makes a column one of dates, or of numbers
NONE = ("", "none of these")
MEANT = {column.name: column.meaning for column in WORK_ITEMS.columns}


def roles_of(columns: Sequence[Seen], dialogue: Dialogue) -> Mapping[str, Seen]:
    """Of columns of work_items the one that fills it; asked where several might."""
    by_header = {column.header: column for column in columns}
    possible = {
        header: tuple(
            name for name in names if _fits(by_header[header], name, dialogue)
        )
        for header, names in possible_columns(by_header).items()
    }
    possible = _with_one_meaning(possible, dialogue)
    found = {}
    for name in WORK_ITEMS.column_names:
        headers = [header for header, names in possible.items() if name in names]
        header = _one_of(name, headers, columns, dialogue)
        if header:
            found[name] = by_header[header]
    return found


def _with_one_meaning(
    possible: Mapping[str, tuple[str, ...]], dialogue: Dialogue
) -> dict[str, tuple[str, ...]]:
    """The headers with at most one meaning, asked where a header has several."""
    settled = {}
    for header, names in possible.items():
        settled[header] = names
        if len(names) > 1:
            choices = [(name, f"{name}: {MEANT[name]}") for name in names]
            sentence = f"What is the column {header}?"
            answer = dialogue.ask(f"column {header}", sentence, [*choices, NONE])
            settled[header] = (answer,) if answer else ()
    return settled


def _one_of(
    name: str, headers: Sequence[str], columns: Sequence[Seen], dialogue: Dialogue
) -> str | None:
    """The header that is the column; asked where several are, or a needed one is not.

    None where there is none, or the answer is not there yet.
    """
    if len(headers) == 1:
        return headers[0]
    choices = [(header, header) for header in headers]
    if not headers:
        if name not in WORK_ITEMS.required:
            return None
        choices = [(c.header, _shown(c)) for c in columns if _may_fill(c, name)]
        if not choices:
            choices = [(c.header, _shown(c)) for c in columns]
    elif name not in WORK_ITEMS.required:
        choices.append(NONE)
    sentence = f"Which column is {name} ({MEANT[name]})?"
    return dialogue.ask(name, sentence, choices)


def _shown(column: Seen) -> str:
    """A header with a cell, by which a person knows the column."""
    cell = next(iter(column.cells.values()), None)
    return f"{column.header}, such as {cell.text[:40]}" if cell else column.header


def _fits(column: Seen, name: str, dialogue: Dialogue) -> bool:
    """Whether the cells may be what the header says; told where they are not."""
    if not column.filled or _may_fill(column, name):
        return True
    cell = next(iter(column.cells.values()))
    dialogue.tell(
        f"{column.header} is not taken for {name} ({MEANT[name]}), because of its "
        f"cells, such as {cell.text[:40]}."
    )
    return False


def _may_fill(column: Seen, name: str) -> bool:
    """Whether the cells are of the kind that the column of work_items is."""
    if name == "item_id":
        return column.is_unique and dates.share(column) < MOSTLY
    kind = WORK_ITEMS.kind(name)
    if kind == "instant":
        return dates.share(_without_words(column)) >= MOSTLY
    if kind in ("money", "minutes"):
        return numbers.share(_without_words(column)) >= MOSTLY
    return dates.share(column) < MOSTLY


def _without_words(column: Seen) -> Seen:
    """The column without its words: pending is no reason against dates."""
    cells = {
        key: cell
        for key, cell in column.cells.items()
        if cell.kind is not None or any(c.isdigit() for c in cell.text)
    }
    return Seen(column.header, cells, sum(cell.count for cell in cells.values()))
