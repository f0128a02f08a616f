-- Data entry items
-- Which keyed items did the period complete or check, and what was found?
--
-- One row per keyed item that was completed in the period, or whose work of the period
-- has a random review.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions and reviews before this instant count
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   item_id             the item
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   received_at         first arrival
--   completed_at        done, in force then
--   bucket_on           first day of the day, week or month of the completion
--   is_completed        completed in the period
--   is_keyed_twice      two people keyed fields of it
--   fields_twice        fields keyed by two people, before validation
--   fields_differing    of these, fields where the two differ
--   is_reviewed         its earliest random review is of work done in the period
--   work_date           day the reviewed work was done
--   work_bucket_on      first day of the day, week or month of that day
--   reviewed_fields     fields checked in that review
--   wrong_fields        of these, fields found wrong
--   critical_fields     of these, critical ones

with

reviewed as (

    select *
    from first_reviews
    where
        reviewed_at < :as_of
        and work_date >= :period_start
        and work_date < :period_end

),

keyed as (

    select
        item_stays.*,
        ext_data_entry.fields_twice,
        ext_data_entry.fields_differing,
        item_stays.completed_at >= :period_from
        and item_stays.completed_at < :period_to
        and item_stays.completed_at < :as_of as is_completed
    from ext_data_entry
    inner join item_stays
        on ext_data_entry.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

)

select
    keyed.item_id,
    keyed.department,
    keyed.team,
    keyed.employee,
    keyed.work_type,
    keyed.priority,
    keyed.channel,
    keyed.client,
    keyed.received_at,
    case when keyed.completed_at < :as_of then keyed.completed_at end as completed_at,
    case when keyed.is_completed then bucket_start(day_of(keyed.completed_at), :grain) end
        as bucket_on,
    coalesce(keyed.is_completed, false) as is_completed,
    coalesce(keyed.fields_twice > 0, false) as is_keyed_twice,
    keyed.fields_twice,
    keyed.fields_differing,
    reviewed.item_id is not null as is_reviewed,
    reviewed.work_date,
    bucket_start(reviewed.work_date, :grain) as work_bucket_on,
    reviewed.units as reviewed_fields,
    reviewed.defects as wrong_fields,
    reviewed.critical_defects as critical_fields
from keyed
left join reviewed
    on keyed.item_id = reviewed.item_id
where
    keyed.is_completed
    or reviewed.item_id is not null
order by keyed.received_at, keyed.item_id
