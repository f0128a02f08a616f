"""Parts make up wholes: groups, filters, scopes, rates."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard import gate
from dashboard.access import Viewer
from dashboard.query_files import all_queries
from dashboard.relations import FILTERS
from tests.metamorphic.asking import (
    CUMULATED,
    KIND_TOLD,
    QUERIES,
    additive,
    ask,
    bag,
    cases,
    fit,
    group_keys,
    rows,
    some,
    sums,
)
from tests.metamorphic.histories import (
    GROUPS,
    built,
    copied,
    histories,
    more_items,
    views,
)

VALUES = GROUPS | {"employment": (None, "own", "outsourced")}
PLANNED = ("workload/plan_by_day", "deadlines/runway", "backlog/days_of_work")
RECORDS = tuple(name for name in QUERIES if name.startswith("records/"))
WITH_DEPARTMENT = tuple(
    name for name, query in all_queries().items() if "department" in query.columns
)
dimensions = st.sampled_from(FILTERS)
scopes = st.sets(st.sampled_from(("A", "B", "C")))


def _splittable(dimension):
    names = [
        name for name in fit("filtered") if name in fit(f"additive by {dimension}")
    ]
    return [name for name in names if additive_at_all(name)]


def additive_at_all(name):
    query = all_queries()[name]
    return query.cases or name in ("filters/values", "overview/last_weeks")


def _measures(answer, dimension):
    """Plans of a whole say nothing of its parts (Filters.plan_level)."""
    planned = answer.query.name == "workload/plan_by_day"
    return additive(
        answer, ("done_hours",) if planned and dimension != "department" else ()
    )


@cases
@given(histories(), views(), dimensions, st.data())
def test_groups_add_up_to_the_whole(history, view, dimension, data):
    """M1"""
    with built(history) as database:
        for name in data.draw(some(_splittable(dimension), 4)):
            whole = ask(database, name, view)
            parts = [
                row
                for value in VALUES[dimension]
                for row in rows(ask(database, name, view, **{dimension: (value,)}))
            ]
            keys, columns = group_keys(whole), _measures(whole, dimension)
            assert sums(parts, keys, columns) == sums(rows(whole), keys, columns), name


@cases
@given(histories(), views())
def test_every_way_to_count_open_work_says_the_same(history, view):
    """M1"""
    counted = (
        "open_by_group",
        "age_by_days",
        "age_profile",
        "urgent_important",
        "oldest",
    )
    counted = [f"backlog/{name}" for name in (*counted, "age_by_status")]
    with built(history) as database:
        found = {
            name: sum(row["open_items"] for row in rows(ask(database, name, view)))
            for name in (*counted, "overview/matrix")
        }
        found["records/open"] = len(rows(ask(database, "records/open", view)))
        assert len(set(found.values())) == 1, found


@cases
@given(histories(), views(), dimensions, st.data())
def test_rows_with_a_value_with_others_and_with_none_are_all_rows(
    history, view, dimension, data
):
    """M2: by the filters of a page, for the records."""
    value, *others = data.draw(st.permutations(VALUES[dimension][1:]))
    with built(history) as database:
        names = [n for n in RECORDS if n in fit(f"additive by {dimension}")]
        for name in data.draw(some(names, 4)):
            parts = [
                row
                for chosen in ((value,), tuple(others), (None,))
                if chosen
                for row in rows(ask(database, name, view, **{dimension: chosen}))
            ]
            whole = rows(ask(database, name, view))
            assert bag(parts) == bag(whole), name


@cases
@given(histories(), views(), st.data())
def test_rows_picked_with_a_value_without_and_empty_are_all_rows(history, view, data):
    """M2: by the values of any column, for every query."""
    with built(history) as database:
        for name in data.draw(some(QUERIES)):
            whole = ask(database, name, view)
            columns = [
                c for c in whole.query.columns if isinstance(_a_value(whole, c), str)
            ]
            if not columns:
                continue
            column = data.draw(st.sampled_from(columns))
            known = sorted({row[column] for row in rows(whole)} - {None})
            value = data.draw(st.sampled_from(known))
            others = tuple(other for other in known if other != value)
            parts = [
                row
                for chosen in ((value,), others, (None,))
                if chosen
                for row in rows(ask(database, name, view, where=((column, chosen),)))
            ]
            assert bag(parts) == bag(rows(whole)), (name, column)


def _a_value(answer, column):
    return next((v for v in answer.rows[column].to_pylist() if v is not None), None)


@cases
@given(histories(), views(), scopes, scopes, st.data())
def test_disjoint_scopes_add_up_to_their_union(history, view, one, other, data):
    """M6"""
    other -= one
    both = [Viewer("x", tuple(scope)) for scope in (one, other, one | other)]
    with built(history) as database:
        names = [
            n
            for n in _splittable("department")
            if n in fit("additive by scope") and n != "filters/values"
        ]
        for name in data.draw(some(names, 4)):
            first, second, union = (ask(database, name, view, v) for v in both)
            keys, columns = group_keys(union), additive(union)
            parts = [*rows(first), *rows(second)]
            assert sums(parts, keys, columns) == sums(rows(union), keys, columns), name


@cases
@given(histories(), views(), scopes, scopes, st.booleans(), st.data())
def test_a_narrow_scope_sees_the_rows_of_a_wide_one_that_are_in_it(
    history, view, narrow, more, everything, data
):
    """M7: for every query whose rows name a department."""
    wide = Viewer("x", None if everything else tuple(narrow | more))
    with built(history) as database:
        for name in data.draw(some(fit("scoped rows", WITH_DEPARTMENT), 4)):
            found = rows(ask(database, name, view, Viewer("x", tuple(narrow))))
            inside = [
                row
                for row in rows(ask(database, name, view, wide))
                if row["department"] in narrow
            ]
            assert bag(found, *KIND_TOLD) == bag(inside, *KIND_TOLD), name


@cases
@given(
    histories(),
    views(),
    more_items(4, departments=("Z",), prefix="z"),
    st.booleans(),
    st.data(),
)
def test_rows_outside_of_filter_or_scope_change_nothing(
    history, view, others, scoped, data
):
    """M14"""
    history = history.telling_all()
    for item in others["work_items"]:
        item["team"] = "T1"
    viewer = Viewer("x", ("A", "B") if scoped else None)
    chosen = {} if scoped else {"department": ("A", None)}
    with built(history) as before, built(history.with_more(others)) as after:
        for name in data.draw(some(fit("filtered"), 5)):
            found = [
                rows(ask(d, name, view, viewer, **chosen)) for d in (before, after)
            ]
            assert found[0] == found[1], name


@cases
@given(histories(), views(), dimensions, st.data())
def test_all_values_and_none_are_no_filter_in_any_order_and_number(
    history, view, dimension, data
):
    """M15: a team or kind of work narrows the plans (Filters.plan_level), so not theirs."""
    everything = VALUES[dimension]
    again = data.draw(st.permutations(everything)) + [everything[1]]
    with built(history) as database:
        names = (
            fit("all values")
            if dimension == "department"
            else [name for name in fit("all values") if name not in PLANNED]
        )
        for name in data.draw(some(names, 4)):
            whole = ask(database, name, view)
            found = ask(database, name, view, **{dimension: tuple(again)})
            assert rows(found) == rows(whole), name


@cases
@given(histories(), views(), st.data())
def test_the_order_of_picked_values_and_repeats_change_nothing(history, view, data):
    """M15"""
    with built(history) as database:
        for name in data.draw(some(WITH_DEPARTMENT)):
            once, again = (
                ask(database, name, view, where=(("department", chosen),))
                for chosen in (("A", None), (None, "A", "A", None))
            )
            assert rows(once) == rows(again), name


@cases
@given(histories(), views(), dimensions, st.data())
def test_a_count_is_as_many_records_as_a_click_lists(history, view, dimension, data):
    """M16"""
    value = data.draw(st.sampled_from((*VALUES[dimension], "every")))
    chosen = {} if value == "every" else {dimension: (value,)}
    counting = [name for name in fit("records") if all_queries()[name].cases]
    with built(history) as database:
        for name in data.draw(some(counting, 5)):
            answer = ask(database, name, view, **chosen)
            for column, behind in answer.query.cases.items():
                known = [row for row in rows(answer) if row[column] is not None]
                for row in sorted(known, key=lambda r: -r[column])[:2]:
                    question = gate.cases_behind(answer, column, row)
                    number = gate.count(question, database, summing=behind.summing)
                    assert number == row[column], (name, column, question.where)


RATED = tuple(name for name, query in all_queries().items() if query.rates)


@cases
@given(histories(), views(), st.data())
def test_the_rate_of_the_whole_is_pooled_and_between_those_of_the_parts(
    history, view, data
):
    """M17: items are written 20 times, so that their rates are shown."""
    with built(copied(history, 20)) as database:
        for name in data.draw(some(RATED)):
            answer = ask(database, name, view)
            whole = answer.total()
            for rate in answer.query.rates:
                pairs = [(r[rate.numerator], r[rate.denominator]) for r in rows(answer)]
                known = [(x, n) for x, n in pairs if n and x is not None]
                x, n = (
                    (sum(part) for part in zip(*known, strict=True))
                    if known
                    else (0, 0)
                )
                shown = whole[rate.name]
                assert (shown is None) == (n < 20), (name, rate.name)
                if shown is not None:
                    assert shown == x / n
                    parts = [x / n for x, n in known]
                    assert min(parts) <= shown <= max(parts), (name, rate.name)
                for row in rows(answer):
                    x, n = row[rate.numerator], row[rate.denominator]
                    right = x / n if x is not None and n >= 20 else None
                    assert row[rate.name] == right, (name, rate.name)


DOUBLED_NOT = {
    "backlog/days_of_work"
}  # a shown figure follows from two, one is a plan's


@cases
@given(histories(), views(), st.data())
def test_twice_every_item_doubles_counts_and_leaves_rates_and_percentiles(
    history, view, data
):
    """M18: of items written 10 and 20 times, so that they are shown."""
    once, twice = (copied(history, times) for times in (10, 20))
    with built(once) as one, built(twice) as two:
        names = [n for n in fit("doubled") if not n.startswith("records/")]
        for name in data.draw(some(names, 4)):
            single, double = ask(one, name, view), ask(two, name, view)
            query, keys = single.query, group_keys(single)
            columns = (*additive(single), *(c for c in CUMULATED if c in query.columns))
            expected = sums([*rows(single), *rows(single)], keys, columns)
            assert sums(rows(double), keys, columns) == expected, name
            shares = [part.name for part in query.rates if name not in DOUBLED_NOT]
            for row, again in zip(rows(single), rows(double), strict=True):
                for column in (*shares, *query.percentiles):
                    assert row[column] in (None, again[column]), (name, column)
