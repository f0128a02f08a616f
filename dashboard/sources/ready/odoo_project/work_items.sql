-- Tasks
-- What is known of each task now?
--
-- One row per task of a project that is not archived while open. It ends with the last
-- change of its state to Done or Cancelled from another. The first promise is what the
-- deadline was before it was first changed.

with

people as (

    select
        res_users.id,
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

assigned as (

    select
        task_id,
        min(user_id) as user_id
    from project_task_user_rel
    group by task_id

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

changes as (

    select
        mail_tracking_value.id,
        mail_message.res_id as task_id,
        mail_message.date as changed_at,
        ir_model_fields.name as field,
        mail_tracking_value.old_value_char,
        mail_tracking_value.new_value_char,
        mail_tracking_value.old_value_datetime,
        mail_tracking_value.new_value_datetime,
        row_number() over (
            partition by mail_message.res_id, ir_model_fields.name
            order by mail_message.date, mail_tracking_value.id
        ) as change_number
    from mail_tracking_value
    inner join mail_message
        on mail_tracking_value.mail_message_id = mail_message.id
    inner join ir_model_fields
        on mail_tracking_value.field_id = ir_model_fields.id
    where
        mail_message.model = 'project.task'
        and ir_model_fields.model = 'project.task'
        and ir_model_fields.name in ('state', 'stage_id', 'date_deadline')

),

ends as (

    select
        changes.task_id,
        max(changes.changed_at) as ended_at
    from changes
    inner join labels as label_from
        on changes.old_value_char = label_from.label
    inner join labels as label_to
        on changes.new_value_char = label_to.label
    where
        changes.field = 'state'
        and label_from.state not in ('1_done', '1_canceled')
        and label_to.state in ('1_done', '1_canceled')
    group by changes.task_id

),

starts as (

    select
        task_id,
        min(changed_at) as started_at
    from changes
    where field in ('state', 'stage_id')
    group by task_id

),

first_dates as (

    select
        task_id,
        coalesce(old_value_datetime, new_value_datetime) as due_at
    from changes
    where
        field = 'date_deadline'
        and change_number = 1

)

select
    cast(project_task.id as text) as item_id,
    coalesce(projects.company, projects.team) as department,
    projects.team,
    case
        when agents.name_number > 1 then concat(agents.name, ' (', agents.id, ')')
        else agents.name
    end as employee,
    case project_task.priority
        when '0' then 'Low'
        when '1' then 'High'
        else project_task.priority
    end as priority,
    case when clients.is_company then clients.name end as client,
    stages.stage as status,
    project_task.create_date as received_at,
    starts.started_at,
    coalesce(first_dates.due_at, project_task.date_deadline) as first_due_at,
    project_task.date_deadline as due_at,
    case project_task.state
        when '1_done'
            then coalesce(ends.ended_at, project_task.date_last_stage_update)
    end as completed_at,
    case project_task.state
        when '1_canceled'
            then coalesce(ends.ended_at, project_task.date_last_stage_update)
    end as cancelled_at,
    project_task.write_date as changed_at
from project_task
inner join projects
    on project_task.project_id = projects.id
left join stages
    on project_task.stage_id = stages.id
left join assigned
    on project_task.id = assigned.task_id
left join agents
    on assigned.user_id = agents.id
left join res_partner
    on project_task.partner_id = res_partner.id
left join res_partner as clients
    on res_partner.commercial_partner_id = clients.id
left join starts
    on project_task.id = starts.task_id
left join ends
    on project_task.id = ends.task_id
left join first_dates
    on project_task.id = first_dates.task_id
where
    project_task.active
    or project_task.state in ('1_done', '1_canceled')
