#!/usr/bin/env bash
# Make .venv, or install a lock file and this project into it. Uses uv where it is found.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
    echo "$1" >&2
    exit 1
}

has_uv() { command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; }

make_environment() {
    local python=$1
    command -v "$python" >/dev/null 2>&1 ||
        fail "Python 3.11 or later is needed, and there is no $python: install it, or name one by PYTHON=."
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "Python 3.11 or later is needed, and $python is $("$python" -V): name another by PYTHON=."
    [ -x .venv/bin/python ] && return
    if has_uv; then
        uv venv --quiet --python "$python" .venv
    else
        "$python" -m venv .venv ||
            fail "$python cannot make an environment: install its venv module (Debian: python3-venv)."
    fi
}

install_lock() {
    local lock=$1
    echo "Installing $lock ..." >&2
    if has_uv; then
        uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
        uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
    else
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    fi
}

case $1 in
make) make_environment "$2" ;;
install) install_lock "$2" ;;
esac
