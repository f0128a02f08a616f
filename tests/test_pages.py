"""Every page opens over every kind of database, and says what is wrong in words."""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import gate
from dashboard.components.departments import extended
from dashboard.navigation import DEPARTMENTS, PAGES
from sample_data.extensions import ROWS
from tests import drawn

APP = Path(__file__).resolve().parents[1] / "app.py"
AS_OF = datetime(2026, 3, 10, 12)
NAMES = [name for name, _, _ in PAGES]
EXTENDED = [name for name, _, _ in DEPARTMENTS if name in ROWS]
TITLES = {name: title for name, title, _ in (*PAGES, *DEPARTMENTS)}
ONE_ITEM = """
    item_id | department | received_at      | first_due_at     | due_at
    1       | Payroll    | 2026-03-02T09:00 | 2026-03-04T17:00 | 2026-03-04T17:00
"""
TWO_ITEMS = """
    item_id | department | team | work_type | received_at      | due_at           | completed_at
    1       | Payroll    | A    | Slip      | 2026-03-02T09:00 | 2026-03-04T17:00 | 2026-03-03T09:00
    2       | -          | -    | -         | 2026-03-05T09:00 | -                | -
"""


@pytest.fixture
def database(request, tmp_path, monkeypatch):
    """Path of a database of the wanted kind, set as the database of the app."""
    path = tmp_path / "operations.duckdb"
    kind = getattr(request, "param", "sample")
    if kind == "sample":
        shutil.copy(request.getfixturevalue("small_sample").path, path)
    elif kind != "unreachable":
        items = {"empty": "item_id | received_at", "one row": ONE_ITEM}
        given = {"work_items": items.get(kind, TWO_ITEMS)}
        drawn.build(path, given, zone="Europe/London", as_of=AS_OF)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    gate.forget()
    return path


def said(element) -> str:
    """What a reader sees of a text that is kept from being read as markup."""
    return element.value.replace("\\", "")


def opened(name: str, **address: list[str]) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)  # a loaded machine
    for key, values in address.items():
        app.query_params[key] = values
    app.run()
    if name != NAMES[0]:
        app.switch_page(f"dashboard/pages/{name}.py")
        for key, values in address.items():
            app.query_params[key] = values
        app.run()
    return app


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "database", ["sample", "empty", "one row", "without reviews"], indirect=True
)
def test_every_page_opens(database, name):
    app = opened(name)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == TITLES[name]


@pytest.mark.parametrize("name", EXTENDED)
def test_every_page_of_a_department_opens(database, name):
    app = opened(name)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == TITLES[name]


@pytest.mark.parametrize("name", EXTENDED)
def test_a_department_page_that_the_filters_empty_says_so(database, name):
    app = opened(name, team=["Nobody"])
    assert not app.exception
    assert not app.error
    assert any("There are no" in said(info) for info in app.info)


@pytest.mark.parametrize("name", EXTENDED)
def test_one_row_of_which_nothing_more_is_told_opens_a_department_page(
    tmp_path, monkeypatch, name
):
    path = tmp_path / "operations.duckdb"
    given = {"work_items": TWO_ITEMS, f"ext_{name}": "item_id\n1"}
    drawn.build(path, given, zone="Europe/London", as_of=AS_OF)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    gate.forget()
    app = opened(name)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == TITLES[name]


@pytest.mark.parametrize(("told", "listed"), [("", []), ("1", ["payroll"])])
def test_a_department_has_a_page_where_its_extension_has_rows(
    tmp_path, monkeypatch, told, listed
):
    path = tmp_path / "operations.duckdb"
    given = {"work_items": TWO_ITEMS, "ext_payroll": f"item_id\n{told}"}
    drawn.build(path, given, zone="Europe/London", as_of=AS_OF)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    gate.forget()
    assert sorted(extended()) == listed


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("database", ["unreachable"], indirect=True)
def test_unreachable_database_is_said_and_mended_without_restart(database, name):
    app = opened(name)
    assert not app.exception
    assert "operations.duckdb is not there" in said(app.error[0])
    drawn.build(database, {"work_items": ONE_ITEM}, zone="UTC", as_of=AS_OF)
    app.run()
    assert not app.error
    assert not app.exception


def test_no_reviews_show_no_value_not_zero(request, tmp_path, monkeypatch):
    path = tmp_path / "operations.duckdb"
    drawn.build(path, {"work_items": TWO_ITEMS}, zone="UTC", as_of=AS_OF)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    app = opened("error_rates")
    assert app.metric[0].label == "Error rate"
    assert app.metric[0].value == "–"


NO_EVENTS = ("transfers between teams", "statuses over time", "no returns", "handling")


