"""The header of a query file, read: sections, and what each of their entries says.

A header is a comment: title; question; grain ("One row per ..."); then the sections
Parameters, Columns, Rates, Ratios, Percentiles, Metrics and Cases, each where it
applies. What each may say is in docs/queries.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from dashboard.errors import QueryFileError

SECTIONS = (
    *("Parameters", "Columns", "Rates", "Ratios", "Percentiles", "Metrics", "Cases"),
)
BETTER = ("higher is better", "lower is better", "zero is right", "neither is better")

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Parameter:
    """A parameter: what it means and, for a setting, the value it has unless set."""

    name: str
    meaning: str
    default: str | None = None


@dataclass(frozen=True)
class Quotient:
    """A figure that the gate divides: numerator over denominator, by column name."""

    name: str
    numerator: str
    denominator: str
    may_be_infinite: bool = False
    population: str | None = None  # the count that the denominator is a sample of


@dataclass(frozen=True)
class Cases:
    """The records behind a count: rows of `query` where columns have given values.

    With `summing`, the number is the sum of that column over the records; with
    `as_of`, it holds at the moment that this column of the count tells; with `up_to`,
    it adds up the rows of the answer to this value of that column.
    """

    column: str
    query: str
    where: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    summing: str | None = None
    as_of: str | None = None
    up_to: str | None = None


@dataclass(frozen=True)
class Metric:
    """A defined number: the column that shows it, and what makes it comparable.

    `edge_cases` is said by the query that defines the metric; others that show it name
    its key and their column alone, and have no version.
    """

    key: str
    column: str
    unit: str = ""
    dated_by: str = ""
    better: str = ""
    version: int = 0
    owner: str = ""
    edge_cases: str = ""

    @property
    def is_defined(self) -> bool:
        """Whether it is defined here, and not only shown."""
        return self.version > 0


def read_header(sql: str, file: str) -> dict[str, Any]:
    """What the header of a query file says, by the names of the fields of a Query.

    Raises QueryFileError, with the line, for a wrong header.
    """
    fault = _Fault(file)
    paragraphs = _paragraphs(_comment(sql))
    if len(paragraphs) < 2 or len(paragraphs[0]) < 2:
        raise fault(1, "the header needs a title, a question and a grain")
    (_, title), *question = paragraphs[0]
    line, grain = paragraphs[1][0]
    if not grain.startswith("One row"):
        raise fault(line, 'the second paragraph has to say the grain: "One row ..."')
    found = _sections(paragraphs[2:], fault)

    def each(section: str, read: Callable[[int, str, _Fault], Entry]) -> list[Entry]:
        return [read(line, text, fault) for line, text in found[section]]

    return {
        "title": title,
        "question": " ".join(text for _, text in question),
        "grain": " ".join(text for _, text in paragraphs[1]),
        "parameters": {given.name: given for given in each("Parameters", _parameter)},
        "columns": dict(each("Columns", _pair)),
        "rates": tuple(each("Rates", _quotient)),
        "ratios": tuple(each("Ratios", _quotient)),
        "percentiles": dict(each("Percentiles", _pair)),
        "metrics": tuple(each("Metrics", _metric)),
        "cases": {cases.column: cases for cases in each("Cases", _cases)},
    }


class _Fault:
    """Makes the errors of one file, each with its line."""

    def __init__(self, file: str):
        self.file = file

    def __call__(self, line: int, what: str) -> QueryFileError:
        return QueryFileError(f"{self.file}, line {line}: {what}.")


Line = tuple[int, str]


def _comment(sql: str) -> Iterator[Line]:
    for number, line in enumerate(sql.splitlines(), start=1):
        if not line.startswith("--"):
            return
        yield number, line[2:].rstrip().removeprefix(" ")


def _paragraphs(lines: Iterator[Line]) -> list[list[Line]]:
    found: list[list[Line]] = [[]]
    for number, text in lines:
        if text:
            found[-1].append((number, text))
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def _sections(paragraphs: list[list[Line]], fault: _Fault) -> dict[str, list[Line]]:
    """Entries of each section; a line indented further goes on with its entry."""
    found: dict[str, list[Line]] = {name: [] for name in SECTIONS}
    for (number, heading), *entries in paragraphs:
        name = heading.rstrip(":")
        if name not in SECTIONS or not heading.endswith(":"):
            raise fault(number, f"{heading!r} is none of the sections of a header")
        for line, text in entries:
            if text.startswith("   "):
                before, so_far = found[name][-1]
                found[name][-1] = (before, f"{so_far} {text.strip()}")
            else:
                found[name].append((line, text.strip()))
    return found


def _pair(line: int, text: str, fault: _Fault) -> tuple[str, str]:
    name, _, words = text.partition(" ")
    if not words.strip():
        raise fault(line, f"{name} is not explained")
    return name, words.strip()


def _parameter(line: int, text: str, fault: _Fault) -> Parameter:
    match = re.fullmatch(r"(\w+)(?:\s+=\s+(\S+))?\s+(.*)", text)
    name, default, meaning = match.groups() if match else (text.split()[0], None, "")
    return Parameter(name, meaning, default)


def _quotient(line: int, text: str, fault: _Fault) -> Quotient:
    match = re.fullmatch(r"(\w+)\s+(\w+) / (\w+)(?: of (\w+))?( or infinite)?", text)
    if not match:
        raise fault(line, f"{text!r} is not `name  numerator / denominator`")
    name, numerator, denominator, population, infinite = match.groups()
    return Quotient(name, numerator, denominator, bool(infinite), population)


def _cases(line: int, text: str, fault: _Fault) -> Cases:
    match = re.fullmatch(
        r"(\w+)\s+(\w+/\w+)(?: summing (\w+))?(?: as of (\w+))?(?: up to (\w+))?"
        r"(?: where (.*))?",
        text,
    )
    if not match:
        raise fault(
            line,
            f"{text!r} is not `column  query [summing c] [as of c] [up to c] "
            "[where c = a | b, ...]`",
        )
    column, query, summing, as_of, up_to, conditions = match.groups()
    where = []
    for condition in (conditions or "").split(", ") if conditions else ():
        name, _, values = condition.partition(" = ")
        where.append(
            (name.strip(), tuple(value.strip() for value in values.split(" | ")))
        )
    return Cases(column, query, tuple(where), summing, as_of, up_to)


def _metric(line: int, text: str, fault: _Fault) -> Metric:
    """`key column in unit[ by date]; better; version N, owner[; edge cases]`.

    Or `key column` alone, where another query defines it.
    """
    if shown := re.fullmatch(r"(\w+)\s+(\w+)", text):
        return Metric(shown[1], shown[2])
    match = re.fullmatch(
        r"(\w+)\s+(\w+) in ([^;]+?)(?: by ([^;]+))?; "
        rf"({'|'.join(BETTER)}); version (\d+), ([^;]+?)(?:; (.*))?",
        text,
    )
    if not match:
        raise fault(
            line,
            f"{text!r} is not `key  column in unit[ by date]; {' or '.join(BETTER)}; "
            "version N, owner[; edge cases]`",
        )
    key, column, unit, dated_by, better, version, owner, edges = match.groups(
        default=""
    )
    return Metric(key, column, unit, dated_by, better, int(version), owner, edges)
