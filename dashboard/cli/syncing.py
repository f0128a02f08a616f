"""`mis sync`: a copy of a busy database, kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dashboard.cli.group import cli

if TYPE_CHECKING:
    from dashboard.settings import Settings


@cli.command()
@click.option("--from", "source", metavar="URL", help="Else the setting source_url.")
@click.option("--into", metavar="URL", help="A DuckDB file; else the database_url.")
@click.option("--whole", is_flag=True, help="Compare all rows now; else once a day.")
def sync(source: str | None, into: str | None, whole: bool) -> None:
    """Copy a busy database into a DuckDB file: what changed since the last time."""
    from dashboard.decisions import calendars_to_build_by
    from dashboard.progress import progress_bar
    from dashboard.settings import read_settings
    from dashboard.sources.syncing import open_source, sync_lines
    from dashboard.sources.syncing import sync as copy
    from dashboard.starting import file_of

    settings = read_settings()
    path = file_of(into or settings.database_url)
    opened = open_source(settings, source or settings.source_url)
    with progress_bar() as progress:
        report = copy(
            opened,
            path,
            progress,
            whole=whole,
            expected_minutes=_minutes(settings),
            calendars=calendars_to_build_by(settings.decisions),
        )
    click.echo("\n".join(sync_lines(report)))
    click.echo(f"{path} is up to date.")


def _minutes(settings: Settings) -> int | None:
    """Within how many minutes a change is expected, where somebody said."""
    return None if settings.fresh_within is None else round(60 * settings.fresh_within)
