"""Changes made by the program: dated, told to the audit first, all or nothing."""

import csv
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from dashboard import decisions
from dashboard.decisions import Change, audit, carry_out
from dashboard.decisions.files import contents, sha256
from dashboard.errors import DecisionError
from tests.decisions.conftest import put, rows, targets_on

ROOT = Path(__file__).resolve().parents[2]
OLD = """
    metric      | department | value | valid_from | valid_to
    on_time_due | Payroll    | 0.75  | 2026-01-01 | -
"""
ENDED = OLD.replace("| -\n", "| 2026-03-05\n")
NEW = """
    metric      | department | value | valid_from | valid_to
    on_time_due | Payroll    | 0.95  | 2026-03-05 | -
"""
RAISED = (
    Change("targets", "ended", rows("targets", OLD), rows("targets", ENDED)),
    Change("targets", "added", (), rows("targets", NEW)),
)


def seen(folder):
    """The hashes of the files as somebody sees them now."""
    return {name: sha256(data) for name, data in contents(folder).items()}


def told(folder):
    """The lines of the audit: who did what to which file."""
    return [(line.who, line.relation, line.what) for line in audit.read(folder)]


def faults(folder):
    return audit.faults(audit.read(folder))


def test_a_past_day_keeps_the_target_that_it_had(database, folder):
    put(folder, "targets", OLD)
    carry_out(folder, RAISED, seen(folder), "Ada")
    assert targets_on(database) == [("on_time_due", "Payroll", 0.95)]
    before = targets_on(database, "2026-03-04T12:00")
    assert before == [("on_time_due", "Payroll", 0.75)]
    on_the_day = targets_on(database, "2026-03-05T00:00")
    assert on_the_day == [("on_time_due", "Payroll", 0.95)]


def test_each_change_has_a_line_with_its_rows_and_the_hash_of_the_file(folder):
    put(folder, "targets", OLD)
    carry_out(folder, RAISED, seen(folder), "Ada")
    by_hand, ended, added = audit.read(folder)
    assert told(folder) == [
        ("by hand", "targets", "changed by file"),
        ("Ada", "targets", "ended"),
        ("Ada", "targets", "added"),
    ]
    assert '"valid_to": "2026-03-05"' in ended.after
    assert '"value": "0.95"' in added.after
    assert added.file_sha256 == seen(folder)["targets"] != by_hand.file_sha256
    assert faults(folder) == []


def test_the_newest_hash_goes_to_the_log_at_each_change(folder, caplog):
    put(folder, "targets", OLD)
    carry_out(folder, RAISED, seen(folder), "Ada")
    last = audit.read(folder)[-1]
    assert f"line 3, {last.line_sha256}" in caplog.text


def test_a_changed_file_keeps_its_rights(folder):
    put(folder, "targets", OLD)
    (folder / "targets.csv").chmod(0o664)
    carry_out(folder, RAISED, seen(folder), "Ada")
    assert (folder / "targets.csv").stat().st_mode & 0o777 == 0o664


def test_what_was_changed_by_another_meanwhile_is_refused(folder):
    put(folder, "targets", OLD)
    opened = seen(folder)
    carry_out(folder, RAISED, opened, "Ada")
    after = contents(folder)
    with pytest.raises(DecisionError, match=r"targets\.csv was changed by somebody"):
        carry_out(folder, RAISED, opened, "Bob")
    assert contents(folder) == after
    assert "Bob" not in str(told(folder))


def test_of_many_who_decide_at_once_one_wins_and_the_others_are_told(folder):
    put(folder, "targets", OLD)
    hashes = repr(seen(folder))
    code = (
        "import sys; from tests.decisions import test_changing as t\n"
        "from pathlib import Path\n"
        "try:\n"
        f"    t.carry_out(Path(sys.argv[1]), t.RAISED, {hashes}, sys.argv[2])\n"
        "except t.DecisionError: sys.exit(3)\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(folder), name], cwd=ROOT)
        for name in ("Ada", "Bob", "Cyd")
    ]
    codes = sorted(process.wait(60) for process in running)
    assert codes == [0, 3, 3]
    assert len({who for who, _, _ in told(folder)}) == 2  # by hand, and who won
    assert faults(folder) == []


def test_rows_that_break_a_rule_change_nothing(folder):
    put(folder, "targets", OLD)
    before = contents(folder)
    with pytest.raises(DecisionError, match="count on the same days"):
        carry_out(folder, RAISED[1:], seen(folder), "Ada")
    assert contents(folder) == before
    assert not list(folder.glob(".*.new"))


def test_what_cannot_be_told_to_the_audit_does_not_happen(folder):
    put(folder, "targets", OLD)
    before, hashes = contents(folder), seen(folder)
    (folder / "audit.csv").mkdir()  # nobody can write there
    with pytest.raises(DecisionError):
        carry_out(folder, RAISED, hashes, "Ada")
    assert contents(folder) == before


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "decisions").write_text("a file where the folder should be")
    with pytest.raises(DecisionError, match="nothing was changed"):
        carry_out(tmp_path / "decisions", RAISED[1:], {}, "Ada")


