"""How often reviewed work is wrong, where, and of what kind."""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    defect_rate,
    enough_checks,
    level,
    lines,
    missing,
    rate_by_group,
    rate_control,
    rate_funnel,
    rate_over_time,
    reviewer_agreement,
    targets,
    tiles,
)
from dashboard.words import RANGE

aim = targets().get("error_rate")
score = answer("errors/error_rate_by_bucket")
found = (
    Tile(score, "With errors", "defective_items"),
    Tile(score, "With critical errors", "critical_items"),
)
tiles(
    Tile(score, "Error rate", "error_rate", better="down", target=aim),
    Tile(score, "Reviewed", "reviewed_items"),
    *(found if score.total()["reviewed_items"] else ()),
)

designs = answer("errors/review_designs")
if not any(designs.total().get(name) for name in designs.query.columns):
    missing(
        "There are no reviews here in this period, so error rates have no value, which "
        "is not zero. To have them, map the relation quality_reviews."
    )
else:
    by_day_of_work = (
        "Random reviews only, by the day the work was done. Whether riskier work was "
        "checked than before is in the chart with the same mix, further down."
    )
    has_limits = rate_control(
        "errors/error_rate_by_bucket",
        "error_rate",
        metric="error_rate",
        better="down",
        target=aim,
        rare="any",
        note=by_day_of_work,
    )
    if not has_limits:
        rate_over_time(
            answer("errors/error_rate_by_bucket"),
            "error_rate",
            target=aim,
            note=by_day_of_work,
        )
    rate_control(
        "errors/error_rate_by_bucket",
        "critical_error_rate",
        metric="critical_error_rate",
        better="down",
        rare="critical",
        title="Critical errors",
    )

    defect_rate()

    types = answer("errors/error_types")
    chart(
        types,
        charts.pareto(
            types.rows,
            label="error_type",
            value="defects",
            share="cumulative_share",
            unit="defects",
        ),
        note="A bar is a number of defects, of which an item may have several. Mend "
        "from the top.",
        opens="defects",
    )

    groups = answer("errors/error_rate_by_group")
    rate_funnel(groups, "error_rate", "team", title="Error rate by team, %")
    for group in dict.fromkeys((level(), "work_type")):
        if group != "team":  # teams are in the funnel
            rate_by_group(
                groups,
                "error_rate",
                group,
                metric="error_rate",
                title=f"Error rate by {group.replace('_', ' ')}, %",
                note=RANGE,
            )

    mix = answer("errors/mix_by_month").weighted(
        "error_rate", "completed_items", "month_on"
    )
    chart(
        mix,
        charts.trend(
            mix.rows,
            x="month_on",
            y="error_rate",
            count="reviewed_items",
            partial="is_partial",
            reference="error_rate_weighted",
            reference_name="same mix",
        ),
        title="Error rate as checked, and with the same mix as all work, %",
        note="Dotted: the rate if the work checked had the same mix of kinds as all "
        "completed work. Where the lines part, riskier or safer work was checked, and "
        "quality need not have changed: trust the dotted line.",
        opens="reviewed_items",
    )

    rate_by_group(
        answer("errors/coverage_by_group"),
        "review_coverage",
        level(),
        title=f"Random reviews by {level().replace('_', ' ')}, % of completed work",
        note="Of what was completed in the period, checked at random whenever: not the "
        "count of Reviewed above, which goes by the day of the work. Where little is "
        "checked, errors go unseen.",
    )
    lines(
        designs,
        columns=("reviewed_items", "targeted_reviews", "customer_reviews"),
        title="Which reviews count in the error rate",
        note="Only the random ones: targeted reviews look where errors are expected, "
        "and customers report only errors.",
    )
    reviewer_agreement()
    enough_checks(score.total()["error_rate"])

rate_over_time(
    answer("errors/reopened_by_bucket"),
    "reopen_rate",
    note="Hollow points will still rise: within 30 days more may come back.",
)
