"""Advice as an SQL script: what is said stands in comments, what to run between."""

from __future__ import annotations

import textwrap

from dashboard.advice.measuring import Took
from dashboard.advice.piece import Piece

NOTHING = "-- Nothing is lacking of what is advised."
NOTHING_ON_COPY = (
    "-- The copy lacks nothing of it, so nothing can be measured there: take one on\n"
    "-- which the advice was not followed."
)
HEAD = (
    "What this database lacks for our queries, in order of worth; nothing was changed. "
    "Run what you agree with as the owner of the tables. Times are the best of three, "
    "through the gate."
)


def head() -> str:
    """What stands before the first piece."""
    return comment(HEAD) + "\n"


def told(number: int, piece: Piece, times: tuple[Took, ...]) -> str:
    """One piece: what, why, the measured times, and the statements to run.

    `times` is the time now, or the times before and after on a copy.
    """
    where = " narrowed by " + " and ".join(piece.narrowed) if piece.narrowed else ""
    asked = f"{piece.query}{where}"
    if len(times) == 1:
        effect = f"Now: {asked} takes {_in_words(times[0])}."
    else:
        before, after = map(_in_words, times)
        effect = f"On the copy: {asked} took {before} before, {after} after."
    said = [f"{number}. {piece.title}.", f"Why: {piece.why}", effect]
    if piece.note:
        said.append(piece.note)
    statements = [f"{statement};" for statement in piece.statements]
    return "\n".join([*map(comment, said), "", *statements, ""])


def comment(words: str) -> str:
    """Words as lines of comment."""
    return textwrap.fill(words, 88, initial_indent="-- ", subsequent_indent="-- ")


def _in_words(milliseconds: Took) -> str:
    if milliseconds is None:
        return "so long that it was stopped at the time limit"
    return f"{milliseconds:,.0f} ms" if milliseconds >= 10 else f"{milliseconds:.1f} ms"
