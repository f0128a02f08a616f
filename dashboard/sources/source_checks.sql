-- Checks of a source
-- Which rows of the source fail which checks?
--
-- One row per item, row left out of work_items, and review. A check is 1 where the row
-- fails it, 0 where it passes, and null where it cannot be made: nobody misses what the
-- source never tells of any item. Derived before any filter.

with

told as (

    select
        count(department) as departments,
        count(team) as teams,
        count(employee) as people,
        count(work_type) as kinds,
        count(priority) as priorities,
        count(channel) as channels,
        count(client) as clients,
        count(status) as statuses,
        count(coalesce(first_due_at, due_at)) as due_dates,
        count(handling_minutes) as times,
        (select count(*) from work_types) as known_kinds
    from work_items

),

known_kinds as (

    select distinct work_type
    from work_types

),

-- Of the faults of items those of counted rows, by the check that they fail.
named_faults as (

    select
        item_id,
        case fault
            when 'completed before receipt' then 'order'
            when 'started before receipt' then 'order'
            when 'due before receipt' then 'order'
            when 'cancelled before receipt' then 'order'
            when 'completed before its start' then 'order'
            when 'with a date outside of the calendar' then 'astray'
            when 'with a negative standard time' then 'below zero'
            when 'with a negative handling time' then 'below zero'
            when 'with more handling time than went by' then 'beyond time'
        end as failed
    from source_faults
    where kind = 'item'

),

faulty_items as (

    select
        item_id,
        max(case failed when 'order' then 1 else 0 end) as out_of_order,
        max(case failed when 'astray' then 1 else 0 end) as astray,
        max(case failed when 'below zero' then 1 else 0 end) as below_zero,
        max(case failed when 'beyond time' then 1 else 0 end) as beyond_time
    from named_faults
    where failed is not null
    group by item_id

),

faulty_reviews as (

    select distinct row_key as review_id
    from source_faults
    where
        kind = 'review'
        and fault <> 'of no item'

),

items as (

    select
        work_items.*,
        item_peers.twin_item_id,
        item_peers.usual_amount,
        item_peers.usual_handling_minutes,
        item_peers.status_says,
        case when started_at > received_at then started_at else received_at end
            as begun_at,
        case
            when completed_at is null or cancelled_at > completed_at then cancelled_at
            else completed_at
        end as ended_at,
        cast('2000-01-01 00:00:00' as timestamp) as first_at
    from work_items
    left join item_peers
        on work_items.item_id = item_peers.item_id

),

