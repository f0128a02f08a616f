"""Rows to take away: as CSV, explained, under a signed link."""
