-- Waits for a first reply
-- How long do customers wait for a person, those who still wait included?
--
-- One row per channel, wait and outcome, over the contacts received in the period. Spam, bots and
-- merged contacts are left out, and so are automatic replies.
--
-- Parameters:
--   period_from         contacts received from this instant on
--   period_to           contacts received before this instant
--   as_of               contacts and replies before this instant count
--
-- Columns:
--   group_name          channel
--   exit_minutes        whole working minutes from receipt to the first reply of a person, to the
--                       end of a contact without one, or to the as-of moment for who still waits
--   outcome             completed: answered; open: still waiting; cancelled: ended without a reply;
--                       faulty: answered before it was received
--   items               contacts
--
-- Metrics:
--   first_reply         exit_minutes

with

contacts as (

    select
        item_stays.channel,
        item_stays.received_clock,
        item_stays.calendar,
        case
            when first_replies.replied_at < item_stays.received_at then 'faulty'
            when first_replies.replied_at is not null then 'completed'
            when item_stays.left_at < :as_of then 'cancelled'
            else 'open'
        end as outcome,
        case
            when first_replies.replied_at is not null then first_replies.replied_at
            when item_stays.left_at < :as_of then item_stays.left_at
            else :as_of
        end as waited_until
    from ext_customer_support
    inner join item_stays
        on ext_customer_support.item_id = item_stays.item_id
    left join first_replies
        on
            ext_customer_support.item_id = first_replies.item_id
            and first_replies.replied_at < :as_of
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and item_stays.received_at >= :period_from
        and item_stays.received_at < :period_to
        and ext_customer_support.merged_into is null
        and not coalesce(ext_customer_support.is_bot, false)

),

timed as (

    select
        contacts.channel,
        contacts.outcome,
        clock_at(
            contacts.waited_until,
            calendar_days.minutes_before,
            calendar_days.w1_from,
            calendar_days.w1_to,
            calendar_days.w2_from,
            calendar_days.w2_to,
            calendar_days.w3_from,
            calendar_days.w3_to
        )
        - contacts.received_clock as waited_seconds
    from contacts
    left join calendar_days
        on
            contacts.calendar = calendar_days.calendar
            and contacts.waited_until >= calendar_days.starts_at
            and contacts.waited_until < calendar_days.ends_at

),

rounded as (

    select
        channel as group_name,
        outcome,
        rounded(waited_seconds / 60) as exit_minutes
    from timed

)

select
    group_name,
    exit_minutes,
    outcome,
    count(*) as items
from rounded
group by group_name, exit_minutes, outcome
order by group_name, exit_minutes, outcome
