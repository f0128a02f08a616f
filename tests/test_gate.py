"""The gate: what it refuses, what it narrows, and how it stands up to bad luck."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
import sqlglot
from sqlglot import exp

from dashboard import gate
from dashboard.access import EVERYTHING, Viewer
from dashboard.answers import Question
from dashboard.databases import open_database
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.databases.state import Load
from dashboard.databases.stopping import Stop
from dashboard.errors import (
    DatabaseError,
    QueryFileError,
    QuestionError,
    TimeLimitError,
)
from dashboard.filters import Filters
from dashboard.planning import plan
from dashboard.query_files import find_query, read_query
from dashboard.relations import RELATIONS
from dashboard.settings import Settings
from dashboard.sql import first_page
from dashboard.sql.checking import parse
from dashboard.sql.portable import Portable
from dashboard.sql.reading import columns_read
from dashboard.sql.rewriting import rewrite
from dashboard.sql.shape import Shape
from tests import drawn

ZONE = "Europe/London"
YEAR = Filters(date(2026, 1, 1), date(2027, 1, 1), datetime(2027, 1, 1), ZONE)
FLOW = Question("workload/flow_by_bucket", YEAR, settings=(("grain", "month"),))
ITEMS = """
    item_id | department | employee | received_at
    1       | AP         | E1       | 2026-03-02T09:00
    2       | AP         | E2       | 2026-03-03T09:00
    3       | HR         | -        | 2026-03-04T09:00
    4       | -          | E9       | 2026-03-05T09:00
"""
GIVEN = {
    "work_items": ITEMS,
    "employees": """
        employee | department | employment
        E1       | AP         | own
        E2       | HR         | outsourced
    """,
    "quality_reviews": """
        review_id | item_id | work_date  | reviewed_at      | design | defects
        1         | 1       | 2026-03-02 | 2026-03-03T09:00 | random | 0
        2         | 3       | 2026-03-04 | 2026-03-05T09:00 | random | 0
    """,
    "work_events": """
        item_id | event_at         | kind     | department
        1       | 2026-03-02T09:00 | received | AP
        3       | 2026-03-04T09:00 | received | HR
    """,
    "time_entries": """
        employee | department | work_date  | kind | minutes
        E1       | AP         | 2026-03-02 | core | 60
        E2       | HR         | 2026-03-02 | core | 60
    """,
    "work_types": """
        work_type | department
        Invoice   | AP
        Leave     | HR
    """,
}


def build(path: Path, given: dict[str, str] | None = None) -> Path:
    drawn.build(
        path, GIVEN if given is None else given, zone=ZONE, as_of=datetime(2027, 1, 1)
    )
    return path


def opened(path: Path, **settings: float) -> DuckDBFile:
    return DuckDBFile(Settings(database_url=f"duckdb:///{path}", **settings))


@pytest.fixture
def path(tmp_path):
    gate.forget()
    return build(tmp_path / "drawn.duckdb")


@pytest.fixture
def database(path):
    return opened(path)


def received(question: Question, database: DuckDBFile, viewer=gate.EVERYTHING) -> int:
    return gate.ask(question, database, viewer).total()["received_items"]


# What a query file may hold

HEADER = """\
-- Title
-- Question?
--
-- One row per item.
--
-- Parameters:
--   as_of    moment
--
-- Columns:
--   item_id  item

