"""A process that catches a lake up: `catching_process.py HOME ROUNDS [BULK BATCH]`; prints its positions."""

from __future__ import annotations

import sys
from pathlib import Path

from plain_cases import case_type, rows
from plain_ledger import PlainLedger, definitions

from taizhang.lake import Lake, LakeSettings

if __name__ == "__main__":
    home = Path(sys.argv[1])
    rounds, bulk, batch = map(int, sys.argv[2:] if len(sys.argv) == 5 else (sys.argv[2], 200, 150))
    ledger = PlainLedger(home / "ledger.sqlite", definitions(case_type()))
    lake = Lake.open(LakeSettings(home, bulk=bulk, batch=batch), ledger)
    print("open", flush=True)
    for turn in range(rounds):
        ledger.post(rows(turn * 10, 1 + turn % 3))
        print(lake.catch_up().position, flush=True)
