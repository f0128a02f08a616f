"""Files are built by the calendars that the site has decided, and never read by two."""

from datetime import datetime

import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.decisions import calendars_to_build_by
from dashboard.errors import DatabaseError, DecisionError
from dashboard.questions import read_filters
from dashboard.settings import Settings
from dashboard.sources.building_anew import build_anew
from tests import drawn
from tests.decisions.conftest import put
from tests.office import Office
from tests.test_sync import Office as Copied

# Monday 2 March 2026, 08:00, to Tuesday, 12:00
ITEM = """
    item_id | department | received_at       | completed_at
    1       | Payroll    | 2026-03-02T08:00Z | 2026-03-03T12:00Z
"""


def decide(folder, hours="10:00 | 13:00"):
    """One calendar with the same hours on each day of the week."""
    days = "\n".join(f"office | {day} | {hours}" for day in range(1, 8))
    put(folder, "calendar_windows", f"calendar | weekday | opens | closes\n{days}")
    put(folder, "calendars", "calendar | zone\noffice | UTC")
    return calendars_to_build_by(str(folder))


def working_hours(path, folder):
    """The working hours of the one item, as the gate tells them."""
    database = DuckDBFile(Settings(f"duckdb:///{path}", decisions=str(folder)))
    filters = read_filters(gate.load(database), "2026-03-01", "2026-04-01", None, {})
    rows = gate.ask(Question("records/completed", filters), database).rows
    notices = gate.load(database).notices
    database.close()
    return rows["lead_work_hours"].to_pylist(), " ".join(notices)


@pytest.fixture
def path(tmp_path):
    """A file that was built before anything was decided."""
    found = tmp_path / "operations.duckdb"
    drawn.build(found, {"work_items": ITEM}, zone="UTC", as_of=datetime(2026, 3, 10))
    return found


def test_a_built_file_counts_by_its_own_calendar_until_it_is_built_anew(path, folder):
    assert working_hours(path, folder) == ([28.0], "")
    calendars = decide(folder)
    hours, notice = working_hours(path, folder)
    assert hours == [28.0]
    assert "they count once it is built anew" in notice
    assert build_anew(path, calendars)
    assert working_hours(path, folder) == ([5.0], "")
    assert not build_anew(path, calendars)


def test_the_relation_calendars_is_never_of_other_days_than_the_clocks(path, folder):
    decide(folder)
    database = DuckDBFile(Settings(f"duckdb:///{path}", decisions=str(folder)))
    filters = read_filters(gate.load(database), None, None, None, {})
    hours = gate.ask(Question("data/opening_hours", filters), database).rows
    assert hours.num_rows == 0
    database.close()


def test_a_sites_own_file_counts_by_the_decided_calendars_at_once(tmp_path, folder):
    path = tmp_path / "own.duckdb"
    drawn.own_file(path, {"work_items": ITEM})
    assert working_hours(path, folder) == ([28.0], "")
    decide(folder)
    assert working_hours(path, folder) == ([5.0], "")


def test_an_import_builds_by_the_decided_calendars(tmp_path, folder):
    office = Office(tmp_path)
    calendars = decide(folder)
    office.load("1,A,2026-03-02,5", calendars=calendars)
    assert office.ask("select distinct calendar from calendar_days") == [("office",)]
    assert office.ask("select count(*) from calendar_windows") == [(7,)]


def test_a_file_that_is_imported_already_is_built_anew_for_other_calendars(
    tmp_path, folder
):
    office = Office(tmp_path)
    office.load("1,A,2026-03-02,5")
    calendars = decide(folder)
    assert office.load("1,A,2026-03-02,5", calendars=calendars).lines
    assert not office.load("1,A,2026-03-02,5", calendars=calendars).lines
    assert office.items() == "1 A 5"


def test_an_import_into_a_new_file_by_decided_calendars_is_one(tmp_path, folder):
    office = Office(tmp_path)
    assert office.load("1,A,2026-03-02,5", calendars=decide(folder)).rows == 1


def test_building_anew_keeps_what_an_import_keeps(tmp_path, folder):
    office = Office(tmp_path)
    office.load("1,A,2026-03-02,5; 2,B,lately,7; 3,A,2026-03-03,1")
    kept = office.ask("from trackers.rows order by row_number")
    log = office.ask("select source, as_of, rows, refused_rows, zone from load_log")
    lines = office.ask("from load_lines")
    waiting = office.waiting()
    assert build_anew(office.database, decide(folder))
    assert office.ask("from trackers.rows order by row_number") == kept
    assert lines == office.ask("from load_lines")
    assert waiting == office.waiting() != []
    assert log == office.ask(
        "select source, as_of, rows, refused_rows, zone from load_log"
    )
    office.load("1,A,2026-03-02,6; 2,B,2026-03-02,7")
    assert office.items() == "1 A 6; 2 B 7; 3 A 1"


def test_a_copy_is_built_by_the_decided_calendars_and_stays_quick(tmp_path, folder):
    office = Copied(tmp_path)
    office.tickets("1 A 01 02 02")
    calendars = decide(folder)
    office.sync(calendars=calendars)
    assert office.ask("select distinct calendar from calendar_days") == [("office",)]
    office.tickets("2 A 03 04 04")
    lines = office.sync(calendars=calendars)
    assert lines["work_items"].startswith("2 = 1 new")
    assert office.ask("select count(*) from item_clocks") == [(2,)]
    office.sync()
    assert office.ask("select count(*) from calendar_windows") == [(0,)]


def test_broken_calendars_refuse_an_import_and_a_copy(folder):
    put(folder, "calendars", "calendar | zone\noffice | Mars/Base")
    with pytest.raises(DecisionError, match="nothing was changed"):
        calendars_to_build_by(str(folder))


def test_a_file_that_we_did_not_build_is_not_built_anew(tmp_path, folder):
    path = tmp_path / "own.duckdb"
    drawn.own_file(path, {"work_items": ITEM})
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="as it was before"):
        build_anew(path, decide(folder))
    assert path.read_bytes() == before
