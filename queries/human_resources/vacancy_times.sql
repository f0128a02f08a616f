-- Time to fill, open vacancies included
-- How long does it take to fill a vacancy, with those that are still open?
--
-- One row per team, time and outcome, over the approved vacancies that were open in the period.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         the first day as an instant
--   period_to           the end as an instant
--   as_of               the period ends here if this is earlier
--
-- Columns:
--   group_name          team that has the vacancy, or had it last
--   entry_days          calendar days since the approval on the day before the period began; empty
--                       for what was approved in the period
--   exit_days           calendar days from the approval to the accepted offer, or to the end of the
--                       period for what was still open
--   outcome             completed: filled; open: not yet; cancelled: ended without an acceptance;
--                       faulty: accepted before the approval or the application
--   items               vacancies
--
-- Metrics:
--   time_to_fill        exit_days

with

known as (

    select
        item_stays.team,
        ext_human_resources.approved_at,
        case when ext_human_resources.applied_at < :as_of then ext_human_resources.applied_at end
            as applied_at,
        case
            when
                ext_human_resources.accepted_at < :as_of
                and ext_human_resources.accepted_at < :period_to
                then ext_human_resources.accepted_at
        end as accepted_at,
        case
            when item_stays.left_at < :as_of and item_stays.left_at < :period_to
                then item_stays.left_at
        end as ended_at
    from ext_human_resources
    inner join item_stays
        on ext_human_resources.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_human_resources.approved_at < :as_of
        and ext_human_resources.approved_at < :period_to
        and (
            ext_human_resources.accepted_at >= :period_from
            or (
                ext_human_resources.accepted_at is null
                and (item_stays.left_at is null or item_stays.left_at >= :period_from)
            )
        )

),

timed as (

    select
        team as group_name,
        case
            when accepted_at < approved_at or accepted_at < applied_at then 'faulty'
            when accepted_at is not null then 'completed'
            when ended_at is not null then 'cancelled'
            else 'open'
        end as outcome,
        case
            when approved_at < :period_from
                then days_between(day_of(approved_at), :period_start) - 1
        end as entry_days,
        days_between(
            day_of(approved_at),
            case
                when accepted_at is not null then day_of(accepted_at)
                when ended_at is not null then day_of(ended_at)
                when :as_of < :period_to then day_of(:as_of)
                else days_after(:period_end, -1)
            end
        ) as exit_days
    from known

)

select
    group_name,
    entry_days,
    exit_days,
    outcome,
    count(*) as items
from timed
group by group_name, entry_days, exit_days, outcome
order by group_name, entry_days, exit_days, outcome
