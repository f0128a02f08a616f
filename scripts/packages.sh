#!/usr/bin/env bash
# Install packages of the system, where its package manager is apt and we may use it.
set -euo pipefail

root=()
if [ "$(id -u)" != 0 ]; then
    root=(sudo -n)
    sudo -n true 2>/dev/null || exit 1
fi
command -v apt-get >/dev/null 2>&1 || exit 1
echo "Installing $* for the tests ..." >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${root[@]}" apt-get update &&
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -3 "$log" >&2
    exit 1
fi
