"""What departments tell of their items beyond the common relations, in words.

One extension relation per department, `ext_<department>`, with one row per item. Every
column but the item is optional, and so is the whole relation: a department whose
extension has rows has a page of its own.
"""

from __future__ import annotations

from dashboard.relations.relation import BY_STAY, Column, Reach, Relation, columns

# department -> (what one row is about, its columns besides item_id)
EXTENSIONS = {
    "data_entry": (
        "item keyed",
        """
    fields_twice      count  fields keyed by two people, before validation
    fields_differing  count  of these, fields where the two differ
    """,
    ),
    "accounts_payable": (
        "supplier invoice, expense claim or credit note",
        """
    approved_at       instant  approved for payment
    paid_at           instant  paid
    payment_due_at    instant  when payment is due; the promise of the item if empty
    matched_first     flag     matched order and receipt at the first attempt
    touches           count    times that a person had to touch it; 0 is touchless
    duplicate_of      text     item that had billed the same before
    discount_offered  money    discount for early payment
    discount_taken    money    of this, what was taken
    currency          text     currency of these and of the item's amount
    """,
    ),
    "accounts_receivable": (
        "customer invoice or credit note",
        """
    credit_sales    money    sold on credit by it; negative for a credit note
    balance         money    of this, what the customer owes now
    unapplied_cash  money    money received that is not matched to invoices yet
    payment_due_at  instant  when payment is due; the promise of the item if empty
    promised_at     instant  until when the customer promised to pay
    paid_at         instant  paid in full
    currency        text     currency of these sums
    """,
    ),
    "payroll": (
        "payslip, or task of a close",
        """
    run_id             text     payroll run, or close, that it belongs to
    run_due_at         instant  when the run has to be ready; the last promise if empty
    off_cycle          flag     paid outside of the usual run
    correction_amount  money    paid or taken back to correct it; empty if error-free
    currency           text     currency of the correction
    close_task         text     what the task of a close is; empty for a payslip
    period_end_on      date     last day of the period that a close closes
    """,
    ),
    "human_resources": (
        "vacancy, application or new starter",
        """
    approved_at     instant  vacancy approved
    applied_at      instant  application received
    offered_at      instant  offer made
    accepted_at     instant  offer accepted
    onboarding_due  instant  until when the onboarding has to be done
    """,
    ),
    "customer_support": (
        "contact",
        """
    abandoned_at  instant  given up by the customer before an answer
    merged_into   text     item that it was merged into
    is_bot        flag     sent by a machine, or spam
    """,
    ),
    "it_support": (
        "incident, request or change",
        """
    kind         text     incident, request or change; an incident where it is empty
    restored_at  instant  the service worked again
    resolved_at  instant  the cause was removed
    change_id    text     change that it is, or that caused it
    change_ok    flag     the change went in without an incident
    """,
    ),
    "document_management": (
        "document, or request for one",
        """
    requested_at   instant  asked for
    found_at       instant  found and handed out
    misfiled       flag     it was not where it belonged
    expires_on     date     day from which it is no longer valid
    retention_due  date     day from which it has to be destroyed or reviewed
    legal_hold     flag     it must be kept, whatever its age
    """,
    ),
    "compliance": (
        "case with a legal deadline",
        """
    statutory_due      date   last day that the law allows
    evidence_required  count  pieces of evidence that it needs
    evidence_present   count  of these, pieces on file
    """,
    ),
    "order_management": (
        "line of an order",
        """
    order_id       text     order that it is a line of
    qty_ordered    count    units ordered
    qty_delivered  count    units delivered, all deliveries together
    delivered_at   instant  last delivery
    requested_at   instant  until when the customer wants it
    """,
    ),
    "bpo": (
        "item under the contract of a client",
        """
    contract_minutes  minutes  working minutes that the contract allows from receipt
    band_lo           count    fewest items a month that the client commits to
    band_hi           count    most items a month that we commit to
    credit_rate       money    credit to the client for an item beyond the contract
    currency          text     currency of the credit
    calendar          text     calendar of the contract; that of the item if empty
    """,
    ),
    "outsourced": (
        "item done by an outside person",
        """
    delivered_at    instant  first delivery
    accepted_first  flag     accepted as first delivered
    hours_bought    value    hours paid for it
    """,
    ),
}


def extension(department: str, grain: str, told: str) -> Relation:
    """What one department tells of its items beyond the common relations."""
    return Relation(
        name=f"ext_{department}",
        grain=grain,
        columns=(Column("item_id", "text", "the item"), *columns(told)),
        required=("item_id",),
        reach=BY_STAY,
        scope=Reach("item_id", through="item_stays"),
        unique="item_id",
    )
