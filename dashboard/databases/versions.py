"""Which versions of a server can be read."""

from __future__ import annotations

import re

from dashboard.errors import DatabaseError


def check_version(product: str, found: str, needed: str) -> None:
    """Raise DatabaseError where a server tells a version before the one needed."""
    if numbers(found) < numbers(needed):
        version = ".".join(map(str, numbers(found)))
        raise DatabaseError(
            f"The operations database is {product} {version}, which is too old to be "
            f"read: have its server brought to {needed} or later."
        )


def numbers(version: str) -> tuple[int, ...]:
    """The first numbers with dots between them in a version, such as 10.11.6."""
    found = re.search(r"\d+(\.\d+)*", version)
    return tuple(map(int, found[0].split("."))) if found else ()
