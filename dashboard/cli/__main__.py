"""`python -m dashboard.cli` is `mis`."""

from dashboard.cli import main

main()