"""


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("select item_id\nfrom secrets\nwhere a < :as_of", 13, "secrets is not a rela"),
        ("select item_id\nfrom main.work_items\nwhere x < :as_of", 13, "is not a rel"),
        ("select item_id\nfrom 'a.csv'\nwhere x < :as_of", 13, "is not a relation"),
        ("select item_id\nfrom read_csv('a')\nwhere x < :as_of", 13, "is not a rel"),
        ("select\n    read_text('/etc/passwd') as item_id", 13, "not allowed"),
        ("select\n    getenv('HOME') as item_id", 13, "not allowed"),
        ("select 1 as item_id;\nselect 2 as item_id", 13, "exactly one select"),
        ("insert into work_items values (1)", 12, "only reads"),
        ("delete from work_items", 12, "only reads"),
        ("drop table work_items", 12, "only reads"),
        ("copy work_items to 'a.csv'", 12, "only reads"),
        ("attach 'a.db'", 12, "only reads"),
        ("pragma database_list", 12, "only reads"),
        (
            "select item_id\nfrom work_items\nwhere\n    x < :of",
            15,
            "of is not declared",
        ),
        ("select item_id from work_items", 7, "as_of is declared but not used"),
        (
            "with work_items as (select 1 as item_id)\nselect item_id from work_items",
            12,
            "needs a new name",
        ),
        ("select department as d from work_items where :as_of > x", 12, "header names"),
        ("select item_id frm work_items whre", 12, ""),
    ],
)
def test_a_query_file_that_does_more_than_read_relations_is_refused(
    tmp_path, body, line, what
):
    file = tmp_path / "bad" / "query.sql"
    file.parent.mkdir()
    file.write_text(HEADER + body)
    with pytest.raises(QueryFileError) as error:
        parse(read_query(file))
    assert str(error.value).startswith(f"queries/bad/query.sql, line {line}: ")
    assert what in str(error.value)


# Scope and filters


@pytest.mark.parametrize(
    ("relation", "rows"),
    [
        ("work_items", 2),
        ("work_events", 1),
        ("item_stays", 2),
        ("item_steps", 2),
        ("quality_reviews", 1),
        ("time_entries", 1),
        ("employees", 1),
        ("work_types", 1),
    ],
)
def test_a_viewer_sees_the_rows_of_their_departments_only(
    tmp_path, database, relation, rows
):
    file = tmp_path / "scope" / f"{relation}.sql"
    file.parent.mkdir()
    header = HEADER.replace("-- Parameters:\n--   as_of    moment\n--\n", "")
    file.write_text(f"{header}select count(*) as item_id\nfrom {relation}")
    has = database.state().tables, database.state().dialect
    sql = rewrite(read_query(file), Shape(scope=1), *has)
    assert database.run(sql, {"scope_0": "AP"}, pa.Schema, Stop()).to_pylist() == [
        {"item_id": rows}
    ]
    nothing = rewrite(read_query(file), Shape(scope=0), *has)
    assert database.run(nothing, {}, pa.Schema, Stop()).to_pylist() == [{"item_id": 0}]


def test_every_relation_with_a_department_has_a_scope():
    for relation in RELATIONS.values():
        if "department" in relation.column_names and relation.name != "targets":
            assert relation.scope, relation.name


@pytest.mark.parametrize(
    ("chosen", "items"),
    [
        ({}, 4),
        ({"department": ("AP",)}, 2),
        ({"department": ("AP", "HR")}, 3),
        ({"department": (None,)}, 1),
        ({"department": ("HR", None)}, 2),
        ({"department": ("Nobody",)}, 0),
        ({"employment": ("own",)}, 1),
        ({"employment": (None,)}, 2),  # of nobody, and of somebody unknown
        ({"employment": ("own", None)}, 3),
        ({"department": ("AP",), "employment": ("outsourced",)}, 1),
        ({"team": (None,)}, 4),
    ],
)
def test_filters_narrow(database, chosen, items):
    question = replace(FLOW, filters=YEAR.narrowed(**chosen))
    assert received(question, database) == items


def test_a_filter_never_widens_a_scope(database):
    """DQ5: AP may be seen, AP and HR are chosen: the two of AP come."""
    question = replace(FLOW, filters=YEAR.narrowed(department=("AP", "HR")))
    assert received(question, database, Viewer("ap", ("AP",))) == 2


def test_a_kept_answer_never_reaches_another_scope(database):
    assert received(FLOW, database) == 4
    assert received(FLOW, database, Viewer("ap", ("AP",))) == 2
    assert received(FLOW, database, Viewer("hr", ("HR",))) == 1
    assert received(FLOW, database, Viewer("nobody", ())) == 0


@pytest.mark.parametrize(
    "settings", [(("grain", "year"),), (("speed", "1"),), (("as_of", "2026-01-01"),)]
)
def test_a_setting_that_there_is_not_is_refused(database, settings):
    with pytest.raises(QuestionError):
        gate.ask(replace(FLOW, settings=settings), database)


# The cache


def counted(database, monkeypatch, wait=0.0) -> list[str]:
    ran, run = [], database.run

    def counting(*question):
        ran.append(question)
        time.sleep(wait)
        return run(*question)

    monkeypatch.setattr(database, "run", counting)
    return ran


def test_the_same_question_runs_once(database, monkeypatch):
    ran = counted(database, monkeypatch)
    assert received(FLOW, database) == received(FLOW, database)
    assert len(ran) == 1
    gate.forget()
    received(FLOW, database)
    assert len(ran) == 2


def test_equal_questions_at_once_run_once(database, monkeypatch):
    ran = counted(database, monkeypatch, wait=0.2)
    threads = [
        threading.Thread(target=received, args=(FLOW, database)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ran) == 1


# Bad luck


@pytest.mark.parametrize(
    "read",
    [
        lambda d, sql: d.run(sql, {}, pa.Schema, Stop()),
        lambda d, sql: list(d.stream(sql, {}, pa.Schema)),
    ],
)
def test_a_question_that_takes_too_long_is_stopped(path, read):
    database = opened(path, time_limit_seconds=0.2)
    heavy = "select count(*) from range(1000000) as a, range(1000000) as b"
    started = time.monotonic()
    with pytest.raises(TimeLimitError, match="longer than 0.2 seconds"):
        read(database, heavy)
    assert time.monotonic() - started < 5
    assert received(FLOW, database) == 4


def test_a_long_stream_is_stopped_too(path):
    database = opened(path, time_limit_seconds=0.2)
    with pytest.raises(TimeLimitError):
        for _ in database.stream("select range from range(10000000000)", {}, pa.Schema):
            pass


OWN = (
    "create table work_items as select 'A' as item_id, 'P' as employee,"
    " timestamp '2026-03-04 09:00' as received_at,"
    " timestamp '2026-03-25 09:00' as due_at"
    " union all select 'B', null, timestamp '2026-03-05 09:00', null"
)


def own_file(tmp_path, *more):
    """A file that a site made itself, with nothing of ours in it."""
    path = tmp_path / "own.duckdb"
    with duckdb.connect(str(path)) as connection:
        for statement in (OWN, *more):
            connection.execute(statement)
    return opened(path)


def test_a_calendar_that_lacks_hours_is_as_good_as_none(tmp_path):
    days = "create table calendar_days as select date '2026-03-04' as day,"
    database = own_file(tmp_path, f"{days} true as is_working")
    march = replace(YEAR, as_of=datetime(2026, 3, 6))
    first, _ = gate.ask(Question("records/open", march), database).rows.to_pylist()
    assert (first["age_band"], first["age_work_hours"]) == ("under half", 39.0)


def test_who_had_what_in_the_past_is_unknown_of_a_live_source_too(tmp_path):
    database = own_file(tmp_path)
    for as_of, expect in ((datetime(2026, 3, 6), None), (datetime.now(), 1)):
        filters = replace(YEAR, as_of=as_of)
        answer = gate.ask(Question("overview/matrix", filters), database)
        assert answer.total()["unassigned_items"] == expect


def test_a_moment_beyond_the_usual_calendar_is_refused(tmp_path):
    filters = replace(YEAR, as_of=datetime(2069, 1, 1))
    with pytest.raises(QuestionError, match="beyond the calendar"):
        gate.ask(Question("records/open", filters), own_file(tmp_path))


def test_a_due_date_that_no_calendar_holds_is_not_called_late(tmp_path):
    item = "item_id | received_at | due_at\n1 | 2026-03-02T09:00 | 9999-12-31T00:00"
    path = tmp_path / "far.duckdb"
    moment = datetime(2026, 3, 6)
    drawn.build(path, {"work_items": item}, zone="UTC", as_of=moment)
    filters = replace(YEAR, as_of=moment)
    rows = gate.ask(Question("records/open", filters), opened(path)).rows
    assert rows["age_band"].to_pylist() == ["not known"]


def test_a_site_s_own_file_without_a_calendar_shows_every_week(tmp_path):
    path = tmp_path / "own.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table work_items as select 'A' as item_id,"
            " timestamp '2026-03-04 09:00' as received_at"
        )
    march = replace(YEAR, start=date(2026, 3, 2), end=date(2026, 3, 16))
    rows = gate.ask(Question("workload/flow_by_bucket", march), opened(path)).rows
    assert rows["received_items"].to_pylist() == [1, 0]


def test_relations_that_are_missing_are_empty(tmp_path):
    path = tmp_path / "own.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table work_items as select 'A' as item_id,"
            " timestamp '2026-03-02 09:00' as received_at"
        )
    database = opened(path)
    movements = gate.ask(Question("records/flow", YEAR), database).rows
    assert movements["movement"].to_pylist() == ["received"]
    assert gate.ask(FLOW, database).load.as_of is None


def test_a_replaced_file_is_read_anew(tmp_path, path, database):
    assert received(FLOW, database) == 4
    build(path, {"work_items": "item_id | received_at\n1 | 2026-03-02T09:00"})
    assert received(FLOW, database) == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("delete from load_log", "is half-built"),
        ("update load_log set format = 0", "another version of this program"),
        ("drop table work_items", "has no table work_items"),
    ],
)
def test_a_database_that_is_not_whole_says_so(path, spoil, words):
    with duckdb.connect(str(path)) as connection:
        connection.execute(spoil)
    with pytest.raises(DatabaseError, match=words):
        gate.ask(FLOW, opened(path))


def test_what_is_no_database_says_so(tmp_path):
    path = tmp_path / "text.duckdb"
    path.write_text("no database" * 1000)
    with pytest.raises(DatabaseError, match="text.duckdb is not a DuckDB file"):
        gate.load(opened(path))
    with pytest.raises(DatabaseError, match="is not there"):
        gate.load(opened(tmp_path / "none.duckdb"))


def test_a_database_comes_back_without_restart(path, database):
    aside = path.rename(path.with_suffix(".aside"))
    with pytest.raises(DatabaseError):
        gate.load(database)
    aside.rename(path)
    assert received(FLOW, database) == 4


def test_a_database_under_a_writer_says_so(path):
    hold = (
        "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print(1, flush=1)"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", f"{hold}; time.sleep(60)", str(path)],
        stdout=subprocess.PIPE,
        env=os.environ,
    )
    with writer:
        writer.stdout.readline()
        with pytest.raises(DatabaseError, match="is being written by another program"):
            gate.load(opened(path))
        writer.kill()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sample.duckdb", "is not one"),
        ("oracle://u:secret@host/db", "oracle, which this version"),
        ("duckdb://", "names no file"),
        ("duckdb:///:memory:", "names no file"),
    ],
)
def test_a_url_that_names_no_duckdb_file_is_refused(url, words):
    with pytest.raises(DatabaseError, match=words) as error:
        DuckDBFile(Settings(database_url=url))
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('/etc/hostname')",
        "select * from glob('/etc/*')",
        "copy (select 1) to '/tmp/mis-should-not-exist.csv'",
        "attach '/tmp/other.duckdb'",
        "install httpfs",
        "set threads = 8",
        "delete from work_items",
    ],
)
def test_the_database_alone_refuses_what_is_not_reading(database, sql):
    with pytest.raises(DatabaseError):
        database.run(sql, {}, None, Stop())


def test_a_long_question_prints_nothing(path):
    code = """if True:
        import sys
        from dashboard.databases.duckdb_file import DuckDBFile
        from dashboard.databases.stopping import Stop
        from dashboard.settings import Settings
        sql = "select sum(hash(range)) as n from range(500000000)"
        database = DuckDBFile(Settings(f"duckdb:///{sys.argv[1]}", time_limit_seconds=300))
        database.run(sql, {}, None, Stop())
        list(database.stream(sql, {}, None))"""
    assert subprocess.check_output([sys.executable, "-c", code, str(path)]) == b""


STEPS = "-- T\n-- Q?\n--\n-- One row.\n--\n-- Columns:\n--   n    rows\n\n"


@pytest.mark.parametrize(
    "sql",
    [
        "with WORK_ITEMS as (select * from WORK_ITEMS)\nselect count(*) as n from WORK_ITEMS",
        'with "Work_Items" as (select item_id from work_items)\nselect count(*) as n from "Work_Items"',
        "with a as (select * from sqlite_master),\nsqlite_master as (select 1 as x)\nselect count(*) as n from a",
        "with duckdb_tables as (select * from duckdb_tables)\nselect count(*) as n from duckdb_tables",
        "with recursive a as (select 1 as x union all select x from a)\nselect count(*) as n from a",
        "select count(*) as n from (with a as (select 1 as x) select x from a) as b",
        "with a as (select 1 as x),\na as (select 2 as x)\nselect count(*) as n from a",
        "select count(*) as n from work_types as w(a, b)",
    ],
)
def test_no_step_stands_for_what_it_is_not(sql, tmp_path):
    """A step that names itself or a later one would read a table past the scope."""
    path = tmp_path / "bad" / "query.sql"
    path.parent.mkdir()
    path.write_text(f"{STEPS}{sql}\norder by n\n")
    with pytest.raises(QueryFileError):
        parse(read_query(path))


def test_a_viewer_of_one_department_sees_no_row_without_a_department(small_sample):
    """Refused rows may hold anybody's data; only who sees everything sees them."""
    payroll = Viewer("p", ("Payroll",))
    has = small_sample.state().tables, small_sample.state().dialect
    query = find_query("data/refused_rows")
    assert "FALSE" in rewrite(query, Shape(scope=1), *has)
    rows = gate.ask(Question("data/targets", YEAR), small_sample, payroll).rows
    assert set(rows["department"].to_pylist()) == {"Payroll", None}


