"""Errors in the reader's words, sorted by whose they are.

Each is one sentence that says what is wrong, where, and what to do. The command line
prints it, a page shows it; neither ever shows a traceback.
"""

from __future__ import annotations

from collections.abc import Sequence


class MisError(Exception):
    """Any error that a person can read; its text is the whole message."""


class QueryFileError(MisError):
    """A query file is wrong: the query author's to mend. Names file and line."""


class QuestionError(MisError):
    """The question is wrong: an unknown query, parameter, value or date."""


class DatabaseError(MisError):
    """The database cannot answer: missing, locked, half-built, unreadable."""


class TimeLimitError(DatabaseError):
    """A question took longer than its time limit and was stopped."""


class SettingsError(MisError):
    """A setting is wrong. Names the setting."""


class ImportFileError(MisError):
    """A mapping or a file to import is wrong. Names the file and the place in it."""


class TooManyRefusedError(ImportFileError):
    """Too many rows cannot be read. `reasons` say which, and what to declare."""

    def __init__(self, message: str, reasons: list[str]):
        super().__init__(message)
        self.reasons = reasons


class AskError(ImportFileError):
    """A file can be read in two ways. Says what to declare in the mapping.

    `key` is the key of [file] to be declared, `values` what it may be, where these are
    known.
    """

    def __init__(self, message: str, key: str = "", values: Sequence[str] = ()):
        super().__init__(message)
        self.key = key
        self.values = tuple(values)


class DecisionError(MisError):
    """What a site decides is wrong, or was changed meanwhile. Names file and line."""
