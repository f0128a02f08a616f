"""Which file the page imports into, and what has to be done for its figures to show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dashboard.databases.urls import backend_of, database_file
from dashboard.errors import DatabaseError, MisError, SettingsError
from dashboard.settings import SETTINGS_FILE, Settings, settings_in
from dashboard.sources.connecting import write_settings
from dashboard.sources.trackers import is_sample

NEW_FILE = "operations.duckdb"
START_AGAIN = (
    "end the dashboard (Ctrl+C where it was started) and start it again with `mis run`"
)


class NoPlaceError(MisError):
    """Imports can go nowhere. Says why, and what to do."""


@dataclass(frozen=True)
class Place:
    """The file that imports go into, and whether the pages of this process read it."""

    file: Path
    is_read: bool

    @property
    def told(self) -> str:
        """The same in a sentence."""
        if self.is_read:
            return f"Imports go into {self.file}, which these pages read."
        return (
            "These pages show the sample, which is built anew each day, so imports go "
            f"into {self.file}; to see them, start the dashboard again afterwards."
        )


def place(settings: Settings, folder: Path) -> Place:
    """Where files are imported; `folder` is that of mis.toml.

    Never the sample, which `mis run` builds anew each day. Raises NoPlaceError, and
    DatabaseError for a URL that is none.
    """
    kind = backend_of(settings.database_url)
    if kind != "duckdb":
        raise NoPlaceError(
            f"The dashboard reads a database ({kind}) where it stands, and never "
            "writes to it: to import files, name a file of your own in mis.toml, such "
            f'as database_url = "duckdb:///{NEW_FILE}", and {START_AGAIN}.'
        )
    file = database_file(settings.database_url)
    try:
        if not settings.uses_sample and not is_sample(file):
            return Place(file, is_read=True)
        file = (folder / NEW_FILE).resolve()
        if is_sample(file):
            raise NoPlaceError(
                f"{file} is a sample, into which nothing is imported: move it away, "
                f"or name another file in mis.toml, and {START_AGAIN}."
            )
    except DatabaseError as error:
        raise NoPlaceError(
            f"{error} The page does it once you name that file in mis.toml, such as "
            f'database_url = "duckdb:///{NEW_FILE}", and {START_AGAIN}.'
        ) from error
    return Place(file, is_read=False)


def have_it_read(found: Place, folder: Path) -> str:
    """Name the file in mis.toml where nothing is named; what is left to do, in words.

    Empty where the pages read it already.
    """
    if found.is_read:
        return ""
    settings_file = folder / SETTINGS_FILE
    url = f"duckdb:///{found.file}"
    try:
        if settings_in(settings_file).get("database_url") != url:
            write_settings(settings_file, database_url=url)
    except SettingsError:
        return (
            f'Write `database_url = "{url}"` into {settings_file.resolve()}, then '
            f"{START_AGAIN}."
        )
    except OSError as error:
        return (
            f"{settings_file.resolve()} cannot be written ({error.strerror}): start "
            f"the dashboard again with `mis run --database {found.file}`."
        )
    return f"Now {START_AGAIN} to see these figures: mis.toml names the new file."
