"""The rows behind every number: search, sort, take them away."""

from dashboard.components.record_list import record_page

record_page()
