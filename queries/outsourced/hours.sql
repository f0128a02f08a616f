-- Hours used and bought
-- How many of the hours paid for outside work are booked on it?
--
-- One row per way of employment. Hours are no output: what was delivered stands in
-- outsourced/turnaround.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   period_from         deliveries from this instant on
--   period_to           deliveries before this instant
--   as_of               whole days of work, and deliveries, before this instant count
--
-- Columns:
--   employment          outsourced or virtual assistant
--   people              people who booked core hours
--   used_hours          core hours that they booked; empty for 1 to 4 people, of whom it would tell
--                       too much
--   bought_hours        hours paid for the items delivered for the first time in the period
--   bought_hundredth_hours   a hundredth of these, to divide by
--   delivered_items     these items
--
-- Ratios:
--   hours_used_percent  used_hours / bought_hundredth_hours
--
-- Metrics:
--   hours_used          hours_used_percent in % of hours bought by work_date; neither is better;
--                       version 1, finance; core hours; hours bought by delivery; a timesheet is
--                       no output
--
-- Cases:
--   delivered_items     records/outsourced where is_delivered = true

with

booked as (

    select
        employees.employment,
        count(distinct time_entries.employee) as people,
        sum(time_entries.minutes) / 60 as used_hours
    from time_entries
    inner join employees
        on time_entries.employee = employees.employee
    where
        employees.employment in ('outsourced', 'virtual assistant')
        and time_entries.kind = 'core'
        and time_entries.work_date >= :period_start
        and time_entries.work_date < :period_end
        and time_entries.work_date < day_of(:as_of)
    group by employees.employment

),

bought as (

    select
        employees.employment,
        count(*) as delivered_items,
        sum(cast(ext_outsourced.hours_bought as decimal(18, 4))) as bought_hours
    from ext_outsourced
    inner join item_stays
        on ext_outsourced.item_id = item_stays.item_id
    left join employees
        on item_stays.employee = employees.employee
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_outsourced.delivered_at >= :period_from
        and ext_outsourced.delivered_at < :period_to
        and ext_outsourced.delivered_at < :as_of
        and ext_outsourced.delivered_at >= item_stays.received_at
    group by employees.employment

),

employments as (

    select employment
    from booked

    union

    select employment
    from bought

)

select
    employments.employment,
    coalesce(booked.people, 0) as people,
    case when booked.people >= 5 then booked.used_hours end as used_hours,
    bought.bought_hours,
    bought.bought_hours / 100 as bought_hundredth_hours,
    coalesce(bought.delivered_items, 0) as delivered_items
from employments
left join booked
    on employments.employment is not distinct from booked.employment
left join bought
    on employments.employment is not distinct from bought.employment
order by employments.employment
