"""What SQLite derives of other relations is what the build of a DuckDB file derives."""

from __future__ import annotations

from collections import Counter

import duckdb
import pyarrow as pa
import pytest

pytest.importorskip("adbc_driver_sqlite")

from dashboard.databases.sqlite import SQLite
from dashboard.relations import RELATIONS
from dashboard.settings import Settings
from dashboard.sql.rewriting import derived
from tests.databases.loading import into_sqlite, relations_of

DERIVED = [relation.name for relation in RELATIONS.values() if relation.is_derived]


@pytest.fixture(scope="module")
def sample(small_sample):
    """The path of a sample in DuckDB."""
    return small_sample.path


@pytest.fixture(scope="module")
def database(sample, tmp_path_factory):
    """The same rows in SQLite."""
    path = tmp_path_factory.mktemp("sqlite") / "site.db"
    database = SQLite(Settings(into_sqlite(path, relations_of(sample))))
    yield database
    database.close()


@pytest.mark.parametrize("name", DERIVED)
def test_a_derived_relation_has_the_same_rows(sample, database, name):
    columns = ", ".join(RELATIONS[name].column_names)
    with duckdb.connect(str(sample), read_only=True) as duck:
        expected = duck.execute(f"select {columns} from {name}").to_arrow_table()
    state = database.state()
    made = state.dialect.write(derived(name, state.tables))
    sql = f"select {columns} from (\n{made}\n) as made"
    assert rows_of(database.run(sql, {}, lambda: expected.schema)) == rows_of(expected)


def rows_of(table: pa.Table) -> Counter:
    """How often each row occurs."""
    return Counter(zip(*(column.to_pylist() for column in table.columns), strict=True))
