"""The sample: consistent in itself, the same every time, and telling its stories."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import duckdb
import pytest

from dashboard.sources.deriving import deriving
from sample_data.build import build
from sample_data.company import DEPARTMENT_NAMES, TEAMS

END = date(2026, 11, 20)  # a Friday

KEYS = {
    "work_items": "item_id",
    "work_events": "item_id, sequence",
    "item_stays": "item_id, stay_number",
    "item_handoffs": "item_id, handoff_number",
    "item_steps": "item_id, step_number",
    "quality_reviews": "review_id",
    "time_entries": "employee, work_date, kind",
    "employees": "employee",
    "work_types": "work_type",
    "targets": "metric, department, valid_from",
    "annotations": "starts_on, remark",
    "owners": "department, valid_from",
    "calendar_days": "day",
}

IS_OPEN_THEN = "entered_at < {0} and (left_at is null or left_at >= {0})"


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "operations.duckdb"
    build(path, items=30_000, end=END)
    return path


@pytest.fixture(scope="module")
def sample(sample_file):
    with duckdb.connect(str(sample_file), read_only=True) as connection:
        yield connection


def one(connection, sql):
    """The only value of the only row."""
    return connection.execute(sql).fetchone()[0]


def hashes(path):
    """A hash over the rows of each relation, in the order of its key."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {
            relation: one(
                connection,
                f"select md5(string_agg(md5(cast(r as varchar)), '' order by {key}))"
                f" from {relation} as r",
            )
            for relation, key in KEYS.items()
        }


def test_same_items_seed_and_end_give_the_same_rows(tmp_path):
    for name in ("one", "two"):
        build(tmp_path / name, items=2_000, end=END)
    build(tmp_path / "three", items=2_000, seed=7, end=END)
    first = hashes(tmp_path / "one")
    assert first == hashes(tmp_path / "two")
    assert first["work_items"] != hashes(tmp_path / "three")["work_items"]


def test_keys_stay_unique_over_chunks(tmp_path, monkeypatch):
    monkeypatch.setattr("sample_data.arrivals.CHUNK_ITEMS", 700)
    build(tmp_path / "chunked", items=3_000, end=END)
    with duckdb.connect(str(tmp_path / "chunked"), read_only=True) as connection:
        items, reviews_alike = connection.execute("""
            select
                (select count(distinct item_id) from work_items),
                (select count(*) - count(distinct review_id) from quality_reviews)
        """).fetchone()
    assert (items, reviews_alike) == (3_000, 0)


def test_every_department_has_one_owner_on_each_day(sample):
    assert (
        sample.execute("""
        select department, min(holders), max(holders) from (
            select d.department, day, count(o.owner) as holders
            from (select distinct department from work_items) as d
            cross join (select distinct day from calendar_days) as days
            left join owners as o on
                o.department = d.department and valid_from <= day
                and (valid_to is null or valid_to > day)
            where day between date '2024-11-20' and date '2026-11-20'
            group by d.department, day
        ) group by department having min(holders) <> 1 or max(holders) <> 1
    """).fetchall()
        == []
    )


def test_the_stories_that_begin_on_a_day_have_a_remark_on_it(sample):
    told = sample.execute("""
        select starts_on, department from annotations
        where department is not null order by starts_on
    """).fetchall()
    assert told == [
        (date(2026, 7, 3), "IT Support"),
        (date(2026, 7, 23), "Compliance"),
        (date(2026, 9, 11), "Data Entry"),
        (date(2026, 9, 25), "Accounts Payable"),
    ]


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("count(*) from work_items", 30_000),
        ("count(distinct item_id) from work_items", 30_000),
        ("rows from load_log", 30_000),
        ("as_of from load_log", datetime(2026, 11, 20, 12)),
        ("zone from load_log", "Europe/London"),
        ("is_sample from load_log", True),
        ("count(distinct department) from work_items", len(DEPARTMENT_NAMES)),
        ("count(distinct team) from work_items", len(TEAMS)),
        ("count(distinct employment) from employees", 3),
        (
            "count(*) from employees"
            " where (vendor is not null) <> (employment = 'outsourced')",
            0,
        ),
        (
            "count(*) from (select team from employees group by team"
            " having count(distinct department) > 1)",
            0,
        ),
    ],
)
def test_what_is_in_it(sample, what, expected):
    assert one(sample, f"select {what}") == expected


