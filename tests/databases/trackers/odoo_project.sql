create table res_company (
    id serial primary key,
    name varchar not null,
    resource_calendar_id integer
);
create table resource_calendar (
    id serial primary key,
    name varchar not null,
    tz varchar not null
);
create table resource_calendar_attendance (
    id serial primary key,
    name varchar not null default 'Work',
    calendar_id integer not null,
    dayofweek varchar not null,
    hour_from double precision not null,
    hour_to double precision not null,
    day_period varchar not null,
    date_from date,
    date_to date,
    resource_id integer,
    week_type varchar,
    display_type varchar
);
create table resource_calendar_leaves (
    id serial primary key,
    name varchar,
    calendar_id integer,
    date_from timestamp not null,
    date_to timestamp not null,
    resource_id integer,
    time_type varchar
);
create table res_partner (
    id serial primary key,
    name varchar,
    email varchar,
    is_company boolean,
    commercial_partner_id integer
);
create table res_users (
    id serial primary key,
    partner_id integer not null,
    login varchar not null,
    share boolean,
    active boolean default true,
    write_date timestamp default '2026-01-01'
);
create table project_project (
    id serial primary key,
    name jsonb not null,
    company_id integer,
    active boolean default true
);
create table project_task_type (id serial primary key, name jsonb not null, fold boolean);
create table project_task (
    id serial primary key,
    active boolean default true,
    name varchar not null default 'What the customer wrote',
    priority varchar default '0',
    stage_id integer,
    state varchar not null,
    create_uid integer,
    create_date timestamp,
    write_date timestamp,
    date_deadline timestamp,
    date_last_stage_update timestamp,
    project_id integer,
    partner_id integer
);
create table project_task_user_rel (
    id serial primary key,
    task_id integer not null,
    user_id integer not null,
    stage_id integer
);
create table mail_message_subtype (id serial primary key, name jsonb, internal boolean);
create table mail_message (
    id serial primary key,
    model varchar,
    res_id integer,
    message_type varchar not null,
    subtype_id integer,
    author_id integer,
    is_internal boolean,
    body text default 'What was written',
    date timestamp,
    create_uid integer
);
create table ir_model_fields (
    id serial primary key,
    model varchar not null,
    name varchar not null
);
create table ir_model_fields_selection (
    id serial primary key,
    field_id integer not null,
    value varchar not null,
    name jsonb not null
);
create table mail_tracking_value (
    id serial primary key,
    field_id integer,
    old_value_integer integer,
    old_value_char varchar,
    old_value_datetime timestamp,
    new_value_integer integer,
    new_value_char varchar,
    new_value_datetime timestamp,
    mail_message_id integer not null
);
