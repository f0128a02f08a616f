-- Contacts
-- Which contacts did the period receive or solve, and how was each answered?
--
-- One row per contact that was received, or completed for the first time, in the period.
--
-- Parameters:
--   period_from         receipts and completions from this instant on
--   period_to           receipts and completions before this instant
--   as_of               facts before this instant count
--   grain = week        day, week or month that the bucket columns start
--
-- Columns:
--   item_id             the contact
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   received_at         first arrival
--   is_received         received in the period
--   received_bucket_on  first day of the day, week or month of the receipt
--   contact_kind        counted; spam or bot, or merged: left out of the figures
--   merged_into         contact that it was merged into
--   replied_at          first reply of a person
--   first_reply_minutes   working minutes from receipt to that reply
--   reply_state         replied; waiting: open without a reply of a person; unanswered: ended
--                       without; fault: replied before it was received
--   abandoned_at        given up by the customer before an answer
--   is_abandoned        given up
--   resolved_at         completed for the first time
--   is_resolved         that was in the period
--   bucket_on           first day of the day, week or month of that completion
--   human_replies       replies of a person until then
--   reopened_at         when it came back, if it did
--   is_first_contact    one such reply, and not reopened within 7 calendar days
--   is_reopened         reopened within 30 calendar days of the first completion

with

stood as (

    select *
    from item_stays
    where
        entered_at < :as_of
        and (next_entered_at is null or next_entered_at >= :as_of)

),

firsts as (

    select
        *,
        left_at as resolved_at,
        case
            when next_entered_by = 'reopened' and next_entered_at < :as_of then next_entered_at
        end as reopened_at
    from item_stays
    where
        completion_number = 1
        and left_at < :as_of

),

replies as (

    select
        item_touches.item_id,
        count(*) as human_replies
    from item_touches
    inner join firsts
        on item_touches.item_id = firsts.item_id
    where
        item_touches.kind = 'replied'
        and item_touches.employee is not null
        and item_touches.event_at <= firsts.resolved_at
    group by item_touches.item_id

),

contacts as (

    select
        ext_customer_support.item_id,
        coalesce(stood.department, firsts.department) as department,
        coalesce(stood.team, firsts.team) as team,
        coalesce(stood.employee, firsts.employee) as employee,
        coalesce(stood.work_type, firsts.work_type) as work_type,
        coalesce(stood.priority, firsts.priority) as priority,
        coalesce(stood.channel, firsts.channel) as channel,
        coalesce(stood.client, firsts.client) as client,
        coalesce(stood.received_at, firsts.received_at) as received_at,
        coalesce(stood.received_clock, firsts.received_clock) as received_clock,
        coalesce(stood.left_at, firsts.left_at) < :as_of as is_ended,
        coalesce(stood.received_at >= :period_from and stood.received_at < :period_to, false)
            as is_received,
        case
            when ext_customer_support.is_bot then 'spam or bot'
            when ext_customer_support.merged_into is not null then 'merged'
            else 'counted'
        end as contact_kind,
        ext_customer_support.merged_into,
        case
            when ext_customer_support.abandoned_at < :as_of then ext_customer_support.abandoned_at
        end as abandoned_at,
        first_replies.replied_at,
        first_replies.replied_clock,
        firsts.resolved_at,
        firsts.reopened_at,
        coalesce(
            firsts.resolved_at >= :period_from and firsts.resolved_at < :period_to,
            false
        ) as is_resolved,
        coalesce(replies.human_replies, 0) as human_replies
    from ext_customer_support
    left join stood
        on ext_customer_support.item_id = stood.item_id
    left join firsts
        on ext_customer_support.item_id = firsts.item_id
    left join replies
        on ext_customer_support.item_id = replies.item_id
    left join first_replies
        on
            ext_customer_support.item_id = first_replies.item_id
            and first_replies.replied_at < :as_of

)

select
    item_id,
    department,
    team,
    employee,
    work_type,
    priority,
    channel,
    client,
    received_at,
    is_received,
    bucket_start(day_of(received_at), :grain) as received_bucket_on,
    contact_kind,
    merged_into,
    replied_at,
    (replied_clock - received_clock) / 60.0 as first_reply_minutes,
    case
        when replied_at < received_at then 'fault'
        when replied_at is not null then 'replied'
        when is_ended then 'unanswered'
        else 'waiting'
    end as reply_state,
    abandoned_at,
    abandoned_at is not null as is_abandoned,
    resolved_at,
    is_resolved,
    bucket_start(day_of(resolved_at), :grain) as bucket_on,
    human_replies,
    reopened_at,
    human_replies = 1
    and (
        reopened_at is null
        or hours_between(resolved_at, reopened_at) > 168
    ) as is_first_contact,
    coalesce(hours_between(resolved_at, reopened_at) <= 720, false)
        as is_reopened
from contacts
where
    is_received
    or is_resolved
order by received_at, item_id
