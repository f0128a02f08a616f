"""What a second import does: overlapping files, corrections, the same file again."""

from __future__ import annotations

import duckdb
import pytest

from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.errors import DatabaseError, ImportFileError
from dashboard.relations import RELATIONS
from dashboard.settings import Settings
from sample_data.build import build
from tests.drawn import own_file
from tests.office import HEADER, Office, counts

FIRST = "1,AP,2024-01-01,5; 2,AP,2024-01-02,6; 3,HR,2024-01-03,7"


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.mark.case("overlapping_next_day")
def test_the_file_of_the_next_day_overlaps_and_every_row_is_told_of(office):
    office.load(FIRST)
    report = office.load(
        "2,AP,2024-01-02,6; 3,HR,2024-01-03,70; 4,HR,2024-01-04,8; 5,HR,soon,9"
    )
    assert counts(report) == [(1, 1, 1, 1)]
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 70; 4 HR 8"
    assert office.ask("""
        select source_rows, inserted_rows, updated_rows, unchanged_rows,
            quarantined_rows, deleted_rows
        from load_lines order by finished_at
    """) == [(3, 3, 0, 0, 0, 0), (4, 1, 1, 1, 1, 0)]


@pytest.mark.case("same_file_again")
def test_the_same_file_again_is_already_imported_and_nothing_is_written(office):
    office.load(FIRST)
    before = office.database.stat()
    assert office.load(FIRST).lines == ()
    after = office.database.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_another_has_corrected_is_imported_again_when_asked(office):
    """The file imported last has the last word, also where it is an old one."""
    office.load(FIRST)
    office.load("1,AP,2024-01-01,50")
    assert counts(office.load(FIRST)) == [(0, 1, 2, 0)]
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 7"


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "3,HR,2024-01-03,7\n1,AP,2024-01-01,5\n2,AP,2024-01-02,6\n",
        (HEADER + "1,AP,2024-01-01,5\n2,AP,2024-01-02,6\n3,HR,2024-01-03,7\n").replace(
            "\n", "\r\n"
        ),
        '"Case","Team","Opened","Cost"\n"1","AP","2024-01-01","5"\n'
        '2,"AP",2024-01-02,6\n3,HR,2024-01-03,7\n',
        "Cost,Opened,Team,Case\n5,2024-01-01,AP,1\n6,2024-01-02,AP,2\n"
        "7.00,2024-01-03,HR,3\n",
    ],
    ids=["shuffled", "other line ends", "quoted", "reordered"],
)
def test_a_file_that_is_saved_anew_changes_nothing(office, text):
    office.load(FIRST)
    before = office.items()
    assert counts(office.bring(office.write("again.csv", text))) == [(0, 0, 3, 0)]
    assert office.items() == before


def test_a_column_that_is_not_mapped_may_change(office):
    header = "Case,Team,Opened,Cost,Note\n"
    office.load("1,AP,2024-01-01,5,old", header=header)
    report = office.load("1,AP,2024-01-01,5,new", header=header)
    assert counts(report) == [(0, 0, 1, 0)]
    office.map(columns='note = "Note"', items='client = "note"')
    office.load("2,AP,2024-01-01,5,x", header=header)
    assert office.ask("select client from work_items order by item_id") == [
        ("new",),
        ("x",),
    ]


def test_an_edited_mapping_types_the_old_rows_again(office):
    office.load("1,AP,2024-01-01,5; 2,AP,2024-01-02,n/a")
    assert office.items() == "1 AP 5"
    office.map(time_format='null = ["n/a"]\ntime_format')
    office.load("3,AP,2024-01-03,7")
    assert office.items() == "1 AP 5; 2 AP -; 3 AP 7"
    assert office.waiting() == []


def test_a_mapping_that_can_no_longer_read_the_old_rows_is_refused(office):
    office.load(FIRST)
    office.map(**{"%Y-%m-%d": "%d.%m.%Y", "refused_share = 1.0": ""})
    with pytest.raises(ImportFileError, match="3 of 3 rows that Tracker gave before"):
        office.load("4,AP,01.02.2024,7")
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 7"


def test_later_files_of_one_import_have_the_last_word(office):
    report = office.load(FIRST, "1,AP,2024-01-01,50; 4,HR,2024-01-04,8")
    assert counts(report) == [(3, 0, 0, 0), (1, 1, 0, 0)]
    assert office.items() == "1 AP 50; 2 AP 6; 3 HR 7; 4 HR 8"


def test_two_files_of_one_name_are_not_told_apart(office):
    (office.folder / "other").mkdir()
    files = [office.write(name, HEADER) for name in ("a.csv", "other/a.csv")]
    with pytest.raises(ImportFileError, match="Two of the files are named a.csv"):
        office.bring(*files)


# Keys


