"""The pieces of the page Import."""

from dashboard.components.importing.choosing import choose, where
from dashboard.components.importing.running import look_and_import
from dashboard.components.importing.waiting import rows_that_wait

__all__ = ["choose", "look_and_import", "rows_that_wait", "where"]
