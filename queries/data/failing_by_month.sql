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
-- stands for; of a live source the end of tomorrow, so that clocks may differ.
ends as (

    select max(case when as_of > finished_at then as_of else finished_at end) as ends_at
    from load_log

),

dated as (

    select
        source_checks.*,
        case
            when
                source_checks.told_at >= cast('1900-01-01' as timestamp)
                and source_checks.told_at < cast('2200-01-01' as timestamp)
                then month_start(day_of(source_checks.told_at))
        end as month_on,
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

-- A row counts once in a dimension, whatever the number of rules that it fails.
checks as (

    select
        month_on,
        department,
        team,
        fails_completeness,
        fails_uniqueness,
        case when is_ahead = 1 then 1 else fails_validity end as fails_validity,
        fails_consistency,
        fails_magnitude
    from dated

),

counted as (

    select
        month_on,
        department,
        team,
        count(fails_completeness) as completeness_tested,
        count(nullif(fails_completeness, 0)) as completeness_failing,
        count(fails_uniqueness) as uniqueness_tested,
        count(nullif(fails_uniqueness, 0)) as uniqueness_failing,
        count(fails_validity) as validity_tested,
        count(nullif(fails_validity, 0)) as validity_failing,
        count(fails_consistency) as consistency_tested,
        count(nullif(fails_consistency, 0)) as consistency_failing,
        count(fails_magnitude) as magnitude_tested,
        count(nullif(fails_magnitude, 0)) as magnitude_failing
    from checks
    group by month_on, department, team

),

dimensions as (

    select distinct dimension
    from data_rules

),

judged as (

    select
        dimensions.dimension,
        counted.month_on,
        counted.department,
        counted.team,
        case dimensions.dimension
            when 'completeness' then counted.completeness_tested
            when 'uniqueness' then counted.uniqueness_tested
            when 'validity' then counted.validity_tested
            when 'consistency' then counted.consistency_tested
            when 'magnitude' then counted.magnitude_tested
        end as tested_rows,
        case dimensions.dimension
            when 'completeness' then counted.completeness_failing
            when 'uniqueness' then counted.uniqueness_failing
            when 'validity' then counted.validity_failing
            when 'consistency' then counted.consistency_failing
            when 'magnitude' then counted.magnitude_failing
        end as failing_rows
    from counted
    cross join dimensions

)

select
    dimension,
    month_on,
    department,
    team,
    tested_rows,
    failing_rows,
    month_on >= month_start(day_of(:told_until)) as is_partial
from judged
where tested_rows > 0
order by dimension, month_on, department, team
