-- Targets in force
-- What are we measured against?
--
-- One row per metric and scope.
--
-- Parameters:
--   as_of            targets in force on the day of this instant
--
-- Columns:
--   metric           key of the metric
--   department       department, or null for all
--   team             team, or null for all
--   work_type        kind of work, or null for all
--   value            the target, in the unit of the metric

select
    metric,
    department,
    team,
    work_type,
    value
from targets
where
    (valid_from is null or valid_from <= day_of(:as_of))
    and (valid_to is null or valid_to > day_of(:as_of))
order by metric, department, team, work_type, value
