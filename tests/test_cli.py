"""The command line: the numbers of the pages, and errors of one sentence."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from dashboard import gate, questions, starting
from dashboard.answers import Question
from dashboard.cli import cli
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.extracts import writing
from dashboard.settings import Settings
from sample_data.build import build
from tests import drawn

ITEMS = """
    item_id | department       | received_at      | completed_at
    1       | Accounts Payable | 2026-03-02T09:00 | 2026-03-05T12:00
    2       | Human Resources  | 2026-03-03T09:00 | -
    3       | -                | 2026-03-04T09:00 | -
"""
FLOW = "workload/flow_by_bucket"
MARCH = ("--from", "2026-03-01", "--to", "2026-04-01")


@pytest.fixture
def url(tmp_path, monkeypatch):
    for name in ("MIS_DATABASE_URL", "MIS_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "drawn.duckdb"
    moment = datetime(2026, 4, 1)
    drawn.build(path, {"work_items": ITEMS}, zone="Europe/London", as_of=moment)
    return f"duckdb:///{path}"


def mis(*words: str):
    return CliRunner().invoke(cli, words)


def ask(url: str, *words: str):
    return mis("ask", *words, "--database", url)


def rows(url: str, *words: str) -> list[dict[str, str]]:
    found = ask(url, *words, "--format", "csv")
    assert found.exit_code == 0, found.stderr
    return list(csv.DictReader(io.StringIO(found.stdout.removeprefix("\ufeff"))))


# Asking


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ((), 3),
        (("--department", "Accounts Payable"), 1),
        (("--department", "Accounts Payable", "--department", "Human Resources"), 2),
        (("--department", "(none)"), 1),
        (("--to", "2026-03-04"), 2),
        (("--as-of", "2026-03-03"), 1),
        (("--as-of", "2026-03-03T09:00:00+00:00"), 1),
        (("--as-of", "2026-03-03T09:01"), 2),
    ],
)
def test_filters_reach_the_question(url, words, items):
    found = rows(url, FLOW, *MARCH, "--set", "grain=month", *words)
    assert [int(row["received_items"]) for row in found] == [items]


def test_csv_is_to_the_byte_the_extract_of_the_page(url, tmp_path):
    database = DuckDBFile(Settings(database_url=url))
    load = gate.load(database)
    filters = questions.read_filters(load, "2026-03-01", "2026-04-01", None, {})
    question = Question("records/flow", filters)
    made = writing.extract(question, database, folder=tmp_path / "out")
    found = ask(url, "records/flow", *MARCH, "--format", "csv")
    assert found.exit_code == 0, found.stderr
    assert found.stdout_bytes == made.csv.read_bytes()


def test_the_usual_period_ends_with_the_week_of_the_as_of_moment(url):
    found = json.loads(ask(url, FLOW, "--format", "json").stdout)
    assert found["about"]["first_day"] == "2026-01-05"
    assert found["about"]["first_day_not_counted"] == "2026-04-06"


def test_json_has_times_with_offset_and_numbers(url):
    found = json.loads(ask(url, "records/flow", *MARCH, "--format", "json").stdout)
    assert found["about"]["rows"] == len(found["rows"]) == 4
    assert found["rows"][0]["moved_at"] == "2026-03-02T09:00:00+00:00"
    assert found["rows"][0]["stay_number"] == 1
    assert found["rows"][0]["team"] is None


def test_a_table_is_aligned(url):
    shown = ask(url, FLOW, *MARCH, "--set", "grain=month").stdout.splitlines()
    assert shown[0].split()[:2] == ["From", "Received"]
    assert shown[1].split()[:2] == ["2026-03-01", "3"]
    assert shown[-1] == (
        "1 row · 1 to 31 March 2026 · as of 2026-04-01 01:00 Europe/London"
    )


def test_sql_is_shown_instead_of_asked(url):
    shown = ask(url, FLOW, *MARCH, "--department", "Human Resources", "--sql").stdout
    assert "department IN (:department_0)" in shown
    assert "-- department_0 = Human Resources" in shown
    assert "-- period_start = 2026-03-01" in shown


def test_queries_are_listed_with_their_titles():
    assert f"{FLOW} " in mis("queries").stdout
    assert "Received and completed" in mis("queries").stdout


# Errors


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing/like_it",), "There is no query 'nothing/like_it'"),
        (("flow_by_bucket",), "did you mean workload/flow_by_bucket?"),
        ((FLOW, "--from", "yesterday"), "'yesterday', which is no date"),
        ((FLOW, "--to", "2026-02-30"), "'2026-02-30', which is no date"),
        ((FLOW, "--as-of", "noon"), "'noon', which is no time"),
        ((FLOW, "--from", "2026-04-01", "--to", "2026-03-01"), "choose a later end"),
        ((FLOW, "--from", "2026-03-01", "--to", "2026-03-01"), "choose a later end"),
        ((FLOW, "--department", "Acounts Payable"), "did you mean Accounts Payable?"),
        ((FLOW, "--department", "accounts payable"), "did you mean Accounts Payable?"),
        ((FLOW, "--department", "Zzz"), "There is no department 'Zzz': there are "),
        ((FLOW, "--team", "Zzz"), "this database names no team"),
        ((FLOW, "--set", "grain=year"), "choose one of day, week, month"),
        ((FLOW, "--set", "grain"), "write grain=VALUE"),
        ((FLOW, "--set", "speed=1"), "has no setting 'speed'"),
        ((FLOW, "--format", "xml"), "'xml' is not one of"),
        ((FLOW, "--colour", "red"), "No such option"),
        ((), "Missing argument 'QUERY'"),
    ],
)
def test_a_bad_question_is_one_sentence(url, words, said):
    one_sentence(ask(url, *words), said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ask", FLOW, "--database", "none.duckdb"), "is not there"),
        (("ask", FLOW, "--database", "oracle://u:secret@h/d"), "cannot read"),
        (("sample", "x.duckdb", "--end", "soon"), "'soon', which is no date"),
        (("sample", "x.duckdb", "--items", "0"), "0 is not in the range"),
        (("sample", "/proc/none/x.duckdb"), "cannot be written"),
        (("import", "none.toml", "none.csv", "--database", "x.duckdb"), "none"),
        (("import", "boston_311", "none.csv", "--database", "x.duckdb"), "none.csv"),
        (("import", "boston_311", "none.csv"), "Missing option '--database'"),
        (("run", "--port", "99999999"), "is not in the range"),
        (("dance",), "No such command 'dance'"),
    ],
)
def test_a_bad_command_is_one_sentence_and_leaves_nothing(url, tmp_path, words, said):
    before = sorted(tmp_path.iterdir())
    one_sentence(mis(*words), said)
    assert sorted(tmp_path.iterdir()) == before


def one_sentence(found, said: str) -> None:
    assert found.exit_code in (1, 2), found.output
    assert found.stdout == ""
    assert found.stderr.startswith("mis: ")
    assert found.stderr.count("\n") == 1
    assert said in found.stderr
    assert "Traceback" not in found.stderr
    assert "secret" not in found.stderr


def test_an_error_that_nobody_foresaw_shows_no_traceback(url, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("a value")

    monkeypatch.setattr(gate, "ask", broken)
    found = ask(url, FLOW)
    one_sentence(found, "Something went wrong (ZeroDivisionError)")
    assert "a value" not in found.stderr


def test_the_installed_command_answers_and_survives_a_closed_pipe(url):
    command = [sys.executable, "-m", "dashboard.cli"]
    environment = os.environ | {"PYTHONPATH": str(starting.Path(__file__).parents[1])}
    asked = [*command, "ask", FLOW, *MARCH, "--database", url]
    done = subprocess.run(asked, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    script = f"{' '.join(asked)} --format csv | true"
    cut = subprocess.run(
        script, shell=True, capture_output=True, text=True, env=environment
    )
    assert "Traceback" not in cut.stderr
    bad = subprocess.run(
        [*command, "ask", "x/y"], capture_output=True, text=True, env=environment
    )
    assert bad.returncode == 1
    assert bad.stderr.startswith("mis: There is no query 'x/y'")


# Building and opening


def test_a_sample_is_built_where_it_is_wanted(url, tmp_path):
    found = mis("sample", "mine.duckdb", "--items", "500", "--end", "2026-11-20")
    assert found.exit_code == 0, found.stderr
    load = gate.load(DuckDBFile(Settings(f"duckdb:///{tmp_path}/mine.duckdb")))
    assert load.is_sample
    assert load.as_of.date().isoformat() == "2026-11-20"


def test_an_import_tells_what_became_of_the_rows(url, tmp_path):
    (tmp_path / "mapping.toml").write_text(
        '[source]\nname = "T"\nzone = "UTC"\n[file]\nrefused_share = 0.5\n[columns]\n'
        'id = "Id"\nopened = { from = "Opened", type = "instant", required = true }\n'
        '[work_items]\nitem_id = "id"\nreceived_at = "opened"\n'
    )
    (tmp_path / "a.csv").write_text(
        "Id,Opened\n1,2026-01-01 09:00:00\n2,2026-01-02 09:00:00\n3,soon\n"
    )
    found = mis("import", "mapping.toml", "a.csv", "--database", "new.duckdb")
    assert found.exit_code == 0, found.stderr
    assert "3 rows read, 1 of them refused." in found.stdout
    assert "Opened is not a valid date" in found.stdout


def test_the_sample_is_built_once_a_day(tmp_path, monkeypatch):
    path = tmp_path / "operations.duckdb"
    settings = Settings(database_url=f"duckdb:///{path}")
    monkeypatch.setattr(Settings, "uses_sample", True)
    built = []

    def small(where, progress, calendars):
        built.append(where)
        build(where, items=200, progress=progress)

    monkeypatch.setattr("sample_data.build.build", small)
    quiet = lambda *_: None  # noqa: E731
    starting.prepare_sample(settings, quiet)
    starting.prepare_sample(settings, quiet)
    assert built == [path]
    build(path, items=200, end=datetime(2026, 1, 2, tzinfo=UTC).date())
    starting.prepare_sample(settings, quiet)
    path.write_text("spoilt")
    starting.prepare_sample(settings, quiet)
    assert built == [path] * 3


def test_a_port_that_is_taken_is_refused():
    import socket

    with socket.socket() as other:
        other.bind((starting.ADDRESS, 0))
        other.listen()
        with pytest.raises(starting.SettingsError, match="is taken"):
            starting.free_port(other.getsockname()[1])
    assert starting.FIRST_PORT <= starting.free_port(None) <= starting.LAST_PORT
