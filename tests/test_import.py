"""What an import does with rows, files and mappings that are not as they should be."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import duckdb
import pytest

from dashboard.errors import DatabaseError, ImportFileError
from dashboard.sources.importing import import_files

MAPPING = """
    [source]
    name = "Tracker"
    zone = "Europe/Berlin"

    [file]
    refused_share = 1.0
    null = ["-"]
    decimal = "."
    time_format = "%Y-%m-%d %H:%M"

    [columns]
    case = "Case"
    team = "Team"
    opened = { from = "Opened", type = "instant" }
    closed = { from = "Closed", type = "instant" }
    due = { from = "Due", type = "end_of_day", format = "%d.%m.%Y" }
    cost = { from = "Cost", type = "money" }

    [work_items]
    item_id = "case"
    department = { value = "Payroll" }
    team = "team"
    received_at = "opened"
    completed_at = "closed"
    due_at = "due"
    amount = "cost"
"""
HEADER = "Case,Team,Opened,Closed,Due,Cost\n"


class Site:
    """A folder with a mapping, files to import, and the database made of them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.database = folder / "site.duckdb"

    def mapping(self, *changes: tuple[str, str]) -> Path:
        """The mapping above, with texts replaced."""
        text = MAPPING
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return self.write("mapping.toml", dedent(text))

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        content = content.encode() if isinstance(content, str) else content
        path.write_bytes(content)
        return path

    def load(self, content: str | bytes, *changes: tuple[str, str]):
        """Import one file with the mapping above and texts replaced in it."""
        file = self.write("cases.csv", content)
        return import_files(self.mapping(*changes), [file], self.database)

    def ask(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def refused(self) -> list[tuple]:
        return self.ask("select line, reason from refused_rows order by line")

    def item(self, column: str) -> object:
        """The one value of that column."""
        ((value,),) = self.ask(f"select {column} from work_items")
        return value

    def left_behind(self) -> list[str]:
        """Files that are neither given nor asked for."""
        names = {path.name for path in self.folder.iterdir()}
        return sorted(names - {"mapping.toml", "cases.csv", "events.sql"})


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def test_a_row_becomes_an_item(site):
    site.load(HEADER + "7,A,2024-01-15 09:30,2024-07-15 09:30,31.01.2024,12.345\n")
    assert site.ask("""
        select item_id, department, team, received_at, completed_at, due_at, amount
        from work_items
    """) == [
        (
            "7",
            "Payroll",
            "A",
            datetime(2024, 1, 15, 8, 30),
            datetime(2024, 7, 15, 7, 30),
            datetime(2024, 1, 31, 22, 59, 59, 999999),
            Decimal("12.3450"),
        )
    ]


def test_every_row_is_loaded_or_refused(site):
    report = site.load(
        HEADER
        + "1,A,2024-01-15 09:30,,,\n"
        + "\n"
        + "2,A,yesterday,,,\n"
        + "3,A,2024-01-15 09:30\n"
        + "1,A,2024-01-15 09:30,,,\n"
        + ",B,2024-01-16 09:30,,,\n"
    )
    assert report.rows == 5
    assert report.loaded == {"work_items": 1}
    assert report.refused_rows == 4
    assert site.ask("select rows, refused_rows from load_log") == [(5, 4)]
    assert site.refused() == [
        (4, "Opened is not a valid date of the form %Y-%m-%d %H:%M"),
        (5, "has 3 cells where the header has 6"),
        (6, "Case has come before, in the same row: the first is kept"),
        (7, "Case is empty"),
    ]


def test_each_load_tells_what_became_of_the_rows_of_its_files(site):
    one = "1,A,2024-01-15 09:30,,,\n"
    site.load(HEADER + one + "2,A,yesterday,,,\n")
    site.load(HEADER + one)
    assert site.ask("""
        select
            part, source_rows, inserted_rows, unchanged_rows, quarantined_rows,
            held_rows
        from load_lines
        order by finished_at
    """) == [("cases.csv", 2, 1, 0, 1, 1), ("cases.csv", 1, 0, 1, 0, 1)]


def test_a_refused_row_keeps_its_text(site):
    site.load(HEADER + '1,"A\nB",never,"x, ""y""",,\n')
    assert site.ask("select file, line, text from refused_rows") == [
        ("cases.csv", 2, '1,"A\nB",never,"x, ""y""",,')
    ]


@pytest.mark.parametrize(
    ("opened", "reason"),
    [
        ("2024-02-30 09:30", "is no day: February has 28 or 29 days"),
        ("2024-01-15 24:00", "not a valid date"),
        ("2024-01-15", "not a valid date"),
        ("24-01-15 09:30", "not a valid date"),
        ("infinity", "not a valid date"),
        ("epoch", "not a valid date"),
        ("-", "is empty"),
        (" ", "is empty"),
        ("2024-03-31 02:30", "a clock change in Europe/Berlin leaves out or repeats"),
        ("2024-10-27 02:30", "a clock change in Europe/Berlin leaves out or repeats"),
    ],
)
def test_a_time_that_is_none_refuses_its_row(site, opened, reason):
    site.load(HEADER + f"1,A,{opened},,,\n")
    ((_, found),) = site.refused()
    assert found.startswith("Opened ")
    assert reason in found


@pytest.mark.parametrize(
    ("opened", "stored"),
    [
        ("2024-03-31 01:59", datetime(2024, 3, 31, 0, 59)),
        ("2024-03-31 03:00", datetime(2024, 3, 31, 1, 0)),
        ("2024-10-27 01:59", datetime(2024, 10, 26, 23, 59)),
        ("2024-10-27 03:00", datetime(2024, 10, 27, 2, 0)),
        ("2028-02-29 00:00", datetime(2028, 2, 28, 23, 0)),
    ],
)
def test_a_local_time_beside_a_clock_change_is_exact(site, opened, stored):
    site.load(HEADER + f"1,A,{opened},,,\n")
    assert site.item("received_at") == stored


def test_a_time_with_an_offset_becomes_utc_in_any_zone(site):
    change = ('time_format = "%Y-%m-%d %H:%M"', 'time_format = "%Y-%m-%dT%H:%M%z"')
    site.load(HEADER + "1,A,2024-10-27T02:30+05:30,,,\n", change)
    assert site.item("received_at") == datetime(2024, 10, 26, 21, 0)


def test_times_may_be_of_another_zone_than_the_reports(site):
    change = ('null = ["-"]', 'time_zone = "Asia/Kolkata"')
    site.load(HEADER + "1,A,2024-03-31 02:30,,,\n", change)
    assert site.item("received_at") == datetime(2024, 3, 30, 21, 0)
    assert site.ask("select zone from load_log") == [("Europe/Berlin",)]


@pytest.mark.parametrize("cost", ["1_000", "nan", "1,5", "0x10", "12 EUR", "1e99"])
def test_a_number_that_is_none_refuses_its_row(site, cost):
    site.load(HEADER + f'1,A,2024-01-15 09:30,,,"{cost}"\n')
    ((line, reason),) = site.refused()
    assert (line, reason.split(":")[0]) == (2, "Cost is not a valid amount")


@pytest.mark.parametrize("count", ["3.7", "1e3", "99999999999999999999"])
def test_a_count_is_a_whole_number(site, count):
    changes = [
        ('"money"', '"count"'),
        ('amount = "cost"', ""),
        ("[work_items]", "[work_types]\nwork_type='team'\ndue_minutes='cost'\n"
         "[work_items]"),
    ]  # fmt: skip
    site.load(HEADER + f"1,A,2024-01-15 09:30,,,{count}\n", *changes)
    ((line, reason),) = site.refused()
    assert (line, reason.split(":")[0]) == (2, "Cost is not a valid whole number")


@pytest.mark.parametrize("amount", ["1234.5", "+1234.50", " 1234.5\u00a0", "1.2345e3"])
def test_numbers_are_exact(site, amount):
    site.load(HEADER + f"1,A,2024-01-15 09:30,,,{amount}\n")
    assert str(site.item("amount")) == "1234.5000"


@pytest.mark.parametrize(
    "text", ["=1+1", "<b>x</b>", "Zoë", "日本", "'; drop table work_items; --", "\\N"]
)
def test_text_is_kept_as_it_is(site, text):
    site.load(HEADER + f"1,{text},2024-01-15 09:30,,,\n")
    assert site.item("team") == text


def test_null_words_and_blanks_are_null(site):
    site.load(HEADER + "1,-,2024-01-15 09:30, ,-,\n")
    assert site.ask("select team, completed_at, due_at, amount from work_items") == [
        (None, None, None, None)
    ]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + HEADER + "1,A,2024-01-15 09:30,,,\n",
        HEADER.replace("\n", "\r\n") + "1,A,2024-01-15 09:30,,,",
        HEADER.replace("\n", "\r") + "1,A,2024-01-15 09:30,,,\r",
        "\n" + HEADER + "1,A,2024-01-15 09:30,,,\n",
        "Due,More,Cost,Case,Closed,Opened,Team\n,,,1,,2024-01-15 09:30,A\n",
        gzip.compress((HEADER + "1,A,2024-01-15 09:30,,,\n").encode(), mtime=0),
    ],
    ids=["byte order mark", "crlf", "cr", "blank first", "reordered", "gzip"],
)
def test_files_may_be_written_in_many_ways(site, content):
    site.load(content)
    assert site.ask("select item_id, team from work_items") == [("1", "A")]


