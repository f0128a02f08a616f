"""`mis import --guess`: a mapping by questions and answers, and what it would do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from dashboard.cli.group import Failure
from dashboard.cli.reporting import previewed
from dashboard.errors import ImportFileError, SettingsError
from dashboard.settings import checked_zone, read_settings

if TYPE_CHECKING:
    from dashboard.sources.guessing import Asked, Proposal

HERE = Path("mapping.toml")


def guess(
    files: Sequence[Path], name: str, zone: str, database: str, target: Path | None
) -> None:
    """Propose a mapping, show what an import by it would do, and do it if told to."""
    _check_new(target or HERE)
    is_asked = sys.stdin.isatty()
    zone = checked_zone(zone or _zone(is_asked))
    proposal = _settled(files, name or files[0].stem, zone, is_asked)
    click.echo(proposal.mapping)
    click.echo("\n".join(f"- {sentence}" for sentence in proposal.told))
    if is_asked and not database and not target:
        database = click.prompt("Database to import into", default="operations.duckdb")
    is_fitting = _preview(proposal, files, database)
    if target:
        _write(proposal, target)
    elif not is_asked:
        click.echo("Nothing is written: name a file with --to to keep the mapping.")
    elif not is_fitting:
        if click.confirm(f"Write {HERE}, to be corrected there?"):
            _write(proposal, HERE)
    elif click.confirm(f"Write {HERE} and import?"):
        _write(proposal, HERE)
        from dashboard.cli.importing import carry_out

        carry_out(HERE, files, database)


def _zone(is_asked: bool) -> str:
    """The zone of the settings; else it is asked."""
    zone = read_settings().zone
    if zone:
        return zone
    if not is_asked:
        raise Failure("The time zone of the files is not known: name it by --zone.", 2)
    answer: str = click.prompt(
        "Time zone of the files, such as Asia/Kolkata", value_proc=_checked
    )
    return answer


def _checked(zone: str) -> str:
    """A zone as it is typed; asked again where there is none of that name."""
    try:
        return checked_zone(zone.strip())
    except SettingsError as error:
        raise click.UsageError(str(error)) from error


def _settled(files: Sequence[Path], name: str, zone: str, is_asked: bool) -> Proposal:
    """A proposal with all questions answered; where nobody can, they are printed."""
    from dashboard.sources.guessing import propose

    answers: dict[str, str] = {}
    while (proposal := propose(files, name=name, zone=zone, answers=answers)).asked:
        if not is_asked:
            click.echo("\n".join(map(_words, proposal.asked)))
            if proposal.leads_on:
                click.echo(
                    "More may be asked once these are answered, such as how the dates "
                    "of a column are written."
                )
            raise Failure(
                "The files leave this open, so nothing is written: answer it on a "
                "terminal, or in a mapping of your own (docs/mappings.md).",
                2,
            )
        for asked in proposal.asked:
            answers |= asked.answered(_answer(asked))
    return proposal


def _words(asked: Asked) -> str:
    """A question with its choices, numbered."""
    numbered = enumerate(asked.choices, start=1)
    lines = [f"{number:>4}  {words}" for number, (_, words) in numbered]
    lines += [f"  or  {asked.own}"] if asked.own else []
    return "\n".join([asked.sentence, *lines])


def _answer(asked: Asked) -> str:
    click.echo(_words(asked))
    if not asked.own:
        number = click.prompt("Number", type=click.IntRange(1, len(asked.choices)))
        return asked.choices[number - 1][0]
    text: str = click.prompt("Number or text" if asked.choices else "Text")
    numbered = {str(n): value for n, (value, _) in enumerate(asked.choices, start=1)}
    return numbered.get(text.strip(), text)


def _preview(proposal: Proposal, files: Sequence[Path], database: str) -> bool:
    """Print what an import would do; False where it would stop, which is told."""
    from dashboard.decisions import calendars_to_build_by
    from dashboard.sources.previewing import preview_files
    from dashboard.starting import file_of

    calendars = calendars_to_build_by(read_settings().decisions)
    with TemporaryDirectory(prefix="mis-guess.") as folder:
        mapping = Path(folder) / "mapping.toml"
        mapping.write_text(proposal.mapping, "utf-8")
        place = file_of(database) if database else Path(folder) / "none.duckdb"
        try:
            found = preview_files(mapping, files, place, calendars=calendars)
        except ImportFileError as error:
            click.echo(f"An import by this mapping would stop: {error}")
            return False
    click.echo(previewed(found))
    return True


def _check_new(path: Path) -> None:
    if path.exists():
        raise SettingsError(
            f"{path} is there already, and is not written over: remove it, or name "
            "another file with --to."
        )


def _write(proposal: Proposal, path: Path) -> None:
    _check_new(path)
    path.write_text(proposal.mapping, "utf-8")
    click.echo(f"{path} is written.")
