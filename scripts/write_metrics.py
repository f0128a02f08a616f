"""Write the tables of docs/metrics.md from query headers and tests. Run by `make docs`.

A test belongs to a metric if it, or what it uses of its own module, names a query that
shows the metric and the column that does.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.glossary import Definition, glossary
from dashboard.query_files import all_queries
from dashboard.settings import ROOT

PAGE = ROOT / "docs" / "metrics.md"
TESTS = ROOT / "tests"
START, END = "<!-- written by make docs -->", "<!-- end -->"
SHOWN = 4  # tests named for a metric; the others are counted
EXAMPLE = re.compile(r"\b(?:WL|DL|EQ|BL|HO|DQ|DP|BC)\d+\b")


@dataclass(frozen=True)
class Test:
    """A test with the text that it runs: its own and what it uses of its module."""

    name: str
    file: str
    doc: str
    text: str


def page() -> str:
    """The whole page, its tables written anew."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    tests = tuple(all_tests())
    tables = f"{_metrics(tests)}\n{_examples(tests)}"
    return f"{before}{START}\n\n{tables}\n{END}{after}"


def all_tests() -> Iterator[Test]:
    """Every test function under tests/."""
    for path in sorted(TESTS.rglob("test_*.py")):
        pieces = _pieces(path)
        for name, node in pieces.items():
            if name.startswith("test_") and isinstance(node, ast.FunctionDef):
                text = "\n".join(ast.unparse(used) for used in _used(name, pieces))
                doc = ast.get_docstring(node) or ""
                yield Test(name, path.relative_to(ROOT).as_posix(), doc, text)


def _pieces(path: Path) -> dict[str, ast.stmt]:
    """The functions and constants of a module by name."""
    found: dict[str, ast.stmt] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node
    return found


def _used(name: str, pieces: dict[str, ast.stmt]) -> list[ast.stmt]:
    """A piece of a module and all that it names there, directly or not."""
    seen, wanted = [name], [name]
    while wanted:
        node = pieces[wanted.pop()]
        names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        names |= {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
        new = sorted(n for n in names if n in pieces and n not in seen)
        seen += new
        wanted += new
    return [pieces[known] for known in seen]


def tests_of(found: Definition, tests: tuple[Test, ...]) -> list[Test]:
    """The tests of a metric, those of worked examples first."""
    key = found.metric.key
    shown = [
        (query.name, metric.column)
        for query in all_queries().values()
        for metric in query.metrics
        if metric.key == key
    ]
    mine = [
        test
        for test in tests
        if any(
            name in test.text and any(c in test.text for c in _columns(name, column))
            for name, column in shown
        )
    ]
    return sorted(mine, key=lambda test: not EXAMPLE.search(test.doc))


def _columns(query: str, column: str) -> list[str]:
    """A column, or the counts that a quotient of that name divides.

    Where a query shows one metric alone, every test of it is a test of that; a
    percentile is proved by any of its time.
    """
    known = all_queries()[query]
    if len(known.metrics) == 1:
        return [query]
    name = column.removesuffix("_weighted")
    parts = [q for q in (*known.rates, *known.ratios) if q.name == name]
    stem = re.sub(r"_p\d\d$", "_p", column)
    return [stem, *(part for q in parts for part in (q.numerator, q.denominator))]


def _metrics(tests: tuple[Test, ...]) -> str:
    rows = [
        f"| {found.name} `{key}` | {found.unit} | {found.metric.better} "
        f"| `{found.query.name}` | {_named(tests_of(found, tests))} |"
        for key, found in glossary().items()
    ]
    head = "| metric | unit | better | query | tests |\n|---|---|---|---|---|"
    return "\n".join(["### Metric, query, test", "", head, *rows, ""])


def _named(tests: list[Test]) -> str:
    names = list(dict.fromkeys(test.name for test in tests))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(f"`{name}`" for name in names[:SHOWN]) + more


def examples(tests: tuple[Test, ...]) -> dict[str, list[Test]]:
    """The tests of each worked example that a docstring names."""
    found: dict[str, list[Test]] = {}
    for test in tests:
        for name in EXAMPLE.findall(f"{test.doc} {test.text}"):
            if test not in found.setdefault(name, []):
                found[name].append(test)
    order = sorted(found, key=lambda name: (name[:2], int(name[2:])))
    return {name: found[name] for name in order}


def _examples(tests: tuple[Test, ...]) -> str:
    rows = [f"| {name} | {_named(mine)} |" for name, mine in examples(tests).items()]
    head = "| example | tests |\n|---|---|"
    return "\n".join(["### Worked example, test", "", head, *rows, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
