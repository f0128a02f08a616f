-- Events of tasks
-- What happened to each task, and who did it?
--
-- One row per receipt, change of project, persons, deadline, stage or state, and message
-- of a person that the customer gets. States end, reopen, pause and return a task; stages
-- are its status. Each event tells the project that has the task after it.

with

people as (

    select
        res_users.id,
        res_partner.id as partner_id,
        res_partner.name
    from res_users
    inner join res_partner
        on res_users.partner_id = res_partner.id
    where
        res_users.id > 1
        and not res_users.share

),

agents as (

    select
        *,
        row_number() over (partition by name order by id) as name_number
    from people

),

projects as (

    select
        project_project.id,
        coalesce(
            project_project.name ->> 'en_US',
            (select min(names.value) from jsonb_each_text(project_project.name) as names)
        ) as team,
        res_company.name as company
    from project_project
    left join res_company
        on project_project.company_id = res_company.id

),

stages as (

    select
        id,
        coalesce(
            name ->> 'en_US',
            (select min(names.value) from jsonb_each_text(project_task_type.name) as names)
        ) as stage
    from project_task_type

),

labels as (

    select
        names.value as label,
        min(ir_model_fields_selection.value) as state
    from ir_model_fields_selection
    inner join ir_model_fields
        on ir_model_fields_selection.field_id = ir_model_fields.id
    cross join lateral jsonb_each_text(ir_model_fields_selection.name) as names
    where
        ir_model_fields.model = 'project.task'
        and ir_model_fields.name = 'state'
    group by names.value

),

tasks as (

    select
        id,
        project_id,
        stage_id,
        state,
        create_date,
        create_uid,
        write_date
    from project_task
    where
        project_id is not null
        and (active or state in ('1_done', '1_canceled'))

),

changes as (

    select
        mail_tracking_value.id,
        mail_message.res_id as task_id,
        mail_message.date as changed_at,
        mail_message.create_uid as user_id,
        ir_model_fields.name as field,
        mail_tracking_value.old_value_integer,
        mail_tracking_value.new_value_integer,
        mail_tracking_value.new_value_char,
        mail_tracking_value.old_value_datetime,
        label_from.state as state_from,
        label_to.state as state_to,
        row_number() over (
            partition by mail_message.res_id, ir_model_fields.name
            order by mail_message.date, mail_tracking_value.id
        ) as change_number
    from mail_tracking_value
    inner join mail_message
        on mail_tracking_value.mail_message_id = mail_message.id
    inner join ir_model_fields
        on mail_tracking_value.field_id = ir_model_fields.id
    left join labels as label_from
        on
            ir_model_fields.name = 'state'
            and mail_tracking_value.old_value_char = label_from.label
    left join labels as label_to
        on
            ir_model_fields.name = 'state'
            and mail_tracking_value.new_value_char = label_to.label
    where
        mail_message.model = 'project.task'
        and ir_model_fields.model = 'project.task'
        and ir_model_fields.name in (
            'state', 'stage_id', 'project_id', 'user_ids', 'date_deadline'
        )

),

turns as (

    select
        *,
        coalesce(state_from in ('1_done', '1_canceled'), false) as was_end,
        coalesce(state_to in ('1_done', '1_canceled'), false) as is_end,
        coalesce(state_from = '04_waiting_normal', false) as was_pause,
        coalesce(state_to = '04_waiting_normal', false) as is_pause
    from changes
    where field = 'state'

),

-- What a task came with is what was there before the first change of it.
receipts as (

    select
        tasks.id as task_id,
        tasks.create_date,
        tasks.create_uid,
        coalesce(nullif(first_project.old_value_integer, 0), tasks.project_id) as project_id,
        coalesce(nullif(first_stage.old_value_integer, 0), tasks.stage_id) as stage_id,
        coalesce(first_state.state_from, tasks.state) as state
    from tasks
    left join changes as first_project
        on
            tasks.id = first_project.task_id
            and first_project.field = 'project_id'
            and first_project.change_number = 1
    left join changes as first_stage
        on
            tasks.id = first_stage.task_id
            and first_stage.field = 'stage_id'
            and first_stage.change_number = 1
    left join changes as first_state
        on
            tasks.id = first_state.task_id
            and first_state.field = 'state'
            and first_state.change_number = 1

),