@pytest.mark.parametrize("database", ["without reviews"], indirect=True)
def test_handoffs_that_no_event_tells_are_not_zero_and_the_page_says_what_to_map(
    database,
):
    app = opened("handoffs")
    values = {tile.label: tile.value for tile in app.metric}
    for label in ("Hand-offs / item", "Came back", "Returned", "First time right"):
        assert values[label] == "–"
    told = " ".join(said(note) for note in app.info)
    assert not [what for what in NO_EVENTS if what not in told]


def test_a_ratio_in_percent_is_told_as_such_and_any_other_to_two_places(database):
    values = {tile.label: tile.value for tile in opened("handoffs").metric}
    assert re.fullmatch(r"\d+\.\d %", values["Really worked on"])
    assert re.fullmatch(r"0\.\d\d", values["Hand-offs / item"])


@pytest.mark.parametrize(
    ("left_open", "says"), [(0, False), (40, True)], ids=["steady", "ageing"]
)
def test_the_page_says_when_open_work_and_lead_times_disagree(
    tmp_path, monkeypatch, left_open, says
):
    done = "".join(
        f"{day}-{n} | 2026-{day}T09:00 | 2026-{day}T21:00\n"
        for day in ("02-10", "02-17", "02-24", "03-03")
        for n in range(5)
    )
    still = "".join(f"open {n} | 2026-02-20T09:00 | -\n" for n in range(left_open))
    items = f"item_id | received_at | completed_at\n{done}{still}"
    path = tmp_path / "operations.duckdb"
    drawn.build(path, {"work_items": items}, zone="UTC", as_of=AS_OF)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    gate.forget()
    app = opened("handoffs")
    [told] = [said(note) for note in app.info if "Flow ratio" in said(note)]
    assert ("Old work is ageing" in told, "the two agree" in told) == (says, not says)


def test_the_way_of_a_path_is_written_as_it_is(database):
    where = ["path=New → In progress"]
    app = opened("records", records=["records/paths"], where=where)
    assert any("path is New → In progress" in text.value for text in app.markdown)


def test_closed_only_rate_is_labelled(database):
    """It stands on one page alone, after the headline, and says what it leaves out."""
    uses = [
        page.stem
        for page in (APP.parent / "dashboard" / "pages").glob("*.py")
        if "on_time_closed" in page.read_text()
    ]
    assert uses == ["deadlines"]
    app = opened("deadlines")
    assert [metric.label for metric in app.metric[:2]] == [
        "On time",
        "Closed on time",
    ]
    headings = " ".join(said(text) for text in app.markdown)
    assert "On time, closed work only: for comparison, never a target" in headings


def test_the_filter_that_empties_a_page_is_named(database):
    app = opened("overview", department=["Payroll"], team=["Nobody"])
    assert any("team (Nobody)" in said(warning) for warning in app.warning)


def test_an_address_that_makes_no_sense_is_said_and_left_out(database):
    app = opened("overview", **{"from": ["2026-13-01"], "to": ["2026-03-01"]})
    assert not app.exception
    assert "2026-13-01" in said(app.warning[0])


def test_a_reversed_period_in_the_address_is_said(database):
    app = opened("overview", **{"from": ["2026-03-09"], "to": ["2026-03-01"]})
    assert not app.exception
    assert "2026-03-01" in said(app.warning[0])


def test_filters_stay_from_page_to_page(database):
    app = opened("overview", department=["Payroll"])
    app.switch_page("dashboard/pages/backlog.py").run()
    assert any("department Payroll" in text.value for text in app.markdown)
    assert "Payroll" in app.query_params["department"]


def test_reset_clears_the_filters(database):
    app = opened("overview", department=["Payroll"])
    app.sidebar.button[0].click().run()
    assert not any("department Payroll" in text.value for text in app.markdown)
    assert "department" not in app.query_params


def test_teams_offered_are_those_of_the_chosen_departments(database):
    app = opened("overview", department=["Payroll"])
    teams = next(box for box in app.multiselect if box.label == "Team")
    assert teams.options
    assert all("Payroll" in team for team in teams.options)


@pytest.mark.parametrize(
    ("amount", "shown_by"), [("12345.67", "%,.2f"), ("0.0125", "%,.4f")]
)
def test_money_is_shown_to_its_last_decimal_place(
    tmp_path, monkeypatch, amount, shown_by
):
    path = tmp_path / "operations.duckdb"
    items = f"item_id | received_at | amount\n 1 | 2026-03-02T09:00 | {amount}"
    drawn.build(path, {"work_items": items}, zone="Europe/London", as_of=AS_OF)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    gate.forget()
    columns = json.loads(opened("records").dataframe[0].proto.columns)
    assert columns["amount"]["type_config"]["format"] == shown_by


