"""A mapping proposed from uploaded files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.intake.uploads import Upload, written
from dashboard.sources.guessing import Proposal, propose


def proposal(
    uploads: Sequence[Upload], name: str, zone: str, answers: Mapping[str, str]
) -> Proposal:
    """As `propose` makes it of these files; raises what that raises."""
    with written(uploads, {}) as (_, files):
        return propose(files, name=name, zone=zone, answers=answers)
