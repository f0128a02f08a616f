"""Each rule bites: a statement that SQL Server refuses is caught by the rule for it."""

import pytest
from sqlglot.errors import SqlglotError

from tests.sqlserver import rules

GOOD = """
with big as (
    select item_id, team, cast(case when amount > 1 then 1 else 0 end as bit) as is_big
    from work_items
)
select team, count_big(*) as items, max(cast(is_big as int)) as [percent]
from big
where is_big = 1 and team = N'Zürich'
group by team
order by case when team is null then 1 else 0 end, team
offset 10 rows fetch next 5 rows only
"""

DEEP = f"select {'case when amount = 1 then ' * 11}1{' end' * 11} as x from work_items"
BAD = [
    ("functions_are_those_of_sql_server", "select date_trunc(N'week', day) as d from calendar_days"),
    ("functions_are_those_of_sql_server", "select count(*) as n from work_items"),
    ("no_word_is_of_another_database", "select item_id from work_items where true"),
    ("no_word_is_of_another_database", "select item_id || N'x' as x from work_items"),
    ("texts_are_in_unicode", "select item_id from work_items where team = 'Zürich'"),
    ("steps_stand_first", "select * from (with a as (select item_id from work_items) select item_id from a) as b"),
    ("tables_have_names", "select item_id from (select item_id from work_items)"),
    ("pages_are_ordered", "select item_id from work_items offset 1 rows fetch next 5 rows only"),
    ("only_the_answer_is_ordered", "select item_id from (select item_id from work_items order by item_id) as a"),
    ("only_the_answer_is_ordered", "with a as (select team from work_items order by team) select team from a"),
    ("conditions_are_no_values", "select item_id, (amount > 1) as is_big from work_items"),
    ("conditions_are_no_values", "select item_id from work_items where coalesce(amount > 1, 0) = 1"),
    ("values_are_no_conditions", "select item_id from item_stages where is_open"),
    ("values_are_no_conditions", "select case when is_open then 1 end as x from item_stages"),
    ("values_are_no_conditions", "select item_id from item_stages where not is_open and team is null"),
    ("names_are_not_reserved", "select item_id as plan from work_items"),
    ("cases_are_not_too_deep", DEEP),
    ("aggregates_are_of_plain_rows", "select count_big(case when item_id in (select item_id from item_stays) then 1 end) as n from work_items"),
    ("aggregates_are_of_plain_rows", "select sum(count_big(*)) as n from work_items"),
    ("percentiles_are_over_windows", "select percentile_disc(0.5) within group (order by amount) as x from work_items"),
    ("percentiles_are_over_windows", "select percentile_disc(@p) within group (order by amount) over () as x from work_items"),
    ("lists_have_one_order", "select string_agg(team, N',') within group (order by team) as x, string_agg(team, N',') within group (order by amount) as y from work_items"),
    ("windows_are_ordered", "select row_number() over (partition by team) as x from work_items"),
    ("windows_are_ordered", "select count_big(distinct team) over () as x from work_items"),
    ("rows_are_compared_by_columns", "select item_id from work_items where (item_id, team) in (select item_id, team from item_stays)"),
    ("groups_are_of_columns", "select team, count_big(*) as n from work_items group by team, 1"),
    ("what_is_selected_is_grouped", "select team, amount, count_big(*) as n from work_items group by team"),
    ("what_is_selected_is_grouped", "select case when @a = 1 then team end as x, count_big(*) as n from work_items group by case when @b = 1 then team end"),
    ("columns_are_known_and_named", "select cast(received_at as date) as on_day from work_items group by on_day"),
    ("columns_are_known_and_named", "select x from (select item_id, amount + 1 from work_items) as a"),
    ("columns_are_known_and_named", "with a as (select * from work_items inner join item_stays on work_items.item_id = item_stays.item_id) select left_at from a"),
    ("flags_are_not_reckoned_with", "select max(is_open) as x from item_stages"),
    ("flags_are_not_reckoned_with", "with a as (select cast(case when amount > 1 then 1 else 0 end as bit) as f from work_items) select min(f) as x from a"),
    ("texts_have_one_collation", "select case when amount > 1 then N'a' else N'b' end as x from work_items"),
]  # fmt: skip


def test_what_keeps_all_rules_is_let_pass():
    assert rules.broken(GOOD) == {}


@pytest.mark.parametrize(("rule", "sql"), BAD)
def test_what_breaks_a_rule_is_caught_by_it(rule, sql):
    assert rule in rules.broken(sql)


def test_every_rule_is_shown_to_bite():
    every = {rule.__name__ for rule in (*rules.RULES, *rules.OF_TYPES)}
    assert {rule for rule, _ in BAD} == every


@pytest.mark.parametrize(
    "sql", ["select 1; select 2", "delete from work_items", "select ("]
)
def test_what_is_not_one_select_is_refused(sql):
    with pytest.raises((AssertionError, SqlglotError)):
        rules.parsed(sql)