def test_delimiter_and_encoding_are_those_of_the_mapping(site):
    change = ("[file]", '[file]\ndelimiter = ";"\nencoding = "cp1252"')
    content = (HEADER + "1,Zoë,2024-01-15 09:30,,,\n").replace(",", ";")
    site.load(content.encode("cp1252"), change)
    assert site.item("team") == "Zoë"


def test_bytes_that_cannot_be_decoded_refuse_their_row_only(site):
    good = HEADER + "1,A,2024-01-15 09:30,,,\n"
    site.load(good.encode() + b"2,Zo\xeb,2024-01-15 09:30,,,\n3,\0,,,,\n")
    assert site.item("item_id") == "1"
    assert site.refused() == [
        (3, "has bytes that are not utf-8 (byte 5 of the row, 0xEB)"),
        (4, "has a NUL character"),
    ]


def test_text_after_a_closing_quote_refuses_its_row_only(site):
    site.load(HEADER + '1,"A"B,x,,,\n2,5" pipe,2024-01-15 09:30,,,\n')
    assert site.item("team") == '5" pipe'
    assert site.refused() == [(2, "has text after a closing quotation mark")]


def test_files_are_read_one_after_the_other(site):
    first = site.write("a.csv", HEADER + "1,A,2024-01-15 09:30,,,\n")
    second = site.write(
        "b.csv",
        "Team,Case,Opened,Closed,Due,Cost\nB,2,2024-01-15 09:30,,,\nB,1,,,,\n"
        "B,1,2024-01-15 09:30,,,\n",
    )
    report = import_files(site.mapping(), [first, second], site.database)
    assert (report.rows, report.loaded["work_items"]) == (4, 2)
    assert site.ask("select file, line from refused_rows") == [("b.csv", 3)]
    assert site.ask("select item_id, team from work_items order by item_id") == [
        ("1", "B"),
        ("2", "B"),
    ]


