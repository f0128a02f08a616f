"""Read the mapping of a database: a folder with one select for each relation.

A file `<relation>.sql` holds one select over the site's own tables, in the SQL of its
database. It gives columns of the relation, under our names; one more, `changed_at`,
may say when a row changed, so that copies need not read all of it.
"""

from __future__ import annotations

from pathlib import Path

import sqlglot
from sqlglot.errors import SqlglotError
from sqlglot.tokens import Token, TokenType

from dashboard.errors import SettingsError
from dashboard.relations import MAPPED

READY = Path(__file__).parents[1] / "sources" / "ready"
CHANGED_AT = "changed_at"
READING = (TokenType.SELECT, TokenType.WITH)


def read_selects(mapping: str) -> dict[str, str]:
    """The selects of a folder by relation; `mapping` is its path, or a ready name.

    Raises SettingsError for a folder or a file that cannot be one.
    """
    folder = find_folder(mapping)
    files = sorted(folder.glob("*.sql"))
    selects = {file.stem: _select(file) for file in files}
    if "work_items" not in selects:
        raise SettingsError(
            f"The mapping {folder} has no file work_items.sql: write one select that "
            "gives item_id and received_at, as docs/databases.md shows."
        )
    return selects


def ready_names() -> list[str]:
    """The mappings that ship, by name."""
    return sorted(file.parent.name for file in READY.glob("*/work_items.sql"))


def find_folder(mapping: str) -> Path:
    """The folder of a mapping. Raises SettingsError where there is none."""
    if mapping in ready_names():
        return READY / mapping
    folder = Path(mapping).expanduser()
    if not folder.is_dir():
        raise SettingsError(
            f"There is no mapping {mapping}: name a folder with a file work_items.sql, "
            f"or one of {', '.join(ready_names()) or 'none that ship'}."
        )
    return folder


def _select(file: Path) -> str:
    """The text of a file that holds one select, without a semicolon at its end."""
    if file.stem not in MAPPED:
        raise SettingsError(
            f"{file} is named after no relation that can be mapped: name it after one "
            f"of {', '.join(MAPPED)}."
        )
    try:
        text = file.read_text("utf-8")
        tokens = sqlglot.tokenize(text)
    except (OSError, UnicodeDecodeError, SqlglotError) as error:
        said = str(error).splitlines()[0]
        raise SettingsError(f"{file} cannot be read as SQL ({said}).") from error
    ends = [t for t in tokens if t.token_type is TokenType.SEMICOLON]
    if not tokens or tokens[0].token_type not in READING or _goes_on(tokens, ends):
        raise SettingsError(f"{file} must hold one select and nothing else.")
    return text[: ends[0].start].rstrip() if ends else text.rstrip()


def _goes_on(tokens: list[Token], ends: list[Token]) -> bool:
    """Whether something stands behind the first semicolon."""
    return bool(ends) and tokens[-1] is not ends[0]
