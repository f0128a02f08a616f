"""Those who watch over the process are told that it lives, and that it can answer."""

from datetime import date

from sample_data.build import build
from tests.browsing import served
from tests.health import seconds_until, told


def test_a_file_that_is_gone_is_told_and_so_is_its_return(tmp_path):
    path, away = tmp_path / "operations.duckdb", tmp_path / "away.duckdb"
    build(path, items=500, end=date(2026, 11, 22))
    with served(path) as address:
        assert told(address, "/livez") == (200, "alive\n")
        assert told(address, "/readyz") == (200, "ready\n")
        path.rename(away)
        assert seconds_until(address, 503) <= 5
        words = "The operations database does not answer.\n"
        assert told(address, "/readyz") == (503, words)
        assert told(address, "/livez") == (200, "alive\n")
        away.rename(path)
        assert seconds_until(address, 200) <= 5


def test_a_file_that_is_cut_is_told(tmp_path):
    path = tmp_path / "operations.duckdb"
    build(path, items=500, end=date(2026, 11, 22))
    with served(path) as address:
        assert told(address, "/readyz")[0] == 200
        path.write_bytes(path.read_bytes()[:5000])
        assert seconds_until(address, 503) <= 5
