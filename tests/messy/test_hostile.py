"""Files that are damaged, in disguise, or meant to harm: one sentence, at once."""

import io
import re
import struct
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from dashboard.errors import ImportFileError
from tests.messy.other_workbooks import archive, ods, xlsb
from tests.messy.workbooks import ITEMS, ROWS, book, load, patched

HEADER = "Case,Team,Cost\n"
SHEET = "xl/worksheets/sheet1.xml"
XLS = Path(__file__).with_name("cases.xls").read_bytes()


def refused(tracker, content: bytes, name: str = "cases.xlsx") -> str:
    with pytest.raises(ImportFileError) as caught:
        tracker.load(content, name=name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.case("xls_xlsb_ods")
@pytest.mark.parametrize("name", ["cases.xls", "cases.xlsb", "cases.ods"])
def test_other_workbooks_are_read(tracker, name):
    content = {
        "cases.xls": XLS,
        "cases.xlsb": xlsb(ROWS),
        "cases.ods": ods(ROWS),
    }[name]
    assert load(tracker, content, name=name).items == ITEMS


@pytest.mark.case("xls_xlsb_ods")
def test_a_number_of_an_old_workbook_is_no_date_but_a_date_is(tracker):
    columns = """
item = { from = "Case", type = "key" }
team = { from = "Opened", type = "instant" }
"""
    loaded = load(tracker, XLS, name="cases.xls", columns=columns)
    assert [team for _, team, _ in loaded.items] == [
        "2026-04-03 07:30:00",
        "2026-04-03 22:00:00",
    ]
    loaded = load(
        tracker, XLS, name="cases.xls", columns=columns.replace("Opened", "Cost")
    )
    assert [code for _, code in loaded.refused] == ["late_type_change"] * 2


@pytest.mark.case("error_cells")
def test_an_error_in_an_old_workbook_sets_its_row_aside(tracker):
    content = Path(__file__).with_name("errors.xls").read_bytes()
    loaded = load(tracker, content, name="cases.xls")
    assert (loaded.items, loaded.refused) == (ITEMS[1:], [(2, "error_cells")])


@pytest.mark.case("error_cells")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cases.xlsb", xlsb(ROWS, error_at=1)),
        (
            "cases.ods",
            ods(
                ROWS,
                cell='<table:table-cell office:value-type="string" '
                'calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>',
            ),
        ),
    ],
)
def test_an_error_that_reads_as_nothing_refuses_the_file(tracker, name, content):
    assert f"{name} has cells with errors" in refused(tracker, content, name)


@pytest.mark.case("password")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "cases.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le")
            + bytes(600),
        ),
        ("cases.ods", ods(ROWS, encryption="<manifest:encryption-data/>")),
        # A record of the same length becomes the one that says so.
        ("cases.xls", XLS.replace(b"\x5c\0\x70\0", b"\x2f\0\x70\0")),
    ],
)
def test_a_password_is_told(tracker, name, content):
    assert refused(tracker, content, name) == (
        f"{name} is protected by a password: save it without one."
    )


@pytest.mark.case("wrong_extension")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cases.csv", book()),
        ("cases.xls", book()),
        ("cases.xlsx", b"Case,Team,Cost\n1,A,10.5\n2,B,20\n"),
        ("cases.xls", b"Case\tTeam\tCost\n1\tA\t10.5\n2\tB\t20\n"),
    ],
)
def test_a_file_is_read_by_its_content_and_told(tracker, name, content):
    loaded = tracker.load(content, name=name)
    assert (loaded.items, loaded.notes) == (ITEMS, {"wrong_extension": 1})


@pytest.mark.case("html_named_xls")
@pytest.mark.parametrize(
    "content",
    [
        b"<html><table><tr><td>Case</td></tr></table></html>",
        b"\xef\xbb\xbf\n<!DOCTYPE html><p>",
        b'<?xml version="1.0"?><Workbook/>',
        b"<TABLE>",
    ],
)
def test_a_web_page_is_no_workbook(tracker, content):
    assert "cases.xls is a web page or XML" in refused(tracker, content, "cases.xls")


@pytest.mark.case("macros_links")
def test_macros_and_links_are_ignored_and_told(tracker):
    file = io.BytesIO(book())
    with zipfile.ZipFile(file, "a") as archived:
        archived.writestr("xl/vbaProject.bin", b"never run")
        archived.writestr("xl/externalLinks/externalLink1.xml", b"<never/>")
    loaded = load(tracker, file.getvalue(), name="cases.xlsm")
    assert (loaded.items, loaded.notes) == (ITEMS, {"macros_links": 2})


