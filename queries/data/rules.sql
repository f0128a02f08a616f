-- Rules of the data
-- Which rules does the data keep, and where does it fail?
--
-- One row per rule, department and team, of all rows whatever the period. A rule that
-- the source gives no reason to test there has tested none.
--
-- Parameters:
--   known_at         moment for which the source tells what it tells without a date
--
-- Columns:
--   dimension        completeness, uniqueness, validity, consistency or magnitude
--   rule             what holds of a row that passes
--   department       department that answers for it
--   team             team that has it, or had it last
--   tested_rows      items and reviews of which it can be told whether they keep the rule
--   passing_rows     of these, rows that keep it
--   failing_rows     rows that do not
--
-- Rates:
--   failing          failing_rows / tested_rows
--   rule_pass        passing_rows / tested_rows
--
-- Metrics:
--   rule_pass        rule_pass in % by load; higher is better; version 1, quality; of
--                    one rule, never of several together; what the source tells of no
--                    item is not tested; a twin and an unusual size may be right
--
-- Cases:
--   failing_rows     records/data_health

with

-- The end of what can have happened: when the data was loaded or the moment that it
-- stands for; of a live source the end of tomorrow, so that clocks may differ.
ends as (

    select max(case when as_of > finished_at then as_of else finished_at end) as ends_at
    from load_log

),

checks as (

    select
        source_checks.*,
        case
            when source_checks.last_at is null then null
            when source_checks.last_at > ends.ends_at then 1
            when ends.ends_at is null and hours_between(:known_at, source_checks.last_at) > 72
                then 1
            else 0
        end as is_ahead
    from source_checks
    cross join ends

),

counted as (

    select
        department,
        team,
        count(lacks_key) as lacks_key_tested,
        count(nullif(lacks_key, 0)) as lacks_key_failing,
        count(lacks_department) as lacks_department_tested,
        count(nullif(lacks_department, 0)) as lacks_department_failing,
        count(lacks_team) as lacks_team_tested,
        count(nullif(lacks_team, 0)) as lacks_team_failing,
        count(lacks_person) as lacks_person_tested,
        count(nullif(lacks_person, 0)) as lacks_person_failing,
        count(lacks_work_type) as lacks_work_type_tested,
        count(nullif(lacks_work_type, 0)) as lacks_work_type_failing,
        count(lacks_priority) as lacks_priority_tested,
        count(nullif(lacks_priority, 0)) as lacks_priority_failing,
        count(lacks_channel) as lacks_channel_tested,
        count(nullif(lacks_channel, 0)) as lacks_channel_failing,
        count(lacks_client) as lacks_client_tested,
        count(nullif(lacks_client, 0)) as lacks_client_failing,
        count(lacks_status) as lacks_status_tested,
        count(nullif(lacks_status, 0)) as lacks_status_failing,
        count(lacks_due) as lacks_due_tested,
        count(nullif(lacks_due, 0)) as lacks_due_failing,
        count(lacks_handling) as lacks_handling_tested,
        count(nullif(lacks_handling, 0)) as lacks_handling_failing,
        count(is_repeated) as is_repeated_tested,
        count(nullif(is_repeated, 0)) as is_repeated_failing,
        count(is_twin) as is_twin_tested,
        count(nullif(is_twin, 0)) as is_twin_failing,
        count(is_astray) as is_astray_tested,
        count(nullif(is_astray, 0)) as is_astray_failing,
        count(is_ahead) as is_ahead_tested,
        count(nullif(is_ahead, 0)) as is_ahead_failing,
        count(is_below_zero) as is_below_zero_tested,
        count(nullif(is_below_zero, 0)) as is_below_zero_failing,
        count(is_unknown_kind) as is_unknown_kind_tested,
        count(nullif(is_unknown_kind, 0)) as is_unknown_kind_failing,
        count(is_out_of_order) as is_out_of_order_tested,
        count(nullif(is_out_of_order, 0)) as is_out_of_order_failing,
        count(is_beyond_time) as is_beyond_time_tested,
        count(nullif(is_beyond_time, 0)) as is_beyond_time_failing,
        count(is_contradicted) as is_contradicted_tested,
        count(nullif(is_contradicted, 0)) as is_contradicted_failing,
        count(lacks_item) as lacks_item_tested,
        count(nullif(lacks_item, 0)) as lacks_item_failing,
        count(is_wrong_review) as is_wrong_review_tested,
        count(nullif(is_wrong_review, 0)) as is_wrong_review_failing,
        count(is_odd_amount) as is_odd_amount_tested,
        count(nullif(is_odd_amount, 0)) as is_odd_amount_failing,
        count(is_odd_time) as is_odd_time_tested,
        count(nullif(is_odd_time, 0)) as is_odd_time_failing
    from checks
    group by department, team

),

