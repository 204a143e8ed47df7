"""The sentences of the district's own reports that rest on certain figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from taizhang.jobs.district import published_reports
from taizhang.jobs.report_check import check_report
from taizhang.values import Period, parse_period

_ENDS = re.compile(r"[。!?!?;;\n]")
"""What ends a sentence or its half; a line's end does too."""


def sentences_about(counts: Callable[[str, str, Period], bool], as_of: int) -> list[dict[str, Any]]:
    """A row for each claim, in the reports of the home, whose figure `counts`: report, sentence, verdict.

    `counts` is asked with indicator, area and period. Reports are checked as known at `as_of`.
    """
    rows = []
    for name, file in published_reports().items():
        checked = check_report(file, as_of=as_of)
        for claim in checked.claims:
            bound = claim["indicator"], claim["area"], claim["figure_period"]
            if None in bound or not counts(claim["indicator"], claim["area"], parse_period(bound[2])):
                continue
            rows.append(
                {
                    "report": name,
                    "sentence": sentence_at(checked.text, claim["start"]),
                    "surface": claim["surface"],
                    "start": claim["start"],
                    "indicator": claim["indicator"],
                    "area": claim["area"],
                    "period": claim["figure_period"],
                    "verdict": claim["verdict"],
                }
            )
    return rows


def sentence_at(text: str, start: int) -> str:
    """The sentence of `text` that the character at `start` belongs to."""
    before = [match.end() for match in _ENDS.finditer(text, 0, start)]
    after = _ENDS.search(text, start)
    return text[before[-1] if before else 0 : after.end() if after else len(text)].strip()
