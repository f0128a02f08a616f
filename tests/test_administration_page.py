"""The page Administration: what is decided, forms that change it, and their limits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access, decisions, gate
from dashboard.decisions import audit
from tests import drawn
from tests.decisions.conftest import AS_OF, put

APP = Path(__file__).resolve().parents[1] / "app.py"
ITEMS = """
    item_id | department | received_at      | due_at           | completed_at
    1       | Payroll    | 2026-03-02T09:00 | 2026-03-04T17:00 | 2026-03-03T09:00
    2       | Billing    | 2026-03-02T09:00 | 2026-03-04T17:00 | -
"""
TARGETS = """
    metric      | department | value | valid_from | valid_to
    on_time_due | Payroll    | 0.90  | 2026-01-01 | -
"""
WINDOWS = "calendar | weekday | opens | closes\n" + "\n".join(
    f"office | {day} | 09:00 | 17:00" for day in range(1, 6)
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of decisions beside a database with a target and a calendar."""
    path = tmp_path / "operations.duckdb"
    given = {"work_items": ITEMS, "targets": TARGETS, "calendar_windows": WINDOWS}
    given["calendars"] = "calendar | zone | is_default\noffice | Europe/London | yes"
    drawn.build(path, given, zone="Europe/London", as_of=AS_OF)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    monkeypatch.setenv("MIS_DECISIONS", str(tmp_path / "decisions"))
    gate.forget()
    return tmp_path / "decisions"


def opened(section: str = "Targets") -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.run()
    app.session_state["administration"] = section
    app.switch_page("dashboard/pages/administration.py").run()
    assert not app.exception
    return app


def fill(app: AppTest, **values) -> AppTest:
    """Fill fields by their keys, blanks of which are underlines here."""
    fields = (
        *(app.selectbox, app.number_input, app.date_input),
        *(app.text_input, app.text_area, app.multiselect),
    )
    for name, value in values.items():
        [field] = [
            f for kind in fields for f in kind if f.key == name.replace("_", " ")
        ]
        field.set_value(value)
    return app


