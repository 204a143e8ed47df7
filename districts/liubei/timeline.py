"""All programmes on one timeline: the entries of the demonstration as they were recorded."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import chain

from . import administration, city_cases, doses
from .air import air
from .chiefs import chiefs
from .clock import DAY
from .communities import communities
from .enterprises import enterprises
from .kettle import kettle
from .lines import LINES
from .quantities import PILOT_SHARE, case_count, courses
from .residents import residents

# An event is one integer: recorded second, source, what it is. Two million of them sort fast and stay small.
_SOURCE, _WHAT = 34, 36
_SMALL, _CASE, _DOSE = 0, 1, 2
# A dose is person, number and vaccine; numbers stay below this bit, which marks the dose's correction.
_CORRECTION = 4


def generate(
    seed: int, size: float = 1.0, definitions: Mapping[str, str] | None = None
) -> Iterator[dict[str, object]]:
    """Sent entries, the founding of the system first, then by `recorded`; the same for the same arguments.

    `size` scales doses, persons, residents and city cases; the small programmes are always whole.
    `definitions` is path → record of the definition files in force: the code list of city cases is revised
    in the year where it is named. Raises ValueError for a size that is not above 0.
    """
    if size <= 0:
        raise ValueError(f"规模应大于 0 / size must be above 0: {size}")
    rng = random.Random(f"liubei-{seed}")
    areas: dict[str, str] = {}
    of_lines = random.Random(f"liubei-{seed}-office")
    for _, sent in chain(administration.system(rng), administration.system_of_lines(of_lines)):
        if sent["type"] == "system.area":
            areas[sent["payload"]["code"]] = sent["id"]
        yield sent
    small: list[dict[str, object]] = []
    events: list[int] = []
    for source in (
        administration.changes(rng, areas, definitions or {}),
        *(make(rng) for make in (enterprises, communities, kettle, air, chiefs)),
        residents(rng, size),
        *(line.make(random.Random(f"liubei-{seed}-{line.NAME}")) for line in LINES),
    ):
        for second, sent in source:
            events.append(second << _WHAT | _SMALL << _SOURCE | len(small))
            small.append(sent)
    cases: list[city_cases.Case] = []
    for number in range(case_count(size)):
        times, case = city_cases.plan(rng, number % PILOT_SHARE == 0)
        cases.append(case)
        events.extend(second << _WHAT | _CASE << _SOURCE | number << 5 | n for n, second in enumerate(times))
    events.extend(_dose_events(size, rng))
    events.sort()
    yield from _entries(events, small, cases, rng)


def _dose_events(size: float, rng: random.Random) -> Iterator[int]:
    for second, person, number, vaccine in doses.plan(courses(size), rng):
        recorded = second + doses.delay(person, number)
        packed = _DOSE << _SOURCE | person << 5 | number << 2 | vaccine
        yield recorded << _WHAT | packed
        if doses.corrected(person, number):
            yield recorded + 33 * DAY << _WHAT | packed | _CORRECTION << 2
        if number == 1 and doses.mistaken(person):
            packed = _DOSE << _SOURCE | (person + doses.NOBODY) << 5 | number << 2 | vaccine
            yield second << _WHAT | packed
            yield second + 2 * DAY << _WHAT | packed | _CORRECTION << 2


def _entries(
    events: list[int], small: list[dict[str, object]], cases: list[city_cases.Case], rng: random.Random
) -> Iterator[dict[str, object]]:
    records = [""] * len(cases)
    to_correct: dict[int, tuple[str, str]] = {}  # packed dose → its record and area
    for event in events:
        second, source, what = event >> _WHAT, event >> _SOURCE & 3, event & (1 << _SOURCE) - 1
        if source == _DOSE:
            person, number = what >> 5, what >> 2 & 7
            if number & _CORRECTION:
                said = to_correct.pop(what & ~(_CORRECTION << 2))
                yield doses.correction(second, person, number ^ _CORRECTION, said, rng)
                continue
            wrong = doses.corrected(person, number)
            sent = doses.entry(second, person, number, what & 3, wrong, rng)
            if wrong or person >= doses.NOBODY:
                to_correct[what] = str(sent["id"]), str(sent["area"])
            yield sent
        elif source == _SMALL:
            yield small[what]
        else:
            number = what >> 5
            sent = city_cases.entry(second, cases[number], what & 31, records[number], rng)
            records[number] = records[number] or str(sent["id"])
            yield sent
