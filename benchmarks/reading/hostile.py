"""What strings cost that are made to be slow: four times the length ought to take four times as long.

    python benchmarks/reading/hostile.py [--length 96000] [--budget 5]

Each string is read at growing lengths, four times as long each time, until it has --length characters or
takes more than --budget processor seconds; the last two lengths are printed.
"""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from taizhang import reading

HEAD = "新建学校3所。"  # so that no text is blank
# Repeated until the length is reached; a tail that spoils the match makes a pattern try everything before it.
REPEATED = {
    "digits": "7",
    "thousands": "1,234,",
    "wide thousands": "１，２３４，",
    "points": "3.1",
    "Chinese digits": "一",
    "Chinese magnitudes": "一亿万千百十",
    "zeros": "零〇",
    "percents": "百分之",
    "percents of percents": "百分之百分之三",
    "ranges": "3至5—",
    "bounds": "不低于超过约近",
    "changes": "同比增长下降",
    "from to": "由3%到",
    "separately": "分别增长3%、",
    "parallel": "甲、乙和",
    "ranks": "全市第一第",
    "years": "2030年",
    "blanks": " ",
    "blanks between digits": "1 ",
    "brackets": "（(",
    "titles": "《“",
    "closed brackets": "(1)",
    "headings": "一、（一）1.",
    "note marks": "甲(3)",
    "full stops": "。",
    "lines": "\n",
    "one clause": "新建学校3所，",
    "no end": "新建学校",
}
TAILS = ("", "年", "x")
FIRST, GROWTH = 1_500, 4
LINEAR = 6.0  # times as long for four times the length; more is named as not linear
ENOUGH = 0.2  # seconds below which a ratio says nothing


class _TooLong(Exception):
    pass


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises _TooLong in the middle of what takes longer (processor seconds), even inside a pattern."""

    def stop(signum: int, frame: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def cost(text: str, budget: float) -> float | None:
    """Processor seconds of reading that text; None where it takes more than the budget."""
    started = time.process_time()
    try:
        with at_most(budget):
            reading.read(text)
    except _TooLong:
        return None
    return time.process_time() - started


def repeated(piece: str, length: int, tail: str) -> str:
    return HEAD + (piece * (length // len(piece) + 1))[:length] + tail


def measure(piece: str, length: int, budget: float) -> tuple[int, float, float | None]:
    """The last length, what a quarter of it cost and what it cost itself, with the tail that costs most."""
    size, before = FIRST, 0.0
    costs = [(cost(repeated(piece, size, tail), budget), tail) for tail in TAILS]
    now, tail = max(costs, key=lambda one: budget if one[0] is None else one[0])
    while now is not None and size < length:
        size, before = size * GROWTH, now
        now = cost(repeated(piece, size, tail), budget)
    return size, before, now


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--length", type=int, default=96_000, help="in characters, at least")
    parser.add_argument("--budget", type=float, default=5.0, help="processor seconds for one reading")
    options = parser.parse_args(argv)
    print(
        "\n| 字串 string | 字 characters | 秒 s | 四分之一时 s of a quarter | 倍 times | 字/秒 characters/s |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    slow = []
    for name, piece in REPEATED.items():
        size, before, now = measure(piece, options.length, options.budget)
        if now is None:
            slow.append(name)
            print(f"| {name} | {size:,} | > {options.budget:g} | {before:.3f} | | |", flush=True)
            continue
        times = now / before if before else 0.0
        if times > LINEAR and now > ENOUGH:
            slow.append(name)
        print(
            f"| {name} | {size:,} | {now:.3f} | {before:.3f} | {times:.1f} | {size / now:,.0f} |", flush=True
        )
    print(f"\n非线性 not linear: {', '.join(slow) if slow else '无 none'}")


if __name__ == "__main__":
    main()
