-- Time to fill and time to hire over time
-- Are vacancies filled faster or slower than before?
--
-- One row per day, week or month with an accepted offer.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         acceptances from this instant on
--   period_to           acceptances before this instant
--   as_of               facts before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   accepted_bucket_on  first day of the day, week or month of the acceptance
--   filled_items        approved vacancies whose offer was accepted
--   fill_days_p50       calendar days from the approval of the vacancy to the accepted offer:
--                       half took no longer
--   fill_days_p85       85 of 100 took no longer
--   hired_items         applications whose offer was accepted
--   hire_days_p50       calendar days from the application to the accepted offer: half took no
--                       longer
--   hire_days_p85       85 of 100 took no longer
--   is_partial          the period or the end of the data cuts it
--
-- Percentiles:
--   fill_days_p50       filled_items
--   fill_days_p85       filled_items
--   hire_days_p50       hired_items
--   hire_days_p85       hired_items
--
-- Metrics:
--   time_to_fill        fill_days_p50
--   time_to_hire        hire_days_p50
--
-- Cases:
--   filled_items        records/human_resources where vacancy_state = filled
--   hired_items         records/human_resources where is_hired = true

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
    bucket_start(day_of(accepted_at), :grain) as accepted_bucket_on,
    count(case when not is_negative then fill_days end) as filled_items,
    percentile(0.5, case when not is_negative then fill_days end)
        as fill_days_p50,
    percentile(0.85, case when not is_negative then fill_days end)
        as fill_days_p85,
    count(case when not is_negative then hire_days end) as hired_items,
    percentile(0.5, case when not is_negative then hire_days end)
        as hire_days_p50,
    percentile(0.85, case when not is_negative then hire_days end)
        as hire_days_p85,
    is_cut(
        bucket_start(day_of(accepted_at), :grain),
        :grain,
        :period_start,
        :period_end,
        :told_until
    ) as is_partial
from accepted
group by bucket_start(day_of(accepted_at), :grain)
order by accepted_bucket_on
