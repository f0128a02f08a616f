"""The sections of the page Administration."""

from dashboard.components.administration.audit import audit
from dashboard.components.administration.calendars import calendars
from dashboard.components.administration.deciding import outcome
from dashboard.components.administration.owners import owners
from dashboard.components.administration.remarks import remarks
from dashboard.components.administration.targets import targets

__all__ = ["audit", "calendars", "outcome", "owners", "remarks", "targets"]
