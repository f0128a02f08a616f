"""Words of a column that differ by case or spaces alone: are they one?"""

from __future__ import annotations

from collections import Counter

from dashboard.sources.guessing import words
from dashboard.sources.guessing.asking import Choice, Dialogue
from dashboard.sources.guessing.seen import Seen
from dashboard.sources.reading.headers import normal
from dashboard.sources.reading.rows import counted
from dashboard.sources.spellings import not_one

TOLD = 5  # of a column
ONE: tuple[Choice, ...] = (
    ("one", "yes: the one of most rows counts, in the old rows and in new ones"),
    ("", "no: they stay apart"),
)


def same_of(column: Seen, name: str, dialogue: Dialogue) -> dict[str, str]:
    """Each such spelling, and the commonest one of its word; asked if they are one.

    Nothing as long as that is open, and where a person says no, which is told.
    """
    alike = _alike(column)
    if not alike:
        return {}
    (first, rows), (other, others) = alike[0].most_common(2)
    answer = dialogue.ask_alike(
        f"spellings {column.header}",
        f'words differ by case or spaces alone, such as "{first}" '
        f'({counted(rows, "row", "rows")}) and "{other}" '
        f"({counted(others, 'row', 'rows')}). Is each one thing?",
        ONE,
        column.header,
    )
    if answer == "":
        _tell(column, name, alike, dialogue)
    if answer != "one":
        return {}
    return {
        spelling: kept
        for (kept, _), *rest in (spellings.most_common() for spellings in alike)
        for spelling, _ in rest
    }


def _alike(column: Seen) -> list[Counter[str]]:
    """The spellings of each word that has several, with their rows."""
    found: dict[str, Counter[str]] = {}
    for cell in column.cells.values():
        if not words.is_nothing(cell):
            found.setdefault(normal(cell.text), Counter())[cell.text] += cell.count
    return [spellings for spellings in found.values() if len(spellings) > 1]


def _tell(
    column: Seen, name: str, alike: list[Counter[str]], dialogue: Dialogue
) -> None:
    for spellings in alike[:TOLD]:
        texts, rows = zip(*spellings.most_common(), strict=True)
        dialogue.tell(f"{column.header}: {not_one(name, texts, rows)}")
    if more := alike[TOLD:]:
        dialogue.tell(f"{column.header} has {len(more):,} more such pairs.")
