"""Read queries/*.sql: each file is one question with a header that says what it asks.

The header is a comment, read by query_headers; the body is one select.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dashboard.errors import QuestionError
from dashboard.query_headers import Cases, Metric, Parameter, Quotient, read_header
from dashboard.settings import ROOT

QUERIES = ROOT / "queries"
GIVEN = {
    "period_start": "date",
    "period_end": "date",
    "period_from": "instant",
    "period_to": "instant",
    "as_of": "instant",
    "told_until": "instant",
    "known_at": "instant",
    "plan_level": "text",
}
"""Parameters that the filters of the page give; all others are settings of a query."""


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
    metrics: tuple[Metric, ...] = ()
    cases: dict[str, Cases] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file as errors name it: queries/<subject>/<answer>.sql."""
        return f"queries/{self.name}.sql"

    def is_share(self, name: str) -> bool:
        """Whether a figure is told in percent: a rate, or a ratio by its metric."""
        own = {metric.column for metric in self.metrics if metric.unit == "%"}
        is_ratio = name in {ratio.name for ratio in self.ratios}
        return name in {rate.name for rate in self.rates} or (is_ratio and name in own)

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
    said = read_header(sql, f"queries/{name}.sql")
    return Query(name=name, path=path, sql=sql, **said)
