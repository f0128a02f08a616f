"""The dashboard. `mis run` and `streamlit run app.py` open it.

Streamlit runs this file as a script for every view; the server imports it for `app`.
"""

import streamlit as st

if __name__ == "__main__":
    from dashboard.shell import show

    show()
else:
    from dashboard import server
    from dashboard.settings import read_settings

    server.configure()
    app = st.App(__file__, routes=server.routes(read_settings()))
