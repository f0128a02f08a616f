-- Work that went back
-- How often does work go back to an earlier status, or through a step again?
--
-- One row per pair of statuses and direction.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   from_status         status that the items came from, pauses left out
--   to_status           status that they had left before and came to anew; unknown where
--                       none was told
--   direction           back: to a status reached earlier, or reopened; again: forward once
--                       more
--   looped_items        completed items that went so at least once
--   loops               times that they did
--
-- Cases:
--   looped_items        records/loops where is_first_so = true
--   loops               records/loops

with

completed as (

    select
        item_id,
        left_at
    from item_stays
    where
        completed_at >= :period_from
        and completed_at < :period_to
        and completed_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)

),

looping as (

    select *
    from item_steps
    where direction is not null

),

counted as (

    select
        looping.from_status,
        looping.status,
        looping.direction,
        count(distinct looping.item_id) as looped_items,
        count(*) as loops
    from looping
    inner join completed
        on looping.item_id = completed.item_id
    where looping.entered_at < completed.left_at
    group by looping.from_status, looping.status, looping.direction

)

select
    coalesce(from_status, 'unknown') as from_status,
    coalesce(status, 'unknown') as to_status,
    direction,
    looped_items,
    loops
from counted
order by direction desc, loops desc, from_status, to_status
