-- Days left until legal deadlines
-- How many calendar days are left for open cases?
--
-- One row per band of calendar days left, over the open cases.
--
-- Parameters:
--   as_of             cases open at this instant; days count from its day
--
-- Columns:
--   band_number       1 to 7, from past the deadline to far away; 7 has none
--   left_band         calendar days from the as-of day to the last day allowed
--   open_items        open cases
--   incomplete_items  of these, evidence is missing
--
-- Metrics:
--   statutory_days_left   open_items in cases by as-of; neither is better; version 1, compliance;
--                     calendar days; the last day itself has 0 days left
--
-- Cases:
--   open_items        records/compliance where case_state = open
--   incomplete_items  records/compliance where case_state = open, is_evidence_missing = true

with

open_cases as (

    select
        ext_compliance.evidence_required,
        ext_compliance.evidence_present,
        days_between(day_of(:as_of), ext_compliance.statutory_due) as days_left
    from ext_compliance
    inner join item_stays
        on ext_compliance.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and (item_stays.left_at is null or item_stays.left_at >= :as_of)

),

banded as (

    select
        evidence_required > coalesce(evidence_present, 0) as is_incomplete,
        case
            when days_left is null then 7
            when days_left < 0 then 1
            when days_left <= 7 then 2
            when days_left <= 14 then 3
            when days_left <= 30 then 4
            when days_left <= 90 then 5
            else 6
        end as band_number
    from open_cases

)

select
    band_number,
    case band_number
        when 1 then 'past the deadline'
        when 2 then '0 to 7 days left'
        when 3 then '8 to 14 days left'
        when 4 then '15 to 30 days left'
        when 5 then '31 to 90 days left'
        when 6 then 'over 90 days left'
        else 'no legal deadline'
    end as left_band,
    count(*) as open_items,
    count(case when is_incomplete then 1 end) as incomplete_items
from banded
group by band_number
order by band_number
