#!/usr/bin/env bash
# bench.sh: runs every benchmark, one after the other; each prints its own ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
shopt -s nullglob
runs=(benchmarks/*/run.py)
if [ ${#runs[@]} -eq 0 ]; then
    echo "还没有测速程序 / there is no benchmark yet (benchmarks/*/run.py)" >&2
    exit 2
fi
status=0
for run in "${runs[@]}"; do
    echo "== $run"
    .venv/bin/python "$run" "$@" || { echo "失败 / failed: $run" >&2; status=1; }
done
exit "$status"
