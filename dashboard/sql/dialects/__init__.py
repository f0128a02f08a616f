"""Our portable functions, and how each database writes portable SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from dashboard.sql.dialects.clickhouse import ClickHouse
from dashboard.sql.dialects.expanding import expanded
from dashboard.sql.dialects.mariadb import MariaDB, MySQL
from dashboard.sql.dialects.postgresql import PostgreSQL
from dashboard.sql.dialects.sqlite import SQLite
from dashboard.sql.dialects.sqlserver import SQLServer
from dashboard.sql.portable import Portable
from dashboard.sql.zones import ALWAYS, Span

SPOKEN = {
    "duckdb": Portable,
    "postgresql": PostgreSQL,
    "mariadb": MariaDB,
    "mysql": MySQL,
    "sqlite": SQLite,
    "clickhouse": ClickHouse,
    "sqlserver": SQLServer,
}


@dataclass(frozen=True)
class Dialect:
    """How one database writes portable SQL, for one reporting zone."""

    database: str = "duckdb"
    zone: str = "UTC"
    span: Span = ALWAYS  # when the offsets of the zone have to be exact
    selects: tuple[tuple[str, str], ...] = ()  # name in portable SQL, select of a site

    def write(self, tree: exp.Expr, kinds: Mapping[str, str] | None = None) -> str:
        """A checked tree in the SQL of the database; parameters stay :name.

        `kinds` are those of the parameters, for databases that do not guess them.
        """
        generator: Any = SPOKEN[self.database]().generator(pretty=True, comments=False)
        generator.zone, generator.span = self.zone, self.span
        generator.kinds = kinds or {}
        return expanded(str(generator.generate(tree)), self.selects)
