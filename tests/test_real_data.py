"""Three public data sets, imported: the figures that DATA.md states come out exactly.

Figures are asked in plain SQL over the imported relations. Open work is asked twice
where it matters: of stays, which follow the events, and of the dates of the items.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest

from dashboard.sources.importing import ImportReport, import_files

DATA = Path(__file__).parents[2] / "shared" / "data"

# Open at a moment of local time, after the events and after the dates.
OPEN_STAYS = """
    local_time(entered_at) < moment
    and (left_at is null or local_time(left_at) >= moment)
"""
OPEN_ITEMS = """
    local_time(received_at) < moment
    and (completed_at is null or local_time(completed_at) >= moment)
    and (cancelled_at is null or local_time(cancelled_at) >= moment)
"""


class Imported:
    """A data set in a database of its own."""

    def __init__(self, mapping: str, file: str, folder: Path):
        if not (DATA / file).exists():
            pytest.skip(f"shared/data/{file} is not here: it may not be distributed")
        path = folder / "imported.duckdb"
        self.report: ImportReport = import_files(mapping, [DATA / file], path)
        self.connection = duckdb.connect(str(path), read_only=True)

    def check(self, sql: str, expect: str) -> None:
        """The rows of the query are those drawn."""
        result = self.connection.execute(sql)
        names = [column[0] for column in result.description]
        rows = result.fetchall()
        header, *drawn = [
            [cell.strip() for cell in line.split("|")]
            for line in expect.strip().splitlines()
        ]
        assert names == header
        assert [
            [_as_drawn(value, cell) for value, cell in zip(row, line, strict=True)]
            for row, line in zip(rows, drawn, strict=False)
        ] == drawn
        assert len(rows) == len(drawn)


def _as_drawn(value: object, cell: str) -> str:
    """The value, written with as many decimals as the drawn one."""
    if value is None:
        return "-"
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return str(value)
    number, unit = Decimal(str(value)), Decimal(cell.replace(",", ""))
    places = max(0, -int(unit.as_tuple().exponent))
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,}" if "," in cell else str(rounded)


@pytest.fixture(scope="module")
def boston(tmp_path_factory):
    folder = tmp_path_factory.mktemp("boston")
    return Imported("boston_311", "boston_311_2011h2.csv.gz", folder)


@pytest.fixture(scope="module")
def uci(tmp_path_factory):
    folder = tmp_path_factory.mktemp("uci")
    return Imported("uci_incidents", "uci_servicenow_incidents.csv.gz", folder)


@pytest.fixture(scope="module")
def bpi(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bpi")
    file = "bpi2020_request_for_payment.csv.gz"
    return Imported("bpi_request_for_payment", file, folder)


# Boston 311: requests with due dates


def test_boston_is_loaded_to_the_last_row(boston):
    assert boston.report.rows == 58_251
    assert boston.report.loaded == {"work_items": 58_251, "work_events": 112_821}
    assert boston.report.refused == {}


def test_boston_opens_at_the_end_of_2011(boston):
    boston.check(
        "select source, rows, refused_rows, zone, as_of, is_sample from load_log",
        """
        source              | rows   | refused_rows | zone | as_of               | is_sample
        Boston 311 requests | 58,251 | 0            | UTC  | 2012-01-01 00:00:00 | False
        """,  # noqa: E501
    )


def test_boston_quirks_survive(boston):
    boston.check(
        """
        select
            count(case when due_at is null then 1 end) as undated,
            count(case when due_at < received_at then 1 end) as due_before_received,
            count(case when completed_at = received_at then 1 end) as closed_at_once,
            count(case when completed_at >= '2012-07-01' then 1 end) as closed_late,
            count(case when completed_at is null then 1 end) as never_closed,
            extract(year from max(due_at)) as last_due,
            count(distinct team) as teams,
            count(distinct department) as departments,
            count(distinct (team, department)) as pairs,
            count(distinct work_type) as work_types,
            count(distinct channel) as channels
        from work_items
        """,
        """
        undated | due_before_received | closed_at_once | closed_late | never_closed | last_due | teams | departments | pairs | work_types | channels
        10,981  | 3                   | 2,499          | 2,157       | 3,681        | 2059     | 103   | 11          | 103   | 141        | 6
        """,  # noqa: E501
    )


def test_boston_received_completed_and_due_by_month(boston):
    boston.check(
        """
        select
            strftime(day, '%b') as month,
            (
                select count(*) from work_items
                where month_start(day_of(received_at)) = day
            ) as received,
            (
                select count(*) from work_items
                where month_start(day_of(completed_at)) = day
            ) as completed,
            (
                select count(*) from work_items
                where month_start(day_of(due_at)) = day
            ) as due
        from calendar_days
        where day >= '2011-07-01' and day < '2012-01-01' and day = month_start(day)
        order by day
        """,
        """
        month | received | completed | due
        Jul   | 9,854    | 6,912     | 4,559
        Aug   | 11,547   | 9,681     | 7,659
        Sep   | 10,427   | 8,483     | 7,446
        Oct   | 9,999    | 8,442     | 7,945
        Nov   | 8,087    | 6,517     | 6,946
        Dec   | 8,337    | 8,337     | 5,130
        """,
    )


def test_boston_events_tell_the_same_months(boston):
    boston.check(
        """
        select
            strftime(month_start(day_of(event_at)), '%Y-%m') as month,
            count(case when kind = 'received' then 1 end) as received,
            count(case when kind = 'completed' then 1 end) as completed
        from work_events
        where event_at < '2012-01-01'
        group by all
        order by month
        """,
        """
        month   | received | completed
        2011-07 | 9,854    | 6,912
        2011-08 | 11,547   | 9,681
        2011-09 | 10,427   | 8,483
        2011-10 | 9,999    | 8,442
        2011-11 | 8,087    | 6,517
        2011-12 | 8,337    | 8,337
        """,
    )


def test_boston_on_time_by_due_date(boston):
    boston.check(
        """
        select
            coalesce(strftime(month_start(day_of(due_at)), '%m'), 'all') as month,
            count(case when completed_at <= due_at then 1 end) as on_time,
            100.0 * on_time / count(*) as share
        from work_items
        where due_at >= '2011-07-01' and due_at < '2012-01-01'
        group by rollup (strftime(month_start(day_of(due_at)), '%m'))
        order by month
        """,
        """
        month | on_time | share
        07    | 3,723   | 81.66
        08    | 5,902   | 77.06
        09    | 5,715   | 76.75
        10    | 6,091   | 76.66
        11    | 5,046   | 72.65
        12    | 3,451   | 67.27
        all   | 29,928  | 75.41
        """,
    )


def test_boston_on_time_of_closed_only(boston):
    boston.check(
        """
        select
            coalesce(strftime(month_start(day_of(completed_at)), '%m'), 'all') as month,
            100.0 * count(case when completed_at <= due_at then 1 end) / count(due_at)
                as share,
        from work_items
        where completed_at >= '2011-07-01' and completed_at < '2012-01-01'
        group by rollup (strftime(month_start(day_of(completed_at)), '%m'))
        order by month
        """,
        """
        month | share
        07    | 94.31
        08    | 88.74
        09    | 85.37
        10    | 88.50
        11    | 82.67
        12    | 80.33
        all   | 86.88
        """,
    )
    boston.check(
        """
        select
            count(*) as completed,
            count(case when completed_at <= due_at then 1 end) as on_time,
            count(due_at) as dated,
            100.0 * count(case when due_at is null or completed_at <= due_at then 1 end)
                / count(*) as share_with_undated
        from work_items
        where completed_at >= '2011-07-01' and completed_at < '2012-01-01'
        """,
        """
        completed | on_time | dated  | share_with_undated
        48,372    | 33,436  | 38,486 | 89.56
        """,
    )


@pytest.mark.parametrize(
    ("relation", "is_open"),
    [("item_stays", OPEN_STAYS), ("work_items", OPEN_ITEMS)],
    ids=["by stays", "by dates"],
)
def test_boston_open_overdue_and_undated(boston, relation, is_open):
    boston.check(
        f"""
        select
            strftime(moment, '%Y-%m-%d') as moment,
            count(*) as open,
            count(case when due_at < moment then 1 end) as overdue,
            count(case when due_at is null then 1 end) as undated
        from {relation}
        cross join (
            select cast(unnest(
                ['2011-10-01', '2012-01-01', '2012-07-01']
            ) as timestamp) as moment
        )
        where {is_open}
        group by all
        order by moment
        """,
        """
        moment     | open  | overdue | undated
        2011-10-01 | 6,752 | 2,065   | 479
        2012-01-01 | 9,879 | 4,707   | 1,095
        2012-07-01 | 5,838 | 4,335   | 454
        """,
    )
    boston.check(
        f"""
        select count(*) as open
        from {relation}
        cross join (select timestamp '2011-12-01' as moment)
        where {is_open}
        """,
        """
        open
        9,879
        """,
    )


def test_boston_published_flag_counts_undated_as_on_time(boston):
    boston.check(
        """
        select count(*) as flagged
        from work_items
        where due_at is null or completed_at <= due_at
        """,
        """
        flagged
        46,572
        """,
    )


def test_boston_open_by_department(boston):
    boston.check(
        f"""
        select
            department,
            count(*) as open,
            count(case when due_at < moment then 1 end) as overdue
        from item_stays
        cross join (select timestamp '2012-01-01' as moment)
        where {OPEN_STAYS}
        group by department
        order by open desc, department
        limit 5
        """,
        """
        department | open  | overdue
        ISD        | 3,830 | 2,396
        INFO       | 2,025 | 1,625
        PWDx       | 2,025 | 372
        PARK       | 1,498 | 158
        BTDT       | 399   | 142
        """,
    )


def test_boston_due_in_the_half_year_and_not_done_is_overdue_at_its_end(boston):
    boston.check(
        """
        select count(*) as late
        from work_items
        where
            due_at >= '2011-07-01'
            and due_at < '2012-01-01'
            and (completed_at is null or completed_at >= '2012-01-01')
        """,
        """
        late
        4,707
        """,
    )


def test_boston_on_time_by_department(boston):
    boston.check(
        """
        select
            department,
            100.0 * count(case when completed_at <= due_at then 1 end) / count(*)
                as share
        from work_items
        where
            due_at >= '2011-07-01'
            and due_at < '2012-01-01'
            and department in ('PWDx', 'ISD', 'BTDT', 'PARK', 'INFO')
        group by department
        order by share desc
        """,
        """
        department | share
        PWDx       | 89.21
        BTDT       | 81.75
        PARK       | 55.40
        ISD        | 34.01
        INFO       | 21.65
        """,
    )
    boston.check(
        """
        select
            department,
            count(case when completed_at <= due_at then 1 end) as on_time,
            count(*) as due
        from work_items
        where
            due_at >= '2011-07-01'
            and due_at < '2012-01-01'
            and department in ('PWDx', 'ISD')
        group by department
        order by due desc
        """,
        """
        department | on_time | due
        PWDx       | 22,669  | 25,410
        ISD        | 1,858   | 5,463
        """,
    )


def test_boston_lead_time(boston):
    boston.check(
        """
        select
            coalesce(department, 'all') as department,
            percentile(0.50, hours_between(received_at, completed_at)) as p50,
            percentile(0.85, hours_between(received_at, completed_at)) as p85
        from work_items
        where completed_at >= '2011-07-01' and completed_at < '2012-01-01'
        group by rollup (department)
        having department is null or department in ('PWDx', 'ISD')
        order by p50
        """,
        """
        department | p50      | p85
        PWDx       | 2.8089   | 167.6778
        all        | 15.0742  | 301.0444
        ISD        | 309.9083 | 1,364.0919
        """,
    )
    boston.check(
        """
        select
            quantile_cont(hours_between(received_at, completed_at), 0.50) as p50,
            quantile_cont(hours_between(received_at, completed_at), 0.85) as p85
        from work_items
        where completed_at >= '2011-07-01' and completed_at < '2012-01-01'
        """,
        """
        p50     | p85
        15.0776 | 300.9899
        """,
    )


def test_boston_top_types(boston):
    boston.check(
        """
        select work_type, count(*) as received
        from work_items
        group by work_type
        order by received desc
        limit 3
        """,
        """
        work_type                   | received
        Schedule a Bulk Item Pickup | 12,445
        Street Light Outages        | 4,918
        Pothole Repair (Internal)   | 4,082
        """,
    )


# UCI incidents: a log of updates


def test_uci_is_loaded_to_the_last_row(uci):
    assert uci.report.rows == 141_712
    assert uci.report.loaded["work_items"] == 24_918
    assert uci.report.refused == {}


def test_uci_events(uci):
    uci.check(
        "select kind, count(*) as events from work_events group by kind order by kind",
        """
        kind        | events
        assigned    | 14,006
        completed   | 25,249
        received    | 24,918
        reopened    | 331
        status      | 40,272
        transferred | 23,321
        """,
    )


def test_uci_received_by_month(uci):
    uci.check(
        """
        select
            case when received_at < '2016-06-01'
                then strftime(received_at, '%m') else 'later' end as month,
            count(*) as received
        from work_items
        group by all
        order by month
        """,
        """
        month | received
        02    | 207
        03    | 8,995
        04    | 7,934
        05    | 7,508
        later | 274
        """,
    )


def test_uci_completed_by_month_by_event_and_for_good(uci):
    uci.check(
        """
        select
            strftime(day, '%m') as month,
            (
                select count(*)
                from work_events
                where kind = 'completed' and month_start(day_of(event_at)) = day
            ) as events,
            (
                select count(*)
                from work_items
                where month_start(day_of(completed_at)) = day
            ) as items
        from calendar_days
        where day >= '2016-02-01' and day < '2016-07-01' and day = month_start(day)
        order by day
        """,
        """
        month | events | items
        02    | 45     | 45
        03    | 7,800  | 7,652
        04    | 8,315  | 8,241
        05    | 7,598  | 7,460
        06    | 835    | 881
        """,
    )


def test_uci_open_by_events_and_by_dates(uci):
    uci.check(
        f"""
        select
            strftime(moment, '%Y-%m-%d') as moment,
            (
                select count(case when kind in ('received', 'reopened') then 1 end)
                    - count(case when kind = 'completed' then 1 end)
                from work_events
                where event_at < moment
            ) as by_events,
            (select count(*) from item_stays where {OPEN_STAYS}) as by_stays,
            (select count(*) from work_items where {OPEN_ITEMS}) as by_dates
        from (
            select cast(unnest(
                ['2016-04-01', '2016-05-16', '2016-07-01', '2017-03-01']
            ) as timestamp) as moment
        )
        order by moment
        """,
        """
        moment     | by_events | by_stays | by_dates
        2016-04-01 | 1,481     | 1,481    | 1,505
        2016-05-16 | 1,239     | 1,239    | 1,305
        2016-07-01 | 368       | 368      | 370
        2017-03-01 | 0         | 0        | 0
        """,
    )


def test_uci_open_by_priority_and_department(uci):
    uci.check(
        f"""
        select priority, count(*) as open
        from item_stays
        cross join (select timestamp '2016-05-16' as moment)
        where {OPEN_STAYS}
        group by priority
        order by priority
        """,
        """
        priority     | open
        1 - Critical | 24
        2 - High     | 24
        3 - Moderate | 1,156
        4 - Low      | 35
        """,
    )
    uci.check(
        f"""
        select department, count(*) as open
        from item_stays
        cross join (select timestamp '2016-05-16' as moment)
        where {OPEN_STAYS}
        group by department
        order by open desc
        limit 3
        """,
        """
        department   | open
        Location 204 | 351
        Location 161 | 190
        Location 143 | 173
        """,
    )


def test_uci_lead_time(uci):
    uci.check(
        """
        select
            coalesce(priority, 'all') as priority,
            percentile(0.50, hours_between(received_at, completed_at)) as p50,
            percentile(0.85, hours_between(received_at, completed_at)) as p85
        from work_items
        group by rollup (priority)
        having priority is null or priority in ('1 - Critical', '3 - Moderate')
        order by priority
        """,
        """
        priority     | p50     | p85
        1 - Critical | 79.1167 | 405.1167
        3 - Moderate | 15.1500 | 247.2667
        all          | 16.0500 | 260.8667
        """,
    )


def test_uci_top_types_and_departments(uci):
    uci.check(
        """
        select work_type, count(*) as received
        from work_items group by work_type order by received desc limit 3
        """,
        """
        work_type   | received
        Category 42 | 3,558
        Category 26 | 3,338
        Category 53 | 2,678
        """,
    )
    uci.check(
        """
        select department, count(*) as received
        from work_items group by department order by received desc limit 3
        """,
        """
        department   | received
        Location 204 | 5,554
        Location 161 | 4,002
        Location 143 | 3,276
        """,
    )


def test_uci_reopened_ever(uci):
    uci.check(
        """
        with reopened_items as (
            select distinct item_id from work_events where kind = 'reopened'
        )
        select
            coalesce(department, 'all') as department,
            count(reopened_items.item_id) as reopened,
            100.0 * reopened / count(*) as share
        from work_items
        left join reopened_items
            on work_items.item_id = reopened_items.item_id
        group by grouping sets ((department), ())
        having
            grouping(department) = 1
            or department in ('Location 204', 'Location 161', 'Location 143')
        order by count(*) desc
        """,
        """
        department   | reopened | share
        all          | 275      | 1.10
        Location 204 | 62       | 1.12
        Location 161 | 43       | 1.07
        Location 143 | 45       | 1.37
        """,
    )


def test_uci_reopened_within_30_days(uci):
    uci.check(
        """
        select
            strftime(month_start(day_of(event_at)), '%m') as month,
            count(case when exists (
                select 1
                from work_events as later
                where
                    later.item_id = work_events.item_id
                    and later.kind = 'reopened'
                    and later.sequence > work_events.sequence
                    and later.event_at <= work_events.event_at + interval 30 day
            ) then 1 end) as reopened,
            count(*) as completed,
            100.0 * reopened / completed as share
        from work_events
        where
            kind = 'completed'
            and event_at >= '2016-03-01'
            and event_at < '2016-05-01'
        group by all
        order by month
        """,
        """
        month | reopened | completed | share
        03    | 126      | 7,800     | 1.62
        04    | 93       | 8,315     | 1.12
        """,
    )


def test_uci_nulls_and_deadlines(uci):
    uci.check(
        """
        select
            count(*) - count(department) as department,
            count(*) - count(team) as team,
            count(*) - count(employee) as employee,
            count(*) - count(work_type) as work_type,
            count(due_at) as dated,
            count(case when status <> 'Closed' then 1 end) as not_closed
        from work_items
        """,
        """
        department | team  | employee | work_type | dated | not_closed
        6          | 2,157 | 725      | 7         | 0     | 0
        """,
    )


# BPI 2020: approvals and rejections


def test_bpi_is_loaded_to_the_last_row(bpi):
    assert bpi.report.rows == 36_072
    assert bpi.report.loaded["work_items"] == 6_760
    assert bpi.report.loaded["quality_reviews"] == 15_189
    assert bpi.report.refused == {}


def test_bpi_as_of_is_a_local_midnight(bpi):
    bpi.check(
        "select zone, as_of, max_changed_at from load_log",
        """
        zone             | as_of               | max_changed_at
        Europe/Amsterdam | 2019-01-07 23:00:00 | 2019-01-07 16:31:13
        """,
    )


def test_bpi_received_by_local_month(bpi):
    bpi.check(
        """
        select
            case when day_of(received_at) < '2018-01-01' then '2017'
                else strftime(day_of(received_at), '%Y-%m') end as month,
            count(*) as received
        from work_items
        group by all
        order by month
        """,
        """
        month   | received
        2017    | 1,107
        2018-01 | 481
        2018-02 | 454
        2018-03 | 495
        2018-04 | 459
        2018-05 | 409
        2018-06 | 530
        2018-07 | 443
        2018-08 | 307
        2018-09 | 464
        2018-10 | 597
        2018-11 | 544
        2018-12 | 470
        """,
    )


def test_bpi_completed_and_cancelled(bpi):
    bpi.check(
        """
        select strftime(day_of(completed_at), '%Y') as year, count(*) as completed
        from work_items
        where completed_at is not null
        group by all
        order by year
        """,
        """
        year | completed
        2017 | 979
        2018 | 5,038
        2019 | 170
        """,
    )
    bpi.check(
        """
        select status, count(*) as cancelled
        from work_items
        where cancelled_at is not null
        group by status
        order by cancelled desc
        """,
        """
        status                                   | cancelled
        Request For Payment REJECTED by EMPLOYEE | 448
        Request For Payment REJECTED by MISSING  | 41
        """,
    )


@pytest.mark.parametrize(
    ("relation", "is_open"),
    [("item_stays", OPEN_STAYS), ("work_items", OPEN_ITEMS)],
    ids=["by stays", "by dates"],
)
def test_bpi_open(bpi, relation, is_open):
    bpi.check(
        f"""
        select strftime(moment, '%Y-%m-%d') as moment, count(*) as open
        from {relation}
        cross join (
            select cast(unnest(['2018-01-01', '2018-07-01', '2019-01-08']) as timestamp)
                as moment
        )
        where {is_open}
        group by all
        order by moment
        """,
        """
        moment     | open
        2018-01-01 | 51
        2018-07-01 | 282
        2019-01-08 | 84
        """,
    )
    bpi.check(
        f"""
        select department, count(*) as open
        from {relation}
        cross join (select timestamp '2018-07-01' as moment)
        where {is_open}
        group by department
        order by open desc
        limit 3
        """,
        """
        department                | open
        organizational unit 65482 | 37
        organizational unit 65461 | 30
        organizational unit 65462 | 29
        """,
    )


def test_bpi_open_at_the_end_is_saved_or_approved(bpi):
    bpi.check(
        """
        select
            count(case when status like '% SAVED by %' then 1 end) as saved,
            count(case when status like '%APPROVED by %' then 1 end) as approved,
            count(*) as open
        from work_items
        where completed_at is null and cancelled_at is null
        """,
        """
        saved | approved | open
        74    | 10       | 84
        """,
    )


def test_bpi_lead_time_counts_elapsed_hours_over_clock_changes(bpi):
    bpi.check(
        """
        with paid as (
            select
                hours_between(received_at, completed_at) as hours,
                hours_between(local_time(received_at), local_time(completed_at))
                    as wall_hours
            from work_items
            where completed_at is not null
        )
        select
            percentile(0.50, hours) as p50,
            percentile(0.85, hours) as p85,
            quantile_cont(hours, 0.50) as mid_p50,
            quantile_cont(hours, 0.85) as mid_p85,
            percentile(0.85, wall_hours) as wrong_p85,
            count(case when hours <> wall_hours then 1 end) as over_a_change
        from paid
        """,
        """
        p50      | p85      | mid_p50  | mid_p85  | wrong_p85 | over_a_change
        208.2472 | 410.7075 | 208.2472 | 410.7205 | 410.8375  | 412
        """,
    )


def test_bpi_received_by_department(bpi):
    bpi.check(
        """
        select department, count(*) as received
        from work_items group by department order by received desc limit 3
        """,
        """
        department                | received
        organizational unit 65458 | 1,134
        organizational unit 65463 | 1,009
        organizational unit 65461 | 671
        """,
    )


def test_bpi_defects_by_unit(bpi):
    bpi.check(
        """
        select
            coalesce(reviewer, 'all') as reviewer,
            sum(defects) as found,
            sum(units) as checked,
            100.0 * found / checked as share
        from quality_reviews
        group by grouping sets ((reviewer), ())
        having
            grouping(reviewer) = 1
            or reviewer in ('ADMINISTRATION', 'SUPERVISOR')
        order by checked desc, reviewer
        """,
        """
        reviewer       | found | checked | share
        all            | 1,160 | 15,189  | 7.64
        SUPERVISOR     | 174   | 6,437   | 2.70
        ADMINISTRATION | 822   | 6,184   | 13.29
        """,
    )
    bpi.check(
        """
        select sum(defects) as found, sum(units) as checked
        from quality_reviews
        where work_date >= '2018-10-01' and work_date < '2018-11-01'
        """,
        """
        found | checked
        100   | 1,402
        """,
    )


FIRST_REVIEWS = """
    with first_reviews as (
        select *
        from quality_reviews
        qualify row_number() over (
            partition by item_id
            order by reviewed_at, review_id
        ) = 1
    )
