#!/usr/bin/env bash
# See to it that the tests of databases find servers; say so loudly where they cannot.
set -euo pipefail

missing=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing+=(postgresql)
PATH="$PATH:/usr/sbin" command -v mariadbd >/dev/null 2>&1 || missing+=(mariadb-server)
[ "${#missing[@]}" = 0 ] && exit 0
"$(dirname "$0")/packages.sh" "${missing[@]}" && exit 0
echo "*** NO ${missing[*]}: THE TESTS OF THESE DATABASES ARE SKIPPED; INSTALL THEM TO RUN THEM. ***" >&2
