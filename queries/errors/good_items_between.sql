-- Good items between errors
-- How many items are right, from one error to the next?
--
-- One row per error of the period that has one before it, in order of the work. Where
-- errors are rare, the good items between them say more than a rate.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   as_of               reviews made before this instant count
--   severity = critical   critical, or any for all errors
--
-- Columns:
--   error_number        first, second, ... error of all that was told
--   work_date           day the work was done
--   item_id             the item that was wrong
--   good_items          randomly reviewed items that were right since the error before;
--                       higher is better
--
-- Metrics:
--   critical_error_rate good_items

with

numbered as (

    select
        item_id,
        work_date,
        case when :severity = 'critical' then critical_defects else defects end as errors,
        row_number() over (
            order by work_date, reviewed_at, review_id
        ) as item_number
    from first_reviews
    where
        work_date < :period_end
        and reviewed_at < :as_of

),

wrong as (

    select
        item_id,
        work_date,
        item_number,
        row_number() over (order by item_number) as error_number,
        lag(item_number) over (order by item_number) as number_before
    from numbered
    where errors > 0

)

select
    error_number,
    work_date,
    item_id,
    item_number - number_before - 1 as good_items
from wrong
where
    number_before is not null
    and work_date >= :period_start
order by error_number
