"""What the documents promise is there."""

import re

import pytest

from dashboard.glossary import glossary
from dashboard.query_files import all_queries
from dashboard.settings import ROOT, Settings
from dashboard.sql.dialects.functions import FUNCTIONS
from scripts import write_metrics
from scripts.write_relations import PAGE, page


def test_the_page_of_relations_is_that_of_today():
    assert PAGE.read_text() == page(), "run make docs"


@pytest.mark.parametrize("name", Settings.__dataclass_fields__)
def test_every_setting_is_in_the_readme(name):
    assert f"MIS_{name.upper()}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize(
    "name", sorted(set(FUNCTIONS) - {"local_time", "contains_text"})
)
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


# Metrics

METRICS = ROOT.parent / "shared" / "METRICS.md"
TESTS = tuple(write_metrics.all_tests())
LATER = ROOT / "docs" / "metrics.md"
needs_definitions = pytest.mark.skipif(
    not METRICS.exists(), reason="the shared definitions are not beside the project"
)


def later() -> set[str]:
    """The keys, examples and tests that docs/metrics.md puts off."""
    [section] = re.findall(r"## Later\n(.*?)\n## ", LATER.read_text(), re.DOTALL)
    return set(re.findall(r"`([a-zA-Z0-9_]+)`", section))


def test_the_page_of_metrics_is_that_of_today():
    assert write_metrics.PAGE.read_text() == write_metrics.page(), "run make docs"


@pytest.mark.parametrize("key", glossary())
def test_every_metric_has_a_test(key):
    assert write_metrics.tests_of(glossary()[key], TESTS)


@needs_definitions
def test_every_metric_is_defined_or_put_off():
    text = METRICS.read_text()
    table = text[text.index("## 2. Glossary") : text.index("## 3. ")]
    keys = set()
    for line in table.splitlines():
        if line.startswith("| `"):
            keys |= set(re.findall(r"`([a-z_]+)`", line.split("|")[1]))
    assert len(keys) > 50
    assert keys - later() == keys & set(glossary())


@needs_definitions
def test_every_worked_example_is_proved_or_put_off():
    named = set(re.findall(r"\*\*([A-Z]{2}\d+)\*\*", METRICS.read_text()))
    named |= set(re.findall(r"^\| (BC\d+) ", METRICS.read_text(), re.MULTILINE))
    proved = set(write_metrics.examples(TESTS))
    assert len(named) > 40
    assert named - later() <= proved


@needs_definitions
def test_every_acceptance_test_is_there_or_put_off():
    text = METRICS.read_text()
    section = text[text.index("## 7. Acceptance") : text.index("## 8. ")]
    named = set(re.findall(r"`(test_[a-z0-9_]+)`", section))
    there = {test.name for test in TESTS}
    assert len(named) > 50
    assert named - later() <= there
