"""Lists of records: a short one on a page, and the whole with search and extract."""

from __future__ import annotations

import re
from dataclasses import replace

import streamlit as st

from dashboard import words
from dashboard.answers import Answer, Question
from dashboard.components import address
from dashboard.components.asking import ask, filters, grain, load
from dashboard.components.cases import pairs, to_address
from dashboard.components.departments import extended
from dashboard.components.explained import extract
from dashboard.components.grid import show_grid
from dashboard.filters import NONE
from dashboard.query_files import all_queries, find_query
from dashboard.relations import EXTENSIONS
from dashboard.sql.checking import relations_of

PAGE_ROWS = 100
SHORT_ROWS = 10
YES_NO = {"true": "yes", "false": "no"}
OWN_KEYS = ("records", "where", "set", "search", "sort", "page")


def records(
    query: str, *, title: str, columns: tuple[str, ...], order: str, **where: str | None
) -> None:
    """The first records of a list, the columns that matter, and the way to all.

    A minus before the column of the order has the largest first.
    """
    conditions = tuple((column, (value,)) for column, value in where.items())
    column = order.lstrip("-")
    whole = Question(
        query,
        filters(),
        where=conditions,
        order=column,
        descending=order.startswith("-"),
    )
    shown = ask(replace(whole, limit=SHORT_ROWS))
    with st.container(border=True):
        st.markdown(f"##### {title}")
        if not shown.of_rows:
            st.caption("There are none." if shown.sql else "It could not be answered.")
            return
        few, all_rows = shown.rows.num_rows, words.count(shown.of_rows)
        is_all = few == shown.of_rows
        told = f"All {all_rows}" if is_all else f"The first {few} of {all_rows}"
        st.caption(f"{told}, by {words.label(column).lower()}")
        show_grid(shown, columns, key=f"records {title}")
        st.button(
            f"All {words.count(shown.of_rows)}",
            key=f"all {title}",
            type="tertiary",
            on_click=_open,
            args=(whole,),
        )


def _open(question: Question) -> None:
    st.session_state["_chosen"] = question


def record_page() -> None:
    """The records of the address: sentence, search, order, page and extract."""
    _take_in()
    whole = _question()
    shown = _chosen_page(whole)
    st.markdown(f"#### {_sentence(whole, shown.of_rows)}")
    if whole.where:
        st.button("Show all, not only these", on_click=_clear)
    _tools(whole)
    if shown.of_rows:
        _page(shown, shown.of_rows)
    elif shown.sql:
        st.caption("There are none. Remove a word of the search, or a filter.")
    extract(whole)
    _refused()
    _write(whole)


def _take_in() -> None:
    """Adopt the address where it names other records than shown."""
    found = {k: st.query_params.get_all(k) for k in OWN_KEYS if k in st.query_params}
    state = st.session_state
    if found == state.get("_records_address") or not found:
        return
    state["r_query"] = found.get("records", ["records/items"])[0]
    state["_where"] = pairs(found.get("where", []))
    state["_set"] = pairs(found.get("set", []))
    state["r_search"] = found.get("search", [""])[0]
    order = found.get("sort", [""])[0]
    state["r_descending"] = order.startswith("-")
    state["r_order"] = order.lstrip("-") or None
    page = found.get("page", ["1"])[0]
    state["_page"] = int(page) if re.fullmatch("[0-9]{1,9}", page) else 1


def _question() -> Question:
    state = st.session_state
    if state.get("r_query") not in _kinds():
        if state.get("r_query"):
            st.warning(f"There are no records called {words.plain(state['r_query'])}.")
        state["r_query"] = "records/items"
    query = find_query(state["r_query"])
    settings = {"grain": grain(), **{n: v[0] or "" for n, v in state.get("_set", ())}}
    order = state.get("r_order")
    return Question(
        query.name,
        filters(),
        settings=tuple((n, v) for n, v in settings.items() if n in query.parameters),
        where=tuple((c, v) for c, v in state.get("_where", ()) if c in query.columns),
        search=state.get("r_search", ""),
        order=order if order in query.columns else "",
        descending=bool(state.get("r_descending")),
    )


