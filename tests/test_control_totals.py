"""What files gave and what the relations hold agree to the last digit, or not at all."""

from __future__ import annotations

import duckdb
import pytest

from dashboard.errors import ImportFileError
from dashboard.sources.control_totals import check_totals
from dashboard.sources.mapping import read_mapping
from tests.office import Office


def check(office: Office, given: list[tuple], held: list[tuple]) -> None:
    """Compare rows of a file, day1.csv, with items: key and cost."""
    with duckdb.connect() as connection:
        connection.execute(
            'create table source ("case" varchar, cost decimal(18, 4));'
            "create table work_items (item_id varchar, amount decimal(18, 4))"
        )
        connection.executemany("insert into source values ($1, $2)", given)
        connection.executemany("insert into work_items values ($1, $2)", held)
        connection.execute(
            "create table given as select 'day1.csv' as given_file, * from source"
        )
        check_totals(connection, read_mapping(office.mapping))


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


GIVEN = [("1", "0.1"), ("2", "0.2"), ("3", None)]


def test_equal_totals_pass(office):
    check(office, GIVEN, [*reversed(GIVEN)])


@pytest.mark.parametrize(
    ("held", "message"),
    [
        (
            [("1", "0.1"), ("2", "0.2001"), ("3", None)],
            "of Cost differ: 0.3000 in the files, 0.3001 in work_items",
        ),
        (
            [("1", "0.1"), ("2", "0.2")],
            "of the number of rows differ: 3 in the files, 2",
        ),
        (
            [("1", "0.1"), ("2", "0.2"), ("4", None)],
            "of the number of rows differ: 3 in day1.csv, 2 in work_items",
        ),
        (
            [("1", None), ("2", "0.2"), ("4", "0.1")],
            "of the number of rows differ: 3 in day1.csv",
        ),
    ],
    ids=["last digit", "lost row", "other item", "swapped"],
)
def test_a_difference_refuses_the_import(office, held, message):
    with pytest.raises(ImportFileError) as caught:
        check(office, GIVEN, held)
    assert message in str(caught.value)
