-- Failing rows by month
-- Is the data getting better or worse?
--
-- One row per dimension, department, team and month of receipt or review, whatever the
-- period.
--
-- Parameters:
--   known_at         moment for which the source tells what it tells without a date
--   told_until       end of what is told
--
-- Columns:
--   dimension        completeness, uniqueness, validity, consistency or magnitude
--   month_on         first day of the month of the receipt, or of the review
--   department       department that answers for it
--   team             team that has it, or had it last
--   tested_rows      items and reviews that a rule of the dimension can be told of
--   failing_rows     of these, rows that fail one rule or more
--   is_partial       the month is not over
--
-- Rates:
--   failing          failing_rows / tested_rows
--
-- Cases:
--   failing_rows     records/data_health where is_first = true

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
        month_start(day_of(source_checks.told_at)) as month_on,
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

alike as (

    select
        month_on,
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
        month_on,
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

numbered as (

    select
        alike.*,
        row_number() over (order by month_on, department, team) as place
    from alike

),

judged as (

    select
        numbered.place,
        numbered.month_on,
        numbered.department,
        numbered.team,
        numbered.alike_rows,
        data_rules.dimension,
        case data_rules.failed
            when 'lacks_key' then numbered.lacks_key
            when 'lacks_department' then numbered.lacks_department
            when 'lacks_team' then numbered.lacks_team
            when 'lacks_person' then numbered.lacks_person
            when 'lacks_work_type' then numbered.lacks_work_type
            when 'lacks_priority' then numbered.lacks_priority
            when 'lacks_channel' then numbered.lacks_channel
            when 'lacks_client' then numbered.lacks_client
            when 'lacks_status' then numbered.lacks_status
            when 'lacks_due' then numbered.lacks_due
            when 'lacks_handling' then numbered.lacks_handling
            when 'is_repeated' then numbered.is_repeated
            when 'is_twin' then numbered.is_twin
            when 'is_astray' then numbered.is_astray
            when 'is_ahead' then numbered.is_ahead
            when 'is_below_zero' then numbered.is_below_zero
            when 'is_unknown_kind' then numbered.is_unknown_kind
            when 'is_out_of_order' then numbered.is_out_of_order
            when 'is_beyond_time' then numbered.is_beyond_time
            when 'is_contradicted' then numbered.is_contradicted
            when 'lacks_item' then numbered.lacks_item
            when 'is_wrong_review' then numbered.is_wrong_review
            when 'is_odd_amount' then numbered.is_odd_amount
            when 'is_odd_time' then numbered.is_odd_time
        end as fails
    from numbered
    cross join data_rules

),

-- A row counts once in a dimension, whatever the number of rules that it fails.
by_dimension as (

    select
        place,
        dimension,
        month_on,
        department,
        team,
        alike_rows,
        max(fails) as fails
    from judged
    group by place, dimension, month_on, department, team, alike_rows

)

select
    dimension,
    month_on,
    department,
    team,
    cast(sum(alike_rows) as bigint) as tested_rows,
    cast(sum(case when fails = 1 then alike_rows else 0 end) as bigint) as failing_rows,
    month_on >= month_start(day_of(:told_until)) as is_partial
from by_dimension
where fails is not null
group by dimension, month_on, department, team
order by dimension, month_on, department, team
