"""Rows that tell what cannot be wait where the mapping says so, and come back mended."""

from __future__ import annotations

import pytest

from dashboard.errors import ImportFileError
from tests.office import HEADER, counts
from tests.test_quarantine import Ward

HEADER_ENDED = HEADER.replace("Cost", "Cost,Closed")
IMPOSSIBLE = "1,AP,2024-01-05,5,2024-01-09; 2,AP,2024-01-05,6,2023-01-09"
ENDED = {
    "columns": 'closed = { from = "Closed", type = "instant" }',
    "items": 'completed_at = "closed"',
}


@pytest.fixture
def office(tmp_path):
    return Ward(tmp_path)


@pytest.mark.case("completed_before_received")
def test_an_impossible_row_counts_unless_the_mapping_refuses_it(office):
    office.map(**ENDED)
    report = office.load(IMPOSSIBLE, header=HEADER_ENDED)
    assert office.items() == "1 AP 5; 2 AP 6"
    assert "Items that end before they are received: 1 (2)" in report.warnings[0]


@pytest.mark.case("completed_before_received")
def test_a_refused_impossible_row_waits_and_comes_back_mended(office):
    office.map('refuse = ["completed_before_received"]', **ENDED)
    report = office.load(IMPOSSIBLE, header=HEADER_ENDED)
    assert report.refused == {"Closed is before Opened": 1}
    assert office.codes() == ["completed_before_received"]
    assert counts(office.mend(("2023-01-09", "2024-01-10"))) == [(1, 0, 0, 0)]
    assert office.items() == "1 AP 5; 2 AP 6"
    office.load(IMPOSSIBLE + "; 3,AP,2024-01-05,7,", header=HEADER_ENDED)
    assert office.items() == "1 AP 5; 2 AP 6; 3 AP 7"
    assert office.waiting() == []


def test_an_item_that_ends_as_it_is_received_is_none_of_these(office):
    office.map('refuse = ["completed_before_received"]', **ENDED)
    office.load("1,AP,2024-01-05,5,2024-01-05", header=HEADER_ENDED)
    assert office.items() == "1 AP 5"


@pytest.mark.parametrize(
    ("refuse", "message"),
    [
        ("late", "refuse may hold completed_before_received, "),
        ("due_before_received", "needs a line due_at in [work_items]"),
    ],
)
def test_only_what_the_mapping_tells_can_be_refused(office, refuse, message):
    office.map(f'refuse = ["{refuse}"]')
    with pytest.raises(ImportFileError) as caught:
        office.load("1,AP,2024-01-05,5")
    assert message in str(caught.value)
