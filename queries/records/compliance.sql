-- Legal cases
-- Which legal deadlines ended in the period, which cases are open, and is their evidence on file?
--
-- One row per case whose last day allowed was in the period and is over, that was completed in the
-- period, or that is open.
--
-- Parameters:
--   period_start        last days from this day on
--   period_end          last days before this day
--   period_from         completions from this instant on
--   period_to           completions before this instant
--   as_of               facts before this instant count; days count from its day
--   grain = week        day, week or month that bucket_on starts
--
-- Columns:
--   item_id             the case
--   department          department that answers for it
--   team                team that has it, or had it last
--   employee            person it is assigned to
--   work_type           kind of work
--   priority            priority
--   channel             how it came in
--   client              for whom
--   received_at         first arrival
--   statutory_due       last day that the law allows
--   completed_at        done, in force then
--   cancelled_at        ended without being done, in force then
--   outcome             of deadlines of the period: met, late completed, late open, late cancelled
--                       or cancelled before due
--   bucket_on           first day of the day, week or month of the last day allowed
--   late_days           calendar days past the deadline, to the end or to the as-of day
--   case_state          completed in the period, or open
--   days_left           calendar days from the as-of day to the last day allowed, of an open case
--   left_band           the same in bands
--   needs_evidence      some evidence is required
--   evidence_required   pieces of evidence that it needs
--   evidence_present    of these, pieces on file
--   is_evidence_missing   some are not on file
--   missing_pieces      pieces that are not on file

with

stood as (

    select
        item_stays.*,
        ext_compliance.statutory_due,
        ext_compliance.evidence_required,
        ext_compliance.evidence_present,
        ext_compliance.evidence_required - coalesce(ext_compliance.evidence_present, 0)
            as difference,
        case when item_stays.completed_at < :as_of then day_of(item_stays.completed_at) end
            as done_on,
        case when item_stays.cancelled_at < :as_of then day_of(item_stays.cancelled_at) end
            as cancelled_on,
        case
            when item_stays.left_at is null or item_stays.left_at >= :as_of then 'open'
            when
                item_stays.completed_at >= :period_from
                and item_stays.completed_at < :period_to
                and item_stays.completed_at < :as_of
                then 'completed'
        end as case_state
    from ext_compliance
    inner join item_stays
        on ext_compliance.item_id = item_stays.item_id
    where
        item_stays.entered_at < :as_of
        and (item_stays.next_entered_at is null or item_stays.next_entered_at >= :as_of)

),

judged as (

    select
        *,
        coalesce(
            statutory_due >= :period_start
            and statutory_due < :period_end
            and statutory_due < day_of(:as_of),
            false
        ) as is_due,
        case
            when cancelled_on <= statutory_due then 'cancelled before due'
            when done_on <= statutory_due then 'met'
            when done_on is not null then 'late completed'
            when cancelled_on is not null then 'late cancelled'
            else 'late open'
        end as outcome,
        case when case_state = 'open' then days_between(day_of(:as_of), statutory_due) end
            as days_left
    from stood

),

banded as (

    select
        *,
        case
            when days_left is null then 7
            when days_left < 0 then 1
            when days_left <= 7 then 2
            when days_left <= 14 then 3
            when days_left <= 30 then 4
            when days_left <= 90 then 5
            else 6
        end as band_number
    from judged

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
    statutory_due,
    case when completed_at < :as_of then completed_at end as completed_at,
    case when cancelled_at < :as_of then cancelled_at end as cancelled_at,
    case when is_due then outcome end as outcome,
    bucket_start(statutory_due, :grain) as bucket_on,
    case
        when is_due and outcome in ('late completed', 'late open', 'late cancelled')
            then days_between(statutory_due, coalesce(done_on, cancelled_on, day_of(:as_of)))
    end as late_days,
    case_state,
    days_left,
    case
        when case_state != 'open' or case_state is null then null
        when band_number = 1 then 'past the deadline'
        when band_number = 2 then '0 to 7 days left'
        when band_number = 3 then '8 to 14 days left'
        when band_number = 4 then '15 to 30 days left'
        when band_number = 5 then '31 to 90 days left'
        when band_number = 6 then 'over 90 days left'
        else 'no legal deadline'
    end as left_band,
    coalesce(evidence_required > 0, false) as needs_evidence,
    evidence_required,
    evidence_present,
    coalesce(difference > 0, false) as is_evidence_missing,
    case when difference > 0 then difference else 0 end as missing_pieces
from banded
where
    is_due
    or case_state is not null
order by received_at, item_id
