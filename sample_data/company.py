"""The invented company: departments, teams, kinds of work and the words it uses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.working_time import ALL_WEEK, OFFICE

SOURCE = "Sample: Larkmere Business Services, an invented company"
ZONE = "Europe/London"
VENDOR = "Norvane Outsourcing"

CLIENTS = (
    *("Ashdown Retail", "Bexcombe Foods", "Calderby Homes", "Dunmere Travel"),
    *("Eastholt Energy", "Farrowby Motors", "Glenside Clinics", "Hartwick Hotels"),
    *("Inverleigh Media", "Kestrel Logistics", "Lowmoor Textiles", "Marlbrook Pharma"),
    *("Netherfield Books", "Oakhaven Care", "Penrith Water", "Quayside Fish"),
    *("Rosedale Schools", "Stanhill Tools", "Thornaby Telecom", "Upwood Timber"),
)
PRIORITIES = ("Critical", "High", "Normal", "Low")
PRIORITY_SHARES = (0.05, 0.18, 0.60, 0.17)
PRIORITY_PACE = np.array([0.2, 0.5, 1.0, 1.4])  # of the days allowed, and of waiting
CHANNELS = ("E-mail", "Portal", "Phone", "Scan", "EDI", "Chat")
STATUSES = ("New", "In progress", "On hold", "Checking", "Done", "Cancelled")
EMPLOYMENTS = ("own", "outsourced", "virtual assistant")
ERROR_TYPES = (
    *("Wrong amount", "Wrong date", "Missing document", "Wrong account"),
    *("Misplaced decimal", "Duplicate", "Wrong address", "Incomplete form"),
    *("Typing error", "Policy not followed"),
)


@dataclass(frozen=True)
class WorkType:
    """A kind of work; `days` are working days allowed at normal priority."""

    name: str
    share: float
    minutes: float
    days: int
    review_rate: float = 0.10
    urgent: bool = False
    important: bool = False


@dataclass(frozen=True)
class Department:
    """A department: its share of all items, its teams with theirs, its kinds of work.

    `channels` and `errors` are weights in the order of CHANNELS and ERROR_TYPES.
    """

    name: str
    code: str
    share: float
    error_rate: float
    teams: tuple[tuple[str, float], ...]
    work_types: tuple[WorkType, ...]
    channels: tuple[int, ...]
    errors: tuple[int, ...]
    calendar: int = OFFICE
    month_end: float = 1.0
    amount: float | None = None
    units: int = 6


DEPARTMENTS = (
    Department(
        name="Data Entry",
        code="DE",
        share=0.16,
        error_rate=0.04,
        units=180,
        teams=(("DE Forms", 0.4), ("DE Surveys", 0.25), ("DE Records", 0.35)),
        work_types=(
            WorkType("Form batch", 0.40, 150, 7, 0.18),
            WorkType("Survey batch", 0.25, 180, 8, 0.17),
            WorkType("Record clean-up", 0.20, 120, 10, 0.15),
            WorkType("Card and note keying", 0.15, 60, 5, 0.14, urgent=True),
        ),
        channels=(1, 3, 0, 6, 1, 0),
        errors=(2, 3, 2, 2, 2, 2, 4, 2, 8, 1),
    ),
    Department(
        name="Accounts Payable",
        code="AP",
        share=0.16,
        error_rate=0.035,
        month_end=1.8,
        amount=1_400,
        teams=(
            *(("AP Invoices", 0.35), ("AP Payments", 0.30)),
            *(("AP Expenses", 0.20), ("AP Vendors", 0.15)),
        ),
        work_types=(
            WorkType("Supplier invoice", 0.45, 75, 9, important=True),
            WorkType("Payment run", 0.20, 180, 5, 0.15, urgent=True, important=True),
            WorkType("Expense claim", 0.20, 60, 12, 0.06),
            WorkType("Vendor set-up", 0.08, 120, 8),
            WorkType("Statement match", 0.07, 240, 14, 0.05),
        ),
        channels=(4, 3, 0, 2, 4, 0),
        errors=(6, 3, 4, 5, 2, 4, 1, 2, 2, 2),
    ),
    Department(
        name="Accounts Receivable",
        code="AR",
        share=0.09,
        error_rate=0.03,
        month_end=1.5,
        amount=2_300,
        teams=(("AR Billing", 0.45), ("AR Cash", 0.30), ("AR Collections", 0.25)),
        work_types=(
            WorkType("Customer invoice", 0.45, 90, 7, important=True),
            WorkType("Cash posting", 0.30, 90, 5, urgent=True, important=True),
            WorkType("Dunning case", 0.15, 210, 18, 0.05),
            WorkType("Credit note", 0.10, 120, 12, 0.12),
        ),
        channels=(4, 3, 1, 1, 5, 0),
        errors=(7, 3, 2, 6, 3, 3, 2, 1, 2, 1),
    ),
    Department(
        name="Payroll",
        code="PY",
        share=0.08,
        error_rate=0.025,
        month_end=2.6,
        amount=2_100,
        teams=(("Payroll Processing", 0.6), ("Payroll Queries", 0.4)),
        work_types=(
            WorkType("Payslip change", 0.45, 90, 6, 0.14, urgent=True, important=True),
            WorkType("Payroll query", 0.30, 75, 8, 0.06),
            WorkType("Pension change", 0.15, 180, 14),
            WorkType("Leaver settlement", 0.10, 300, 10, 0.15, important=True),
        ),
        channels=(4, 5, 1, 1, 2, 0),
        errors=(6, 5, 2, 3, 3, 1, 1, 2, 2, 3),
    ),
    Department(
        name="Human Resources",
        code="HR",
        share=0.05,
        error_rate=0.03,
        teams=(("HR Onboarding", 0.4), ("HR Records", 0.35), ("HR Recruiting", 0.25)),
        work_types=(
            WorkType("Onboarding case", 0.35, 330, 14, important=True),
            WorkType("Contract change", 0.25, 150, 10),
            WorkType("Leave request", 0.20, 45, 5, 0.04, urgent=True),
            WorkType("Job opening", 0.20, 360, 22, 0.08),
        ),
        channels=(4, 6, 1, 1, 0, 0),
        errors=(1, 4, 6, 0, 0, 1, 2, 6, 2, 4),
    ),
    Department(
        name="Customer Support",
        code="CS",
        share=0.13,
        error_rate=0.045,
        calendar=ALL_WEEK,
        teams=(
            *(("Support Enquiries", 0.40), ("Support Complaints", 0.20)),
            *(("Support Accounts", 0.25), ("Support Chat", 0.15)),
        ),
        work_types=(
            WorkType("Enquiry", 0.45, 45, 8, 0.08, urgent=True),
            WorkType("Account change", 0.25, 60, 10),
            WorkType("Complaint", 0.20, 150, 18, 0.15, urgent=True, important=True),
            WorkType("Refund request", 0.10, 90, 12, important=True),
        ),
        channels=(5, 3, 4, 0, 0, 4),
        errors=(1, 1, 2, 2, 0, 1, 3, 3, 2, 5),
    ),
    Department(
        name="IT Support",
        code="IT",
        share=0.12,
        error_rate=0.03,
        calendar=ALL_WEEK,
        teams=(("IT Service Desk", 0.5), ("IT Access", 0.3), ("IT Applications", 0.2)),
        work_types=(
            WorkType("Incident", 0.40, 120, 9, 0.08, urgent=True, important=True),
            WorkType("Access request", 0.30, 60, 8),
            WorkType("Service request", 0.20, 150, 14),
            WorkType("Change request", 0.10, 420, 25, important=True),
        ),
        channels=(3, 6, 4, 0, 0, 3),
        errors=(0, 1, 2, 3, 0, 1, 0, 3, 2, 6),
    ),
    Department(
        name="Document Management",
        code="DM",
        share=0.07,
        error_rate=0.04,
        units=20,
        teams=(("DM Scanning", 0.6), ("DM Archive", 0.4)),
        work_types=(
            WorkType("Scan and index", 0.50, 120, 7, 0.12),
            WorkType("Archive request", 0.30, 75, 6),
            WorkType("Retention review", 0.20, 240, 22, 0.06, important=True),
        ),
        channels=(2, 3, 0, 8, 1, 0),
        errors=(0, 3, 7, 1, 0, 4, 2, 3, 4, 2),
    ),
    Department(
        name="Compliance",
        code="CO",
        share=0.04,
        error_rate=0.03,
        teams=(
            *(("Compliance Checks", 0.5), ("Compliance Filings", 0.3)),
            *(("Compliance Policy", 0.2),),
        ),
        work_types=(
            WorkType("Due diligence", 0.50, 360, 10, 0.12, important=True),
            WorkType("Regulatory filing", 0.20, 420, 15, 0.15, True, True),
            WorkType("Obligation check", 0.20, 180, 12, important=True),
            WorkType("Policy review", 0.10, 480, 20, 0.06),
        ),
        channels=(5, 5, 0, 1, 1, 0),
        errors=(1, 4, 7, 1, 0, 1, 1, 5, 1, 6),
    ),
    Department(
        name="Order Management",
        code="OM",
        share=0.08,
        error_rate=0.045,
        calendar=ALL_WEEK,
        amount=480,
        teams=(
            ("Orders Desk", 0.45),
            ("Orders Delivery", 0.35),
            ("Orders Returns", 0.2),
        ),
        work_types=(
            WorkType("Order", 0.50, 75, 8, urgent=True, important=True),
            WorkType("Delivery exception", 0.25, 105, 6, urgent=True, important=True),
            WorkType("Return", 0.15, 90, 14),
            WorkType("Price check", 0.10, 60, 10, 0.05),
        ),
        channels=(3, 5, 2, 0, 6, 1),
        errors=(5, 3, 1, 1, 2, 4, 6, 2, 3, 1),
    ),
    Department(
        name="Market Research",
        code="MR",
        share=0.02,
        error_rate=0.035,
        teams=(("Research Surveys", 0.6), ("Research Reports", 0.4)),
        work_types=(
            WorkType("Survey wave", 0.40, 540, 16, important=True),
            WorkType("Market report", 0.35, 900, 24, 0.15, important=True),
            WorkType("Quick lookup", 0.25, 120, 5, 0.05, urgent=True),
        ),
        channels=(6, 4, 1, 0, 0, 1),
        errors=(2, 4, 4, 0, 2, 2, 0, 3, 3, 3),
    ),
)

TEAMS = tuple(name for d in DEPARTMENTS for name, _ in d.teams)
WORK_TYPES = tuple(kind for d in DEPARTMENTS for kind in d.work_types)
DEPARTMENT_NAMES = tuple(d.name for d in DEPARTMENTS)
CODES = tuple(d.code for d in DEPARTMENTS)
CALENDARS = np.array([d.calendar for d in DEPARTMENTS])
TEAM_COUNTS = np.array([len(d.teams) for d in DEPARTMENTS])
FIRST_TEAMS = np.cumsum(TEAM_COUNTS) - TEAM_COUNTS
TEAM_DEPARTMENTS = np.repeat(np.arange(len(DEPARTMENTS)), TEAM_COUNTS)
TEAM_SHARES = np.array([d.share * share for d in DEPARTMENTS for _, share in d.teams])
MINUTES = np.array([kind.minutes for kind in WORK_TYPES])
DAYS_ALLOWED = np.array([kind.days for kind in WORK_TYPES])
REVIEW_RATES = np.array([kind.review_rate for kind in WORK_TYPES])


def _work_mix() -> np.ndarray:
    """Share of each work type (columns) in each team: a team has a favourite or two."""
    mix = np.zeros((len(TEAMS), len(WORK_TYPES)))
    first_type = 0
    for number, department in enumerate(DEPARTMENTS):
        for position, kind in enumerate(department.work_types):
            for team in range(TEAM_COUNTS[number]):
                favourite = 3.0 if position % TEAM_COUNTS[number] == team else 1.0
                mix[FIRST_TEAMS[number] + team, first_type + position] = (
                    kind.share * favourite
                )
        first_type += len(department.work_types)
    return mix / mix.sum(axis=1, keepdims=True)


WORK_MIX = _work_mix()
TEAM_MINUTES = WORK_MIX @ MINUTES  # of an average item


def team_number(name: str) -> int:
    """The position of a team in TEAMS."""
    return TEAMS.index(name)


def department_number(name: str) -> int:
    """The position of a department in DEPARTMENTS."""
    return DEPARTMENT_NAMES.index(name)
