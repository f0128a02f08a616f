"""What people call the columns of work_items; questions name them so."""

CALLED = {
    "item_id": "the number or key of each item",
    "department": "the department",
    "team": "the team",
    "employee": "the person who does it",
    "work_type": "the kind of work",
    "priority": "the priority",
    "channel": "how it came in: by mail, by phone",
    "client": "the client, for whom the work is done",
    "status": "the status",
    "received_at": "the date it came in",
    "started_at": "the date work on it began",
    "first_due_at": "the due date that was promised first",
    "due_at": "the due date",
    "completed_at": "the date it was done",
    "cancelled_at": "the date it was ended without being done",
    "standard_minutes": "the minutes that such work takes as a rule",
    "handling_minutes": "the minutes that it took",
    "amount": "the amount of money",
}
