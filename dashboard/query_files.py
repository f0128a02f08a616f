"""Read queries/*.sql: each file is one question with a header that says what it asks.

The header is a comment: title; question; grain ("One row per ..."); then the sections
Parameters, Columns, Rates, Ratios, Percentiles and Cases, each where it applies. The
body is one select. What a header may say is in docs/queries.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dashboard.errors import QueryFileError, QuestionError
from dashboard.settings import ROOT

QUERIES = ROOT / "queries"
SECTIONS = ("Parameters", "Columns", "Rates", "Ratios", "Percentiles", "Cases")
GIVEN = (
    *("period_start", "period_end", "period_from", "period_to"),
    *("as_of", "told_until", "known_at", "plan_level"),
)
"""Parameters that the filters of the page give; all others are settings of a query."""


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


@dataclass(frozen=True, eq=False)
class Query:
    """A query file, read and checked for form."""

    name: str
    path: Path
    title: str
    question: str
    grain: str
    sql: str
    parameters: dict[str, Parameter] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    rates: tuple[Quotient, ...] = ()
    ratios: tuple[Quotient, ...] = ()
    percentiles: dict[str, str] = field(default_factory=dict)
    cases: dict[str, Cases] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file as errors name it: queries/<subject>/<answer>.sql."""
        return f"queries/{self.name}.sql"

    def rate(self, name: str) -> Quotient:
        """The rate of that name. KeyError if there is none."""
        return {rate.name: rate for rate in self.rates}[name]


def find_query(name: str) -> Query:
    """The query of that name, such as backlog/open_by_group.

    Raises QuestionError if there is none.
    """
    queries = all_queries()
    if name not in queries:
        near = [known for known in queries if name.split("/")[-1] in known]
        hint = f"; did you mean {near[0]}?" if near else "; `mis queries` lists them."
        raise QuestionError(f"There is no query {name!r}{hint}")
    return queries[name]


@lru_cache(maxsize=1)
def all_queries() -> dict[str, Query]:
    """Every query file, by name, in the order of names."""
    files = sorted(QUERIES.glob("*/*.sql"))
    return {query.name: query for query in map(read_query, files)}


def read_query(path: Path) -> Query:
    """Read one file. Raises QueryFileError, with the line, for a wrong header."""
    sql = path.read_text(encoding="utf-8")
    name = f"{path.parent.name}/{path.stem}"
    header = _header(sql)
    fault = _Fault(f"queries/{name}.sql")
    paragraphs = _paragraphs(header)
    if len(paragraphs) < 2 or len(paragraphs[0]) < 2:
        raise fault(1, "the header needs a title, a question and a grain")
    (_, title), *question = paragraphs[0]
    line, grain = paragraphs[1][0]
    if not grain.startswith("One row"):
        raise fault(line, 'the second paragraph has to say the grain: "One row ..."')
    sections = _sections(paragraphs[2:], fault)
    return Query(
        name=name,
        path=path,
        title=title,
        question=" ".join(text for _, text in question),
        grain=" ".join(text for _, text in paragraphs[1]),
        sql=sql,
        parameters={
            text.split()[0]: _parameter(text) for _, text in sections["Parameters"]
        },
        columns=dict(_pair(line, text, fault) for line, text in sections["Columns"]),
        rates=_quotients(sections["Rates"], fault),
        ratios=_quotients(sections["Ratios"], fault),
        percentiles=dict(
            _pair(line, text, fault) for line, text in sections["Percentiles"]
        ),
        cases={
            cases.column: cases
            for cases in (_cases(line, text, fault) for line, text in sections["Cases"])
        },
    )


class _Fault:
    """Makes the errors of one file, each with its line."""

    def __init__(self, file: str):
        self.file = file

    def __call__(self, line: int, what: str) -> QueryFileError:
        return QueryFileError(f"{self.file}, line {line}: {what}.")


Line = tuple[int, str]


def _header(sql: str) -> Iterator[Line]:
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


def _parameter(text: str) -> Parameter:
    match = re.fullmatch(r"(\w+)(?:\s+=\s+(\S+))?\s+(.*)", text)
    name, default, meaning = match.groups() if match else (text.split()[0], None, "")
    return Parameter(name, meaning, default)


def _quotients(lines: list[Line], fault: _Fault) -> tuple[Quotient, ...]:
    found = []
    for line, text in lines:
        match = re.fullmatch(r"(\w+)\s+(\w+) / (\w+)( or infinite)?", text)
        if not match:
            raise fault(line, f"{text!r} is not `name  numerator / denominator`")
        name, numerator, denominator, infinite = match.groups()
        found.append(Quotient(name, numerator, denominator, bool(infinite)))
    return tuple(found)


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
