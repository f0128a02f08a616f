"""Uploaded files: their names are data, and nothing of them stays behind."""

from __future__ import annotations

import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.errors import ImportFileError
from dashboard.intake.uploads import mapping_of, safe_name, written
from dashboard.sources.trackers import MAPPING_FILE


@dataclass
class Sent:
    """A file as a browser sent it."""

    name: str
    content: bytes = b""

    @property
    def file_id(self) -> str:
        return self.name

    def getbuffer(self) -> memoryview:
        return memoryview(self.content)


def left_behind() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"mis-uploads.{os.getpid()}.*"))


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("export.csv", "export.csv"),
        ("../../x.csv", "x.csv"),
        ("/etc/passwd", "passwd"),
        (r"C:\Users\me\x.xlsx", "x.xlsx"),
        ("..", "file"),
        ("", "file"),
        ("a/", "a"),
        ("line\nbreak\0.csv", "linebreak.csv"),
        ("\ud800.csv", ".csv"),
        ("क्‍ष 2026.csv", "क्‍ष 2026.csv"),
        ("$(rm -rf ~).csv", "$(rm -rf ~).csv"),
        ("é" * 300 + ".csv", "é" * 98 + ".csv"),
    ],
)
def test_the_name_of_an_upload_never_says_where_it_stands(told, kept):
    assert safe_name(told) == kept
    with written([Sent(told, b"1")], {}) as (_, [path]):
        folder = path.parent.parent
        assert path.resolve() == folder.resolve() / "0" / kept
        assert path.read_bytes() == b"1"


def test_two_uploads_of_one_name_are_two_files():
    with written([Sent("a.csv", b"1"), Sent("x/a.csv", b"2")], {}) as (_, paths):
        assert [path.read_bytes() for path in paths] == [b"1", b"2"]


def test_nobody_else_reads_the_files_and_they_are_gone_afterwards():
    with written([Sent("a.csv", b"1")], {MAPPING_FILE: ""}) as (mapping, [path]):
        assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
        assert mapping.is_file()
    assert left_behind() == []


def test_they_are_gone_after_an_error_too_which_names_no_folder():
    with (
        pytest.raises(ImportFileError, match=r"^a\.csv cannot be read$"),
        written([Sent("a.csv")], {}) as (_, [path]),
    ):
        raise ImportFileError(f"{path} cannot be read")
    assert left_behind() == []


def test_a_mapping_is_one_toml_file_with_its_selects():
    files = [Sent("../items.sql", b"select 1"), Sent("my own.toml", b"[source]")]
    assert mapping_of(files) == {MAPPING_FILE: "[source]", "items.sql": "select 1"}


@pytest.mark.parametrize(
    "files",
    [
        [Sent("a.sql")],
        [Sent("a.toml"), Sent("b.toml")],
        [Sent("a.toml", b"\xff\xfe")],
        [Sent("a.toml", b" " * 1_000_001)],
    ],
    ids=["no mapping", "two mappings", "no text", "too large"],
)
def test_what_is_no_mapping_is_said(files):
    with pytest.raises(ImportFileError, match=r"toml"):
        mapping_of(files)
