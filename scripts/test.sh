#!/usr/bin/env bash
# test.sh [PYTEST OPTIONS]: the whole suite against real services, and at the end what was skipped and why.
# With CI=true anything skipped is a failure, but for what needs the neighbouring ../shared folder.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d /tmp/taizhang-test.XXXXXX)
chmod 755 "$scratch"
finish() { scripts/postgres.sh --stop "$scratch/postgres" || true; rm -rf "$scratch"; }
trap finish EXIT

mkdir "$scratch/postgres"
# The server must not keep our output open, or a pipe behind `make test` would wait for it.
if scripts/postgres.sh "$scratch/postgres" >"$scratch/url" 2>"$scratch/words"; then
    TAIZHANG_TEST_DATABASE_URL=$(cat "$scratch/url")
    export TAIZHANG_TEST_DATABASE_URL
else
    cat "$scratch/words" >&2
fi

if ! command -v chromium >/dev/null && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium; } \
        >"$scratch/chromium" 2>&1 || { echo "Chromium 装不上 / Chromium could not be installed:"; tail -3 "$scratch/chromium"; } >&2
fi

status=0
.venv/bin/python -m pytest -n 2 --dist loadgroup --junit-xml="$scratch/result.xml" "$@" | tee "$scratch/output" || status=$?
.venv/bin/python scripts/say_skipped.py "$scratch/result.xml" || status=1
tail -1 "$scratch/output"
exit "$status"