def test_a_viewer_reads_remarks_and_owners_of_their_departments_only(small_sample):
    """A remark that names no department is for everybody."""
    compliance = Viewer("c", ("Compliance",))
    owners = gate.ask(Question("data/owners", YEAR), small_sample, compliance).rows
    assert owners["department"].to_pylist() == ["Compliance"]
    told = gate.ask(Question("data/annotations", YEAR), small_sample, compliance).rows
    assert set(told["department"].to_pylist()) == {"Compliance", None}


def test_a_failing_question_fails_once_for_all_who_wait(small_sample, monkeypatch):
    runs = []

    def slow(sql, values, contract, stop):
        runs.append(sql)
        time.sleep(0.3)
        raise DatabaseError("gone")

    monkeypatch.setattr(small_sample, "run", slow)
    gate.forget()
    failed = []

    def ask():
        try:
            gate.ask(Question("data/targets", YEAR), small_sample)
        except DatabaseError as error:
            failed.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(runs), failed) == (1, ["gone"] * 6)


def test_other_settings_for_a_file_still_see_it_replaced(tmp_path):
    path = tmp_path / "a.duckdb"
    item = "item_id | received_at\n{} | 2026-03-02T09:00"
    drawn.build(path, {"work_items": item.format(1)}, zone="UTC", as_of=YEAR.as_of)
    url = f"duckdb:///{path}"
    first = open_database(Settings(database_url=url))
    assert gate.count(Question("records/received", YEAR), first) == 1
    second = open_database(Settings(database_url=url, time_limit_seconds=5))
    two = item.format(1) + "\n2 | 2026-03-02T09:00"
    drawn.build(path, {"work_items": two}, zone="UTC", as_of=YEAR.as_of)
    assert gate.count(Question("records/received", YEAR), second) == 2


