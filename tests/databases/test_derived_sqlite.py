"""Relations that SQLite derives itself are those that the build of a file derives."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from dashboard.databases import open_database
from dashboard.databases.contract import conformed
from dashboard.relations import RELATIONS
from dashboard.settings import Settings
from dashboard.sql.rewriting import derived

DERIVED = [relation.name for relation in RELATIONS.values() if relation.is_derived]
