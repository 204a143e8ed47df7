"""Values of fields as they are sent → normalised values (docs/explanation/records.md, “Normalised payloads”).

`normaliser` returns a closure for one field. It takes the value and the day (``2022-03-01``) on which the
entry happened, and returns the normalised value or raises `Unfit`. Normalising twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from taizhang.programmes.definition import CodeList, Field, FieldType
from taizhang.programmes.identity_number import identity_number_fault
from taizhang.programmes.suggestions import nearest

Normaliser = Callable[[Any, str], Any]

RECORD_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""The form of a record's id, and of the codes of areas and bodies."""

SHANGHAI = ZoneInfo("Asia/Shanghai")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?|[-+]?\.[0-9]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {
    0xFF0C: ",", 0xFF0E: ".", 0xFF0D: "-", 0xFF0B: "+", 0x2212: "-", 0xFF05: "%", 0x3000: None, 0xA0: None,
    0x20: None,
}  # fmt: skip
_LARGEST = Decimal(10) ** 18


@lru_cache(maxsize=20_000)
def is_identifier(value: str) -> bool:
    """Whether a text has the form of a code; remembered, since areas and bodies come back all the time."""
    return RECORD_ID.fullmatch(value) is not None


class Unfit(Exception):
    """A value that the field cannot take: `code`, what was found, what was expected."""

    def __init__(self, code: str, found: str, expected: str = "") -> None:
        super().__init__(found)
        self.code, self.found, self.expected = code, found, expected


def normalise_time(value: Any) -> str:
    """A moment in the district's own time, with seconds and offset. Raises Unfit."""
    if isinstance(value, str):
        try:
            if len(value) == 25 and value[19:] == "+08:00" and value[10] == "T" and value[:4] > "1991":
                datetime.fromisoformat(value)
                return value
            if len(value) == 19 and value[10] == "T" and value[:4] > "1991":
                datetime.fromisoformat(value)
                return value + "+08:00"
            if match := _TIME.fullmatch(value.strip()):
                return _any_time(match)
        except (ValueError, OverflowError):
            raise Unfit(
                "no-such-time", f"没有这样的时间 {value!r} / no such time", "2022-03-01T08:15:00"
            ) from None
    raise Unfit("not-a-time", f"{value!r} 不是时间 / not a time", "2022-03-01T08:15:00")


def _any_time(match: re.Match[str]) -> str:
    day, minute, second, offset = match.groups()
    moment = datetime.fromisoformat(f"{day}T{minute or '00:00'}{second or ':00'}")
    if offset:
        zone = offset.replace("Z", "+00:00")
        moment = datetime.fromisoformat(moment.isoformat() + zone).astimezone(SHANGHAI)
    else:
        moment = moment.replace(tzinfo=SHANGHAI)
    # Before 1901 the zone has seconds in its offset, which ISO 8601 cannot write.
    if moment.year < 1902:
        raise Unfit("no-such-time", f"时间早于 1902 年 / before 1902: {moment.year}", "2022-03-01T08:15:00")
    return moment.isoformat()


def normalise_date(value: Any) -> str:
    """A day of the calendar, ``2022-03-01``. Raises Unfit."""
    if isinstance(value, str):
        text = value.strip()
        if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():
            try:
                date.fromisoformat(text)
            except ValueError:
                raise Unfit("no-such-day", f"没有这一天 {value!r} / no such day", "2022-03-01") from None
            return text
    raise Unfit("not-a-date", f"{value!r} 不是日期 / not a date", "2022-03-01")


def read_number(value: Any, decimals: int) -> str:
    """A decimal string with exactly `decimals` places. Raises Unfit for what is none, or is finer."""
    if type(value) is str and value.isascii():  # most are plain already
        whole, dot, part = value.partition(".")
        plain = whole.isdigit() and len(whole) <= 18 - decimals and (whole[0] != "0" or len(whole) == 1)
        if plain and len(part) <= decimals and (part.isdigit() or not dot):
            return f"{whole}.{part:0<{decimals}}" if decimals else whole
    number = _decimal(value)
    if number.is_nan() or abs(number) >= _LARGEST.scaleb(-decimals):
        raise Unfit("number-too-large", f"{value!r} 超出范围 / out of range")
    exact = number.quantize(Decimal(1).scaleb(-decimals))
    if exact != number:
        raise Unfit(
            "too-precise", f"{value!r} 的小数位多于 {decimals} 位 / more than {decimals} decimals", f"{exact}"
        )
    return str(exact if exact else abs(exact))


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise Unfit("not-a-number", f"{value!r} 不是数字 / not a number")
    if isinstance(value, str):
        text = value.translate(_FULL_WIDTH)
        if not _NUMBER.fullmatch(text) or len(text) > 60:
            raise Unfit("not-a-number", f"{value!r} 不是数字 / not a number", "1234.50")
        return Decimal(text.replace(",", ""))
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except InvalidOperation:
        raise Unfit("not-a-number", f"{value!r} 不是数字 / not a number") from None
    if not number.is_finite():
        raise Unfit("not-a-number", f"{value!r} 不是数字 / not a number")
    return number


