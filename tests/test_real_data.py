"""Three public data sets, imported: what stands in the relations is what DATA.md says.

Facts that no query of ours shows are asked in plain SQL; what the pages show is proved
in test_real_figures.py.
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
        self.connection.execute(
            f"create temp view file_rows as from read_csv('{DATA / file}', "
            "all_varchar = true)"
        )

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
        """,
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
        """,
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


def test_boston_published_flag_counts_undated_as_on_time(boston):
    boston.check(
        """
        select
            count(ontime) as flagged,
            count(case when ontime = 'ONTIME' then 1 end) as on_time,
            count(
                case
                    when (ontime = 'ONTIME') <> (due_at is null or completed_at <= due_at)
                        then 1
                end
            ) as judged_otherwise
        from work_items
        inner join file_rows on item_id = case_enquiry_id
        """,
        """
        flagged | on_time | judged_otherwise
        58,093  | 46,572  | 0
        """,
    )


def test_boston_completed_holds_duplicates_and_invalid_cases(boston):
    boston.check(
        """
        select
            count(case when closure_outcome = 'Duplicate' then 1 end) as duplicates,
            count(case when closure_outcome = 'Case Invalid' then 1 end) as invalid,
            count(*) as completed
        from work_items
        inner join file_rows on item_id = case_enquiry_id
        where completed_at is not null
        """,
        """
        duplicates | invalid | completed
        2,306      | 1,415   | 54,570
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


def test_uci_last_promise_flag_is_kept_for_three_in_five(uci):
    uci.check(
        """
        with last_rows as (
            select number, arg_max(made_sla, sys_mod_count::int) as made_sla
            from file_rows
            group by number
        )

        select
            count(*) as incidents,
            count(case when made_sla = 'true' then 1 end) as kept,
            count(case when priority like '%Critical%' then 1 end) as critical,
            count(
                case when priority like '%Critical%' and made_sla = 'true' then 1 end
            ) as critical_kept
        from work_items
        inner join last_rows on item_id = number
        """,
        """
        incidents | kept   | critical | critical_kept
        24,918    | 15,803 | 270      | 5
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


def test_bpi_items_ever_rejected(bpi):
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
