"""The command line `mis`: the same questions as on the pages, through the same gate.

Each command imports what it needs when it runs, so that a small one is quick.
"""

from __future__ import annotations

from dashboard.cli import (  # noqa: F401 - each adds its commands to the group
    asking,
    connecting,
    deciding,
    importing,
    looking_over,
    running,
    syncing,
)
from dashboard.cli.group import cli


def main() -> None:
    """Run the command line."""
    cli(prog_name="mis")
