"""What the documents promise is there."""

import re

import pytest

from dashboard.query_files import all_queries
from dashboard.settings import ROOT, Settings
from dashboard.sql.dialects import DUCKDB
from scripts.write_relations import PAGE, page


def test_the_page_of_relations_is_that_of_today():
    assert PAGE.read_text() == page(), "run make docs"


@pytest.mark.parametrize("name", Settings.__dataclass_fields__)
def test_every_setting_is_in_the_readme(name):
    assert f"MIS_{name.upper()}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", sorted(set(DUCKDB) - {"local_time", "contains_text"}))
def test_every_function_of_ours_is_explained(name):
    assert f"`{name}(" in (ROOT / "docs" / "queries.md").read_text()


def test_every_query_that_the_documents_name_is_there():
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    subjects = {name.split("/")[0] for name in all_queries()}
    named = {
        found
        for path in pages
        for found in re.findall(r"\b([a-z]+/[a-z_]+)\b", path.read_text())
        if found.split("/")[0] in subjects
    }
    assert named <= set(all_queries())
