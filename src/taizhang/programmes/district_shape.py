"""The district's own file, `district.yaml`: who it is, its areas and bodies, the hours of a worked day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from taizhang.errors import DefinitionError, Problem
from taizhang.programmes.file_shape import NameText, Shape
from taizhang.programmes.reporting import Report
from taizhang.programmes.yaml_tree import read_yaml

DISTRICT_FILE = "district.yaml"
"""The file's name in a district's folder."""

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
Text = Annotated[str, Field(min_length=1)]


class NoticeShape(Shape):
    """What pages show above everything; a demonstration says there that its records are synthetic."""

    zh: Text = Field(description="中文 / Chinese")
    en: str = Field("", description="英文 / English")


class AreaShape(Shape):
    """An area of the tree."""

    code: Code = Field(description="代码 / code")
    name: Text = Field(description="名称 / name")
    level: Annotated[str, Field(pattern="^[a-z][a-z0-9_-]*$")] = Field(
        description="级别 / level, as indicators call it: district, town, community …"
    )
    parent: Code | None = Field(None, description="上级区域的代码 / the area above")


class BodyShape(Shape):
    """An organisation that is responsible."""

    code: Code = Field(description="代码 / code")
    name: Text = Field(description="名称 / name")


class DistrictShape(Shape):
    """`district.yaml`."""

    name: NameText = Field(description="区县名称 / the district's name")
    code: Code = Field(description="行政区划代码 / the district's code")
    root: Code = Field(description="全区的区域代码 / code of the area that is the whole district")
    timezone: Literal["Asia/Shanghai"] = Field("Asia/Shanghai", description="时区 / the only zone")
    since: str = Field("2020-01-01", description="区域和任职自此日起 / areas and roles hold from this day")
    own_peer: str = Field("", description="本区在同类地区中的名称 / its own name among its peers")
    office_hours: list[tuple[str, str]] | None = Field(
        None, description="上班时段 / hours of a worked day, [[from, to], …]"
    )
    areas: list[AreaShape] = Field(default_factory=list, description="区域,上级在先 / areas, parents first")
    bodies: list[BodyShape] = Field(default_factory=list, description="机构 / bodies")
    notice: NoticeShape | None = Field(None, description="页面上方的说明 / shown on every page")
    # What a demonstration says of itself beside: who makes its records, and its reports.
    programmes: Literal["programmes"] = Field("programmes", description="专项文件夹 / programme files")
    codes: Literal["codes"] = Field("codes", description="代码表文件夹 / code lists")
    generator: str = Field("", description="演示数据的生成函数 / makes a demonstration's records")
    report: str = Field("", description="演示报告 / a demonstration's report")
    altered_report: str = Field("", description="改动过的演示报告 / the altered copy")


def read_district(text: str, source: str = DISTRICT_FILE) -> DistrictShape:
    """What the file says. Raises DefinitionError with every problem, each at its line and column."""
    report = Report(read_yaml(text, source))
    report.problems += report.tree.problems
    shape = None
    if not report.problems:
        try:
            shape = DistrictShape.model_validate(report.tree.data)
        except ValidationError as error:
            report.shape_errors(DistrictShape, error)
    if shape is not None:
        _check_since(shape, report)
        _check_hours(shape, report)
        _check_areas(shape, report)
        _check_twice("bodies", [body.code for body in shape.bodies], report)
    if report.problems or shape is None:
        raise DefinitionError(report.problems)
    return shape


def _check_since(shape: DistrictShape, report: Report) -> None:
    try:
        date.fromisoformat(shape.since)
    except ValueError:
        report.say(("since",), "not-a-date", f"{shape.since!r} 不是日期 / not a date", "2020-01-01")


def _check_hours(shape: DistrictShape, report: Report) -> None:
    if shape.office_hours is None:
        return
    expected = '[["08:30", "12:00"], ["14:30", "17:30"]]'
    try:
        edges = [time.fromisoformat(edge) for span in shape.office_hours for edge in span]
    except ValueError as error:
        report.say(("office_hours",), "wrong-value", f"上班时段写法不对 / wrong: {error}", expected)
        return
    if not edges or edges != sorted(set(edges)):
        found = "上班时段须依次排列、互不相接 / spans must be in order and not touch"
        report.say(("office_hours",), "wrong-value", found, expected)


def _check_areas(shape: DistrictShape, report: Report) -> None:
    if not shape.areas:  # they may come as entries of their own, or a file at a time
        return
    codes = [area.code for area in shape.areas]
    _check_twice("areas", codes, report)
    if shape.root not in codes:
        report.unknown(("root",), ("区域", "area"), shape.root, codes)
    above: set[str] = set()
    for number, area in enumerate(shape.areas):
        path = ("areas", number, "parent")
        if area.parent is None:
            if area.code != shape.root:
                found = f"区域 {area.code} 没有上级 / the area has no parent"
                report.say(path, "missing-key", found, remedy=f"补上 parent: … / add parent ({shape.root}?)")
        elif area.code == shape.root:
            report.say(path, "wrong-value", "全区没有上级 / the district itself has no parent")
        elif area.parent not in codes:
            report.unknown(path, ("区域", "area"), area.parent, codes)
        elif area.parent not in above:
            found = f"上级 {area.parent} 须写在 {area.code} 之前 / the parent must stand first"
            report.say(path, "wrong-value", found)
        above.add(area.code)


def _check_twice(key: str, codes: Iterable[str], report: Report) -> None:
    seen: set[str] = set()
    for number, code in enumerate(codes):
        if code in seen:
            report.say((key, number, "code"), "duplicate-id", f"代码 {code} 重复 / stands twice")
        seen.add(code)


def district_problems(text: str, source: str = DISTRICT_FILE) -> tuple[Problem, ...]:
    """Everything that is wrong with the file; nothing for a good one."""
    try:
        read_district(text, source)
    except DefinitionError as error:
        return error.problems
    return ()
