"""`mis import --guess`: asks on a terminal, shows what it would do, then does it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from dashboard.cli import cli

TRACKER = """Ticket No,Dt. Recd,Closed,Amount,Dept
T1,2026-01-05,2026-01-07,10.5,Payroll
T2,2026-01-06,pending,20.25,Payroll
T3,32/13/2026,,30.75,Payroll
"""
OPEN = "Ticket No,Dt. Recd,Dept\nT1,03/04/2025,Payroll\nT2,05/06/2025,Payroll\n"
PLAIN = OPEN.replace("05/06", "25/06")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("MIS_DATABASE_URL", "MIS_ZONE", "MIS_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mis(*words: str):
    return CliRunner().invoke(cli, ["import", "--guess", *words])


def typed(answers: list[str], *words: str) -> tuple[int, str]:
    """Exit code and screen of the command on a terminal of its own."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard.cli", "import", "--guess", *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        close_fds=True,
    )
    os.close(slave)
    os.write(master, "".join(f"{answer}\n" for answer in answers).encode())
    screen = b""
    try:
        while part := os.read(master, 4096):
            screen += part
    except OSError:  # so a terminal ends whose other side is closed
        pass
    os.close(master)
    return process.wait(), screen.decode().replace("\r\n", "\n")


def test_on_a_terminal_it_asks_shows_writes_and_imports(folder):
    Path("open.csv").write_text(OPEN)
    code, screen = typed(["2", "site.duckdb", "y"], "open.csv", "--zone", "UTC")
    assert code == 0, screen
    assert "2  month before day: 4 March 2025" in screen
    assert "2 rows = 2 inserted + 0 updated + 0 unchanged + 0 in quarantine" in screen
    assert 'format = ["%m/%d/%Y"]' in Path("mapping.toml").read_text()
    with duckdb.connect("site.duckdb", read_only=True) as connection:
        received = connection.execute("select received_at from work_items").fetchall()
    assert sorted(f"{day:%Y-%m-%d}" for (day,) in received) == [
        "2025-03-04",
        "2025-05-06",
    ]


@pytest.mark.parametrize(
    ("answer", "said"), [("1", '"team"'), ("Red ops", '"Red ops"')]
)
def test_a_choice_or_a_text_of_ones_own_is_an_answer(folder, answer, said):
    rows = "".join(
        f"T{n},2026-01-0{n},{'Red' if n % 2 else 'Blue'}\n" for n in (1, 2, 3, 4)
    )
    Path("teams.csv").write_text("Ticket No,Dt. Recd,Team\n" + rows)
    code, screen = typed([answer], "teams.csv", "--zone", "UTC", "--to", "desk.toml")
    assert code == 0, screen
    assert '1  the column Team: "Red", "Blue"' in screen
    [line] = [x for x in Path("desk.toml").read_text().split("\n") if "department" in x]
    assert said in line


def test_who_says_no_has_nothing_written(folder):
    Path("plain.csv").write_text(PLAIN)
    code, screen = typed(["site.duckdb", "n"], "plain.csv", "--zone", "UTC")
    assert code == 0, screen
    assert [path.name for path in folder.iterdir()] == ["plain.csv"]


def test_where_nobody_can_answer_the_questions_are_printed(folder):
    Path("open.csv").write_text(OPEN)
    found = mis("open.csv", "--zone", "UTC", "--to", "mapping.toml")
    assert found.exit_code == 2
    assert "Dt. Recd: does 03/04/2025 have day before month" in found.stdout
    assert "   1  day before month: 3 April 2025" in found.stdout
    assert not Path("mapping.toml").exists()


def test_questions_that_wait_for_an_answer_are_announced(folder):
    header = "Ticket No,Dt. Recd,Needed by,Team\n"
    rows = "".join(f"T{n},2026-01-0{n},03/04/2026,Red\n" for n in (1, 2, 3))
    Path("open.csv").write_text(header + rows)
    found = mis("open.csv", "--zone", "UTC")
    due, department = (
        found.stdout.index(words)
        for words in ("Which column is the due date?", "Which department does this")
    )
    assert due < department < found.stdout.index("More may be asked once these are")
    Path("open.csv").write_text(OPEN)
    assert "More may be asked" not in mis("open.csv", "--zone", "UTC").stdout


def test_the_zone_is_asked_until_there_is_one_of_that_name(folder):
    Path("plain.csv").write_text(PLAIN)
    code, screen = typed(
        ["", "Mars/Phobos", "Asia/Kolkata"], "plain.csv", "--to", "d.toml"
    )
    assert code == 0, screen
    assert 'zone = "Asia/Kolkata"' in Path("d.toml").read_text()


