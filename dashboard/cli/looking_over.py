"""`mis doctor` and `mis advise`: what of a database to mend, and what to add."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from dashboard.cli.group import Failure, cli, database_option

if TYPE_CHECKING:
    from dashboard.databases.direct import Direct


@cli.command()
@database_option
def doctor(database: str) -> None:
    """Look a database over, and say in order what to mend."""
    from dashboard.doctor import examine
    from dashboard.settings import read_settings
    from dashboard.starting import url_of

    to_mend = 0
    for finding in examine(read_settings(database_url=url_of(database))):
        click.echo(f"{finding.state:<5} {finding.about}: {finding.told}")
        to_mend += finding.state == "mend"
    if to_mend:
        raise Failure(f"{to_mend} to mend, from the top down.")


@cli.command()
@database_option
@click.option(
    "--measure-on",
    metavar="URL",
    help="A copy of the database, on which advice is tried, measured and taken back.",
)
def advise(database: str, measure_on: str | None) -> None:
    """Print the indexes, statistics and tables that a database lacks, as SQL.

    It only reads; `mis advise > advice.sql` is a script to read and to run.
    """
    from dashboard.advice import advice, check_copy, script
    from dashboard.advice.measuring import effects, took

    site = _advisable(database, accepts_writer=False)
    pieces = advice(site)
    if not pieces:
        click.echo(script.NOTHING)
        return
    click.echo(script.head())
    if measure_on:
        copy = _advisable(measure_on, accepts_writer=True)
        check_copy(copy, site)
        pieces = advice(copy)
        if not pieces:
            click.echo(script.NOTHING_ON_COPY)
        times: Any = effects(pieces, copy)
    else:
        times = ((took(piece, site),) for piece in pieces)
    for number, (piece, taken) in enumerate(zip(pieces, times, strict=True), start=1):
        click.echo(script.told(number, piece, taken))


def _advisable(url: str, accepts_writer: bool) -> Direct:
    """The database of a URL, if there is advice for its kind."""
    from dashboard.advice import advisable
    from dashboard.databases import open_database
    from dashboard.settings import read_settings
    from dashboard.starting import url_of

    settings = read_settings(database_url=url_of(url))
    if accepts_writer:
        settings = replace(settings, accept_writing_role=True)
    return advisable(open_database(settings))