def _kinds() -> list[str]:
    """The lists of records, without those of departments that have no more to tell."""
    untold = {f"ext_{name}" for name in set(EXTENSIONS) - extended()}
    return [
        name
        for name, query in all_queries().items()
        if name.startswith("records/") and not untold & {*relations_of(query)}
    ]


def _sentence(whole: Question, found: int | None) -> str:
    """How many records of what; without a number where they could not be counted."""
    title = find_query(whole.query).title
    parts = [title]
    if found is not None:
        parts = [f"{words.counted(found, 'record')}: {title.lower()}"]
    for column, values in whole.where:
        named = [YES_NO.get(value or NONE, value or NONE) for value in values]
        shown = f"{named[0]} to {named[-1]}" if named[4:] else " or ".join(named)
        if column.startswith("is_"):
            parts.append(f"{words.label(column.removeprefix('is_')).lower()}: {shown}")
        else:
            parts.append(f"{words.label(column).lower()} is {shown}")
    if whole.search:
        parts.append(f"with the text “{whole.search}”")
    return words.plain(", ".join(parts))


def _tools(whole: Question) -> None:
    columns = list(find_query(whole.query).columns)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Records",
            _kinds(),
            key="r_query",
            format_func=lambda name: find_query(name).title,
            on_change=_clear,
            width=260,
        )
        st.session_state.setdefault("r_search", "")
        st.text_input(
            "Search", key="r_search", placeholder="Any text", on_change=_first
        )
        if st.session_state.get("r_order") not in columns:
            st.session_state["r_order"] = None
        st.selectbox(
            "Sort by",
            columns,
            index=None,
            key="r_order",
            format_func=words.label,
            placeholder="As the query does",
            on_change=_first,
            width=220,
        )
        st.toggle("Descending", key="r_descending", on_change=_first)


def _turn() -> None:
    st.session_state["_page"] = st.session_state["r_page"]


def _first() -> None:
    st.session_state["_page"] = 1
    st.session_state.pop("r_page", None)


def _clear() -> None:
    for key in ("_where", "_set", "r_order", "_records_address"):
        st.session_state.pop(key, None)
    _first()
    st.query_params.from_dict(address.filters_now())


def _chosen_page(whole: Question) -> Answer:
    """The rows of the chosen page; of the last one where there are not so many."""
    chosen = max(st.session_state.get("_page", 1), 1)
    shown = ask(_paged(whole, chosen))
    if chosen > 1 and shown.sql and not shown.rows.num_rows:
        chosen = _pages(ask(_paged(whole, 1)).of_rows or 1)
        shown = ask(_paged(whole, chosen))
    st.session_state["_page"] = chosen
    return shown


def _paged(whole: Question, page: int) -> Question:
    return replace(whole, limit=PAGE_ROWS, offset=(page - 1) * PAGE_ROWS)


def _pages(rows: int) -> int:
    return -(-rows // PAGE_ROWS)


def _page(shown: Answer, found: int) -> None:
    offset = shown.question.offset
    last = offset + shown.rows.num_rows
    st.caption(
        f"Rows {words.count(offset + 1)} to {words.count(last)} of {words.count(found)}"
    )
    show_grid(shown, key="records grid", height=640)
    if (pages := _pages(found)) > 1:
        page = st.session_state["_page"]
        st.pagination(pages, default=page, key="r_page", on_change=_turn)


def _refused() -> None:
    whole = Question("data/refused_rows", filters())
    if found := load().refused_rows:
        shown = ask(replace(whole, limit=PAGE_ROWS))
        with st.expander(
            f"{words.count(found)} rows of the source that could not be read"
        ):
            show_grid(shown, ("file", "line", "reason"), key="refused rows")
            st.caption(
                f"The first {PAGE_ROWS} at most; the extract has the whole rows."
            )
            extract(whole)


def _write(whole: Question) -> None:
    """Put what the page shows into its address."""
    found = to_address(whole)
    found.pop("set", None)
    if st.session_state.get("_set"):
        found["set"] = [f"{n}={v[0]}" for n, v in st.session_state["_set"]]
    if whole.search:
        found["search"] = [whole.search]
    if whole.order:
        found["sort"] = [("-" if whole.descending else "") + whole.order]
    if st.session_state.get("_page", 1) > 1:
        found["page"] = [str(st.session_state["_page"])]
    address.keep_own(found)
    st.session_state["_records_address"] = found
