"""An order to import: files and their mapping, to be looked at or carried out."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.decisions import calendars_to_build_by
from dashboard.errors import ImportFileError, MisError
from dashboard.intake.place import Place, have_it_read
from dashboard.intake.uploads import Upload, written
from dashboard.sources.building import Progress
from dashboard.sources.importing import ImportReport, import_files
from dashboard.sources.previewing import Preview, preview_files

log = logging.getLogger("mis")


@dataclass(frozen=True)
class Done:
    """What became of an import, and what is left to do for it to show, if anything."""

    report: ImportReport
    left_to_do: str


@dataclass(frozen=True)
class Order:
    """Uploaded files, the texts of a mapping, and where they are to be imported."""

    uploads: Sequence[Upload]
    mapping: dict[str, str]
    place: Place
    decisions: str = ""  # the folder of what the site decides

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells it from an order of other files or another mapping."""
        files = tuple(upload.file_id for upload in self.uploads)
        return (files, tuple(sorted(self.mapping.items())), self.place)

    def preview(self, progress: Progress) -> Preview:
        """What an import would do. Raises MisError."""
        with written(self.uploads, self.mapping) as (mapping, files):
            calendars = calendars_to_build_by(self.decisions)
            return preview_files(
                mapping, files, self.place.file, progress, calendars=calendars
            )

    def carry_out(self, refused_share: float | None, progress: Progress) -> Done:
        """Import the files; the share as in `import_files`. Raises MisError."""
        with written(self.uploads, self.mapping) as (mapping, files):
            report = import_files(
                mapping,
                files,
                self.place.file,
                progress,
                refused_share=refused_share,
                calendars=calendars_to_build_by(self.decisions),
            )
        return Done(report, have_it_read(self.place, Path()))


class Run:
    """An import under way in a thread of its own: it goes on when its page is left."""

    def __init__(self, work: Callable[[Progress], Done]):
        self.step: tuple[str, int, int] = ("Beginning", 0, 1)
        self.done: Done | None = None
        self.error: MisError | None = None
        self._thread = threading.Thread(target=self._run, args=(work,))
        self._thread.start()

    def is_over(self, seconds: float) -> bool:
        """Whether it has ended; waits for that so long at most."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self, work: Callable[[Progress], Done]) -> None:
        try:
            self.done = work(self._tell)
        except MisError as error:
            self.error = error
        except Exception as error:  # whatever it is, the reader gets a sentence
            reference = secrets.token_hex(4).upper()
            log.error("import failed, reference %s", reference, exc_info=error)
            self.error = ImportFileError(
                "The import failed and nothing was changed: tell whoever maintains "
                f"this program (reference {reference})."
            )

    def _tell(self, what: str, done: int, total: int) -> None:
        self.step = (what, done, total)
