-- Offers accepted
-- How many of the offers made are accepted?
--
-- One row per day, week or month with an offer.
--
-- Parameters:
--   period_start        first day of the period
--   period_end          first day no longer in it
--   period_from         offers from this instant on
--   period_to           offers before this instant
--   as_of               facts before this instant count
--   told_until          moment up to which the data tells what happened
--   grain = week        day, week or month
--
-- Columns:
--   bucket_on           first day of the day, week or month of the offer
--   made_offers         offers made
--   accepted_offers     of these, accepted so far; higher is better
--   unanswered_offers   of these, still without an answer: they count as not accepted so far
--   is_partial          the period cuts it, or some of its offers are unanswered
--
-- Rates:
--   offer_acceptance    accepted_offers / made_offers
--
-- Metrics:
--   offer_acceptance    offer_acceptance in % by offered_at; higher is better; version 1, people;
--                       unanswered offers are in the denominator, and partial
--
-- Cases:
--   made_offers         records/human_resources where is_offered = true
--   accepted_offers     records/human_resources where is_offered = true, offer_outcome = accepted
--   unanswered_offers   records/human_resources where is_offered = true, offer_outcome = unanswered

with

offers as (

    select
        bucket_start(day_of(ext_human_resources.offered_at), :grain) as bucket_on,
        coalesce(ext_human_resources.accepted_at < :as_of, false) as is_accepted,
        coalesce(item_stays.left_at < :as_of, false) as is_ended
    from ext_human_resources
    inner join item_stays
        on ext_human_resources.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_human_resources.offered_at >= :period_from
        and ext_human_resources.offered_at < :period_to
        and ext_human_resources.offered_at < :as_of

),

counted as (

    select
        bucket_on,
        count(*) as made_offers,
        count(case when is_accepted then 1 end) as accepted_offers,
        count(case when not is_accepted and not is_ended then 1 end) as unanswered_offers
    from offers
    group by bucket_on

)

select
    bucket_on,
    made_offers,
    accepted_offers,
    unanswered_offers,
    unanswered_offers > 0
    or is_cut(bucket_on, :grain, :period_start, :period_end, :told_until) as is_partial
from counted
order by bucket_on
