"""Who may import what: the shape of the house."""

import ast
from functools import cache
from pathlib import Path

import pytest

from dashboard.settings import ROOT

PACKAGE = ROOT / "dashboard"
MODULES = sorted(PACKAGE.rglob("*.py"))

# library -> the modules, or folders of modules, that alone import it
ALONE = {
    "streamlit": ("server", "shell", "components/", "pages/"),
    "sqlalchemy": ("databases/", "sources/"),
    "duckdb": ("databases/", "sources/"),
    "plotly": ("theme", "charts/"),
    "sqlglot": ("sql/",),
    "starlette": ("extracts/", "health", "server"),
    "click": ("cli/",),
    "tqdm": ("progress",),
    "openpyxl": ("sources/reading/",),
    "python_calamine": ("sources/reading/",),
    "xlrd": ("sources/reading/",),
}
PAGES = ("pages/", "components/", "charts/")
# layer -> what pages are made of and yet knows it: a calculator, which asks no data
BELOW = {"sources": [], "statistics": ["components/live_contacts"]}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


@cache
def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{a.name}" for a in node.names}
    return found


@pytest.mark.parametrize("library", ALONE)
def test_a_library_is_imported_only_where_it_may_be(library):
    importing = [path for path in MODULES if library in _libraries(path)]
    assert [name(path) for path in importing if not _is_in(path, ALONE[library])] == []


def _libraries(path: Path) -> set[str]:
    return {module.split(".")[0] for module in imported(path)}


def _is_in(path: Path, places: tuple[str, ...]) -> bool:
    return any(
        name(path).startswith(place) if place.endswith("/") else name(path) == place
        for place in places
    )


@pytest.mark.parametrize(("layer", "allowed"), BELOW.items())
def test_what_pages_are_made_of_never_reaches_below_the_gate(layer, allowed):
    pages = [path for path in MODULES if _is_in(path, PAGES)]
    assert [name(path) for path in pages if _reaches(path, layer)] == allowed


def _reaches(path: Path, layer: str) -> bool:
    return any(
        f"{module}.".startswith(f"dashboard.{layer}.") for module in imported(path)
    )


def test_statistics_know_nothing_of_ours():
    for path in (PACKAGE / "statistics").glob("*.py"):
        ours = {m for m in imported(path) if m.startswith("dashboard.")}
        assert all(m.startswith("dashboard.statistics") for m in ours), path


@pytest.mark.parametrize(
    "word", ["plotly.express", "download_button", "unsafe_allow_html", "use_container_"]
)
def test_nothing_forbidden_is_used(word):
    paths = [*MODULES, ROOT / "app.py"]
    assert [path for path in paths if word in path.read_text()] == []


def test_only_database_reads_the_database():
    callers = {name(p) for p in MODULES if "to_arrow_reader" in p.read_text()}
    assert all(caller.startswith("databases/") for caller in callers)
