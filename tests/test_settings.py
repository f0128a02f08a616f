"""Settings: from the environment, else mis.toml, else a default."""

import pytest

from dashboard.errors import SettingsError
from dashboard.settings import read_settings


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "ZONE", "TIME_LIMIT_SECONDS"):
        monkeypatch.delenv(f"MIS_{name}", raising=False)
    return tmp_path


def test_nothing_set_reads_the_sample(folder):
    assert read_settings(folder).uses_sample


def test_the_argument_wins_over_environment_over_file(folder, monkeypatch):
    (folder / "mis.toml").write_text('database_url = "duckdb:///file"\nzone = "UTC"')
    assert read_settings(folder).database_url == "duckdb:///file"
    monkeypatch.setenv("MIS_DATABASE_URL", "duckdb:///environment")
    assert read_settings(folder).database_url == "duckdb:///environment"
    found = read_settings(folder, database_url="duckdb:///argument")
    assert found.database_url == "duckdb:///argument"
    assert found.zone == "UTC"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour = 1", "there is no setting 'colour'"),
        ("zone = ", "is not valid TOML"),
        ('zone = "Mars/Base"', "is no time zone"),
        ('zone = "../etc/passwd"', "is no time zone"),
        ("time_limit_seconds = 0", "a positive number"),
        ("time_limit_seconds = -1", "a positive number"),
        ("time_limit_seconds = nan", "a positive number"),
        ("time_limit_seconds = inf", "a positive number"),
        ('time_limit_seconds = "soon"', "a positive number"),
        ("fresh_within = 0", "a positive number of hours"),
        ('fresh_within = "soon"', "a positive number of hours"),
    ],
)
def test_a_wrong_setting_is_one_sentence(folder, text, words):
    (folder / "mis.toml").write_text(text)
    with pytest.raises(SettingsError, match=words):
        read_settings(folder)


def test_within_how_many_hours_a_change_is_expected_is_not_said_unless_set(folder):
    assert read_settings(folder).fresh_within is None
    (folder / "mis.toml").write_text("fresh_within = 1.5")
    assert read_settings(folder).fresh_within == 1.5