KILLED = """
import sys
from pathlib import Path
from tests.decisions import test_changing as t
folder = Path(sys.argv[1])
for number in range(10_000):
    there = t.decisions.standing(str(folder)).rows.get("targets", ())
    value = 0.5 + (number % 50) / 100
    row = there[0] | {"value": value}
    change = t.Change("targets", "changed", there[:1], (row,))
    t.carry_out(folder, [change], t.seen(folder), "Ada")
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_at_any_moment_leaves_whole_files_and_a_whole_audit(folder, seed):
    put(folder, "targets", OLD)
    decisions.standing(str(folder))
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], cwd=ROOT)
    while len(audit.read(folder)) < 5:
        assert process.poll() is None
        time.sleep(0.02)
    time.sleep(random.Random(seed).uniform(0, 0.1))
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    assert decisions.standing(str(folder)).problems == ()
    assert faults(folder) == []
    [row] = decisions.standing(str(folder)).rows["targets"]
    carry_out(folder, [_set(row, 0.33)], seen(folder), "Bob")
    assert not list(folder.glob(".*.new"))
    assert audit.stale(audit.read(folder), "targets", seen(folder)["targets"]) == ""


def _set(row, value):
    return Change("targets", "changed", (row,), (row | {"value": value},))


def test_a_change_by_hand_is_noticed_with_the_rows_that_went_and_came(folder):
    put(folder, "targets", OLD)
    decisions.standing(str(folder))
    put(folder, "targets", OLD.replace("0.75", "0.8"))
    decisions.standing(str(folder))
    last = audit.read(folder)[-1]
    assert (last.who, last.what) == ("by hand", "changed by file")
    assert '"0.75"' in last.before
    assert '"0.8"' in last.after


def test_a_broken_file_is_noticed_too_and_its_mending(folder):
    put(folder, "targets", OLD)
    decisions.standing(str(folder))
    put(folder, "targets", OLD.replace("0.75", "lots"))
    decisions.standing(str(folder))
    put(folder, "targets", OLD.replace("0.75", "0.8"))
    decisions.standing(str(folder))
    before, after = (
        [line.before for line in audit.read(folder)],
        [line.after for line in audit.read(folder)],
    )
    assert before[1] == after[1] == "[]"
    assert '"0.75"' in before[2]
    assert faults(folder) == []


def test_a_file_that_is_set_back_is_told_as_that(folder):
    put(folder, "targets", OLD)
    decisions.standing(str(folder))
    whole = contents(folder)["targets"]
    carry_out(folder, RAISED, seen(folder), "Ada")
    (folder / "targets.csv").write_bytes(whole)
    decisions.standing(str(folder))
    assert told(folder)[-1] == ("by hand", "targets", "set back")


def test_a_file_that_is_removed_is_noticed(folder):
    put(folder, "targets", OLD)
    decisions.standing(str(folder))
    (folder / "targets.csv").unlink()
    decisions.standing(str(folder))
    last = audit.read(folder)[-1]
    assert (last.what, last.after, last.file_sha256) == ("file removed", "[]", "")


# The chain


@pytest.fixture
def chain(folder):
    """An audit of six lines."""
    put(folder, "targets", OLD)
    decisions.standing(str(folder))
    for value in (0.1, 0.2, 0.3, 0.4, 0.5):
        [row] = decisions.standing(str(folder)).rows["targets"]
        carry_out(folder, [_set(row, value)], seen(folder), "Ada")
    assert faults(folder) == []
    return folder


def edited(folder, change):
    """The audit after somebody changed its rows."""
    path = folder / "audit.csv"
    with path.open(newline="") as file:
        header, *lines = csv.reader(file)
    change(lines)
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    return faults(folder)


def test_an_audit_that_was_only_saved_otherwise_is_whole(chain):
    path = chain / "audit.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r\n", b"\n"))
    assert edited(chain, lambda lines: None) == []


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("column", [1, 2, 4, 5, 6, 7])
def test_an_edited_line_is_named(chain, place, column):
    def change(lines):
        lines[place][column] += " "

    assert f"audit.csv: line {place + 1} was edited." in edited(chain, change)


@pytest.mark.parametrize("place", range(5))
def test_a_cut_line_is_named(chain, place):
    found = edited(chain, lambda lines: lines.pop(place))
    assert found == [f"audit.csv: line {place + 1} was cut."]


def test_several_lines_that_were_cut_are_named(chain):
    def change(lines):
        del lines[1:4]

    assert edited(chain, change) == ["audit.csv: lines 2 to 4 were cut."]


def test_a_line_that_was_made_anew_with_its_own_hash_shows_at_the_next(chain):
    def change(lines):
        forged = audit.Line(*lines[2])
        forged = audit.replace(forged, who="Eve")
        lines[2][2], lines[2][9] = "Eve", forged.hashed()

    [found] = edited(chain, change)
    assert found.startswith("audit.csv: line 4 does not follow from the line before it")


def test_lines_that_changed_places_are_named(chain):
    def change(lines):
        lines[1], lines[2] = lines[2], lines[1]

    assert edited(chain, change)


def test_a_cut_end_shows_by_the_file_that_is_not_as_it_tells(chain):
    edited(chain, lambda lines: lines.pop())
    now = seen(chain)["targets"]
    assert "lines at the end of audit.csv were cut" in audit.stale(
        audit.read(chain), "targets", now
    )


def test_an_audit_that_is_none_refuses_changes(chain):
    (chain / "audit.csv").write_text("number,at\n1,now\n")
    [row] = decisions.standing(str(chain)).rows["targets"]
    before = contents(chain)
    with pytest.raises(DecisionError, match="is no audit"):
        carry_out(chain, [_set(row, 0.9)], seen(chain), "Ada")
    assert contents(chain) == before


def test_every_day_on_which_a_row_counts(folder):
    [row] = rows("targets", ENDED)
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 4), date(2026, 3, 5)]
    counts = [decisions.checking.is_in_force(row, day) for day in days]
    assert counts == [False, True, True, False]
