"""The numbers that we define: from the headers of the query files, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboard.errors import QueryFileError
from dashboard.query_files import Query, all_queries
from dashboard.query_headers import Metric, Quotient
from dashboard.words import label

WORDS = {
    "Item": "one unit of work, with a key and a time of receipt",
    "Received": "the first arrival of an item; when it comes back it is reopened",
    "Completed": "done; cancelled items have ended without being done",
    "Open": "received and not ended, paused and undated items included",
    "Promise": "the first due date of an item, or else its only one",
    "Overdue": "open and past the due date in force",
    "Period": "from its first day to before its end, which is not in it",
    "As of": "the moment for which a figure holds; what came later does not count",
    "Working time": "hours in which the item's calendar is open, pauses taken out "
    "where they stop the clock",
    "n": "the number of items behind a rate; below 20 it is too few to show",
    "95 % interval": "where the true rate lies, if luck was not unusual: Wilson's, and "
    "narrower where what was checked is a large part of all",
    "Half within, 85 % within": "nearest-rank percentiles: always a time that really "
    "occurred; for half 5 items are needed, for 85 % 20, for 95 % 60",
    "Usual range": "where points lie while nothing changes, from a baseline that only "
    "a recorded decision moves; outside of it something is different",
    "Remark": "what somebody wrote about a day or several; a dotted line or a band on "
    "the charts that show the day and whose department, team or metric it is about",
    "Partial": "not complete, as the week that still runs; drawn hollow, and never "
    "part of a limit",
    "Too few": "there is a figure, but chance would make it; its n is shown instead",
    "No value": "there is nothing to divide by, which is not zero",
}


@dataclass(frozen=True)
class Definition:
    """A metric and the query that defines it."""

    metric: Metric
    query: Query

    @property
    def name(self) -> str:
        """What people call it."""
        return label(self.metric.key)

    @property
    def formula(self) -> str:
        """What is counted, or divided by what, in words."""
        return formula(self.query, self.metric.column)

    @property
    def unit(self) -> str:
        """Its unit and the date that puts an item into a period."""
        by = f", by {self.metric.dated_by}" if self.metric.dated_by else ""
        return self.metric.unit + by


@lru_cache(maxsize=1)
def glossary() -> dict[str, Definition]:
    """Every defined metric by its key, in the order of subjects and queries.

    Raises QueryFileError for a key that is defined twice, or shown and never defined.
    """
    found: dict[str, Definition] = {}
    shown = [(metric, q) for q in all_queries().values() for metric in q.metrics]
    for metric, query in shown:
        if metric.is_defined and metric.key in found:
            first = found[metric.key].query.file
            raise QueryFileError(
                f"{query.file}: {metric.key} is defined by {first} already; here its "
                "key and column are enough."
            )
        if metric.is_defined:
            found[metric.key] = Definition(metric, query)
    for metric, query in shown:
        if metric.key not in found:
            raise QueryFileError(f"{query.file}: no query defines {metric.key}.")
    return found


def shown_in(query: Query) -> tuple[Definition, ...]:
    """The definitions of the metrics that a query shows."""
    return tuple(glossary()[metric.key] for metric in query.metrics)


def formula(query: Query, column: str) -> str:
    """What a column counts; of a quotient, what is divided by what."""
    quotients = {q.name: q for q in (*query.rates, *query.ratios)}
    name = column.removesuffix("_weighted")
    if name in quotients:
        return _divided(query, quotients[name])
    return query.columns.get(column, query.question)


def _divided(query: Query, quotient: Quotient) -> str:
    part, whole = (
        f"{label(name)} ({query.columns[name]})"
        for name in (quotient.numerator, quotient.denominator)
    )
    return f"{part} divided by {whole[0].lower()}{whole[1:]}"