def test_a_header_alone_changes_nothing(site):
    """A nightly export that failed must not empty the pages."""
    site.load(HEADER + "1,A,2024-01-15 09:30,,,\n")
    report = site.load(HEADER)
    assert report.rows == 0
    assert report.warnings == ("cases.csv: a header and no rows.",)
    assert site.ask("select count(*) from work_items") == [(1,)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "cases.csv is empty"),
        ("\n\n", "cases.csv is empty"),
        (b"PK\x03\x04 and so on", "cases.csv is cut short or damaged"),
        (b"\x89PNG\0\0\0", "cases.csv is not a text file"),
        (b"\x1f\x8bcut short", "cases.csv cannot be read"),
        (gzip.compress(HEADER.encode() * 99, mtime=0)[:-9], "cases.csv cannot be read"),
        ("Case,T\n", "line 1 has 1 of the 5 headers of the mapping; missing: Opened"),
        (HEADER.replace("\n", ",Case\n"), "has the column Case more than once"),
        (HEADER + '1,A,"x\n2,B\n', "line 2: a quotation mark is opened and never"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(site, content, message):
    changes = [('team = "Team"\n', ""), ('team = "team"\n', "")]
    with pytest.raises(ImportFileError) as caught:
        site.load(content, *changes)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert site.left_behind() == []


def test_a_missing_file_is_one_sentence(site):
    with pytest.raises(ImportFileError, match="none.csv cannot be read"):
        import_files(site.mapping(), [site.folder / "none.csv"], site.database)


def test_too_many_refused_rows_refuse_the_import_and_change_nothing(site):
    good = "".join(f"{n},A,2024-01-15 09:30,,,\n" for n in range(94))
    site.load(HEADER + good)
    with pytest.raises(ImportFileError) as caught:
        site.load(HEADER + good + "x\n" * 6, ("refused_share = 1.0", ""))
    assert str(caught.value) == (
        "6 of 100 rows cannot be read, more than the 5 % that refused_share allows, so "
        "nothing was imported; declare or mend what stands below, or import the others "
        "with --accept-refused."
    )
    [told] = caught.value.reasons
    assert told == (
        "6 rows, cases.csv, lines 96, 97, 98 and so on: has 1 cell where the header "
        'has 6: "x"\n    declare footers = ["x"] in [file]'
    )
    assert site.ask("select count(*) from work_items") == [(94,)]
    assert site.left_behind() == ["site.duckdb"]


def test_five_refused_rows_in_a_hundred_are_borne(site):
    good = "".join(f"{n},A,2024-01-15 09:30,,,\n" for n in range(95))
    report = site.load(HEADER + good + "x\n" * 5, ("refused_share = 1.0", ""))
    assert report.refused == {"has 1 cell where the header has 6": 5}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("[source]", "[source"), "is not valid TOML"),
        (("[work_items]", "[cases]"), "top: there is no 'cases' here"),
        (('zone = "Europe/Berlin"', ""), "[source]: zone is missing"),
        (("Europe/Berlin", "Europe/Bonn"), "'Europe/Bonn' is no time zone"),
        (("Europe/Berlin", "../etc"), "'../etc' is no time zone"),
        (("[file]", '[file]\nquote = "x"'), "[file]: there is no 'quote' here"),
        (("[file]", '[file]\nencoding = "x"'), "there is no encoding 'x'"),
        (("[file]", '[file]\ndelimiter = "ab"'), "delimiter must be one character"),
        (('["-"]', '"-"'), "[file]: null must be a list"),
        (("1.0", '"much"'), "[file]: refused_share must be a number"),
        (("1.0", "20"), "[file]: refused_share must be between 0 and 1"),
        (("%H:%M", "%Q"), "the format '%Y-%m-%d %Q' cannot be used"),
        (("%d.%m.%Y", "%d.%m.%Y %z"), "names a zone; only instants may"),
        (('"money"', '"euro"'), "[columns][cost]: there is no type 'euro'"),
        (('from = "Due"', 'form = "Due"'), "[columns][due]: there is no 'form' here"),
        (('case = "Case"', '"x y" = "Case"'), "'x y' cannot name a column"),
        (('item_id = "case"', ""), "[work_items]: item_id is missing"),
        (('item_id = "case"', 'item_id = "no"'), "'no', which is not in [columns]"),
        (('team = "team"', 'tea = "team"'), "[work_items]: there is no 'tea' here"),
        (('amount = "cost"', 'amount = "team"'), "amount is of type money, team of"),
        (('{ value = "Payroll" }', "{ value = [] }"), "[work_items][department]"),
        (('due_at = "due"', 'due_at = { value = "x" }'), "[work_items]: Conversion"),
        (("[source]", "[source]\nas_of = 2024-01-01"), "as_of must be a local time"),
        (("[source]", '[source]\nfresh_within = "soon"'), "a time such as"),
        (("[source]", '[source]\nfresh_within = "0 hours"'), "a time such as"),
        (("[source]", "[source]\nfresh_within = 24"), "fresh_within must be a text"),
        (("[work_items]", '[work_events]\nselect = "no.sql"\n[work_items]'), "no.sql"),
    ],
)
def test_a_mapping_that_is_wrong_is_one_sentence(site, change, message):
    with pytest.raises(ImportFileError) as caught:
        site.load(HEADER + "1,A,2024-01-15 09:30,,,\n", change)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert site.left_behind() == []


def test_an_unknown_name_lists_the_mappings_that_ship(site):
    with pytest.raises(ImportFileError) as caught:
        import_files("boston", [], site.database)
    assert str(caught.value) == (
        "There is no mapping boston: name a .toml file, or one of boston_311, "
        "bpi_request_for_payment, uci_incidents."
    )


EVENTS = ("[work_items]", '[work_events]\nselect = "events.sql"\n[work_items]')


def test_a_select_reads_the_source_and_what_is_filled(site):
    site.write(
        "events.sql",
        """
        -- Events
        select source.case as item_id, opened as event_at, 'received' as kind,
            work_items.department
        from source
        inner join work_items on source.case = work_items.item_id;
        """,
    )
    report = site.load(HEADER + "1,A,2024-01-15 09:30,,,\n", EVENTS)
    assert report.loaded == {"work_items": 1, "work_events": 1}
    assert site.ask("select kind, department, sequence from work_events") == [
        ("received", "Payroll", None)
    ]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("drop table work_items", "must hold one SELECT and nothing else"),
        ("select 1; select 2", "must hold one SELECT and nothing else"),
        ("", "must hold one SELECT and nothing else"),
        ("selec 1", "is not SQL"),
        ("select * from nowhere", "cannot be run: Catalog Error"),
        ("select * from read_csv('/etc/passwd')", "cannot be run: Permission Error"),
        ("select 'x' as item_id, 1 as wrong", "work_events has no column wrong"),
        ("select 'x' as item_id, 'x' as kind", "the column event_at is missing"),
        (
            "select 'x' as item_id, 'x' as kind, null as event_at",
            "event_at is null, in 1 of the rows",
        ),
    ],
)
def test_a_select_that_is_wrong_is_one_sentence(site, sql, message):
    site.write("events.sql", sql)
    with pytest.raises(ImportFileError) as caught:
        site.load(HEADER + "1,A,2024-01-15 09:30,,,\n", EVENTS)
    assert "events.sql" in str(caught.value)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert site.left_behind() == []


