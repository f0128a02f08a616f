-- Outside work
-- Which work of outside people was delivered in the period, and which waits?
--
-- One row per item of an outside person that was delivered for the first time in the period, or
-- is open and not delivered.
--
-- Parameters:
--   period_from         deliveries from this instant on
--   period_to           deliveries before this instant
--   as_of               facts before this instant count
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   item_id             the item
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   employment          outsourced or virtual assistant, of that person
--   vendor              who employs the person
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   received_at         first arrival
--   due_at              promise in force
--   delivered_at        first delivery
--   is_delivered        that was in the period
--   bucket_on           first day of its day, week or month
--   delivery_work_hours   working hours from receipt to that
--   is_waiting          open and not delivered
--   is_negative         delivered in the period, before it was received: a fault
--   acceptance          accepted or refused as first delivered; empty while nobody said
--   hours_bought        hours paid for it

with

delivered as (

    select
        item_stays.*,
        employees.employment,
        employees.vendor,
        ext_outsourced.accepted_first,
        ext_outsourced.hours_bought,
        item_stays.left_at is null or item_stays.left_at >= :as_of as is_open,
        case when ext_outsourced.delivered_at < :as_of then ext_outsourced.delivered_at end
            as delivered_at
    from ext_outsourced
    inner join item_stays
        on ext_outsourced.item_id = item_stays.item_id
    left join employees
        on item_stays.employee = employees.employee
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and (
            (
                ext_outsourced.delivered_at >= :period_from
                and ext_outsourced.delivered_at < :period_to
            )
            or item_stays.left_at is null
            or item_stays.left_at >= :as_of
        )

),

timed as (

    select
        delivered.*,
        (
            clock_at(
                delivered.delivered_at,
                calendar_days.minutes_before,
                calendar_days.w1_from,
                calendar_days.w1_to,
                calendar_days.w2_from,
                calendar_days.w2_to,
                calendar_days.w3_from,
                calendar_days.w3_to
            )
            - delivered.received_clock
        ) / 3600.0 as delivery_work_hours
    from delivered
    left join calendar_days
        on
            delivered.calendar = calendar_days.calendar
            and delivered.delivered_at >= calendar_days.starts_at
            and delivered.delivered_at < calendar_days.ends_at

)
,

judged as (

    select
        *,
        coalesce(delivered_at >= :period_from and delivered_at < :period_to, false) as is_told
    from timed

)

select
    item_id,
    department,
    team,
    employee,
    employment,
    vendor,
    work_type,
    priority,
    channel,
    client,
    received_at,
    due_at,
    delivered_at,
    is_told and delivered_at >= received_at as is_delivered,
    bucket_start(day_of(delivered_at), :grain) as bucket_on,
    delivery_work_hours,
    is_open and delivered_at is null as is_waiting,
    is_told and delivered_at < received_at as is_negative,
    case
        when delivered_at is null or accepted_first is null then null
        when accepted_first then 'accepted'
        else 'refused'
    end as acceptance,
    hours_bought
from judged
where
    is_told
    or (is_open and delivered_at is null)
order by received_at, item_id
