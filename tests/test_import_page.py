"""The page Import: who may open it, and what it says without a browser."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard import access, gate, shell
from dashboard.databases import open_database
from dashboard.extracts import import_links
from dashboard.settings import read_settings
from tests import drawn
from tests.messy.workbooks import book
from tests.office import HEADER, Office

APP = Path(__file__).resolve().parents[1] / "app.py"
CLERK = access.Viewer("clerk", None)
ITEMS = """
    item_id | department | received_at
    1       | Payroll    | 2026-03-02T09:00
    2       | Billing    | 2026-03-02T09:00
"""
FIRST = "1,AP,2024-01-01,5; 2,AP,2024-01-02,6; 3,HR,2024-01-03,7"
CSV_FIRST = FIRST.replace("; ", "\n") + "\n"
SECOND = (
    HEADER + "2,AP,2024-01-02,6\n3,HR,2024-01-03,70\n4,HR,soon,8\n5,HR,2024-01-05,\n"
)


@pytest.fixture
def database(tmp_path, monkeypatch):
    path = tmp_path / "operations.duckdb"
    given = {"work_items": ITEMS}
    drawn.build(path, given, zone="UTC", as_of=datetime(2026, 3, 10, 12))
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{path}")
    gate.forget()
    return path


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    app.switch_page("dashboard/pages/import_files.py").run()
    assert not app.exception
    return app


def test_whoever_does_not_administer_reads_one_sentence(database, monkeypatch):
    monkeypatch.setattr(access, "EVERYTHING", CLERK)
    app = opened()
    assert [info.value for info in app.info] == [
        "This page is for administrators: ask one of yours."
    ]
    assert not app.file_uploader


def test_filters_stay_for_the_pages_that_have_them(database):
    app = opened(department="Payroll")
    app.switch_page("dashboard/pages/backlog.py").run()
    assert "Payroll" in app.query_params["department"]


# Files and mappings


@pytest.fixture
def office(tmp_path, monkeypatch):
    """An office that has imported once, and whose database the pages read."""
    found = Office(tmp_path)
    found.load(FIRST)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{found.database}")
    gate.forget()
    return found


def dragged(*files: tuple[str, str | bytes], by: str | None = None) -> AppTest:
    """The page with files in it, looked at; `by` chooses another mapping."""
    app = opened()
    app.file_uploader(key="import files").set_value([sent(*file) for file in files])
    if by:
        app.selectbox(key="import mapping").set_value(by)
    app.run()
    press(app, "Show what would happen")
    return app


def sent(name: str, content: str | bytes) -> tuple[str, bytes, str]:
    """A file as a browser sends it."""
    raw = content.encode() if isinstance(content, str) else content
    return name, raw, "application/octet-stream"


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if label in button.label).click()
    app.run()
    assert not app.exception


def said(app: AppTest) -> str:
    """All that the page says, without what keeps it from being read as markup."""
    kinds = (app.markdown, app.caption, app.info, app.error, app.success, app.title)
    return "\n".join(e.value for kind in kinds for e in kind).replace("\\", "")


def errors(app: AppTest) -> list[str]:
    return [error.value.replace("\\", "") for error in app.error]


def items(office: Office) -> str:
    """The items of the office, once the pages have let go of its file."""
    open_database(read_settings()).close()
    return office.items()


def test_nothing_is_written_by_looking_and_what_the_button_says_is_imported(office):
    before = office.database.read_bytes()
    app = dragged(("day2.csv", SECOND))
    assert "day2.csv: 4 rows = 1 inserted + 1 updated + 1 unchanged + 1 in" in said(app)
    assert office.database.read_bytes() == before
    press(app, "Import 3 rows")
    assert "3 rows imported" in said(app)
    assert items(office) == "1 AP 5; 2 AP 6; 3 HR 70; 5 HR -"


def test_what_is_imported_already_has_no_button(office):
    app = dragged(("day1.csv", HEADER + CSV_FIRST))
    assert "This is already imported" in said(app)
    assert not [button for button in app.button if "Import" in button.label]


@pytest.mark.parametrize("change", ["file", "mapping"])
def test_another_file_or_mapping_drops_the_preview(office, change):
    app = dragged(("day2.csv", SECOND))
    assert "What would happen" in [heading.value for heading in app.subheader]
    if change == "file":
        app.file_uploader(key="import files").set_value([sent("day2.csv", SECOND)])
    else:
        app.selectbox(key="import mapping").set_value("Boston 311 requests")
    app.run()
    assert not app.subheader
    assert not [button for button in app.button if button.label.startswith("Import")]


def test_more_refused_rows_than_allowed_need_a_tick(office):
    strict = office.mapping.read_text().replace("= 1.0", "= 0.1")
    app = opened()
    app.file_uploader(key="import files").set_value([sent("day2.csv", SECOND)])
    app.selectbox(key="import mapping").set_value("\0own").run()
    app.file_uploader(key="import mapping files").set_value(
        [sent("strict.toml", strict)]
    )
    app.run()
    press(app, "Show what would happen")
    [box] = app.checkbox
    assert "1 row (25.0 %) cannot be read" in box.label
    press(app, "Import 3 rows")
    assert items(office) == "1 AP 5; 2 AP 6; 3 HR 7"
    app.checkbox(key="import accepted").check()
    press(app, "Import 3 rows")
    assert items(office) == "1 AP 5; 2 AP 6; 3 HR 70; 5 HR -"


PROTECTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(600)
    + "EncryptedPackage".encode("utf-16-le")
    + bytes(600)
)
ROWS = [line.split(",") for line in SECOND.splitlines()]
TWO_SHEETS = book(ROWS, lambda workbook, _: workbook.create_sheet("More").append([1]))


def bomb() -> bytes:
    """A workbook that unpacks to more than any tracker has."""
    file = io.BytesIO(book(ROWS))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b" " * 201_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([("a.xlsx", b"PK\x03\x04 cut short")], "a.xlsx is cut short or damaged"),
        ([("a.xlsx", PROTECTED)], "a.xlsx is protected by a password"),
        ([("a.xlsx", bomb())], "a.xlsx unpacks to 201 MB"),
        ([("a.xlsx", TWO_SHEETS)], "a.xlsx has the sheets Cases, More: declare"),
        ([("a.csv", "")], "a.csv is empty"),
        ([("a.csv", "1,2,3\n4,5,6\n")], "a.csv has no header with a column"),
        ([("a.csv", "<html><table></table></html>")], "a.csv is a web page or XML"),
        ([("a.csv", b"\x7fELF\x02\x01\0\0\0\n")], "a.csv is not a text file"),
        ([("a.csv", "x"), ("../a.csv", "y")], "Two of the files are named a.csv"),
    ],
    ids=[
        *("cut", "password", "bomb", "two sheets", "empty", "no header", "web page"),
        *("program", "two of one name"),
    ],
)
def test_what_cannot_be_imported_is_said_in_one_sentence(office, files, says):
    before = office.database.read_bytes()
    [error] = errors(dragged(*files))
    assert says in error
    assert "/tmp" not in error
    assert "Traceback" not in error
    assert office.database.read_bytes() == before
    assert not list(Path(tempfile.gettempdir()).glob(f"mis-uploads.{os.getpid()}.*"))


def test_a_file_is_read_by_what_it_holds_whatever_it_is_called(office):
    app = dragged(("day2.xlsx", SECOND))
    assert "its name ends in .xlsx and it holds csv, as which it is read" in said(app)
    assert "day2.xlsx: 4 rows = 1 inserted" in said(app)


def test_a_mapping_that_is_wrong_is_said_where_it_is_chosen(office):
    app = opened()
    app.file_uploader(key="import files").set_value([sent("day2.csv", SECOND)])
    app.selectbox(key="import mapping").set_value("\0own").run()
    app.file_uploader(key="import mapping files").set_value([sent("a.sql", "select")])
    app.run()
    assert "A mapping is one .toml file" in errors(app)[0]


def drawn_rows(table: pd.DataFrame) -> list[str]:
    """The rows of a table, below its headings, as they are drawn."""
    lines = [table.columns, *table.itertuples(index=False)]
    return [" | ".join(map(str, line)) for line in lines]


BAD_DATE = 'Opened: "soon" | Opened is not a valid date of the form %Y-%m-%d'


def test_rows_that_wait_are_listed_with_a_link_to_mend_them(office):
    office.load("9,AP,soon,1")
    app = opened()
    assert "Tracker: 1 row" in said(app)
    assert "These are in day1.csv." in said(app)
    assert drawn_rows(app.dataframe[0].value) == [
        "Line | Key | Cell | Reason",
        f"2 | 9 | {BAD_DATE}",
    ]


def test_rows_of_several_files_that_wait_are_told_apart_by_file(office):
    office.load("8,AP,soon,1", "9,AP,later,1")
    rows = drawn_rows(opened().dataframe[0].value)
    assert [row.rpartition(" | ")[2] for row in rows] == [
        "File",
        "day1.csv",
        "day2.csv",
    ]


def test_a_preview_shows_what_changes_before_what_is_new_and_what_waits(office):
    app = dragged(("day2.csv", SECOND))
    heads = [text for text in said(app).splitlines() if text.startswith("#####")]
    assert heads[:3] == [
        "##### 1 item would change (UTC)",
        "##### 1 item would be new (UTC)",
        "##### 1 row would wait in quarantine",
    ]
    changes, new, waits = (frame.value for frame in app.dataframe[:3])
    assert drawn_rows(changes) == [
        "Item | What changes | Before | After",
        "3 | Amount | 7.00 | 70.00",
    ]
    assert new["item_id"].tolist() == ["5"]
    assert drawn_rows(waits)[1] == f"4 | 4 | {BAD_DATE}"


def test_a_mapping_that_reads_the_same_rows_otherwise_is_told_as_such(office):
    otherwise = "The rows are as they were; this mapping reads them otherwise."
    app = dragged(("day2.csv", SECOND))
    assert otherwise not in said(app)
    app = opened()
    app.file_uploader(key="import files").set_value([sent("d.csv", HEADER + CSV_FIRST)])
    app.run()
    text = app.text_area[0].value
    app.text_area[0].set_value(f'{text}\nstatus = "team"\n').run()
    press(app, "Show what would happen")
    assert "3 items would change (UTC)" in said(app)
    assert otherwise in said(app)


def test_of_many_changes_it_is_said_how_many_are_not_shown(office):
    days = [f"{n},AP,2024-01-{n:02},{{}}" for n in range(1, 15)]
    office.load("; ".join(day.format(1) for day in days))
    rows = "\n".join(day.format(2) for day in days)
    app = dragged(("day2.csv", f"{HEADER}{rows}\n"))
    assert "14 items would change (UTC)\n" in said(app)
    assert "Here are the first 10, by receipt." in said(app)
    assert len(app.dataframe[0].value) == 10


def test_a_total_that_could_not_be_checked_is_to_know_before_and_after(office):
    mapping = office.mapping.read_text().replace("[file]", '[file]\ntotals = ["Sum"]')
    office.mapping.write_text(mapping)
    office.load(FIRST)
    rows = "6,AP,2024-01-06,1O\n7,AP,2024-01-07,2.5\nSum,,,13\n"
    app = dragged(("day2.csv", HEADER + rows))
    told = (
        "day2.csv: the total of Cost in line 4 could not be checked, since line 2 "
        "waits; the rows agree with it if Cost is 10.5 there."
    )
    assert told in said(app)
    press(app, "Import 1 row")
    assert told in said(app)
    assert items(office) == "1 AP 5; 2 AP 6; 3 HR 7; 7 AP 2.5"


# Where imports go


def test_a_database_that_no_import_made_is_left_alone(database):
    app = opened()
    assert "holds rows that no import gave" in said(app)
    assert not app.file_uploader


def test_a_database_read_where_it_stands_is_never_written(monkeypatch):
    monkeypatch.setenv("MIS_DATABASE_URL", "postgresql://reader@127.0.0.1:9/nothing")
    app = opened()
    assert "(postgresql) where it stands" in said(app)
    assert not app.file_uploader


def test_the_first_import_needs_no_database(tmp_path, monkeypatch):
    office = Office(tmp_path)
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{office.database}")
    gate.forget()
    app = opened()
    app.file_uploader(key="import files").set_value([sent("day2.csv", SECOND)])
    app.selectbox(key="import mapping").set_value("\0own").run()
    mapping = sent("mapping.toml", office.mapping.read_text())
    app.file_uploader(key="import mapping files").set_value([mapping])
    app.run()
    press(app, "Show what would happen")
    press(app, "Import 3 rows")
    assert items(office) == "2 AP 6; 3 HR 70; 5 HR -"
    app.switch_page("dashboard/pages/overview.py").run()
    assert not app.error


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (None, "mis.toml names the new file"),
        ('zone = "Europe/London"\n', "database_url = "),
    ],
    ids=["no settings", "settings of a site"],
)
def test_beside_the_sample_imports_go_into_a_file_of_their_own(
    small_sample, tmp_path, monkeypatch, settings, says
):
    office = Office(tmp_path)
    shutil.copy(small_sample.path, tmp_path / "sample.duckdb")
    monkeypatch.setenv("MIS_DATABASE_URL", f"duckdb:///{tmp_path}/sample.duckdb")
    monkeypatch.chdir(tmp_path)
    if settings:
        office.write("mis.toml", settings)
    gate.forget()
    app = opened()
    assert f"imports go into {tmp_path}/operations.duckdb" in said(app)
    app.file_uploader(key="import files").set_value([sent("day2.csv", SECOND)])
    app.selectbox(key="import mapping").set_value("\0own").run()
    mapping = sent("mapping.toml", office.mapping.read_text())
    app.file_uploader(key="import mapping files").set_value([mapping])
    app.run()
    press(app, "Show what would happen")
    assert not (tmp_path / "mis.toml").exists() or settings
    press(app, "Import 3 rows")
    assert says in said(app)
    assert (tmp_path / "operations.duckdb").is_file()
    assert small_sample.path.read_bytes() == (tmp_path / "sample.duckdb").read_bytes()
    if settings is None:
        wanted = f"duckdb:///{tmp_path}/operations.duckdb"
        monkeypatch.delenv("MIS_DATABASE_URL")
        assert read_settings().database_url == wanted


# A proposal from the files

UNCLEAR = "Ref;Dept;Opened;Value\nA-1;AP;13/05/2025;1.234\nA-2;HR;14/05/2025;2.500\n"


def proposed(name: str = "Invoices", content: str = UNCLEAR) -> AppTest:
    """The page with a file that leaves one question open."""
    app = opened()
    app.file_uploader(key="import files").set_value([sent("t.csv", content)])
    app.selectbox(key="import mapping").set_value("\0guess").run()
    app.text_input(key="import name").set_value(name)
    app.selectbox(key="import zone").set_value("UTC").run()
    assert not app.exception
    return app


def test_nothing_can_be_imported_while_a_question_is_open(office):
    app = proposed()
    [question] = app.radio
    assert "Value: does 1.234 have a decimal point" in question.label.replace("\\", "")
    assert question.value is None
    assert "as long as a question is open: 1 answer to go" in said(app)
    [button] = [b for b in app.button if b.label == "Show what would happen"]
    assert button.disabled


@pytest.mark.parametrize(
    ("decimal", "amounts"), [(".", "1.234; 2.5"), (",", "1234; 2500")]
)
def test_an_answer_decides_what_is_imported(office, decimal, amounts):
    app = proposed()
    app.radio[0].set_value(decimal).run()
    press(app, "Show what would happen")
    press(app, "Import 2 rows")
    found = items(office).split("; ")[-2:]
    assert "; ".join(item.split()[-1] for item in found) == amounts


TEAMS = "Ref;Opened;Team\nA-1;13/05/2025;Red\nA-2;14/05/2025;Red\n"


@pytest.mark.parametrize("own", ["", "Payroll"])
def test_a_column_or_a_name_of_ones_own_is_the_department(office, own):
    app = proposed(content=TEAMS)
    [question] = app.radio
    assert [words.replace("\\", "") for words in question.options] == [
        'the column Team: "Red"',
        "one department does all of it: its name",
    ]
    question.set_value("\0own" if own else "Team").run()
    if own:
        assert "1 answer to go" in said(app)
        app.text_input[-1].set_value(own).run()
    text = app.text_area[0].value
    assert (
        'department = { value = "Payroll" }' if own else 'department = "team"'
    ) in text


STATES = "Ref;Opened;State of job;Desk\nA-1;13/05/2025;Red;A\nA-2;14/05/2025;Red;A\n"


def test_a_question_that_waits_for_an_answer_stands_there_once(office):
    app = proposed(content=STATES)
    state, department = app.radio[0], app.radio[-1]
    state.set_value("status")
    department.set_value("\0own").run()
    sentences = [radio.label for radio in app.radio]
    assert sentences.count(department.label) == 1


def test_the_answers_for_one_file_are_none_for_the_next(office):
    app = proposed()
    app.radio[0].set_value(".").run()
    app.file_uploader(key="import files").set_value([sent("u.csv", UNCLEAR)])
    app.run()
    assert app.radio[0].value is None


ENDED = "Ref;Opened;Due;Dept;State\n" + "".join(
    f"A-{n};{n + 12}/05/2025;{n + 13}/05/2025;AP;{state}\n"
    for n, state in enumerate(["Open", "Cancelled", "Void", "Open"])
)


def test_words_asked_of_each_leave_the_page_whole(office):
    app = proposed(content=ENDED)
    for _ in range(6):
        question = next((q for q in app.radio if q.value is None), None)
        if question:
            apart = [o for o in question.options if "not the same" in o]
            question.set_value("\0apart" if apart else "Opened").run()
        assert not app.exception
    assert app.text_area


def test_a_file_that_was_corrected_brings_answers_and_edits_back(office):
    app = proposed()
    app.radio[0].set_value(".").run()
    text = app.text_area[0].value.replace('"Invoices"', '"Bills"')
    app.text_area[0].set_value(text).run()
    app.file_uploader(key="import files").set_value([]).run()
    assert not app.text_area
    corrected = UNCLEAR.replace("HR", "AP")
    app.file_uploader(key="import files").set_value([sent("t.csv", corrected)]).run()
    assert app.radio[0].value == "."
    assert app.text_area[0].value == text


def test_edits_that_another_proposal_lacks_are_told(office):
    app = proposed()
    app.radio[0].set_value(".").run()
    app.text_area[0].set_value(app.text_area[0].value + "# mine\n").run()
    app.radio[0].set_value(",").run()
    assert "# mine" not in app.text_area[0].value
    assert "What was changed in another mapping on this page is not" in said(app)


def test_a_proposal_can_be_changed_before_it_is_used(office):
    app = proposed()
    app.radio[0].set_value(".").run()
    text = app.text_area[0].value
    app.text_area[0].set_value(text.replace('"Invoices"', '"Bills"')).run()
    press(app, "Show what would happen")
    press(app, "Import 2 rows")
    assert "As files of Bills are" in app.selectbox(key="import mapping").options


# Links

ROUTES = Starlette(routes=import_links.routes())


def test_a_mapping_is_saved_as_it_stands():
    text = '[source]\nname = "Ünlü"\n'
    answer = TestClient(ROUTES).get(import_links.mapping_link(text, "Ünlü / x"))
    assert answer.text == text
    assert answer.headers["content-disposition"].endswith("''%C3%9Cnl%C3%BC_x.toml")


@pytest.mark.parametrize("kind", ["mend", "mapping"])
def test_a_link_that_nobody_gave_opens_nothing(kind):
    answer = TestClient(ROUTES).get(f"/{kind}/WyJhIl0.x.y/mend.csv")
    assert (answer.status_code, answer.text[:22]) == (403, "This link is not valid")


def test_a_link_to_rows_that_are_mended_by_now_says_so(office):
    answer = TestClient(ROUTES).get(import_links.mend_link(office.database, "Tracker"))
    assert (answer.status_code, answer.text[:26]) == (400, "No row waits in quarantine")
    assert not list(Path(tempfile.gettempdir()).glob(f"mis-mend.{os.getpid()}.*"))


@pytest.mark.parametrize(
    ("viewer", "seen"), [(access.EVERYTHING, "visible"), (CLERK, "hidden")]
)
def test_the_section_is_listed_for_those_who_administer(
    database, monkeypatch, viewer, seen
):
    monkeypatch.setattr(access, "EVERYTHING", viewer)
    sections = shell.sections([])
    assert {page.visibility for page in sections["Administration"]} == {seen}
