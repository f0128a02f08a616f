"""Fail where a lock file names a place to get packages from, or pins no hash."""

import re
import sys
from pathlib import Path

FORBIDDEN = re.compile(r"file:|find-links|index-url|://|^-e ")
ROOT = Path(__file__).resolve().parents[1]


def faults(path: Path) -> list[str]:
    """What is wrong with a lock file, each with its line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [
        f"{path.name}, line {number}: {line.strip()} names a place to get packages from"
        for number, line in enumerate(lines, start=1)
        if FORBIDDEN.search(line)
    ]
    if not any("--hash=sha256:" in line for line in lines):
        found.append(f"{path.name}: no hash is pinned; write it by `make lock`")
    return found


if __name__ == "__main__":
    locks = sorted(ROOT.glob("requirements*.lock"))
    wrong = [fault for path in locks for fault in faults(path)]
    print("\n".join(wrong), end="\n" if wrong else "")
    sys.exit(bool(wrong) or len(locks) != 2)
