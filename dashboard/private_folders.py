"""Folders of this process alone, gone when it ends.

Their names carry the number of the process, so that the next one can remove what a
process that was killed has left.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def private_folder(purpose: str) -> Path:
    """A new empty folder that only this user can read, such as mis-spill.1234.x7f3."""
    _remove_those_of_the_dead(purpose)
    folder = Path(tempfile.mkdtemp(prefix=f"mis-{purpose}.{os.getpid()}."))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _remove_those_of_the_dead(purpose: str) -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"mis-{purpose}.*"):
        process = folder.name.removeprefix(f"mis-{purpose}.").split(".")[0]
        if not is_running(process):
            shutil.rmtree(folder, ignore_errors=True)


def is_running(number: str) -> bool:
    """Whether a process of that number runs; False for what is no such number."""
    try:
        os.kill(int(number), 0)
    except PermissionError:  # it runs, and is somebody else's
        return True
    except (ProcessLookupError, OverflowError, ValueError):
        return False
    return int(number) > 0
