"""Of what kind the parts of a query are, for databases that do not know it themselves.

A name stands for one kind in all of a query, or for none that is known: where steps use
it for several, it is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlglot import exp

from dashboard.relations import RELATIONS

ANY, UNKNOWN = "any", ""  # of null, and of what cannot be told
SCALES = {"count": 0, "minutes": 2, "money": 4, "seconds": 6}
Kinds = Mapping[str, str]

GIVES = {
    "local_time": "instant",
    "hour_of": "count",
    "weekday_of": "count",
    "days_between": "count",
    "is_cut": "flag",
    "outcome_of": "text",
    "hours_between": "value",
    "worked_seconds": "seconds",
    "clock_at": "seconds",
    "age_band_of": "count",
    "rounded": "count",
    "path_of": "text",
    "contains_text": "flag",
    **dict.fromkeys(("day_of", "utc_day_of", "days_after"), "date"),
    **dict.fromkeys(("bucket_start", "bucket_end"), "date"),
    **dict.fromkeys(("week_start", "month_start"), "date"),
}
FLAGS = (exp.Predicate, exp.Connector, exp.Not, exp.Boolean, exp.Exists)
OF_THE_FIRST = (
    *(exp.Paren, exp.Alias, exp.Neg, exp.Abs, exp.Min, exp.Max, exp.Sum),
    *(exp.Window, exp.Lag, exp.Lead, exp.Nullif),
)


def kinds_in(tree: exp.Expr, given: Kinds) -> dict[str, str]:
    """The kind of each name; `given` are those of the parameters."""
    made = defaultdict(list)
    for alias in tree.find_all(exp.Alias):
        made[alias.alias].append(alias.this)
    told = _told()
    known = {**dict.fromkeys(made, ANY), **told}
    while True:
        found = {
            name: one_of(
                [told.get(name, ANY), *(kind_of(e, known, given) for e in made[name])]
            )
            for name in made
        }
        if all(known[name] == kind for name, kind in found.items()):
            return known
        known |= found


def _told() -> dict[str, str]:
    """The kinds of the columns of relations, where all of a name are of one."""
    found = defaultdict(list)
    for relation in RELATIONS.values():
        for column in relation.columns:
            found[column.name].append(column.kind)
    return {name: one_of(kinds) for name, kinds in found.items()}


def one_of(kinds: Iterable[str]) -> str:
    """The kind that values of several kinds come to together."""
    several = set(kinds) - {ANY}
    if len(several) <= 1:
        return next(iter(several), ANY)
    if not several <= {"value", *SCALES}:
        return UNKNOWN
    return "value" if "value" in several else max(several, key=SCALES.__getitem__)


def kind_of(node: exp.Expr, known: Kinds, given: Kinds) -> str:
    """The kind of an expression."""

    def of(*parts: exp.Expr) -> str:
        return one_of(kind_of(part, known, given) for part in parts)

    if isinstance(node, exp.Column):
        return known.get(node.name, UNKNOWN)
    if isinstance(node, exp.Placeholder):
        return given.get(node.name, UNKNOWN)
    if isinstance(node, exp.Literal):
        return "text" if node.is_string else "seconds" if "." in node.name else "count"
    if isinstance(node, exp.Null):
        return ANY
    if isinstance(node, exp.Count | exp.RowNumber):
        return "count"
    if isinstance(node, FLAGS):
        return "flag"
    if isinstance(node, exp.DPipe | exp.Lower):
        return "text"
    if isinstance(node, exp.Anonymous):
        name = node.name.lower()
        if name == "percentile":
            return of(node.expressions[1])
        return GIVES.get(name, name.removeprefix("as_"))
    if isinstance(node, exp.Cast):
        return _cast_to(node.to)
    if isinstance(node, exp.Case):
        branches = [branch.args["true"] for branch in node.args["ifs"]]
        return of(*branches, node.args.get("default") or exp.null())
    if isinstance(node, exp.Coalesce):
        return of(node.this, *node.expressions)
    if isinstance(node, exp.Add | exp.Sub | exp.Mul):
        return _reckoned(node, of(node.this), of(node.expression))
    if isinstance(node, exp.Div):
        return "value"
    return of(node.this) if isinstance(node, OF_THE_FIRST) else UNKNOWN


def _reckoned(node: exp.Expr, left: str, right: str) -> str:
    """Of two numbers; a product of two fractions has more places than a kind."""
    exact = {left, right} <= {"count", ANY} or "count" in {left, right}
    if isinstance(node, exp.Mul) and not exact and "value" not in {left, right}:
        return UNKNOWN
    return one_of([left, right])


def _cast_to(kind: exp.DataType) -> str:
    if kind.is_type("decimal"):
        scales = {str(scale): name for name, scale in SCALES.items()}
        return scales.get(kind.expressions[1].name, UNKNOWN)
    names = {
        "date": "date",
        "timestamp": "instant",
        "boolean": "flag",
        "double": "value",
        "bigint": "count",
        "integer": "count",
        "int": "count",
        "varchar": "text",
        "text": "text",
    }
    return names.get(kind.this.value.lower(), UNKNOWN)
