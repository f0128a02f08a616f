-- Facts that the source tells
-- What does the source tell at all, of whatever item?
--
-- One row per fact. What it does not tell is unknown, not zero. Derived from work_items,
-- work_events and quality_reviews; no filter reaches it.

with

items as (

    select
        count(employee) as people,
        count(coalesce(first_due_at, due_at)) as promises,
        count(standard_minutes) as standards,
        count(case when due_at <> first_due_at then 1 end) as second_promises
    from work_items

),

events as (

    select
        count(case kind when 'paused' then 1 end) as pauses,
        count(case kind when 'reopened' then 1 end) as reopenings,
        count(case kind when 'due_changed' then 1 end) as due_changes,
        count(case kind when 'transferred' then 1 end) as transfers,
        count(case kind when 'returned' then 1 end) as returns,
        count(to_status) as statuses
    from work_events

),

reviews as (

    select
        count(*) as reviews,
        count(critical_defects) as critical_defects
    from quality_reviews

),

facts as (

    select 'person' as fact from items where people > 0
    union all
    select 'promise' as fact from items where promises > 0
    union all
    select 'standard' as fact from items where standards > 0
    union all
    select 'pause' as fact from events where pauses > 0
    union all
    select 'reopening' as fact from events where reopenings > 0
    union all
    select 'due change' as fact from events where due_changes > 0
    union all
    select 'moved promise' as fact
    from items
    cross join events
    where
        second_promises > 0
        or due_changes > 0
    union all
    select 'hand-off' as fact from events where transfers > 0
    union all
    select 'return' as fact from events where returns > 0
    union all
    select 'status' as fact from events where statuses > 0
    union all
    select 'review' as fact from reviews where reviews > 0
    union all
    select 'critical defect' as fact from reviews where critical_defects > 0

)

select fact
from facts
order by fact
