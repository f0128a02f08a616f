"""Each naughty string is kept as it is from file to page and extract, or refused."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from dashboard import gate
from dashboard.answers import Question
from dashboard.components.record_list import PAGE_ROWS
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.extracts.writing import extract
from dashboard.filters import Filters
from dashboard.settings import Settings
from dashboard.sources.importing import import_files
from tests import browsing
from tests.naughty import code, key, naughty

KEYS = ("item_id", "team", "employee", "work_type")
HEADER = ["Case", "Team", "Person", "Kind", "Client", "Number", "Opened"]
MAPPING = """
[source]
name = "Tracker"
zone = "UTC"
as_of = 2024-01-03T00:00:00

[file]
delimiter = ","
refused_share = 1.0

[columns]
case = { from = "Case", type = "key" }
team = "Team"
person = "Person"
kind = "Kind"
client = "Client"
number = { from = "Number", type = "money", decimal = "." }
opened = { from = "Opened", type = "instant", format = "%Y-%m-%d" }

[work_items]
item_id = "case"
team = "team"
employee = "person"
work_type = "kind"
client = "client"
amount = "number"
received_at = "opened"
"""
# What XML has no way to write, and what this writer would write as something else.
NOT_IN_XML = re.compile("[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
RENDERED = "main script, main .katex, main img[src=x]"
FORMULA = re.compile(r"(^|[\r\n])(\W|_)*[=+\-@＝＋－﹢﹣−＠﹦﹫]|^[\t\r\n]")
IN_2024 = Filters(
    datetime(2024, 1, 1).date(),
    datetime(2024, 1, 3).date(),
    datetime(2024, 1, 3),
    "UTC",
)


def row(number: int, text: str) -> list[str]:
    return [text, text, text, text, text, str(number), "2024-01-02"]


def as_csv(folder: Path, texts: list[str]) -> Path:
    path = folder / "naughty.csv"
    with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(row(number, text) for number, text in enumerate(texts))
    return path


def as_workbook(folder: Path, texts: list[str]) -> Path:
    path = folder / "naughty.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for at, cells in enumerate([HEADER, *(row(*n) for n in enumerate(texts))]):
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, cell)
    return path


def imported(folder: Path, file: Path) -> Path:
    """The database that an import of the file gives."""
    mapping = folder / "tracker.toml"
    mapping.write_text(MAPPING)
    import_files(mapping, [file], folder / "site.duckdb")
    return folder / "site.duckdb"


def asked(path: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def check(path: Path, texts: list[str]) -> None:
    """Every text is in its item, as it was written, or refused by its code."""
    columns = f"amount :: int, {', '.join(KEYS)}, client"
    assert asked(path, f"select {columns} from work_items order by amount") == [
        (n, *[key(text)] * len(KEYS), text)
        for n, text in enumerate(texts)
        if not code(text)
    ]
    assert asked(path, "select code from refused_rows order by line") == [
        (code(text),) for text in texts if code(text)
    ]


@pytest.fixture(scope="module")
def texts():
    return naughty()


@pytest.fixture(scope="module")
def site(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("naughty")
    return imported(folder, as_csv(folder, texts))


@pytest.fixture(scope="module")
def database(site):
    return DuckDBFile(Settings(database_url=f"duckdb:///{site}"))


@pytest.fixture(scope="module")
def good(texts):
    return [text for text in texts if not code(text)]


def test_a_csv_file_brings_each_unchanged(site, texts):
    check(site, texts)


def test_a_workbook_brings_each_unchanged(tmp_path, texts):
    carried = [text for text in texts if not NOT_IN_XML.search(text)]
    assert len(texts) - len(carried) < 20
    check(imported(tmp_path, as_workbook(tmp_path, carried)), carried)


def test_an_answer_has_each_unchanged(database, good):
    question = Question("records/items", IN_2024, order="amount")
    rows = gate.ask(question, database).rows
    assert rows["client"].to_pylist() == good
    for name in KEYS:
        assert rows[name].to_pylist() == [key(text) for text in good]


def test_a_filter_for_each_finds_its_item_alone(database, good):
    for text in good:
        question = Question("records/items", IN_2024, where=(("team", (key(text),)),))
        assert gate.ask(question, database).rows["client"].to_pylist() == [text]


def test_an_extract_has_each_unchanged_but_for_the_guard(database, good, tmp_path):
    question = Question("records/items", IN_2024, order="amount")
    written = extract(question, database, folder=tmp_path).csv.read_bytes()
    file = io.StringIO(written.decode("utf-8-sig"), newline="")
    rows = list(csv.DictReader(file))
    for found, text in zip(rows, good, strict=True):
        for name, whole in (("client", text), *((name, key(text)) for name in KEYS)):
            assert without_guard(found[name], whole) == whole


def without_guard(cell: str, text: str) -> str:
    """The cell without the apostrophe before what could be taken for a formula."""
    if cell == text:
        return cell
    assert FORMULA.search(text), f"{text!r} needs no guard"
    return cell.replace("'", "", cell.count("'") - text.count("'"))


@pytest.mark.skipif(
    browsing.chromium() is None,
    reason="SKIPPED BROWSER: no chromium found; install the package chromium",
)
def test_the_record_page_shows_each_as_text_and_runs_none(site, good):
    alarms: list[str] = []
    with browsing.served(site) as address, browsing.browser() as browser:
        page = browser.new_page(viewport={"width": 2400, "height": 1400})
        page.on(
            "dialog", lambda dialog: (alarms.append(dialog.message), dialog.accept())
        )
        shown: list[tuple[str, ...]] = []
        for start in range(0, len(good), PAGE_ROWS):
            number = 1 + start // PAGE_ROWS
            page.goto(
                f"{address}/records?records=records/items&sort=amount&page={number}"
            )
            browsing.settle(page, charts=False)
            shown += in_the_grid(page, len(good[start : start + PAGE_ROWS]))
            assert page.locator(RENDERED).count() == 0
    assert alarms == []
    # Browsers decode a text without a mark of byte order at its start; nobody sees it.
    seen = [key(text).removeprefix("\ufeff") for text in good]
    assert [row for row in zip(shown, seen, strict=True) if {*row[0]} != {row[1]}] == []


def in_the_grid(page, count: int) -> list[tuple[str, ...]]:
    """Key, team, person and kind of all rows of the grid, which draws those in view."""
    grid = page.locator("[data-testid=stDataFrame]:visible").first
    rows: dict[int, tuple[str, ...]] = {}
    grid.hover()
    for _ in range(100):
        found = grid.locator("canvas table").first.evaluate(CELLS)
        rows |= {at: tuple(cells) for at, *cells in found}
        if len(rows) == count:
            break
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(300)
    return [rows[at] for at in sorted(rows)]


# Column 0 is the item, 1 the department; then come team, person and kind of work.
CELLS = """
    table => [...table.querySelectorAll("tbody tr")].map(row => [
        +row.getAttribute("aria-rowindex"),
        ...[1, 3, 4, 5].map(at =>
            row.querySelector(`[aria-colindex="${at}"]`)?.textContent)
    ])
"""
