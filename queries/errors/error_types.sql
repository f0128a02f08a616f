-- Error types
-- Which errors should we cure first?
--
-- One row per error type found in random reviews; only the earliest of an item counts.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   as_of               reviews made before this instant count
--
-- Columns:
--   error_type          what was wrong, or unclassified
--   defects             units found wrong
--   cumulative_defects   those of this type and of all that are more frequent
--   all_defects         units found wrong in all
--
-- Ratios:
--   cumulative_share    cumulative_defects / all_defects
--
-- Cases:
--   defects             records/reviews summing defects where is_counted = true

with

random_reviews as (

    select
        work_date,
        defects,
        coalesce(error_type, 'unclassified') as error_type,
        row_number() over (
            partition by item_id
            order by reviewed_at, review_id
        ) as review_number
    from quality_reviews
    where
        design = 'random'
        and reviewed_at < :as_of
        and defects >= 0

),

counted as (

    select
        error_type,
        cast(sum(defects) as bigint) as defects
    from random_reviews
    where
        review_number = 1
        and defects > 0
        and work_date >= :period_start
        and work_date < :period_end
    group by error_type

)

select
    error_type,
    defects,
    cast(sum(defects) over (order by defects desc, error_type asc) as bigint)
        as cumulative_defects,
    cast(sum(defects) over () as bigint) as all_defects
from counted
order by defects desc, error_type asc
