"""Write rows as CSV that spreadsheets and programs read alike, batch by batch.

UTF-8 with a byte-order mark, lines that end in LF, quotes only where they are needed.
Instants are ISO 8601 with the offset of the reporting zone, null is empty. Text that a
spreadsheet could take for a formula gets an apostrophe before it; numbers stay numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.sql.zones import transitions

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
TEXT = pa.large_string()
MINUTE = 60_000_000  # microseconds

# What may stand before a formula and yet not hide it: space of any kind, marks without
# width, control characters, quotation marks.
_UNSEEN = r'[\x00-\x09\x0b\x0c\x0e-\x20\x7f-\x9f"\p{Z}\p{Cf}]*'
_FORMULA = rf"(^|[\r\n])({_UNSEEN}[=+\-@＝＋－﹢﹣−＠﹦﹫])"
_BREAK = r"^([\t\r\n])"
_NEEDS_QUOTES = r'[",;\t\r\n]'

Cells: TypeAlias = Any  # a pa.Array or a pa.ChunkedArray


class Writable(Protocol):
    """Something that takes bytes."""

    def write(self, data: bytes, /) -> Any:
        """Take them."""


def write_csv(
    tables: Iterable[pa.Table],
    file: Writable,
    zone: str,
    names: Sequence[str],
    *,
    with_header: bool = True,
) -> int:
    """Write tables of the columns `names` one after the other; the number of rows.

    Never holds more than one table.
    """
    if with_header:
        file.write(BYTE_ORDER_MARK + _lines([pa.array([name]) for name in names], zone))
    rows = 0
    for table in tables:
        rows += table.num_rows
        if table.num_rows:
            file.write(_lines([table[name] for name in names], zone))
    return rows


def _lines(columns: list[Cells], zone: str) -> bytes:
    """Lines of CSV: cells joined by Arrow, whose buffer of text is the file's bytes."""
    cells = [_cells(column, zone) for column in columns]
    if len(cells) == 1:  # a line without anything would be no row to many readers
        only = pc.fill_null(cells[0], "")
        cells = [pc.if_else(pc.equal(only, ""), '""', only)]
    rows = _joined(*cells, by=",")
    whole = _joined(rows, "\n")
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.combine_chunks()
    places = np.frombuffer(whole.buffers()[1], np.int64)[whole.offset :]
    return whole.buffers()[2][int(places[0]) : int(places[len(whole)])].to_pybytes()


def _joined(*parts: Cells | str, by: str = "") -> Cells:
    """Cells side by side as one text; null counts as empty."""
    texts = [pa.scalar(p, TEXT) if isinstance(p, str) else p for p in (*parts, by)]
    return pc.binary_join_element_wise(*texts, null_handling="replace")


def _cells(column: Cells, zone: str) -> Cells:
    """A column as the text of its cells; null stays null."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _cells(column.cast(kind.value_type), zone)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _once_each(column, _safe_text)
    if pa.types.is_timestamp(kind):
        return instants(column, zone)
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_finite(column), column, pa.scalar(None, kind))
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        texts = pa.array([None if v is None else str(v) for v in column.to_pylist()])
        return _safe_text(texts.cast(TEXT))
    return column.cast(TEXT)


def _once_each(column: Cells, change: Callable[[Cells], Cells]) -> Cells:
    """A change made once to each distinct text, since most columns repeat a few."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    encoded = column.dictionary_encode()
    return change(encoded.dictionary.cast(TEXT)).take(encoded.indices)


def _safe_text(texts: Cells) -> Cells:
    """Texts without formulas, quoted where a reader would split them."""
    texts = neutral(texts)
    quoted = _joined('"', pc.replace_substring(texts, '"', '""'), '"')
    return pc.if_else(pc.match_substring_regex(texts, _NEEDS_QUOTES), quoted, texts)


def neutral(texts: Cells) -> Cells:
    """Texts with an apostrophe before each line that could be taken for a formula."""
    texts = pc.replace_substring_regex(texts, _FORMULA, r"\1'\2")
    return pc.replace_substring_regex(texts, _BREAK, r"'\1")


def instants(column: Cells, zone: str) -> Cells:
    """UTC instants as ISO 8601 texts with the zone's offset at each of them."""
    micros = column.cast(pa.timestamp("us")).cast(pa.int64())
    filled = pc.fill_null(micros, 0).to_numpy(zero_copy_only=False)
    starts, minutes, offsets = _offsets(zone)
    place = np.searchsorted(starts, filled, side="right")
    local = pa.array(filled + minutes[place] * MINUTE).cast(pa.timestamp("us"))
    seconds = local.cast(pa.timestamp("s"), safe=False)
    whole = pc.equal(seconds.cast(pa.timestamp("us")), local)
    text = pc.if_else(whole, seconds.cast(TEXT), local.cast(TEXT))
    stamped = _joined(
        pc.replace_substring(text, " ", "T"), offsets.take(pa.array(place))
    )
    return pc.if_else(pc.is_valid(column), stamped, pa.scalar(None, TEXT))


@lru_cache(maxsize=16)
def _offsets(zone: str) -> tuple[np.ndarray, np.ndarray, pa.Array]:
    """Instants (microseconds) where the offset changes; minutes and text from each."""
    changes = transitions(zone)
    starts = np.array([at for at, _ in changes[1:]], "datetime64[us]").astype(np.int64)
    minutes = np.array([minutes for _, minutes in changes], np.int64)
    return starts, minutes, pa.array([_offset(int(m)) for m in minutes], TEXT)


def _offset(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