def test_a_page_beyond_the_last_is_the_last(database):
    app = opened("records", records=["records/items"], page=["999999"])
    [shown] = [text.value for text in app.caption if text.value.startswith("Rows ")]
    last, whole = re.fullmatch(r"Rows [\d,]+ to ([\d,]+) of ([\d,]+)", shown).groups()
    assert last == whole


def test_the_most_that_a_desk_can_be_asked_has_an_answer(database):
    app = opened("customer_support")
    fields = {field.label: field for field in app.number_input}
    fields["Contacts in an hour"].set_value(1000)
    fields["Minutes for one"].set_value(1000)
    app.run()
    assert not app.exception
    persons = {field.label: field.value for field in app.number_input}
    assert persons["Persons at the desk"] > 1000 * 1000 / 60


def test_a_desk_begins_with_the_busiest_hour_of_what_is_shown(database):
    app = opened("customer_support")
    first = {field.label: field.value for field in app.number_input}
    app.session_state["f_team"] = ["Support Chat"]
    app.run()
    fresh = opened("customer_support", team=["Support Chat"])
    now, expected = (
        {field.label: field.value for field in one.number_input} for one in (app, fresh)
    )
    assert now == expected != first


# Old data

PARTS = """
    source | finished_at      | part      | source_rows | inserted_rows | newest_at        | expected_minutes
    ERP    | 2026-03-10T06:00 | items.csv | 10          | {inserted}    | 2026-03-10T05:00 | {expected}
"""


def drawn_load(tmp_path, monkeypatch, *, inserted="10", expected="-"):
    path = tmp_path / "operations.duckdb"
    given = {
        "work_items": TWO_ITEMS,
        "load_lines": PARTS.format(inserted=inserted, expected=expected),
    }
    drawn.build(path, given, zone="Europe/London", as_of=AS_OF)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    gate.forget()


def warned(app: AppTest) -> str:
    return " ".join(said(warning) for warning in app.warning)


@pytest.mark.parametrize("name", NAMES)
def test_every_page_says_how_old_late_data_is_and_since_when(
    tmp_path, monkeypatch, name
):
    drawn_load(tmp_path, monkeypatch, expected="1440")
    told = warned(opened(name))
    assert "newest change in items.csv is of 10 March 2026, 05:00" in told
    assert "One was expected within 24 hours" in told
    assert "so it is late since 11 March 2026, 05:00" in told


def test_data_of_which_nobody_said_what_to_expect_is_not_late(tmp_path, monkeypatch):
    drawn_load(tmp_path, monkeypatch)
    app = opened("data_health")
    assert "Old data" not in warned(app)
    assert app.metric[0].value == "not judged"


def test_data_within_the_expected_time_is_fresh(tmp_path, monkeypatch):
    drawn_load(tmp_path, monkeypatch, expected="52596000")  # a century
    app = opened("data_health")
    assert "Old data" not in warned(app)
    assert app.metric[0].value == "fresh"


def test_every_page_says_that_rows_of_the_last_load_are_lost(tmp_path, monkeypatch):
    drawn_load(tmp_path, monkeypatch, inserted="7")
    told = warned(opened("overview"))
    assert "The last load of items.csv does not add up: 3 rows" in told


@pytest.mark.parametrize(
    ("hours", "is_late"), [("", False), ("48", True), ("1000000", False)]
)
def test_a_database_that_is_read_where_it_stands_is_late_by_the_setting(
    tmp_path, monkeypatch, hours, is_late
):
    path = tmp_path / "operations.duckdb"
    drawn.own_file(path, {"work_items": TWO_ITEMS})
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    monkeypatch.setenv("MIS_FRESH_WITHIN", hours)
    gate.forget()
    told = warned(opened("overview"))
    assert ("is of 5 March 2026, 09:00" in told) == is_late


def test_the_page_says_what_cannot_be_tested(tmp_path, monkeypatch):
    drawn_load(tmp_path, monkeypatch)
    told = " ".join(said(note) for note in opened("data_health").info)
    assert "client is told" in told
    assert "review is of an item" in told
    assert "When a row was written down is told by no source" in told


def test_data_health_names_who_answers_for_each_department(database):
    """As of now: Compliance has had another owner until three months ago."""
    shown = [found.value for found in opened("data_health").dataframe]
    [owned] = [rows for rows in shown if "owner" in rows]
    told = dict(zip(owned["department"], owned["owner"], strict=True))
    assert told["Compliance"] == "C. Aldercott"
    assert len(told) == 11
    assert all("@" in contact for contact in owned["contact"])


def test_data_health_has_no_list_of_owners_where_none_is_told(tmp_path, monkeypatch):
    drawn_load(tmp_path, monkeypatch)
    app = opened("data_health")
    assert not app.exception
    assert not any("owner" in found.value for found in app.dataframe)
