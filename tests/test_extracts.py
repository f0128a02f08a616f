"""Extracts: the rows of the screen as a file, safe to open, whole or not at all."""

import csv
import hashlib
import io
import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import gate
from dashboard.access import EVERYTHING, Viewer
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.errors import DatabaseError, TimeLimitError
from dashboard.extracts import links, names, writing
from dashboard.extracts.about import describe
from dashboard.extracts.csv_text import instants, write_csv
from dashboard.filters import Filters
from dashboard.query_files import all_queries
from dashboard.settings import Settings
from tests import drawn

ZONE = "Europe/London"
YEAR = Filters(date(2026, 1, 1), date(2027, 1, 1), datetime(2027, 1, 1), ZONE)
QUESTION = Question("records/flow", YEAR)
ITEMS = """
    item_id | department | client | received_at      | completed_at
    1       | AP         | =1+1   | 2026-03-02T09:00 | 2026-07-01T12:00
    2       | AP         | A, B   | 2026-10-25T00:30 | -
    3       | HR         | -      | 2026-03-04T09:00 | -
    4       | HR         | Ö "x"  | 2026-03-04T09:00 | -
    5       | HR         | +44 20 | 2026-03-05T09:00 | -
"""
OWNERS = """
    department | owner | contact   | valid_from | valid_to
    AP         | Ann   | ann@x.org | 2026-01-01 | 2027-01-01
    AP         | Ben   | ben@x.org | 2027-01-01 | -
    HR         | Cho   | -         | -          | -
"""


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "drawn.duckdb"
    moment = datetime(2027, 1, 1)
    given = {"work_items": ITEMS, "owners": OWNERS}
    drawn.build(path, given, zone=ZONE, as_of=moment)
    return DuckDBFile(Settings(database_url=f"duckdb:///{path}"))


def text(*tables: pa.Table, zone: str = ZONE) -> str:
    file = io.BytesIO()
    write_csv(tables, file, zone, tables[0].column_names)
    return file.getvalue().decode()


def cells(values: list[str]) -> list[str]:
    """What a program reads back of a column of texts."""
    written = text(pa.table({"text": values, "end": ["e"] * len(values)}))
    rows = csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""))
    return [row[0] for row in rows][1:]


# The text of the file


def test_a_file_is_this_to_the_byte():
    rows = pa.table(
        {
            "word": ["plain", 'a "quoted", word', None],
            "day_on": [date(2026, 11, 22), None, date(2026, 1, 1)],
            "at": [datetime(2026, 11, 22, 9), datetime(2026, 7, 1, 9, 0, 0, 5), None],
            "is_late": [True, False, None],
            "items": [1, -2, None],
            "amount": [Decimal("-12.50"), Decimal("0.10"), None],
            "rate": [0.5, float("nan"), float("inf")],
        }
    )
    assert text(rows) == (
        "\ufeffword,day_on,at,is_late,items,amount,rate\n"
        "plain,2026-11-22,2026-11-22T09:00:00+00:00,true,1,-12.50,0.5\n"
        '"a ""quoted"", word",,2026-07-01T10:00:00.000005+01:00,false,-2,0.10,\n'
        ",2026-01-01,,,,,\n"
    )


def test_the_header_stands_once_and_alone_where_there_are_no_rows():
    one = pa.table({"a": [1]})
    assert text(one, one) == "\ufeffa\n1\n1\n"
    assert text(one.slice(0, 0)) == "\ufeffa\n"


def test_a_row_of_one_empty_cell_is_still_a_row():
    assert text(pa.table({"a": pa.array([None, 1])})) == '\ufeffa\n""\n1\n'


@pytest.mark.parametrize(
    "zone", ["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
)
def test_offsets_are_exact_around_every_clock_change(zone):
    start = datetime(2024, 1, 1)
    times = [start + timedelta(minutes=30 * n) for n in range(3 * 365 * 48)]
    found = instants(pa.array(times, pa.timestamp("us")), zone).to_pylist()
    tz = ZoneInfo(zone)
    assert found == [t.replace(tzinfo=UTC).astimezone(tz).isoformat() for t in times]


FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "-12.50", "+44 20 7946 0000", "=", "-"),
    *("\t=1", "\t", "\tx", "\r=1", "\rx", "\n=1", "\nx", "\r\n=1", "\n\n=1"),
    *(" =1", "   +1", "\u00a0=1", "\u3000=1", "\u2003@x", "\u200b=1", "\ufeff=1"),
    *("＝1+1", "＋1", "－1", "＠x", " ＝1", "−1", "\x00=1", "\x0b=1", '"=1', ' "=1"'),
    *("a\n=1", "a\r=1", "a\r\n+1", "a\nb\n@x", "a\n =1", "a\n\u00a0=1"),
    *('=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "@cmd", "=1;=2", "=\n=1"),
]


@pytest.mark.parametrize("value", FORMULAS, ids=repr)
def test_no_line_of_a_cell_can_be_a_formula(value):
    (found,) = cells([value])
    assert found.replace("'", "") == value.replace("'", "")
    for line in found.replace("\r", "\n").split("\n"):
        seen = line.lstrip(' \t\x00\x0b\u00a0\u3000\u2003\u200b\ufeff"')
        assert seen[:1] not in tuple("=+-@＝＋－＠−"), line
    assert found[0] not in "\t\r\n"


