-- On time and in full
-- How many lines came when they should, and whole?
--
-- One row per department, team and kind of work with lines due in the period, against three
-- dates: the customer's request, our first promise and the promise in force. Lines are
-- judged without tolerance: a day late or a unit short is a miss.
--
-- Parameters:
--   period_from         dates from this instant on
--   period_to           dates before this instant
--   as_of               dates and deliveries before this instant count
--
-- Columns:
--   department          department that answers for the line
--   team                team that has it, or had it last
--   work_type           kind of work
--   requested_due_lines   lines requested for then, less those cancelled in time
--   requested_otif_lines   those delivered in full by then; higher is better
--   first_due_lines     lines first promised for then, less those cancelled in time
--   first_otif_lines    those delivered in full by then; higher is better
--   last_due_lines      lines promised for then as it stands, less those cancelled in time
--   last_otif_lines     those delivered in full by then; higher is better
--   partial_lines       lines requested for then and delivered in part; lower is better
--   late_lines          lines requested for then and delivered in full, but later; lower is
--                       better
--   undelivered_lines   lines requested for then and not delivered, or in a quantity that is
--                       not told; lower is better
--
-- Rates:
--   otif                requested_otif_lines / requested_due_lines
--   otif_first          first_otif_lines / first_due_lines
--   otif_last           last_otif_lines / last_due_lines
--
-- Metrics:
--   otif                otif in % of lines by requested_at; higher is better; version 1,
--                       operations; a partial shipment fails; no tolerance in days or units
--   otif_first          otif_first in % of lines by first promise; higher is better; version 1,
--                       operations; a partial shipment fails
--   otif_last           otif_last in % of lines by last promise; higher is better; version 1,
--                       operations; a partial shipment fails
--
-- Cases:
--   requested_due_lines   records/order_management where requested_outcome = on time in full |
--                       late in full | partial | not delivered
--   requested_otif_lines   records/order_management where requested_outcome = on time in full
--   first_due_lines     records/order_management where first_outcome = on time in full | late in
--                       full | partial | not delivered
--   first_otif_lines    records/order_management where first_outcome = on time in full
--   last_due_lines      records/order_management where last_outcome = on time in full | late in
--                       full | partial | not delivered
--   last_otif_lines     records/order_management where last_outcome = on time in full
--   partial_lines       records/order_management where requested_outcome = partial
--   late_lines          records/order_management where requested_outcome = late in full
--   undelivered_lines   records/order_management where requested_outcome = not delivered

with

lines as (

    select
        item_stays.department,
        item_stays.team,
        item_stays.work_type,
        item_stays.cancelled_at,
        coalesce(item_stays.first_due_at, item_stays.due_at) as first_promised_at,
        item_stays.due_at as last_promised_at,
        ext_order_management.qty_ordered,
        ext_order_management.requested_at,
        case
            when ext_order_management.delivered_at < :as_of
                then ext_order_management.qty_delivered
            else 0
        end as qty_delivered,
        case
            when ext_order_management.delivered_at < :as_of
                then ext_order_management.delivered_at
        end as delivered_at
    from ext_order_management
    inner join item_stays
        on ext_order_management.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

judged as (

    select
        department,
        team,
        work_type,
        case
            when requested_at is null or requested_at >= :as_of then null
            when requested_at < :period_from or requested_at >= :period_to then null
            when cancelled_at <= requested_at then 'cancelled before due'
            when qty_delivered > 0 and qty_delivered < qty_ordered then 'partial'
            when qty_delivered >= qty_ordered and delivered_at <= requested_at
                then 'on time in full'
            when qty_delivered >= qty_ordered and delivered_at is not null
                then 'late in full'
            else 'not delivered'
        end as requested_outcome,
        case
            when first_promised_at is null or first_promised_at >= :as_of then null
            when first_promised_at < :period_from or first_promised_at >= :period_to then null
            when cancelled_at <= first_promised_at then 'cancelled before due'
            when qty_delivered > 0 and qty_delivered < qty_ordered then 'partial'
            when qty_delivered >= qty_ordered and delivered_at <= first_promised_at
                then 'on time in full'
            when qty_delivered >= qty_ordered and delivered_at is not null
                then 'late in full'
            else 'not delivered'
        end as first_outcome,
        case
            when last_promised_at is null or last_promised_at >= :as_of then null
            when last_promised_at < :period_from or last_promised_at >= :period_to then null
            when cancelled_at <= last_promised_at then 'cancelled before due'
            when qty_delivered > 0 and qty_delivered < qty_ordered then 'partial'
            when qty_delivered >= qty_ordered and delivered_at <= last_promised_at
                then 'on time in full'
            when qty_delivered >= qty_ordered and delivered_at is not null
                then 'late in full'
            else 'not delivered'
        end as last_outcome
    from lines

)

select
    department,
    team,
    work_type,
    count(case when requested_outcome <> 'cancelled before due' then 1 end) as requested_due_lines,
    count(case when requested_outcome = 'on time in full' then 1 end) as requested_otif_lines,
    count(case when first_outcome <> 'cancelled before due' then 1 end) as first_due_lines,
    count(case when first_outcome = 'on time in full' then 1 end) as first_otif_lines,
    count(case when last_outcome <> 'cancelled before due' then 1 end) as last_due_lines,
    count(case when last_outcome = 'on time in full' then 1 end) as last_otif_lines,
    count(case when requested_outcome = 'partial' then 1 end) as partial_lines,
    count(case when requested_outcome = 'late in full' then 1 end) as late_lines,
    count(case when requested_outcome = 'not delivered' then 1 end) as undelivered_lines
from judged
where
    requested_outcome is not null
    or first_outcome is not null
    or last_outcome is not null
group by department, team, work_type
order by department, team, work_type
