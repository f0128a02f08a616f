"""A mapping as TOML text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.sources.columns import EVERY_SOURCE_HAS
from dashboard.sources.file_form import FileForm
from dashboard.sources.guessing.sampling import Labels


def source_lines(name: str, zone: str) -> list[str]:
    """The section [source]."""
    return ["[source]", f"name = {value(name)}", f"zone = {value(zone)}"]


def file_lines(form: FileForm, labels: Labels) -> list[str]:
    """The section [file]; nothing where nothing has to be declared."""
    said = {
        "encoding": form.encoding,
        "delimiter": form.delimiter,
        "sheet": form.sheet,
        "header_row": form.header_row,
        "header_rows": form.header_rows,
        "totals": [text for text, part in labels.parts.items() if part == "totals"],
        "subtotals": [t for t, part in labels.parts.items() if part == "subtotals"],
        "footers": labels.footers,
    }
    lines = [f"{key} = {value(given)}" for key, given in said.items() if given]
    return ["", "[file]", *lines] if lines else []


def column_line(name: str, header: str, declared: Mapping[str, Any]) -> str:
    """A line of [columns]."""
    return f"{name} = {value({'from': header} | dict(declared))}"


def value(given: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, Mapping):
        pairs = (f"{_key(key)} = {value(each)}" for key, each in given.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(given, Sequence) and not isinstance(given, str):
        return f"[{', '.join(map(value, given))}]"
    if isinstance(given, str):  # of what TOML forbids, JSON leaves one sign as it is
        return json.dumps(given, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(given)


def _key(key: str) -> str:
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else value(key)


def own_name(header: str, taken: Iterable[str]) -> str:
    """A name for a column that no other column has, after its header."""
    plain = "_".join(re.findall("[a-z0-9]+", header.lower()))
    name = plain if re.match("[a-z]", plain) else f"column_{plain}".rstrip("_")
    taken, number = {*taken, *EVERY_SOURCE_HAS}, 2
    free = name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free
