-- Time to fill and time to hire
-- How long does it take to fill a vacancy, and how long did those hired wait?
--
-- One row, over the offers accepted in the period. Vacancies still open are in no percentile;
-- human_resources/open_vacancies tells their ages.
--
-- Parameters:
--   period_from       acceptances from this instant on
--   period_to         acceptances before this instant
--   as_of             facts before this instant count
--
-- Columns:
--   filled_items      approved vacancies whose offer was accepted
--   fill_days_p50     half took no longer from the approval of the vacancy to the accepted
--                     offer, in calendar days
--   fill_days_p85     85 of 100 took no longer
--   fill_days_p95     95 of 100 took no longer
--   hired_items       applications whose offer was accepted
--   hire_days_p50     half took no longer from the application to the accepted offer, in
--                     calendar days
--   hire_days_p85     85 of 100 took no longer
--   hire_days_p95     95 of 100 took no longer
--   negative_items    accepted before the approval or the application: faults, left out
--
-- Percentiles:
--   fill_days_p50     filled_items
--   fill_days_p85     filled_items
--   fill_days_p95     filled_items
--   hire_days_p50     hired_items
--   hire_days_p85     hired_items
--   hire_days_p95     hired_items
--
-- Metrics:
--   time_to_fill      fill_days_p50 in calendar days by accepted_at; lower is better;
--                     version 1, people; approval to accepted offer; open vacancies stand beside
--   time_to_hire      hire_days_p50 in calendar days by accepted_at; lower is better;
--                     version 1, people; application to accepted offer
--
-- Cases:
--   filled_items      records/human_resources where vacancy_state = filled
--   hired_items       records/human_resources where is_hired = true
--   negative_items    records/human_resources where is_negative = true

with

known as (

    select
        case when ext_human_resources.approved_at < :as_of then ext_human_resources.approved_at end
            as approved_at,
        case when ext_human_resources.applied_at < :as_of then ext_human_resources.applied_at end
            as applied_at,
        ext_human_resources.accepted_at
    from ext_human_resources
    inner join item_stays
        on ext_human_resources.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_human_resources.accepted_at >= :period_from
        and ext_human_resources.accepted_at < :period_to
        and ext_human_resources.accepted_at < :as_of

),

accepted as (

    select
        accepted_at,
        coalesce(accepted_at < approved_at or accepted_at < applied_at, false) as is_negative,
        days_between(day_of(approved_at), day_of(accepted_at)) as fill_days,
        days_between(day_of(applied_at), day_of(accepted_at)) as hire_days
    from known

)

select
    count(case when not is_negative then fill_days end) as filled_items,
    percentile(0.5, case when not is_negative then fill_days end)
        as fill_days_p50,
    percentile(0.85, case when not is_negative then fill_days end)
        as fill_days_p85,
    percentile(0.95, case when not is_negative then fill_days end)
        as fill_days_p95,
    count(case when not is_negative then hire_days end) as hired_items,
    percentile(0.5, case when not is_negative then hire_days end)
        as hire_days_p50,
    percentile(0.85, case when not is_negative then hire_days end)
        as hire_days_p85,
    percentile(0.95, case when not is_negative then hire_days end)
        as hire_days_p95,
    count(case when is_negative then 1 end) as negative_items
from accepted
order by filled_items
