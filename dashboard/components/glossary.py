"""The definitions of all metrics, by subject, and the words that they use."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from dashboard.components.definition import metric_line
from dashboard.glossary import WORDS, Definition, glossary
from dashboard.words import label


def definitions(search: str) -> None:
    """Every metric whose definition has the text, under its subject."""
    found = [known for known in glossary().values() if search in _text(known)]
    if not found:
        st.caption("No definition has this text.")
    for subject, known in groupby(found, key=_subject):
        with st.container(border=True):
            st.markdown(f"##### {label(subject)}")
            for definition in known:
                st.markdown(
                    f"{metric_line(definition)} `{definition.query.file}`",
                )


def vocabulary(search: str) -> None:
    """The words of the pages whose meaning has the text."""
    found = {w: text for w, text in WORDS.items() if search in f"{w} {text}".lower()}
    if found:
        with st.container(border=True):
            st.markdown("##### Words")
            lines = [f"- **{word}**: {text}." for word, text in found.items()]
            st.markdown("\n".join(lines))


def _subject(known: Definition) -> str:
    return known.query.name.split("/")[0]


def _text(known: Definition) -> str:
    return f"{known.metric.key} {metric_line(known)} {known.query.title}".lower()
