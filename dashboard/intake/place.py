"""Which file the page imports into, and what has to be done for its figures to show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dashboard.databases.opening import backend_of, database_file
from dashboard.errors import DatabaseError, SettingsError
from dashboard.settings import SETTINGS_FILE, Settings, settings_in
from dashboard.sources.connecting import write_settings
from dashboard.sources.trackers import is_sample

NEW_FILE = "operations.duckdb"
START_AGAIN = (
    "end the dashboard (Ctrl+C where it was started) and start it again with `mis run`"
)


@dataclass(frozen=True)
class Place:
    """Where imports go, in a sentence; without a file they can go nowhere."""

    told: str
    file: Path | None = None
    is_read: bool = True  # by the pages of this process


def place(settings: Settings, folder: Path) -> Place:
    """Where files are imported; `folder` is that of mis.toml. Raises DatabaseError.

    Never the sample, which `mis run` builds anew each day.
    """
    kind = backend_of(settings.database_url)
    if kind != "duckdb":
        return Place(
            f"The dashboard reads a database ({kind}) where it stands, and never "
            "writes to it: to import files, name a file of your own in mis.toml, such "
            f'as database_url = "duckdb:///{NEW_FILE}", and {START_AGAIN}.'
        )
    file = database_file(settings.database_url)
    try:
        if not settings.uses_sample and not is_sample(file):
            return Place(f"Imports go into {file}, which these pages read.", file)
        file = (folder / NEW_FILE).resolve()
        if is_sample(file):
            return Place(
                f"{file} is a sample, into which nothing is imported: move it away, "
                f"or name another file in mis.toml, and {START_AGAIN}."
            )
    except DatabaseError as error:
        return Place(str(error))
    return Place(
        "These pages show the sample, which is built anew each day, so imports go into "
        f"{file}; to see them, start the dashboard again afterwards.",
        file,
        is_read=False,
    )


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
