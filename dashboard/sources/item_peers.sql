-- Peers of items
-- What do the items like it tell of an item?
--
-- One row per item that has a twin, a usual size, or a status that says whether it has
-- ended. Derived from all items at once, before any filter.
--
-- A size is usual where 30 items or more of the same kind and client tell it, nine of
-- ten of them between half and double of the middle one: only there is ten times as
-- much a slip and not a large item. Of 180,982 handling times of the sample none was
-- flagged; of slips put in, 94 of 100 were found (docs/data_health.md).
--
-- Cancelled and the like say so by themselves, however few items have that status.

with

-- The item before, of the same client, kind, day of receipt and amount.
pairs as (

    select
        item_id,
        lag(item_id) over (
            partition by client, amount, work_type, day_of(received_at)
            order by received_at, item_id
        ) as twin_item_id
    from work_items
    where
        client is not null
        and work_type is not null
        and amount <> 0

),

amounts as (

    select
        coalesce(work_type, '') as kind_key,
        coalesce(client, '') as client_key,
        count(*) as items,
        percentile(0.05, amount) as low_amount,
        percentile(0.5, amount) as usual_amount,
        percentile(0.95, amount) as high_amount
    from work_items
    where amount > 0
    group by coalesce(work_type, ''), coalesce(client, '')

),

usual_amounts as (

    select
        kind_key,
        client_key,
        usual_amount
    from amounts
    where
        items >= 30
        and high_amount <= 2 * usual_amount
        and usual_amount <= 2 * low_amount

),

-- Of completed items: what an open one took so far is no size.
handling_times as (

    select
        coalesce(work_type, '') as kind_key,
        coalesce(client, '') as client_key,
        count(*) as items,
        percentile(0.05, handling_minutes) as low_minutes,
        percentile(0.5, handling_minutes) as usual_minutes,
        percentile(0.95, handling_minutes) as high_minutes
    from work_items
    where
        handling_minutes > 0
        and completed_at is not null
    group by coalesce(work_type, ''), coalesce(client, '')

),

usual_times as (

    select
        kind_key,
        client_key,
        usual_minutes
    from handling_times
    where
        items >= 30
        and high_minutes <= 2 * usual_minutes
        and usual_minutes <= 2 * low_minutes

),

statuses as (

    select
        status,
        count(*) as items,
        count(coalesce(completed_at, cancelled_at)) as ended_items
    from work_items
    where status is not null
    group by status

),

-- A status says whether an item has ended where nearly all items with it agree.
telling_statuses as (

    select
        status,
        case when ended_items * 2 > items then 'ended' else 'open' end as says
    from statuses
    where
        items >= 100
        and (
            ended_items * 100 >= items * 98
            or ended_items * 100 <= items * 2
        )

),

items as (

    select
        item_id,
        status,
        coalesce(work_type, '') as kind_key,
        coalesce(client, '') as client_key,
        amount > 0 as has_amount,
        handling_minutes > 0 and completed_at is not null as has_time
    from work_items

),

peers as (

    select
        items.item_id,
        pairs.twin_item_id,
        case when items.has_amount then usual_amounts.usual_amount end as usual_amount,
        case when items.has_time then usual_times.usual_minutes end
            as usual_handling_minutes,
        case
            when lower(items.status) in ('cancelled', 'canceled', 'void', 'voided', 'withdrawn')
                then 'ended'
            else telling_statuses.says
        end as status_says
    from items
    left join pairs
        on items.item_id = pairs.item_id
    left join usual_amounts
        on
            items.kind_key = usual_amounts.kind_key
            and items.client_key = usual_amounts.client_key
    left join usual_times
        on
            items.kind_key = usual_times.kind_key
            and items.client_key = usual_times.client_key
    left join telling_statuses
        on items.status = telling_statuses.status

)

select
    item_id,
    twin_item_id,
    usual_amount,
    usual_handling_minutes,
    status_says
from peers
where
    twin_item_id is not null
    or usual_amount is not null
    or usual_handling_minutes is not null
    or status_says is not null
order by item_id