checks_of_items as (

    select
        items.item_id,
        items.twin_item_id,
        items.usual_amount,
        items.usual_handling_minutes,
        case
            when items.ended_at > items.begun_at then items.ended_at
            else items.begun_at
        end as last_at,
        case when told.departments = 0 then null when items.department is null then 1 else 0 end
            as lacks_department,
        case when told.teams = 0 then null when items.team is null then 1 else 0 end
            as lacks_team,
        case
            when told.people = 0 or items.completed_at is null then null
            when items.employee is null then 1
            else 0
        end as lacks_person,
        case when told.kinds = 0 then null when items.work_type is null then 1 else 0 end
            as lacks_work_type,
        case when told.priorities = 0 then null when items.priority is null then 1 else 0 end
            as lacks_priority,
        case when told.channels = 0 then null when items.channel is null then 1 else 0 end
            as lacks_channel,
        case when told.clients = 0 then null when items.client is null then 1 else 0 end
            as lacks_client,
        case when told.statuses = 0 then null when items.status is null then 1 else 0 end
            as lacks_status,
        case
            when told.due_dates = 0 then null
            when coalesce(items.first_due_at, items.due_at) is null then 1
            else 0
        end as lacks_due,
        case
            when told.times = 0 or items.completed_at is null then null
            when items.handling_minutes is null then 1
            else 0
        end as lacks_handling,
        case
            when items.twin_item_id is not null then 1
            when items.client is not null and items.work_type is not null and items.amount <> 0
                then 0
        end as is_twin,
        case
            when
                faulty_items.astray = 1
                or items.received_at < items.first_at
                or items.started_at < items.first_at
                or items.completed_at < items.first_at
                or items.cancelled_at < items.first_at
                then 1
            else 0
        end as is_astray,
        case
            when coalesce(items.standard_minutes, items.handling_minutes) is not null
                then coalesce(faulty_items.below_zero, 0)
        end as is_below_zero,
        case
            when told.known_kinds = 0 or items.work_type is null then null
            when known_kinds.work_type is null then 1
            else 0
        end as is_unknown_kind,
        case
            when coalesce(items.started_at, items.ended_at, items.first_due_at, items.due_at)
                is not null
                then coalesce(faulty_items.out_of_order, 0)
        end as is_out_of_order,
        case
            when items.handling_minutes is not null and items.ended_at is not null
                then coalesce(faulty_items.beyond_time, 0)
        end as is_beyond_time,
        case items.status_says
            when 'ended' then case when items.ended_at is null then 1 else 0 end
            when 'open' then case when items.ended_at is null then 0 else 1 end
        end as is_contradicted,
        -- Ten, a hundred or a thousand times too much or too little, each by half or double.
        case
            when items.usual_amount is null then null
            when
                items.amount between 5 * items.usual_amount and 20 * items.usual_amount
                or items.amount between 50 * items.usual_amount and 200 * items.usual_amount
                or items.amount between 500 * items.usual_amount and 2000 * items.usual_amount
                or items.usual_amount between 5 * items.amount and 20 * items.amount
                or items.usual_amount between 50 * items.amount and 200 * items.amount
                or items.usual_amount between 500 * items.amount and 2000 * items.amount
                then 1
            else 0
        end as is_odd_amount,
        case
            when items.usual_handling_minutes is null then null
            when
                items.handling_minutes
                between 5 * items.usual_handling_minutes and 20 * items.usual_handling_minutes
                or items.handling_minutes
                between 50 * items.usual_handling_minutes and 200 * items.usual_handling_minutes
                or items.handling_minutes
                between 500 * items.usual_handling_minutes and 2000 * items.usual_handling_minutes
                or items.usual_handling_minutes
                between 5 * items.handling_minutes and 20 * items.handling_minutes
                or items.usual_handling_minutes
                between 50 * items.handling_minutes and 200 * items.handling_minutes
                or items.usual_handling_minutes
                between 500 * items.handling_minutes and 2000 * items.handling_minutes
                then 1
            else 0
        end as is_odd_time
    from items
    cross join told
    left join known_kinds
        on items.work_type = known_kinds.work_type
    left join faulty_items
        on items.item_id = faulty_items.item_id

),

copies as (

    select
        review_id,
        item_id,
        reviewed_at,
        row_number() over (partition by review_id order by reviewed_at, item_id)
            as copy_number
    from quality_reviews

),

told_rows as (

    select
        'item' as kind,
        item_id as row_key,
        item_id,
        item_id as checked_item_id,
        received_at as told_at,
        cast(null as timestamp) as last_at,
        department,
        team,
        employee,
        work_type,
        priority,
        channel,
        0 as lacks_key,
        0 as is_repeated,
        cast(null as bigint) as is_astray,
        cast(null as bigint) as lacks_item,
        cast(null as bigint) as is_wrong_review
    from work_items

    union all

    select
        'item' as kind,
        item_id as row_key,
        item_id,
        cast(null as varchar) as checked_item_id,
        received_at as told_at,
        cast(null as timestamp) as last_at,
        department,
        team,
        employee,
        work_type,
        priority,
        channel,
        case when item_id is null or received_at is null then 1 else 0 end as lacks_key,
        case when item_id is not null and received_at is not null then 1 end as is_repeated,
        cast(null as bigint) as is_astray,
        cast(null as bigint) as lacks_item,
        cast(null as bigint) as is_wrong_review
    from left_out_items

    union all

    select
        'review' as kind,
        copies.review_id as row_key,
        copies.item_id,
        cast(null as varchar) as checked_item_id,
        copies.reviewed_at as told_at,
        copies.reviewed_at as last_at,
        work_items.department,
        work_items.team,
        work_items.employee,
        work_items.work_type,
        work_items.priority,
        work_items.channel,
        case when copies.review_id is null then 1 else 0 end as lacks_key,
        case
            when copies.review_id is null then null
            when copies.copy_number > 1 then 1
            else 0
        end as is_repeated,
        case
            when copies.reviewed_at < cast('2000-01-01 00:00:00' as timestamp) then 1
            when copies.reviewed_at is not null then 0
        end as is_astray,
        case when work_items.item_id is null then 1 else 0 end as lacks_item,
        case when faulty_reviews.review_id is null then 0 else 1 end as is_wrong_review
    from copies
    left join work_items
        on copies.item_id = work_items.item_id
    left join faulty_reviews
        on copies.review_id = faulty_reviews.review_id

),

