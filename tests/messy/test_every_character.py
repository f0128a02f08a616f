"""No text is lost or altered, and every line of a file is accounted for."""

import csv
import io
import random
import unicodedata

from tests.messy.workbooks import HEADER, book, load

OURS = [
    *(
        "=1+1",
        "@SUM(1)",
        "+1",
        "-1",
        "'x",
        '"',
        '""',
        "'",
        "\\",
        "\\N",
        "\\0",
        "%s",
        "${x}",
    ),
    *(
        "NULL",
        "None",
        "nan",
        "NaN",
        "inf",
        "true",
        "FALSE",
        "1e5",
        "0x1F",
        "1_000",
        "00",
    ),
    *(
        "'; drop table work_items; --",
        "1 or 1=1",
        "$1",
        ":name",
        "?",
        "{}",
        "{0}",
        "[x]",
    ),
    *("<script>alert(1)</script>", "&amp;", "&#39;", "<!--", "]]>", "<![CDATA[", "%00"),
    *(
        "../../etc/passwd",
        "C:\\con",
        "file:///x",
        "https://x.y",
        "a\nb",
        "a\r\nb",
        "a\tb",
    ),
    *(
        " x",
        "x ",
        "\u00a0x",
        "\u200bx",
        "\ufeffx",
        "x\u202ey",
        "e\u0301",
        "👩\u200d👩\u200d👧",
    ),
    *("a,b", "a;b", "a|b", "sep=;", "#x", "//x", "01/02/2026", "2026-01-02", "12:30"),
]


def characters() -> list[str]:
    """All assigned characters of the first plane and emojis, some at a time."""
    kept = [
        chr(code)
        for code in [*range(0x20, 0xFFFD), *range(0x1F300, 0x1FAF0)]
        if unicodedata.category(chr(code)) not in ("Cc", "Cs", "Cn", "Co")
    ]
    return ["x" + "".join(kept[at : at + 60]) for at in range(0, len(kept), 60)]


def test_every_character_of_a_file_of_text_is_kept(tracker):
    texts = OURS + characters()
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADER)
    writer.writerows([f"{n:05}", text, ""] for n, text in enumerate(texts))
    loaded = tracker.load(file.getvalue(), 'delimiter = ","')
    assert [team for _, team, _ in loaded.items] == texts
    assert loaded.refused == []


def test_every_character_of_a_workbook_is_kept(tracker):
    # A carriage return is a line break in XML; and = begins a formula in this writer.
    texts = [t for t in OURS + characters() if "\r" not in t and not t.startswith("=")]
    rows = [[f"{n:05}", text, None] for n, text in enumerate(texts)]
    loaded = load(tracker, book([HEADER, *rows]))
    assert [team for _, team, _ in loaded.items] == texts
    assert loaded.refused == []


def test_every_line_is_a_row_or_listed(tracker):
    drawn = random.Random(7)
    kinds = [
        "1{},A,5",
        "2{},B",
        "3{},C,5,6",
        ",D,5",
        "",
        ",,",
        "4{},E,many",
        "x{},Z,1\0",
    ]
    kinds += ["Case,Team,Cost", "Total,,", "Printed on May", '5{},"F\nG",5']
    lines = [drawn.choice(kinds).format(n) for n in range(3_000)]
    text = "Case,Team,Cost\n" + "\n".join(lines) + "\n"
    loaded = tracker.load(text, 'totals = ["total"]\nfooters = ["printed"]')
    assert loaded.report.rows == len(loaded.items) + len(loaded.refused)
    assert loaded.report.rows + sum(loaded.notes.values()) == len(lines)
    assert sum(loaded.notes.values()) == sum(
        line in ("", ",,", "Case,Team,Cost", "Total,,", "Printed on May")
        for line in lines
    )
