"""One piece of advice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """What to run, why, how to take it back, and the question that gains by it."""

    title: str
    why: str
    statements: tuple[str, ...]
    undo: tuple[str, ...]
    query: str
    narrowed: tuple[str, ...] = ()  # filters that the question is narrowed by
    note: str = ""  # what else to know before it is followed
