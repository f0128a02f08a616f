-- Movements of items
-- Which items came, went, or changed hands in the period?
--
-- One row per movement of an item into or out of a team.
--
-- Parameters:
--   period_from      movements from this instant
--   period_to        movements before this instant
--   as_of            movements before this instant
--   grain = week     day, week or month that bucket_on starts
--
-- Columns:
--   item_id          the item
--   movement         received, reopened, transferred in, completed, cancelled or
--                    transferred out
--   moved_at         when
--   bucket_on        first day of its day, week or month
--   weekday          day of the week: Monday is 1
--   hour             hour of the day, 0 to 23
--   department       department at the movement
--   team             team at the movement
--   employee         person that has the item now
--   work_type        kind of work
--   priority         priority
--   channel          how the item came in
--   client           for whom
--   status           status now
--   received_at      first arrival
--   due_at           promise in force
--   completed_at     done, in force
--   stay_number      which stay of the item in a team

with

movements as (

    select
        case entered_by when 'transferred' then 'transferred in' else entered_by end
            as movement,
        entered_at as moved_at,
        *
    from item_stays

    union all

    select
        case left_by when 'transferred' then 'transferred out' else left_by end
            as movement,
        left_at as moved_at,
        *
    from item_stays
    where left_at is not null

),

dated as (

    select
        *,
        day_of(moved_at) as moved_on
    from movements
    where
        moved_at >= :period_from
        and moved_at < :period_to
        and moved_at < :as_of

)

select
    item_id,
    movement,
    moved_at,
    bucket_start(moved_on, :grain) as bucket_on,
    weekday_of(moved_on) as weekday,
    hour_of(moved_at) as hour,
    department,
    team,
    employee,
    work_type,
    priority,
    channel,
    client,
    status,
    received_at,
    due_at,
    case when completed_at < :as_of then completed_at end as completed_at,
    stay_number
from dated
order by moved_at, item_id, stay_number, movement