@pytest.mark.case("zip_bomb")
@pytest.mark.parametrize(
    ("size", "message"),
    [(300_000_000, "unpacks to 300 MB"), (150_000_000, "more than 100 times its size")],
)
def test_a_zip_bomb_is_not_opened(tracker, size, message):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        with made.open(SHEET, "w") as sheet:
            for _ in range(size // 1_000_000):
                sheet.write(b" " * 1_000_000)
    assert message in refused(tracker, file.getvalue())


@pytest.mark.case("zip_bomb")
def test_a_zip_bomb_that_hides_its_size_is_stopped(tracker):
    content = patched(
        book(), SHEET, (b"</sheetData>", b" " * 90_000_000 + b"</sheetData>")
    )
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    data = file.getvalue().replace(
        struct.pack("<I", 90_000_000 + 1), struct.pack("<I", 500)
    )
    real = zipfile.ZipFile(io.BytesIO(content)).getinfo(SHEET).file_size
    data = data.replace(struct.pack("<I", real), struct.pack("<I", 500))
    assert "cases.xlsx" in refused(tracker, data)


@pytest.mark.case("zip_bomb")
def test_a_sheet_that_spans_more_than_the_memory_is_stopped(tracker):
    def far(workbook, sheet):
        sheet["GR1000000"] = "x"

    message = refused(tracker, book(change=far))
    assert "delete cells that stand far from the table" in message


@pytest.mark.case("xml_entities")
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
def test_xml_entities_are_refused(tracker, part):
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'
    root = {SHEET: b"<worksheet", "xl/workbook.xml": b"<workbook"}.get(part, b"<Types")
    content = patched(book(), part, (root, declared + root))
    assert "declares XML entities" in refused(tracker, content)


@pytest.mark.case("xml_entities")
def test_entities_behind_a_long_comment_are_refused(tracker):
    declared = b"<!--" + b"x" * 100_000 + b'--><!DOCTYPE x [<!ENTITY a "a">]>'
    content = patched(book(), SHEET, (b"<worksheet", declared + b"<worksheet"))
    assert "declares XML entities" in refused(tracker, content)


@pytest.mark.case("truncated_zip")
@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_workbook_that_is_cut_short_is_told(tracker, share):
    content = book()
    assert refused(tracker, content[: int(len(content) * share)]) == (
        "cases.xlsx is cut short or damaged: get the file anew."
    )


@pytest.mark.case("truncated_zip")
@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and so on",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on",
        archive({"readme.txt": "no workbook"}),
        archive({"xl/workbook.xml": "no XML"}),
        patched(book(), SHEET, (b"</sheetData>", b"")),
        patched(book(), "xl/_rels/workbook.xml.rels", (b"sheet1.xml", b"sheet9.xml")),
    ],
)
def test_a_damaged_workbook_is_one_sentence(tracker, content):
    assert re.match(r"cases.xlsx (is|has|cannot) .*: .*\.$", refused(tracker, content))


def test_a_sheet_of_too_many_columns_is_refused(tracker):
    content = book([["Case", "Team", "Cost"], [f"x{n}" for n in range(201)]])
    assert "more than 200 columns" in refused(tracker, content)


@pytest.mark.case("formula_text")
@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+44 20 7946 0000", "-x", "\t=1"])
def test_a_text_that_a_spreadsheet_would_compute_is_a_text(tracker, text):
    assert tracker.load(f'{HEADER}1,"{text}",\n').items == [("1", text, None)]


@pytest.mark.case("html_in_cell")
def test_html_in_a_cell_is_a_text(tracker):
    text = "<img src=x onerror=alert(1)>"
    assert tracker.load(f"{HEADER}1,{text},\n").items == [("1", text, None)]


@pytest.mark.case("header_injection")
def test_a_header_is_never_sql(tracker):
    header = 'x"]; drop table work_items; --'
    columns = f"""
item = {{ from = "Case", type = "key" }}
team = {{ from = '{header}' }}
"""
    quoted = header.replace('"', '""')
    loaded = tracker.load(f'Case,"{quoted}"\n1,A\n', columns=columns)
    assert loaded.items == [("1", "A", None)]
    loaded = tracker.load(f'Case,Team,Cost,"<script>{quoted}"\n1,A,,\n')
    assert loaded.notes == {"extra_column": 1}


@pytest.mark.case("path_in_name")
def test_a_name_in_a_file_is_never_a_path(tracker):
    before = set(tracker.folder.iterdir())
    content = book(change=lambda workbook, sheet: None)
    content = patched(content, "xl/workbook.xml", (b'name="Cases"', b'name="../../x"'))
    assert load(tracker, content, 'sheet = "../../x"').items == ITEMS
    names = {path.name for path in set(tracker.folder.iterdir()) - before}
    assert names == {"cases.xlsx", "mapping.toml", "items.sql", "site.duckdb"}
    assert tracker.load(f"{HEADER}../../x,../../y,\n").items == [
        ("../../x", "../../y", None)
    ]


def test_a_refused_workbook_leaves_the_database_as_it_was(tracker):
    load(tracker, book())
    refused(tracker, book()[:-50])
    with duckdb.connect(str(tracker.database), read_only=True) as connection:
        rows = connection.execute("select amount from work_items order by 1").fetchall()
    assert rows == [(Decimal("10.5"),), (Decimal("20"),)]
