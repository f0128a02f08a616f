create table users (
    id serial primary key,
    login varchar(255) not null default '',
    firstname varchar(30) not null default '',
    lastname varchar(255) not null default '',
    status integer not null default 1,
    type varchar(255),
    created_on timestamp,
    updated_on timestamp default '2026-01-01'
);
create table projects (
    id serial primary key,
    name varchar(255) not null default '',
    parent_id integer,
    lft integer,
    rgt integer
);
create table trackers (id serial primary key, name varchar(30) not null default '');
create table enumerations (
    id serial primary key,
    name varchar(30) not null default '',
    type varchar(255)
);
create table issue_statuses (
    id serial primary key,
    name varchar(30) not null default '',
    is_closed boolean not null default false
);
create table issues (
    id serial primary key,
    tracker_id integer not null,
    project_id integer not null,
    subject varchar(255) not null default 'What the customer wrote',
    description text,
    due_date date,
    status_id integer not null,
    assigned_to_id integer,
    priority_id integer not null,
    author_id integer not null,
    created_on timestamp,
    updated_on timestamp,
    closed_on timestamp
);
create table journals (
    id serial primary key,
    journalized_id integer not null default 0,
    journalized_type varchar(30) not null default 'Issue',
    user_id integer not null default 0,
    notes text,
    created_on timestamp not null,
    private_notes boolean not null default false
);
create table journal_details (
    id serial primary key,
    journal_id integer not null default 0,
    property varchar(30) not null default 'attr',
    prop_key varchar(30) not null default '',
    old_value text,
    value text
);
create table time_entries (
    id serial primary key,
    issue_id integer,
    user_id integer not null,
    hours double precision not null,
    spent_on date not null
);
