"""The web server: the pages, and beside them the routes of extracts and of health."""

from __future__ import annotations

import importlib
import threading
from functools import partial
from typing import Any

import streamlit as st
from starlette.routing import Route
from streamlit import config

from dashboard import health
from dashboard.databases import open_database
from dashboard.extracts import links, mend_links
from dashboard.settings import ROOT, Settings
from dashboard.theme import STREAMLIT_THEME

SCRIPT = ROOT / "app.py"
CONFIG: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.disableDataExport": True,  # extracts say what they are; its buttons do not
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
    "runner.postScriptGC": False,  # costs more than it frees
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["127.0.0.1", "localhost"],  # a foreign name is a trick
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxCacheDataSize": "256MB",
    "server.maxUploadSize": 200,  # MB; held in memory until its session ends
    **STREAMLIT_THEME,
}


def app(settings: Settings) -> st.App:
    """The whole application; `.run(config=CONFIG)` serves it."""
    return st.App(SCRIPT, routes=routes(settings))


def routes(settings: Settings) -> list[Route]:
    """Our own routes, over the database of these settings.

    Called as the server starts, so here the slow libraries begin to load.
    """
    threading.Thread(target=_load_slow_libraries, daemon=True).start()
    database = partial(open_database, settings)
    return [*health.routes(database), *links.routes(database), *mend_links.routes()]


def configure() -> None:
    """Set what CONFIG says where nobody has said otherwise, for `streamlit run`."""
    for name, value in CONFIG.items():
        if not config.is_manually_set(name):
            config.set_option(name, value)


def _load_slow_libraries() -> None:
    """Load them before the first reader has to wait for them."""
    for name in ("pandas", "plotly.graph_objects", "statsmodels.stats.proportion"):
        importlib.import_module(name)
