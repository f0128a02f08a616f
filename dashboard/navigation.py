"""The pages, in reading order: file, title, icon."""

from __future__ import annotations

PAGES = (
    ("overview", "Overview", ":material/dashboard:"),
    ("workload", "Workload", ":material/stacked_line_chart:"),
    ("deadlines", "Deadlines", ":material/event_available:"),
    ("error_rates", "Error rates", ":material/rule:"),
    ("backlog", "Backlog", ":material/inbox:"),
    ("handoffs", "Hand-offs", ":material/swap_horiz:"),
    ("records", "Records and extracts", ":material/table_rows:"),
    ("glossary", "Glossary", ":material/menu_book:"),
)
