"""Which column of a file is which of work_items: by its name, checked by its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dashboard.relations.mapped import WORK_ITEMS
from dashboard.sources.guessing import dates, numbers, words
from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.called import CALLED
from dashboard.sources.guessing.seen import Seen, share_of
from dashboard.sources.headings import called_so, sounding_so

MOSTLY = 0.6  # the share of cells that makes a column one of dates, or of numbers
NONE = ("", "none of these")


def roles_of(columns: Sequence[Seen], dialogue: Dialogue) -> Mapping[str, Seen]:
    """Of columns of work_items the one that fills it; asked where several might."""
    by_header = {column.header: column for column in columns}
    meant, open_names = _meant(by_header, dialogue)
    found = {}
    for name in WORK_ITEMS.column_names:
        headers = [header for header, ours in meant.items() if ours == name]
        if name in open_names:  # what is asked of a header may tell it
            continue
        header = _one_of(name, headers, columns, dialogue)
        if header and _is_in_minutes(by_header[header], name, dialogue):
            found[name] = by_header[header]
    return found


def _meant(
    columns: Mapping[str, Seen], dialogue: Dialogue
) -> tuple[Mapping[str, str], set[str]]:
    """The column of ours that each header means; asked where it only sounds like one.

    Beside them, those of ours that a header may mean once this is answered.
    A header that only contains a name counts where no other header is that name.
    """
    exact = {c.header: called_so(c.header, c.lower) for c in columns.values()}
    similar = {c.header: sounding_so(c.header, c.lower) for c in columns.values()}
    taken = {name for names in exact.values() for name in names}
    meant: dict[str, str] = {}
    open_names: set[str] = set()
    for header, column in columns.items():
        names = exact[header] or tuple(n for n in similar[header] if n not in taken)
        fitting = [name for name in names if _fits(column, name, dialogue)]
        if exact[header] and len(fitting) < 2:
            meant[header] = "".join(fitting)
        elif fitting:
            choices = [(name, f"{CALLED[name]} ({name})") for name in fitting]
            sentence = f"What is the column {shown(column)}?"
            answer = dialogue.ask_role(f"column {header}", sentence, [*choices, NONE])
            meant[header] = answer or ""
            open_names |= set(fitting) if answer is None else set()
    return meant, open_names


def _one_of(
    name: str, headers: Sequence[str], columns: Sequence[Seen], dialogue: Dialogue
) -> str | None:
    """The header that is the column; asked where several are, or a needed one is not.

    None where there is none, or the answer is not there yet.
    """
    if len(headers) == 1:
        return headers[0]
    choices = [(c.header, shown(c)) for c in columns if c.header in headers]
    if not headers:
        if name not in WORK_ITEMS.required:
            return None
        choices = [(c.header, shown(c)) for c in columns if may_fill(c, name)]
        if not choices:
            choices = [(c.header, shown(c)) for c in columns]
    elif name not in WORK_ITEMS.required:
        choices.append(NONE)
    sentence = f"Which column is {CALLED[name]} ({name})?"
    return dialogue.ask_role(name, sentence, choices)


def _is_in_minutes(column: Seen, name: str, dialogue: Dialogue) -> bool:
    """Whether its plain numbers are minutes, where they should be; asked if not said.

    True for all that has not to be minutes.
    """
    if WORK_ITEMS.kind(name) != "minutes" or not numbers.has_plain(column):
        return True
    if re.search(r"\bmins?\b|minute", column.header.lower()):
        return True
    answer = dialogue.ask(
        f"minutes {column.header}",
        f"{column.header}: are its plain numbers minutes?",
        [("yes", "minutes"), ("", "something else: the column is left out")],
    )
    return answer == "yes"


def shown(column: Seen) -> str:
    """A header with a cell, by which a person knows the column."""
    cell = next(iter(column.cells.values()), None)
    return f"{column.header}, such as {cell.text[:40]}" if cell else column.header


def _fits(column: Seen, name: str, dialogue: Dialogue) -> bool:
    """Whether the cells may be what the header says; told where they are not."""
    if not column.filled or may_fill(column, name):
        return True
    cell = next(iter(column.cells.values()))
    dialogue.tell(
        f"{column.header} is not taken for {CALLED[name]} ({name}), because of its "
        f"cells, such as {cell.text[:40]}."
    )
    return False


def may_fill(column: Seen, name: str) -> bool:
    """Whether the cells are of the kind that the column of work_items is."""
    if name == "item_id":
        return column.is_unique and dates.share(column) < MOSTLY
    kind = WORK_ITEMS.kind(name)
    if kind != "text" and all(map(words.is_usual, column.cells.values())):
        return True  # nothing is told yet
    if kind == "instant":
        return share_of(without_words(column), dates.may_be_date) >= MOSTLY
    if kind in ("money", "minutes"):
        return numbers.share(without_words(column)) >= MOSTLY
    return dates.share(column) < MOSTLY


def without_words(column: Seen) -> Seen:
    """The column without its words: pending is no reason against dates."""
    cells = {
        key: cell
        for key, cell in column.cells.items()
        if cell.kind is not None or any(c.isdigit() for c in cell.text)
    }
    return Seen(column.header, cells, sum(cell.count for cell in cells.values()))
