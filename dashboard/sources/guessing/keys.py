"""Keys that are the same but for capital letters in some rows."""

from __future__ import annotations

import re

from dashboard.sources.guessing.asking import Dialogue
from dashboard.sources.guessing.seen import Cell, Seen, quoted


def ignored_in(column: Seen, dialogue: Dialogue) -> list[str]:
    """What key_ignores has to hold; told with the keys that show it.

    Keys such as aB3 mean their capitals, so a column that has one is left alone.
    """
    shapes: dict[str, dict[str, Cell]] = {}  # in small letters -> as written -> a key
    for cell in column.cells.values():
        if cell.text not in (cell.text.lower(), cell.text.upper(), cell.text.title()):
            return []
        shape = re.sub(r"\d+", "0", cell.text)
        shapes.setdefault(shape.lower(), {}).setdefault(shape, cell)
    mixed = next(
        (list(found.values()) for found in shapes.values() if len(found) > 1), []
    )
    if not mixed:
        return []
    dialogue.tell(
        f"{column.header}: {quoted(mixed)} differ in capital letters, which keys "
        'ignore (key_ignores = ["case"]): rq-1 and RQ-1 are one.'
    )
    return ["case"]
