-- Corrections of payslips
-- What did errors in payslips come to?
--
-- One row per currency, team and kind of work with payslips of the period that were
-- corrected.
--
-- Parameters:
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               completions before this instant count
--
-- Columns:
--   currency            currency of the amounts; one is never added to another
--   team                team that has it, or had it last
--   work_type           kind of work
--   corrected_slips     payslips that had to be corrected by money; lower is better
--   paid_amount         paid because too little had been paid; lower is better
--   taken_back_amount   taken back because too much had been paid; lower is better
--   corrected_amount    both together: what was wrong; lower is better
--
-- Metrics:
--   correction_value    corrected_amount in money by completed_at; lower is better; version 1,
--                       people; too little and too much are added up, not set off against each
--                       other; one currency at a time
--
-- Cases:
--   corrected_slips     records/payroll where is_slip = true, is_error = true

with

corrected as (

    select
        ext_payroll.currency,
        item_stays.team,
        item_stays.work_type,
        ext_payroll.correction_amount
    from ext_payroll
    inner join item_stays
        on ext_payroll.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_payroll.close_task is null
        and item_stays.completed_at >= :period_from
        and item_stays.completed_at < :period_to
        and item_stays.completed_at < :as_of
        and ext_payroll.correction_amount <> 0

)

select
    currency,
    team,
    work_type,
    count(*) as corrected_slips,
    coalesce(sum(case when correction_amount > 0 then correction_amount end), 0)
        as paid_amount,
    coalesce(sum(case when correction_amount < 0 then -correction_amount end), 0)
        as taken_back_amount,
    sum(abs(correction_amount)) as corrected_amount
from corrected
group by currency, team, work_type
order by currency, team, work_type
