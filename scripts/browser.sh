#!/usr/bin/env bash
# See to it that the browser tests find Chromium; say so loudly where they cannot.
set -euo pipefail

for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
"$(dirname "$0")/packages.sh" chromium && exit 0
echo "*** NO CHROMIUM: THE BROWSER TESTS ARE SKIPPED; INSTALL chromium (Debian: apt-get install chromium) TO RUN THEM. ***" >&2