@pytest.mark.parametrize("due", ["9999-12-31T00:00", "0001-01-02T00:00"])
def test_a_date_that_stands_for_none_does_not_close_the_file(tmp_path, due):
    path = tmp_path / "a.duckdb"
    item = f"item_id | received_at | due_at\n1 | 2026-03-02T09:00 | {due}"
    drawn.build(path, {"work_items": item}, zone="UTC", as_of=YEAR.as_of)
    assert gate.count(Question("records/received", YEAR), opened(path)) == 1


@pytest.mark.parametrize(
    "items",
    [
        "select 'A' as item_id",
        "select 'A' as item_id, 'soon' as received_at",
    ],
)
def test_a_site_s_own_file_that_is_laid_out_otherwise_is_one_sentence(tmp_path, items):
    path = tmp_path / "own.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create table work_items as {items}")
    with pytest.raises(DatabaseError, match="own.duckdb"):
        gate.ask(Question("records/items", YEAR), opened(path))


def test_a_question_that_nobody_waits_for_is_stopped(path, monkeypatch):
    """Who leaves a page, or changes a filter, leaves no question running behind."""
    database = opened(path)
    ended = []

    def endless(sql, values, contract, stop):
        try:
            return run("select sum(hash(range)) from range(1e12)", {}, None, stop)
        except DatabaseError:
            ended.append(time.monotonic())
            raise

    run = database.run
    monkeypatch.setattr(database, "run", endless)

    def left():
        raise KeyboardInterrupt

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        gate.ask(FLOW, database, still_here=left)
    while not ended and time.monotonic() < start + 5:
        time.sleep(0.05)
    assert ended
    assert ended[0] - start < 2


