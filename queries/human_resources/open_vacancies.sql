-- Open vacancies by age
-- How long have vacancies been open that nobody has accepted yet?
--
-- One row per band of calendar days since the approval.
--
-- Parameters:
--   as_of             vacancies approved before and open at this instant
--
-- Columns:
--   band_number       1 to 5, from young to old
--   days_band         calendar days since the approval, midnights crossed
--   open_items        approved vacancies, neither accepted nor ended
--   offered_items     of these, with an offer that waits for its answer
--
-- Metrics:
--   open_vacancies    open_items in vacancies by as-of; lower is better; version 1, people;
--                     not in time_to_fill, whose percentiles know filled ones only
--
-- Cases:
--   open_items        records/human_resources where vacancy_state = open
--   offered_items     records/human_resources where vacancy_state = open,
--                     offer_outcome = unanswered

with

waiting as (

    select
        ext_human_resources.offered_at,
        days_between(day_of(ext_human_resources.approved_at), day_of(:as_of)) as age_days
    from ext_human_resources
    inner join item_stays
        on ext_human_resources.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.left_at is null or item_stays.left_at >= :as_of)
        and ext_human_resources.approved_at < :as_of
        and (
            ext_human_resources.accepted_at is null
            or ext_human_resources.accepted_at >= :as_of
        )

),

banded as (

    select
        offered_at,
        case
            when age_days <= 14 then 1
            when age_days <= 30 then 2
            when age_days <= 60 then 3
            when age_days <= 90 then 4
            else 5
        end as band_number
    from waiting

)

select
    band_number,
    case band_number
        when 1 then '0 to 14 days'
        when 2 then '15 to 30 days'
        when 3 then '31 to 60 days'
        when 4 then '61 to 90 days'
        else 'over 90 days'
    end as days_band,
    count(*) as open_items,
    count(case when offered_at < :as_of then 1 end) as offered_items
from banded
group by band_number
order by band_number
