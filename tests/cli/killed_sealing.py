"""`killed_sealing.py HOME POINT`: seal, and be killed (SIGKILL, by itself, to be exact) at a point.

Points: `leaves` (some are written), `seal` (before the commit), `committed` (before the checkpoint's file),
`draft` (the file is written beside its place), `never`.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any


def die(*args: Any, **kwargs: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(home: str, point: str) -> None:
    from taizhang.server import start

    start(Path(home))
    from taizhang.ledger import actions, sealing
    from taizhang.ledger.models import Seal, SealedLeaves

    make_leaves, make_seal = SealedLeaves.objects.create, Seal.objects.create

    def leaves(**row: Any) -> None:
        make_leaves(**row)
        if point == "leaves":
            die()

    def seal(**row: Any) -> None:
        make_seal(**row)
        if point == "seal":
            die()

    SealedLeaves.objects.create, Seal.objects.create = leaves, seal
    if point == "committed":
        sealing._write_out = die
    if point == "draft":
        sealing.os.fsync = die
    print(actions.seal().size)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