PAYROLL = ("[work_items]", '[ext_payroll]\nselect = "events.sql"\n[work_items]')


def test_a_department_may_tell_more_of_its_items(site):
    site.write(
        "events.sql", "select source.case as item_id, 'May' as run_id from source"
    )
    report = site.load(HEADER + "1,A,2024-01-15 09:30,,,\n", PAYROLL)
    assert report.loaded == {"work_items": 1, "ext_payroll": 1}
    assert site.ask("select item_id, run_id from ext_payroll") == [("1", "May")]


def test_a_department_tells_more_of_an_item_once(site):
    site.write("events.sql", "select 'x' as item_id from source")
    rows = "1,A,2024-01-15 09:30,,,\n2,A,2024-01-15 09:30,,,\n"
    with pytest.raises(
        ImportFileError, match="item_id must be unique; rows too many: 1"
    ):
        site.load(HEADER + rows, PAYROLL)


def test_what_a_department_tells_of_no_item_is_loaded_with_a_warning(site):
    site.write("events.sql", "select 'other' as item_id from source")
    report = site.load(HEADER + "1,A,2024-01-15 09:30,,,\n", PAYROLL)
    assert report.warnings == ("Rows of ext_payroll that name no item: 1.",)


def test_what_cannot_be_is_loaded_with_a_warning(site):
    site.write(
        "events.sql",
        "select 'other' as item_id, opened as event_at, 'received' as kind from source",
    )
    row = "1,A,2024-01-15 09:30,2024-01-14 09:30,,\n"
    ended, of_no_item = site.load(HEADER + row, EVENTS).warnings
    assert ended.startswith("Items that end before they are received: 1 (1); ")
    assert of_no_item == "Rows of work_events that name no item: 1."


