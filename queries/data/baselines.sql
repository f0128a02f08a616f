-- Baselines in force
-- From when to when was each metric as usual, by whose decision?
--
-- One row per metric and scope: the decision last made before the as-of moment.
--
-- Parameters:
--   as_of            decisions before this instant count
--
-- Columns:
--   metric           key of the metric
--   department       department, or null for all
--   team             team, or null for all
--   starts_on        first day of the baseline
--   ends_on          first day no longer
--   decided_at       when this was decided
--   author           who decided it
--   reason           why limits count from here

with

ranked as (

    select
        metric,
        department,
        team,
        starts_on,
        ends_on,
        decided_at,
        author,
        reason,
        row_number() over (
            partition by metric, department, team
            order by decided_at desc, starts_on desc, ends_on desc
        ) as decision_number
    from baselines
    where decided_at < :as_of

)

select
    metric,
    department,
    team,
    starts_on,
    ends_on,
    decided_at,
    author,
    reason
from ranked
where decision_number = 1
order by metric, department, team, starts_on
