"""`mis decisions`: what the site decides itself, checked, and built into the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.cli.group import Failure, cli, database_option

if TYPE_CHECKING:
    from dashboard.decisions import Standing
    from dashboard.settings import Settings


@cli.command()
@click.option("--build", is_flag=True, help="Build the file anew by the calendars.")
@database_option
def decisions(build: bool, database: str) -> None:
    """Check the files of decisions and their audit; tell what is in force today."""
    from dashboard.decisions import standing
    from dashboard.settings import read_settings
    from dashboard.starting import url_of

    settings = read_settings(database_url=url_of(database))
    folder = Path(settings.decisions)
    if not settings.decisions or not folder.is_dir():
        click.echo("Nothing is decided here: there is no folder of decisions.")
        return
    faults = _audit(folder)  # before what was changed by hand is noticed
    found = standing(settings.decisions)
    _tell(found, folder)
    for problem in (*found.problems, *faults):
        click.echo(f"mend  {problem}")
    if found.problems or faults:
        raise Failure(f"{len(found.problems) + len(faults)} to mend.")
    _note_unknown(found, settings)
    if build:
        _build(settings)


def _audit(folder: Path) -> list[str]:
    """What is wrong with the chain; tells how far it reaches."""
    from dashboard.decisions import audit
    from dashboard.decisions.files import DECIDED, contents, sha256
    from dashboard.words import counted

    lines, there = audit.read(folder), contents(folder)
    if lines:
        click.echo(
            f"{folder / audit.AUDIT}: {counted(len(lines), 'line')}; the last is "
            f"number {lines[-1].number}, {lines[-1].line_sha256}"
        )
    for name in DECIDED:
        if said := audit.stale(lines, name, sha256(there.get(name))):
            click.echo(f"note  {said}")
    return audit.faults(lines)


def _tell(found: Standing, folder: Path) -> None:
    from dashboard.decisions import DECIDED, file_name
    from dashboard.decisions.checking import is_in_force

    for name in DECIDED:
        if name in found.hashes and name not in found.broken:
            rows = found.rows[name]
            today = [row for row in rows if is_in_force(row, date.today())]
            click.echo(
                f"{folder / file_name(name)}: {len(rows):,} rows, {len(today):,} in "
                "force today"
            )
            for row in today:
                click.echo(f"  {_told(row)}")


def _told(row: dict[str, Any]) -> str:
    """A row as names and values, those left out that are empty."""
    return ", ".join(f"{n} {value}" for n, value in row.items() if value is not None)


def _note_unknown(found: Standing, settings: Settings) -> None:
    """Name departments that the data does not: they may come, or are misspelt."""
    from dashboard import gate
    from dashboard.answers import Question
    from dashboard.databases import open_database
    from dashboard.decisions import file_name
    from dashboard.errors import DatabaseError
    from dashboard.questions import VALUES, read_filters

    opened = open_database(settings)
    try:
        every = read_filters(gate.load(opened), None, None, None, {})
        values = gate.ask(Question(VALUES, every), opened).rows.to_pylist()
    except DatabaseError as error:
        click.echo(f"note  {error}")
        return
    known = {row["value"] for row in values if row["filter"] == "department"}
    for name, rows in found.rows.items():
        told = {row["department"] for row in rows if row.get("department")}
        for department in sorted(told - known):
            click.echo(
                f"note  {file_name(name)} names the department {department}, which "
                "the data does not know: correct it, if it is misspelt."
            )


def _build(settings: Settings) -> None:
    from dashboard.decisions import calendars_to_build_by
    from dashboard.progress import progress_bar
    from dashboard.sources.building_anew import build_anew
    from dashboard.starting import file_of

    path = file_of(settings.database_url)
    calendars = calendars_to_build_by(settings.decisions)
    if calendars is None:
        click.echo("No calendars are decided, so there is nothing to build anew by.")
        return
    with progress_bar() as progress:
        is_built = build_anew(path, calendars, progress)
    done = "is built anew by" if is_built else "counts already by"
    click.echo(f"{path} {done} the calendars that were decided.")
