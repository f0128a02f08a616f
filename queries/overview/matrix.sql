-- Departments at a glance
-- Who gets work done, and what is left?
--
-- One row per department, team and kind of work.
--
-- Parameters:
--   period_start      first day counted
--   period_end        first day no longer counted
--   period_from       the first day as an instant
--   period_to         the end as an instant
--   as_of             facts before this instant count; open and overdue hold at it
--   known_at          moment for which the source names persons
--
-- Columns:
--   department        department; of received and completed items the one that had the
--                     item, of promises and open items the one that has it at the as-of
--                     moment, of reviews the one that answers for it now
--   team              team, likewise
--   work_type         kind of work
--   received_items    items that arrived for the first time in the period
--   completed_items   completions in the period
--   due_items         items promised for the period and before the as-of moment, less
--                     those cancelled before their promise
--   on_time_items     of these, done by their first promise
--   reviewed_items    items of the work days of the period with a random review
--   defective_items   of these, with a defect in the earliest random review
--   open_items        items open at the as-of moment
--   overdue_items     open items past the promise in force; empty where the source promises
--                     nothing
--   due_today_items   open items promised for the rest of the as-of day
--   unassigned_items  open items without a person; empty where the source names none,
--                     or at a past moment, since it names those of now
--
-- Rates:
--   on_time           on_time_items / due_items
--   error_rate        defective_items / reviewed_items of completed_items
--
-- Metrics:
--   on_time_due       on_time
--   error_rate        error_rate
--   received          received_items
--   completed         completed_items
--   open              open_items
--   overdue           overdue_items
--   unassigned_open   unassigned_items
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

stays as (

    select
        department,
        team,
        work_type,
        employee,
        entered_at,
        entered_by,
        left_at,
        left_by,
        due_at,
        completed_at,
        cancelled_at,
        promise_at,
        next_entered_at is null or next_entered_at >= :as_of as is_last,
        left_at is null or left_at >= :as_of as is_open
    from item_stays
    where entered_at < :as_of

),

parts as (

    select
        department,
        team,
        work_type,
        count(
            case
                when
                    entered_by = 'received'
                    and entered_at >= :period_from
                    and entered_at < :period_to
                    then 1
            end
        ) as received_items,
        count(
            case
                when
                    left_by = 'completed'
                    and left_at >= :period_from
                    and left_at < :period_to
                    and not is_open
                    then 1
            end
        ) as completed_items,
        count(
            case
                when
                    is_last
                    and promise_at >= :period_from
                    and promise_at < :period_to
                    and promise_at < :as_of
                    and (cancelled_at is null or cancelled_at > promise_at)
                    then 1
            end
        ) as due_items,
        count(
            case
                when
                    is_last
                    and promise_at >= :period_from
                    and promise_at < :period_to
                    and promise_at < :as_of
                    and (cancelled_at is null or cancelled_at > promise_at)
                    and completed_at <= promise_at
                    then 1
            end
        ) as on_time_items,
        0 as reviewed_items,
        0 as defective_items,
        count(case when is_open then 1 end) as open_items,
        count(case when is_open and due_at < :as_of then 1 end) as overdue_items,
        count(
            case
                when is_open and due_at >= :as_of and day_of(due_at) = day_of(:as_of) then 1
            end
        ) as due_today_items,
        count(case when is_open and employee is null then 1 end) as unassigned_items
    from stays
    group by department, team, work_type

    union all

    select
        department,
        team,
        work_type,
        0 as received_items,
        0 as completed_items,
        0 as due_items,
        0 as on_time_items,
        count(*) as reviewed_items,
        count(case when defects > 0 then 1 end) as defective_items,
        0 as open_items,
        0 as overdue_items,
        0 as due_today_items,
        0 as unassigned_items
    from first_reviews
    where
        work_date >= :period_start
        and work_date < :period_end
        and reviewed_at < :as_of
    group by department, team, work_type

)

select
    parts.department,
    parts.team,
    parts.work_type,
    cast(sum(parts.received_items) as bigint) as received_items,
    cast(sum(parts.completed_items) as bigint) as completed_items,
    cast(sum(parts.due_items) as bigint) as due_items,
    cast(sum(parts.on_time_items) as bigint) as on_time_items,
    cast(sum(parts.reviewed_items) as bigint) as reviewed_items,
    cast(sum(parts.defective_items) as bigint) as defective_items,
    cast(sum(parts.open_items) as bigint) as open_items,
    case
        when 'promise' in (select fact from source_facts)
            then cast(sum(parts.overdue_items) as bigint)
    end as overdue_items,
    case
        when 'promise' in (select fact from source_facts)
            then cast(sum(parts.due_today_items) as bigint)
    end as due_today_items,
    case
        when
            'person' in (select fact from source_facts)
            and :as_of >= :known_at
            then cast(sum(parts.unassigned_items) as bigint)
    end as unassigned_items
from parts
group by parts.department, parts.team, parts.work_type
having
    sum(
        parts.received_items
        + parts.completed_items
        + parts.due_items
        + parts.reviewed_items
        + parts.open_items
    ) > 0
order by department, team, work_type