judged as (

    select
        data_rules.dimension,
        data_rules.rule,
        counted.department,
        counted.team,
        case data_rules.failed
            when 'lacks_key' then counted.lacks_key_tested
            when 'lacks_department' then counted.lacks_department_tested
            when 'lacks_team' then counted.lacks_team_tested
            when 'lacks_person' then counted.lacks_person_tested
            when 'lacks_work_type' then counted.lacks_work_type_tested
            when 'lacks_priority' then counted.lacks_priority_tested
            when 'lacks_channel' then counted.lacks_channel_tested
            when 'lacks_client' then counted.lacks_client_tested
            when 'lacks_status' then counted.lacks_status_tested
            when 'lacks_due' then counted.lacks_due_tested
            when 'lacks_handling' then counted.lacks_handling_tested
            when 'is_repeated' then counted.is_repeated_tested
            when 'is_twin' then counted.is_twin_tested
            when 'is_astray' then counted.is_astray_tested
            when 'is_ahead' then counted.is_ahead_tested
            when 'is_below_zero' then counted.is_below_zero_tested
            when 'is_unknown_kind' then counted.is_unknown_kind_tested
            when 'is_out_of_order' then counted.is_out_of_order_tested
            when 'is_beyond_time' then counted.is_beyond_time_tested
            when 'is_contradicted' then counted.is_contradicted_tested
            when 'lacks_item' then counted.lacks_item_tested
            when 'is_wrong_review' then counted.is_wrong_review_tested
            when 'is_odd_amount' then counted.is_odd_amount_tested
            when 'is_odd_time' then counted.is_odd_time_tested
        end as tested_rows,
        case data_rules.failed
            when 'lacks_key' then counted.lacks_key_failing
            when 'lacks_department' then counted.lacks_department_failing
            when 'lacks_team' then counted.lacks_team_failing
            when 'lacks_person' then counted.lacks_person_failing
            when 'lacks_work_type' then counted.lacks_work_type_failing
            when 'lacks_priority' then counted.lacks_priority_failing
            when 'lacks_channel' then counted.lacks_channel_failing
            when 'lacks_client' then counted.lacks_client_failing
            when 'lacks_status' then counted.lacks_status_failing
            when 'lacks_due' then counted.lacks_due_failing
            when 'lacks_handling' then counted.lacks_handling_failing
            when 'is_repeated' then counted.is_repeated_failing
            when 'is_twin' then counted.is_twin_failing
            when 'is_astray' then counted.is_astray_failing
            when 'is_ahead' then counted.is_ahead_failing
            when 'is_below_zero' then counted.is_below_zero_failing
            when 'is_unknown_kind' then counted.is_unknown_kind_failing
            when 'is_out_of_order' then counted.is_out_of_order_failing
            when 'is_beyond_time' then counted.is_beyond_time_failing
            when 'is_contradicted' then counted.is_contradicted_failing
            when 'lacks_item' then counted.lacks_item_failing
            when 'is_wrong_review' then counted.is_wrong_review_failing
            when 'is_odd_amount' then counted.is_odd_amount_failing
            when 'is_odd_time' then counted.is_odd_time_failing
        end as failing_rows
    from counted
    cross join data_rules

)

select
    dimension,
    rule,
    department,
    team,
    tested_rows,
    tested_rows - failing_rows as passing_rows,
    failing_rows
from judged
order by dimension, rule, department, team
