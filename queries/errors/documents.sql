-- Documents by units and defects
-- How do defects gather in documents?
--
-- One row per number of units and of defects, over the items of the period with a random
-- review that tells its units. An interval of defects per unit needs them: the fields of
-- one document fail together.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   as_of               reviews made before this instant count
--
-- Columns:
--   units               units checked of such an item, such as fields
--   defects             units found wrong in its earliest random review
--   documents           how many such items there are
--
-- Cases:
--   documents           records/reviews where is_counted = true

select
    units,
    defects,
    count(*) as documents
from first_reviews
where
    units > 0
    and work_date >= :period_start
    and work_date < :period_end
    and reviewed_at < :as_of
group by units, defects
order by units, defects
