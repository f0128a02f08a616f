"""Every setting, named once: from the environment, mis.toml or a default."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dashboard.errors import SettingsError

ROOT = Path(__file__).resolve().parents[1]
DECISIONS = "decisions"  # beside mis.toml
SETTINGS_FILE = "mis.toml"
SAMPLE = ROOT / "sample_data" / "operations.duckdb"


@dataclass(frozen=True)
class Settings:
    """What a site may set; MIS_DATABASE_URL in the environment is database_url here."""

    database_url: str = f"duckdb:///{SAMPLE}"
    source_url: str = ""  # what `mis sync` copies into the database_url
    mapping: str = ""  # a folder of selects over the site's own tables
    zone: str = ""  # empty: as the database says
    time_limit_seconds: float = 30.0
    accept_writing_role: bool = False  # a user of the database who could change it
    fresh_within: float | None = None  # hours within which a change is expected
    decisions: str = ""  # a folder of what the site decides itself; empty: none

    @property
    def uses_sample(self) -> bool:
        """Whether the sample in its usual place is what is read."""
        return self.database_url == f"duckdb:///{SAMPLE}"


def read_settings(folder: Path | None = None, database_url: str = "") -> Settings:
    """Settings of the environment and of mis.toml in `folder` (default: here).

    `database_url`, where given, wins. Raises SettingsError for an unknown name, a zone
    that does not exist, or a time that is no positive number.
    """
    values: dict[str, object] = settings_in((folder or Path()) / SETTINGS_FILE)
    for name in Settings.__dataclass_fields__:
        if text := os.environ.get(f"MIS_{name.upper()}"):
            values[name] = text
    if database_url:
        values["database_url"] = database_url
    zone, limit = str(values.get("zone", "")), values.get("time_limit_seconds", 30.0)
    hours = values.get("fresh_within", "")
    return Settings(
        database_url=str(values.get("database_url", Settings.database_url)),
        source_url=str(values.get("source_url", "")),
        mapping=str(values.get("mapping", "")),
        zone=checked_zone(zone),
        time_limit_seconds=_checked_time("time_limit_seconds", limit, "seconds"),
        accept_writing_role=_checked_flag(values.get("accept_writing_role", False)),
        fresh_within=_checked_time("fresh_within", hours, "hours")
        if hours != ""
        else None,
        decisions=str(values.get("decisions", DECISIONS)),
    )


def settings_in(path: Path) -> dict[str, object]:
    """What a settings file says; nothing if it is not there. Raises SettingsError."""
    if not path.exists():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} is not valid TOML: {error}.") from error
    known = Settings.__dataclass_fields__
    for name in values:
        if name not in known:
            raise SettingsError(
                f"{path.name}: there is no setting {name!r}; "
                f"the settings are {', '.join(known)}."
            )
    return values


def checked_zone(zone: str) -> str:
    """The name of a zone, or empty. Raises SettingsError where there is none so."""
    try:
        if zone:
            ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"The setting zone names {zone!r}, which is no time zone: "
            "write one such as Europe/London."
        ) from error
    return zone


def _checked_flag(value: object) -> bool:
    known = {"true": True, "false": False}
    if str(value).lower() not in known:
        raise SettingsError(
            f"The setting accept_writing_role is {value!r}: write true or false."
        )
    return known[str(value).lower()]


def _checked_time(name: str, told: object, unit: str) -> float:
    try:
        number = float(str(told))
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise SettingsError(
            f"The setting {name} is {told!r}: write a positive number of {unit}."
        )
    return number
