"""Charts and tables, each with its definition, its SQL, its rows and its extract."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import partial
from typing import Any

import orjson
import pandas as pd
import streamlit as st
from cachetools import LRUCache

from dashboard import theme, words
from dashboard.answers import Answer, Question
from dashboard.components.cases import choose_cases
from dashboard.links import link
from dashboard.query_files import GIVEN

NO_TOOLBAR = {"displayModeBar": False, "responsive": True}
_figures: LRUCache[bytes, Any] = LRUCache(512)
_lock = threading.Lock()


def chart(
    answer: Answer,
    spec: dict[str, Any],
    *,
    title: str = "",
    note: str = "",
    opens: str | tuple[str, ...] | None = None,
) -> None:
    """A chart under its question, with all that explains it.

    Choosing a bar or point opens the records behind it: those of the column that the
    point names, or of `opens`: one for all points, or one for each.
    """
    query = answer.query
    with st.container(border=True):
        _heading(answer, title)
        if note:
            st.caption(note)
        if answer.whole:
            st.caption(
                f"The {answer.rows.num_rows} largest of {answer.whole.rows.num_rows}; "
                "the table has all."
            )
        if answer.rows.num_rows == 0:
            st.caption(f"Nothing to show: {nothing(answer)}")
            return
        key = f"chart {query.name} {title}"
        st.plotly_chart(
            _figure(spec),
            key=key,
            theme=None,
            config=NO_TOOLBAR,
            on_select=partial(_point_chosen, key, answer, spec, opens),
            selection_mode="points",
            alt=f"{title or query.title}. {query.question}",
        )
        _explained(answer.whole or answer, key)


def table(
    answer: Answer,
    *,
    columns: tuple[str, ...] = (),
    title: str | None = None,
    narrows: str = "",
) -> None:
    """The rows of an answer; choosing a count opens the records behind it.

    With `narrows`, choosing a cell of that column sets the filter of that name.
    """
    with st.container(border=True):
        if title != "":
            _heading(answer, title or "")
        if answer.rows.num_rows == 0:
            st.caption(f"Nothing to show: {nothing(answer)}")
            return
        key = f"table {answer.query.name} {title}"
        show_grid(
            answer,
            columns,
            key=key,
            height="content" if answer.rows.num_rows <= 16 else 600,
            on_select=partial(_cell_chosen, key, answer, columns, narrows),
            selection_mode="single-cell",
        )
        _explained(answer, key)


def extract(question: Question) -> None:
    """Links to all rows of a question as CSV, and to the file that explains them."""
    with st.container(horizontal=True):
        st.link_button("CSV", link(question, "csv"), icon=":material/download:")
        st.link_button("About these rows", link(question, "about"))


def nothing(answer: Answer) -> str:
    """Why an answer may have no rows, in a sentence."""
    return f"no rows for {answer.question.filters.sentence()}."


def frame(answer: Answer, columns: tuple[str, ...] = ()) -> pd.DataFrame:
    """Rows for a screen: local times, rates in percent."""
    rows, zone = answer.rows, answer.question.filters.zone
    shown = rows.select(columns or _shown(answer)).to_pandas()
    for name in shown.columns:
        kind = rows.schema.field(name).type
        if str(kind).startswith("timestamp"):
            local = shown[name].dt.tz_localize("UTC").dt.tz_convert(zone)
            shown[name] = local.dt.tz_localize(None)
        elif str(kind).startswith("decimal"):
            shown[name] = shown[name].astype("float64")
        elif name in _shares(answer):
            shown[name] = shown[name] * 100
        elif str(kind) == "string" and name in answer.query.columns:
            shown[name] = shown[name].fillna(words.NONE)
    return shown


def _shown(answer: Answer) -> list[str]:
    """All columns but the bounds and states, which the figures say themselves."""
    own = [*answer.query.columns, *_shares(answer)]
    own += [ratio.name for ratio in answer.query.ratios]
    return [name for name in dict.fromkeys(own) if name in answer.rows.column_names]


def _shares(answer: Answer) -> list[str]:
    found = []
    for rate in answer.query.rates:
        found += [rate.name, f"{rate.name}_weighted"]
    return [name for name in found if name in answer.rows.column_names]


def show_grid(answer: Answer, columns: tuple[str, ...] = (), **options: Any) -> None:
    """The rows of an answer as a table on the screen, and nothing more."""
    shown = frame(answer, columns)
    st.dataframe(
        shown,
        hide_index=True,
        placeholder="–",
        column_config={name: _column(answer, name) for name in shown.columns},
        **options,
    )


def _column(answer: Answer, name: str) -> Any:
    meaning = answer.query.columns.get(name)
    config = st.column_config
    if name in _shares(answer):
        return config.NumberColumn(
            words.label(name) + " (%)", help=_rate_words(answer, name), format="%.1f"
        )
    kind = str(answer.rows.schema.field(name).type)
    if kind.startswith("timestamp"):
        return config.DatetimeColumn(
            words.label(name), help=meaning, format="D MMM YYYY, HH:mm"
        )
    if kind.startswith("date"):
        return config.DateColumn(words.label(name), help=meaning, format="D MMM YYYY")
    if kind.startswith(("double", "decimal")):
        return config.NumberColumn(words.label(name), help=meaning, format="%.1f")
    if kind.startswith("int"):
        return config.NumberColumn(words.label(name), help=meaning, format="localized")
    return config.Column(words.label(name), help=meaning)


def _rate_words(answer: Answer, name: str) -> str:
    for rate in answer.query.rates:
        if rate.name == name:
            return (
                f"{words.label(rate.numerator)} divided by "
                f"{words.label(rate.denominator).lower()}; "
                "empty below 20, where a rate would be chance"
            )
    return ""


def _heading(answer: Answer, title: str) -> None:
    st.markdown(f"##### {title or answer.query.title}", help=answer.query.question)
    st.caption(answer.query.question)


def _figure(spec: dict[str, Any]) -> Any:
    """A kept figure: building one costs more than all else on a page."""
    dark = st.context.theme.type == "dark"
    key = orjson.dumps([spec, dark], option=orjson.OPT_SERIALIZE_NUMPY, default=str)
    with _lock:
        if key not in _figures:
            _figures[key] = theme.figure(spec, dark)
        return _figures[key]


def _explained(answer: Answer, key: str) -> None:
    """Definition, SQL, table and extract under a figure."""
    with st.container(horizontal=True, gap="small"):
        with st.popover("Definition", type="tertiary", key=f"{key} definition"):
            _definition(answer)
        with st.popover("SQL", type="tertiary", key=f"{key} sql"):
            st.code(answer.sql, language="sql")
            st.json(_values(answer), expanded=False)
        if key.startswith("chart"):
            rows = st.popover(
                "Table", type="tertiary", key=f"{key} table", on_change="rerun"
            )
            if rows.open:  # most tables are never looked at, and each takes time
                with rows:
                    show_grid(answer, (), key=f"{key} grid")
        st.link_button("CSV", link(answer.question, "csv"), type="tertiary")
        st.link_button("About", link(answer.question, "about"), type="tertiary")


def _values(answer: Answer) -> Mapping[str, str]:
    return {name: str(value) for name, value in answer.values.items()}


def _definition(answer: Answer) -> None:
    query = answer.query
    st.markdown(f"**{query.title}.** {query.question}")
    st.caption(query.grain)
    lines = [f"- **{words.label(n)}**: {text}" for n, text in query.columns.items()]
    for quotient in (*query.rates, *query.ratios):
        lines.append(
            f"- **{words.label(quotient.name)}** = "
            f"{words.label(quotient.numerator).lower()} ÷ "
            f"{words.label(quotient.denominator).lower()}"
        )
    if query.rates:
        lines.append("- Rates have a Wilson 95 % interval and are shown from n = 20.")
    lines += [
        f"- {name}: {query.parameters[name].meaning}"
        for name in query.parameters
        if name not in GIVEN
    ]
    st.markdown("\n".join(lines))
    if answer.not_applied:
        names = ", ".join(words.label(name).lower() for name in answer.not_applied)
        st.markdown(f"These filters do not apply to all of it: **{names}**.")
    read = words.moment(answer.read_at, answer.question.filters.zone)
    as_of = words.moment(answer.question.filters.as_of, answer.question.filters.zone)
    st.caption(f"{query.file} · as of {as_of} · read {read}")


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


def _count_of(answer: Answer, name: str) -> str:
    """The count behind a figure: for a rate, what it is a share of."""
    for quotient in (*answer.query.rates, *answer.query.ratios):
        if quotient.name == name:
            return quotient.denominator
    return name
