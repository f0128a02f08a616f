"""`mis decisions`: what is in force, what is to mend, and whether the audit is whole."""

import pytest

from dashboard import decisions
from tests import drawn
from tests.decisions.conftest import AS_OF, GIVEN, put
from tests.test_cli import mis

TARGETS = """
    metric      | department | value | valid_from | valid_to
    on_time_due | Payroll    | 0.75  | 2026-01-01 | -
    on_time_due | Payrol     | 0.5   | 2026-01-01 | 2026-02-01
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder in which the command is given."""
    for name in ("MIS_DATABASE_URL", "MIS_DECISIONS", "MIS_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "operations.duckdb"
    drawn.build(path, GIVEN, zone="Europe/London", as_of=AS_OF)
    (tmp_path / "mis.toml").write_text(f'database_url = "duckdb:///{path}"\n')
    return tmp_path


def test_without_a_folder_nothing_is_decided_and_nothing_is_made(site):
    said = mis("decisions")
    assert said.exit_code == 0
    assert "there is no folder of decisions" in said.stdout
    assert not (site / "decisions").exists()


def test_it_tells_what_is_in_force_today_and_how_far_the_audit_reaches(site):
    put(site / "decisions", "targets", TARGETS)
    decisions.standing("decisions")
    said = mis("decisions")
    assert said.exit_code == 0, said.stderr
    assert "decisions/targets.csv: 2 rows, 1 in force today" in said.stdout
    assert "metric on_time_due, department Payroll, value 0.75" in said.stdout
    assert "decisions/audit.csv: 1 line; the last is number 1, " in said.stdout


def test_a_department_that_the_data_does_not_know_is_told_and_not_refused(site):
    put(site / "decisions", "targets", TARGETS)
    said = mis("decisions")
    assert said.exit_code == 0
    assert "targets.csv names the department Payrol, which" in said.stdout


def test_a_broken_file_ends_with_an_error(site):
    put(site / "decisions", "targets", TARGETS.replace("0.75", "75"))
    said = mis("decisions")
    assert said.exit_code == 1
    assert "mend  targets.csv, line 2: on_time_due is a share" in said.stdout
    assert said.stderr == "mis: 1 to mend.\n"


def test_the_doctor_names_a_broken_file(site):
    put(site / "decisions", "targets", TARGETS.replace("0.75", "75"))
    said = mis("doctor")
    assert said.exit_code == 1
    assert "mend  decisions: targets.csv, line 2: on_time_due is a share" in said.stdout


def test_a_cut_line_ends_with_an_error(site):
    for value in (0.7, 0.71, 0.72):
        put(site / "decisions", "targets", TARGETS.replace("0.75", str(value)))
        decisions.standing("decisions")
    audit = site / "decisions" / "audit.csv"
    header, first, _, last = audit.read_bytes().splitlines(keepends=True)
    audit.write_bytes(header + first + last)
    said = mis("decisions")
    assert said.exit_code == 1
    assert "mend  audit.csv: line 2 was cut." in said.stdout


def test_a_change_by_hand_is_told_before_it_is_noticed(site):
    put(site / "decisions", "targets", TARGETS)
    decisions.standing("decisions")
    put(site / "decisions", "targets", TARGETS.replace("0.75", "0.76"))
    assert (
        "was changed by hand just now, or lines at the end" in mis("decisions").stdout
    )
    assert "note  targets.csv is not" not in mis("decisions").stdout


def test_a_relation_of_the_database_is_left_alone_by_an_empty_setting(site):
    put(site / "decisions", "targets", TARGETS)
    with (site / "mis.toml").open("a") as settings:
        settings.write('decisions = ""\n')
    assert "there is no folder of decisions" in mis("decisions").stdout
    found = mis("ask", "data/targets", "--format", "csv").stdout
    assert "0.9" in found
    assert "Payroll" not in found


def test_questions_of_the_command_line_are_answered_by_the_folder_too(site):
    put(site / "decisions", "targets", TARGETS)
    assert "on_time_due,Payroll" in mis("ask", "data/targets", "--format", "csv").stdout


def test_build_brings_the_file_under_the_decided_calendars(site):
    put(site / "decisions", "calendars", "calendar | zone\noffice | UTC")
    windows = "calendar | weekday | opens | closes\noffice | 1 | 09:00 | 17:00"
    put(site / "decisions", "calendar_windows", windows)
    assert "is built anew by the calendars" in mis("decisions", "--build").stdout
    assert "counts already by the calendars" in mis("decisions", "--build").stdout
    assert "office" in mis("ask", "data/calendars", "--format", "csv").stdout
