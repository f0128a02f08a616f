#!/usr/bin/env bash
# See to it that the browser tests find Chromium; say so loudly where they cannot.
set -euo pipefail

for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done

root=()
if [ "$(id -u)" != 0 ]; then
    root=(sudo -n)
    sudo -n true 2>/dev/null || root=(false)
fi
if command -v apt-get >/dev/null 2>&1 && [ "${root[*]}" != false ]; then
    echo "Installing Chromium for the browser tests ..." >&2
    log=$(mktemp)
    if { "${root[@]}" apt-get update &&
        "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -3 "$log" >&2
    rm -f "$log"
fi
echo "*** NO CHROMIUM: THE BROWSER TESTS ARE SKIPPED; INSTALL chromium (Debian: apt-get install chromium) TO RUN THEM. ***" >&2
