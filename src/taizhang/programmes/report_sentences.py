"""The report's sentences: every `{…}` in them must name a live figure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from taizhang.programmes.definition import Indicator
from taizhang.programmes.file_shape import ProgrammeShape
from taizhang.programmes.reporting import Report
from taizhang.programmes.suggestions import unknown

PARTS = (
    "value",
    "rank",
    "target",
    "light",
    "numerator",
    "denominator",
    "records",
    "yoy_difference",
    "yoy_growth",
)
"""What of a figure a sentence may print: `{closing-rate}` is its value, `{closing-rate.rank}` its rank."""

_SLOT = re.compile(r"\{([^{}]*)\}")


def slots(text: str) -> list[tuple[int, str]]:
    """Each `{…}` of a sentence: where it starts, and what stands in it."""
    return [(match.start(), match[1]) for match in _SLOT.finditer(text)]


def resolve_slot(slot: str, programme: str, indicators: Mapping[str, Indicator]) -> tuple[str, str] | None:
    """The indicator's key and the part of its figure that a slot means; None when it names no indicator.

    A slot is `indicator`, `indicator.part`, `programme.indicator` or `programme.indicator.part`.
    """
    name, _, part = slot.rpartition(".")
    for key, wanted in ((slot, "value"), (name, part)):
        for full in (f"{programme}.{key}", key):
            if full in indicators and wanted in PARTS:
                return full, wanted
    return None


def check_sentences(
    programme: str, shape: ProgrammeShape, indicators: Mapping[str, Indicator], report: Report
) -> None:
    """Report slots that name nothing, ranks of what is not ranked, and braces that do not close."""
    for index, sentence in enumerate(shape.report):
        for language in ("zh", "en"):
            text = getattr(sentence, language)
            path = ("report", index, language)
            for start, slot in slots(text):
                found = resolve_slot(slot, programme, indicators)
                if found is None:
                    own = f"{programme}."
                    known = [
                        key.removeprefix(own)
                        for key in sorted(indicators, key=lambda k: not k.startswith(own))
                    ]
                    place = report.tree.place(path, start)
                    report.problems.append(unknown(("指标", "indicator"), slot, known, place))
                elif found[1] == "rank" and indicators[found[0]].rank is None:
                    report.say(
                        path,
                        "not-ranked",
                        f"`{found[0]}` 没有排名 / has no rank",
                        "rank: {peers: …}",
                        offset=start,
                    )
            if "{" in (rest := _SLOT.sub("", text)) or "}" in rest:
                report.say(path, "brace", "花括号不成对 / a brace does not close", "{indicator}")
