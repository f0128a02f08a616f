"""`mis advise`: what is lacking is said, with its effect, and nothing is changed."""

from __future__ import annotations

import re
from contextlib import closing

import pymysql
import pytest
from click.testing import CliRunner

from dashboard import gate
from dashboard.advice import advice
from dashboard.advice.measuring import _question
from dashboard.advice.piece import Piece
from dashboard.cli import cli
from dashboard.databases import mariadb, open_database, sqlite
from dashboard.databases.parameters import numbered
from dashboard.relations import RELATIONS
from dashboard.settings import read_settings
from tests.databases import loading

pytestmark = pytest.mark.xdist_group("postgresql")
PIECE = Piece("", "", (), (), "deadlines/reconciliation")
INDEX = r"^create index (\w+)"
INDEXES_THERE = {
    "mariadb": ["mis_item_stays_left_at", "mis_item_stays_department_left_at_due_at"],
    "sqlite": [
        "mis_item_stays_left_at",
        "mis_item_stays_item_id",
        "mis_item_stays_promise_at",
        "mis_item_stages_item_id",
    ],
}
DERIVED = {relation.name for relation in RELATIONS.values() if relation.is_derived}


@pytest.fixture(scope="module")
def database(sites):
    """Gives the URL of a reader and of the owner of a database of some relations."""
    sites.file("sample")
    made = iter(range(100))

    def load(*, few=False):
        relations = sites._relations["sample"]
        if few:
            relations = {"work_items": relations["work_items"].slice(0, 100)}
        owner, name = sites.server("postgresql"), f"advised_{next(made)}"
        url = loading.into_postgresql(owner, name, relations)
        return url, url.replace("reader@", "owner@")

    return load


@pytest.fixture(scope="module")
def followed(database):
    """A database for which all that is advised was done."""
    reader, owner = database()
    said = advise(reader)
    run(owner, statements(said))
    return reader, owner, said


def advise(url, *options):
    found = CliRunner().invoke(cli, ["advise", "--database", url, *options])
    assert found.exit_code == 0, found.output
    return found.output


def statements(said):
    """The script without its comments, statement by statement."""
    text = "\n".join(x for x in said.splitlines() if not x.startswith("--"))
    return [part for part in text.split(";\n") if part.strip()]


def run(url, texts):
    import adbc_driver_postgresql.dbapi as driver

    connection = driver.connect(url, autocommit=True)
    with closing(connection), closing(connection.cursor()) as cursor:
        for text in texts:
            cursor.execute(text)
        cursor.execute("grant select on all tables in schema public to reader")


def catalog(url):
    """Every relation, index and statistic by name."""
    import adbc_driver_postgresql.dbapi as driver

    connection = driver.connect(url, autocommit=True)
    with closing(connection), closing(connection.cursor()) as cursor:
        cursor.execute(
            "select cast(relname as text) from pg_class"
            " where relnamespace = 'public'::regnamespace"
            " union all select cast(stxname as text) from pg_statistic_ext"
        )
        return sorted(name for (name,) in cursor.fetchall())


def test_a_bare_database_is_told_what_it_lacks_and_is_not_changed(database):
    reader, owner = database()
    before = catalog(owner)
    said = advise(reader)
    assert "Now: records/overdue narrowed by department takes" in said
    assert re.search(r"create index \w+ on item_stays \(department collate \"C\"", said)
    assert "create statistics" in said
    assert "create materialized view" not in said  # they are tables here
    assert catalog(owner) == before


def test_nothing_is_advised_where_the_advice_was_followed(followed):
    reader, _, _ = followed
    assert advise(reader) == "-- Nothing is lacking of what is advised.\n"


def test_each_index_is_used_by_the_plan_of_its_query(followed, database):
    reader, owner, _ = followed
    bare, _ = database()
    pieces = advice(opened(bare))
    asked = opened(reader)
    for piece in pieces:
        for name in re.findall(INDEX, "\n".join(piece.statements)):
            assert name in plan(owner, asked, piece)


def test_statistics_foresee_the_number_of_weeks(followed):
    """They only do if they are of the very expression that our SQL groups by."""
    import adbc_driver_postgresql.dbapi as driver

    _, owner, said = followed
    [week] = re.findall(r"create statistics mis_item_stays\w+ on \((.*)\) from", said)
    connection = driver.connect(owner, autocommit=True)
    with closing(connection), closing(connection.cursor()) as cursor:
        sql = f"select {week} from item_stays group by 1"  # noqa: S608
        found = explained(cursor, sql)
        cursor.execute(f"select count(*) from ({sql}) as weeks")
        [(weeks,)] = cursor.fetchall()
    [estimate] = re.findall(r"rows=(\d+)", found.splitlines()[0])
    assert abs(int(estimate) - weeks) <= 0.2 * weeks


