"""A small group may differ much by chance, a large one only a little."""

from datetime import date, timedelta

import pytest

from dashboard.analyses.funnels import compared

DAY = date(2026, 3, 3)
HEAD = "review_id | item_id | work_date | reviewed_at | design | defects"


def reviews(**teams) -> dict[str, str]:
    """Of each team (wrong, checked)."""
    rows, items = [HEAD], ["item_id | received_at | completed_at | team"]
    for team, (wrong, checked) in teams.items():
        for n in range(checked):
            key = f"{team}{n}"
            items.append(f"{key} | {DAY}T08:00 | {DAY}T09:00 | {team}")
            rows.append(f"{key} | {key} | {DAY} | {DAY}T12:00 | random | {n < wrong:d}")
    return {"quality_reviews": "\n".join(rows), "work_items": "\n".join(items)}


@pytest.fixture
def on_funnel(asked):
    def ask(**teams):
        answer = asked(reviews(**teams))(
            "errors/error_rate_by_group", DAY, DAY + timedelta(days=7)
        )
        return compared(answer.by("team"), "error_rate")

    return ask


def test_one_team_of_six_lies_outside(on_funnel):
    """EQ8: E has 10.0 %, above its limit of 9.98 %."""
    found = on_funnel(
        A=(2, 100), B=(3, 120), C=(2, 80), D=(4, 150), E=(9, 90), F=(2, 110)
    )
    assert found.pooled == pytest.approx(22 / 650)
    assert found.different == [("E", "above")]
    assert found.overdispersion == 1.0


def test_a_team_of_too_few_has_no_place_and_is_part_of_the_whole(on_funnel):
    found = on_funnel(A=(2, 100), B=(3, 120), C=(9, 19))
    places = dict(zip("ABC", found.answer.rows["place"].to_pylist(), strict=True))
    assert places["C"] is None
    assert found.pooled == pytest.approx(14 / 239)


def test_one_team_is_not_compared(on_funnel):
    assert on_funnel(A=(2, 100), B=(1, 5)) is None


def test_the_funnel_is_drawn_from_the_smallest_to_the_largest_team(on_funnel):
    sizes = on_funnel(A=(2, 100), B=(3, 120), C=(1, 20)).limits["n"].to_pylist()
    assert (sizes[0], sizes[-1]) == (20, 120)
    assert sizes == sorted(sizes)
