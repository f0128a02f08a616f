"""An import looked at, confirmed, carried out and told of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from dashboard.components.importing.telling import preview, report
from dashboard.errors import MisError
from dashboard.intake.orders import Done, Order, Run
from dashboard.sources.previewing import Preview
from dashboard.words import counted, percent, plain

SEEN, RUN = "_import_seen", "_import_run"
PAUSE = 0.3  # seconds between two looks at an import under way
ACCEPTED = "import accepted"
LOOK = "Show what would happen"


@dataclass(frozen=True)
class _Seen:
    """What a look at an order found: a preview, or what is wrong with the order."""

    of: tuple[object, ...]
    preview: Preview | None
    error: str


def look_and_import(order: Order | None) -> None:
    """What an order would do, and its import once it is confirmed.

    A preview holds for its files and its mapping alone; other ones drop it.
    """
    run: Run | None = st.session_state.get(RUN)
    if run:
        _follow(run)
    if order is None:
        st.button(LOOK, disabled=True)
        _tell_of(run)
        return
    seen: _Seen | None = st.session_state.get(SEEN)
    if seen and seen.of != order.identity:
        seen = None
    place = st.empty()
    if (seen is None or seen.error) and place.button(LOOK, type="primary"):
        seen = _look(order)
    if seen is None:
        _tell_of(run)
    elif seen.preview is None:
        st.error(plain(seen.error), icon=":material/error:")
    else:
        place.empty()
        _confirm(seen.preview, order)


def _look(order: Order) -> _Seen:
    """Make the import and do not keep it; the result of the last one is old news."""
    st.session_state.pop(RUN, None)
    bar = st.progress(0.0, "Reading the files …")
    try:
        found, error = order.preview(partial(_draw, bar)), ""
    except MisError as wrong:
        found, error = None, str(wrong)
    bar.empty()
    seen = _Seen(order.identity, found, error)
    st.session_state[SEEN] = seen
    return seen


def _draw(bar: Any, what: str, done: int, total: int) -> None:
    bar.progress(min(done / total, 1.0) if total else 0.0, f"{plain(what)} …")


def _confirm(found: Preview, order: Order) -> None:
    """What would happen, and the one button that writes."""
    preview(found)
    if not found.report.rows:
        return
    read = found.report.rows - found.report.refused_rows
    with st.form("import", border=False):
        if found.is_too_much:
            share = percent(found.report.refused_rows / found.report.rows)
            st.checkbox(
                f"{counted(found.report.refused_rows, 'row')} ({share}) cannot be "
                "read, more than the mapping allows; most often it does not fit the "
                "files. Import the others all the same.",
                key=ACCEPTED,
            )
        st.form_submit_button(
            f"Import {counted(read, 'row')}",
            type="primary",
            icon=":material/upload:",
            on_click=_start,
            args=(order, found.is_too_much),
        )


def _start(order: Order, needs_consent: bool) -> None:
    """Begin the import that was looked at; a second click finds nothing to begin."""
    share = None
    if needs_consent:
        if not st.session_state.get(ACCEPTED):
            st.toast("Tick the box first, or mend the mapping or the files.")
            return
        share = 1.0
    if st.session_state.pop(SEEN, None):
        work: Callable[..., Done] = partial(order.carry_out, share)
        st.session_state[RUN] = Run(work)


def _follow(run: Run) -> None:
    """Show how far an import is, until it is over."""
    if run.is_over(0):
        return
    bar = st.progress(0.0, "Importing …")
    while not run.is_over(PAUSE):
        _draw(bar, *run.step)
    st.rerun()


def _tell_of(run: Run | None) -> None:
    """What became of the last import."""
    if run is None:
        return
    if run.done is None:
        st.error(plain(run.error), icon=":material/error:")
        return
    report(run.done.report)
    if run.done.left_to_do:
        st.info(run.done.left_to_do, icon=":material/restart_alt:")
    else:
        st.page_link(
            "dashboard/pages/data_health.py",
            label="Data health: is every row accounted for?",
            icon=":material/health_metrics:",
        )
