"""All programmes on one timeline: the entries of the demonstration as they were recorded."""

from __future__ import annotations

import random
from collections.abc import Iterator

from . import city_cases, doses, small_programmes
from .quantities import case_count, courses

# An event is one integer: recorded second, source, what it is. Two million of them sort fast and stay small.
_SOURCE, _WHAT = 34, 36
_SMALL, _CASE, _DOSE = 0, 1, 2


def generate(seed: int, size: float = 1.0) -> Iterator[dict[str, object]]:
    """Sent entries, system first, then by `recorded`; the same for the same seed and size.

    `size` scales doses, persons, residents and city cases; the small programmes are always whole.
    Raises ValueError for a size that is not above 0.
    """
    if size <= 0:
        raise ValueError(f"规模应大于 0 / size must be above 0: {size}")
    rng = random.Random(f"liubei-{seed}")
    for _, sent in small_programmes.system(rng):
        yield sent
    small: list[dict[str, object]] = []
    events: list[int] = []
    for source in (
        small_programmes.enterprises,
        small_programmes.communities,
        small_programmes.kettle,
        small_programmes.air,
        small_programmes.chiefs,
    ):
        for second, sent in source(rng):
            events.append(second << _WHAT | _SMALL << _SOURCE | len(small))
            small.append(sent)
    for second, sent in small_programmes.residents(rng, size):
        events.append(second << _WHAT | _SMALL << _SOURCE | len(small))
        small.append(sent)
    cases: list[city_cases.Case] = []
    for number in range(case_count(size)):
        times, case = city_cases.plan(rng)
        cases.append(case)
        events.extend(second << _WHAT | _CASE << _SOURCE | number << 5 | n for n, second in enumerate(times))
    for second, person, number, vaccine in doses.plan(courses(size), rng):
        recorded = second + doses.delay(person, number)
        events.append(recorded << _WHAT | _DOSE << _SOURCE | person << 5 | number << 2 | vaccine)
    events.sort()
    records = [""] * len(cases)
    for event in events:
        second, source, what = event >> _WHAT, event >> _SOURCE & 3, event & (1 << _SOURCE) - 1
        if source == _DOSE:
            yield doses.entry(second, what >> 5, what >> 2 & 7, what & 3, rng)
        elif source == _SMALL:
            yield small[what]
        else:
            number = what >> 5
            sent = city_cases.entry(second, cases[number], what & 31, records[number], rng)
            records[number] = records[number] or str(sent["id"])
            yield sent
