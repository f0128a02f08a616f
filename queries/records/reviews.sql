-- Reviews
-- Which work of the period was checked, and what was found?
--
-- One row per review of work done in the period.
--
-- Parameters:
--   period_start        first day of work counted
--   period_end          first day no longer counted
--   as_of               reviews made before this instant count
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   review_id           the review
--   item_id             the item checked
--   work_date           day the work was done
--   reviewed_at         when it was checked
--   design              random, targeted or customer
--   reviewer            person or role that checked
--   units               units checked
--   defects             units found wrong
--   critical_defects    of these, critical ones
--   error_type          what was wrong; unclassified if there is a defect and no word
--                      for it
--   is_counted          the earliest random review of its item, which the error rate
--                      counts
--   is_defective        it found a defect
--   is_critical         it found a critical defect
--   has_units           it tells how many units were checked
--   is_second_opinion   at random, by the second person who checked the item
--   bucket_on           first day of the day, week or month of the work
--   month_on            first day of the month of the work
--   department          department that answers for the item
--   team                team that has it, or had it last
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   employee            person it is assigned to

with

reviews as (

    select
        *,
        row_number() over (
            partition by item_id, design, reviewer, defects >= 0
            order by reviewed_at, review_id
        ) as own_number
    from quality_reviews
    where reviewed_at < :as_of

),

opinions as (

    select
        review_id,
        item_id,
        row_number() over (
            partition by item_id
            order by reviewed_at, review_id
        ) as opinion_number
    from reviews
    where
        design = 'random'
        and reviewer is not null
        and defects >= 0
        and own_number = 1

)

select
    reviews.review_id,
    reviews.item_id,
    reviews.work_date,
    reviews.reviewed_at,
    reviews.design,
    reviews.reviewer,
    reviews.units,
    reviews.defects,
    reviews.critical_defects,
    case
        when reviews.defects > 0 then coalesce(reviews.error_type, 'unclassified')
        else reviews.error_type
    end as error_type,
    first_reviews.review_id is not null as is_counted,
    reviews.defects > 0 as is_defective,
    coalesce(reviews.critical_defects > 0, false) as is_critical,
    coalesce(reviews.units > 0, false) as has_units,
    coalesce(opinions.opinion_number = 2, false) as is_second_opinion,
    bucket_start(reviews.work_date, :grain) as bucket_on,
    month_start(reviews.work_date) as month_on,
    work_items.department,
    work_items.team,
    work_items.work_type,
    work_items.priority,
    work_items.channel,
    work_items.client,
    work_items.employee
from reviews
left join work_items
    on reviews.item_id = work_items.item_id
left join first_reviews
    on
        reviews.review_id = first_reviews.review_id
        and reviews.item_id = first_reviews.item_id
left join opinions
    on
        reviews.review_id = opinions.review_id
        and reviews.item_id = opinions.item_id
where
    reviews.work_date >= :period_start
    and reviews.work_date < :period_end
order by reviews.reviewed_at, reviews.review_id
