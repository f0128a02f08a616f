"""What the site decides itself: targets, calendars, annotations, owners."""

import streamlit as st

from dashboard.components import administration

administration.outcome()
sections = {
    "Targets": administration.targets,
    "Calendars": administration.calendars,
    "Annotations": administration.remarks,
    "Owners": administration.owners,
    "Audit": administration.audit,
}
tabs = st.tabs(list(sections), on_change="rerun", key="administration")
for tab, section in zip(tabs, sections.values(), strict=True):
    if tab.open:
        with tab:
            section()
