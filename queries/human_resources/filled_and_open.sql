-- Filled and open vacancies
-- How old are open vacancies beside the time that filled ones took?
--
-- One row per state: filled in the period, or open at the as-of moment.
--
-- Parameters:
--   period_from       acceptances from this instant on
--   period_to         acceptances before this instant
--   as_of             facts before this instant count
--
-- Columns:
--   vacancy_state     filled or open
--   vacancies         approved vacancies in this state
--   vacancy_days_p50  calendar days since the approval, to the accepted offer or to the as-of
--                     moment: half took, or have waited, no longer
--   vacancy_days_p85  85 of 100 took, or have waited, no longer
--
-- Percentiles:
--   vacancy_days_p50  vacancies
--   vacancy_days_p85  vacancies
--
-- Cases:
--   vacancies         records/human_resources

with

known as (

    select
        ext_human_resources.approved_at,
        case when ext_human_resources.applied_at < :as_of then ext_human_resources.applied_at end
            as applied_at,
        case when ext_human_resources.accepted_at < :as_of then ext_human_resources.accepted_at end
            as accepted_at,
        coalesce(item_stays.left_at < :as_of, false) as is_ended
    from ext_human_resources
    inner join item_stays
        on ext_human_resources.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_human_resources.approved_at < :as_of

),

told as (

    select
        case
            when accepted_at is null and not is_ended then 'open'
            when
                accepted_at >= :period_from
                and accepted_at < :period_to
                and accepted_at >= approved_at
                and (applied_at is null or accepted_at >= applied_at)
                then 'filled'
        end as vacancy_state,
        days_between(day_of(approved_at), day_of(coalesce(accepted_at, :as_of))) as vacancy_days
    from known

)

select
    vacancy_state,
    count(*) as vacancies,
    percentile(0.5, vacancy_days) as vacancy_days_p50,
    percentile(0.85, vacancy_days) as vacancy_days_p85
from told
where vacancy_state is not null
group by vacancy_state
order by vacancy_state
