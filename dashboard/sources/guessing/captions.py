"""Lines between the rows that have one cell alone: captions, or rows not filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os.path import commonprefix

from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.seen import Place, Seen
from dashboard.sources.reading.rows import counted

KEY, CAPTIONS, ROWS = "captions", "captions", "rows"


@dataclass(frozen=True)
class Caption:
    """Such a line: its text, and where it stands."""

    text: str
    place: Place


def are_rows(dialogue: Dialogue) -> bool:
    """Whether a person has said that these lines are rows."""
    return dialogue.is_answered(KEY, ROWS)


def labels_of(
    captions: Sequence[Caption], columns: Iterable[Seen], dialogue: Dialogue
) -> list[str]:
    """How these lines begin, if they are captions, which is asked.

    Told where a row begins as they do: then nothing can tell them from rows.
    """
    if not captions or not _are_meant(captions, dialogue):
        return []
    labels = _beginnings([caption.text for caption in captions])
    cells = [text for column in columns for text, _ in column.cells]
    told = [label for label in labels if _is_sign(label) or not _begins(label, cells)]
    if len(told) < len(labels):
        dialogue.tell(
            "Captions that begin as rows do cannot be told from them, and will wait in "
            f"quarantine, such as {captions[0].text}."
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


def _beginnings(texts: Sequence[str]) -> list[str]:
    """The signs or words with which all of them begin; else each by itself."""
    same = commonprefix(texts)
    if signs := re.match(r"[^\w\s]{2,}", same):
        return [signs[0]]
    words = re.match(r"(?:\w+\s+)+", same)
    if len(set(texts)) > 1 and words:
        return [words[0].strip()]
    return list(dict.fromkeys(texts))


def _is_sign(label: str) -> bool:
    """Whether no row begins so, whatever a line of captions has beside it."""
    return not any(sign.isalnum() for sign in label)


def _begins(label: str, cells: Iterable[str]) -> bool:
    start = label.casefold()
    return any(cell.casefold().startswith(start) for cell in cells)
