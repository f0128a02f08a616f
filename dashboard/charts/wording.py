"""Words on charts: labels, hovers and numbers, safe where Plotly accepts HTML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from os.path import commonprefix
from typing import Any

from dashboard.filters import NONE, day_words
from dashboard.theme import number

LABEL = 24  # characters of a label beside a bar
KINDS = {"%": "percent", "hours": "hours", "days": "days", "index": "index"}


def escaped(text: object) -> str:
    """Text from data, safe in a Plotly label, which accepts HTML."""
    shown = NONE if text is None else str(text)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def short(text: object, most: int = LABEL) -> str:
    """Safe text, cut in the middle to fit an axis: names often differ at their ends."""
    shown = NONE if text is None else str(text)
    if len(shown) <= most:
        return escaped(shown)
    half = (most - 1) // 2
    return escaped(f"{shown[: most - 1 - half].rstrip()}…{shown[-half:].lstrip()}")


def apart(names: Sequence[object], most: int = LABEL) -> list[str]:
    """Safe texts cut to fit an axis; names that would read the same lose their head."""
    cut = [short(name, most) for name in names]
    alike = [str(n) for n, c in zip(names, cut, strict=True) if cut.count(c) > 1]
    if len(set(alike)) < 2:
        return cut
    head = commonprefix(alike).rpartition(" ")[0]
    return [
        short(
            f"…{str(name)[len(head) :].lstrip()}" if str(name) in alike else name, most
        )
        for name in names
    ]


def titled(column: str) -> str:
    """The name of a column for people, without its unit."""
    for ending in ("_items", "_share", "_hours", "_days"):
        column = column.removesuffix(ending)
    return escaped(column.replace("_", " ").capitalize())


def said(value: Any, unit: str) -> str:
    """A number with its unit."""
    if unit in KINDS or value is None:
        return number(value, KINDS.get(unit, "count"))
    return f"{number(value, 'count')} {escaped(unit)}".rstrip()


def interval(low: Any, high: Any, unit: str) -> str:
    """The ends of an interval of 95 %."""
    ends = f"{said(low, unit)} and {said(high, unit)}"
    return f"the true value most likely lies between {ends}"


def numbers(values: Sequence[Any], unit: str) -> list[str]:
    """Numbers beside bars; nothing where there is none."""
    own = unit if unit in KINDS else ""
    return ["" if v is None else said(v, own) for v in values]


def when(value: Any) -> str:
    """A day or a moment in words; other values as safe text."""
    if isinstance(value, datetime):
        return f"{day_words(value)}, {value:%H:%M}"
    return day_words(value) if isinstance(value, date) else escaped(value)


def hover(*lines: str) -> str:
    """The lines of a hover that say something."""
    return "<br>".join(line for line in lines if line)
