"""The models are what the migrations make."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from source_tree import PACKAGE, ROOT


def test_no_migration_is_missing(tmp_path: Path) -> None:
    if not (PACKAGE / "ledger" / "models.py").exists() and not (PACKAGE / "ledger" / "models").is_dir():
        pytest.skip("taizhang.ledger has no models yet")
    script = (
        "from taizhang.server import start\n"
        "import pathlib, sys\n"
        "start(pathlib.Path(sys.argv[1]))\n"
        "from django.core.management import call_command\n"
        "call_command('makemigrations', '--check', '--dry-run')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "home")],
        cwd=ROOT,
        env={**os.environ, "TAIZHANG_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
