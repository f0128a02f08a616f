create table users (
    id serial primary key,
    organization_id integer,
    login varchar(255) not null,
    firstname varchar(100) default '',
    lastname varchar(100) default '',
    email varchar(255) default '',
    phone varchar(100) default '',
    active boolean not null default true,
    created_at timestamp(3) not null default '2026-01-01',
    updated_at timestamp(3) not null default '2026-01-01'
);
create table roles (id serial primary key, name varchar(100) not null);
create table roles_users (user_id integer, role_id integer);
create table permissions (id serial primary key, name varchar(255) not null);
create table permissions_roles (role_id bigint, permission_id bigint);
create table groups (
    id serial primary key,
    name varchar(160) not null,
    active boolean not null default true
);
create table organizations (id serial primary key, name varchar(100) not null);
create table ticket_state_types (id serial primary key, name varchar(250) not null);
create table ticket_states (
    id serial primary key,
    state_type_id bigint not null,
    name varchar(250) not null,
    ignore_escalation boolean not null default false,
    active boolean not null default true
);
create table ticket_priorities (id serial primary key, name varchar(250) not null);
create table tickets (
    id serial primary key,
    group_id bigint not null,
    priority_id bigint not null,
    state_id bigint not null,
    organization_id bigint,
    number varchar(60) not null,
    title varchar(250) not null default 'What the customer wrote',
    owner_id integer not null,
    customer_id integer not null default 9,
    first_response_at timestamp(3),
    close_at timestamp(3),
    close_escalation_at timestamp(3),
    last_close_at timestamp(3),
    create_article_type_id integer,
    escalation_at timestamp(3),
    pending_time timestamp(3),
    type varchar(100),
    time_unit numeric(6, 2),
    updated_by_id integer not null default 1,
    created_by_id integer not null default 9,
    created_at timestamp(3) not null,
    updated_at timestamp(3) not null
);
create table ticket_article_types (
    id serial primary key,
    name varchar(250) not null,
    communication boolean not null default false
);
create table ticket_article_senders (id serial primary key, name varchar(250) not null);
create table ticket_articles (
    id serial primary key,
    ticket_id bigint not null,
    type_id bigint not null,
    sender_id bigint not null,
    body text not null default 'What was written',
    internal boolean not null default false,
    created_by_id integer not null,
    created_at timestamp(3) not null
);
create table history_types (id serial primary key, name varchar(250) not null);
create table history_objects (id serial primary key, name varchar(250) not null);
create table history_attributes (id serial primary key, name varchar(250) not null);
create table histories (
    id serial primary key,
    history_type_id bigint not null,
    history_object_id bigint not null,
    history_attribute_id bigint,
    o_id integer not null,
    related_o_id integer,
    related_history_object_id integer,
    id_to integer,
    id_from integer,
    value_from varchar(500),
    value_to varchar(500),
    created_by_id integer not null,
    created_at timestamp(3) not null
);
