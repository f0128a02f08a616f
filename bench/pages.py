"""Server time of each page of the sample: answers kept, none kept, and raw queries.

    make bench

AppTest runs the real script in this process. Times are medians; read the ratios, not
the milliseconds.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard import gate
from dashboard.components import asking
from dashboard.databases.duckdb_file import DuckDBFile
from dashboard.navigation import DEPARTMENTS, PAGES
from dashboard.server import configure
from dashboard.settings import SAMPLE

ROUNDS = 7
APP = Path(__file__).resolve().parents[1] / "app.py"


def milliseconds(run) -> float:
    start = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - start)


def raw_queries(app_asked: list) -> float:
    """The same SQL, sent without the gate's cache, in one row."""
    database = asking.database()
    return sum(milliseconds(lambda q=q: database.run(*q)) for q in app_asked)


def measure(name: str) -> tuple[float, float, float, int]:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.run()
    app.switch_page(f"dashboard/pages/{name}.py").run()
    asked: list = []
    run = DuckDBFile.run

    def noted(self, *question):
        asked.append(question)
        return run(self, *question)

    kept, none, raw = [], [], []
    for _ in range(ROUNDS):
        gate.forget()
        asked.clear()
        DuckDBFile.run = noted
        none.append(milliseconds(app.run))
        DuckDBFile.run = run
        kept.append(milliseconds(app.run))
        raw.append(raw_queries(list(asked)))
    return (*map(statistics.median, (kept, none, raw)), len(asked))


def main() -> None:
    if not SAMPLE.exists():
        sys.exit("Build the sample first: mis sample " + str(SAMPLE))
    os.environ["MIS_DATABASE_URL"] = f"duckdb:///{SAMPLE}"
    configure()  # as the app is served
    gc.disable()  # runner.postScriptGC=false
    print(f"{'page':<20}{'kept ms':>9}{'none ms':>9}{'raw ms':>9}{'queries':>9}")
    for name, _, _ in (*PAGES, *DEPARTMENTS):
        kept, none, raw, queries = measure(name)
        print(f"{name:<20}{kept:>9.0f}{none:>9.0f}{raw:>9.0f}{queries:>9}")
        gc.collect()


if __name__ == "__main__":
    main()
