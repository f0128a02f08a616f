-- Contacts given up
-- How many customers give up before they are answered, and where?
--
-- One row per channel and team with contacts received in the period.
--
-- Parameters:
--   period_from         contacts received from this instant on
--   period_to           contacts received before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   channel             how it came in
--   team                team that has it, or had it last
--   contact_items       contacts received, without spam, bots and merged ones
--   abandoned_items     of these, given up by the customer before an answer; lower is better
--   bot_items           received beside them: spam, or from a machine
--   merged_items        received beside them: merged into another contact
--
-- Rates:
--   abandonment         abandoned_items / contact_items
--
-- Metrics:
--   abandonment         abandonment in % by received_at; lower is better; version 1, service;
--                       spam, bots and merged contacts out, counted beside
--
-- Cases:
--   contact_items       records/customer_support where is_received = true, contact_kind = counted
--   abandoned_items     records/customer_support where is_received = true, contact_kind = counted,
--                       is_abandoned = true
--   bot_items           records/customer_support where is_received = true,
--                       contact_kind = spam or bot
--   merged_items        records/customer_support where is_received = true, contact_kind = merged

with

contacts as (

    select
        item_stays.channel,
        item_stays.team,
        case
            when ext_customer_support.is_bot then 'spam or bot'
            when ext_customer_support.merged_into is not null then 'merged'
            else 'counted'
        end as contact_kind,
        ext_customer_support.abandoned_at < :as_of as is_abandoned
    from ext_customer_support
    inner join item_stays
        on ext_customer_support.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and item_stays.received_at >= :period_from
        and item_stays.received_at < :period_to

)

select
    channel,
    team,
    count(case when contact_kind = 'counted' then 1 end) as contact_items,
    count(case when contact_kind = 'counted' and is_abandoned then 1 end) as abandoned_items,
    count(case when contact_kind = 'spam or bot' then 1 end) as bot_items,
    count(case when contact_kind = 'merged' then 1 end) as merged_items
from contacts
group by channel, team
order by channel, team
