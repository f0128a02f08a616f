"""Read a mapping: a TOML file that says what the columns of a source mean.

[source] says whose data it is, [file] how it is written, [columns] which columns count
and of what type they are; then one section per relation says how its rows are made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dashboard.errors import ImportFileError
from dashboard.relations import MAPPED, RELATIONS, Relation
from dashboard.relations.mapped import WORK_ITEMS
from dashboard.sources.columns import KINDS, Column, read_columns
from dashboard.sources.conditions import with_conditions
from dashboard.sources.file_form import KEYS, FileForm, read_file_form
from dashboard.sources.promises import PROMISED, Promise, read_promises
from dashboard.sources.sections import Section, read_toml
from dashboard.sources.times import with_times

SHIPPED = Path(__file__).with_name("mappings")
REFUSED_SHARE = 0.05
KEY_MAY_IGNORE = ("case", "spaces")
MINUTES = {"minute": 1, "hour": 60, "day": 1440}
CANNOT_BE = {  # what a mapping may refuse -> the column that is before receipt
    "completed_before_received": "completed_at",
    "cancelled_before_received": "cancelled_at",
    "started_before_received": "started_at",
    "due_before_received": "due_at",
}
COMPARED = (  # columns of relations whose texts are compared: their spaces count not
    *("item_id", "review_id", "department", "team", "employee", "reviewer"),
    *("work_type", "priority", "channel", "status", "kind", "calendar", "metric"),
)


@dataclass(frozen=True)
class Constant:
    """A value that every row has."""

    value: str | int | float | bool | date


@dataclass(frozen=True)
class Filling:
    """How a relation is filled: a row per source row from `pairs`, or by a SELECT.

    `promises` fill due dates once the calendar is known.
    """

    relation: Relation
    pairs: dict[str, str | Constant]
    select: Path | None
    promises: dict[str, Promise] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """What a source means. `as_of` is UTC; None: the midnight after its newest fact."""

    path: Path
    name: str
    zone: str
    as_of: datetime | None
    fresh_within: int | None  # minutes within which a load is expected; None: not said
    file: FileForm
    time_zone: str
    refused_share: float
    key: tuple[str, ...]  # columns that say which row is which; () where none do
    key_ignores: tuple[str, ...]  # in which two spellings of one key may differ
    departments: tuple[str, ...]  # () where any may occur
    refuse: tuple[str, ...]  # of CANNOT_BE: rows that wait, and are else counted
    columns: tuple[Column, ...]
    fillings: tuple[Filling, ...]  # of work_items first

    @property
    def has_row_per_item(self) -> bool:
        """Whether every source row is one item."""
        return self.fillings[0].select is None

    @property
    def department(self) -> str | Constant | None:
        """The column that tells the department of a row, or the one of all rows."""
        return self.fillings[0].pairs.get("department")


def read_mapping(mapping: str | Path) -> Mapping:
    """Read a mapping by its path, or a shipped one by its name.

    Raises ImportFileError, which names the file and the key that is wrong.
    """
    whole = read_toml(_find(mapping)).only(("source", "file", "columns", *MAPPED))
    source = whole.section("source").only(
        (
            *("name", "zone", "as_of", "key", "key_ignores", "departments"),
            *("fresh_within", "refuse"),
        )
    )
    file = whole.section("file").only(KEYS)
    section = whole.section("columns")
    columns = with_conditions(section, read_columns(section, file))
    columns = with_times(section, columns)
    fillings = _fillings(whole, columns)
    zone = _zone(source, "zone", source.need("zone", str))
    key = _key(source, columns, fillings[0])
    return Mapping(
        path=whole.path,
        name=source.need("name", str),
        zone=zone,
        as_of=_as_of(source, zone),
        fresh_within=_fresh_within(source),
        file=read_file_form(file),
        time_zone=_zone(file, "time_zone", zone),
        refused_share=_refused_share(file),
        key=key,
        key_ignores=_key_ignores(source),
        departments=_departments(source, fillings[0]),
        refuse=_refuse(source, fillings[0]),
        columns=_require(section, columns, fillings, key),
        fillings=fillings,
    )


def _find(mapping: str | Path) -> Path:
    """The path of a mapping; a bare word is the name of a shipped one."""
    path = Path(mapping)
    if path.suffix == ".toml" or len(path.parts) > 1:
        return path
    if str(mapping) not in shipped_names():
        raise ImportFileError(
            f"There is no mapping {mapping}: name a .toml file, or one of "
            f"{', '.join(shipped_names())}."
        )
    return SHIPPED / path / "mapping.toml"


def shipped_names() -> list[str]:
    """The names of the mappings that come with the program."""
    return sorted(file.parent.name for file in SHIPPED.glob("*/mapping.toml"))


def _zone(section: Section, key: str, default: str) -> str:
    name: str = section.get(key, str, default)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        section.fail(f"{key} {name!r} is no time zone; write one such as Europe/Paris")
    return name


def _as_of(source: Section, zone: str) -> datetime | None:
    """The moment the data holds for, given in local time, in UTC."""
    moment = source.values.get("as_of")
    if moment is None:
        return None
    if not isinstance(moment, datetime) or moment.tzinfo:
        source.fail("as_of must be a local time such as 2012-01-01T00:00:00, unquoted")
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def _key(
    source: Section, columns: dict[str, Column], items: Filling
) -> tuple[str, ...]:
    """The columns of the key; the item's own where every row is an item."""
    item = items.pairs.get("item_id")
    key = source.texts("key", [item] if isinstance(item, str) else [])
    for name in key:
        if name not in columns:
            source.fail(f"key names {name!r}, which is not in [columns]")
    return key


