-- Rules of the data
-- Which rules are the rows of the source held to?
--
-- One row per rule, with the check of source_checks that tells who fails it; whether an
-- event lies in the future is_ahead tells, which each question asks anew.

with

rules as (

    select
        1 as place,
        'completeness' as dimension,
        'Key and receipt are told' as rule,
        'lacks_key' as failed

    union all

    select
        2 as place,
        'completeness' as dimension,
        'Department is told' as rule,
        'lacks_department' as failed

    union all

    select
        3 as place,
        'completeness' as dimension,
        'Team is told' as rule,
        'lacks_team' as failed

    union all

    select
        4 as place,
        'completeness' as dimension,
        'Person is told once done' as rule,
        'lacks_person' as failed

    union all

    select
        5 as place,
        'completeness' as dimension,
        'Kind of work is told' as rule,
        'lacks_work_type' as failed

    union all

    select
        6 as place,
        'completeness' as dimension,
        'Priority is told' as rule,
        'lacks_priority' as failed

    union all

    select
        7 as place,
        'completeness' as dimension,
        'Channel is told' as rule,
        'lacks_channel' as failed

    union all

    select
        8 as place,
        'completeness' as dimension,
        'Client is told' as rule,
        'lacks_client' as failed

    union all

    select
        9 as place,
        'completeness' as dimension,
        'Status is told' as rule,
        'lacks_status' as failed

    union all

    select
        10 as place,
        'completeness' as dimension,
        'Due date is told' as rule,
        'lacks_due' as failed

    union all

    select
        11 as place,
        'completeness' as dimension,
        'Handling time is told once done' as rule,
        'lacks_handling' as failed

    union all

    select
        12 as place,
        'uniqueness' as dimension,
        'Key occurs once' as rule,
        'is_repeated' as failed

    union all

    select
        13 as place,
        'uniqueness' as dimension,
        'No twin of client, amount, day' as rule,
        'is_twin' as failed

    union all

    select
        14 as place,
        'validity' as dimension,
        'Dates from 2000 on, in calendar' as rule,
        'is_astray' as failed

    union all

    select
        15 as place,
        'validity' as dimension,
        'No event of the future' as rule,
        'is_ahead' as failed

    union all

    select
        16 as place,
        'validity' as dimension,
        'No negative time' as rule,
        'is_below_zero' as failed

    union all

    select
        17 as place,
        'validity' as dimension,
        'Kind of work is known' as rule,
        'is_unknown_kind' as failed

    union all

    select
        18 as place,
        'consistency' as dimension,
        'Dates are in order' as rule,
        'is_out_of_order' as failed

    union all

    select
        19 as place,
        'consistency' as dimension,
        'Handling fits the time gone by' as rule,
        'is_beyond_time' as failed

    union all

    select
        20 as place,
        'consistency' as dimension,
        'Status fits the dates' as rule,
        'is_contradicted' as failed

    union all

    select
        21 as place,
        'consistency' as dimension,
        'Review is of an item' as rule,
        'lacks_item' as failed

    union all

    select
        22 as place,
        'consistency' as dimension,
        'Review tells what can be' as rule,
        'is_wrong_review' as failed

    union all

    select
        23 as place,
        'magnitude' as dimension,
        'Amount is of usual size' as rule,
        'is_odd_amount' as failed

    union all

    select
        24 as place,
        'magnitude' as dimension,
        'Handling time is of usual size' as rule,
        'is_odd_time' as failed

)

select
    place,
    dimension,
    rule,
    failed
from rules
order by place