def press(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    button.click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> list[str]:
    return [e.value.replace("\\", "") for e in (*app.success, *app.error)]


def rows(folder, relation):
    return list(decisions.standing(str(folder)).rows[relation])


def told(folder):
    return [(line.who, line.relation, line.what) for line in audit.read(folder)]


def test_who_does_not_administer_is_told_so_and_sees_no_form(folder, monkeypatch):
    monkeypatch.setattr(access, "EVERYTHING", access.Viewer("clerk", None))
    app = opened()
    assert "for administrators" in app.info[0].value
    assert not app.button


def test_the_first_change_takes_over_what_the_database_has_and_dates_the_new(folder):
    app = fill(opened(), target_value=95.0, target_department="Payroll")
    press(app, "Set target")
    assert said(app) == ["On time, Payroll: 95 % counts from 10 March 2026 on."]
    assert [
        (r["value"], r["valid_from"], r["valid_to"]) for r in rows(folder, "targets")
    ] == [
        (0.9, date(2026, 1, 1), date(2026, 3, 10)),
        (0.95, date(2026, 3, 10), None),
    ]
    assert told(folder) == [
        ("local", "targets", "taken over"),
        ("local", "targets", "ended"),
        ("local", "targets", "added"),
    ]


def test_a_department_that_the_data_does_not_know_is_told_and_kept(folder):
    put(folder, "targets", TARGETS.replace("Payroll   ", "Payrol    "))
    told = [c.value.replace("\\", "") for c in opened().caption]
    assert any("The data knows no department Payrol:" in line for line in told)


def test_a_target_of_the_past_is_not_changed(folder):
    app = fill(opened(), target_value=95.0, target_department="Payroll")
    press(fill(app, target_from=date(2026, 3, 9)), "Set target")
    assert "choose 2026-03-10 or a later day" in said(app)[0]
    assert not folder.exists() or not (folder / "targets.csv").exists()


def test_where_nothing_counted_a_target_may_count_from_the_past(folder):
    app = fill(opened(), target_value=80.0, target_department="Billing")
    press(fill(app, target_from=date(2025, 1, 1)), "Set target")
    assert rows(folder, "targets")[-1]["valid_from"] == date(2025, 1, 1)


def test_a_share_beyond_its_range_is_refused_in_words(folder):
    app = fill(opened(), target_value=950.0, target_department="Payroll")
    press(app, "Set target")
    assert "is a share from 0 to 1" in said(app)[0]
    assert not (folder / "targets.csv").exists()


def test_a_form_without_a_value_changes_nothing(folder):
    app = press(opened(), "Set target")
    assert said(app) == ["Write the target and its first day."]


def test_a_target_is_ended_and_its_past_kept(folder):
    app = press(fill(opened(), target_end=date(2026, 4, 1)), "End target")
    [row] = rows(folder, "targets")
    assert (row["value"], row["valid_to"]) == (0.9, date(2026, 4, 1))
    assert told(folder)[-1] == ("local", "targets", "ended")
    assert not app.error


def test_a_page_opened_before_anothers_change_is_refused(folder):
    put(folder, "targets", TARGETS)
    mine, other = opened(), opened()
    press(fill(other, target_value=80.0, target_department="Billing"), "Set target")
    press(fill(mine, target_value=95.0, target_department="Payroll"), "Set target")
    assert "was changed by somebody else" in said(mine)[0]
    assert [row["value"] for row in rows(folder, "targets")] == [0.9, 0.8]
    press(fill(mine, target_value=95.0, target_department="Payroll"), "Set target")
    assert [row["value"] for row in rows(folder, "targets")] == [0.9, 0.8, 0.95]


def test_a_broken_file_is_told_and_cannot_be_changed_here(folder):
    put(folder, "targets", TARGETS.replace("0.90", "lots"))
    app = opened()
    assert any("targets.csv, line 2" in w.value.replace("\\", "") for w in app.warning)
    before = (folder / "targets.csv").read_bytes()
    press(fill(app, target_value=95.0, target_department="Payroll"), "Set target")
    assert "write a number" in said(app)[0]
    assert (folder / "targets.csv").read_bytes() == before


def test_a_site_without_a_calendar_gives_itself_one(folder, tmp_path, monkeypatch):
    path = tmp_path / "bare.duckdb"
    drawn.build(path, {"work_items": ITEMS}, zone="Europe/Berlin", as_of=AS_OF)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    app = fill(
        opened("Calendars"), calendar_name="office", calendar_hours="09:00-17:00"
    )
    press(app, "Add calendar")
    [calendar] = rows(folder, "calendars")
    assert (calendar["zone"], calendar["is_default"]) == ("Europe/Berlin", True)
    assert len(rows(folder, "calendar_windows")) == 5
    told = [warning.value.replace("\\", "") for warning in app.warning]
    assert any("they count once it is built anew" in line for line in told)


def test_a_second_calendar_has_hours_and_a_zone_of_its_own(folder):
    app = fill(opened("Calendars"), calendar_name="plant", calendar_zone="Asia/Kolkata")
    fill(app, calendar_weekdays=[1, 6], calendar_hours="06:00-14:00")
    press(fill(app, calendar_minutes=480), "Add calendar")
    told = rows(folder, "calendars")
    assert [
        (r["calendar"], r["zone"], r["is_default"], r["nominal_minutes"]) for r in told
    ] == [
        ("office", "Europe/London", True, None),
        ("plant", "Asia/Kolkata", False, 480),
    ]
    windows = [r for r in rows(folder, "calendar_windows") if r["calendar"] == "plant"]
    assert [(r["weekday"], r["opens"]) for r in windows] == [(1, "06:00"), (6, "06:00")]
    assert decisions.standing(str(folder)).problems == ()


def test_a_name_that_a_calendar_has_is_not_given_again(folder):
    app = fill(opened("Calendars"), calendar_name="office", calendar_hours="")
    press(app, "Add calendar")
    assert "There is a calendar office already" in said(app)[0]
    assert not (folder / "calendars.csv").exists()


def test_a_zone_changes_from_a_day_on_and_the_past_keeps_its_own(folder):
    app = fill(opened("Calendars"), zone_zone="Europe/Paris", zone_minutes=450)
    press(fill(app, zone_from=date(2026, 4, 1)), "Change zone")
    assert [
        (r["zone"], r["nominal_minutes"], r["valid_from"], r["valid_to"])
        for r in rows(folder, "calendars")
    ] == [
        ("Europe/London", None, None, date(2026, 4, 1)),
        ("Europe/Paris", 450, date(2026, 4, 1), None),
    ]
    assert decisions.standing(str(folder)).problems == ()


def test_what_a_form_leaves_as_it_is_is_that_of_the_chosen_day(folder):
    app = fill(opened("Calendars"), zone_zone="Asia/Kolkata")
    app = press(fill(app, zone_from=date(2026, 4, 1)), "Change zone")
    app = fill(app, zone_zone="", zone_minutes=450)
    press(fill(app, zone_from=date(2026, 5, 1)), "Change zone")
    assert [
        (r["zone"], r["nominal_minutes"], r["valid_from"])
        for r in rows(folder, "calendars")
    ] == [
        ("Europe/London", None, None),
        ("Asia/Kolkata", None, date(2026, 4, 1)),
        ("Asia/Kolkata", 450, date(2026, 5, 1)),
    ]


def test_a_special_day_of_two_windows_is_as_usual_again_at_once(folder):
    hours = "09:00-12:00 13:00-15:00"
    app = fill(opened("Calendars"), special_day=date(2026, 12, 24), special_hours=hours)
    app = press(app, "Add day")
    assert len(rows(folder, "calendar_exceptions")) == 2
    press(app, "Have it as usual")
    assert rows(folder, "calendar_exceptions") == []


def test_a_zone_that_there_is_not_is_named_and_changes_nothing(folder):
    app = press(fill(opened("Calendars"), zone_zone="Mars/Base"), "Change zone")
    assert "Mars/Base" in said(app)[0]
    assert not (folder / "calendars.csv").exists()


def test_hours_of_some_weekdays_change_from_a_day_on(folder):
    app = fill(
        opened("Calendars"), hours_weekdays=[5], hours_text="09:00-12:00, 13:00-15:00"
    )
    press(fill(app, hours_from=date(2026, 4, 1)), "Change hours")
    friday = [row for row in rows(folder, "calendar_windows") if row["weekday"] == 5]
    assert [
        (r["opens"], r["closes"], r["valid_from"], r["valid_to"]) for r in friday
    ] == [
        ("09:00", "17:00", None, date(2026, 4, 1)),
        ("09:00", "12:00", date(2026, 4, 1), None),
        ("13:00", "15:00", date(2026, 4, 1), None),
    ]
    assert rows(folder, "calendars")[0]["calendar"] == "office"
    assert decisions.standing(str(folder)).problems == ()


def test_a_day_is_closed_and_as_usual_again(folder):
    app = fill(
        opened("Calendars"), special_day=date(2026, 12, 25), special_reason="Christmas"
    )
    press(app, "Add day")
    [row] = rows(folder, "calendar_exceptions")
    assert (row["day"], row["opens"], row["reason"]) == (
        date(2026, 12, 25),
        None,
        "Christmas",
    )
    press(app, "Have it as usual")
    assert rows(folder, "calendar_exceptions") == []
    assert told(folder)[-1] == ("local", "calendar_exceptions", "removed")


def test_working_time_of_the_past_stays_as_it_was_counted(folder):
    app = fill(opened("Calendars"), special_day=date(2026, 3, 9))
    press(app, "Add day")
    assert "Working time of the past stays" in said(app)[0]


def test_hours_that_are_not_clear_are_asked_for_again(folder):
    app = fill(opened("Calendars"), hours_weekdays=[1], hours_text="nine to five")
    press(app, "Change hours")
    assert "write them as 08:30-12:00 13:00-17:30" in said(app)[0]


def test_a_remark_is_added_with_its_author_and_taken_back(folder):
    app = fill(
        opened("Annotations"), remark_text="Fire drill", remark_first=date(2026, 3, 2)
    )
    press(app, "Add")
    [row] = rows(folder, "annotations")
    assert (row["remark"], row["author"], row["ends_on"]) == (
        "Fire drill",
        "local",
        None,
    )
    press(app, "Take back")
    assert rows(folder, "annotations") == []
    assert "Fire drill" in audit.read(folder)[-1].before


def test_an_owner_is_named_and_another_after_him(folder):
    app = fill(opened("Owners"), owner_department="Billing", owner_name="Ada")
    press(app, "Name owner")
    app = fill(
        app, owner_department="Billing", owner_name="Bob", owner_from=date(2026, 5, 1)
    )
    press(app, "Name owner")
    assert [
        (r["owner"], r["valid_from"], r["valid_to"]) for r in rows(folder, "owners")
    ] == [
        ("Ada", date(2026, 3, 10), date(2026, 5, 1)),
        ("Bob", date(2026, 5, 1), None),
    ]


def test_the_audit_says_that_it_is_whole_or_which_line_was_cut(folder):
    for value in ("0.7", "0.71", "0.72"):
        put(folder, "targets", TARGETS.replace("0.90", value))
        decisions.standing(str(folder))
    app = opened("Audit")
    assert any(
        "has 3 lines; each follows" in c.value.replace("\\", "") for c in app.caption
    )
    path = folder / "audit.csv"
    header, first, _, last = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(header + first + last)
    assert said(opened("Audit")) == ["audit.csv: line 2 was cut."]
