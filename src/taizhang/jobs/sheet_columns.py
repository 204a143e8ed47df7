"""What a sheet's header and cells mean for a record type: columns by id or Chinese name, values likewise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from taizhang import figures, programmes
from taizhang.errors import EntryError, Problem
from taizhang.programmes import FieldType
from taizhang.values import Place

ENVELOPE = ("id", "record", "happened", "area", "body", "reason")
"""The columns that stand for an entry's own keys."""

ENVELOPE_NAMES = {
    "编号": "id",
    "台账编号": "record",
    "发生时间": "happened",
    "区域": "area",
    "区划": "area",
    "机构": "body",
    "单位": "body",
    "理由": "reason",
}
"""Their Chinese names; a field of the same name comes first."""

REASONS = "退回原因 / refused because"
"""The column under which a sheet of refused rows says why; passed over when it is sent again."""

Reader = Callable[[str], Any]


class Ambiguous(Exception):
    """A name that several codes bear."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = sorted(codes)
        super().__init__("、".join(self.codes))


def columns_of(file: str, line: int, header: list[str], defined: programmes.RecordType) -> list[str]:
    """The id of each column; "" for one to pass over. Raises EntryError with every column that is wrong."""
    called = ENVELOPE_NAMES | {field.name.zh: field.id for field in defined.fields.values()}
    known = {*ENVELOPE, *defined.fields}
    problems: list[Problem] = []
    columns: list[str] = []
    for number, cell in enumerate(header, 1):
        place = Place(file, line, number)
        column = cell if cell in known else called.get(cell, "")
        if cell == REASONS or not cell:
            column = ""
        elif not column:
            near = get_close_matches(cell, [*called, *known], n=1, cutoff=0.5)
            hint = f",是否为“{near[0]}”? / did you mean `{near[0]}`?" if near else ""
            expected = "、".join(dict.fromkeys([*(f.name.zh for f in defined.fields.values()), *ENVELOPE]))
            found = f"不认识的列“{cell}” / unknown column{hint}"
            problems.append(Problem("unknown-column", found, expected, place=place))
        elif column in columns:
            first = columns.index(column) + 1
            found = f"列“{cell}”与第 {first} 列同义 / the column stands twice, first as column {first}"
            problems.append(Problem("duplicate-column", found, remedy="删去一列 / remove one", place=place))
        columns.append(column)
    if problems:
        raise EntryError(problems)
    return columns


def is_title(cells: list[str], defined: programmes.RecordType) -> bool:
    """Whether a row above the header is only a title: one cell, and no column's name."""
    said = [cell for cell in cells if cell]
    names = {*ENVELOPE, *ENVELOPE_NAMES, *defined.fields, *(f.name.zh for f in defined.fields.values())}
    return len(said) == 1 and len(cells) > 1 and said[0] not in names


class CellReader:
    """Cells → values: a choice, a code, an area or a body may be written by its code or its only name."""

    def __init__(
        self,
        defined: programmes.RecordType,
        codes: Mapping[str, programmes.CodeList],
        areas: Iterable[figures.AreaNode],
        bodies: Mapping[str, str],
    ) -> None:
        by_area = _by_name((area.code, area.name) for area in areas)
        by_body = _by_name(bodies.items())
        self._readers: dict[str, Reader] = {"area": _named(by_area), "body": _named(by_body)}
        for field in defined.fields.values():
            match field.type:
                case FieldType.CHOICE:
                    reader = _named(_by_name((id, name.zh) for id, name in field.choices.items()))
                case FieldType.CODE:
                    items = codes[field.codes].items
                    reader = _named(_by_name((code, item.name.zh) for code, item in items.items()))
                case FieldType.AREA:
                    reader = _named(by_area)
                case FieldType.BODY:
                    reader = _named(by_body)
                case FieldType.POINT:
                    reader = _point
                case FieldType.FILES:
                    reader = str.split
                case _:
                    continue
            self._readers[field.id] = reader

    def read(self, column: str, cell: str) -> Any:
        """The value of a cell; one that is not understood stays as it is, for the checks to refuse.

        Raises Ambiguous for a name that several codes bear.
        """
        reader = self._readers.get(column)
        return reader(cell) if reader else cell


def _by_name(named: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Every code and every name → the codes meant; a code means itself."""
    by: dict[str, set[str]] = defaultdict(set)
    codes = set()
    for code, name in named:
        codes.add(code)
        by[name].add(code)
    return dict(by) | {code: {code} for code in codes}


def _named(by: Mapping[str, set[str]]) -> Reader:
    def named(cell: str) -> str:
        meant = by.get(cell)
        if meant is None:
            return cell
        if len(meant) > 1:
            raise Ambiguous(meant)
        return next(iter(meant))

    return named


def _point(cell: str) -> Any:
    lon, comma, lat = cell.replace(",", ",").partition(",")
    try:
        return {"lon": float(lon), "lat": float(lat)} if comma else cell
    except ValueError:
        return cell