FACTS = [
    ("work_items", "received_at"),
    ("work_items", "started_at"),
    ("work_items", "completed_at"),
    ("work_items", "cancelled_at"),
    ("work_events", "event_at"),
    ("quality_reviews", "reviewed_at"),
    ("load_log", "max_changed_at"),
]


@pytest.mark.parametrize(("relation", "instant"), FACTS)
def test_all_facts_lie_before_the_moment_of_the_data(sample, relation, instant):
    newest = one(sample, f"select max({instant}) from {relation}")
    assert newest < one(sample, "select as_of from load_log")


CONTRADICTIONS = {
    "an item is completed as its last event in force says": """
        from work_items as i
        left join (
            select item_id, max_by(kind, sequence) as kind, max(event_at) as ended_at
            from work_events group by item_id
        ) as e on i.item_id = e.item_id
        where i.completed_at is distinct from if(kind = 'completed', ended_at, null)
            or i.cancelled_at is distinct from if(kind = 'cancelled', ended_at, null)
    """,
    "status, team and department are those after the last event": """
        from work_items as i
        join (
            select
                item_id,
                max_by(team, sequence) as team,
                max_by(department, sequence) as department,
                max_by(to_status, sequence) as status
            from work_events group by item_id
        ) as e on i.item_id = e.item_id
        where (i.team, i.department, i.status)
            is distinct from (e.team, e.department, e.status)
    """,
    "the sequence is the order of time, without gaps": """
        from (
            select
                sequence,
                row_number() over (partition by item_id order by event_at, sequence)
                    as place
            from work_events
        )
        where sequence <> place
    """,
    "the first event is the receipt": """
        from work_events join work_items using (item_id)
        where (sequence = 1) <> (kind = 'received')
            or sequence = 1 and event_at <> received_at
    """,
    "statuses follow each other": """
        from (
            select
                from_status,
                lag(to_status) over (partition by item_id order by sequence) as before
            from work_events
        )
        where from_status is distinct from before
    """,
    "open items have a stay without an end, closed ones none": """
        from work_items as i
        left join (
            select item_id, count(*) as stays from item_stays
            where left_at is null group by item_id
        ) as s on i.item_id = s.item_id
        where coalesce(stays, 0)
            <> cast(completed_at is null and cancelled_at is null as integer)
    """,
    "durations are not negative": """
        from work_items
        where started_at < received_at or completed_at < started_at
            or due_at < received_at
    """,
    "work is reviewed after it is done": """
        from quality_reviews join work_items using (item_id)
        where reviewed_at <= completed_at or work_date <> day_of(completed_at)
            or defects > units or critical_defects > defects
            or (error_type is not null and defects = 0)
    """,
    "everybody named is an employee": """
        from (
            select employee from work_items union select employee from work_events
            union select employee from time_entries
        )
        where employee is not null
            and employee not in (select employee from employees)
    """,
    "nobody books time before joining or after leaving": """
        from time_entries join employees using (employee)
        where work_date < joined_on or work_date >= left_on
    """,
}


@pytest.mark.parametrize("rule", CONTRADICTIONS)
def test_rows_do_not_contradict_each_other(sample, rule):
    assert one(sample, f"select count(*) {CONTRADICTIONS[rule]}") == 0


