"""Columns that tell the time of the day of a date in another column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.sources.guessing import dates, words
from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.roles import MOSTLY, shown, without_words
from dashboard.sources.guessing.seen import Cell, Seen, counted_cells, share_of
from dashboard.sources.typing.times import USUAL

TIME = re.compile(r"(\d{1,2})([:.h])([0-5]\d)(:[0-5]\d)?( ?)([ap]m)?", re.I)
OF_DATES = ("date", "dt", "day", "on")  # words of headers that say what is told
OF_TIMES = ("time", "tm", "hour", "hrs", "at")
MIDNIGHT = ("", "midnight, when the day begins")
OWN = "another time of the day, such as 09:00"
OF_DAY = "([01][0-9]|2[0-3]):[0-5][0-9]"


@dataclass
class Times:
    """What is declared of a column of times, and which of its cells are none."""

    formats: Counter[str] = field(default_factory=Counter)
    unread: list[Cell] = field(default_factory=list)


def paired(columns: Sequence[Seen], dialogue: Dialogue) -> Mapping[str, Seen]:
    """By the header of a date without times, the column that tells its times."""
    found: dict[str, Seen] = {}
    for place, column in enumerate(columns):
        if _may_be(column):
            for date in _dates_of(column, columns[:place][::-1], dialogue):
                found.setdefault(date.header, column)
                break
    return found


def _may_be(column: Seen) -> bool:
    """Whether it holds times of the day, or is called so and holds nothing yet."""
    if not column.filled:
        return "time" in _words(column, ())
    return share_of(without_words(column), is_time) >= MOSTLY


def _dates_of(time: Seen, before: Sequence[Seen], dialogue: Dialogue) -> Iterator[Seen]:
    """The dates that may have these times, the nearest column first.

    Told where headers are the same but for words such as date and time. One that is
    called Time and no more is asked about, if it stands beside a date.
    """
    said = _words(time, OF_TIMES)
    for column in before:
        if not _is_of_bare_dates(column):
            continue
        if said and said == _words(column, OF_DATES):
            dialogue.tell(
                f"{time.header} tells the time of the day of {column.header}."
            )
            yield column
        elif not said and column is before[0] and _is_meant(time, column, dialogue):
            yield column


def _words(column: Seen, without: Sequence[str]) -> list[str]:
    found = re.findall(r"[^\W_]+", column.header.lower())
    return [word for word in found if word not in without]


def _is_of_bare_dates(column: Seen) -> bool:
    plain = without_words(column)
    return dates.share(plain) >= MOSTLY and share_of(plain, _has_time) < 1 - MOSTLY


def _has_time(cell: Cell) -> bool:
    return ":" in cell.text


def _is_meant(time: Seen, date: Seen, dialogue: Dialogue) -> bool:
    answer = dialogue.ask_role(
        f"time {date.header}",
        f"{shown(time)}: what is it?",
        [("yes", f"the time of the day of {date.header}"), ("", "something else")],
    )
    return answer == "yes"


def is_time(cell: Cell) -> bool:
    """Whether it may be a time of the day."""
    if cell.kind == "duration":
        return int(cell.text.split(":")[0]) < 24
    if cell.kind == "number":
        return 0 <= float(cell.text) < 1
    return cell.kind is None and _form(cell.text) is not None


def _form(text: str) -> str | None:
    """The format of a text that is a time of the day."""
    found = TIME.fullmatch(text)
    if not found:
        return None
    hour, mark, _, seconds, space, half = found.groups()
    if int(hour) not in (range(1, 13) if half else range(24)):
        return None
    form = f"{'%I' if half else '%H'}{mark}%M{':%S' if seconds else ''}"
    return f"{form}{space}%p" if half else form


def look(column: Seen) -> Times:
    """See how the column writes its times."""
    found = Times()
    for cell in column.cells.values():
        if not is_time(cell):
            found.unread.append(cell)
        elif cell.kind is None:
            found.formats[str(_form(cell.text))] += cell.count
    return found


def formats(times: Times) -> list[str]:
    """What has to be declared as format: nothing where all is read without."""
    if set(times.formats) <= set(USUAL):
        return []
    return [form for form, _ in times.formats.most_common()]


def _missing(column: Seen) -> int:
    """How many cells tell nothing."""
    return column.empty + counted_cells(filter(words.is_usual, column.cells.values()))


def empty_of(column: Seen, date: Seen, dialogue: Dialogue) -> str | None:
    """The time that is meant where there is a date and no time; asked if there are."""
    if _missing(column) <= _missing(date):
        return None
    key = f"empty {column.header}"
    sentence = (
        f"{column.header} is empty in some rows that have a date in {date.header}. "
        "Which time is meant there?"
    )
    answer = dialogue.ask(key, sentence, [MIDNIGHT], OWN)
    if answer and not re.fullmatch(OF_DAY, answer.strip()):
        wrong = f"{answer} is no time of the day such as 09:00. {sentence}"
        dialogue.ask_again(key, wrong, [MIDNIGHT], OWN)
        return None
    return answer.strip() if answer else None
