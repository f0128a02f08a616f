"""`mis run` and `mis sample`: the dashboard, and a company to try it on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from dashboard.cli.group import cli, database_option
from dashboard.errors import MisError

if TYPE_CHECKING:
    from dashboard.settings import Settings


@cli.command()
@click.argument("database")
@click.option("--items", type=click.IntRange(1), help="About how many; else 200,000.")
@click.option("--seed", type=click.IntRange(0), help="Another seed, another company.")
@click.option("--end", metavar="DATE", help="Last day; else today.")
def sample(database: str, **given: Any) -> None:
    """Build the sample operations database in the file DATABASE."""
    from dashboard.filters import parse_day
    from dashboard.progress import progress_bar
    from dashboard.starting import file_of
    from sample_data.build import build

    path = file_of(database)
    options = {name: value for name, value in given.items() if value is not None}
    if "end" in options:
        options["end"] = parse_day(options["end"], "The last day")
    with progress_bar() as progress:
        build(path, **options, progress=progress)
    click.echo(f"{path} is built.")


@cli.command()
@click.option("--port", type=click.IntRange(1, 65_535), help="Else the first free one.")
@database_option
def run(port: int | None, database: str) -> None:
    """Open the dashboard; builds the sample first where it is missing or old."""
    from dashboard.progress import progress_bar
    from dashboard.settings import read_settings
    from dashboard.starting import ADDRESS, free_port, prepare_sample, url_of

    settings = read_settings(database_url=url_of(database))
    os.environ["MIS_DATABASE_URL"] = settings.database_url  # the pages read it there
    port = free_port(port)
    with progress_bar() as progress:
        prepare_sample(settings, progress)
    _warn_unless_open(settings)
    click.echo(f"The dashboard opens at http://{ADDRESS}:{port} (Ctrl+C ends it).")
    from dashboard import server

    server.app(settings).run(config={**server.CONFIG, "server.port": port})


def _warn_unless_open(settings: Settings) -> None:
    """Say at once what the pages will say: they open all the same, and recover."""
    from dashboard import gate
    from dashboard.databases import open_database

    try:
        gate.load(open_database(settings))
    except MisError as error:
        click.echo(f"Note: {error}", err=True)
