-- Keying by group
-- How exactly are fields keyed, and whose need a look?
--
-- One row per department, team and kind of work with keyed items that were completed in
-- the period, or whose work of the period has a random review.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions and reviews before this instant count
--
-- Columns:
--   department          department that answers for the item
--   team                team that has it, or had it last
--   work_type           kind of work
--   completed_items     keyed items completed
--   twice_items         those of which two people keyed fields
--   fields_twice        fields keyed by two people, before validation
--   fields_differing    of these, fields where the two differ; lower is better
--   reviewed_items      keyed items with a random review, by the day of the work
--   reviewed_fields     fields checked in the earliest one
--   wrong_fields        of these, fields found wrong; lower is better
--   critical_fields     of these, critical ones; lower is better; empty where the source
--                       tells none
--   reviewed_ten_thousands   fields checked, in units of ten thousand
--
-- Rates:
--   mismatch            fields_differing / fields_twice
--
-- Ratios:
--   errors_per_10000    wrong_fields / reviewed_ten_thousands
--   critical_per_10000  critical_fields / reviewed_ten_thousands
--
-- Metrics:
--   data_entry_mismatch  mismatch in % by completed_at; lower is better; version 1, quality;
--                       fields that two people keyed differently before validation, of the
--                       fields keyed by both
--   data_entry_errors   errors_per_10000 in errors per 10,000 fields by work_date; lower is
--                       better; version 1, quality; earliest random review of an item only;
--                       a correction after validation is no entry error
--   data_entry_critical_errors  critical_per_10000 in errors per 10,000 fields by work_date;
--                       lower is better; version 1, quality; critical fields apart
--
-- Cases:
--   completed_items     records/data_entry where is_completed = true
--   twice_items         records/data_entry where is_completed = true, is_keyed_twice = true
--   fields_twice        records/data_entry summing fields_twice where is_completed = true
--   fields_differing    records/data_entry summing fields_differing where is_completed = true
--   reviewed_items      records/data_entry where is_reviewed = true
--   reviewed_fields     records/data_entry summing reviewed_fields where is_reviewed = true
--   wrong_fields        records/data_entry summing wrong_fields where is_reviewed = true
--   critical_fields     records/data_entry summing critical_fields where is_reviewed = true

with

reviewed as (

    select
        item_id,
        units,
        defects,
        critical_defects
    from first_reviews
    where
        reviewed_at < :as_of
        and work_date >= :period_start
        and work_date < :period_end

),

keyed as (

    select
        item_stays.item_id,
        item_stays.department,
        item_stays.team,
        item_stays.work_type,
        ext_data_entry.fields_twice,
        ext_data_entry.fields_differing,
        case
            when
                item_stays.completed_at >= :period_from
                and item_stays.completed_at < :period_to
                and item_stays.completed_at < :as_of
                then 1
        end as is_completed
    from ext_data_entry
    inner join item_stays
        on ext_data_entry.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

counted as (

    select
        keyed.department,
        keyed.team,
        keyed.work_type,
        count(keyed.is_completed) as completed_items,
        count(case when keyed.fields_twice > 0 then keyed.is_completed end) as twice_items,
        sum(keyed.is_completed * keyed.fields_twice) as fields_twice,
        sum(keyed.is_completed * keyed.fields_differing) as fields_differing,
        count(reviewed.item_id) as reviewed_items,
        sum(reviewed.units) as reviewed_fields,
        sum(reviewed.defects) as wrong_fields,
        sum(reviewed.critical_defects) as critical_fields
    from keyed
    left join reviewed
        on keyed.item_id = reviewed.item_id
    group by keyed.department, keyed.team, keyed.work_type

)

select
    department,
    team,
    work_type,
    completed_items,
    twice_items,
    cast(coalesce(fields_twice, 0) as bigint) as fields_twice,
    cast(coalesce(fields_differing, 0) as bigint) as fields_differing,
    reviewed_items,
    cast(coalesce(reviewed_fields, 0) as bigint) as reviewed_fields,
    cast(coalesce(wrong_fields, 0) as bigint) as wrong_fields,
    case
        when 'critical defect' in (select fact from source_facts)
            then cast(coalesce(critical_fields, 0) as bigint)
    end as critical_fields,
    coalesce(reviewed_fields, 0) / 10000.0 as reviewed_ten_thousands
from counted
where
    completed_items > 0
    or reviewed_items > 0
order by department, team, work_type
