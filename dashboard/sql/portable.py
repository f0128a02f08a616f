"""The SQL of query files as sqlglot reads and writes it."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB

from dashboard.sql.dialects import functions


class Portable(DuckDB):
    """DuckDB's spelling with our functions left alone and parameters as :name."""

    class Parser(DuckDB.Parser):  # type: ignore[misc, valid-type]
        """Knows no function of its own under one of our names."""

        FUNCTIONS = {
            name: build
            for name, build in DuckDB.Parser.FUNCTIONS.items()
            if name.lower() not in functions.FUNCTIONS
        }

    class Generator(DuckDB.Generator):  # type: ignore[misc, valid-type]
        """Writes our functions in lower case, as the query files do."""

        def placeholder_sql(self, expression: exp.Placeholder) -> str:
            """:name, as SQLAlchemy binds it."""
            return f":{expression.name}"

        def anonymous_sql(self, expression: exp.Anonymous) -> str:
            """One of our functions."""
            arguments = ", ".join(self.sql(part) for part in expression.expressions)
            return f"{expression.name.lower()}({arguments})"
