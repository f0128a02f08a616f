"""Defects by document, and whether reviewers agree."""

from datetime import date

import pytest

from dashboard.analyses.reviews import agreement, checks, defects_per_10000

MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def documents(*rows) -> dict[str, str]:
    head = "review_id | item_id | work_date | reviewed_at | design | units | defects"
    lines = [
        f"{n} | {n} | 2026-03-02 | 2026-03-05T12:00 | random | {units} | {defects}"
        for n, (units, defects) in enumerate(rows)
    ]
    return {"quality_reviews": "\n".join([head, *lines])}


def test_defects_are_pooled_and_their_interval_is_by_document(asked):
    """EQ3: 160.0 per 10,000 with a standard error of 109.0, not the mean of 150.0."""
    ask = asked(documents((40, 0), (60, 3), (100, 1), (50, 0)))
    rate, low, high = defects_per_10000(ask("errors/documents", *MARCH))
    assert (rate, low) == (pytest.approx(160.0), 0.0)
    assert (high - rate) / 1.959964 == pytest.approx(109.0, abs=0.05)


def test_one_document_has_no_interval(asked):
    ask = asked(documents((40, 1)))
    assert defects_per_10000(ask("errors/documents", *MARCH)) is None


def opinions(both, only_first, only_second, neither) -> dict[str, str]:
    """Items reviewed twice, by two persons."""
    head = "review_id | item_id | work_date | reviewed_at | design | defects | reviewer"
    kinds = (
        [(1, 1)] * both
        + [(1, 0)] * only_first
        + [(0, 1)] * only_second
        + [(0, 0)] * neither
    )
    lines = [
        f"{item}-{who} | {item} | 2026-03-02 | 2026-03-0{who + 3}T12:00 | random "
        f"| {found} | R{who}"
        for item, pair in enumerate(kinds)
        for who, found in enumerate(pair)
    ]
    return {"quality_reviews": "\n".join([head, *lines])}


def test_reviewers_agree_beyond_chance(asked):
    """Kappa of 40, 5, 10, 45 is 0.70."""
    ask = asked(opinions(40, 5, 10, 45))
    twice = ask("errors/reviewed_twice", *MARCH)
    assert agreement(twice) == pytest.approx(0.70)


def test_agreement_needs_twenty_items(asked):
    twice = asked(opinions(9, 0, 0, 10))("errors/reviewed_twice", *MARCH)
    assert twice.total()["twice_items"] == 19
    assert agreement(twice) is None


def test_how_many_checks_are_enough():
    """2 % within one point needs 792; one error in 50 passes work of 5 % in 27.9 %."""
    assert checks(0.02, 0.01, 50, 1).needed == 792
    assert checks(0.05, 0.01, 50, 1).passing == pytest.approx(0.279, abs=0.0005)
    assert checks(0.05, 0.01, 50, 0).highest == pytest.approx(0.058, abs=0.0005)