def normaliser(field: Field, codes: Mapping[str, CodeList]) -> Normaliser:
    """The closure that normalises values of `field`; a personal one also passes ``{"cipher": …}``."""
    open_value = _of_type(field, codes)
    if not field.personal or field.type is FieldType.PERSON:
        return open_value

    def personal(value: Any, day: str) -> Any:
        if isinstance(value, dict) and value.keys() == {"cipher"} and isinstance(value["cipher"], str):
            return value
        return open_value(value, day)

    return personal


def _of_type(field: Field, codes: Mapping[str, CodeList]) -> Normaliser:
    match field.type:
        case FieldType.TEXT:
            return _text(field)
        case FieldType.NUMBER | FieldType.MONEY | FieldType.WHOLE:
            return _number(field)
        case FieldType.CHOICE:
            return _choice(field)
        case FieldType.CODE:
            return _code(field, codes[field.codes])
        case FieldType.DATE:
            return lambda value, day: normalise_date(value)
        case FieldType.TIME:
            return lambda value, day: normalise_time(value)
        case FieldType.YES_NO:
            return _yes_no
        case FieldType.PERSON:
            return _person
        case FieldType.REFERENCE | FieldType.AREA | FieldType.BODY:
            return _identifier(field)
        case FieldType.FILES:
            return _files
        case FieldType.POINT:
            return _point
        case FieldType.SHAPE:
            return _shape


def _text(field: Field) -> Normaliser:
    pattern = re.compile(field.pattern) if field.pattern else None

    def text(value: Any, day: str) -> Any:
        if type(value) is str:
            if pattern is not None and pattern.fullmatch(value) is None:
                raise Unfit("pattern", "不合规定的格式 / not in the wanted form", field.pattern)
            if "\x00" in value or len(value) > 1_000_000:
                raise Unfit("not-a-text", "文字含空字符或过长 / holds a null character, or is too long")
            return value
        raise Unfit("not-a-text", f"应为文字 / not a text: {type(value).__name__}")

    return text


def _number(field: Field) -> Normaliser:
    low, high = field.low, field.high
    bounded = low is not None or high is not None
    whole = field.type is FieldType.WHOLE
    decimals = 0 if whole else 2 if field.type is FieldType.MONEY else field.decimals

    def number(value: Any, day: str) -> Any:
        if whole and type(value) is int and abs(value) < 2**63:
            found: Any = value
        else:
            text = read_number(value, decimals)
            found = int(text) if whole else text
        if not bounded:
            return found
        size = found if whole else Decimal(found)
        if low is not None and size < low:
            raise Unfit("too-low", f"{value!r} 小于下限 / below the least", f"≥ {low}")
        if high is not None and size > high:
            raise Unfit("too-high", f"{value!r} 大于上限 / above the most", f"≤ {high}")
        return found

    return number


def _choice(field: Field) -> Normaliser:
    choices = frozenset(field.choices)

    def choice(value: Any, day: str) -> Any:
        if type(value) is str and value in choices:
            return value
        near = nearest(value, choices) if isinstance(value, str) else ""
        hint = f",是否为 `{near}`? / did you mean `{near}`?" if near else ""
        raise Unfit("unknown-choice", f"没有选项 {value!r} / no such choice{hint}", "、".join(field.choices))

    return choice


def _code(field: Field, code_list: CodeList) -> Normaliser:
    items = code_list.items
    dated = any(item.start or item.end for item in items.values())

    def code(value: Any, day: str) -> Any:
        if type(value) is str and (item := items.get(value)) is not None:
            if dated:
                if item.start and day < item.start.isoformat():
                    raise Unfit(
                        "code-not-valid", f"代码 {value} 自 {item.start} 起有效 / not valid yet on {day}"
                    )
                if item.end and day >= item.end.isoformat():
                    raise Unfit(
                        "code-not-valid", f"代码 {value} 到 {item.end} 止有效 / no longer valid on {day}"
                    )
            return value
        near = nearest(value, items) if isinstance(value, str) else ""
        hint = f",是否为 `{near}`({items[near].name.zh})? / did you mean `{near}`?" if near else ""
        raise Unfit("unknown-code", f"代码表 {field.codes} 无代码 {value!r} / no such code{hint}")

    return code