@pytest.mark.case("duplicate_identical")
def test_of_identical_rows_of_a_file_the_first_is_kept(office):
    office.load("1,AP,2024-01-01,5; 1,AP,2024-01-01,5")
    assert office.items() == "1 AP 5"
    assert office.waiting() == [
        (
            "1,AP,2024-01-01,5",
            "Case has come before, in the same row: the first is kept",
        )
    ]
    assert office.codes() == ["duplicate_identical"]


@pytest.mark.case("duplicate_conflict")
def test_of_differing_rows_of_one_key_in_a_file_none_is_taken(office):
    office.load("1,AP,2024-01-01,4")
    office.load("1,AP,2024-01-01,5; 1,AP,2024-01-01,6")
    assert office.items() == "1 AP 4"
    assert office.waiting() == [
        (
            f"1,AP,2024-01-01,{n}",
            "Case is in several rows that differ: keep the right one",
        )
        for n in (5, 6)
    ]
    assert office.codes() == ["duplicate_conflict"] * 2


def test_a_row_without_its_key_waits_once_however_often_it_comes(office):
    office.load("1,AP,2024-01-01,5; ,AP,2024-01-01,5")
    office.load("2,AP,2024-01-01,5; 3,AP,2024-01-01,5; ,AP,2024-01-01,5")
    assert office.waiting() == [(",AP,2024-01-01,5", "Case is empty")]


def test_spellings_of_a_key_are_one_where_the_mapping_says_so(office):
    office.map(source='key_ignores = ["case", "spaces"]')
    office.load("ab 1,AP,2024-01-01,5")
    assert counts(office.load("A\u00a0B1,AP,2024-01-01,6")) == [(0, 1, 0, 0)]
    assert office.items() == "A\u00a0B1 AP 6"


@pytest.mark.case("key_case_space")
def test_spellings_of_a_key_that_meet_in_one_file_wait(office):
    office.map(source='key_ignores = ["case", "spaces"]')
    office.load("ab 1,AP,2024-01-01,5; AB1,AP,2024-01-01,5; 2,AP,2024-01-01,5")
    assert office.items() == "2 AP 5"
    assert {reason for _, reason in office.waiting()} == {
        "Case is in several rows, written differently: keep one"
    }
    assert office.codes() == ["key_case_space"] * 2


def test_spellings_of_a_key_are_two_where_the_mapping_is_silent(office):
    office.load("ab,AP,2024-01-01,5; AB,AP,2024-01-01,5; \u00a0ab ,AP,2024-01-01,5")
    assert office.items() == "AB AP 5; ab AP 5"


def test_keys_are_equal_in_any_composition_of_their_accents(office):
    office.load("Zo\u00eb,AP,2024-01-01,5")
    assert counts(office.load("Zoe\u0308,AP,2024-01-01,6")) == [(0, 1, 0, 0)]


def test_a_key_may_be_several_columns(office):
    office.map(source='key = ["case", "team"]')
    office.without_key()
    office.load("1,AP,2024-01-01,5; 1,HR,2024-01-01,6")
    assert counts(office.load("1,AP,2024-01-01,7")) == [(0, 1, 0, 0)]
    assert office.ask("select amount from work_items") == [(13,)]


def test_without_a_key_a_file_replaces_all_rows_of_its_tracker(office):
    office.without_key()
    office.load("1,AP,2024-01-01,5; 1,AP,2024-01-01,5; 2,HR,2024-01-01,6")
    report = office.load("1,AP,2024-01-01,5; 3,AP,2024-01-01,9")
    assert counts(report) == [(1, 0, 1, 0)]
    assert report.lines[0].deleted_rows == 2
    assert office.ask("select item_id, amount from work_items order by 1") == [
        ("1", 5),
        ("3", 9),
    ]
    assert office.load("1,AP,2024-01-01,5; 3,AP,2024-01-01,9").lines == ()


# Several trackers


def test_several_trackers_fill_one_database(office):
    office.load(FIRST)
    office.map(name="other.toml", Tracker="Other")
    report = office.load("9,IT,2024-02-01,1")
    assert report.loaded == {"work_items": 4}
    office.map()
    office.load("1,AP,2024-01-01,50")
    assert office.items() == "1 AP 50; 2 AP 6; 3 HR 7; 9 IT 1"
    assert office.ask("select source, rows from load_log") == [("Other, Tracker", 4)]


def test_a_tracker_without_a_key_replaces_its_own_rows_only(office):
    office.load(FIRST)
    office.map(name="other.toml", Tracker="Other")
    office.without_key()
    office.load("8,IT,2024-02-01,1")
    office.load("9,IT,2024-02-01,1")
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 7; 9 IT 1"


def test_an_item_of_two_trackers_is_refused_by_name(office):
    office.load(FIRST)
    office.map(name="other.toml", Tracker="Other")
    with pytest.raises(
        ImportFileError, match="another tracker .* both give item_id 1 of"
    ):
        office.load("1,IT,2024-02-01,1")
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 7"


