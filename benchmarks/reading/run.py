"""Everything that is measured of the reader, in one run: accuracy, beside its peers, speed, hostile strings.

    python benchmarks/reading/run.py [--corpus FILE]

Each part is a program of its own (score.py, peers.py, speed.py, hostile.py), with options.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import hostile
import peers
import score
import speed
from labelled import CORPUS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", default=str(CORPUS))
    corpus = ["--corpus", parser.parse_args().corpus]
    print(datetime.now().strftime("%Y-%m-%d %H:%M"))
    print("\n## 准确 / accuracy")
    status = score.main(corpus)
    print("\n## 与同行并列 / beside its peers")
    peers.main(corpus)
    print("\n## 速度 / speed")
    speed.main(corpus)
    print("\n## 为难的字串 / hostile strings")
    hostile.main([])
    return status


if __name__ == "__main__":
    raise SystemExit(main())
