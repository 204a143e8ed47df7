"""How fast the reader reads all the corpus' reports, and in how much memory, beside cn2an and JioNLP.

    python benchmarks/reading/speed.py [--corpus FILE] [--runs 3]

Processor seconds of one process, best of --runs, all asked in turn within one run; memory is the peak of a
fresh process that loads the corpus and reads it, beside what such a process takes without reading.
cn2an only rewrites numerals, JioNLP only finds money: neither does the reader's work.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from labelled import CORPUS, load_reports

AIM_CHARACTERS, AIM_SECONDS, AIM_MEMORY = 400_000, 3.0, 300

MEASURE = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from labelled import load_reports
from taizhang import reading
reports = load_reports(Path(sys.argv[2]))
claims = sum(len(reading.read(text).claims) for text in reports) if sys.argv[3] == "read" else 0
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)  # Linux counts in KB
"""


def best(work: Callable[[], object], runs: int) -> float:
    """The least processor seconds of several runs."""
    taken = []
    for _ in range(runs):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def readers(reports: Sequence[str]) -> dict[str, Callable[[], object]]:
    """Everyone, over all reports. JioNLP greets on import, so peers imports it quietly."""
    import cn2an
    from peers import jionlp_money

    from taizhang import reading

    def rewritten() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for text in reports:
                cn2an.transform(text, "cn2an")

    return {
        "台账 taizhang read": lambda: [reading.read(text) for text in reports],
        "cn2an transform": rewritten,
        "JioNLP extract_money": lambda: [jionlp_money(text) for text in reports],
    }


def peak(corpus: Path, what: str) -> int:
    """MB at the peak of a fresh process."""
    asked = [sys.executable, "-c", MEASURE, str(Path(__file__).parent), str(corpus), what]
    return int(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(argv)
    if not options.corpus.exists():
        print(f"没有语料，跳过 / no corpus, skipped: {options.corpus}")
        return
    reports = load_reports(options.corpus)
    characters = sum(map(len, reports))
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\nPython {platform.python_version()}, {os.cpu_count()} cores, load {load}: "
          f"{len(reports)} 篇 reports, {characters:,} 字 characters\n")  # fmt: skip
    print("| 读者 reader | 处理器秒 processor seconds | 字/秒 characters a second |\n| --- | ---: | ---: |")
    for name, work in readers(reports).items():
        seconds = best(work, options.runs)
        print(f"| {name} | {seconds:.2f} | {characters / seconds:,.0f} |", flush=True)
    print(f"| 目标 aim | {AIM_SECONDS} | {AIM_CHARACTERS:,} |\n")
    reading, loaded = peak(options.corpus, "read"), peak(options.corpus, "load")
    print(f"内存峰值 peak memory: {reading} MB，不读时 without reading {loaded} MB，目标 aim {AIM_MEMORY} MB")


if __name__ == "__main__":
    main()
