"""Who may import what: the shape of the house."""

import ast
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


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{a.name}" for a in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_imports_only_what_its_layer_may(path):
    libraries = {module.split(".")[0] for module in imported(path)}
    for library in libraries & set(ALONE):
        allowed = any(
            name(path).startswith(place) if place.endswith("/") else name(path) == place
            for place in ALONE[library]
        )
        assert allowed, f"{name(path)} imports {library}"


# what is below the gate -> the modules, or folders of modules, that have a door to it
BELOW = {
    "dashboard.sources": ("components/importing/",),
    "dashboard.intake": ("components/importing/",),
    "dashboard.statistics": ("components/live_contacts",),  # a calculator, of no data
}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_what_pages_are_made_of_never_reaches_below_the_gate(path):
    if not name(path).startswith(("pages/", "components/", "charts/")):
        return
    for module in imported(path):
        for below, doors in BELOW.items():
            if f"{module}.".startswith(f"{below}."):
                assert name(path).startswith(doors), f"{name(path)} imports {module}"


def test_statistics_know_nothing_of_ours():
    for path in (PACKAGE / "statistics").glob("*.py"):
        ours = {m for m in imported(path) if m.startswith("dashboard.")}
        assert all(m.startswith("dashboard.statistics") for m in ours), path


@pytest.mark.parametrize("path", [*MODULES, ROOT / "app.py"], ids=lambda p: p.name)
@pytest.mark.parametrize(
    "word", ["plotly.express", "download_button", "unsafe_allow_html", "use_container_"]
)
def test_nothing_forbidden_is_used(path, word):
    assert word not in path.read_text()


def test_only_database_reads_the_database():
    callers = {name(p) for p in MODULES if "to_arrow_reader" in p.read_text()}
    assert all(caller.startswith("databases/") for caller in callers)
