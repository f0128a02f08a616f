"""What departments tell more in the sample: never against their items, and plausible."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from sample_data.build import build

TOLD = {  # every instant that has to lie before the moment of the data
    "ext_human_resources": ("approved_at", "applied_at", "offered_at", "accepted_at"),
    "ext_customer_support": ("abandoned_at",),
    "ext_it_support": ("restored_at", "resolved_at"),
    "ext_document_management": ("requested_at", "found_at"),
    "ext_outsourced": ("delivered_at",),
}
CONTRADICTIONS = {
    "a vacancy goes step by step": """
        ext_human_resources where approved_at > applied_at or applied_at > offered_at
        or offered_at > accepted_at
    """,
    "an offer is accepted before the item is done": """
        ext_human_resources inner join work_items using (item_id)
        where accepted_at > completed_at
    """,
    "who gave up was answered by nobody": """
        ext_customer_support inner join work_events using (item_id)
        where abandoned_at is not null and kind = 'replied' and employee is not null
    """,
    "a contact is not merged into itself or into a later one": """
        ext_customer_support where merged_into >= item_id
    """,
    "a service is restored before its cause is removed": """
        ext_it_support where restored_at > resolved_at
    """,
    "the change that an incident names went wrong": """
        ext_it_support as incident
        inner join ext_it_support as change on incident.change_id = change.item_id
        where incident.kind = 'incident' and change.change_ok
    """,
    "nothing is found before it is asked for": """
        ext_document_management where found_at < requested_at
    """,
    "no more evidence is on file than is needed": """
        ext_compliance where evidence_present > evidence_required
    """,
    "outside work is done by outside people": """
        ext_outsourced inner join work_items using (item_id)
        left join employees using (employee) where employment is distinct from 'outsourced'
        and employment is distinct from 'virtual assistant'
    """,
    "work is delivered before it is done": """
        ext_outsourced inner join work_items using (item_id)
        where delivered_at > completed_at
    """,
    "nothing happens to an item before it is received or after it is cancelled": """
        ext_it_support inner join work_items using (item_id)
        where restored_at < received_at or restored_at > cancelled_at
        or resolved_at > cancelled_at
    """,
}
SHARES = {
    "ext_human_resources where offered_at is not null: accepted_at is not null": (
        75,
        92,
    ),
    "ext_customer_support: abandoned_at is not null": (2, 8),
    "ext_customer_support: is_bot": (0.5, 4),
    "ext_it_support where change_ok is not null: change_ok": (85, 99),
    "ext_document_management where found_at is not null: misfiled": (1, 7),
    "ext_compliance: evidence_present < evidence_required": (3, 20),
    "ext_outsourced where accepted_first is not null: accepted_first": (85, 95),
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "operations.duckdb"
    build(path, items=30_000, end=date(2026, 11, 20))
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def one(connection, sql):
    """The only value of the only row."""
    return connection.execute(sql).fetchone()[0]


@pytest.mark.parametrize(
    ("relation", "instant"), [(r, i) for r, instants in TOLD.items() for i in instants]
)
def test_what_departments_tell_lies_before_the_moment_of_the_data(
    sample, relation, instant
):
    newest = one(sample, "select max_changed_at from load_log")
    latest = one(sample, f"select max({instant}) from {relation}")
    assert latest < newest


@pytest.mark.parametrize("rule", CONTRADICTIONS)
def test_what_departments_tell_fits_their_items(sample, rule):
    assert one(sample, f"select count(*) from {CONTRADICTIONS[rule]}") == 0


@pytest.mark.parametrize("share", SHARES)
def test_shares_of_departments_are_those_of_a_real_operation(sample, share):
    relation, _, part = share.partition(": ")
    low, high = SHARES[share]
    found = one(
        sample,
        f"select 100.0 * count(case when {part} then 1 end) / count(*) from {relation}",
    )
    assert low < found < high


def test_few_legal_deadlines_are_missed_and_some_retention_is_on_hold(sample):
    late = one(
        sample,
        """
        select 100.0 * count(case when completed_at::date > statutory_due then 1 end)
            / count(*)
        from ext_compliance inner join work_items using (item_id)
        where completed_at is not null and statutory_due is not null
        """,
    )
    held = one(sample, "select count(*) from ext_document_management where legal_hold")
    assert 0 < late < 5
    assert held > 0