def test_what_is_derived_anew_is_advised_as_materialized_views(database):
    reader, owner = database(few=True)
    said = advise(reader)
    assert "create table calendar_days as" in said
    assert {*re.findall(r"create materialized view (\w+) as", said)} == DERIVED
    bare = opened(reader)
    before = gate.ask(_question(PIECE, bare), bare).rows
    run(owner, statements(said))
    assert advise(reader) == "-- Nothing is lacking of what is advised.\n"
    bare.forget()
    gate.forget()
    assert gate.ask(_question(PIECE, bare), bare).rows.equals(before)


@pytest.mark.parametrize("kind", ["mariadb", "sqlite"])
def test_indexes_are_advised_on_what_is_held_and_used_by_its_questions(kind, sites):
    sites.file("sample")
    items = {"work_items": sites._relations["sample"]["work_items"]}
    load = getattr(loading, f"into_{kind}")
    url = load(sites.server(kind), f"advised_{kind}", items)
    asked = opened(url)
    run_there(asked, statements(advise(url)))  # holds what is derived
    pieces = advice(asked)
    made = [name for piece in pieces for name in re.findall(INDEX, piece.statements[0])]
    assert made == INDEXES_THERE[kind]
    run_there(asked, statements(advise(url)))
    assert advise(url) == "-- Nothing is lacking of what is advised.\n"
    for name, piece in zip(made, pieces, strict=True):
        assert name in plan_there(asked, piece)


def test_the_effect_is_measured_on_a_copy_that_is_left_as_it_was(database):
    reader, _ = database()
    _, copy = database()
    before = catalog(copy)
    said = advise(reader, "--measure-on", copy)
    assert re.search(r"On the copy: records/overdue\D+[\d.,]+ ms before, [\d.,]+", said)
    assert catalog(copy) == before


def test_advice_is_not_tried_on_the_database_itself(database):
    reader, owner = database()
    found = CliRunner().invoke(
        cli, ["advise", "--database", reader, "--measure-on", owner]
    )
    assert found.exit_code == 1
    assert "names the database itself" in found.output


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://reader@127.0.0.1:1/none", "cannot be reached"),
        ("nonsense://there", "nonsense"),
    ],
)
def test_a_wrong_url_is_one_sentence(url, words):
    found = CliRunner().invoke(cli, ["advise", "--database", url])
    assert found.exit_code == 1
    assert words in found.output
    assert found.output.count("\n") == 1


def opened(url):
    return open_database(read_settings(database_url=url))  # as the command does


def plan(owner, asked, piece):
    """How the server would answer the question that gains by a piece."""
    import adbc_driver_postgresql.dbapi as driver

    sql, values = gate.sql_of(_question(piece, asked), asked)
    text, names = numbered(sql)
    for number in range(len(names), 0, -1):
        text = text.replace(f"${number}", literal(values[names[number - 1]]))
    connection = driver.connect(owner, autocommit=True)
    with closing(connection), closing(connection.cursor()) as cursor:
        return explained(cursor, text)


def run_there(asked, texts):
    """Change a MariaDB or SQLite database as its owner."""
    if asked.dialect == "mariadb":
        place = {"host": asked.url.host, "port": asked.url.port}
        connection = pymysql.connect(**place, user="root", database=asked.url.database)
        with closing(connection), closing(connection.cursor()) as cursor:
            for text in texts:
                cursor.execute(text)
    else:
        path = asked.url.database
        with closing(sqlite.driver.connect(path, autocommit=True)) as connection:
            for text in texts:
                connection.execute(text).close()
    asked.forget()


def plan_there(asked, piece):
    """How MariaDB or SQLite would answer the question that gains by a piece."""
    sql, values = gate.sql_of(_question(piece, asked), asked)
    with closing(asked.connect()) as connection, closing(connection.cursor()) as cursor:
        if asked.dialect == "mariadb":
            cursor.execute(f"explain {mariadb.marked(sql)}", values)
        else:
            text, names = numbered(sql)
            told = [sqlite.bound(values[name]) for name in names]
            cursor.execute(f"explain query plan {text}", told)
        return str(cursor.fetchall())


def literal(value):
    return str(value) if isinstance(value, int) else f"'{value}'"


def explained(cursor, sql):
    """A plan, by way of a function: the driver copies rows, and a plan has none."""
    cursor.execute(
        "create or replace function plan_of(asked text) returns setof text as $$"
        " begin return query execute 'explain ' || asked; end $$ language plpgsql"
    )
    quoted = sql.replace("'", "''")
    cursor.execute(f"select * from plan_of('{quoted}')")  # noqa: S608
    return "\n".join(line for (line,) in cursor.fetchall())
