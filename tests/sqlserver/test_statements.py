"""What SQL Server would be asked keeps its rules. None of it was run there."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlfluff.core import FluffConfig
from sqlfluff.core.parser import Lexer, Parser

from dashboard.databases.named_values import called
from dashboard.databases.parameters import PARAMETER
from dashboard.query_files import all_queries
from dashboard.relations import RELATIONS
from dashboard.sql.dialects import Dialect
from dashboard.sql.shape import Shape
from tests.sqlserver.rules import broken
from tests.sqlserver.statements import (
    CENTURY,
    FILTERED,
    LITTLE,
    asked,
    bound,
    made,
    wrapped,
)

QUERIES = sorted(all_queries())
DERIVED = [relation.name for relation in RELATIONS.values() if relation.is_derived]


def faults(sql: str) -> dict[str, list[str]]:
    """By rule, of a statement with the names of its values as the server knows them."""
    return broken(PARAMETER.sub(r"@\1", sql))


@pytest.mark.parametrize("filters", list(FILTERED))
@pytest.mark.parametrize("query", QUERIES)
def test_every_query_keeps_the_rules(query, filters):
    sql = asked(query, FILTERED[filters])
    assert faults(sql) == {}
    assert set(PARAMETER.findall(sql)) <= bound(query, FILTERED[filters])


@pytest.mark.parametrize(("place", "query"), list(enumerate(QUERIES)))
def test_every_query_keeps_them_picked_searched_ordered_paged_or_counted(place, query):
    shapes = list(wrapped(query).values())
    shape = shapes[place % len(shapes)]
    sql = asked(query, shape)
    assert faults(sql) == {}
    assert set(PARAMETER.findall(sql)) <= bound(query, shape)


@pytest.mark.parametrize("name", DERIVED)
def test_what_makes_a_derived_relation_keeps_them(name):
    assert faults(made(name)) == {}


@pytest.mark.parametrize("query", QUERIES[::12])
def test_queries_keep_them_where_all_is_derived_and_the_calendar_is_brought(query):
    assert faults(asked(query, Shape(), LITTLE)) == {}


@pytest.mark.parametrize("query", QUERIES[::36])
def test_a_century_of_clock_changes_is_not_too_deep(query):
    assert faults(asked(query, Shape(), dialect=CENTURY)) == {}


@pytest.mark.parametrize("query", QUERIES[::24])
def test_a_second_parser_reads_them_too(query):
    """sqlfluff's, which is written by others; of few, since it takes its time."""
    config = FluffConfig(overrides={"dialect": "tsql"})
    sql = asked(query, Shape(), dialect=Dialect("sqlserver"))
    words, _ = Lexer(config=config).lex(PARAMETER.sub(r"@\1", sql))
    tree = Parser(config=config).parse(words)
    assert [part.raw for part in tree.recursive_crawl("unparsable")] == []


def test_values_are_known_by_name_and_typed():
    sql = "select case when :grain = N'12:30' then :n end where t < :as_of and d = :day"
    values = {
        "grain": "week",
        "n": 3,
        "as_of": datetime(2026, 5, 4, 12, 0, 0, 1),
        "day": date(2026, 5, 4),
        "unused": 1,
    }
    call, (statement, declared, *given) = called(sql, values)
    assert call == "exec sp_executesql ?, ?, @grain = ?, @n = ?, @as_of = ?, @day = ?"
    assert statement == sql.replace(":grain", "@grain").replace(":n", "@n").replace(
        ":as_of", "@as_of"
    ).replace(":day", "@day")
    assert (
        declared == "@grain nvarchar(4000), @n bigint, @as_of datetime2(6), @day date"
    )
    assert given == ["week", 3, "2026-05-04T12:00:00.000001", "2026-05-04"]


def test_a_long_text_is_not_cut():
    _, (_, declared, _) = called("select :x", {"x": "é" * 2001})
    assert declared == "@x nvarchar(max)"
