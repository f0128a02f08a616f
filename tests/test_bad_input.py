"""Bad input never stops a page: it is said in a line, or refused in a sentence."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.errors import DatabaseError, ImportFileError
from dashboard.filters import Filters
from dashboard.query_files import all_queries
from dashboard.settings import Settings
from dashboard.sources.importing import import_files
from tests import drawn
from tests.test_pages import NAMES, opened, said

AS_OF = datetime(2026, 3, 10, 12)
YEAR = Filters(date(2026, 1, 1), date(2027, 1, 1), AS_OF, "Europe/Berlin")
ITEMS = """
    item_id | department | team | work_type | received_at      | due_at           | completed_at
    1       | AP         | A    | Slip      | 2026-03-02T09:00 | 2026-03-05T09:00 | 2026-03-03T09:00
    2       | AP         | A    | Slip      | 2026-03-03T09:00 | 2026-03-12T09:00 | -
"""
OFFICE = "calendar | zone | is_default\n OFFICE | Europe/Berlin | yes"
EVERYTHING = {
    "work_items": """
        item_id | department | received_at      | started_at       | due_at           | completed_at     | cancelled_at     | standard_minutes | handling_minutes
        1       | AP         | 2026-03-02T09:00 | 2026-03-02T10:00 | 2026-03-05T09:00 | 2026-03-03T09:00 | -                | 10               | 12
        2       | AP         | 2026-03-03T09:00 | -                | 9999-12-31T00:00 | -                | -                | -10              | -5
        3       | AP         | 2026-03-03T09:00 | 2026-03-02T09:00 | 2026-03-02T09:00 | 2026-03-02T09:00 | -                | 10               | 9999
        4       | HR         | 2026-03-03T09:00 | -                | -                | -                | 2026-03-02T09:00 | 10               | -
        5       | -          | 1900-01-01T00:00Z | -               | -                | -                | -                | 10               | -
        6       | AP         | 2026-03-03T09:00 | 2026-03-05T09:00 | -                | 2026-03-04T09:00 | -                | 0                | 0
    """,
    "work_events": """
        item_id | event_at         | kind      | to_status
        none    | 2026-03-03T09:00 | received  | new
        none    | 2026-03-04T09:00 | completed | done
    """,
    "quality_reviews": """
        review_id | item_id | work_date  | reviewed_at      | design | units | defects
        a         | none    | 2026-03-03 | 2026-03-04T09:00 | random | 1     | 0
        b         | 1       | 2026-02-03 | 2026-02-04T09:00 | random | 1     | 5
        c         | 2       | 2026-03-04 | 2026-03-04T09:00 | random | 1     | -1
    """,
    "time_entries": """
        employee | work_date  | kind     | minutes
        P        | 2026-03-03 | core     | -5
        Q        | 2026-03-03 | core     | 1000
        Q        | 2026-03-03 | diverted | 600
    """,
    "work_types": "work_type | standard_minutes\n Slip | -10",
}
REPEATED = ITEMS + (
    "2 | AP | A | Slip | 2026-03-01T09:00 | - | -\n"
    "- | AP | A | Slip | 2026-03-01T09:00 | - | -\n"
    "3 | AP | A | Slip | - | - | -"
)
ENDLESS = """
    create table work_items as select * from (values
        ('1', timestamp '2026-03-02 09:00', timestamp 'infinity'),
        ('2', timestamp '-infinity', null),
        ('3', timestamp 'infinity', timestamp '0001-01-01 00:00')
    ) as told(item_id, received_at, completed_at)
"""
NO_HOURS = "of a calendar that is not there or never open (working time not known)"
OUTSIDE = "with a date outside of the calendar (working time not known)"


def built(path: Path, given: dict[str, str]) -> None:
    drawn.build(path, given, zone="Europe/Berlin", as_of=AS_OF)


def own_file(path: Path, given: dict[str, str]) -> None:
    drawn.own_file(path, given, "Europe/Berlin")


def endless(path: Path, given: dict[str, str]) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(ENDLESS)


def empty_days(path: Path, given: dict[str, str]) -> None:
    """A site's own file whose calendar_days are there, and hold nothing."""
    built(path, given)
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop table load_log")
        connection.execute("delete from calendar_days")


# how it is made -> what is given, and what the pages say of it; "" is nothing
BAD = {
    "everything": (built, EVERYTHING, "; 16 other faults."),
    "no calendar, own file": (own_file, {"work_items": ITEMS}, ""),
    "empty calendar, own file": (empty_days, {"work_items": ITEMS}, ""),
    "calendar without windows": (
        built,
        {"work_items": ITEMS, "calendars": OFFICE},
        f"2 items {NO_HOURS}.",
    ),
    "calendar that is not there": (
        built,
        {"work_items": ITEMS, "work_types": "work_type | calendar\n Slip | NIGHT"},
        f"2 items {NO_HOURS}.",
    ),
    "infinity, own file": (endless, {}, f"3 items {OUTSIDE}"),
    "repeated items, own file": (
        own_file,
        {"work_items": REPEATED},
        "2 items without key or receipt (left out); 1 item with the key of another "
        "(only the first received counts).",
    ),
}


@pytest.fixture
def bad(request, tmp_path, monkeypatch):
    """A database of the wanted kind, and what the pages have to say of it."""
    path = tmp_path / "operations.duckdb"
    make, given, words = BAD[request.param]
    make(path, given)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    gate.forget()
    return path, words


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_every_page_opens_over_bad_input_and_says_so(bad, name):
    _, words = bad
    app = opened(name)
    assert not app.exception
    assert not app.error
    lines = [said(w) for w in app.warning if "Records and extracts lists" in said(w)]
    assert (not lines) if not words else (words in lines[0] and not lines[1:])


