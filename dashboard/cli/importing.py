"""`mis import` and `mis quarantine`: files of trackers into a database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from dashboard.cli.group import Failure, cli
from dashboard.cli.guessing import guess
from dashboard.cli.reporting import told


@cli.command(name="import")
@click.argument("given", nargs=-1, required=True, metavar="[MAPPING] FILE...")
@click.option("--database", metavar="URL", default="", help="The file to build.")
@click.option(
    "--accept-refused",
    "accepted",
    is_flag=True,
    help="Import what can be read, however much cannot.",
)
@click.option(
    "--guess", "is_guess", is_flag=True, help="Propose a mapping for the files."
)
@click.option("--name", default="", help="With --guess: whose files they are.")
@click.option("--zone", default="", help="With --guess: the time zone of the files.")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE.toml",
    help="With --guess: write the mapping there, import nothing.",
)
def import_(
    given: tuple[str, ...],
    database: str,
    accepted: bool,
    is_guess: bool,
    name: str,
    zone: str,
    target: Path | None,
) -> None:
    """Merge files into a database by MAPPING: a file, or a shipped name.

    With --guess there is no MAPPING yet: one is proposed, what it leaves open is asked,
    and what an import would do is shown before it is done.
    """
    if is_guess:
        guess([Path(file) for file in given], name, zone, database, target)
        return
    if len(given) < 2:
        raise click.UsageError("Missing argument 'FILE...'.")
    if not database:
        raise click.UsageError("Missing option '--database'.")
    carry_out(given[0], [Path(file) for file in given[1:]], database, accepted)


def carry_out(
    mapping: str | Path, files: Sequence[Path], database: str, accepted: bool = False
) -> None:
    """Import files, and say what became of them."""
    from dashboard.decisions import calendars_to_build_by
    from dashboard.progress import progress_bar
    from dashboard.settings import read_settings
    from dashboard.sources.importing import import_files
    from dashboard.starting import file_of

    path = file_of(database)
    with progress_bar() as progress:
        report = import_files(
            mapping,
            files,
            path,
            progress,
            refused_share=1.0 if accepted else None,
            calendars=calendars_to_build_by(read_settings().decisions),
        )
    if not report.lines:
        click.echo(f"{path} is as it was: this is already imported.")
        return
    click.echo(told(report))
    click.echo(f"{path} is {'built' if report.rows else 'as it was'}.")
    if report.still_broken:
        raise Failure(
            f"Every row of {', '.join(report.still_broken)} is still refused, for the "
            "reasons above: mend the cells as the columns declare them, and import "
            "the file again."
        )


@cli.command()
@click.option(
    "--database",
    metavar="URL",
    default="",
    help="The file of imports; that of the settings unless given.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Write them there, to be mended and imported again.",
)
@click.option("--tracker", metavar="NAME", help="Whose, where rows of several wait.")
def quarantine(database: str, target: Path | None, tracker: str | None) -> None:
    """List the rows that an import refused and that wait to be mended."""
    from dashboard.settings import read_settings
    from dashboard.sources.quarantine import waiting, write_waiting
    from dashboard.starting import file_of

    path = file_of(database or read_settings().database_url)
    if target:
        count = write_waiting(path, target, tracker)
        click.echo(f"{count:,} rows are in {target}: mend them and import that file.")
        return
    rows = [row for row in waiting(path) if tracker in (None, row.tracker)]
    for row in rows:
        place = f"{row.tracker}: {row.file}, line {row.line}"
        click.echo(f"{place}: {row.reason}: {row.told}")
    click.echo(f"{len(rows):,} rows wait in quarantine.")
