-- Expiring documents
-- Which documents are no longer valid, or will not be soon?
--
-- One row, over the documents of items that were received and not cancelled.
--
-- Parameters:
--   as_of               documents received before this instant; days count from its day
--
-- Columns:
--   expired_items       documents no longer valid today
--   expiring_30_items   valid today, and no longer within 30 days
--   expiring_60_items   valid today, and no longer within 60 days; the 30 are among them
--   expiring_90_items   valid today, and no longer within 90 days; the 60 are among them
--
-- Metrics:
--   expiring            expiring_30_items in documents by as-of; neither is better; version 1,
--                       operations; beside it 60 and 90 days, and those expired
--
-- Cases:
--   expired_items       records/document_management where expiry_band = expired
--   expiring_30_items   records/document_management where expiry_band = within 30 days
--   expiring_60_items   records/document_management where
--                       expiry_band = within 30 days | 31 to 60 days
--   expiring_90_items   records/document_management where
--                       expiry_band = within 30 days | 31 to 60 days | 61 to 90 days

with

documents as (

    select days_between(day_of(:as_of), ext_document_management.expires_on) as days_left
    from ext_document_management
    inner join item_stays
        on ext_document_management.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and (item_stays.cancelled_at is null or item_stays.cancelled_at >= :as_of)

)

select
    count(case when days_left <= 0 then 1 end) as expired_items,
    count(case when days_left between 1 and 30 then 1 end) as expiring_30_items,
    count(case when days_left between 1 and 60 then 1 end) as expiring_60_items,
    count(case when days_left between 1 and 90 then 1 end) as expiring_90_items
from documents
order by expired_items
