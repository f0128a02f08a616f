-- Scorecard
-- How do we stand?
--
-- One row.
--
-- Parameters:
--   period_start      first day counted
--   period_end        first day no longer counted
--   period_from       the first day as an instant
--   period_to         the end as an instant
--   as_of             facts before this instant count; open and overdue hold at it
--
-- Columns:
--   received_items    items that arrived for the first time in the period
--   completed_items   completions in the period
--   open_items        items open at the as-of moment
--   open_hours        their standard hours
--   overdue_items     open items past the promise in force
--   due_today_items   open items promised for the rest of the as-of day
--   unassigned_items  open items without a person
--   due_items         items promised for the period and before the as-of moment, less
--                     those cancelled before their promise
--   on_time_items     of these, done by their first promise
--   reviewed_items    items of the work days of the period with a random review
--   defective_items   of these, with a defect in the earliest random review
--
-- Rates:
--   on_time           on_time_items / due_items
--   error_rate        defective_items / reviewed_items
--
-- Cases:
--   received_items    records/flow where movement = received
--   completed_items   records/flow where movement = completed
--   due_items         records/due where outcome = on time | late completed | late open
--                     | late cancelled
--   on_time_items     records/due where outcome = on time
--   reviewed_items    records/reviews where is_counted = true
--   defective_items   records/reviews where is_counted = true, is_defective = true
--   open_items        records/open
--   overdue_items     records/open where due_state = overdue
--   due_today_items   records/open where due_state = due today
--   unassigned_items  records/open where is_unassigned = true

with

promised as (

    select
        cancelled_at,
        completed_at,
        coalesce(first_due_at, due_at) as promised_at
    from work_items

),

ranked_reviews as (

    select
        item_id,
        work_date,
        defects,
        row_number() over (
            partition by item_id
            order by reviewed_at, review_id
        ) as review_number
    from quality_reviews
    where
        design = 'random'
        and reviewed_at < :as_of

),

flow as (

    select
        count(
            case
                when
                    entered_by = 'received'
                    and entered_at >= :period_from
                    and entered_at < :period_to
                    and entered_at < :as_of
                    then 1
            end
        ) as received_items,
        count(
            case
                when
                    left_by = 'completed'
                    and left_at >= :period_from
                    and left_at < :period_to
                    and left_at < :as_of
                    then 1
            end
        ) as completed_items
    from item_stays

),

open_now as (

    select
        count(*) as open_items,
        case when count(*) = 0 then 0 else sum(standard_minutes) / 60 end as open_hours,
        count(case when due_at < :as_of then 1 end) as overdue_items,
        count(
            case when due_at >= :as_of and day_of(due_at) = day_of(:as_of) then 1 end
        ) as due_today_items,
        count(case when employee is null then 1 end) as unassigned_items
    from item_stays
    where
        entered_at < :as_of
        and (left_at is null or left_at >= :as_of)

),

due as (

    select
        count(*) as due_items,
        count(case when completed_at <= promised_at then 1 end) as on_time_items
    from promised
    where
        promised_at >= :period_from
        and promised_at < :period_to
        and promised_at < :as_of
        and (cancelled_at is null or cancelled_at > promised_at)

),

reviewed as (

    select
        count(*) as reviewed_items,
        count(case when defects > 0 then 1 end) as defective_items
    from ranked_reviews
    where
        review_number = 1
        and work_date >= :period_start
        and work_date < :period_end

)

select
    flow.received_items,
    flow.completed_items,
    open_now.open_items,
    open_now.open_hours,
    open_now.overdue_items,
    open_now.due_today_items,
    open_now.unassigned_items,
    due.due_items,
    due.on_time_items,
    reviewed.reviewed_items,
    reviewed.defective_items
from flow
cross join open_now
cross join due
cross join reviewed
order by flow.received_items