@pytest.mark.parametrize(
    "value",
    ["a=1", "1-2", "x@y.org", "'quoted", "", "Ä", "a\nb", "1,5", "5 %", "–", "a -b"],
)
def test_harmless_text_comes_back_unchanged(value):
    assert cells([value]) == [value]


def test_extract_guards_formulas_keeps_numbers():
    """DQ5"""
    rows = pa.table({"=client": ["=1+1"], "amount": [Decimal("-12.50")]})
    assert text(rows) == "\ufeff'=client,amount\n'=1+1,-12.50\n"
    assert pd.read_csv(io.StringIO(text(rows)))["amount"].tolist() == [-12.5]


# Extracts of questions


@pytest.mark.parametrize("name", all_queries())
@pytest.mark.parametrize("department", [(), ("Accounts Payable",)], ids=["all", "one"])
def test_extract_rows_equal_screen_rows(small_sample, tmp_path, name, department):
    """DQ5, for every figure of every page, under the same filters."""
    load = small_sample.state().load
    period = (date(2026, 11, 2), date(2026, 11, 23))
    filters = Filters(*period, load.as_of, load.zone, department=department)
    question = Question(name, filters)
    shown = gate.ask(question, small_sample).rows
    made = writing.extract(question, small_sample, folder=tmp_path / "out")
    assert list(made.about["columns"]) == shown.column_names
    assert shown.num_rows == made.rows == made.about["rows"]
    assert text(shown, zone=load.zone).encode() == made.csv.read_bytes()


def test_an_extract_is_whole_whatever_page_was_shown(database, tmp_path):
    page = replace(QUESTION, limit=2, offset=2)
    assert writing.extract(page, database, folder=tmp_path).rows == 6


def test_an_extract_keeps_search_and_chosen_rows(database, tmp_path):
    ap = replace(QUESTION, where=(("department", ("AP",)),))
    assert writing.extract(ap, database, folder=tmp_path).rows == 3
    found = replace(QUESTION, search="a, b")
    assert writing.extract(found, database, folder=tmp_path).rows == 1


def test_screen_extract_and_description_agree_under_a_scope(database, tmp_path):
    """DQ5: AP may be seen; AP and HR are chosen."""
    viewer = Viewer("ap", ("AP",))
    both = replace(QUESTION, filters=YEAR.narrowed(department=("AP", "HR")))
    made = writing.extract(both, database, viewer, tmp_path)
    assert gate.count(both, database, viewer) == made.rows == made.about["rows"] == 3


def test_an_empty_extract_has_its_header(database, tmp_path):
    nobody = replace(QUESTION, filters=YEAR.narrowed(department=("Nobody",)))
    made = writing.extract(nobody, database, folder=tmp_path)
    assert made.rows == 0
    assert made.csv.read_text("utf-8-sig").startswith("item_id,movement,moved_at,")


def test_the_description_says_what_the_rows_are(database, tmp_path):
    narrowed = YEAR.narrowed(department=("AP", None))
    question = replace(QUESTION, filters=narrowed, search="x")
    made = writing.extract(question, database, folder=tmp_path)
    about = json.loads(made.about_file.read_text())
    assert about == made.about
    assert about["sha256"] == hashlib.sha256(made.csv.read_bytes()).hexdigest()
    assert about["query"] == "records/flow"
    assert about["filters"] == {"department": ["AP", "(none)"]}
    assert about["filters_in_words"] == narrowed.sentence()
    assert (about["first_day"], about["first_day_not_counted"]) == (
        "2026-01-01",
        "2027-01-01",
    )
    assert about["as_of"] == "2027-01-01T00:00:00+00:00"
    assert (about["zone"], about["search"], about["rows"]) == (ZONE, "x", made.rows)
    assert about["source"]["name"] == "drawn"
    assert about["columns"]["item_id"] == "the item"


@pytest.mark.parametrize(
    ("departments", "owners"),
    [
        ((), []),
        (("AP",), [{"department": "AP", "owner": "Ben", "contact": "ben@x.org"}]),
        (("HR", None), [{"department": "HR", "owner": "Cho", "contact": None}]),
    ],
)
def test_the_description_names_who_answers_for_the_chosen_departments(
    database, departments, owners
):
    filters = YEAR.narrowed(department=departments)
    question, load = Question("records/flow", filters), database.state().load
    assert describe(question, database, EVERYTHING, load)["owners"] == owners


@pytest.mark.parametrize(
    ("departments", "name"),
    [
        ((), "movements-of-items_all_2026-01-01_2026-12-31.csv"),
        (("AP",), "movements-of-items_ap_2026-01-01_2026-12-31.csv"),
        ((None,), "movements-of-items_none_2026-01-01_2026-12-31.csv"),
        (("A/../b", "Ö"), "movements-of-items_a-b-and-o_2026-01-01_2026-12-31.csv"),
        (("人事",), "movements-of-items_other_2026-01-01_2026-12-31.csv"),
        (
            ("Accounts Payable", "Customer Service", "Data Entry"),
            "movements-of-items_3-departments_2026-01-01_2026-12-31.csv",
        ),
    ],
)
def test_a_file_name_says_what_is_in_the_file(departments, name):
    filters = YEAR.narrowed(department=departments)
    assert names.file_name(Question("records/flow", filters)) == name


