"""What an import would do is shown by one that is made whole and not kept."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from dashboard.errors import DatabaseError, ImportFileError
from dashboard.sources.previewing import Preview, preview_files
from tests.drawn import own_file
from tests.office import HEADER, Office, counts

FIRST = "1,AP,2024-01-01,5; 2,AP,2024-01-02,6; 3,HR,2024-01-03,7"
SECOND = (
    HEADER + "2,AP,2024-01-02,6\n3,HR,2024-01-03,70\n4,HR,soon,8\n5,HR,2024-01-05,\n"
)


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def preview(office: Office, text: str, name: str = "day2.csv") -> Preview:
    file = office.write(name, text)
    return preview_files(office.mapping, [file], office.database)


def drawn(found: Preview) -> str:
    """The new items of a preview: key and amount."""
    assert found.items is not None
    rows = found.items.to_pylist()
    return "; ".join(
        f"{row['item_id']} {float(row.get('amount') or 0):g}" for row in rows
    )


def test_a_preview_tells_what_the_import_then_does(office):
    office.load(FIRST)
    found = preview(office, SECOND)
    assert counts(found.report) == [(1, 1, 1, 1)]
    assert (changed(found), drawn(found)) == ("3 amount 7 -> 70", "5 0")
    assert (found.changed_items, found.new_items) == (1, 1)
    done = office.bring(office.folder / "day2.csv")
    assert (done.lines, done.refused) == (found.report.lines, found.report.refused)
    assert office.items() == "1 AP 5; 2 AP 6; 3 HR 70; 5 HR -"


def changed(found: Preview) -> str:
    """What would change: key, column, what stands there now and what would."""
    return "; ".join(
        f"{one.item_id} {one.column} {_short(one.before)} -> {_short(one.after)}"
        for one in found.changes
    )


def _short(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%d %b}"
    return f"{float(value):g}" if isinstance(value, Decimal) else str(value or "-")


def test_what_would_change_is_told_column_by_column_old_beside_new(office):
    office.load(FIRST)
    found = preview(office, HEADER + "2,HR,2024-01-09,\n1,AP,2024-01-01,5.00\n")
    assert changed(found) == (
        "2 amount 6 -> -; 2 received_at 02 Jan -> 09 Jan; 2 department AP -> HR; "
        "2 team AP -> HR"
    )
    assert (found.changed_items, found.new_items) == (1, 0)


def test_of_many_changes_those_of_the_first_items_are_told_and_all_are_counted(office):
    days = [f"{n},AP,2024-01-{n:02},{{}}" for n in range(1, 15)]
    office.load("; ".join(day.format(1) for day in days))
    found = preview(office, HEADER + "\n".join(day.format(2) for day in days) + "\n")
    assert [change.item_id for change in found.changes] == list(map(str, range(1, 11)))
    assert (found.changed_items, found.new_items) == (14, 0)


def test_a_preview_changes_nothing_and_leaves_nothing_behind(office):
    office.load(FIRST)
    office.write("day2.csv", SECOND)
    before = sorted(path.name for path in office.folder.iterdir())
    was, held = office.database.stat(), office.database.read_bytes()
    preview(office, SECOND)
    assert sorted(path.name for path in office.folder.iterdir()) == before
    assert office.database.stat().st_mtime_ns == was.st_mtime_ns
    assert office.database.read_bytes() == held


def test_a_preview_of_the_first_import_makes_no_database(office):
    found = preview(office, HEADER + "1,AP,2024-01-01,5\n")
    assert drawn(found) == "1 5"
    assert not office.database.exists()
    assert office.left_behind() == []


def test_rows_that_would_wait_are_told_with_file_line_and_reason(office):
    office.load(FIRST + "; 9,AP,never,1")
    [row] = preview(office, SECOND).refused
    assert (row.file, row.line) == ("day2.csv", 4)
    assert "Opened" in row.reason
    assert (row.key, row.cell) == ("4", 'Opened: "soon"')


def test_a_row_that_is_not_told_apart_into_cells_is_told_as_it_stands(office):
    [row] = preview(office, HEADER + "4,HR,2024-01-04,1,234\n").refused
    assert (row.key, row.cell) == ("", '"4,HR,2024-01-04,1,234"')


def test_a_key_of_several_columns_is_told_in_its_order(office):
    office.map(source='key = ["team", "case"]')
    [row] = preview(office, SECOND).refused
    assert row.key == "HR 4"


def test_where_too_much_is_refused_the_others_are_shown_and_it_is_told(office):
    office.map(**{"refused_share = 1.0": "refused_share = 0.1"})
    found = preview(office, SECOND)
    assert found.is_too_much
    assert counts(found.report) == [(3, 0, 0, 1)]


def test_files_that_are_imported_already_have_nothing_to_show(office):
    office.load(FIRST)
    found = preview_files(office.mapping, [office.folder / "day1.csv"], office.database)
    assert found.report.lines == ()
    assert found.items is None


def test_columns_that_no_item_has_are_left_out(office):
    found = preview(office, HEADER + "1,AP,2024-01-01,\n")
    assert found.items is not None
    assert found.items.column_names == ["item_id", "received_at", "department", "team"]


def test_what_an_import_refuses_a_preview_refuses(office):
    with pytest.raises(ImportFileError, match="day2.csv"):
        preview(office, "Nothing,of,this\n1,2,3\n")
    own_file(office.database, {"work_items": "item_id | received_at\n1 | 2024-01-01"})
    with pytest.raises(DatabaseError, match="no import gave"):
        preview(office, SECOND)
    assert office.left_behind() == []
