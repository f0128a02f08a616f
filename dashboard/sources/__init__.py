"""Bring your own data: files by mapping into a DuckDB file of canonical relations."""
