#!/usr/bin/env bash
# postgres.sh DIRECTORY: prints the address of a PostgreSQL to test against, or nothing and exit code 1 with the
# reason on standard error. One that already runs is used; else a throw-away one is started in DIRECTORY (which the
# caller stops and removes: `postgres.sh --stop DIRECTORY`).
set -euo pipefail

as_owner() { # initdb and pg_ctl refuse to run as root
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid="$owner" --regid="$(id -g "$owner")" --clear-groups "$@"; else "$@"; fi
}

programs() { # newest installed version first
    local found
    found=$(command -v initdb || true)
    [ -n "$found" ] || found=$(find /usr/lib/postgresql -name initdb -path '*/bin/*' 2>/dev/null | sort -Vr | head -1)
    [ -n "$found" ] && dirname "$(readlink -f "$found")"
}

owner=$(id -un)
if [ "$(id -u)" -eq 0 ]; then
    if id postgres >/dev/null 2>&1; then owner=postgres; else owner=nobody; fi
fi

if [ "${1:-}" = --stop ]; then
    [ -d "$2/data" ] || exit 0
    cd / && as_owner "$(programs)/pg_ctl" --pgdata="$2/data" --mode=immediate --silent stop
    exit 0
fi
directory=$1

if [ -n "${TAIZHANG_TEST_DATABASE_URL:-}" ]; then
    echo "$TAIZHANG_TEST_DATABASE_URL"
    exit 0
fi
python=.venv/bin/python
local_url=postgresql://postgres@127.0.0.1:5432/postgres
if "$python" -c "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3).close()" "$local_url" 2>/dev/null; then
    echo "$local_url"
    exit 0
fi

if [ -z "$(programs)" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "安装 PostgreSQL / installing PostgreSQL" >&2
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends postgresql; } >&2
    id postgres >/dev/null 2>&1 && owner=postgres
fi
where=$(programs || true)
if [ -z "$where" ]; then
    echo "没有 PostgreSQL,也无法安装。请 apt-get install postgresql,或设 TAIZHANG_TEST_DATABASE_URL。" >&2
    echo "No PostgreSQL here. Install it (apt-get install postgresql) or set TAIZHANG_TEST_DATABASE_URL." >&2
    exit 1
fi

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$directory/data" "$directory/socket"
[ "$(id -u)" -ne 0 ] || chown -R "$owner" "$directory"
cd /
as_owner "$where/initdb" --pgdata="$directory/data" --username=postgres --auth=trust --encoding=UTF8 --no-locale --no-sync >&2
as_owner "$where/pg_ctl" --pgdata="$directory/data" --wait --timeout=60 --log="$directory/log" \
    --options="-h 127.0.0.1 -p $port -k $directory/socket -c max_connections=100 -c fsync=off" start >&2
echo "postgresql://postgres@127.0.0.1:$port/postgres"
