"""The canonical relations: what each row and column means, and how filters reach them.

Queries know these relations only. A filter reaches a relation through a column of its
own or through the item or the employee that it names; where a relation is absent from
FILTERS for a filter, the filter does not apply and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from dashboard.relations import checks, derived, loaded, mapped
from dashboard.relations.extensions import EXTENSIONS, extension
from dashboard.relations.relation import FILTERS, TYPES, Column, Reach, Relation

RELATIONS = {
    relation.name: relation
    for relation in (
        mapped.WORK_ITEMS,
        loaded.LEFT_OUT_ITEMS,
        mapped.WORK_EVENTS,
        mapped.QUALITY_REVIEWS,
        derived.FIRST_REVIEWS,
        derived.ITEM_CLOCKS,
        derived.ITEM_STAYS,
        derived.ITEM_STAGES,
        derived.ITEM_PAUSES,
        derived.ITEM_TOUCHES,
        derived.FIRST_REPLIES,
        derived.ITEM_HANDOFFS,
        derived.ITEM_STEPS,
        derived.SOURCE_FACTS,
        mapped.TIME_ENTRIES,
        *(extension(name, *said) for name, said in EXTENSIONS.items()),
        mapped.EMPLOYEES,
        mapped.WORK_TYPES,
        mapped.TARGETS,
        mapped.BASELINES,
        mapped.ANNOTATIONS,
        mapped.OWNERS,
        mapped.CALENDARS,
        mapped.CALENDAR_WINDOWS,
        mapped.CALENDAR_EXCEPTIONS,
        loaded.CALENDAR_DAYS,
        derived.SOURCE_FAULTS,
        checks.ITEM_PEERS,
        checks.SOURCE_CHECKS,
        checks.DATA_RULES,
        loaded.LOAD_LOG,
        loaded.LOAD_LINES,
        loaded.REFUSED_ROWS,
    )
}

OURS = (  # which loading leaves beside the data
    loaded.LEFT_OUT_ITEMS,
    loaded.CALENDAR_DAYS,
    loaded.LOAD_LOG,
    loaded.LOAD_LINES,
    loaded.REFUSED_ROWS,
)
MAPPED = tuple(  # which a site may tell, by name
    name
    for name, relation in RELATIONS.items()
    if relation not in OURS and not relation.is_derived
)

__all__ = [
    "EXTENSIONS",
    "FILTERS",
    "MAPPED",
    "RELATIONS",
    "TYPES",
    "Column",
    "Reach",
    "Relation",
]

T = TypeVar("T")


def without_derived(tables: Mapping[str, T]) -> dict[str, T]:
    """What a database has where the calendar is ours to give, by name.

    What it derived holds the clocks of another calendar, which do not go with ours.
    """
    derived_names = {name for name, told in RELATIONS.items() if told.is_derived}
    return {name: t for name, t in tables.items() if name not in derived_names}
