"""`mis connect`: point the dashboard at a database, by questions and answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.cli.group import Failure, cli
from dashboard.errors import QuestionError

if TYPE_CHECKING:
    from dashboard.databases.direct import Direct


@cli.command()
@click.argument("url", required=False)
def connect(url: str | None) -> None:
    """Point the dashboard at a database: asks, tries, and writes mis.toml here.

    URL is such as postgresql://reader@host/operations; the password may stand in the
    environment instead, as MIS_DATABASE_URL with all of it.
    """
    from dashboard.sources import connecting

    settings_file, mapping = Path("mis.toml"), Path("mapping")
    database = _source(url or click.prompt("URL of the database"))
    tables = connecting.tables_of(database)
    click.echo(f"It has {len(tables):,} tables or views that may be read.")
    click.echo("Trying whether the user could write ...")
    if connecting.can_write(database, tables):
        raise Failure(
            "This user can write to the database: name one that can only read, as "
            "docs/databases.md shows, and connect again."
        )
    click.echo("It can only read.")
    named = _mapped(database, tables, mapping)
    zone = click.prompt("Time zone of the reports", default="Europe/London")
    connecting.write_settings(
        settings_file,
        database_url=database.url.render_as_string(hide_password=False),
        mapping=named,
        zone=zone,
    )
    click.echo(f"{settings_file} is written. Now: mis doctor, then mis run.")


def _source(url: str) -> Direct:
    """The database of a URL, if it is one to connect to."""
    from dashboard.databases import open_database
    from dashboard.databases.direct import Direct
    from dashboard.settings import Settings

    database = open_database(Settings(url))
    if not isinstance(database, Direct):
        raise QuestionError(
            "A DuckDB file needs no connecting: name it in the setting database_url."
        )
    return database


def _mapped(database: Direct, tables: Any, folder: Path) -> str:
    """Write the mapping that fits, asking where more than one might; its folder."""
    from dashboard.sources import connecting

    if any(table.lower() == "work_items" for table in tables):
        click.echo("It has work_items, so its tables are read as they are.")
        return ""
    click.echo("Looking whether a ready mapping fits ...")
    for name in connecting.fitting(database):
        if click.confirm(f"Its tables are those of {name}: use that mapping?"):
            connecting.write_ready(name, folder)
            click.echo(f"It is copied to {folder}/, where you may change it.")
            return str(folder)
    for number, (table, columns) in enumerate(tables.items(), start=1):
        click.echo(f"{number:>4}  {table}  ({len(columns)} columns)")
    choice = click.IntRange(1, len(tables))
    table = list(tables)[click.prompt("Which holds the units of work", type=choice) - 1]
    found = connecting.draft(database, table, tables[table])
    connecting.write_draft(found, folder)
    click.echo(f"A first draft is in {folder}/work_items.sql:\n\n{found.sql}")
    return str(folder)