ON_TIME = """
    select avg(cast(coalesce(completed_at <= first_due_at, false) as integer))
    from work_items
    where first_due_at < (select as_of from load_log)
        and not coalesce(cancelled_at <= first_due_at, false)
"""
SHARE = "select avg(cast({0} as integer)) from {1}"
SHARES = {
    "on time": (ON_TIME, 0.78, 0.87),
    "open": (
        SHARE.format("completed_at is null and cancelled_at is null", "work_items"),
        *(0.012, 0.04),
    ),
    "cancelled": (SHARE.format("cancelled_at is not null", "work_items"), 0.02, 0.04),
    "undated": (SHARE.format("first_due_at is null", "work_items"), 0.01, 0.03),
    "due moved": (SHARE.format("due_at <> first_due_at", "work_items"), 0.04, 0.06),
    "reopened": (
        "select count(*) / 30000.0 from work_events where kind = 'reopened'",
        *(0.03, 0.05),
    ),
    "transferred": (
        "select count(distinct item_id) / 30000.0 from work_events"
        " where kind = 'transferred'",
        *(0.05, 0.08),
    ),
    "reviewed": (
        "select count(distinct item_id) / 30000.0 from quality_reviews"
        " where design = 'random'",
        *(0.08, 0.12),
    ),
    "wrong": (
        SHARE.format("defects > 0", "quality_reviews where design = 'random'"),
        *(0.03, 0.05),
    ),
    "done of the plan": (
        """
        select (
            select sum(standard_minutes) / 60
            from work_events join work_items using (item_id)
            where kind = 'completed'
        ) / sum(value)
        from calendar_days join targets
            on metric = 'plan_std_hours' and day >= valid_from
            and (valid_to is null or day < valid_to)
        where is_working and is_default and day < (select day_of(as_of) from load_log)
        """,
        *(0.95, 1.05),
    ),
    "standard hours per core hour": (
        """
        select sum(standard_minutes) / (
            select sum(minutes) from time_entries where kind = 'core'
        )
        from work_items where completed_at is not null
        """,
        *(0.8, 1.05),
    ),
}


@pytest.mark.parametrize("share", SHARES)
def test_shares_are_those_of_a_real_operation(sample, share):
    sql, low, high = SHARES[share]
    assert low <= one(sample, sql) <= high


ENDS = {
    "Sunday": date(2026, 11, 22),
    "Christmas Day": date(2025, 12, 25),
    "bank holiday": date(2026, 8, 31),
    "leap day": date(2028, 2, 29),
    "Monday": date(2026, 3, 30),
}


SLIP = "case when hash(item_id) % 100 = 7 then {} else 1 end"


@pytest.mark.parametrize("times", ["10", "0.1", "100"])
def test_slips_of_a_decimal_point_are_found_and_nothing_else_is(
    sample_file, tmp_path, times
):
    """Nine of ten of those put in, where a usual size is known; of the others none."""
    path = shutil.copy(sample_file, tmp_path / "slipped.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            f"update work_items set handling_minutes = handling_minutes"
            f" * {SLIP.format(times)}"
        )
        for name in ("item_peers", "source_checks"):
            connection.execute(f"delete from {name}")
            connection.execute(f"insert into {name} by name {deriving(name)}")
        put_in, found, false = connection.execute("""
            select
                count(*) filter (hash(item_id) % 100 = 7),
                count(*) filter (hash(item_id) % 100 = 7 and is_odd_time = 1),
                count(*) filter (hash(item_id) % 100 <> 7 and is_odd_time = 1)
            from source_checks
            where is_odd_time is not null
        """).fetchone()
    assert put_in > 100
    assert found > 0.9 * put_in
    assert false == 0


@pytest.mark.parametrize("name", ENDS)
def test_something_is_due_today_on_any_day(tmp_path, name):
    build(tmp_path / "sample", items=8_000, end=ENDS[name])
    with duckdb.connect(str(tmp_path / "sample"), read_only=True) as connection:
        assert one(
            connection,
            """
            select count(*) from work_items, load_log
            where completed_at is null and cancelled_at is null
                and day_of(due_at) = day_of(as_of)
            """,
        )


