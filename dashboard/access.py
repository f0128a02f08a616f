"""Who asks, and which departments they may see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """A person and their scope: the departments they may see, None for every one."""

    name: str
    scope: tuple[str, ...] | None = ()
    administers: bool = False  # may import, and change what the site decides


EVERYTHING = Viewer("local", None, administers=True)


def viewer() -> Viewer:
    """Who asks: whoever sits at this machine."""
    return EVERYTHING
