"""The group of commands: every error is one sentence, and options that several have."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from typing import Any

import click

from dashboard.errors import MisError, TooManyRefusedError

Command = Callable[..., None]


class Failure(click.ClickException):
    """An error as one line: `mis: ...`, and what is listed below it."""

    def __init__(self, message: str, exit_code: int = 1, below: Iterable[str] = ()):
        super().__init__(" ".join(message.split()))
        self.below = below
        self.exit_code = exit_code  # type: ignore[misc]

    def show(self, file: Any = None) -> None:
        """Print the line, and the list."""
        click.echo(f"mis: {self.message}", err=True)
        for text in self.below:
            click.echo(f"  {text}", err=True)


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
        except TooManyRefusedError as error:
            raise Failure(str(error), below=error.reasons) from None
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


def database_option(command: Command) -> Command:
    """Add --database to a command."""
    return click.option(
        "--database", metavar="URL", default="", help="Else the setting, or the sample."
    )(command)


@click.group(cls=Mis)
def cli() -> None:
    """Workload, deadlines, error rates and backlog of a back office."""
