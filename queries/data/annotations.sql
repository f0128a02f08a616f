-- Remarks on days
-- What happened on these days that figures cannot tell?
--
-- One row per remark written before the as-of moment, whatever the period.
--
-- Parameters:
--   as_of            remarks written before this instant count
--
-- Columns:
--   starts_on        the day, or the first of several
--   ends_on          first day no longer; null for one day
--   department       department it is about, or null for all
--   team             team it is about, or null for all
--   metric           key of the metric it is about, or null for all
--   remark           what happened, in words
--   author           who wrote it
--   written_at       when it was written

select
    starts_on,
    ends_on,
    department,
    team,
    metric,
    remark,
    author,
    written_at
from annotations
where written_at < :as_of
order by
    starts_on, ends_on, department, team, metric, written_at, remark, author
