"""What every number means: one place for all definitions."""

import streamlit as st

from dashboard.components.glossary import definitions, vocabulary

search = st.text_input("Search", placeholder="Any word").strip().lower()
definitions(search)
vocabulary(search)
