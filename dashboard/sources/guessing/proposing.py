"""Put a mapping together from what a sample of the files shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dashboard.sources.guessing import writing
from dashboard.sources.guessing.asking import Dialogue, OpenQuestionError, Proposal
from dashboard.sources.guessing.column_lines import Found, column_lines, left_out
from dashboard.sources.guessing.departments import department_of
from dashboard.sources.guessing.endings import cancelled_of
from dashboard.sources.guessing.keys import ignored_in
from dashboard.sources.guessing.promises import promised_of
from dashboard.sources.guessing.roles import roles_of
from dashboard.sources.guessing.sampling import Labels, Sample, sample
from dashboard.sources.guessing.seen import Seen
from dashboard.sources.guessing.times import paired
from dashboard.sources.guessing.unnamed import ask_of_unnamed


def propose(
    files: Sequence[Path], *, name: str, zone: str, answers: Mapping[str, str] = {}
) -> Proposal:
    """A mapping for the files of one tracker; `answers` are by the keys of questions.

    As long as anything is asked, the mapping is a draft that must not be imported.
    Raises ImportFileError where a file cannot be read, or has no header.
    """
    dialogue = Dialogue(answers)
    source = writing.source_lines(name, zone)
    try:
        seen = sample(files, dialogue)
        lines = [*source, *_mapping(seen, dialogue)]
    except OpenQuestionError:
        lines = source
    asked = sorted(dialogue.questions(), key=lambda asked: asked.key == "department")
    mapping = "\n".join([*lines, ""])
    return Proposal(mapping, tuple(asked), tuple(dialogue.told), dialogue.leads_on)


def _mapping(seen: Sample, dialogue: Dialogue) -> list[str]:
    """All of the mapping below the name of its source."""
    promised = promised_of(seen.columns, dialogue)
    others = [c for c in seen.columns if not promised or c is not promised.column]
    times = paired(others, dialogue)
    columns = [column for column in others if column not in times.values()]
    roles = roles_of(columns, dialogue)
    roles = ask_of_unnamed(columns, roles, dialogue)
    _tell_labels(seen.labels, dialogue)
    cancelled = cancelled_of(columns, roles, dialogue)
    pairs: dict[str, Any] = {name: name for name in roles}
    if promised and not promised.pairs(pairs):
        promised = None  # columns of dates tell all that is due
    pairs |= promised.pairs(pairs) if promised else {}
    if cancelled:
        pairs["cancelled_at"] = "cancelled_at"
    if "department" not in roles and not dialogue.is_open("department"):
        answer = department_of(others, roles, dialogue)
        roles, pairs["department"] = _with_department(answer, roles)
    found = Found(roles, cancelled, times, promised)
    return [
        *_key(roles.get("item_id"), dialogue),
        *writing.file_lines(seen.form, seen.labels),
        *("", "[columns]"),
        *column_lines(found, dialogue),
        *left_out(seen.columns, found, dialogue),
        *("", "[work_items]"),
        *_items(pairs),
    ]


def _key(column: Seen | None, dialogue: Dialogue) -> list[str]:
    """By what rows are told apart."""
    if column is None:
        return []
    ignored = ignored_in(column, dialogue)
    lines = [f"key_ignores = {writing.value(ignored)}"] if ignored else []
    return ['key = ["item_id"]', *lines]


def _with_department(
    found: Seen | str | None, roles: Mapping[str, Seen]
) -> tuple[Mapping[str, Seen], Any]:
    """The columns with the one of the department, and what work_items says of it."""
    if not isinstance(found, Seen):
        return roles, found and {"value": found}
    if named := next((name for name, c in roles.items() if c is found), None):
        return roles, named
    return {**roles, "department": found}, "department"


def _items(pairs: Mapping[str, Any]) -> list[str]:
    """The section [work_items]; a promise that was never moved is the first one."""
    if "due_at" in pairs and "first_due_at" not in pairs:
        pairs = {**pairs, "first_due_at": pairs["due_at"]}
    return [
        f"{name} = {writing.value(given)}" for name, given in pairs.items() if given
    ]


def _tell_labels(labels: Labels, dialogue: Dialogue) -> None:
    for label, part in labels.parts.items():
        start = label.removesuffix(" *")
        dialogue.tell(
            f'Rows that begin with "{start}" are {part} and no work; they are compared '
            "with what the rows add up to."
        )
    for footer in labels.footers:
        dialogue.tell(f'A line that begins with "{footer}" is a remark and no work.')
