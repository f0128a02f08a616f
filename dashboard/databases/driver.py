"""What each database does its own way, through the driver that it has."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from dashboard.errors import DatabaseError, TimeLimitError
from dashboard.settings import Settings

UNREACHED = (
    "The operations database cannot be reached. This page has no figures for now. Try "
    "again in a minute."
)
LOST = (
    "The connection was lost while loading. Nothing incomplete is shown. Reload the "
    "page."
)


class Driver(ABC):
    """Connections of one kind of database: made, asked, stopped, put in words."""

    dialect: str  # a key of dialects.SPOKEN
    errors: tuple[type[Exception], ...]  # what the driver raises
    beginning: str = ""  # what makes reads those of one moment
    unlocking: str = ""  # what makes a session of ours one that may write, if it may

    def __init__(self, settings: Settings):
        self.url = sa.make_url(settings.database_url)
        self._limit = settings.time_limit_seconds

    @abstractmethod
    def connect(self) -> Any:
        """A new connection of the driver, which can only read."""

    def speaking(self) -> tuple[str, ...]:
        """What any client has to set before it runs our SQL."""
        return ()

    def ping(self, connection: Any) -> None:
        """The smallest question."""
        cursor = connection.cursor()
        cursor.execute("select 1")
        cursor.fetchall()
        cursor.close()

    def tell(self, connection: Any, statement: str) -> None:
        """Run a statement whose rows nobody reads."""
        cursor = connection.cursor()
        cursor.execute(statement)
        cursor.close()

    @abstractmethod
    def batches(
        self, connection: Any, sql: str, values: Mapping[str, Any], schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one select, in the types that the driver tells."""

    @abstractmethod
    def cancel(self, connection: Any) -> None:
        """Have the server give up what the connection waits for."""

    @abstractmethod
    def catalog(self, connection: Any) -> list[tuple[str, str, str]]:
        """(table, column, type) of all that may be read."""

    def columns_there(self, connection: Any) -> list[tuple[str, str]]:
        """(table, column) of all that may be read."""
        return [(table, column) for table, column, _ in self.catalog(connection)]

    @abstractmethod
    def columns_of(self, connection: Any, select: str) -> list[tuple[str, str]]:
        """(column, type) of a select of the site."""

    @abstractmethod
    def conforming(self, kind: str, column: str, found: str) -> str:
        """Portable SQL that gives a column of a type found as one of a kind."""

    @abstractmethod
    def writable(self, connection: Any) -> int:
        """How many tables the user of the connection may write to."""

    def replayed_at(self, connection: Any) -> datetime | None:
        """Up to when a replica knows what happened, UTC; None where it is none."""
        return None

    @abstractmethod
    def in_words(self, error: Exception) -> DatabaseError:
        """An error of the driver, in one sentence without host or password."""

    def said(self, error: Exception) -> Exception:
        """An error in words where it is one of the driver; any other as it is."""
        return self.in_words(error) if isinstance(error, self.errors) else error

    def too_long(self) -> TimeLimitError:
        """What is said of a question that was stopped."""
        return TimeLimitError(
            f"This question took longer than {self._limit:g} seconds and was "
            "stopped. Choose a shorter period or fewer filters."
        )

    def refused(self) -> DatabaseError:
        """What is said where the server does not let the user in."""
        return DatabaseError(
            f"The operations database refuses the user {self.url.username}: correct "
            "user and password in the setting database_url."
        )
