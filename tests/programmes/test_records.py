"""The cases of tests/spec/records hold, and playing entries one by one agrees with playing them all again."""

from __future__ import annotations

import pytest
from record_cases import Case, all_cases, checker_of, context_of, definitions_of, run

from taizhang.programmes import replay

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    outcome = run(case)
    assert outcome.refused == {
        int(number): sorted(codes) for number, codes in case.data.get("refused", {}).items()
    }
    if "payload" in case.data:
        assert dict(outcome.taken[0].payload) == case.data["payload"]
    if "gives" in case.data:
        assert outcome.document is not None
        gives = case.data["gives"]
        assert {key: outcome.document.get(key) for key in gives} == gives
    if outcome.taken:
        record_type = definitions_of(case.file).record_type(case.type)
        assert replay(record_type, outcome.taken, context_of(case)) == outcome.document


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 40
    assert len({str(case) for case in CASES}) == len(CASES)


def test_a_wrong_expectation_fails() -> None:
    case = next(c for c in CASES if c.data.get("gives", {}).get("state"))
    outcome = run(case)
    assert outcome.document is not None
    assert outcome.document["state"] != "no-such-state"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_checking_a_checked_entry_changes_nothing(case: Case) -> None:
    for entry in run(case).checked:
        again = {
            key: getattr(entry, key)
            for key in ("id", "type", "record", "happened", "area", "body", "step", "target", "reason")
        }
        again |= {"kind": entry.kind.value, "payload": entry.payload}
        assert checker_of(case.file).check(again) == entry
