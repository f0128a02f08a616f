"""Charts and tables; choosing a number in them opens the records behind it."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import orjson
import streamlit as st
from cachetools import LRUCache

from dashboard import theme
from dashboard.answers import Answer
from dashboard.components.cases import choose_cases
from dashboard.components.explained import explained, heading, nothing
from dashboard.components.grid import show_grid, show_lines
from dashboard.components.remarks import in_words, listed, remarked
from dashboard.words import count

NO_TOOLBAR = {"displayModeBar": False, "responsive": True}
IN_SIGHT = 16  # rows of a table that does not scroll
_figures: LRUCache[bytes, Any] = LRUCache(512)
_lock = threading.Lock()


def chart(
    answer: Answer,
    spec: dict[str, Any],
    *,
    title: str = "",
    note: str = "",
    verdict: str = "",
    fine_print: str = "",
    opens: str | tuple[str, ...] | None = None,
) -> None:
    """A chart under its question, with all that explains it.

    `verdict` says what to see in it, `fine_print` what it rests on.

    Choosing a bar or point opens the records behind it: those of the column that the
    point names, or of `opens`: one for all points, or one for each.
    """
    query = answer.query
    with st.container(border=True):
        heading(answer, title)
        if note:
            st.caption(note)
        if verdict and answer.rows.num_rows:
            st.markdown(verdict)
        if answer.whole:
            st.caption(
                f"The {answer.rows.num_rows} largest of {answer.whole.rows.num_rows}; "
                "the table has all."
            )
        if answer.rows.num_rows == 0:
            st.caption(f"Nothing to show: {nothing(answer)}")
            return
        key = f"chart {query.name} {title}"
        spec, remarks = remarked(answer, spec)
        st.plotly_chart(
            _figure(spec),
            key=key,
            theme=None,
            config=NO_TOOLBAR,
            on_select=partial(_point_chosen, key, answer, spec, opens)
            if opens or _opens_some(answer, spec)
            else "ignore",
            selection_mode="points",
            alt=f"{title or query.title}. {query.question}{in_words(remarks)}",
        )
        listed(remarks, key)
        if fine_print:
            st.caption(fine_print)
        explained(answer.whole or answer, key)


def _opens_some(answer: Answer, spec: dict[str, Any]) -> bool:
    return any(trace.get("meta") in answer.query.cases for trace in spec["data"])


def table(
    answer: Answer,
    *,
    columns: tuple[str, ...] = (),
    title: str | None = None,
    note: str = "",
    narrows: str = "",
) -> None:
    """The rows of an answer; choosing a count opens the records behind it.

    With `narrows`, choosing a cell of that column sets the filter of that name.
    """
    with st.container(border=True):
        if title != "":
            heading(answer, title or "")
        if note:
            st.caption(note)
        if answer.rows.num_rows == 0:
            st.caption(f"Nothing to show: {nothing(answer)}")
            return
        is_long = answer.rows.num_rows > IN_SIGHT
        if is_long:
            st.caption(f"{count(answer.rows.num_rows)} rows: scroll in it to see all.")
        key = f"table {answer.query.name} {title}"
        show_grid(
            answer,
            columns,
            key=key,
            height=600 if is_long else "content",
            on_select=partial(_cell_chosen, key, answer, columns, narrows),
            selection_mode="single-cell",
        )
        explained(answer, key)


def lines(answer: Answer, *, columns: tuple[str, ...], title: str, note: str) -> None:
    """The one row of an answer, a line for each column; a count opens its records."""
    with st.container(border=True):
        heading(answer, title)
        st.caption(note)
        if answer.rows.num_rows == 0:
            st.caption(f"Nothing to show: {nothing(answer)}")
            return
        key = f"lines {answer.query.name} {title}"
        show_lines(
            answer,
            columns,
            key=key,
            on_select=partial(_line_chosen, key, answer, columns),
            selection_mode="single-cell",
        )
        explained(answer, key)


def _figure(spec: dict[str, Any]) -> Any:
    """A kept figure: building one costs more than all else on a page."""
    dark = st.context.theme.type == "dark"
    key = orjson.dumps([spec, dark], option=orjson.OPT_SERIALIZE_NUMPY, default=str)
    with _lock:
        if key not in _figures:
            _figures[key] = theme.figure(spec, dark)
        return _figures[key]


def _point_chosen(
    key: str,
    answer: Answer,
    spec: dict[str, Any],
    opens: str | tuple[str, ...] | None,
) -> None:
    """Remember the records behind the chosen point; the next run opens them.

    A chart puts the number of its row behind each point, and the column on the trace.
    """
    points = st.session_state[key]["selection"]["points"]
    if not points:
        return
    number = points[0].get("customdata")
    number = number[0] if isinstance(number, (list, tuple)) else number
    if number is None:
        return
    if isinstance(opens, tuple):
        column, number = opens[int(number)], 0
    else:
        column = opens or spec["data"][points[0]["curve_number"]].get("meta")
    if column in answer.query.cases:
        choose_cases(answer, column, answer.rows.slice(int(number), 1).to_pylist()[0])


def _cell_chosen(
    key: str, answer: Answer, columns: tuple[str, ...], narrows: str
) -> None:
    """Open the records behind a chosen count, or narrow the page to a group."""
    cells = st.session_state[key]["selection"]["cells"]
    if not cells:
        return
    number, name = cells[0]
    row = answer.rows.slice(int(number), 1).to_pylist()[0]
    if name == narrows:
        from dashboard.components.filter_bar import reset_to

        reset_to(narrows, (row[name],))
    column = _count_of(answer, name)
    if column in answer.query.cases:
        choose_cases(answer, column, row)


def _line_chosen(key: str, answer: Answer, columns: tuple[str, ...]) -> None:
    """Open the records behind a chosen line."""
    cells = st.session_state[key]["selection"]["cells"]
    if cells and columns[int(cells[0][0])] in answer.query.cases:
        choose_cases(answer, columns[int(cells[0][0])], answer.rows.to_pylist()[0])


def _count_of(answer: Answer, name: str) -> str:
    """The count behind a figure: for a rate, what it is a share of."""
    for quotient in (*answer.query.rates, *answer.query.ratios):
        if quotient.name == name:
            return quotient.denominator
    return name