events as (

    select
        task_id,
        create_date as event_at,
        0 as id,
        1 as place,
        'received' as kind,
        create_uid as user_id,
        project_id,
        stage_id
    from receipts

    union all

    select
        task_id,
        create_date as event_at,
        0 as id,
        2 as place,
        case state
            when '1_done' then 'completed'
            when '1_canceled' then 'cancelled'
            else 'paused'
        end as kind,
        create_uid as user_id,
        null as project_id,
        null as stage_id
    from receipts
    where state in ('1_done', '1_canceled', '04_waiting_normal')

    union all

    select
        task_id,
        changed_at as event_at,
        id,
        case when is_end then 9 else 3 end as place,
        case
            when not is_end then 'reopened'
            when state_to = '1_done' then 'completed'
            else 'cancelled'
        end as kind,
        user_id,
        null as project_id,
        null as stage_id
    from turns
    where is_end <> was_end

    union all

    select
        task_id,
        changed_at as event_at,
        id,
        8 as place,
        case when is_pause then 'paused' else 'resumed' end as kind,
        user_id,
        null as project_id,
        null as stage_id
    from turns
    where
        is_pause <> was_pause
        and not is_end

    union all

    select
        task_id,
        changed_at as event_at,
        id,
        8 as place,
        'returned' as kind,
        user_id,
        null as project_id,
        null as stage_id
    from turns
    where state_to = '02_changes_requested'

    union all

    select
        task_id,
        changed_at as event_at,
        id,
        case field
            when 'project_id' then 4
            when 'user_ids' then 5
            when 'date_deadline' then 6
            else 7
        end as place,
        case field
            when 'project_id' then 'transferred'
            when 'user_ids' then 'assigned'
            when 'date_deadline' then 'due_changed'
            else 'status'
        end as kind,
        user_id,
        case field when 'project_id' then nullif(new_value_integer, 0) end as project_id,
        case field when 'stage_id' then nullif(new_value_integer, 0) end as stage_id
    from changes
    where
        field in ('project_id', 'stage_id')
        or (field = 'user_ids' and new_value_char <> '')
        -- A first deadline is no change of one.
        or (field = 'date_deadline' and old_value_datetime is not null)

    union all

    select
        mail_message.res_id as task_id,
        mail_message.date as event_at,
        mail_message.id,
        8 as place,
        'replied' as kind,
        agents.id as user_id,
        null as project_id,
        null as stage_id
    from mail_message
    inner join mail_message_subtype
        on mail_message.subtype_id = mail_message_subtype.id
    inner join agents
        on mail_message.author_id = agents.partner_id
    where
        mail_message.model = 'project.task'
        and mail_message.message_type in ('comment', 'email_outgoing')
        and not coalesce(mail_message.is_internal, false)
        and not coalesce(mail_message_subtype.internal, false)

),

numbered as (

    select
        *,
        row_number() over life as sequence,
        count(project_id) over life as project_number,
        count(stage_id) over life as stage_number
    from events
    window life as (partition by task_id order by event_at, place, id)

),

placed as (

    select
        *,
        max(project_id) over (partition by task_id, project_number) as project_after,
        max(stage_id) over (partition by task_id, stage_number) as stage_after
    from numbered

)

select
    cast(placed.task_id as text) as item_id,
    placed.event_at,
    placed.sequence,
    placed.kind,
    stages.stage as to_status,
    case
        when agents.name_number > 1 then concat(agents.name, ' (', agents.id, ')')
        else agents.name
    end as employee,
    coalesce(projects.company, projects.team) as department,
    projects.team,
    greatest(placed.event_at, tasks.write_date) as changed_at
from placed
inner join tasks
    on placed.task_id = tasks.id
left join projects
    on placed.project_after = projects.id
left join stages
    on
        placed.stage_after = stages.id
        and placed.kind in ('received', 'status', 'completed', 'cancelled', 'reopened')
left join agents
    on placed.user_id = agents.id
