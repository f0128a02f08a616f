"""The relations as a database has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.relations import Relation


@dataclass(frozen=True)
class Table:
    """A relation as a database has it.

    `source` is portable SQL that can stand after `from`; `columns` are those of the
    relation that are there, each with portable SQL that gives it in its own type.
    """

    source: str
    columns: tuple[tuple[str, str], ...]
    where: str = ""  # which of its rows are those of the relation; empty for all
    changed_at: str = ""  # portable SQL for when a row changed; empty: not told

    def serves(self, relation: Relation) -> bool:
        """Whether the table can be read as the relation, as it is."""
        as_they_are = {name for name, sql in self.columns if name == sql}
        return self.source == relation.name and as_they_are >= set(
            relation.column_names
        )


Tables = frozenset[tuple[str, Table]]
"""What a database has, by relation."""


def plain(name: str, columns: Iterable[str]) -> Table:
    """A table whose name and columns are those of the relation, in its types."""
    return Table(name, tuple((column, column) for column in sorted(columns)))
