-- Steps of items
-- Through which statuses did which item go, and which had it already left?
--
-- One row per stretch of an item's life in one status, whatever team had it. Derived from
-- item_stages, before any filter. A step that was paused from end to end is no status to
-- come from or back to.

with

compared as (

    select
        item_id,
        stage_number,
        entered_at,
        left_at,
        status,
        is_open,
        is_paused,
        case when is_paused then 0 else left_clock - entered_clock end as work_seconds,
        case
            when
                lag(stage_number) over (partition by item_id order by stage_number) is null
                or status is distinct from lag(status) over (
                    partition by item_id
                    order by stage_number
                )
                or is_open is distinct from lag(is_open) over (
                    partition by item_id
                    order by stage_number
                )
                then 1
        end as begins
    from item_stages

),

numbered as (

    select
        *,
        count(begins) over (partition by item_id order by stage_number) as step_number
    from compared

),

steps as (

    select
        item_id,
        step_number,
        status,
        is_open,
        min(entered_at) as entered_at,
        case when count(left_at) = count(*) then max(left_at) end as left_at,
        case when count(left_at) = count(*) then sum(work_seconds) end as work_seconds,
        count(case when is_paused then 1 end) = count(*) as is_paused
    from numbered
    group by item_id, step_number, status, is_open

),

placed as (

    select
        *,
        min(step_number) over (partition by item_id, is_paused, status) as first_number
    from steps

),

followed as (

    select
        *,
        lag(status) over (
            partition by item_id, is_paused
            order by step_number
        ) as status_before,
        lag(is_open) over (
            partition by item_id, is_paused
            order by step_number
        ) as was_open,
        lag(first_number) over (
            partition by item_id, is_paused
            order by step_number
        ) as first_number_before
    from placed

)

select
    item_id,
    step_number,
    entered_at,
    left_at,
    case when not is_paused then status_before end as from_status,
    status,
    is_open,
    is_paused,
    work_seconds,
    case
        when is_paused or was_open is null then null
        when is_open and not was_open then 'back'
        when status is not distinct from status_before or first_number = step_number then null
        when first_number < first_number_before then 'back'
        else 'again'
    end as direction
from followed
order by item_id, step_number
