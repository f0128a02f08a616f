"""Every case that docs/reliability.md promises has a test, and every test a case."""

import ast
import re
from pathlib import Path

from dashboard.settings import ROOT

PAGE = ROOT / "docs" / "reliability.md"
MESSY = Path(__file__).parent
TESTS = [*sorted(MESSY.glob("test_*.py")), MESSY.parent / "test_daily_imports.py"]


def promised() -> dict[str, bool]:
    """Name of a case, and whether it is open."""
    rows = re.findall(r"^\| `(\w+)` \| \w+ \| (.*) \|$", PAGE.read_text(), re.M)
    return {name: meaning.startswith("Open") for name, meaning in rows}


def proved() -> set[str]:
    """The names in `pytest.mark.case(...)` and in the tables made by `case(...)`."""
    return {
        node.args[0].value
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "case"
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_case_has_a_test_or_is_open():
    cases = promised()
    assert len(cases) == 145
    assert {name for name, is_open in cases.items() if not is_open} - proved() == set()


def test_every_test_names_a_case_and_no_open_one():
    cases = promised()
    assert proved() - set(cases) == set()
    assert {name for name, is_open in cases.items() if is_open} & proved() == set()