@pytest.mark.parametrize("name", ["records/overdue", "records/open"])
@pytest.mark.parametrize("column", ["due_at", "days_late", "client"])
@pytest.mark.parametrize("descending", [False, True])
def test_a_page_is_a_part_of_the_whole(small_sample, name, column, descending):
    """Also where a list of several parts is cut before its rows are put in order."""
    then = small_sample.state().load.as_of - timedelta(days=45)
    filters = replace(YEAR, as_of=then, priority=("High", "Normal"))
    whole = Question(name, filters, order=column, descending=descending)
    rows = gate.ask(whole, small_sample).rows
    for offset in (0, 7):
        page = gate.ask(replace(whole, limit=7, offset=offset), small_sample)
        assert page.rows.equals(rows.slice(offset, 7))
        assert page.of_rows == rows.num_rows


PARTS = "(select day, calendar from a union all select day, calendar from b)"
LIVE = Load("site", "UTC", None, None, None, 0, False)
NOWS = "(select calendar, max(clock) as clock from c group by calendar)"


@pytest.mark.parametrize(
    ("join", "is_cut"),
    [
        ("", True),
        ("left join now on list.calendar = now.calendar", True),
        ("left join now on list.calendar = lower(now.calendar)", False),
        ("inner join now on list.calendar = now.calendar", False),
        ("left join now on list.calendar < now.calendar", False),
    ],
)
def test_a_list_is_cut_only_where_each_row_meets_one_at_most(join, is_cut):
    sql = f"with now as {NOWS}, list as {PARTS} select list.day from list {join}"
    tree = sqlglot.parse_one(sql, dialect=Portable)
    order = [sqlglot.parse_one("day", dialect=Portable)]
    assert first_page.cut(tree, [exp.Ordered(this=key) for key in order]) is is_cut