def _key_ignores(source: Section) -> tuple[str, ...]:
    ignored = source.texts("key_ignores", [])
    if not set(ignored) <= set(KEY_MAY_IGNORE):
        source.fail('key_ignores may hold "case" and "spaces", and nothing else')
    return ignored


def _departments(source: Section, items: Filling) -> tuple[str, ...]:
    """The departments that may occur; one that does not is refused, never created."""
    departments = source.texts("departments", [])
    given = items.pairs.get("department")
    if departments and given is None:
        source.fail("departments needs a line department = ... in [work_items]")
    if isinstance(given, Constant) and departments and given.value not in departments:
        source.fail(f"departments lacks {given.value!r}, which [work_items] gives")
    return departments


def _refuse(source: Section, items: Filling) -> tuple[str, ...]:
    """Which impossible rows are refused; each of columns that fill [work_items]."""
    refused = source.texts("refuse", [])
    if not set(refused) <= set(CANNOT_BE):
        source.fail(f"refuse may hold {', '.join(CANNOT_BE)}, and nothing else")
    for name in refused:
        if CANNOT_BE[name] in items.promises:
            source.fail(
                f"refuse {name} has nothing to refuse: {CANNOT_BE[name]} is promised "
                "from the receipt on; take it out"
            )
        for needed in ("received_at", CANNOT_BE[name]):
            if not isinstance(items.pairs.get(needed), str):
                source.fail(f"refuse {name} needs a line {needed} in [work_items]")
    return refused


def _fresh_within(source: Section) -> int | None:
    """Minutes, written as "45 minutes", "24 hours" or "7 days"; None: not said."""
    text: str = source.get("fresh_within", str, "")
    written = re.fullmatch(r"([1-9][0-9]{0,5}) (minute|hour|day)s?", text)
    if text and not written:
        source.fail('fresh_within must be a time such as "24 hours" or "45 minutes"')
    return int(written[1]) * MINUTES[written[2]] if written else None


def _refused_share(file: Section) -> float:
    share: float = file.get("refused_share", float, REFUSED_SHARE)
    if not 0 <= share <= 1:
        file.fail("refused_share must be between 0 and 1, such as 0.05")
    return share


def _fillings(whole: Section, columns: dict[str, Column]) -> tuple[Filling, ...]:
    """How each relation of the mapping is filled, work_items first."""
    if WORK_ITEMS.name not in whole.values:
        whole.fail("the section [work_items] is missing")
    named = [name for name in MAPPED if name in whole.values]
    return tuple(_filling(whole, RELATIONS[name], columns) for name in named)


def _filling(whole: Section, relation: Relation, columns: dict[str, Column]) -> Filling:
    section = whole.section(relation.name)
    if "select" in section.values:
        file = section.only(["select"]).need("select", str)
        if Path(file).is_absolute() or ".." in Path(file).parts:
            section.fail("select must name a file in the folder of the mapping")
        return Filling(relation, {}, whole.path.parent / file)
    section.only(relation.column_names)
    for name in relation.required:
        if name not in section.values:
            section.fail(f"{name} is missing")
    promises = read_promises(section, columns)
    pairs = {
        name: _pair(section, name, relation.kind(name), columns)
        for name in section
        if name not in promises
    }
    return Filling(relation, pairs, None, promises)


def _pair(
    section: Section, name: str, kind: str, columns: dict[str, Column]
) -> str | Constant:
    """What fills a column of a relation: the name of a source column, or a constant."""
    given: Any = section.values[name]
    if isinstance(given, dict):
        constant = section.section(name).only(["value"])
        if isinstance(given.get("value"), (str, int, float, date)):
            return Constant(given["value"])
        constant.fail("value is missing, or is neither text, number nor date")
    if given not in columns:
        section.fail(f"{name} names {given!r}, which is not in [columns]")
    column = columns[given]
    if column.type == "promise" and name in PROMISED:
        section.fail(
            f"{name} is of type {kind}, {given} of type promise: write "
            f'{name} = {{ after = "{given}" }}'
        )
    if KINDS[column.type] != kind:
        section.fail(f"{name} is of type {kind}, {given} of type {column.type}")
    return column.name


def _require(
    section: Section,
    columns: dict[str, Column],
    fillings: tuple[Filling, ...],
    key: tuple[str, ...],
) -> tuple[Column, ...]:
    """The columns; those of the key, and what a relation cannot do without, required.

    A text of the key, or that fills what relations are joined, filtered or grouped by,
    is compared.
    """
    pairs = [
        (name, given, name in filling.relation.required)
        for filling in fillings
        for name, given in filling.pairs.items()
    ]
    needed = {given for _, given, is_required in pairs if is_required}
    texts = {column.name for column in columns.values() if column.type == "text"}
    needed |= set(key)
    for name, column in columns.items():
        if name in needed and (column.where or column.unless):
            section.fail(f"{name} is needed in every row: it takes no where, no unless")
    compared = {given for name, given, _ in pairs if name in COMPARED} | set(key)
    return tuple(
        replace(
            column,
            required=column.required or column.name in needed,
            type="key" if column.name in compared & texts else column.type,
        )
        for column in columns.values()
    )
