"""Put the selects of a site in the places of the names that stand for them.

They are in the SQL of the site's database and are not read by us: what stands there is
what its administrator wrote.
"""

from __future__ import annotations

import re

PREFIX = "mis_mapped_"
NAMED = re.compile(rf"\b(FROM|JOIN)(\s+)[\"`\[]?{PREFIX}(\w+)[\"`\]]?", re.IGNORECASE)
# What would be taken for one of our parameters, such as :noon in 'at:noon'.
COLON = re.compile(r"(?<![:\\]):(?=\w)")


def expanded(sql: str, selects: tuple[tuple[str, str], ...]) -> str:
    """SQL with each `from mis_mapped_<relation>` as the select of that relation."""
    if not selects:
        return sql
    known = dict(selects)

    def in_place(found: re.Match[str]) -> str:
        word, space, relation = found.groups()
        return f"{word}{space}{as_table(relation, known[relation])}"

    return NAMED.sub(in_place, sql)


def as_table(relation: str, select: str) -> str:
    """A select of the site as a table; the line end closes a comment at its end."""
    return f"(\n{COLON.sub(chr(92) + ':', select)}\n) AS {PREFIX}{relation}"
