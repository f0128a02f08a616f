create table ost_staff (
    staff_id int(11) unsigned not null auto_increment primary key,
    dept_id int(10) unsigned not null default 0,
    username varchar(32) not null default '',
    firstname varchar(32) default null,
    lastname varchar(32) default null,
    email varchar(128) default null,
    phone varchar(24) not null default '',
    isactive tinyint(1) not null default 1,
    created datetime not null default '2026-01-01',
    updated datetime not null default '2026-01-01'
) default charset = utf8;
create table ost_department (
    id int(11) unsigned not null auto_increment primary key,
    pid int(11) unsigned default null,
    sla_id int(10) unsigned not null default 0,
    schedule_id int(10) unsigned not null default 0,
    name varchar(128) not null default '',
    path varchar(128) not null default '/'
) default charset = utf8;
create table ost_sla (
    id int(11) unsigned not null auto_increment primary key,
    schedule_id int(10) unsigned not null default 0,
    isactive tinyint(1) unsigned not null default 1,
    grace_period int(10) unsigned not null default 0,
    name varchar(64) not null default ''
) default charset = utf8;
create table ost_help_topic (
    topic_id int(11) unsigned not null auto_increment primary key,
    topic varchar(128) not null default ''
) default charset = utf8;
create table ost_organization (
    id int(11) unsigned not null auto_increment primary key,
    name varchar(128) not null default ''
) default charset = utf8;
create table ost_user (
    id int(10) unsigned not null auto_increment primary key,
    org_id int(10) unsigned not null default 0,
    name varchar(128) not null
) default charset = utf8;
create table ost_ticket_status (
    id int(11) not null auto_increment primary key,
    name varchar(60) not null default '',
    state varchar(16) default null
) default charset = utf8;
create table ost_ticket_priority (
    priority_id tinyint(4) not null auto_increment primary key,
    priority varchar(60) not null default '',
    priority_desc varchar(30) not null default ''
) default charset = utf8;
create table ost_ticket__cdata (
    ticket_id int(11) unsigned not null primary key,
    subject mediumtext,
    priority mediumtext
) default charset = utf8;
create table ost_ticket (
    ticket_id int(11) unsigned not null auto_increment primary key,
    ticket_pid int(11) unsigned default null,
    number varchar(20),
    user_id int(11) unsigned not null default 0,
    status_id int(10) unsigned not null default 0,
    dept_id int(10) unsigned not null default 0,
    sla_id int(10) unsigned not null default 0,
    topic_id int(10) unsigned not null default 0,
    staff_id int(10) unsigned not null default 0,
    team_id int(10) unsigned not null default 0,
    flags int(10) unsigned not null default 0,
    ip_address varchar(64) not null default '',
    source enum('Web', 'Email', 'Phone', 'API', 'Other') not null default 'Other',
    isoverdue tinyint(1) unsigned not null default 0,
    duedate datetime default null,
    est_duedate datetime default null,
    reopened datetime default null,
    closed datetime default null,
    lastupdate datetime default null,
    created datetime not null,
    updated datetime not null
) default charset = utf8;
create table ost_thread (
    id int(11) unsigned not null auto_increment primary key,
    object_id int(11) unsigned not null,
    object_type char(1) not null
) default charset = utf8;
create table ost_thread_entry (
    id int(11) unsigned not null auto_increment primary key,
    thread_id int(11) unsigned not null default 0,
    staff_id int(11) unsigned not null default 0,
    user_id int(11) unsigned not null default 0,
    type char(1) not null default '',
    poster varchar(128) not null default '',
    body text not null default 'What was written',
    created datetime not null
) default charset = utf8;
create table ost_event (
    id int(10) unsigned not null auto_increment primary key,
    name varchar(60) not null
) default charset = utf8;
create table ost_thread_event (
    id int(10) unsigned not null auto_increment primary key,
    thread_id int(11) unsigned not null default 0,
    thread_type char(1) not null default 'T',
    event_id int(11) unsigned default null,
    staff_id int(11) unsigned not null default 0,
    team_id int(11) unsigned not null default 0,
    dept_id int(11) unsigned not null,
    topic_id int(11) unsigned not null default 0,
    data varchar(1024) default null,
    username varchar(128) not null default 'SYSTEM',
    uid int(11) unsigned default null,
    uid_type char(1) not null default 'S',
    annulled tinyint(1) unsigned not null default 0,
    timestamp datetime not null
) default charset = utf8;
