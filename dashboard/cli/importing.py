"""`mis import` and `mis quarantine`: files of trackers into a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.group import cli

if TYPE_CHECKING:
    from dashboard.sources.importing import ImportReport


@cli.command(name="import")
@click.argument("mapping")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--database", metavar="URL", required=True, help="The file to build.")
@click.option(
    "--accept-refused",
    "accepted",
    is_flag=True,
    help="Import what can be read, however much cannot.",
)
def import_(
    mapping: str, files: tuple[Path, ...], database: str, accepted: bool
) -> None:
    """Merge files into a database by MAPPING: a file, or a shipped name."""
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
    click.echo(_told(report))
    click.echo(f"{path} is {'built' if report.rows else 'as it was'}.")


def _told(report: ImportReport) -> str:
    """What became of the rows, each file and each reason on its own line."""
    lines = [f"{report.rows:,} rows read, {report.refused_rows:,} of them refused."]
    lines += [f"  {line.told()}" for line in report.lines]
    lines += [f"  refused {n:>11,}  {reason}" for reason, n in report.refused.items()]
    lines += [f"  loaded  {n:>11,}  {name}" for name, n in report.loaded.items()]
    return "\n".join([*lines, *(f"  Note: {text}" for text in report.warnings)])


@cli.command()
@click.option("--database", metavar="URL", required=True, help="The file of imports.")
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
    from dashboard.sources.quarantine import waiting, write_waiting
    from dashboard.starting import file_of

    path = file_of(database)
    if target:
        count = write_waiting(path, target, tracker)
        click.echo(f"{count:,} rows are in {target}: mend them and import that file.")
        return
    rows = [row for row in waiting(path) if tracker in (None, row.tracker)]
    for row in rows:
        click.echo(f"{row.tracker}: {row.file}, line {row.line}: {row.reason}")
    click.echo(f"{len(rows):,} rows wait in quarantine.")