@pytest.mark.parametrize("bad", ["everything"], indirect=True)
def test_every_query_answers_over_bad_input(bad):
    path, _ = bad
    database = DuckDBFile(Settings(database_url=f"duckdb:///{path}"))
    for name in all_queries():
        gate.ask(Question(name, YEAR), database)


@pytest.mark.parametrize("bad", ["everything"], indirect=True)
def test_the_line_counts_what_the_records_list(bad):
    path, _ = bad
    database = DuckDBFile(Settings(database_url=f"duckdb:///{path}"))
    faults = gate.ask(Question("data/faults", YEAR), database)
    for column in faults.query.cases:
        for row in faults.rows.to_pylist():
            behind = gate.cases_behind(faults, column, row)
            assert gate.count(behind, database) == row[column]


@pytest.mark.parametrize("bad", ["everything"], indirect=True)
def test_the_line_is_of_what_the_page_is_narrowed_to(bad):
    app = opened("overview", department=["HR"])
    assert "1 item cancelled before receipt (never counted as open). Records" in str(
        [said(warning) for warning in app.warning]
    )


@pytest.mark.parametrize("bad", ["repeated items, own file"], indirect=True)
def test_of_items_with_one_key_the_first_received_counts(bad):
    """However often the key is repeated, the item is one, and the others are told."""
    path, _ = bad
    database = DuckDBFile(Settings(database_url=f"duckdb:///{path}"))
    rows = gate.ask(Question("records/items", YEAR), database).rows
    received = {row["item_id"]: row["received_at"] for row in rows.to_pylist()}
    assert received == {
        "1": datetime(2026, 3, 2, 8),
        "2": datetime(2026, 3, 1, 8),
    }
    listed = gate.ask(Question("records/faults", YEAR), database).rows
    assert set(listed["row_key"].to_pylist()) == {"2", "3", None}


def test_a_site_s_own_calendar_counts_in_its_own_file(tmp_path):
    """Though nobody has turned it into days."""
    windows = "calendar | weekday | opens | closes\n OFFICE | 2 | 09:00 | 10:00"
    given = {"work_items": ITEMS, "calendars": OFFICE, "calendar_windows": windows}
    own_file(tmp_path / "own.duckdb", given)
    database = DuckDBFile(Settings(database_url=f"duckdb:///{tmp_path / 'own.duckdb'}"))
    rows = gate.ask(Question("records/open", YEAR), database).rows
    assert rows["age_work_hours"].to_pylist() == [2.0]


def test_clocks_of_a_calendar_that_is_gone_are_derived_anew(tmp_path):
    """Else an age would be the difference of the clocks of two calendars."""
    found = {}
    for name, make in (("empty", empty_days), ("own", own_file)):
        path = tmp_path / f"{name}.duckdb"
        make(path, {"work_items": ITEMS})
        database = DuckDBFile(Settings(f"duckdb:///{path}", zone="Europe/Berlin"))
        rows = gate.ask(Question("records/open", YEAR), database).rows
        found[name] = rows["age_work_hours"].to_pylist()
    assert found["empty"] == found["own"]


# A zone that does not exist


ATLANTIS = "calendar | zone\n OFFICE | Europe/Atlantis"
NO_ZONE = "'Europe/Atlantis', which is no time zone"


def test_a_calendar_of_no_zone_is_not_built(tmp_path):
    given = {"work_items": ITEMS, "calendars": ATLANTIS}
    with pytest.raises(ImportFileError, match=f"Calendar OFFICE .*{NO_ZONE}"):
        built(tmp_path / "a.duckdb", given)
    assert not list(tmp_path.iterdir())


def test_a_calendar_of_no_zone_refuses_an_import(tmp_path):
    (tmp_path / "mapping.toml").write_text("""
[source]
name = "Site"
zone = "Europe/Berlin"
[columns]
id = { from = "id", type = "text" }
at = { from = "at", type = "instant", format = "%Y-%m-%d %H:%M" }
[work_items]
item_id = "id"
received_at = "at"
[calendars]
calendar = { value = "OFFICE" }
zone = { value = "Europe/Atlantis" }
""")
    (tmp_path / "items.csv").write_text("id,at\n1,2026-03-02 09:00\n")
    with pytest.raises(ImportFileError, match=NO_ZONE):
        import_files(
            tmp_path / "mapping.toml",
            [tmp_path / "items.csv"],
            tmp_path / "site.duckdb",
        )
    assert not (tmp_path / "site.duckdb").exists()


def spoiled(path: Path) -> None:
    built(path, {"work_items": ITEMS})
    with duckdb.connect(str(path)) as connection:
        connection.execute("update load_log set zone = 'Europe/Atlantis'")


def drowned(path: Path) -> None:
    own_file(path, {"work_items": ITEMS, "calendars": ATLANTIS})


@pytest.mark.parametrize("make", [spoiled, drowned])
def test_a_file_that_names_no_zone_says_so(tmp_path, make):
    make(tmp_path / "own.duckdb")
    database = DuckDBFile(Settings(database_url=f"duckdb:///{tmp_path / 'own.duckdb'}"))
    with pytest.raises(DatabaseError, match=f"own.duckdb has .*{NO_ZONE}"):
        gate.load(database)


@pytest.mark.parametrize("name", NAMES)
def test_every_page_says_that_the_setting_names_no_zone(tmp_path, monkeypatch, name):
    built(tmp_path / "a.duckdb", {"work_items": ITEMS})
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{tmp_path / 'a.duckdb'}")
    monkeypatch.setenv("MIS_ZONE", "Europe/Atlantis")
    app = opened(name)
    assert not app.exception
    assert NO_ZONE in said(app.error[0])