def test_a_mapping_is_written_and_nothing_imported_where_only_that_is_wanted(folder):
    Path("plain.csv").write_text(PLAIN)
    found = mis("plain.csv", "--zone", "Asia/Kolkata", "--to", "desk.toml")
    assert found.exit_code == 0, found.stderr
    assert 'name = "plain"\nzone = "Asia/Kolkata"' in Path("desk.toml").read_text()
    assert sorted(path.name for path in folder.iterdir()) == ["desk.toml", "plain.csv"]
    assert "T1       2025-04-03 00:00  Payroll" in found.stdout


def test_the_rows_that_would_wait_are_shown_with_their_reason(folder):
    Path("tracker.csv").write_text(TRACKER)
    found = mis("tracker.csv", "--zone", "UTC")
    assert found.exit_code == 0, found.stderr
    assert "3 rows = 2 inserted + 0 updated + 0 unchanged + 1 in quarantine" in (
        found.stdout
    )
    assert "Rows of tracker.csv that would wait in quarantine: 1:" in found.stdout
    assert '4     T3   Dt. Recd: "32/13/2026"  Dt. Recd is not' in found.stdout
    assert "only with --accept-refused" in found.stdout
    assert "Nothing is written" in found.stdout


def test_items_that_would_change_are_shown_before_the_new_ones(folder):
    rows = "".join(f"T{n},2026-01-{n:02},Payroll,1\n" for n in range(1, 13))
    header = "Ticket No,Dt. Recd,Dept,Amount\n"
    Path("tracker.csv").write_text(header + rows)
    mis("tracker.csv", "--zone", "UTC", "--to", "first.toml")
    database = "duckdb:///site.duckdb"
    words = ["import", "first.toml", "tracker.csv", "--database", database]
    assert CliRunner().invoke(cli, words).exit_code == 0
    changed = header + rows.replace(",1\n", ",2.5\n") + "T20,2026-02-01,Payroll,7\n"
    Path("tracker.csv").write_text(changed)
    where = ["--zone", "UTC", "--database", database, "--to", "second.toml"]
    found = mis("tracker.csv", *where)
    lines = found.stdout.splitlines()
    first = lines.index(
        "Items that would change: the first 10 of 12, in the time of UTC:"
    )
    assert [" ".join(line.split()) for line in lines[first + 1 : first + 3]] == [
        "Item What changes Before After",
        "T1 Amount 1.00 2.50",
    ]
    assert lines[first + 12] == "Items that would be new: 1, in the time of UTC:"
    assert lines[first + 14].split()[:2] == ["T20", "7.0000"]


def test_totals_that_do_not_add_up_are_said_and_the_mapping_can_be_kept(folder):
    total = ",,,9\n"
    header = "Ticket No,Dt. Recd,Dept,Amount\n"
    rows = "T1,2026-01-05,Payroll,1\nT2,2026-01-06,Payroll,2\n"
    Path("tracker.csv").write_text(header + rows + "Total" + total)
    found = mis("tracker.csv", "--zone", "UTC", "--to", "desk.toml")
    assert "would stop: tracker.csv, line 4: the total of Amount is 9" in found.stdout
    assert Path("desk.toml").exists()


def test_a_mapping_that_stands_is_not_written_over(folder):
    Path("plain.csv").write_text(PLAIN)
    Path("desk.toml").write_text("mine")
    found = mis("plain.csv", "--zone", "UTC", "--to", "desk.toml")
    assert found.exit_code == 1
    assert "desk.toml is there already" in found.stderr
    assert Path("desk.toml").read_text() == "mine"


def test_the_zone_has_to_be_known(folder):
    Path("plain.csv").write_text(PLAIN)
    found = mis("plain.csv")
    assert (found.exit_code, found.stderr.strip()) == (
        2,
        "mis: The time zone of the files is not known: name it by --zone.",
    )
    Path("mis.toml").write_text('zone = "Europe/Paris"\n')
    assert 'zone = "Europe/Paris"' in mis("plain.csv").stdout


def test_a_zone_that_does_not_exist_is_said_first(folder):
    Path("open.csv").write_text(OPEN)
    found = mis("open.csv", "--zone", "Mars/Phobos")
    assert found.exit_code != 0
    assert "Mars/Phobos" in found.stderr


def test_a_missing_file_is_one_sentence(folder):
    found = mis("none.csv", "--zone", "UTC")
    assert found.exit_code == 1
    assert found.stderr.startswith("mis: none.csv cannot be read")
