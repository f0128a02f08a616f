"""One import into a file at a time: the next one waits.

The lock is the operating system's, on an empty hidden file beside the database, so it
ends with its process, however that ends.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.errors import DatabaseError
from dashboard.sources.building import Progress

LONGEST_WAIT = 600  # seconds
PAUSE = 0.1


@contextmanager
def one_at_a_time(path: Path, progress: Progress) -> Iterator[None]:
    """Hold the lock of the database `path` in the block.

    Raises DatabaseError where another import holds it too long, and OSError where the
    folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(f".{path.name}.lock")
    descriptor = _locked(lock, path, progress)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(descriptor)


def _locked(lock: Path, path: Path, progress: Progress) -> int:
    """The descriptor of the locked file, once it is ours."""
    end = time.monotonic() + LONGEST_WAIT
    while (descriptor := _try(lock)) is None:
        if time.monotonic() > end:
            raise DatabaseError(
                f"Another import into {path} is running: try again when it is done."
            )
        progress("Waiting for another import", 0, 1)
        time.sleep(PAUSE)
    return descriptor


def _try(lock: Path) -> int | None:
    """Lock the file; None where another has it, or has just removed it."""
    descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), os.stat(lock)):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(descriptor)
    return None
