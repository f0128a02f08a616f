"""The Streamlit pieces that pages are built from."""

from dashboard.components.asking import (
    answer,
    answer_of,
    filters,
    level,
    load,
    missing,
    remark,
    targets,
)
from dashboard.components.control import count_control, gaps_control, rate_control
from dashboard.components.data_rules import (
    data_rules,
    data_rules_by_group,
    failing_by_month,
    owners_of_failing,
)
from dashboard.components.departments import choose, extended, only_with
from dashboard.components.durations import duration_over_time
from dashboard.components.explained import extract
from dashboard.components.figures import chart, lines, table
from dashboard.components.freshness import freshness
from dashboard.components.live_contacts import desk_wait
from dashboard.components.rates import rate_by_group, rate_funnel, rate_over_time
from dashboard.components.record_list import records
from dashboard.components.reviews import defect_rate, enough_checks, reviewer_agreement
from dashboard.components.tiles import Tile, tiles
from dashboard.components.time_in_work import full_day, time_in_work, times_with_open
from dashboard.components.unusual import unusual_groups

__all__ = [
    "Tile",
    "answer",
    "answer_of",
    "chart",
    "count_control",
    "data_rules",
    "data_rules_by_group",
    "defect_rate",
    "enough_checks",
    "choose",
    "desk_wait",
    "duration_over_time",
    "extended",
    "extract",
    "failing_by_month",
    "filters",
    "freshness",
    "full_day",
    "gaps_control",
    "level",
    "lines",
    "load",
    "missing",
    "only_with",
    "owners_of_failing",
    "rate_by_group",
    "rate_control",
    "rate_funnel",
    "rate_over_time",
    "records",
    "reviewer_agreement",
    "remark",
    "table",
    "targets",
    "tiles",
    "time_in_work",
    "times_with_open",
    "unusual_groups",
]
