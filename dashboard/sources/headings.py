"""Which column of a table is likely to be which of ours, by what it is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

Alike = Callable[[str, str], bool]

# our column -> what offices and trackers call it, the likeliest first
CALLED = {
    "item_id": "item id, item no, ticket number, ticket id, ticket no, ticket, "
    "case number, case id, case no, case, invoice number, invoice no, request id, "
    "request no, order no, number, reference, ref, ref no, inv ref, inv no, "
    "invoice ref, bill no, voucher no, voucher, document no, doc no, claim no, job no, "
    "key, id, no, name",
    "received_at": "received at, received, received on, date received, receipt date, "
    "opened at, opened, opened on, open date, created at, created, created on, "
    "date created, creation, creation date, create date, logged, logged at, "
    "logged on, date in, in date, dt recd, date recd, recd date, recd on, recd, "
    "date of receipt, received dt, rcvd, rcvd on, dt rcvd, submitted, submitted on, "
    "arrived, arrived on, in",
    "started_at": "started at, started, start date, work started, picked up, "
    "in progress since, started on, begun, work begun, date started",
    "completed_at": "completed at, completed, completed on, done, done on, date done, "
    "closed at, closed, closed on, close date, close at, closed date, resolved at, "
    "resolved, resolved on, resolution date, finished, finished at, date out, "
    "end date, booked, booked on, booking date, posted on, processed on, "
    "date processed, date closed, dt closed, finished on, completion date, "
    "completed date, out date, out, date out",
    "cancelled_at": "cancelled at, cancelled, cancelled on, date cancelled, "
    "canceled at, canceled, canceled on, date canceled, cancellation date, "
    "withdrawn, withdrawn on, voided, voided on",
    "due_at": "due at, due, due on, due date, deadline, date deadline, target date, "
    "sla due, promised, to be done by, response by, resolve by, due by, due dt, "
    "pay by, "
    "dt due, tat due, tat date, tat due date, sla date, sla due date, expected by",
    "first_due_at": "first due at, original due date, original deadline, first promise",
    "department": "department, dept, division, business unit, process, function, "
    "dept name, department name",
    "team": "team, group, queue, squad, unit, assignment group, group name, "
    "team name, queue name, support group",
    "employee": "employee, assignee, assigned to, owner, agent, handled by, "
    "processor, processed by, done by, person, staff, user, worker, executive, "
    "associate, analyst, agent name, employee name, allocated to, allotted to, "
    "booked by, specialist, clerk, name of processor, by",
    "work_type": "work type, type, category, kind, task type, request type, "
    "issue type, transaction type, document type, subject type, type of doc, "
    "doc type, type of document, type of work, type of request, nature of work, "
    "sub type, case type, ticket type",
    "priority": "priority, urgency, prio, severity",
    "channel": "channel, source, received via, medium, origin, mode, mode of receipt",
    "client": "client, customer, account, company, organisation, organization, vendor, "
    "supplier, partner, customer name, client name, vendor name, party, party name, "
    "supplier name, account name",
    "status": "status, state, stage, current status, case status, ticket status",
    "standard_minutes": "standard minutes, standard time, std minutes, target minutes",
    "handling_minutes": "handling minutes, handling time, time spent, minutes, "
    "minutes spent, mins spent, mins, min, aht, effort, duration minutes, "
    "work minutes, time taken, handle time, duration",
    "amount": "amount, value, total, sum, invoice amount, gross amount, net amount, "
    "price, amt, invoice value, bill amount, inv amount, inv value",
}
# What offices call the time that work may take; with or without the unit of it.
PROMISES = (
    *("sla", "sla time", "sla target", "target sla", "tat", "agreed tat", "target tat"),
    *("sla tat", "turnaround", "turnaround time", "turn around", "turn around time"),
    *("promised within", "to be done within", "service level", "service level target"),
    *("target time", "time allowed", "allowed time"),
)
PROMISED_IN = ("target", "allowed", "promised")  # with a unit alone
_UNITS = re.compile(
    r"( in)?( (working|business))? (h|hrs?|hours?|days?|d|wd|bd|mins?|minutes?)$"
)
VAGUE = ("", "date", "day", "time", "no", "number", "id", "name")
_WORDS = {
    name: [called.strip() for called in text.split(",")]
    for name, text in CALLED.items()
}


def likely_columns(headings: Iterable[str]) -> Mapping[str, str]:
    """For columns of ours, the heading that most likely is it; each is used once.

    Exact names win over names that only begin or end so, such as "Date received (UK)".
    """
    free = {heading: spoken(heading) for heading in headings}
    found: dict[str, str] = {}
    for is_alike in (_is_equal, _is_part):
        for name, called in _WORDS.items():
            if name not in found:
                likely = _first(called, free, is_alike)
                if likely is not None:
                    found[name] = likely
                    del free[likely]
    return {name: found[name] for name in CALLED if name in found}


def called_so(heading: str, lower: str = "") -> tuple[str, ...]:
    """The columns of ours that are called just so.

    Of a heading of two rows, `lower` is what the lower one says: below Request, Ticket
    is a ticket, and below Received, Date is the date received.
    """
    named = _named(spoken(heading), _is_equal)
    return named or (_named(spoken(lower), _is_equal) if lower else ())


def sounding_so(heading: str, lower: str = "") -> tuple[str, ...]:
    """The columns of ours whose name, of some length, the heading contains.

    Of a heading of two rows the lower one counts, if it is not as vague as Date.
    """
    said = spoken(lower)
    return _named(said if said not in VAGUE else spoken(heading), _contains)


def names_promise(heading: str) -> bool:
    """Whether it is called like a time that work may take, and like nothing of ours."""
    words = spoken(heading)
    if any(_named(words, _is_equal)):
        return False
    base = _UNITS.sub("", words)
    return base in PROMISES or (base != words and base in PROMISED_IN)


def _contains(words: str, said: str) -> bool:
    return len(words) > 3 and f" {words} " in f" {said} "


def _named(said: str, is_alike: Alike) -> tuple[str, ...]:
    return tuple(
        name
        for name, called in _WORDS.items()
        if any(is_alike(words, said) for words in called)
    )


def spoken(heading: str) -> str:
    """A heading as it is spoken: lower case, words apart, no brackets."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", re.sub(r"\([^)]*\)", "", heading))
    return " ".join(re.findall(r"[^\W_]+", apart.lower()))


def _first(called: list[str], free: dict[str, str], is_alike: Alike) -> str | None:
    for words in called:
        for heading, said in free.items():
            if is_alike(words, said):
                return heading
    return None


def _is_equal(words: str, said: str) -> bool:
    return words == said


def _is_part(words: str, said: str) -> bool:
    """A name of several words, or a long one, within a longer heading."""
    return len(words) > 4 and f" {words} " in f" {said} "
