-- Targets over time
-- What were we, are we and will we be measured against?
--
-- One row per metric, scope and day from which it counts.
--
-- Columns:
--   metric           key of the metric
--   department       department, or null for all
--   team             team, or null for all
--   work_type        kind of work, or null for all
--   value            the target, in the unit of the metric
--   valid_from       first day of this row
--   valid_to         first day no longer; null while in force

select
    metric,
    department,
    team,
    work_type,
    value,
    valid_from,
    valid_to
from targets
order by metric, department, team, work_type, valid_from, valid_to, value
