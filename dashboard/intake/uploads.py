"""Files that came from a browser, written where nobody else can read them.

The name of an upload is data: it is kept as far as it can be the name of a file, and it
never says where that stands.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

from dashboard.errors import ImportFileError
from dashboard.private_folders import private_folder
from dashboard.sources.trackers import MAPPING_FILE, write_texts

LONGEST = 200  # bytes of a name; file systems take 255
UNSEEN = ("Cc", "Cs")  # controls, and halves of characters
LARGEST_MAPPING = 1_000_000  # bytes


class Upload(Protocol):
    """A file as a browser sent it, in memory."""

    @property
    def name(self) -> str:
        """Its name, as it was told."""

    @property
    def file_id(self) -> str:
        """What tells it from any other, whatever its name."""

    def getbuffer(self) -> memoryview:
        """Its bytes."""


@contextmanager
def written(
    uploads: Sequence[Upload], mapping: dict[str, str]
) -> Iterator[tuple[Path, list[Path]]]:
    """The paths of a mapping and of files, which are gone when the block ends.

    Raises ImportFileError where they cannot be written. What is raised in the block
    names the files without their folder.
    """
    folder = private_folder("uploads")
    try:
        paths = [_write(upload, folder, n) for n, upload in enumerate(uploads)]
        yield write_texts(mapping, folder / "mapping"), paths
    except OSError as error:
        raise ImportFileError(
            f"The files cannot be kept while they are read ({error.strerror}): free "
            "some space and try again."
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(upload: Upload, folder: Path, number: int) -> Path:
    """Each in a folder of its own, since two may have one name."""
    path = folder / str(number) / safe_name(upload.name)
    path.parent.mkdir()
    path.write_bytes(upload.getbuffer())
    return path


def safe_name(told: str) -> str:
    """The last part of a name, without what no file name may hold."""
    last = PurePosixPath(told.replace("\\", "/")).name
    clean = "".join(c for c in last if unicodedata.category(c) not in UNSEEN).strip()
    while len(clean.encode()) > LONGEST:  # the ending tells most
        clean = clean[1:]
    return clean if clean.strip(".") else "file"


def without_folders(text: str) -> str:
    """A sentence that names uploaded files, without where they stood meanwhile."""
    return re.sub(r"\S*mis-uploads\.[^/\s]+/(\d+|mapping)/", "", text)


def mapping_of(uploads: Sequence[Upload]) -> dict[str, str]:
    """The texts of an uploaded mapping: one .toml file, and .sql files beside it.

    Raises ImportFileError where they are not that.
    """
    found = {safe_name(upload.name): _text(upload) for upload in uploads}
    mappings = [name for name in found if name.lower().endswith(".toml")]
    if len(mappings) != 1:
        raise ImportFileError(
            f"A mapping is one .toml file, with its .sql files, and there are "
            f"{len(mappings)} .toml files here: choose one."
        )
    return {MAPPING_FILE: found.pop(mappings[0]), **found}


def _text(upload: Upload) -> str:
    content = bytes(upload.getbuffer())
    if len(content) > LARGEST_MAPPING:
        raise ImportFileError(
            f"{upload.name} is too large for a part of a mapping: choose another file."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportFileError(
            f"{upload.name} is not text in UTF-8: save it as such, and choose it again."
        ) from error