def test_data_hold_to_the_midnight_after_the_newest_fact(site):
    site.load(HEADER + "1,A,2024-01-15 09:30,2024-07-15 00:00,31.12.2024,\n")
    assert site.ask("select as_of, max_changed_at from load_log") == [
        (datetime(2024, 7, 15, 22, 0), datetime(2024, 7, 14, 22, 0))
    ]


def test_a_fact_of_the_future_does_not_move_the_as_of(site):
    site.load(HEADER + "1,A,2024-01-15 09:30,2999-07-15 00:00,,\n")
    ((as_of,),) = site.ask("select as_of from load_log")
    assert as_of <= datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)


def test_a_fact_of_the_future_is_not_the_newest_change(site):
    """Old data would look fresh for years."""
    rows = "1,A,2024-01-15 09:30,2999-07-15 00:00,,\n2,A,2024-01-15 10:30,,,\n"
    site.load(HEADER + rows)
    assert site.ask("select max_changed_at from load_log") == [
        (datetime(2024, 1, 15, 9, 30),)
    ]


@pytest.mark.parametrize(
    ("told", "minutes"), [("45 minutes", 45), ("24 hours", 1440), ("1 day", 1440)]
)
def test_a_mapping_says_within_what_time_a_change_is_expected(site, told, minutes):
    change = ("[source]", f'[source]\nfresh_within = "{told}"')
    site.load(HEADER + "1,A,2024-01-15 09:30,,,\n", change)
    assert site.ask("select expected_minutes from load_lines") == [(minutes,)]


def test_a_stated_as_of_is_local_time(site):
    change = ("[source]", "[source]\nas_of = 2024-07-01T00:00:00")
    site.load(HEADER + "1,A,2024-01-15 09:30,2024-09-15 00:00,,\n", change)
    assert site.ask("select as_of from load_log") == [(datetime(2024, 6, 30, 22, 0),)]


def test_a_target_that_cannot_be_replaced_is_one_sentence(site):
    site.database.mkdir()
    with pytest.raises(DatabaseError, match=r"site.duckdb is there already"):
        site.load(HEADER + "1,A,2024-01-15 09:30,,,\n")
    assert site.left_behind() == ["site.duckdb"]


def test_a_folder_that_cannot_be_written_is_one_sentence(site):
    file = site.write("cases.csv", HEADER)
    with pytest.raises(DatabaseError, match="cannot be written"):
        import_files(site.mapping(), [file], file / "site.duckdb")


def test_the_file_holds_the_relations_and_nothing_of_the_staging(site):
    site.load(HEADER + "1,A,2024-01-15 09:30,,,\n")
    names = {name for (name,) in site.ask("select table_name from duckdb_tables()")}
    assert names.isdisjoint({"cells", "typed", "source"})
    assert site.ask("select count(*) from item_stays") == [(1,)]


def test_progress_is_told_to_the_end_of_each_file(site):
    told = []
    file = site.write("cases.csv", HEADER + "1,A,2024-01-15 09:30,,,\n")
    import_files(site.mapping(), [file], site.database, lambda *a: told.append(a))
    size = file.stat().st_size
    assert ("Reading cases.csv", size, size) in told


def test_a_line_without_end_is_refused_before_it_eats_the_memory(site):
    with pytest.raises(ImportFileError, match="line 2: the line has more than"):
        site.load(HEADER + "1," + "A" * 8_000_001)
