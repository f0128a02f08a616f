"""Write docs/relations.md from dashboard/relations/. Run by `make docs`."""

from __future__ import annotations

from dashboard.relations import MAPPED, RELATIONS, Relation
from dashboard.settings import ROOT

PAGE = ROOT / "docs" / "relations.md"
HEAD = """# The relations that queries know

Written by `make docs` from `dashboard/relations/`. Instants are UTC without zone.
A source fills those that are *mapped*; only `work_items` with `item_id` and
`received_at` is required. Those that are *derived* are made of the others.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *map(_section, RELATIONS.values())])


def _section(relation: Relation) -> str:
    kind = "mapped" if relation.name in MAPPED else "ours"
    kind = "derived" if relation.is_derived else kind
    rows = [
        f"| {column.name}{' *' if column.name in relation.required else ''} "
        f"| {column.kind} | {column.meaning} |"
        for column in relation.columns
    ]
    return "\n".join(
        [
            f"## {relation.name}",
            "",
            f"One row per {relation.grain}. *{kind.capitalize()}*; columns with a star "
            "are required.",
            "",
            "| column | kind | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
