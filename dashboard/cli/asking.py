"""`mis queries` and `mis ask`: the questions of the pages, on the terminal."""

from __future__ import annotations

import shutil
import sys
import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.group import Command, cli, database_option
from dashboard.errors import QuestionError
from dashboard.relations import FILTERS

if TYPE_CHECKING:
    from dashboard.answers import Question
    from dashboard.databases import Database


@cli.command()
def queries() -> None:
    """List the questions that can be asked, by subject."""
    from dashboard.query_files import all_queries

    found = all_queries()
    width = max(map(len, found), default=0)
    for _, names in groupby(found, key=lambda name: name.split("/")[0]):
        click.echo("\n".join(f"{name:{width}}  {found[name].title}" for name in names))
        click.echo()


def _filter_options(command: Command) -> Command:
    for name in reversed(FILTERS):
        command = click.option(f"--{name.replace('_', '-')}", name, multiple=True)(
            command
        )
    return command


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
@database_option
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