"""


def test_bpi_error_rate_of_first_reviews(bpi):
    bpi.check(
        f"""
        {FIRST_REVIEWS}
        select
            count(case when defects > 0 then 1 end) as defective,
            count(*) as reviewed,
            100.0 * defective / reviewed as share
        from first_reviews
        """,
        """
        defective | reviewed | share
        828       | 6,688    | 12.38
        """,
    )
    bpi.check(
        """
        select
            count(distinct case when defects > 0 then item_id end) as rejected,
            100.0 * rejected / count(distinct item_id) as share
        from quality_reviews
        """,
        """
        rejected | share
        1,051    | 15.71
        """,
    )
    bpi.check(
        f"""
        {FIRST_REVIEWS}
        select
            count(case when defects > 0 then 1 end) as defective,
            count(*) as reviewed
        from first_reviews
        where work_date >= '2018-10-01' and work_date < '2018-11-01'
        """,
        """
        defective | reviewed
        72        | 594
        """,
    )
    bpi.check(
        f"""
        {FIRST_REVIEWS}
        select
            department,
            count(case when defects > 0 then 1 end) as defective,
            count(*) as reviewed
        from first_reviews
        inner join work_items
            on first_reviews.item_id = work_items.item_id
        group by department
        order by reviewed desc
        limit 3
        """,
        """
        department                | defective | reviewed
        organizational unit 65458 | 121       | 1,123
        organizational unit 65463 | 116       | 998
        organizational unit 65461 | 83        | 666
        """,
    )


def test_bpi_rework_and_repeated_submissions(bpi):
    bpi.check(
        """
        select
            count(case when item_id in (
                select item_id from work_events where kind = 'returned'
            ) then 1 end) as returned,
            count(*) as paid,
            100.0 * returned / paid as share
        from work_items
        where completed_at is not null
        """,
        """
        returned | paid  | share
        559      | 6,187 | 9.04
        """,
    )
    bpi.check(
        """
        select
            count(distinct item_id) as items,
            count(*) as submissions
        from (
            select item_id
            from work_events
            where to_status like '% SUBMITTED by %'
            qualify row_number() over (partition by item_id order by sequence) > 1
        )
        """,
        """
        items | submissions
        597   | 673
        """,
    )


def test_bpi_amounts_keep_their_fractions_of_cents(bpi):
    bpi.check(
        """
        select
            round(sum(amount), 2) as requested,
            round(sum(case when completed_at is not null then amount end), 2) as paid
        from work_items
        """,
        """
        requested    | paid
        2,754,953.12 | 1,568,280.72
        """,
    )


def test_bpi_has_no_due_dates_and_no_people(bpi):
    bpi.check(
        "select count(due_at) as dated, count(employee) as people from work_items",
        """
        dated | people
        0     | 0
        """,
    )
