"""Dividing a total that is known exactly."""

from __future__ import annotations

from collections.abc import Sequence


def shared(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of `total` in the proportions of `weights`; the last takes what rounding leaves."""
    whole = sum(weights)
    parts = [int(total * weight // whole) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts
