"""Real data by import, by a mapping where it stands, and from a copy: the same figures."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime

import adbc_driver_postgresql.dbapi as driver
import pyarrow.csv
import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases import open_database
from dashboard.filters import Filters
from dashboard.settings import Settings
from dashboard.sources.syncing import sync
from tests.databases.comparing import difference
from tests.databases.sites import BOSTON

pytestmark = pytest.mark.xdist_group("postgresql")

SELECTS = {
    "work_items": """
        select
            case_enquiry_id as item_id,
            nullif(department, '') as department,
            nullif(queue, '') as team,
            nullif(type, '') as work_type,
            nullif(source, '') as channel,
            nullif(case_status, '') as status,
            cast(open_dt as timestamp) as received_at,
            cast(nullif(target_dt, '') as timestamp) as first_due_at,
            cast(nullif(target_dt, '') as timestamp) as due_at,
            cast(nullif(closed_dt, '') as timestamp) as completed_at,
            cast(coalesce(nullif(closed_dt, ''), open_dt) as timestamp) as changed_at
        from requests
    """,
    "work_events": """
        select
            case_enquiry_id as item_id, cast(open_dt as timestamp) as event_at,
            1 as sequence, 'received' as kind,
            nullif(department, '') as department, nullif(queue, '') as team
        from requests
        union all
        select
            case_enquiry_id as item_id, cast(closed_dt as timestamp) as event_at,
            2 as sequence, 'completed' as kind,
            nullif(department, '') as department, nullif(queue, '') as team
        from requests
        where closed_dt <> ''
    """,
}
HALF_YEAR = Filters(date(2011, 7, 1), date(2012, 1, 1), datetime(2012, 1, 1), "UTC")
IN_OCTOBER = Filters(
    date(2011, 10, 1),
    date(2011, 11, 1),
    datetime(2011, 11, 1),
    "UTC",
    department=("PWDx", None),
)
ASKED = (  # of both; the copy is asked more, because it takes it a moment
    "workload/flow_by_bucket",
    "deadlines/on_time_by_group",
    "overview/rates_by_week",
)
ASKED_OF_THE_COPY = ("deadlines/closed_by_bucket", "deadlines/lead_time")


@pytest.fixture(scope="module")
def modes(sites, tmp_path_factory):
    """Boston by import, where it stands on PostgreSQL, and copied from there."""
    imported = sites.reference("boston_311")
    folder = tmp_path_factory.mktemp("boston")
    for name, select in SELECTS.items():
        (folder / f"{name}.sql").write_text(select)
    url = _requests(sites.server("postgresql"))
    site = open_database(Settings(url, mapping=str(folder), time_limit_seconds=120))
    sync(site, folder / "copy.duckdb")
    copy = open_database(Settings(f"duckdb:///{folder / 'copy.duckdb'}"))
    yield imported, site, copy
    site.close()
    copy.close()


def _requests(server: str) -> str:
    """The export as one table of texts; gives the URL of a user who may read it."""
    with (
        closing(driver.connect(server, autocommit=True)) as connection,
        closing(connection.cursor()) as cursor,
    ):
        cursor.execute("create database boston_requests")
    url = server.rsplit("/", 1)[0] + "/boston_requests"
    with pyarrow.csv.open_csv(BOSTON) as rows:
        names = rows.schema.names
    texts = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, "string"))
    with closing(driver.connect(url)) as connection, connection.cursor() as cursor:
        rows = pyarrow.csv.read_csv(BOSTON, convert_options=texts)
        cursor.adbc_ingest("requests", rows, mode="create")
        cursor.execute("create role boston_reader login")
        cursor.execute("grant select on requests to boston_reader")
        connection.commit()
    return url.replace("owner@", "boston_reader@")


@pytest.mark.parametrize("query", ASKED)
def test_the_same_figures_in_all_modes(modes, query):
    imported, site, copy = modes
    for other in (site, copy):
        compare(Question(query, HALF_YEAR), imported, other)


@pytest.mark.parametrize("query", [*ASKED, *ASKED_OF_THE_COPY])
def test_the_same_figures_of_one_department_from_a_copy(modes, query):
    imported, _, copy = modes
    compare(Question(query, IN_OCTOBER), imported, copy)


def compare(question, imported, other):
    expected = gate.ask(question, imported).rows
    assert difference(expected, gate.ask(question, other).rows) == ""