def test_trackers_of_two_zones_are_refused(office):
    office.load(FIRST)
    office.map(name="other.toml", Tracker="Other", UTC="Asia/Kolkata")
    with pytest.raises(ImportFileError, match="the zone is Asia/Kolkata, and that of"):
        office.load("9,IT,2024-02-01,1")


def test_pages_and_queries_know_nothing_of_the_kept_rows(office):
    office.load(FIRST)
    settings = Settings(database_url=f"duckdb:///{office.database}")
    tables = {name for name, _ in DuckDBFile(settings).state().tables}
    assert tables <= set(RELATIONS)


# What stands at the place of the database


def test_an_import_takes_the_place_of_a_sample(office):
    build(office.database, items=200)
    office.load(FIRST)
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 7"


def test_an_import_never_takes_the_place_of_other_data(office):
    own_file(office.database, {"work_items": "item_id | received_at\n 1 | 2024-01-01"})
    before = office.database.read_bytes()
    with pytest.raises(DatabaseError, match="holds rows that no import gave"):
        office.load(FIRST)
    assert office.database.read_bytes() == before


def test_a_database_that_is_spoilt_is_not_replaced(office):
    office.load(FIRST)
    spoilt = office.database.read_bytes()[:12_000]
    office.database.write_bytes(spoilt)
    with pytest.raises(DatabaseError, match="its rows would be lost"):
        office.load("4,HR,2024-01-04,8")
    assert office.database.read_bytes() == spoilt


def test_a_database_of_another_version_is_left_as_it_is(office):
    office.load(FIRST)
    with duckdb.connect(str(office.database)) as connection:
        connection.execute("alter table trackers.rows drop column code")
    before = office.database.read_bytes()
    with pytest.raises(DatabaseError, match="imported by another version"):
        office.load("4,HR,2024-01-04,8")
    assert office.database.read_bytes() == before


# Departments


@pytest.mark.case("unknown_department")
def test_a_department_that_the_mapping_does_not_declare_is_never_created(office):
    office.map(source='departments = ["AP", "HR"]')
    office.load("1,AP,2024-01-01,5; 2,A P,2024-01-01,5; 3,,2024-01-01,5")
    assert office.items() == "1 AP 5"
    assert {reason for _, reason in office.waiting()} == {
        "Team is none of the departments of the mapping"
    }
    assert office.codes() == ["unknown_department"] * 2
    office.map(source='departments = ["AP", "HR", "A P"]')
    office.load("4,HR,2024-01-01,5")
    assert office.items() == "1 AP 5; 2 A P 5; 4 HR 5"


@pytest.mark.case("foreign_department")
def test_who_imports_brings_rows_of_own_departments_only(office):
    office.load("1,HR,2024-01-01,5")
    report = office.load(
        "1,AP,2024-01-01,6; 2,AP,2024-01-01,6; 3,HR,2024-01-01,6; 4,,2024-01-01,6",
        scope=frozenset({"AP"}),
    )
    assert counts(report) == [(1, 0, 0, 3)]
    assert office.items() == "1 HR 5; 2 AP 6"
    assert sorted(reason for _, reason in office.waiting()) == [
        "It is an item of a department that you may not import",
        "Team is none of the departments that you may import",
        "Team is none of the departments that you may import",
    ]
    assert office.codes() == ["foreign_department"] * 3


def test_rows_refused_for_one_importer_are_good_for_another(office):
    rows = "2,AP,2024-01-01,6; 3,HR,2024-01-01,6"
    office.load(rows, scope=frozenset({"AP"}))
    assert counts(office.load(rows)) == [(1, 0, 1, 0)]
    assert office.waiting() == []


def test_a_mapping_that_tells_no_department_is_for_importers_of_all(office):
    office.map(**{'department = "team"': ""})
    with pytest.raises(ImportFileError, match="only an importer of all departments"):
        office.load(FIRST, scope=frozenset({"AP"}))
    office.map(**{'department = "team"': 'department = { value = "HR" }'})
    with pytest.raises(ImportFileError, match="gives its items to HR, which is none"):
        office.load(FIRST, scope=frozenset({"AP"}))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('key = ["cas"]', "[source]: key names 'cas', which is not in [columns]"),
        ('key = "case"', "[source]: key must be a list"),
        ('key_ignores = ["accents"]', 'key_ignores may hold "case" and "spaces"'),
        ("departments = [1]", "departments must be a list of texts"),
    ],
)
def test_a_mapping_that_is_wrong_is_one_sentence(office, source, message):
    office.map(source=source)
    with pytest.raises(ImportFileError) as caught:
        office.load(FIRST)
    assert message in str(caught.value)
