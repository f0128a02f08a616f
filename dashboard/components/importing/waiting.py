"""The rows that wait in quarantine, and the file to mend them in."""

from __future__ import annotations

import streamlit as st

from dashboard.components.asking import stop
from dashboard.components.importing.lists import rows_refused
from dashboard.errors import MisError
from dashboard.extracts.import_links import mend_link
from dashboard.intake.place import Place
from dashboard.sources.quarantine import first_waiting
from dashboard.words import counted, plain

MOST = 200


def rows_that_wait(place: Place) -> None:
    """How many rows wait and why, and a link to each tracker's file of them."""
    try:
        rows, counts = first_waiting(place.file, MOST)
    except MisError as error:
        stop(error)
    with st.container(border=True):
        st.markdown("##### Rows in quarantine")
        if not rows:
            st.caption("No row waits to be mended.")
            return
        st.caption(
            "They could not be read and are in no figure. Correct the tracker and "
            "import its next export; or take the file, correct its cells, leave its "
            "last three columns alone, and drag it in above."
        )
        for tracker, number in counts.items():
            _tracker(place, tracker, number)
        if len(rows) < sum(counts.values()):
            st.caption(f"Here are the first {len(rows)}.")
        rows_refused(rows)


def _tracker(place: Place, tracker: str, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(tracker)}: {counted(number, 'row')}**", width="content")
        st.link_button(
            "CSV to mend", mend_link(place.file, tracker), icon=":material/download:"
        )
