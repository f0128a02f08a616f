"""Look at a workbook before it is opened: what it is, and whether it is harmless.

Runs in the process that reads the workbook. Raises ImportFileError in one sentence.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from dashboard.errors import ImportFileError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MOST_UNPACKED = 200_000_000  # bytes
MOST_RATIO = 100
SMALL = 20_000_000  # bytes unpacked, below which no ratio can harm
MOST_PARTS = 10_000
PROLOG = 65_536  # bytes in which an XML file declares entities
MARKS = {  # a part of the archive -> what it is
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "content.xml": "ods",
}


def kind_of(path: Path) -> str:
    """xlsx, xlsb, ods or xls; ImportFileError for what is no workbook, or hostile."""
    with path.open("rb") as file:
        start = file.read(len(OLE))
        if start == OLE:
            _refuse_encrypted(path, b"EncryptedPackage".decode().encode("utf-16-le"))
            return "xls"
    try:
        with zipfile.ZipFile(path) as archive:
            return _kind_of_zip(path, archive)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise ImportFileError(
            f"{path.name} is cut short or damaged: get the file anew."
        ) from error


def what_is_ignored(path: Path, kind: str) -> list[str]:
    """What a workbook holds beside its cells, and is never run or followed."""
    if kind not in ("xlsx", "xlsb"):
        return []
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    found = ["macros"] if any(n.endswith("vbaProject.bin") for n in names) else []
    if any(n.startswith("xl/externalLinks/") for n in names):
        found.append("links to other files")
    return found


def _kind_of_zip(path: Path, archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise ImportFileError(
            f"{path.name} unpacks to {unpacked / 1e6:,.0f} MB in {len(parts):,} parts, "
            f"and {MOST_UNPACKED / 1e6:,.0f} MB are read at most: save it as CSV, or "
            "split it."
        )
    if unpacked > SMALL and unpacked > MOST_RATIO * packed:
        raise ImportFileError(
            f"{path.name} unpacks to more than {MOST_RATIO} times its size, as no "
            "tracker does: it is not opened."
        )
    for mark, kind in MARKS.items():
        if mark in archive.namelist():
            _check_parts(path, archive)
            return kind
    raise ImportFileError(
        f"{path.name} is an archive and no workbook: unpack it, and import what it "
        "holds."
    )


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    """No part is encrypted, and none declares entities of XML."""
    for part in archive.infolist():
        if part.flag_bits & 1:
            _refuse_password(path)
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                prolog = file.read(PROLOG)
            if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
                raise ImportFileError(
                    f"{path.name} declares XML entities, as no spreadsheet program "
                    "does: it is not opened."
                )
            if part.filename == "META-INF/manifest.xml" and b"encryption" in prolog:
                _refuse_password(path)


def _refuse_encrypted(path: Path, mark: bytes) -> None:
    if re.search(re.escape(mark), path.read_bytes()):
        _refuse_password(path)


def _refuse_password(path: Path) -> None:
    raise ImportFileError(
        f"{path.name} is protected by a password: save it without one."
    )
