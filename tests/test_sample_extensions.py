"""What the sample tells of departments is plausible, and agrees with its items."""

import shutil

import duckdb
import pytest

from dashboard.relations import EXTENSIONS
from sample_data.extensions import ROWS

FACTS = [
    ("ext_accounts_payable", "approved_at"),
    ("ext_accounts_payable", "paid_at"),
    ("ext_accounts_receivable", "paid_at"),
    ("ext_order_management", "delivered_at"),
    ("ext_human_resources", "approved_at"),
    ("ext_human_resources", "applied_at"),
    ("ext_human_resources", "offered_at"),
    ("ext_human_resources", "accepted_at"),
    ("ext_customer_support", "abandoned_at"),
    ("ext_it_support", "restored_at"),
    ("ext_it_support", "resolved_at"),
    ("ext_document_management", "requested_at"),
    ("ext_document_management", "found_at"),
    ("ext_outsourced", "delivered_at"),
]
CONTRADICTIONS = {
    "an invoice is approved between receipt and completion, and paid after approval": """
        from ext_accounts_payable join work_items using (item_id)
        where approved_at < received_at or approved_at > completed_at
            or paid_at < approved_at or (paid_at is not null and approved_at is null)
    """,
    "no more discount is taken than offered, and none of what is unpaid": """
        from ext_accounts_payable
        where discount_taken > discount_offered or (discount_taken > 0 and paid_at is null)
    """,
    "a duplicate is of an invoice before it, and is not paid": """
        from ext_accounts_payable as later
        join work_items on later.item_id = work_items.item_id
        left join work_items as before on later.duplicate_of = before.item_id
        where later.duplicate_of is not null
            and (before.received_at is null or later.paid_at is not null
                or before.received_at > work_items.received_at)
    """,
    "what is paid has no balance, and no balance is more than what was sold": """
        from ext_accounts_receivable
        where (paid_at is not null and balance <> 0) or abs(balance) > abs(credit_sales)
    """,
    "nobody pays before the invoice is done": """
        from ext_accounts_receivable join work_items using (item_id)
        where paid_at < completed_at or (paid_at is not null and completed_at is null)
    """,
    "credit notes are negative": """
        from ext_accounts_receivable join work_items using (item_id)
        where credit_sales < 0 and work_type <> 'Credit note' or credit_sales = 0
    """,
    "a promise to pay ends after payment was due": """
        from ext_accounts_receivable where promised_at < payment_due_at
    """,
    "only completed payslips are corrected, and a task of a close is no payslip": """
        from ext_payroll join work_items using (item_id)
        where correction_amount <> 0
            and (completed_at is null or close_task is not null)
    """,
    "a task of a close comes before the end of its period": """
        from ext_payroll join work_items using (item_id)
        where close_task is not null and day_of(received_at) > period_end_on
    """,
    "a line is delivered after its receipt, and never more than ordered": """
        from ext_order_management join work_items using (item_id)
        where delivered_at < received_at or qty_delivered > qty_ordered
            or (delivered_at is null) <> (qty_delivered = 0)
    """,
    "the lines of an order are of one client": """
        from (
            select order_id
            from ext_order_management join work_items using (item_id)
            group by order_id having count(distinct client) > 1
        )
    """,
    "no more fields differ than were keyed twice": """
        from ext_data_entry where fields_differing > fields_twice
    """,
    "a band has a lower end and a higher one": "from ext_bpo where band_lo > band_hi",
    "a vacancy goes step by step, and is filled before the item is done": """
        from ext_human_resources join work_items using (item_id)
        where approved_at > applied_at or applied_at > offered_at
            or offered_at > accepted_at or accepted_at > completed_at
    """,
    "who gave up was answered by nobody": """
        from ext_customer_support join work_events using (item_id)
        where abandoned_at is not null and kind = 'replied' and employee is not null
    """,
    "a contact is merged into one before it": """
        from ext_customer_support as later
        join work_items on later.item_id = work_items.item_id
        join work_items as before on later.merged_into = before.item_id
        where before.received_at > work_items.received_at
    """,
    "an incident is restored, then resolved, and neither after it is cancelled": """
        from ext_it_support join work_items using (item_id)
        where restored_at < received_at or restored_at > resolved_at
            or restored_at > cancelled_at or resolved_at > cancelled_at
    """,
    "the change that an incident names went wrong": """
        from ext_it_support as incident
        join ext_it_support as change on incident.change_id = change.item_id
        where incident.kind = 'incident' and change.change_ok
    """,
    "nothing is found before it is asked for": """
        from ext_document_management where found_at < requested_at
    """,
    "no more evidence is on file than is needed": """
        from ext_compliance where evidence_present > evidence_required
    """,
    "outside people deliver before the item is done": """
        from ext_outsourced join work_items using (item_id)
        left join employees using (employee)
        where coalesce(employment, 'own') = 'own' or delivered_at > completed_at
    """,
}
SHARES = {
    "paid when due": (
        """
        select avg(cast(coalesce(paid_at <= payment_due_at, false) as integer))
        from ext_accounts_payable join work_items using (item_id)
        where payment_due_at < (select as_of from load_log)
            and cancelled_at is null and duplicate_of is null
        """,
        *(0.86, 0.94),
    ),
    "matched at the first attempt": (
        "select avg(cast(matched_first as integer)) from ext_accounts_payable",
        *(0.75, 0.88),
    ),
    "discounts taken": (
        "select avg(cast(discount_taken > 0 as integer)) from ext_accounts_payable"
        " where discount_offered > 0 and paid_at is not null",
        *(0.62, 0.8),
    ),
    "billed twice": ("select count(duplicate_of) / count(*) from ext_accounts_payable", 0, 0.01),
    "promises kept": (
        "select avg(cast(coalesce(paid_at <= promised_at, false) as integer))"
        " from ext_accounts_receivable"
        " where promised_at < (select as_of from load_log)",
        *(0.6, 0.82),
    ),
    "error-free payslips": (
        "select avg(cast(coalesce(correction_amount, 0) = 0 as integer))"
        " from ext_payroll where close_task is null",
        *(0.96, 0.99),
    ),
    "lines as promised": (
        """
        select avg(cast(coalesce(
            delivered_at <= first_due_at and qty_delivered = qty_ordered, false
        ) as integer))
        from ext_order_management join work_items using (item_id)
        where first_due_at < (select as_of from load_log)
            and not coalesce(cancelled_at <= first_due_at, false)
        """,
        *(0.78, 0.9),
    ),
    "fields keyed differently": (
        "select sum(fields_differing) / sum(fields_twice) from ext_data_entry",
        *(0.005, 0.009),
    ),
    "offers accepted": (
        "select avg(cast(accepted_at is not null as integer))"
        " from ext_human_resources where offered_at is not null",
        *(0.75, 0.92),
    ),
    "contacts given up": (
        "select avg(cast(abandoned_at is not null as integer))"
        " from ext_customer_support",
        *(0.02, 0.08),
    ),
    "spam": ("select avg(cast(is_bot as integer)) from ext_customer_support", 0.003, 0.04),
    "clean changes": ("select avg(cast(change_ok as integer)) from ext_it_support", 0.85, 0.99),
    "misfiled": (
        "select avg(cast(misfiled as integer)) from ext_document_management",
        *(0.01, 0.07),
    ),
    "legal deadlines missed": (
        """
        select avg(cast(cast(completed_at as date) > statutory_due as integer))
        from ext_compliance join work_items using (item_id)
        """,
        *(0, 0.05),
    ),
    "accepted at first delivery": (
        "select avg(cast(accepted_first as integer)) from ext_outsourced",
        *(0.87, 0.94),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def ask(small_sample, tmp_path_factory):
    """The one value of a select over a copy: one file, one way to open it a process."""
    path = tmp_path_factory.mktemp("extensions") / "operations.duckdb"
    shutil.copy(small_sample.path, path)
    with duckdb.connect(str(path), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchone()[0]


def test_only_extensions_that_there_are_have_rows():
    assert set(ROWS) <= set(EXTENSIONS)


@pytest.mark.parametrize("department", ROWS)
def test_every_row_is_of_an_item_and_no_item_has_two(ask, department):
    name = f"ext_{department}"
    assert ask(f"select count(*) from {name}") > 0
    assert ask(f"select count(*) from {name} anti join work_items using (item_id)") == 0
    assert ask(f"select count(*) - count(distinct item_id) from {name}") == 0


@pytest.mark.parametrize(("relation", "instant"), FACTS)
def test_all_facts_lie_before_the_moment_of_the_data(ask, relation, instant):
    newest = ask(f"select max({instant}) from {relation}")
    assert newest < ask("select as_of from load_log")


@pytest.mark.parametrize("rule", CONTRADICTIONS)
def test_rows_do_not_contradict_each_other(ask, rule):
    assert ask(f"select count(*) {CONTRADICTIONS[rule]}") == 0


@pytest.mark.parametrize("share", SHARES)
def test_shares_are_those_of_a_real_department(ask, share):
    sql, low, high = SHARES[share]
    assert low <= ask(sql) <= high
