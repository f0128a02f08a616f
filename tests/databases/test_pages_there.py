"""Every page opens on every database."""

import pytest

from dashboard import gate
from dashboard.navigation import DEPARTMENTS, PAGES
from tests.databases.sites import DATABASES
from tests.test_pages import TITLES, opened

NAMES = [name for name, _, _ in (*PAGES, *DEPARTMENTS)]


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_without_an_error(sites, kind, name, monkeypatch):
    url = sites.site(kind, "sample").url.render_as_string(hide_password=False)
    monkeypatch.setenv("MIS_DATABASE_URL", url)
    gate.forget()
    app = opened(name)
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert app.title[0].value == TITLES[name]
