create table `tabSingles` (doctype varchar(255), field varchar(255), value longtext)
default charset = utf8mb4 collate = utf8mb4_unicode_ci;
create table `tabUser` (
    name varchar(140) not null primary key,
    creation datetime(6) default '2026-01-01',
    modified datetime(6) default '2026-01-01',
    full_name varchar(140),
    user_type varchar(140),
    phone varchar(140)
) default charset = utf8mb4 collate = utf8mb4_unicode_ci;
create table `tabCustomer` (
    name varchar(140) not null primary key,
    customer_name varchar(140),
    customer_type varchar(140)
) default charset = utf8mb4 collate = utf8mb4_unicode_ci;
create table `tabPause SLA On Status` (
    name varchar(140) not null primary key,
    parent varchar(140),
    parenttype varchar(140) default 'Service Level Agreement',
    status varchar(140)
) default charset = utf8mb4 collate = utf8mb4_unicode_ci;
create table `tabIssue` (
    name varchar(140) not null primary key,
    creation datetime(6),
    modified datetime(6),
    modified_by varchar(140),
    owner varchar(140),
    subject varchar(140) default 'What the customer wrote',
    customer varchar(140),
    raised_by varchar(140) default 'cat@shop.test',
    status varchar(140) default 'Open',
    priority varchar(140),
    issue_type varchar(140),
    service_level_agreement varchar(140),
    response_by datetime(6),
    first_responded_on datetime(6),
    sla_resolution_by datetime(6),
    sla_resolution_date datetime(6),
    company varchar(140),
    email_account varchar(140),
    via_customer_portal tinyint not null default 0,
    _assign text
) default charset = utf8mb4 collate = utf8mb4_unicode_ci;
create table `tabVersion` (
    name varchar(140) not null primary key,
    creation datetime(6),
    owner varchar(140),
    ref_doctype varchar(140) default 'Issue',
    docname varchar(140),
    data longtext
) default charset = utf8mb4 collate = utf8mb4_unicode_ci;
create table `tabCommunication` (
    name varchar(140) not null primary key,
    creation datetime(6),
    owner varchar(140),
    communication_type varchar(140) default 'Communication',
    sent_or_received varchar(140),
    reference_doctype varchar(140) default 'Issue',
    reference_name varchar(140),
    content longtext default 'What was written'
) default charset = utf8mb4 collate = utf8mb4_unicode_ci;
create table `tabToDo` (
    name varchar(140) not null primary key,
    creation datetime(6),
    status varchar(140) default 'Open',
    reference_type varchar(140) default 'Issue',
    reference_name varchar(140),
    allocated_to varchar(140),
    assigned_by varchar(140)
) default charset = utf8mb4 collate = utf8mb4_unicode_ci;
create table `tabService Level Agreement` (
    name varchar(140) not null primary key,
    document_type varchar(140),
    enabled tinyint not null default 1,
    default_service_level_agreement tinyint not null default 0,
    holiday_list varchar(140)
) default charset = utf8mb4 collate = utf8mb4_unicode_ci;
create table `tabService Day` (
    name varchar(140) not null primary key,
    parent varchar(140),
    workday varchar(140),
    start_time time(6),
    end_time time(6)
) default charset = utf8mb4 collate = utf8mb4_unicode_ci;
create table `tabHoliday` (
    name varchar(140) not null primary key,
    parent varchar(140),
    holiday_date date,
    weekly_off tinyint not null default 0,
    description longtext
) default charset = utf8mb4 collate = utf8mb4_unicode_ci;
