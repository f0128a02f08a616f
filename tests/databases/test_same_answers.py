"""Every query gives the same answer on every database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard import gate
from dashboard.answers import Question
from dashboard.databases.stopping import Stop
from dashboard.query_files import all_queries
from dashboard.relations import RELATIONS
from dashboard.sql.rewriting import derived
from tests.databases.comparing import difference
from tests.databases.sites import DATA, DATABASES, views

QUERIES = sorted(all_queries())
DERIVED = [relation.name for relation in RELATIONS.values() if relation.is_derived]


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_gives_the_same_answer(sites, kind, data, query, record_property):
    reference, site = sites.reference(data), sites.site(kind, data)
    for filters, grain in views(reference, data):
        has_grain = "grain" in all_queries()[query].parameters
        question = Question(query, filters, (("grain", grain),) if has_grain else ())
        expected = gate.ask(question, reference).rows
        found = gate.ask(question, site).rows
        assert difference(expected, found) == "", filters.sentence()
        record_property("compared", kind)


@pytest.mark.parametrize("kind", DATABASES)
def test_the_first_page_of_a_list_in_parts_is_the_same(sites, kind):
    reference, site = sites.reference("sample"), sites.site(kind, "sample")
    for filters, _ in views(reference, "sample"):
        then = replace(filters, as_of=filters.as_of - timedelta(days=60))
        question = Question("records/overdue", then, order="due_at", limit=2)
        expected, found = gate.ask(question, reference), gate.ask(question, site)
        assert difference(expected.rows, found.rows) == ""
        assert expected.of_rows == found.of_rows >= 2


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("name", DERIVED)
def test_a_derived_relation_has_the_same_rows(sites, kind, data, name):
    """What a file of ours holds ready, other databases make on the way."""
    expected = _rows(sites.reference(data), name, None)
    found = _rows(sites.site(kind, data), name, expected.schema)
    assert difference(expected, found) == ""


def _rows(database, name, schema):
    """All rows that the select of a derived relation makes, in one order."""
    state = database.state()
    sql = state.dialect.write(derived(name, state.tables))
    made = database.run(sql, {}, lambda: schema, Stop())
    return made.sort_by([(column, "ascending") for column in made.column_names])
