"""What every ready mapping of a tracker keeps to."""

import re
import tomllib

import pytest
import sqlglot
from sqlglot import exp

from dashboard.relations import RELATIONS
from dashboard.settings import ROOT

READY = ROOT / "dashboard" / "sources" / "ready"
TRACKERS = sorted(path.name for path in READY.iterdir() if path.is_dir())
SELECTS = sorted(READY.glob("*/*.sql"))
SPELLED = {"postgresql": "postgres", "mariadb": "mysql"}
DOCUMENTED = (ROOT / "docs" / "trackers.md").read_text(encoding="utf-8")
PRIVATE = re.compile(r"mail_?address|email$|phone|mobile|body|subject|title|summary")

each_tracker = pytest.mark.parametrize("name", TRACKERS)
each_select = pytest.mark.parametrize(
    "path", SELECTS, ids=lambda path: f"{path.parent.name}/{path.stem}"
)


def about(name):
    return tomllib.loads((READY / name / "about.toml").read_text(encoding="utf-8"))


def parsed(path):
    (database,) = about(path.parent.name)["database"]
    return sqlglot.parse_one(path.read_text(encoding="utf-8"), read=SPELLED[database])


@each_tracker
def test_a_tracker_says_what_was_read_and_assumed(name):
    told = about(name)
    assert set(told) == {"title", "database", "versions", "zone", "notes"}
    assert all(note.endswith(".") for note in told["notes"])
    assert f"\n## {told['title']}\n" in DOCUMENTED
    assert f" mis_{name}" in DOCUMENTED


@each_tracker
def test_a_tracker_tells_items_and_what_happened_to_them(name):
    relations = {path.stem for path in (READY / name).glob("*.sql")}
    assert {"work_items", "work_events", "employees"} <= relations <= set(RELATIONS)


@each_select
def test_a_select_names_columns_of_its_relation(path):
    relation = RELATIONS[path.stem]
    *names, last = parsed(path).named_selects
    if last != "changed_at":
        names.append(last)
    known = [column.name for column in relation.columns]
    assert set(relation.required) <= set(names)
    assert names == [name for name in known if name in names]


@each_select
def test_a_select_says_in_its_first_lines_what_its_rows_are(path):
    title, question, _, *rest = path.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"-- \w[^?.]+", title)
    assert question.endswith("?")
    assert rest[0].startswith("-- One row")


@each_select
def test_a_select_reads_no_addresses_and_nothing_that_was_written(path):
    columns = {column.name for column in parsed(path).find_all(exp.Column)}
    assert [name for name in columns if PRIVATE.search(name)] == []
