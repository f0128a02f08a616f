"""Lines between the rows that have one cell alone: captions, or rows not filled in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os.path import commonprefix

from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.seen import Place
from dashboard.sources.reading.rows import counted

KEY, CAPTIONS, ROWS = "captions", "captions", "rows"
MOST = 50  # captions that are declared one by one


@dataclass(frozen=True)
class Caption:
    """Such a line: its text, and where it stands."""

    text: str
    place: Place


def are_rows(dialogue: Dialogue) -> bool:
    """Whether a person has said that these lines are rows."""
    return dialogue.is_answered(KEY, ROWS)


def labels_of(
    captions: Sequence[Caption], begun: Iterable[str], dialogue: Dialogue
) -> list[str]:
    """How these lines begin, if they are captions, which is asked.

    `begun` are the first cells of rows: nothing tells a caption from a row that begins
    as it does, which is told.
    """
    if not captions or not _are_meant(captions, dialogue):
        return []
    starts = sorted({start.casefold() for start in begun})
    texts = list(dict.fromkeys(caption.text for caption in captions))
    signs = re.match(r"[^\w\s]{2,}", commonprefix(texts))
    labels = [signs[0]] if signs and not _begins(signs[0], starts) else texts
    told = [label for label in labels[:MOST] if not _begins(label, starts)]
    if len(told) < len(labels):
        dialogue.tell(
            "Captions that begin as rows do, or are too many, will wait in quarantine: "
            f"{len(labels) - len(told):,} of {len(labels):,}."
        )
    return told


def _are_meant(captions: Sequence[Caption], dialogue: Dialogue) -> bool:
    (file, line), text = captions[0].place, captions[0].text
    lines = counted(len(captions), "line has", "lines have")
    answer = dialogue.ask(
        KEY,
        f"Between the rows {lines} one cell alone, such as {file}, line {line}, "
        f'"{text}". What is it?',
        [
            (CAPTIONS, "a caption, such as of a month: it is no work"),
            (ROWS, "work that is not filled in: it waits in quarantine"),
        ],
    )
    return answer == CAPTIONS


def _begins(label: str, starts: Sequence[str]) -> bool:
    """Whether one of these texts, which are in order, begins with the label."""
    start = label.casefold()
    at = bisect_left(starts, start)
    return at < len(starts) and starts[at].startswith(start)
