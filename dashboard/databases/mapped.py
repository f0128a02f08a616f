"""The relations that a site gives by selects over its own tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.errors import DatabaseError
from dashboard.relations import RELATIONS, Relation
from dashboard.sql.dialects.expanding import PREFIX
from dashboard.sql.names import as_ours
from dashboard.sql.selects import CHANGED_AT
from dashboard.sql.tables import Table

if TYPE_CHECKING:
    from dashboard.databases.direct import Direct


def mapped_tables(database: Direct, connection: Any) -> dict[str, Table]:
    """The relations of a mapping. Raises DatabaseError, which names the file."""
    return {
        name: _table(database, connection, RELATIONS[name], select)
        for name, select in database.selects.items()
    }


def _table(database: Direct, connection: Any, relation: Relation, select: str) -> Table:
    file = f"{relation.name}.sql"
    try:
        found = database.columns_of(connection, select)
    except database.errors as error:
        said = database.in_words(error)
        raise DatabaseError(f"The mapping {file} cannot be read. {said}") from error
    kinds = {column.name: column.kind for column in relation.columns}
    kinds[CHANGED_AT] = "instant"
    columns = {
        name.lower(): _conforming(database, file, kinds, name, type_)
        for name, type_ in found
    }
    for name in relation.required:
        if name not in columns:
            raise DatabaseError(
                f"The mapping {file} gives no column {name}, which {relation.name} "
                "needs: add it."
            )
    changed_at = columns.pop(CHANGED_AT, "")
    source = PREFIX + relation.name
    return Table(source, tuple(sorted(columns.items())), changed_at=changed_at)


def _conforming(
    database: Direct, file: str, kinds: dict[str, str], name: str, type_: str
) -> str:
    """Portable SQL for a column of a select in the type of its kind."""
    if name.lower() not in kinds:
        raise DatabaseError(
            f"The mapping {file} gives a column {name} that there is not: it may give "
            f"{', '.join(kinds)}."
        )
    try:
        return database.conforming(kinds[name.lower()], as_ours(name), type_)
    except DatabaseError as error:
        raise DatabaseError(f"The mapping {file} does not fit. {error}") from error
