"""What the rows of a file have to keep to, beyond the kinds of their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from dashboard.decisions.calendars import check_calendars
from dashboard.decisions.files import CALENDARS, file_name
from dashboard.decisions.rows import Row, as_text
from dashboard.errors import DecisionError
from dashboard.glossary import glossary

Lines = Sequence[tuple[int, Row]]
PLANS = ("plan_std_hours", "plan_core_hours")  # of a working day; not numbers we show
# The columns by which rows are of one matter: of these, one is in force on a day.
SCOPES = {
    "targets": ("metric", "department", "team", "work_type"),
    "calendars": ("calendar",),
    "calendar_windows": ("calendar", "weekday", "opens", "closes"),
    "calendar_exceptions": ("calendar", "day", "opens", "closes"),
    "owners": ("department",),
}


def check(group: Mapping[str, Lines]) -> None:
    """Check the files of a group. Raises DecisionError, which names file and line."""
    for name, lines in group.items():
        for line, row in lines:
            _check_days(name, line, row)
            if name in CHECKS:
                CHECKS[name](line, row)
        if name in SCOPES:
            _check_overlap(name, lines)
    if set(group) & set(CALENDARS):
        check_calendars(group)


def is_in_force(row: Row, day: date) -> bool:
    """Whether a row counts on a day."""
    since, until = row.get("valid_from"), row.get("valid_to")
    return (since is None or since <= day) and (until is None or day < until)


def same_scope(relation: str, row: Row) -> tuple[object, ...]:
    """What a row is about; of rows about the same, one counts on a day."""
    return tuple(row.get(name) for name in SCOPES[relation])


def metric_keys() -> tuple[str, ...]:
    """What a target can be set for."""
    return (*glossary(), *PLANS)


def is_share(metric: str) -> bool:
    """Whether a metric is a share of 1, which pages show in percent."""
    found = glossary().get(metric)
    rates = {rate.name for rate in found.query.rates} if found else set()
    return bool(found and found.metric.column in rates)


def _check_days(name: str, line: int, row: Row) -> None:
    since, until = row.get("valid_from"), row.get("valid_to")
    if since and until and until <= since:
        raise DecisionError(
            f"{file_name(name)}, line {line}: valid_to {until} is not after valid_from "
            f"{since}: correct one of them."
        )


def _check_overlap(name: str, lines: Lines) -> None:
    """Refuse two rows about the same that count on one day."""
    kept: dict[tuple[object, ...], list[tuple[int, Row]]] = {}
    for line, row in lines:
        others = kept.setdefault(same_scope(name, row), [])
        for other, before in others:
            if _overlap(row, before):
                raise DecisionError(
                    f"{file_name(name)}, lines {other} and {line} count on the same "
                    f"days for {_said(name, row)}: end the one where the other begins."
                )
        others.append((line, row))


def _overlap(one: Row, other: Row) -> bool:
    return _begins(one) < _ends(other) and _begins(other) < _ends(one)


def _begins(row: Row) -> date:
    return row.get("valid_from") or date.min


def _ends(row: Row) -> date:
    return row.get("valid_to") or date.max


def _said(name: str, row: Row) -> str:
    told = [row.get(column) for column in SCOPES[name]]
    return ", ".join(as_text(value) for value in told if value is not None)


def _check_target(line: int, row: Row) -> None:
    metric, value = row["metric"], row["value"]
    where = f"{file_name('targets')}, line {line}"
    _check_metric(metric, where)
    if is_share(metric) and not 0 <= value <= 1:
        raise DecisionError(
            f"{where}: {metric} is a share from 0 to 1, and its target {value:g}: "
            "write 0.9 for 90 %."
        )


def _check_metric(metric: str, where: str) -> None:
    if metric not in metric_keys():
        near = get_close_matches(metric, metric_keys(), n=1)
        meant = f"did you mean {near[0]}?" if near else "the glossary lists them."
        raise DecisionError(f"{where}: there is no metric {metric!r}: {meant}")


def _check_annotation(line: int, row: Row) -> None:
    where = f"{file_name('annotations')}, line {line}"
    if row["metric"]:
        _check_metric(row["metric"], where)
    if row["ends_on"] and row["ends_on"] <= row["starts_on"]:
        raise DecisionError(
            f"{where}: ends_on {row['ends_on']}, the first day no longer, is not after "
            f"starts_on {row['starts_on']}: correct one of them."
        )


CHECKS: dict[str, Callable[[int, Row], None]] = {
    "targets": _check_target,
    "annotations": _check_annotation,
}


def rows_of(lines: Iterable[tuple[int, Row]]) -> tuple[Row, ...]:
    """The rows without their lines."""
    return tuple(row for _, row in lines)
