"""Which encoding a text file is read in: its own mark, or what the mapping says."""

from __future__ import annotations

from dashboard.errors import AskError

MARKS = (  # the longer first: the mark of utf-32 begins with that of utf-16
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def encoding_of(name: str, start: bytes, declared: str | None) -> str:
    """The encoding of a file that starts so; a mark at its start outweighs a mapping.

    Raises AskError for UTF-16 without a mark: its byte order would be a guess.
    """
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding
    if declared is None and (order := _byte_order(start)):
        raise AskError(
            f"{name} looks like UTF-16 and has no mark that says so: declare encoding "
            f'= "utf-16-{order}" in [file] of the mapping.',
            "encoding",
            [f"utf-16-{order}"],
        )
    return declared or "utf-8"


def _byte_order(start: bytes) -> str | None:
    """The byte order in which this may be UTF-16: where its zero bytes stand."""
    if len(start) < 4:
        return None
    for order, zeros, others in (
        ("le", start[1::2], start[0::2]),
        ("be", start[0::2], start[1::2]),
    ):
        if zeros.count(0) > 0.7 * len(zeros) and others.count(0) < 0.1 * len(others):
            return order
    return None


def undecoded(text: str, encoding: str) -> str | None:
    """Where the text holds bytes that its encoding does not know; None: nowhere.

    Such bytes were decoded to single surrogates, which no encoding accepts.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        before = len(text[: error.start].encode(encoding, "surrogateescape"))
        byte = ord(text[error.start]) & 0xFF
        return f"byte {before + 1} of the row, 0x{byte:02X}"
    return None


def readable(text: str) -> str:
    """The text with bytes that could not be decoded written as \\udcff and the like."""
    return text.encode("utf-8", "backslashreplace").decode()
