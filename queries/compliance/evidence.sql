-- Evidence on file
-- Are the pieces of evidence that cases need on file?
--
-- One row per state of the case and kind of work: completed in the period, or open at the as-of
-- moment. Of evidence only what is on file now is told, not since when.
--
-- Parameters:
--   period_from       completions from this instant on
--   period_to         completions before this instant
--   as_of             facts before this instant count
--
-- Columns:
--   case_state        completed or open
--   work_type         kind of work
--   evidence_items    cases that need evidence
--   complete_items    of these, every piece is on file; higher is better
--   missing_pieces    pieces that are not on file; lower is better
--
-- Rates:
--   evidence_complete   complete_items / evidence_items
--
-- Metrics:
--   evidence_complete   evidence_complete in % by completed_at; higher is better; version 1,
--                     compliance; open cases beside, where it is too early to judge
--
-- Cases:
--   evidence_items    records/compliance where needs_evidence = true
--   complete_items    records/compliance where needs_evidence = true, is_evidence_missing = false
--   missing_pieces    records/compliance summing missing_pieces where needs_evidence = true

with

told as (

    select
        item_stays.work_type,
        case
            when item_stays.left_at is null or item_stays.left_at >= :as_of then 'open'
            when
                item_stays.completed_at >= :period_from
                and item_stays.completed_at < :period_to
                and item_stays.completed_at < :as_of
                then 'completed'
        end as case_state,
        ext_compliance.evidence_required - coalesce(ext_compliance.evidence_present, 0)
            as difference
    from ext_compliance
    inner join item_stays
        on ext_compliance.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)
        and ext_compliance.evidence_required > 0

)

select
    case_state,
    work_type,
    count(*) as evidence_items,
    count(case when difference <= 0 then 1 end) as complete_items,
    cast(sum(case when difference > 0 then difference else 0 end) as bigint) as missing_pieces
from told
where case_state is not null
group by case_state, work_type
order by case_state, work_type
