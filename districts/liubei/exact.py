"""Numbers that come out exactly: a total in parts, hundredths as they are written."""

from __future__ import annotations

from collections.abc import Sequence


def shared(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of `total` in the proportions of `weights`; the last takes what rounding leaves."""
    whole = sum(weights)
    parts = [int(total * weight // whole) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts


def hundredths(number: int) -> str:
    """`number` hundredths with two decimals: `1234` is `12.34`."""
    return f"{number // 100}.{number % 100:02d}"
