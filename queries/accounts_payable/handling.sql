-- Handling of invoices
-- How much goes through at the first attempt, and without a hand?
--
-- One row per department, team and kind of work with invoices received or approved in the
-- period.
--
-- Parameters:
--   period_from         receipts and approvals from this instant on
--   period_to           receipts and approvals before this instant
--   as_of               facts before this instant count
--
-- Columns:
--   department          department that answers for the item
--   team                team that has it, or had it last
--   work_type           kind of work
--   approved_items      invoices and claims approved in the period
--   matching_items      those of which it is told whether they matched order and receipt
--   matched_items       those that matched at the first attempt; higher is better
--   touched_items       those approved of which it is told how often people touched them
--   touchless_items     those that nobody had to touch; higher is better
--   received_items      invoices and claims received in the period
--   duplicate_items     those that bill what another had billed before; lower is better
--   received_ten_thousands   invoices and claims received, in units of ten thousand
--
-- Rates:
--   first_match         matched_items / matching_items
--   touchless           touchless_items / touched_items
--
-- Ratios:
--   duplicates_per_10000   duplicate_items / received_ten_thousands
--
-- Metrics:
--   first_match         first_match in % by approved_at; higher is better; version 1,
--                       finance; items without a word on matching are left out
--   touchless           touchless in % by approved_at; higher is better; version 1, finance;
--                       no touch at all by a person
--   duplicates          duplicates_per_10000 in duplicates per 10,000 by received_at; lower is
--                       better; version 1, finance; of invoices and claims; the item that
--                       billed first is none
--
-- Cases:
--   approved_items      records/accounts_payable where is_approved = true
--   matching_items      records/accounts_payable where is_approved = true, matched_first =
--                       true | false
--   matched_items       records/accounts_payable where is_approved = true, matched_first =
--                       true
--   touched_items       records/accounts_payable where is_approved = true, is_touchless =
--                       true | false
--   touchless_items     records/accounts_payable where is_approved = true, is_touchless = true
--   received_items      records/accounts_payable where is_received = true
--   duplicate_items     records/accounts_payable where is_received = true, is_duplicate = true

with

bills as (

    select
        item_stays.department,
        item_stays.team,
        item_stays.work_type,
        case
            when
                ext_accounts_payable.approved_at >= :period_from
                and ext_accounts_payable.approved_at < :period_to
                and ext_accounts_payable.approved_at < :as_of
                then 1
        end as is_approved,
        case
            when
                item_stays.received_at >= :period_from
                and item_stays.received_at < :period_to
                then 1
        end as is_received,
        ext_accounts_payable.matched_first,
        ext_accounts_payable.touches,
        ext_accounts_payable.duplicate_of
    from ext_accounts_payable
    inner join item_stays
        on ext_accounts_payable.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

counted as (

    select
        department,
        team,
        work_type,
        count(is_approved) as approved_items,
        count(case when matched_first is not null then is_approved end) as matching_items,
        count(case when matched_first then is_approved end) as matched_items,
        count(case when touches is not null then is_approved end) as touched_items,
        count(case when touches = 0 then is_approved end) as touchless_items,
        count(is_received) as received_items,
        count(case when duplicate_of is not null then is_received end) as duplicate_items
    from bills
    group by department, team, work_type

)

select
    department,
    team,
    work_type,
    approved_items,
    matching_items,
    matched_items,
    touched_items,
    touchless_items,
    received_items,
    duplicate_items,
    received_items / 10000.0 as received_ten_thousands
from counted
where
    approved_items > 0
    or received_items > 0
order by department, team, work_type