checked as (

    select
        told_rows.kind,
        told_rows.row_key,
        told_rows.item_id,
        told_rows.told_at,
        told_rows.department,
        told_rows.team,
        told_rows.employee,
        told_rows.work_type,
        told_rows.priority,
        told_rows.channel,
        checks_of_items.twin_item_id,
        checks_of_items.usual_amount,
        checks_of_items.usual_handling_minutes,
        told_rows.lacks_key,
        checks_of_items.lacks_department,
        checks_of_items.lacks_team,
        checks_of_items.lacks_person,
        checks_of_items.lacks_work_type,
        checks_of_items.lacks_priority,
        checks_of_items.lacks_channel,
        checks_of_items.lacks_client,
        checks_of_items.lacks_status,
        checks_of_items.lacks_due,
        checks_of_items.lacks_handling,
        told_rows.is_repeated,
        checks_of_items.is_twin,
        checks_of_items.is_below_zero,
        checks_of_items.is_unknown_kind,
        checks_of_items.is_out_of_order,
        checks_of_items.is_beyond_time,
        checks_of_items.is_contradicted,
        checks_of_items.is_odd_amount,
        checks_of_items.is_odd_time,
        told_rows.lacks_item,
        told_rows.is_wrong_review,
        coalesce(told_rows.last_at, checks_of_items.last_at) as last_at,
        coalesce(told_rows.is_astray, checks_of_items.is_astray) as is_astray
    from told_rows
    left join checks_of_items
        on told_rows.checked_item_id = checks_of_items.item_id

)

select
    checked.*,
    case
        when
            lacks_key = 1
            or lacks_department = 1
            or lacks_team = 1
            or lacks_person = 1
            or lacks_work_type = 1
            or lacks_priority = 1
            or lacks_channel = 1
            or lacks_client = 1
            or lacks_status = 1
            or lacks_due = 1
            or lacks_handling = 1
            then 1
        when
            coalesce(
                lacks_key,
                lacks_department,
                lacks_team,
                lacks_person,
                lacks_work_type,
                lacks_priority,
                lacks_channel,
                lacks_client,
                lacks_status,
                lacks_due,
                lacks_handling
            ) is not null
            then 0
    end as fails_completeness,
    case
        when
            is_repeated = 1
            or is_twin = 1
            then 1
        when
            coalesce(is_repeated, is_twin) is not null
            then 0
    end as fails_uniqueness,
    case
        when
            is_astray = 1
            or is_below_zero = 1
            or is_unknown_kind = 1
            then 1
        when
            coalesce(is_astray, is_below_zero, is_unknown_kind) is not null
            then 0
    end as fails_validity,
    case
        when
            is_out_of_order = 1
            or is_beyond_time = 1
            or is_contradicted = 1
            or lacks_item = 1
            or is_wrong_review = 1
            then 1
        when
            coalesce(
                is_out_of_order,
                is_beyond_time,
                is_contradicted,
                lacks_item,
                is_wrong_review
            ) is not null
            then 0
    end as fails_consistency,
    case
        when
            is_odd_amount = 1
            or is_odd_time = 1
            then 1
        when
            coalesce(is_odd_amount, is_odd_time) is not null
            then 0
    end as fails_magnitude
from checked
order by kind, row_key
