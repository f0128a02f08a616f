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
-- stands for; of a live source tomorrow, so that clocks may differ.
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
            when ends.ends_at is null and hours_between(:known_at, source_checks.last_at) > 48
                then 1
            else 0
        end as is_ahead
    from source_checks
    cross join ends

),

-- Few rows: most fail the same.
alike as (

    select
        department,
        team,
        lacks_key,
        lacks_department,
        lacks_team,
        lacks_person,
        lacks_work_type,
        lacks_priority,
        lacks_channel,
        lacks_client,
        lacks_status,
        lacks_due,
        lacks_handling,
        is_repeated,
        is_twin,
        is_astray,
        is_ahead,
        is_below_zero,
        is_unknown_kind,
        is_out_of_order,
        is_beyond_time,
        is_contradicted,
        lacks_item,
        is_wrong_review,
        is_odd_amount,
        is_odd_time,
        count(*) as alike_rows
    from checks
    group by
        department,
        team,
        lacks_key,
        lacks_department,
        lacks_team,
        lacks_person,
        lacks_work_type,
        lacks_priority,
        lacks_channel,
        lacks_client,
        lacks_status,
        lacks_due,
        lacks_handling,
        is_repeated,
        is_twin,
        is_astray,
        is_ahead,
        is_below_zero,
        is_unknown_kind,
        is_out_of_order,
        is_beyond_time,
        is_contradicted,
        lacks_item,
        is_wrong_review,
        is_odd_amount,
        is_odd_time

),

judged as (

    select
        data_rules.dimension,
        data_rules.rule,
        data_rules.place,
        alike.department,
        alike.team,
        alike.alike_rows,
        case data_rules.failed
            when 'lacks_key' then alike.lacks_key
            when 'lacks_department' then alike.lacks_department
            when 'lacks_team' then alike.lacks_team
            when 'lacks_person' then alike.lacks_person
            when 'lacks_work_type' then alike.lacks_work_type
            when 'lacks_priority' then alike.lacks_priority
            when 'lacks_channel' then alike.lacks_channel
            when 'lacks_client' then alike.lacks_client
            when 'lacks_status' then alike.lacks_status
            when 'lacks_due' then alike.lacks_due
            when 'lacks_handling' then alike.lacks_handling
            when 'is_repeated' then alike.is_repeated
            when 'is_twin' then alike.is_twin
            when 'is_astray' then alike.is_astray
            when 'is_ahead' then alike.is_ahead
            when 'is_below_zero' then alike.is_below_zero
            when 'is_unknown_kind' then alike.is_unknown_kind
            when 'is_out_of_order' then alike.is_out_of_order
            when 'is_beyond_time' then alike.is_beyond_time
            when 'is_contradicted' then alike.is_contradicted
            when 'lacks_item' then alike.lacks_item
            when 'is_wrong_review' then alike.is_wrong_review
            when 'is_odd_amount' then alike.is_odd_amount
            when 'is_odd_time' then alike.is_odd_time
        end as fails
    from alike
    cross join data_rules

)

select
    dimension,
    rule,
    department,
    team,
    cast(sum(case when fails is not null then alike_rows else 0 end) as bigint) as tested_rows,
    cast(sum(case when fails = 0 then alike_rows else 0 end) as bigint) as passing_rows,
    cast(sum(case when fails = 1 then alike_rows else 0 end) as bigint) as failing_rows
from judged
group by dimension, rule, department, team
order by dimension, rule, department, team
