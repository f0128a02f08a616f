"""Put a mapping together from what a sample of the files shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dashboard.sources.guessing import writing
from dashboard.sources.guessing.asking import Dialogue, OpenQuestionError, Proposal
from dashboard.sources.guessing.roles import roles_of
from dashboard.sources.guessing.sampling import Labels, Sample, sample
from dashboard.sources.guessing.seen import Seen
from dashboard.sources.guessing.types import declared, declared_by_cells


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
    return Proposal(
        "\n".join([*lines, ""]), tuple(dialogue.asked), tuple(dialogue.told)
    )


def _mapping(seen: Sample, dialogue: Dialogue) -> list[str]:
    """All of the mapping below the name of its source."""
    roles = roles_of(seen.columns, dialogue)
    _tell_labels(seen.labels, dialogue)
    return [
        *(['key = ["item_id"]'] if "item_id" in roles else []),
        *writing.file_lines(seen.form, seen.labels),
        *("", "[columns]"),
        *_columns(roles, dialogue),
        *_left_out(seen, roles, dialogue),
        *("", "[work_items]"),
        *_items(roles, dialogue),
    ]


def _columns(roles: Mapping[str, Seen], dialogue: Dialogue) -> list[str]:
    return [
        writing.column_line(name, column.header, declared(column, name, dialogue))
        for name, column in roles.items()
    ]


def _left_out(seen: Sample, roles: Mapping[str, Seen], dialogue: Dialogue) -> list[str]:
    """The other columns, as comments that can be made lines."""
    used = [column.header for column in roles.values()]
    lines, taken = [], list(roles)
    for column in seen.columns:
        if column.header not in used:
            name = writing.own_name(column.header, taken)
            taken.append(name)
            line = writing.column_line(name, column.header, declared_by_cells(column))
            lines.append(f"# {line}")
            dialogue.tell(f"{column.header} is left out: nothing of ours is called so.")
    return lines


def _items(roles: Mapping[str, Seen], dialogue: Dialogue) -> list[str]:
    """The section [work_items]; a promise that was never moved is the first one."""
    pairs = {name: name for name in roles}
    if "due_at" in pairs and "first_due_at" not in pairs:
        pairs["first_due_at"] = "due_at"
    lines = [f"{name} = {writing.value(given)}" for name, given in pairs.items()]
    if "department" not in pairs:
        answer = dialogue.ask(
            "department", "Which department does this work? No column tells it.", ()
        )
        if answer is not None:
            lines.append(f"department = {writing.value({'value': answer.strip()})}")
    return lines


def _tell_labels(labels: Labels, dialogue: Dialogue) -> None:
    for label, part in labels.parts.items():
        dialogue.tell(
            f'Rows that begin with "{label}" are {part} and no work; they are compared '
            "with what the rows add up to."
        )
    for footer in labels.footers:
        dialogue.tell(f'A line that begins with "{footer}" is a remark and no work.')
