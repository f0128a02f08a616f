"""What stands around each figure: its question, definition, SQL, rows and extract."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import words
from dashboard.answers import Answer, Question
from dashboard.components.definition import definition
from dashboard.components.grid import show_grid
from dashboard.extracts.links import link


def heading(answer: Answer, title: str) -> None:
    """The title of a figure, and under it the question of its query."""
    st.markdown(f"##### {title or answer.query.title}", help=answer.query.question)
    st.caption(answer.query.question)


def unshown(answer: Answer, title: str, why: str) -> None:
    """A figure that cannot be drawn, and why not."""
    with st.container(border=True):
        heading(answer, title)
        st.caption(why)


def nothing(answer: Answer) -> str:
    """Why an answer may have no rows, in a sentence."""
    return f"no rows for {words.plain(answer.question.filters.sentence())}."


def explained(answer: Answer, key: str) -> None:
    """Definition and SQL, extract and table under a figure."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        # What is closed costs nothing: most is never opened.
        with st.popover(
            "Definition and SQL", type="tertiary", key=f"{key} more", on_change="rerun"
        ) as more:
            if more.open:
                definition(answer)
                st.code(answer.sql, language="sql")
                st.json(_values(answer), expanded=False)
                about = link(answer.question, "about")
                st.link_button("All of this as a file", about, type="tertiary")
        st.link_button("CSV", link(answer.question, "csv"), type="tertiary")
        # Most tables are never looked at, and each takes time.
        wants_table = key.startswith("chart") and st.toggle("Table", key=f"{key} table")
    if wants_table:
        show_grid(answer, (), key=f"{key} grid")


def extract(question: Question) -> None:
    """Links to all rows of a question as CSV, and to the file that explains them."""
    with st.container(horizontal=True):
        st.link_button("CSV", link(question, "csv"), icon=":material/download:")
        st.link_button("About these rows", link(question, "about"))


def _values(answer: Answer) -> Mapping[str, str]:
    return {name: str(value) for name, value in answer.values.items()}
