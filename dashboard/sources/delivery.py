"""What is to be imported: files, their mapping, and who brings them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.errors import ImportFileError
from dashboard.sources.mapping import Constant, Mapping
from dashboard.sources.mending import is_written_here
from dashboard.sources.trackers import kept_texts, texts


@dataclass(frozen=True)
class Delivery:
    """Files with their mapping; None as scope is every department."""

    plan: Mapping
    files: tuple[Path, ...]
    hashes: dict[str, str]  # SHA-256 of the content, by the name of the file
    scope: frozenset[str] | None
    refused_share: float

    @property
    def scope_text(self) -> str | None:
        """The scope as it is kept."""
        return None if self.scope is None else json.dumps(sorted(self.scope))


def delivery(
    plan: Mapping,
    files: Sequence[Path],
    scope: frozenset[str] | None,
    refused_share: float | None,
) -> Delivery:
    """Read what the files hold. Raises ImportFileError where that cannot be imported.

    The refused share is that of the mapping where none is given.
    """
    _check_scope(plan, scope)
    hashes: dict[str, str] = {}
    for path in files:
        if path.name in hashes:
            raise ImportFileError(
                f"Two of the files are named {path.name}: rename one of them, or "
                "import them one after the other."
            )
        hashes[path.name] = _hash(path)
    share = plan.refused_share if refused_share is None else refused_share
    return Delivery(plan, tuple(files), hashes, scope, share)


def _check_scope(plan: Mapping, scope: frozenset[str] | None) -> None:
    """Refuse a mapping that does not tell the department where that matters."""
    if scope is None:
        return
    if plan.department is None:
        raise ImportFileError(
            f"{plan.path} does not tell the department of each item in [work_items], "
            "so only an importer of all departments may use it."
        )
    if isinstance(plan.department, Constant) and plan.department.value not in scope:
        raise ImportFileError(
            f"{plan.path} gives its items to {plan.department.value}, which is none of "
            "the departments that you may import."
        )


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ImportFileError(
            f"{path} cannot be read ({error.strerror}): check the file."
        ) from error


def is_imported(connection: duckdb.DuckDBPyConnection, given: Delivery) -> bool:
    """Whether the attached `earlier` holds just what the delivery would bring.

    So it is where nothing has changed what its files gave since they were imported by
    the same mapping for the same departments.
    """
    if texts(given.plan) != kept_texts(connection, given.plan.name):
        return False
    if any(map(is_written_here, given.files)) and _waits(connection, given.plan):
        return False  # what was mended may have come back broken since
    current = connection.execute(
        "select sha256, scope from earlier.trackers.files"
        " where tracker = $tracker and is_current",
        {"tracker": given.plan.name},
    ).fetchall()
    brought = {(sha256, given.scope_text) for sha256 in given.hashes.values()}
    return brought <= set(current) if given.plan.key else brought == set(current)


def _waits(connection: duckdb.DuckDBPyConnection, plan: Mapping) -> bool:
    """Whether a row of the tracker is in quarantine."""
    [(rows,)] = connection.execute(
        "select count(*) from earlier.trackers.rows"
        " where tracker = $tracker and reason is not null",
        {"tracker": plan.name},
    ).fetchall()
    return bool(rows)
