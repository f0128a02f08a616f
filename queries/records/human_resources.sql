-- Recruitment and onboarding
-- Which vacancies, offers and new starters did the period see, and which vacancies are open?
--
-- One row per item of Human Resources whose offer was made or accepted in the period, whose
-- first day fell into it, or whose vacancy is open at the as-of moment.
--
-- Parameters:
--   period_start        first days from this day on
--   period_end          first days before this day
--   period_from         offers from this instant on
--   period_to           offers before this instant
--   as_of               facts before this instant count
--   grain = week        day, week or month that the bucket columns start
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
--   approved_at         vacancy approved
--   applied_at          application received
--   offered_at          offer made
--   accepted_at         offer accepted
--   completed_at        done, in force then
--   vacancy_state       of an approved vacancy: filled, its offer was accepted in the period; open,
--                       neither accepted nor ended at the as-of moment
--   fill_days           calendar days from the approval to the acceptance
--   is_hired            an application whose offer was accepted in the period
--   hire_days           calendar days from the application to the acceptance
--   is_negative         accepted before the approval or the application: a fault
--   accepted_bucket_on  first day of the day, week or month of the acceptance
--   open_days           calendar days since the approval of an open vacancy
--   days_band           the same in bands
--   is_offered          an offer was made in the period
--   offer_outcome       accepted, unanswered, or not accepted: the item ended without
--   bucket_on           first day of the day, week or month of the offer
--   first_day_on        first day of a new starter
--   first_day_bucket_on   first day of its day, week or month
--   is_starter          the first day fell into the period, is over, and was not cancelled until
--                       then
--   is_done_by_day_1    onboarding done by the end of the first day
--   is_day_30_over      the thirtieth day of the starter is over
--   is_done_by_day_30   onboarding done by the end of the thirtieth day

with

stood as (

    select
        item_stays.*,
        case when ext_human_resources.approved_at < :as_of then ext_human_resources.approved_at end
            as approved_at,
        case when ext_human_resources.applied_at < :as_of then ext_human_resources.applied_at end
            as applied_at,
        case when ext_human_resources.offered_at < :as_of then ext_human_resources.offered_at end
            as offered_at,
        case when ext_human_resources.accepted_at < :as_of then ext_human_resources.accepted_at end
            as accepted_at,
        day_of(ext_human_resources.onboarding_due) as first_day_on,
        coalesce(item_stays.left_at < :as_of, false) as is_ended,
        case when item_stays.completed_at < :as_of then day_of(item_stays.completed_at) end
            as done_on
    from ext_human_resources
    inner join item_stays
        on ext_human_resources.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

judged as (

    select
        *,
        coalesce(accepted_at >= :period_from and accepted_at < :period_to, false) as is_accepted,
        coalesce(accepted_at < approved_at or accepted_at < applied_at, false) as is_negative,
        coalesce(offered_at >= :period_from and offered_at < :period_to, false) as is_offered,
        approved_at is not null and accepted_at is null and not is_ended as is_open,
        days_between(day_of(approved_at), day_of(:as_of)) as age_days,
        coalesce(
            first_day_on >= :period_start
            and first_day_on < :period_end
            and first_day_on < day_of(:as_of)
            and (
                cancelled_at is null
                or cancelled_at >= :as_of
                or day_of(cancelled_at) > first_day_on
            ),
            false
        ) as is_starter
    from stood

)

select
    item_id,
    department,
    team,
    employee,
    work_type,
    priority,
    channel,
    client,
    received_at,
    approved_at,
    applied_at,
    offered_at,
    accepted_at,
    case when completed_at < :as_of then completed_at end as completed_at,
    case
        when is_open then 'open'
        when is_accepted and approved_at is not null and not is_negative then 'filled'
    end as vacancy_state,
    days_between(day_of(approved_at), day_of(accepted_at)) as fill_days,
    is_accepted and applied_at is not null and not is_negative as is_hired,
    days_between(day_of(applied_at), day_of(accepted_at)) as hire_days,
    is_accepted and is_negative as is_negative,
    bucket_start(day_of(accepted_at), :grain) as accepted_bucket_on,
    case when is_open then age_days end as open_days,
    case
        when not is_open then null
        when age_days <= 14 then '0 to 14 days'
        when age_days <= 30 then '15 to 30 days'
        when age_days <= 60 then '31 to 60 days'
        when age_days <= 90 then '61 to 90 days'
        else 'over 90 days'
    end as days_band,
    is_offered,
    case
        when offered_at is null then null
        when accepted_at is not null then 'accepted'
        when is_ended then 'not accepted'
        else 'unanswered'
    end as offer_outcome,
    bucket_start(day_of(offered_at), :grain) as bucket_on,
    first_day_on,
    bucket_start(first_day_on, :grain) as first_day_bucket_on,
    is_starter,
    coalesce(done_on <= first_day_on, false) as is_done_by_day_1,
    coalesce(days_after(first_day_on, 29) < day_of(:as_of), false) as is_day_30_over,
    coalesce(done_on <= days_after(first_day_on, 29), false) as is_done_by_day_30
from judged
where
    is_accepted
    or is_offered
    or is_open
    or is_starter
order by received_at, item_id
