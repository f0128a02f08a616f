"""Any sequence of imports ends where one import of the last rows would have ended.

A file with one row of a key twice says nothing certain of it, so a model decides here,
file by file, what counts: a second telling of the rules, in a few lines of Python.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.relations import RELATIONS
from tests.office import COUNTS, Office, counts

OF_THE_LOAD = ("load_log", "load_lines", "refused_rows")
EXAMPLES = 200 if os.environ.get("MIS_TEST_LONG") else 8

Row = tuple[str, str, str, str]
rows = st.tuples(
    st.sampled_from(["1", "2", "3", "4", ""]),
    st.sampled_from(["AP", "HR"]),
    st.sampled_from(["2024-01-01", "2024-01-02", "soon"]),
    st.sampled_from(["5", "6", "much"]),
)
files = st.lists(rows, min_size=1, max_size=5)
imports = st.lists(st.lists(files, min_size=1, max_size=3), min_size=1, max_size=4)


class Model:
    """What counts, and what became of the rows of each file."""

    def __init__(self) -> None:
        self.items: dict[str, Row] = {}

    def take(self, file: list[Row]) -> tuple[int, ...]:
        """Inserted, updated, unchanged and quarantined rows of the file."""
        good = [r for r in file if r[0] and r[2] != "soon" and r[3] != "much"]
        versions: dict[str, set[Row]] = {}
        for row in good:
            versions.setdefault(row[0], set()).add(row)
        last = {key: rows.pop() for key, rows in versions.items() if len(rows) == 1}
        told = Counter(self._became(row) for row in last.values())
        told["quarantined"] = len(file) - len(last)
        self.items |= last
        return tuple(told[name] for name in COUNTS)

    def _became(self, row: Row) -> str:
        held = self.items.get(row[0])
        return "inserted" if not held else "unchanged" if held == row else "updated"


@given(imports)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_last_good_row_of_each_key_counts_however_it_came(sequence):
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        office, at_once = Office(Path(one)), Office(Path(other))
        model = Model()
        for texts in sequence:
            report = office.load(*map(_drawn, texts))
            expected = [model.take(file) for file in texts]
            # Files that are told to be imported already are those that change nothing.
            assert counts(report) == (expected if report.lines else [])
            assert report.lines or not any(i or u for i, u, _, _ in expected)
            for line, file in zip(report.lines, texts, strict=False):
                assert line.source_rows == len(file)
        if model.items:
            at_once.load(_drawn(list(model.items.values())))
            assert _relations(office) == _relations(at_once)


def _drawn(file: list[Row]) -> str:
    return ";".join(",".join(row) for row in file)


def _relations(office: Office) -> dict[str, list[tuple]]:
    """All that pages are made of, in no order."""
    return {
        name: sorted(office.ask(f"from {name}"), key=repr)
        for name in RELATIONS
        if name not in OF_THE_LOAD
    }
