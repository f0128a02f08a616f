"""How often reviewed work is wrong, where, and of what kind."""

from dashboard import charts
from dashboard.components import (
    Tile,
    answer,
    chart,
    level,
    missing,
    table,
    targets,
    tiles,
)

aim = targets().get("error_rate")
score = answer("overview/scorecard")
tiles(
    score,
    [
        Tile("Error rate", "error_rate", better="down", target=aim),
        Tile("Items reviewed at random", "reviewed_items"),
        Tile("Of these with errors", "defective_items", better="down"),
        Tile("Completed", "completed_items"),
    ],
)

designs = answer("errors/review_designs")
if not any(designs.total().get(name) for name in designs.query.columns):
    missing(
        "There are no reviews here in this period, so error rates have no value, which "
        "is not zero. To have them, map the relation quality_reviews."
    )
else:
    errors = answer("errors/error_rate_by_bucket")
    chart(
        errors,
        charts.trend(
            errors.rows,
            x="bucket_on",
            y="error_rate",
            low="error_rate_low",
            high="error_rate_high",
            count="reviewed_items",
            partial="is_partial",
            target=aim,
        ),
        note="Random reviews only, by the day the work was done; the band is the range "
        "that chance allows.",
        opens="reviewed_items",
    )

    types = answer("errors/error_types")
    chart(
        types,
        charts.pareto(
            types.rows, label="error_type", value="defects", share="cumulative_share"
        ),
        note="The line adds up the bars: mend from the left.",
        opens="defects",
    )

    groups = answer("errors/error_rate_by_group")
    for key in dict.fromkeys((level(), "work_type")):
        pooled = groups.by(key).largest("reviewed_items")
        chart(
            pooled,
            charts.dots(
                pooled.rows,
                label=key,
                value="error_rate",
                low="error_rate_low",
                high="error_rate_high",
                count="reviewed_items",
                target=aim,
            ),
            title=f"Error rate by {key.replace('_', ' ')}, %",
            note="The bar is the range that chance allows: do not rank overlaps.",
            opens="reviewed_items",
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
            reference="error_rate_weighted",
            reference_name="at the mix of completed work",
        ),
        title="Error rate, raw and at the mix of completed work, %",
        note="Where they part, checks moved to riskier or safer work; quality need not "
        "have changed.",
        opens="reviewed_items",
    )

    coverage = answer("errors/coverage_by_group").by(level()).largest("completed_items")
    chart(
        coverage,
        charts.dots(
            coverage.rows,
            label=level(),
            value="review_coverage",
            low="review_coverage_low",
            high="review_coverage_high",
            count="completed_items",
        ),
        title=f"What is never checked? Random reviews by {level().replace('_', ' ')}, "
        "% of completed work",
        opens="covered_items",
    )
    table(designs, title="Reviews of the period by design")

again = answer("errors/reopened_by_bucket")
chart(
    again,
    charts.trend(
        again.rows,
        x="bucket_on",
        y="reopen_rate",
        low="reopen_rate_low",
        high="reopen_rate_high",
        count="completed_items",
        partial="is_partial",
    ),
    note="Hollow until 30 days have passed: some of these may still come back.",
    opens="reopened_items",
)
