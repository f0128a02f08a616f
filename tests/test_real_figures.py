"""The reference figures of three public data sets, through the pages' own queries."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.filters import Filters, utc
from dashboard.settings import Settings
from dashboard.sources.importing import import_files
from tests import drawn

DATA = Path(__file__).parents[2] / "shared" / "data"
FILES = {
    "boston_311": ("boston_311_2011h2.csv.gz", "UTC"),
    "uci_incidents": ("uci_servicenow_incidents.csv.gz", "UTC"),
    "bpi_request_for_payment": (
        "bpi2020_request_for_payment.csv.gz",
        "Europe/Amsterdam",
    ),
}


class Site:
    """A data set behind the gate."""

    def __init__(self, mapping: str, folder: Path):
        file, self.zone = FILES[mapping]
        if not (DATA / file).exists():
            pytest.skip(f"shared/data/{file} is not here: it may not be distributed")
        path = folder / "imported.duckdb"
        import_files(mapping, [DATA / file], path)
        self.database = DuckDBFile(Settings(database_url=f"duckdb:///{path}"))

    def check(self, query, start, end, expect, *, as_of=None, by=None, **more):
        """The drawn columns of an answer are those drawn, in the drawn order."""
        moment = utc(as_of or datetime(*end.timetuple()[:3]), self.zone)
        settings = tuple(more.pop("settings", {}).items())
        filters = Filters(start, end, moment, self.zone, **more)
        answer = gate.ask(Question(query, filters, settings), self.database)
        pooled = answer if by is None else answer.by(*by)
        expected = drawn.table(expect)
        found = drawn.shown(pooled.rows, expected, self.zone)
        if by:  # of the groups, those that are drawn
            found = [row for row in expected if row in found]
        assert found == expected


@pytest.fixture(scope="module")
def boston(tmp_path_factory):
    return Site("boston_311", tmp_path_factory.mktemp("boston"))


@pytest.fixture(scope="module")
def uci(tmp_path_factory):
    return Site("uci_incidents", tmp_path_factory.mktemp("uci"))


@pytest.fixture(scope="module")
def bpi(tmp_path_factory):
    return Site("bpi_request_for_payment", tmp_path_factory.mktemp("bpi"))


HALF = (date(2011, 7, 1), date(2012, 1, 1))
MONTH = {"settings": {"grain": "month"}}


def test_boston_flow_by_month(boston):
    boston.check(
        "workload/flow_by_bucket",
        *HALF,
        """
        bucket_on  | received_items | completed_items
        2011-07-01 | 9854           | 6912
        2011-08-01 | 11547          | 9681
        2011-09-01 | 10427          | 8483
        2011-10-01 | 9999           | 8442
        2011-11-01 | 8087           | 6517
        2011-12-01 | 8337           | 8337
        """,
        **MONTH,
    )


def test_boston_on_time_by_month(boston):
    boston.check(
        "deadlines/on_time_by_bucket",
        *HALF,
        """
        bucket_on  | due_items | on_time_items | on_time
        2011-07-01 | 4559      | 3723          | 81.66%
        2011-08-01 | 7659      | 5902          | 77.06%
        2011-09-01 | 7446      | 5715          | 76.75%
        2011-10-01 | 7945      | 6091          | 76.66%
        2011-11-01 | 6946      | 5046          | 72.65%
        2011-12-01 | 5130      | 3451          | 67.27%
        """,
        **MONTH,
    )


def test_boston_closed_only_by_month(boston):
    boston.check(
        "deadlines/closed_by_bucket",
        *HALF,
        """
        bucket_on  | on_time_closed
        2011-07-01 | 94.31%
        2011-08-01 | 88.74%
        2011-09-01 | 85.37%
        2011-10-01 | 88.50%
        2011-11-01 | 82.67%
        2011-12-01 | 80.33%
        """,
        **MONTH,
    )


def test_boston_two_on_time_figures(boston):
    boston.check(
        "deadlines/reconciliation",
        *HALF,
        """
        due_items | on_time_items | on_time | closed_items | closed_on_time_items | on_time_closed
        39685     | 29928         | 75.41%  | 38486        | 33436                | 86.88%
        """,
    )


def test_boston_on_time_by_department(boston):
    boston.check(
        "deadlines/on_time_by_group",
        *HALF,
        """
        department | on_time
        BTDT       | 81.75%
        INFO       | 21.65%
        ISD        | 34.01%
        PARK       | 55.40%
        PWDx       | 89.21%
        """,
        by=("department",),
    )


@pytest.mark.parametrize(
    ("day", "expect"),
    [
        (datetime(2011, 10, 1), "6752 | 2065 | 479"),
        (datetime(2012, 1, 1), "9879 | 4707 | 1095"),
        (datetime(2012, 7, 1), "5838 | 4335 | 454"),
    ],
)
def test_boston_open_on_a_past_day(boston, day, expect):
    boston.check(
        "backlog/open_by_group",
        *HALF,
        f"open_items | overdue_items | undated_items\n{expect}",
        as_of=day,
        by=(),
    )


def test_boston_open_by_department(boston):
    boston.check(
        "overview/matrix",
        *HALF,
        """
        department | open_items | overdue_items
        BTDT       | 399        | 142
        INFO       | 2025       | 1625
        ISD        | 3830       | 2396
        PARK       | 1498       | 158
        PWDx       | 2025       | 372
        """,
        by=("department",),
    )


@pytest.mark.parametrize(
    ("department", "expect"),
    [
        ((), "15.0742 | 301.0444"),
        (("PWDx",), "2.8089 | 167.6778"),
        (("ISD",), "309.9083 | 1364.0919"),
    ],
)
def test_boston_lead_time(boston, department, expect):
    boston.check(
        "deadlines/lead_time",
        *HALF,
        f"lead_hours_p50 | lead_hours_p85\n{expect}",
        department=department,
    )


def test_boston_has_no_error_rate(boston):
    boston.check(
        "overview/matrix",
        *HALF,
        """
        reviewed_items | error_rate | error_rate_state
        0              | -          | no_value
        """,
        by=(),
    )


SPRING = (date(2016, 2, 1), date(2016, 7, 1))


def test_uci_flow_by_month(uci):
    uci.check(
        "workload/flow_by_bucket",
        *SPRING,
        """
        bucket_on  | completed_items
        2016-02-01 | 45
        2016-03-01 | 7800
        2016-04-01 | 8315
        2016-05-01 | 7598
        2016-06-01 | 835
        """,
        **MONTH,
    )


@pytest.mark.parametrize(
    ("day", "expect"),
    [
        (datetime(2016, 4, 1), "1481"),
        (datetime(2016, 5, 16), "1239"),
        (datetime(2016, 7, 1), "368"),
    ],
)
def test_uci_open_by_its_events(uci, day, expect):
    uci.check(
        "backlog/open_by_group",
        *SPRING,
        f"open_items\n{expect}",
        as_of=day,
        by=(),
    )


@pytest.mark.parametrize(
    ("priority", "expect"),
    [
        ((), "16.0500 | 260.8667"),
        (("1 - Critical",), "79.1167 | 405.1167"),
        (("3 - Moderate",), "15.1500 | 247.2667"),
    ],
)
def test_uci_lead_time(uci, priority, expect):
    uci.check(
        "deadlines/lead_time",
        *(date(2016, 2, 1), date(2017, 3, 1)),
        f"lead_hours_p50 | lead_hours_p85\n{expect}",
        priority=priority,
    )


def test_uci_reopened_within_thirty_days(uci):
    uci.check(
        "errors/reopened_by_bucket",
        *(date(2016, 3, 1), date(2016, 5, 1)),
        """
        bucket_on  | completed_items | reopened_items | reopen_rate
        2016-03-01 | 7800            | 126            | 1.62%
        2016-04-01 | 8315            | 93             | 1.12%
        """,
        as_of=datetime(2017, 3, 1),
        **MONTH,
    )


def test_uci_handoffs(uci):
    """As a walk over the events of each item, outside of SQL, counts them."""
    uci.check(
        "handoffs/summary",
        *(date(2016, 3, 1), date(2016, 5, 1)),
        """
        completed_items | handoffs | handed_items | ping_pong_items | ping_pong | returned_items
        15893           | 11430    | 5839         | 1517            | 9.55%     | -
        """,
        as_of=datetime(2017, 3, 1),
        by=(),
    )


def test_uci_has_no_on_time_figure(uci):
    uci.check(
        "deadlines/reconciliation",
        *SPRING,
        """
        due_items | on_time | on_time_state | on_time_closed_state
        0         | -       | no_value      | no_value
        """,
    )


YEAR = (date(2018, 1, 1), date(2019, 1, 1))


def test_bpi_received_by_month(bpi):
    bpi.check(
        "workload/flow_by_bucket",
        *YEAR,
        """
        bucket_on  | received_items
        2018-01-01 | 481
        2018-02-01 | 454
        2018-03-01 | 495
        2018-04-01 | 459
        2018-05-01 | 409
        2018-06-01 | 530
        2018-07-01 | 443
        2018-08-01 | 307
        2018-09-01 | 464
        2018-10-01 | 597
        2018-11-01 | 544
        2018-12-01 | 470
        """,
        **MONTH,
    )


@pytest.mark.parametrize(
    ("day", "expect"),
    [
        (datetime(2018, 1, 1), "51"),
        (datetime(2018, 7, 1), "282"),
        (datetime(2019, 1, 8), "84"),
    ],
)
def test_bpi_open_on_a_past_day(bpi, day, expect):
    bpi.check("backlog/open_by_group", *YEAR, f"open_items\n{expect}", as_of=day, by=())


EVER = (date(2017, 1, 1), date(2019, 2, 1))


def test_bpi_rework(bpi):
    """No teams, so no hand-offs; rejected declarations are returns."""
    bpi.check(
        "handoffs/summary",
        *YEAR,
        """
        completed_items | handoffs | ping_pong | returned_items | rework_rate
        5038            | -        | -         | 463            | 9.19%
        """,
        as_of=datetime(2019, 2, 1),
        by=(),
    )


def test_bpi_lead_time_spans_clock_changes(bpi):
    bpi.check(
        "deadlines/lead_time",
        *EVER,
        "lead_hours_p50 | lead_hours_p85\n208.2472 | 410.7075",
    )


@pytest.mark.parametrize(
    ("period", "expect"),
    [
        (EVER, "6688 | 828 | 12.38%"),
        ((date(2018, 10, 1), date(2018, 11, 1)), "594 | 72 | 12.12%"),
    ],
)
def test_bpi_error_rate_counts_the_first_review_of_an_item(bpi, period, expect):
    bpi.check(
        "overview/matrix",
        *period,
        f"reviewed_items | defective_items | error_rate\n{expect}",
        as_of=datetime(2019, 2, 1),
        by=(),
    )


def test_bpi_error_rate_by_department(bpi):
    bpi.check(
        "errors/error_rate_by_group",
        *EVER,
        """
        department                | reviewed_items | defective_items
        organizational unit 65458 | 1123           | 121
        organizational unit 65461 | 666            | 83
        organizational unit 65463 | 998            | 116
        """,
        by=("department",),
    )


def test_uci_received_by_month(uci):
    uci.check(
        "workload/flow_by_bucket",
        *(date(2016, 2, 1), date(2016, 6, 1)),
        """
        bucket_on  | received_items
        2016-02-01 | 207
        2016-03-01 | 8995
        2016-04-01 | 7934
        2016-05-01 | 7508
        """,
        **MONTH,
    )


@pytest.mark.parametrize(
    ("group", "expect"),
    [
        (
            "priority",
            "1 - Critical | 24 \n 2 - High | 24 \n 3 - Moderate | 1156 \n 4 - Low | 35",
        ),
        (
            "department",
            "Location 143 | 173 \n Location 161 | 190 \n Location 204 | 351",
        ),
    ],
)
def test_uci_open_by_group(uci, group, expect):
    uci.check(
        "backlog/open_by_group",
        *SPRING,
        f"{group} | open_items\n{expect}",
        as_of=datetime(2016, 5, 16),
        by=(group,),
    )


def test_uci_top_work_types(uci):
    uci.check(
        "overview/matrix",
        *(date(2016, 2, 1), date(2017, 3, 1)),
        """
        work_type   | received_items
        Category 26 | 3338
        Category 42 | 3558
        Category 53 | 2678
        """,
        by=("work_type",),
    )


def test_boston_top_work_types(boston):
    boston.check(
        "overview/matrix",
        *HALF,
        """
        work_type                      | received_items
        Pothole Repair (Internal)      | 4082
        Schedule a Bulk Item Pickup    | 12445
        Street Light Outages           | 4918
        """,
        by=("work_type",),
    )


def test_what_the_rules_of_the_data_find_in_bpi(bpi):
    """Amounts vary too much for any to be odd, so none is tested: no false alarm."""
    bpi.check(
        "data/rules",
        date(2018, 1, 1),
        date(2019, 1, 1),
        by=("rule",),
        expect="""
            rule                           | tested_rows | failing_rows
            Amount is of usual size        | 0           | 0
            Client is told                 | 6760        | 493
            Dates are in order             | 6688        | 0
            No twin of client, amount, day | 6267        | 38
            Review is of an item           | 15189       | 0
            Status fits the dates          | 6635        | 0
        """,
    )


def test_what_the_rules_of_the_data_find_in_boston(boston):
    boston.check(
        "data/rules",
        *HALF,
        by=("rule",),
        expect="""
            rule                 | tested_rows | failing_rows
            Client is told       | 0           | 0
            Dates are in order   | 58019       | 3
            Due date is told     | 58251       | 10981
            No event of the future | 58251     | 0
            Status fits the dates | 58251      | 0
        """,
    )
