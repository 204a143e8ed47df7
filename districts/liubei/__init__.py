"""The demonstration district: files that a bureau reads, and the generator of its synthetic records.

Everything that `generate` yields is synthetic; see docs/explanation/demonstration.md.
"""

from __future__ import annotations

from pathlib import Path

from .quantities import expected
from .report import altered_report, annual_report
from .timeline import generate

FOLDER = Path(__file__).parent

__all__ = ["FOLDER", "altered_report", "annual_report", "expected", "generate"]