_WORDS_OF_YES = {
    "true": True,
    "false": False,
    "是": True,
    "否": False,
    "yes": True,
    "no": False,
    "有": True,
    "无": False,
}


def _yes_no(value: Any, day: str) -> Any:
    if value is True or value is False:
        return value
    if isinstance(value, str) and (found := _WORDS_OF_YES.get(value.strip().lower())) is not None:
        return found
    raise Unfit("not-yes-or-no", f"{value!r} 不是“是”或“否”/ neither yes nor no", "true, false, 是, 否")


def _identifier(field: Field) -> Normaliser:
    # Records are many and areas few: only the few are worth remembering.
    fits = RECORD_ID.fullmatch if field.type is FieldType.REFERENCE else is_identifier

    def identifier(value: Any, day: str) -> Any:
        if type(value) is str and fits(value):
            return value
        raise Unfit(
            "not-an-identifier", f"{value!r} 不是编号 / not an identifier", "1–64 of A-Z a-z 0-9 . _ -"
        )

    return identifier


def _person(value: Any, day: str) -> Any:
    if isinstance(value, str):
        return _identity({"id_number": value})
    if not isinstance(value, dict):
        raise Unfit("not-a-person", "人员应为 {number} 或 {id_number, name} / not a person")
    if "number" not in value:
        return _identity(value)
    number = value["number"]
    if len(value) > 1 or type(number) is not int or not 0 < number < 2**63:
        raise Unfit("not-a-person", "人员编号应为正整数 / a person number is a positive integer")
    return value


def _identity(value: dict[str, Any]) -> dict[str, Any]:
    """An identity as it is sent, for the ledger to replace; messages never repeat what it says."""
    identity = value.get("id_number")
    if type(identity) is not str:
        raise Unfit("not-a-person", "缺身份证号码 / `id_number` is missing")
    text = identity if len(identity) == 18 and identity[17] != "x" else identity.strip().upper()
    if fault := identity_number_fault(text):
        raise Unfit("identity-number", fault)
    if len(value) == 1:
        return {"id_number": text}
    for key, content in value.items():
        if not isinstance(content, str) or not isinstance(key, str):
            raise Unfit("not-a-person", "人员的各项应为文字 / what is said of a person must be text")
    return {**value, "id_number": text}


def _files(value: Any, day: str) -> Any:
    if isinstance(value, list) and all(isinstance(v, str) and _DIGEST.fullmatch(v.lower()) for v in value):
        return [v.lower() for v in value]
    raise Unfit("not-files", "应为 SHA-256 摘要(十六进制)的列表 / not a list of SHA-256 digests in hex")


def _position(value: Any) -> bool:
    if not isinstance(value, list) or len(value) < 2:
        return False
    lon, lat = value[0], value[1]
    good = all(isinstance(n, int | float) and not isinstance(n, bool) for n in (lon, lat))
    return good and -180 <= lon <= 180 and -90 <= lat <= 90


def _point(value: Any, day: str) -> Any:
    if isinstance(value, dict) and value.keys() == {"lon", "lat"} and _position([value["lon"], value["lat"]]):
        return value
    raise Unfit("not-a-point", "应为经纬度 / not a point", '{"lon": 109.4, "lat": 24.4} (CGCS2000)')


def _shape(value: Any, day: str) -> Any:
    kind = value.get("type") if isinstance(value, dict) else None
    parts = value.get("coordinates") if isinstance(value, dict) else None
    polygons = [parts] if kind == "Polygon" else parts if kind == "MultiPolygon" else None
    if isinstance(polygons, list) and polygons and all(_polygon(p) for p in polygons):
        return value
    raise Unfit("not-a-shape", "应为闭合的面 / not a closed shape", "GeoJSON Polygon, MultiPolygon")


def _polygon(rings: Any) -> bool:
    return (
        isinstance(rings, list)
        and bool(rings)
        and all(
            isinstance(r, list) and len(r) >= 4 and all(map(_position, r)) and r[0] == r[-1] for r in rings
        )
    )
