"""An import that is killed, or runs out of space, leaves the state of before."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dashboard.errors import DatabaseError
from dashboard.settings import ROOT
from dashboard.sources.importing import import_files
from tests.office import HEADER, Office
from tests.test_building import ordinary_user

LONG = bool(os.environ.get("MIS_TEST_LONG"))
KILLS = 100 if LONG else 5
LIMITS = 50 if LONG else 4
ROWS = 5_000

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["dashboard.sources.importing"])


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def version(office: Office, number: int) -> Path:
    """A file that says of every item that it costs so much, and of one that it is."""
    rows = [f"{n},AP,2024-01-01,{number}\n" for n in range(ROWS)]
    return office.write(f"v{number}.csv", HEADER + "".join(rows) + f"x{number},,,\n")


def state(office: Office) -> int:
    """The version that the database holds, all of it."""
    [(first, last, items, kept, stays, lines)] = office.ask("""
        select
            min(amount), max(amount), count(*),
            (select count(*) from trackers.rows where cells[4] = max(amount)::int::text),
            (select count(*) from item_stays),
            (select count(*) from load_lines)
        from work_items
    """)
    assert first == last
    assert (items, kept, stays) == (ROWS, ROWS, ROWS)
    [(waiting,)] = office.ask("select count(*) from refused_rows")
    assert waiting == lines
    return int(first)


def started(office: Office, file: Path):
    process = processes.Process(
        target=import_files, args=(office.mapping, [file], office.database)
    )
    process.start()
    return process


def test_an_import_that_is_killed_leaves_the_old_state_or_the_new_one(office):
    started(office, version(office, 1)).join()
    begun = time.monotonic()
    first = started(office, version(office, 2))
    first.join()
    duration = time.monotonic() - begun
    moments = random.Random(5)
    cut = 0
    held = state(office)
    for number in range(3, 3 + KILLS):
        process = started(office, version(office, number))
        time.sleep(moments.uniform(0, duration))
        process.kill()
        process.join()
        assert state(office) in (held, number)
        cut += process.exitcode == -signal.SIGKILL
        held = state(office)
    assert cut >= KILLS // 2
    office.bring(version(office, 1_000))
    assert state(office) == 1_000
    assert office.left_behind() == []


def test_two_imports_at_once_both_come_to_their_end(office):
    office.bring(version(office, 1))
    two = [started(office, version(office, number)) for number in (2, 3)]
    for process in two:
        process.join()
    assert [process.exitcode for process in two] == [0, 0]
    assert state(office) in (2, 3)
    assert office.ask("select part from load_lines order by 1") == [
        ("v1.csv",),
        ("v2.csv",),
        ("v3.csv",),
    ]


def test_the_same_file_twice_at_once_is_imported_once(office):
    file = version(office, 1)
    two = [started(office, file) for _ in range(2)]
    for process in two:
        process.join()
    assert [process.exitcode for process in two] == [0, 0]
    assert office.ask("select part, inserted_rows from load_lines") == [
        ("v1.csv", ROWS)
    ]
    assert office.left_behind() == []


def limited(limit: int, office: Office, file: Path, told) -> None:
    """Import where no file may grow beyond so many bytes, and tell what was said."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        office.bring(file)
    except DatabaseError as error:
        told.put(str(error))
    else:
        told.put("")


def test_without_space_an_import_changes_nothing_and_says_so(office):
    office.bring(version(office, 1))
    before = office.database.read_bytes()
    told = processes.Queue()
    for part in range(LIMITS):
        limit = 1_000 + len(before) * part // LIMITS
        file = version(office, 2)
        process = processes.Process(target=limited, args=(limit, office, file, told))
        process.start()
        process.join()
        assert told.get(timeout=10) == (
            f"There is no space left for {office.database}, so nothing was changed: "
            "free some and try again."
        )
        assert office.database.read_bytes() == before
        assert office.left_behind() == []
    office.bring(version(office, 3))
    assert state(office) == 3


FILL = """
import sys
from pathlib import Path
from dashboard.errors import DatabaseError
from tests.office import Office
from tests.test_import_faults import state, version

folder, small = Path(sys.argv[1]), Path(sys.argv[2])
office = Office(folder)
office.database = small / "site.duckdb"
office.bring(version(office, 1))
free = small / "ballast"
with free.open("wb") as file:
    try:
        while True:
            file.write(bytes(65536))
            file.flush()
    except OSError:
        pass
try:
    office.bring(version(office, 2))
except DatabaseError as error:
    print(error)
print(state(office), sorted(path.name for path in small.iterdir()))
free.unlink()
office.bring(version(office, 2))
print(state(office))
"""


def test_on_a_full_disk_an_import_changes_nothing_and_says_so(office):
    small = office.folder / "small"
    small.mkdir()
    script = office.write("fill.py", FILL)
    mount = f"mount -t tmpfs -o size=64m tmpfs {small}"
    command = f"{mount} && exec {sys.executable} {script} {office.folder} {small}"
    if (
        not shutil.which("unshare")
        or subprocess.run(
            ["unshare", "-rm", "sh", "-c", mount], capture_output=True
        ).returncode
    ):
        pytest.skip("no file system of our own may be mounted here")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", command],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [
        f"There is no space left for {small}/site.duckdb, so nothing was changed: free "
        "some and try again.",
        "1 ['ballast', 'site.duckdb']",
        "2",
    ], done.stderr


def test_in_a_folder_that_may_only_be_read_an_import_says_so(office):
    office.bring(version(office, 1))  # loads what the other user may not read
    with TemporaryDirectory() as folder:  # the folders of pytest are closed to others
        office = Office(Path(folder))
        file = version(office, 1)
        office.folder.chmod(0o555)
        with ordinary_user(), pytest.raises(DatabaseError, match="cannot be written"):
            office.bring(file)
        assert {path.name for path in office.folder.iterdir()} == {
            *("mapping.toml", "v1.csv"),
        }


def test_a_lock_that_a_killed_import_left_is_nobodys(office):
    lock = office.folder / ".site.duckdb.lock"
    lock.touch()
    office.bring(version(office, 1))
    assert not lock.exists()
