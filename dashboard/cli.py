"""The command line `mis`: the same questions as on the pages, through the same gate.

Each command imports what it needs when it runs, so that a small one is quick.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.errors import MisError, QuestionError
from dashboard.relations import FILTERS

if TYPE_CHECKING:
    from dashboard.answers import Question
    from dashboard.databases import Database
    from dashboard.databases.direct import Direct
    from dashboard.settings import Settings
    from dashboard.sources.importing import ImportReport
    from dashboard.sources.load_lines import LoadLine

Command = Callable[..., None]


class Failure(click.ClickException):
    """An error as one line: `mis: ...`."""

    def __init__(self, message: str, exit_code: int = 1):
        super().__init__(" ".join(message.split()))
        self.exit_code = exit_code  # type: ignore[misc]

    def show(self, file: Any = None) -> None:
        """Print the line."""
        click.echo(f"mis: {self.message}", err=True)


class Mis(click.Group):
    """A group of commands whose every error is one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a traceback is shown only where MIS_DEBUG asks for it."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.NoArgsIsHelpError, Failure):
            raise
        except click.UsageError as error:
            words = error.format_message().rstrip(".")
            raise Failure(f"{words}: `mis --help` tells how.", 2) from None
        except MisError as error:
            raise Failure(str(error)) from None
        except (BrokenPipeError, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get("MIS_DEBUG"):
                raise
            raise Failure(_unexpected(error)) from None


def _unexpected(error: Exception) -> str:
    return (
        f"Something went wrong ({type(error).__name__}): set MIS_DEBUG=1 and repeat "
        f"the command to see where (reference {secrets.token_hex(2).upper()})."
    )


def _database_option(command: Command) -> Command:
    return click.option(
        "--database", metavar="URL", default="", help="Else the setting, or the sample."
    )(command)


def _filter_options(command: Command) -> Command:
    for name in reversed(FILTERS):
        command = click.option(f"--{name.replace('_', '-')}", name, multiple=True)(
            command
        )
    return command


@click.group(cls=Mis)
def cli() -> None:
    """Workload, deadlines, error rates and backlog of a back office."""


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
def queries() -> None:
    """List the questions that can be asked, by subject."""
    from dashboard.query_files import all_queries

    found = all_queries()
    width = max(map(len, found), default=0)
    for _, names in groupby(found, key=lambda name: name.split("/")[0]):
        click.echo("\n".join(f"{name:{width}}  {found[name].title}" for name in names))
        click.echo()


@cli.command()
@click.argument("query")
@_filter_options
@click.option("--from", "start", metavar="DATE", help="First day.")
@click.option("--to", "end", metavar="DATE", help="First day not counted.")
@click.option("--as-of", metavar="TIME", help="What was known then.")
@click.option("--set", "settings", metavar="NAME=VALUE", multiple=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json", "table"]),
    default="table",
    show_default=True,
)
@click.option("--sql", "only_sql", is_flag=True, help="Show the SQL; do not ask.")
@_database_option
def ask(
    query: str,
    start: str | None,
    end: str | None,
    as_of: str | None,
    settings: tuple[str, ...],
    form: str,
    only_sql: bool,
    database: str,
    **chosen: tuple[str, ...],
) -> None:
    """Ask QUERY, such as workload/flow_by_bucket; "(none)" is the group without one."""
    from dashboard import gate, questions
    from dashboard.answers import Question
    from dashboard.query_files import find_query

    find_query(query)
    source = _open(database)
    filters = questions.read_filters(gate.load(source), start, end, as_of, chosen)
    questions.check_values(filters, source)
    question = Question(query, filters, settings=tuple(map(_setting, settings)))
    _print(question, source, "sql" if only_sql else form)


def _open(url: str) -> Database:
    from dashboard.databases import open_database
    from dashboard.settings import read_settings
    from dashboard.starting import url_of

    return open_database(read_settings(database_url=url_of(url)))


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise QuestionError(f"The setting {text!r} has no value: write {name}=VALUE.")
    return name.strip(), value.strip()


def _print(question: Question, database: Database, form: str) -> None:
    from dashboard import gate, printing

    if form == "csv":
        _print_csv(question, database)
    elif form == "json":
        click.echo(printing.as_json(gate.ask(question, database), database))
    elif form == "table":
        click.echo(printing.as_table(gate.ask(question, database)))
    else:
        sql, values = gate.sql_of(question, database)
        bound = [f"-- {name} = {value!s}" for name, value in values.items()]
        click.echo("\n".join([sql, "", *bound]))


def _print_csv(question: Question, database: Database) -> None:
    """The very bytes of the page's extract, once all of them are known to come."""
    from dashboard.extracts.writing import extract

    with tempfile.TemporaryDirectory(prefix="mis-ask.") as folder:
        made = extract(question, database, folder=Path(folder))
        output = sys.stdout.buffer
        with made.csv.open("rb") as file:
            shutil.copyfileobj(file, output)
        output.flush()


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
    from dashboard.progress import progress_bar
    from dashboard.sources.importing import import_files
    from dashboard.starting import file_of

    path = file_of(database)
    with progress_bar() as progress:
        report = import_files(
            mapping, files, path, progress, refused_share=1.0 if accepted else None
        )
    if not report.lines:
        click.echo(f"{path} is as it was: this is already imported.")
        return
    click.echo(_told(report))
    click.echo(f"{path} is {'built' if report.rows else 'as it was'}.")


def _told(report: ImportReport) -> str:
    """What became of the rows, each file and each reason on its own line."""
    lines = [f"{report.rows:,} rows read, {report.refused_rows:,} of them refused."]
    lines += [f"  {_of_file(line)}" for line in report.lines]
    lines += [f"  refused {n:>11,}  {reason}" for reason, n in report.refused.items()]
    lines += [f"  loaded  {n:>11,}  {name}" for name, n in report.loaded.items()]
    return "\n".join([*lines, *(f"  Note: {text}" for text in report.warnings)])


def _of_file(line: LoadLine) -> str:
    """What became of the rows of one file."""
    text = (
        f"{line.part}: {line.source_rows:,} rows = {line.inserted_rows:,} inserted + "
        f"{line.updated_rows:,} updated + {line.unchanged_rows:,} unchanged + "
        f"{line.quarantined_rows:,} in quarantine"
    )
    return text + f"; {line.deleted_rows:,} deleted" * bool(line.deleted_rows)


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


@cli.command()
@click.option("--from", "source", metavar="URL", help="Else the setting source_url.")
@click.option("--into", metavar="URL", help="A DuckDB file; else the database_url.")
@click.option("--whole", is_flag=True, help="Compare all rows now; else once a day.")
def sync(source: str | None, into: str | None, whole: bool) -> None:
    """Copy a busy database into a DuckDB file: what changed since the last time."""
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
            opened, path, progress, whole=whole, expected_minutes=_minutes(settings)
        )
    click.echo("\n".join(sync_lines(report)))
    click.echo(f"{path} is up to date.")


def _minutes(settings: Settings) -> int | None:
    """Within how many minutes a change is expected, where somebody said."""
    return None if settings.fresh_within is None else round(60 * settings.fresh_within)


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


@cli.command()
@_database_option
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
@_database_option
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


@cli.command()
@click.option("--port", type=click.IntRange(1, 65_535), help="Else the first free one.")
@_database_option
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


def main() -> None:
    """Run the command line."""
    cli(prog_name="mis")


if __name__ == "__main__":
    main()
