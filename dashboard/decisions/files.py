"""The files of the folder, and how a changed one is put in its place."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from dashboard.errors import DecisionError

CALENDARS = ("calendar_windows", "calendar_exceptions", "calendars")
# What is checked, and counts, as one; a group is put in its place in this order.
GROUPS = (("targets",), CALENDARS, ("annotations",), ("owners",))
DECIDED = tuple(name for group in GROUPS for name in group)
AUDIT = "audit.csv"


def file_name(relation: str) -> str:
    """The file of a relation."""
    return f"{relation}.csv"


def contents(folder: Path) -> dict[str, bytes]:
    """What each file holds that is there, by relation. Raises DecisionError."""
    found = {}
    for name in DECIDED:
        path = folder / file_name(name)
        with suppress(FileNotFoundError, NotADirectoryError):
            try:
                found[name] = path.read_bytes()
            except PermissionError as error:
                raise DecisionError(
                    f"{path} cannot be read ({error.strerror}): let the program read "
                    "it."
                ) from error
    return found


def sha256(data: bytes | None) -> str:
    """The hash of a file; empty where there is none."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the lock of the folder; the system ends it with the process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def staged(folder: Path, files: Mapping[str, bytes]) -> Iterator[dict[Path, Path]]:
    """Write files beside their places, safely; what is left there is removed.

    Gives the places by what was written.
    """
    beside = {folder / f".{name}.new": folder / name for name in files}
    try:
        for path, place in beside.items():
            with path.open("wb") as file:
                file.write(files[place.name])
                file.flush()
                os.fsync(file.fileno())
            if place.exists():
                shutil.copymode(place, path)
        yield beside
    finally:
        for path in beside:
            path.unlink(missing_ok=True)


def put_in_place(folder: Path, beside: Mapping[Path, Path]) -> None:
    """Move what was staged to its places; who reads sees the old or the new."""
    for path, place in beside.items():
        os.replace(path, place)
    with suppress(OSError):  # not every file system can sync a folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
