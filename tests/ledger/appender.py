"""A process of its own that appends batches for ever, and says each last position once it is acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path


def main(home: str, first: int, batches: int) -> None:
    from taizhang.server import start

    start(Path(home))
    from statements import append

    for batch in range(batches):
        at = first + batch * 5
        print(append(*range(at, at + 5))[-1], flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