def on_time_of(sample, department, days_from, days_to):
    """On-time share of what was due so many days before the end."""
    return one(
        sample,
        f"""{ON_TIME} and department = '{department}'
        and day_of(first_due_at) between date '{END}' - {days_from}
            and date '{END}' - {days_to}""",
    )


def open_before(sample, team, days, what="count(*)"):
    """A figure over what a team had open so many days before the end."""
    then = f"(timestamp '{END} 12:00' - interval {days} day)"
    return one(
        sample,
        f"select {what.format(then)} from item_stays"
        f" where team = '{team}' and {IS_OPEN_THEN.format(then)}",
    )


AGE_MEDIAN = "median(date_diff('hour', received_at, {0}))"
AGE_MOST = "max(date_diff('hour', received_at, {0}))"


def test_story_1_compliance_is_in_trouble(sample):
    before, now = (
        on_time_of(sample, "Compliance", *days) for days in ((365, 150), (40, 1))
    )
    assert now < before - 0.2
    team = "Compliance Checks"
    assert open_before(sample, team, 0) > 1.7 * open_before(sample, team, 130)


def test_story_2_a_new_form_brings_wrong_dates(sample):
    def found(what, when):
        return one(
            sample,
            f"""
            select {what} from quality_reviews join work_items using (item_id)
            where department = 'Data Entry' and design = 'random' and work_date {when}
            """,
        )

    changed = f"date '{END}' - 70"
    rate = "avg(cast(defects > 0 as integer))"
    dates = "avg(cast(error_type = 'Wrong date' as integer))"
    assert found(rate, f">= {changed}") > 1.8 * found(rate, f"< {changed}")
    assert found(dates, f">= {changed}") > 0.4 > 0.25 > found(dates, f"< {changed}")


def test_story_3_one_team_of_accounts_payable_is_overloaded(sample):
    swamped, calm = "AP Invoices", ("AP Payments", "AP Expenses", "AP Vendors")
    assert open_before(sample, swamped, 0) > 2 * open_before(sample, swamped, 60)
    assert open_before(sample, swamped, 0, AGE_MEDIAN) > 1.3 * open_before(
        sample, swamped, 60, AGE_MEDIAN
    )
    now, before = (sum(open_before(sample, t, days) for t in calm) for days in (0, 60))
    assert now < 1.6 * before


def test_story_4_months_end_in_a_peak_and_holidays_are_quiet(sample):
    def a_day(department, days):
        return one(
            sample,
            f"""
            select count(*) / count(distinct day_of(received_at))
            from work_items
            where department = '{department}' and day_of(received_at) in (
                select day from (
                    select day, row_number() over (
                        partition by date_trunc('month', day) order by day desc
                    ) as days_left
                    from calendar_days where is_working and is_default
                )
                where days_left {days}
            )
            """,
        )

    assert a_day("Payroll", "<= 3") > 1.8 * a_day("Payroll", "> 3")
    assert a_day("Accounts Payable", "<= 3") > 1.4 * a_day("Accounts Payable", "> 3")
    assert a_day("Human Resources", "<= 3") < 1.3 * a_day("Human Resources", "> 3")
    sql = "select {0} from work_items where day_of(received_at) = date '2025-12-25'"
    assert one(sample, sql.format("count(*)")) > 0
    assert one(sample, sql.format("count(distinct department)")) <= 3
    sql = "select reason from calendar_days where day = date '2025-12-25'"
    assert one(sample, sql) == "Christmas Day"


def test_story_5_quick_wins_hide_the_old_ones(sample):
    team = "IT Service Desk"
    ages = [open_before(sample, team, days, AGE_MOST) for days in (100, 60, 20, 0)]
    assert ages == sorted(ages)
    assert ages[-1] > 120 * 24

    def average(days):
        medians = [open_before(sample, team, day, AGE_MEDIAN) for day in days]
        return sum(medians) / len(medians)

    assert average(range(0, 100, 7)) < 0.9 * average(range(160, 400, 7))
