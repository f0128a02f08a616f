-- Contacts by hour
-- How many contacts come in an hour, and how much work is one?
--
-- One row per channel and hour of the day in which any came. Spam, bots and merged contacts are
-- left out.
--
-- Parameters:
--   period_start        first day counted
--   period_end          first day no longer counted
--   as_of               receipts before this instant count
--
-- Columns:
--   channel             how they came in
--   hour                hour of the day, 0 to 23
--   contact_items       contacts received on working days
--   timed_items         those with a standard time
--   standard_minutes    standard time for these
--   days                working days of the period, up to the as-of moment
--
-- Ratios:
--   contacts_per_day    contact_items / days
--   minutes_per_contact   standard_minutes / timed_items

with

working_days as (

    select day
    from calendar_days
    where
        is_default
        and is_working
        and day >= :period_start
        and day < :period_end
        and starts_at < :as_of

),

span as (

    select count(*) as days
    from working_days

),

contacts as (

    select
        item_stays.channel,
        item_stays.standard_minutes,
        day_of(item_stays.received_at) as day,
        hour_of(item_stays.received_at) as hour
    from ext_customer_support
    inner join item_stays
        on ext_customer_support.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and item_stays.received_at < :as_of
        and ext_customer_support.merged_into is null
        and not coalesce(ext_customer_support.is_bot, false)

)

select
    contacts.channel,
    contacts.hour,
    count(*) as contact_items,
    count(contacts.standard_minutes) as timed_items,
    sum(contacts.standard_minutes) as standard_minutes,
    span.days
from contacts
inner join working_days
    on contacts.day = working_days.day
cross join span
group by contacts.channel, contacts.hour, span.days
order by contacts.channel, contacts.hour
