"""A plain ledger of one case type, and the lake that copies it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from plain_cases import case_type
from plain_ledger import PlainLedger, definitions

from taizhang.lake import Lake, LakeSettings


@pytest.fixture
def ledger(tmp_path: Path) -> PlainLedger:
    return PlainLedger(tmp_path / "ledger.sqlite", definitions(case_type()))


@pytest.fixture
def lake(tmp_path: Path, ledger: PlainLedger) -> Iterator[Lake]:
    opened = Lake.open(LakeSettings(tmp_path, bulk=200, batch=150), ledger)
    yield opened
    opened.close()
