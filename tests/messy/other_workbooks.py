"""Small workbooks in the formats that no writer at hand makes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

Cell = str | float

ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="Cases">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="content.xml"
 manifest:media-type="text/xml">{encryption}</manifest:file-entry>
</manifest:manifest>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="worksheets/sheet1.bin"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>
</Relationships>"""


def archive(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def ods(rows: Sequence[Sequence[Cell]], encryption: str = "", cell: str = "") -> bytes:
    """An OpenDocument sheet; `cell` is one more, as XML, in a last row."""
    text = "".join(
        "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>"
        for row in rows
    )
    if cell:
        text += f"<table:table-row>{cell}</table:table-row>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS_CONTENT.format(rows=text),
            "META-INF/manifest.xml": MANIFEST.format(encryption=encryption),
        }
    )


def _ods_cell(value: Cell) -> str:
    if isinstance(value, str):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def xlsb(rows: Sequence[Sequence[Cell]], error_at: int | None = None) -> bytes:
    """A binary workbook; the last cell of row `error_at` is an error."""
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, 9))
    sheet += _record(145)
    for number, row in enumerate(rows):
        sheet += _record(0, struct.pack("<I", number) + bytes(13))
        for column, value in enumerate(row):
            is_error = number == error_at and column == len(row) - 1
            sheet += _xlsb_error(column) if is_error else _xlsb_cell(column, value)
    sheet += _record(146) + _record(130)
    name = struct.pack("<2I", 0, 1) + _wide("rId1") + _wide("Cases")
    book = _record(131) + _record(143) + _record(156, name) + _record(144)
    return archive(
        {
            "xl/workbook.bin": book + _record(132),
            "xl/_rels/workbook.bin.rels": RELATIONS,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def _xlsb_cell(column: int, value: Cell) -> bytes:
    place = struct.pack("<2I", column, 0)
    if isinstance(value, str):
        return _record(6, place + _wide(value))
    return _record(5, place + struct.pack("<d", value))


def _xlsb_error(column: int) -> bytes:
    return _record(3, struct.pack("<2IB", column, 0, 0x17))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    length = b""
    while size > 127:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + length + bytes([size]) + content
