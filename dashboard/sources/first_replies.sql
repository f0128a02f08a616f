-- First replies
-- When did a person answer an item for the first time?
--
-- One row per item that a person replied to. Derived from item_touches, item_clocks and
-- calendar_days.

with

replies as (

    select
        item_id,
        min(event_at) as replied_at
    from item_touches
    where
        kind = 'replied'
        and employee is not null
    group by item_id

)

select
    replies.item_id,
    replies.replied_at,
    clock_at(
        replies.replied_at,
        calendar_days.minutes_before,
        calendar_days.w1_from,
        calendar_days.w1_to,
        calendar_days.w2_from,
        calendar_days.w2_to,
        calendar_days.w3_from,
        calendar_days.w3_to
    ) as replied_clock
from replies
inner join item_clocks
    on replies.item_id = item_clocks.item_id
left join calendar_days
    on
        item_clocks.calendar = calendar_days.calendar
        and replies.replied_at >= calendar_days.starts_at
        and replies.replied_at < calendar_days.ends_at
order by replies.item_id
