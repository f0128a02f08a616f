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
    ("data_health", "Data health", ":material/health_metrics:"),
    ("glossary", "Glossary", ":material/menu_book:"),
)

# Each is listed where its extension relation, ext_<file>, has rows.
DEPARTMENTS = (
    ("data_entry", "Data entry", ":material/keyboard:"),
    ("accounts_payable", "Accounts payable", ":material/receipt_long:"),
    ("accounts_receivable", "Accounts receivable", ":material/request_quote:"),
    ("payroll", "Payroll and close", ":material/payments:"),
    ("human_resources", "Human resources", ":material/badge:"),
    ("customer_support", "Customer support", ":material/support_agent:"),
    ("it_support", "IT support", ":material/computer:"),
    ("document_management", "Document management", ":material/folder_open:"),
    ("compliance", "Compliance", ":material/gavel:"),
    ("order_management", "Order management", ":material/local_shipping:"),
    ("bpo", "BPO clients", ":material/handshake:"),
    ("outsourced", "Outsourced work", ":material/diversity_3:"),
)

# Listed for those who administer; they have neither filters nor an as-of moment.
ADMINISTRATION = (
    ("administration", "Administration", ":material/tune:"),
    ("import_files", "Import", ":material/upload_file:"),
)
