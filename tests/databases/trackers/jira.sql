create table app_user (
    id numeric(18, 0) not null primary key,
    user_key varchar(255),
    lower_user_name varchar(255)
);
create table cwd_user (
    id numeric(18, 0) not null primary key,
    directory_id numeric(18, 0),
    user_name varchar(255),
    lower_user_name varchar(255),
    active numeric(9, 0),
    created_date timestamptz,
    updated_date timestamptz default '2026-01-01T00:00:00Z',
    display_name varchar(255),
    email_address varchar(255)
);
create table project (
    id numeric(18, 0) not null primary key,
    pname varchar(255),
    pkey varchar(255)
);
create table projectcategory (
    id numeric(18, 0) not null primary key,
    cname varchar(255),
    description text
);
create table nodeassociation (
    source_node_id numeric(18, 0) not null,
    source_node_entity varchar(60) not null,
    sink_node_id numeric(18, 0) not null,
    sink_node_entity varchar(60) not null,
    association_type varchar(60) not null,
    sequence numeric(9, 0)
);
create table issuestatus (
    id varchar(60) not null primary key,
    sequence numeric(18, 0),
    pname varchar(60),
    description text,
    statuscategory numeric(18, 0)
);
create table issuetype (id varchar(60) not null primary key, pname varchar(60));
create table priority (id varchar(60) not null primary key, pname varchar(60));
create table jiraissue (
    id numeric(18, 0) not null primary key,
    pkey varchar(255),
    issuenum numeric(18, 0),
    project numeric(18, 0),
    reporter varchar(255),
    assignee varchar(255),
    creator varchar(255),
    issuetype varchar(255),
    summary varchar(255) default 'What the customer wrote',
    description text,
    priority varchar(255),
    resolution varchar(255),
    issuestatus varchar(255),
    created timestamptz,
    updated timestamptz,
    duedate timestamptz,
    resolutiondate timestamptz,
    timespent numeric(18, 0)
);
create table changegroup (
    id numeric(18, 0) not null primary key,
    issueid numeric(18, 0),
    author varchar(255),
    created timestamptz
);
create sequence items;
create table changeitem (
    id numeric(18, 0) not null primary key default nextval('items'),
    groupid numeric(18, 0),
    fieldtype varchar(255) default 'jira',
    field varchar(255),
    oldvalue text,
    oldstring text,
    newvalue text,
    newstring text
);
create table jiraaction (
    id numeric(18, 0) not null primary key,
    issueid numeric(18, 0),
    author varchar(255),
    actiontype varchar(255) default 'comment',
    actionlevel varchar(255),
    rolelevel numeric(18, 0),
    actionbody text default 'What was written',
    created timestamptz
);
create table entity_property (
    id numeric(18, 0) not null primary key,
    entity_name varchar(255),
    entity_id numeric(18, 0),
    property_key varchar(255),
    json_value text
);