@pytest.mark.parametrize(
    ("sql", "read"),
    [
        ("select team from employees", {"team"}),
        ("select e.team from employees as e where e.vendor = 'V'", {"team", "vendor"}),
        ("with one as (select * from employees) select team from one", None),
        ("select e.*, 1 as n from employees as e", None),
        ("select e.team from employees as e, (select * from work_items) w", {"team"}),
        ("select count(*) as n from employees", None),  # a select needs a column
        ("select 1 as n from work_items join employees using (employee)", {"employee"}),
    ],
)
def test_only_what_a_query_may_read_is_made_to_fit(sql, read):
    tree = sqlglot.parse_one(sql, dialect=Portable)
    expected = read or set(RELATIONS["employees"].column_names)
    assert columns_read(tree)["employees"] == expected


def test_what_a_replica_knows_of_now_does_not_move_with_each_minute(small_sample):
    """Statuses and persons without a date hold for now, of a page opened before."""
    query = find_query("records/open")
    question = Question(query.name, YEAR)
    known = [
        plan(question, query, EVERYTHING, replace(LIVE, known_until=until))[1][
            "known_at"
        ]
        for until in (datetime(2026, 3, 2, 9, 0), datetime(2026, 3, 2, 9, 1))
    ]
    assert known[0] == known[1] < datetime(2026, 3, 2)