def test_a_pooled_table_is_taken_away_as_it_is_shown(database, tmp_path):
    pooled = gate.ask(Question("overview/matrix", YEAR), database).by("department")
    made = writing.extract(pooled.question, database, folder=tmp_path / "out")
    read = pd.read_csv(made.csv)
    assert list(read.columns) == pooled.rows.column_names
    assert read["received_items"].tolist() == pooled.rows["received_items"].to_pylist()
    assert made.about["pooled_by"] == ["department"]
    address = links._packed(pooled.question, EVERYTHING)
    assert links._unpacked(address)[0] == pooled.question


# Nothing half-written


def test_a_question_that_is_stopped_leaves_nothing(database, tmp_path, monkeypatch):
    def stopped(*question):
        yield from gate.ask(QUESTION, database).rows.slice(0, 2).to_batches()
        raise TimeLimitError("stopped")

    monkeypatch.setattr(database, "stream", stopped)
    with pytest.raises(TimeLimitError):
        writing.extract(QUESTION, database, folder=tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(database, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseError, match="cannot be written to"):
        writing.extract(QUESTION, database, folder=tmp_path / "file" / "out")


MILLION = """
import resource, sys, duckdb
from dashboard.extracts.csv_text import write_csv
import pyarrow as pa
sql = "select range as n, 'item ' || range as id, 'Accounts Payable' as department," \\
    " timestamp '2026-01-01' + to_seconds(range) as at from range({rows})"
connection = duckdb.connect()
connection.execute("pragma disable_progress_bar")
def tables():
    for batch in connection.execute(sql).to_arrow_reader(50_000):
        yield pa.Table.from_batches([batch])
with open(sys.argv[1], "wb") as file:
    write_csv(tables(), file, "Europe/London", ["n", "id", "department", "at"])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_a_million_rows_need_no_memory_for_a_million_rows(tmp_path):
    def peak(rows: int) -> int:
        code = MILLION.replace("{rows}", str(rows))
        command = [sys.executable, "-c", code, str(tmp_path / "out.csv")]
        return int(subprocess.check_output(command, text=True))

    started = time.monotonic()
    few, many = peak(200_000), peak(1_500_000)
    assert many - few < 60, (few, many)  # the file is 100 MB
    assert time.monotonic() - started < 60


# Links


@pytest.fixture
def client(database):
    return TestClient(Starlette(routes=links.routes(lambda: database)))


def test_a_link_gives_the_extract(client, database, tmp_path):
    response = client.get(links.link(QUESTION))
    made = writing.extract(QUESTION, database, folder=tmp_path / "out")
    assert response.status_code == 200
    assert response.content == made.csv.read_bytes()
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-disposition"] == (
        f'attachment; filename="{names.file_name(QUESTION)}"'
    )


def test_the_link_beside_it_describes_the_same_file(client):
    rows = client.get(links.link(QUESTION))
    about = client.get(links.link(QUESTION, "about")).json()
    assert about["sha256"] == hashlib.sha256(rows.content).hexdigest()


def test_a_link_keeps_everything_of_its_question_and_the_scope(client):
    question = replace(
        QUESTION,
        filters=YEAR.narrowed(department=("AP", "HR", None)),
        where=(("movement", ("received",)), ("team", (None,))),
        search="a",
        order="item_id",
        descending=True,
        settings=(("grain", "day"),),
    )
    viewer = Viewer("ap", ("AP",))
    assert links._unpacked(links._packed(question, viewer)) == (question, viewer)
    about = client.get(links.link(question, "about", viewer)).json()
    assert about["scope"] == ["AP"]


def test_a_link_that_was_changed_is_refused(client):
    _, _, token, name = links.link(QUESTION).split("/")
    response = client.get(f"/extracts/{token[:-2]}xx/{name}")
    assert response.status_code == 403
    assert response.text.startswith("This link is not valid")
    assert response.headers["cache-control"] == "no-store"


def test_an_old_link_is_refused(client, monkeypatch):
    monkeypatch.setattr(links, "LIFE_SECONDS", -1)
    response = client.get(links.link(QUESTION))
    assert response.status_code == 410
    assert response.text.startswith("This link is too old")


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (DatabaseError("It is gone."), 503, "It is gone."),
        (TimeLimitError("It took too long."), 504, "It took too long."),
        (ZeroDivisionError("secret"), 500, "The extract could not be made"),
    ],
)
def test_an_extract_that_fails_is_one_sentence(database, error, status, words):
    def broken():
        raise error

    client = TestClient(Starlette(routes=links.routes(broken)))
    response = client.get(links.link(QUESTION))
    assert response.status_code == status
    assert response.text.startswith(words)
    assert "secret" not in response.text
