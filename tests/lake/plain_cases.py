"""One case type and its documents."""

from __future__ import annotations

from collections.abc import Iterator

from plain_ledger import record_type

from taizhang.programmes import Field, FieldType, Name, RecordType, Step

CASE = "city-cases.case"


def case_type(**more: object) -> RecordType:
    """A case with two states, an amount and a personal name."""
    fields = {
        "amount": Field("amount", FieldType.MONEY, Name("金额")),
        "phone": Field("phone", FieldType.TEXT, Name("电话"), personal=True),
    }
    steps = {"close": Step("close", Name("结案"), {"filed": "closed"})}
    return record_type(CASE, **{"fields": fields, "states": ("filed", "closed"), "steps": steps} | more)


def case(number: int, **more: object) -> dict[str, object]:
    """A version document of that type."""
    day = f"2022-{number % 12 + 1:02d}-{number % 28 + 1:02d}T08:15:00"
    return {
        "record": f"r{number}",
        "void": False,
        "late": False,
        "state": "filed",
        "area": f"45020500{number % 7}",
        "body": "urban-management",
        "opened_at": day,
        "filed_at": day,
        "first_filed_at": day,
        "amount": f"{number}.25",
        "phone": {"cipher": "SECRET"},
        **more,
    }


def rows(first: int, count: int) -> Iterator[tuple[str, str, int | None, dict[str, object]]]:
    return ((CASE, f"r{n}", None, case(n)) for n in range(first, first + count))
