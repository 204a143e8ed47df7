#!/usr/bin/env bash
# make-venv.sh PYTHON DIRECTORY: a virtual environment, or a plain word about what is missing.
set -euo pipefail
python=$1 venv=$2

if ! command -v "$python" >/dev/null; then
    echo "找不到 $python。请安装 Python 3.11 或更新版本。/ $python was not found. Install Python 3.11 or newer." >&2
    exit 2
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "需要 Python 3.11 或更新版本,$python 是 $("$python" -V 2>&1)。可用 make install PYTHON=python3.12 指定。" >&2
    echo "Python 3.11 or newer is needed; $python is $("$python" -V 2>&1). Name another: make install PYTHON=python3.12" >&2
    exit 2
fi
if [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "$python 缺少 venv 或 ensurepip。Debian/Ubuntu:apt-get install python3-venv" >&2
    echo "$python lacks venv or ensurepip. On Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 2
fi
"$python" -m venv "$venv"
