-- Order lines
-- Which lines were due in the period, or are not delivered, and what became of them?
--
-- One row per order line that was requested or promised for the period, or whose delivery
-- is behind at the as-of moment.
--
-- Parameters:
--   period_from         first instant of the period
--   period_to           first instant no longer in it
--   as_of               facts before this instant count
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   item_id             the item, a line of an order
--   order_id            the order
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   received_at         first arrival
--   qty_ordered         units ordered
--   qty_delivered       units delivered by then; only the last delivery bears a date, so
--                       none before it
--   missing_units       units ordered and not delivered
--   delivered_at        last delivery, by then
--   requested_at        until when the customer wants it
--   first_promised_at   first date that we promised
--   last_promised_at    date that we promise now
--   bucket_on           first day of the day, week or month of the request
--   requested_outcome   against the request, of lines requested for the period: on time in
--                       full, late in full, partial, not delivered (or in a quantity that is not
--                       told), cancelled before due or not due yet
--   first_outcome       the same against the first promise
--   last_outcome        the same against the promise in force
--   is_backorder        requested, or else promised, for before the as-of moment, and not
--                       delivered in full nor cancelled
--   behind_days         calendar days that it is behind
--   behind_band         the same in bands

with

lines as (

    select
        item_stays.*,
        ext_order_management.order_id,
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
        *,
        coalesce(first_due_at, due_at) as first_promised_at,
        due_at as last_promised_at,
        coalesce(requested_at, first_due_at, due_at) as wanted_at,
        coalesce(
            coalesce(requested_at, first_due_at, due_at) < :as_of
            and (cancelled_at is null or cancelled_at >= :as_of)
            and qty_delivered < qty_ordered,
            false
        ) as is_backorder
    from lines

),

aged as (

    select
        *,
        case when is_backorder then days_between(day_of(wanted_at), day_of(:as_of)) end
            as behind_days,
        case
            when requested_at is null then null
            when requested_at >= :as_of then 'not due yet'
            when cancelled_at <= requested_at then 'cancelled before due'
            when qty_delivered > 0 and qty_delivered < qty_ordered then 'partial'
            when qty_delivered >= qty_ordered and delivered_at <= requested_at
                then 'on time in full'
            when qty_delivered >= qty_ordered and delivered_at is not null
                then 'late in full'
            else 'not delivered'
        end as by_request,
        case
            when first_promised_at is null then null
            when first_promised_at >= :as_of then 'not due yet'
            when cancelled_at <= first_promised_at then 'cancelled before due'
            when qty_delivered > 0 and qty_delivered < qty_ordered then 'partial'
            when qty_delivered >= qty_ordered and delivered_at <= first_promised_at
                then 'on time in full'
            when qty_delivered >= qty_ordered and delivered_at is not null
                then 'late in full'
            else 'not delivered'
        end as by_first_promise,
        case
            when last_promised_at is null then null
            when last_promised_at >= :as_of then 'not due yet'
            when cancelled_at <= last_promised_at then 'cancelled before due'
            when qty_delivered > 0 and qty_delivered < qty_ordered then 'partial'
            when qty_delivered >= qty_ordered and delivered_at <= last_promised_at
                then 'on time in full'
            when qty_delivered >= qty_ordered and delivered_at is not null
                then 'late in full'
            else 'not delivered'
        end as by_last_promise
    from judged

)

select
    item_id,
    order_id,
    department,
    team,
    employee,
    work_type,
    priority,
    channel,
    client,
    received_at,
    qty_ordered,
    qty_delivered,
    qty_ordered - qty_delivered as missing_units,
    delivered_at,
    requested_at,
    first_promised_at,
    last_promised_at,
    bucket_start(day_of(requested_at), :grain) as bucket_on,
    case when requested_at >= :period_from and requested_at < :period_to then by_request end
        as requested_outcome,
    case
        when first_promised_at >= :period_from and first_promised_at < :period_to
            then by_first_promise
    end as first_outcome,
    case
        when last_promised_at >= :period_from and last_promised_at < :period_to
            then by_last_promise
    end as last_outcome,
    is_backorder,
    behind_days,
    case
        when behind_days <= 7 then '0 to 7 days'
        when behind_days <= 14 then '8 to 14 days'
        when behind_days <= 30 then '15 to 30 days'
        when behind_days is not null then 'more than 30 days'
    end as behind_band
from aged
where
    is_backorder
    or (requested_at >= :period_from and requested_at < :period_to)
    or (first_promised_at >= :period_from and first_promised_at < :period_to)
    or (last_promised_at >= :period_from and last_promised_at < :period_to)
order by received_at, item_id
