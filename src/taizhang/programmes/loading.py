"""A district's definition files → checked, immutable `Definitions`, or every problem in them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from taizhang.errors import DefinitionError, Problem
from taizhang.programmes.definition import (
    CodeItem,
    CodeList,
    Definitions,
    Field,
    FieldType,
    Indicator,
    Programme,
    RecordType,
    Sentence,
    StatementRule,
)
from taizhang.programmes.district_names import check_district_names
from taizhang.programmes.durations import FORM, parse_duration
from taizhang.programmes.file_shape import CodeListShape, ProgrammeShape, Shape
from taizhang.programmes.indicators import Tables, build_indicator, check_formulas, check_twins
from taizhang.programmes.record_types import build_record_type, name_of
from taizhang.programmes.report_sentences import check_sentences
from taizhang.programmes.reporting import Report
from taizhang.programmes.statement_rules import build_statements
from taizhang.programmes.yaml_tree import read_yaml
from taizhang.values import Place

SYSTEM = "taizhang/programmes/system.yaml"
"""The name under which the built-in programme's file stands in messages."""

S = TypeVar("S", bound=Shape)
_Read = list[tuple[Report, ProgrammeShape]]


def load(
    source: Path | Mapping[str, str],
    *,
    levels: Collection[str] | None = None,
    bodies: Collection[str] | None = None,
) -> Definitions:
    """The definitions that a district's files mean, with the built-in `system` programme.

    `source` is the folder, of which `programmes/*.yaml` and `codes/*.yaml` are read, or a mapping of such
    paths to their texts. With `levels` and `bodies`, the levels of the district's areas and the codes of its
    bodies, the files may name no others. Raises DefinitionError with every problem, each at its file, line
    and column.
    """
    problems: list[Problem] = []
    texts = dict(source) if isinstance(source, Mapping) else _texts(source, problems)
    texts = {path: text for path, text in texts.items() if _kind(path, problems, isinstance(source, Mapping))}
    texts[SYSTEM] = resources.files("taizhang.programmes").joinpath("system.yaml").read_text("utf-8")
    ordered = sorted(texts, key=lambda path: (path != SYSTEM, path))
    codes, reports = _code_lists([(path, texts[path]) for path in ordered if _is_codes(path)])
    shapes: _Read = []
    for path in ordered:
        if not _is_codes(path):
            report, shape = _shape(path, texts[path], ProgrammeShape)
            reports.append(report)
            if shape is not None:
                shapes.append((report, shape))
    programmes = _programmes(shapes, codes)
    for report, shape in shapes:
        check_district_names(shape, levels, bodies, report)
    for report in reports:
        problems += report.problems
    if problems:
        raise DefinitionError(sorted(problems, key=_where))
    return Definitions(programmes, codes, _version(texts))


def _where(problem: Problem) -> tuple[str, int, int]:
    place = problem.place or Place("")
    return place.source, place.line, place.column


def _version(texts: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for path in sorted(texts):
        for part in (path, texts[path]):
            data = part.encode()
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _is_codes(path: str) -> bool:
    return "codes" in Path(path).parts[:-1]


def _kind(path: str, problems: list[Problem], given: bool) -> bool:
    if Path(path).suffix in (".yaml", ".yml"):
        return True
    if given:
        found = f"不是定义文件 / not a definition file: {path}"
        problems.append(
            Problem("not-a-definition", found, "programmes/*.yaml, codes/*.yaml", place=Place(path))
        )
    return False


def _texts(folder: Path, problems: list[Problem]) -> dict[str, str]:
    if not folder.is_dir():
        raise DefinitionError(
            Problem("no-such-folder", f"没有文件夹 / no such folder: {folder}", place=Place(str(folder)))
        )
    texts: dict[str, str] = {}
    for part in ("programmes", "codes"):
        for file in sorted((folder / part).glob("*.y*ml")):
            name = file.relative_to(folder).as_posix()
            try:
                texts[name] = file.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                line = file.read_bytes()[: error.start].count(b"\n") + 1
                remedy = "另存为 UTF-8 / save the file as UTF-8"
                found = "文件不是 UTF-8 / the file is not UTF-8"
                problems.append(Problem("not-utf-8", found, remedy=remedy, place=Place(name, line, 1)))
            except OSError as error:
                found = f"文件读不出 / cannot read the file: {error.strerror}"
                problems.append(Problem("file-unreadable", found, place=Place(name)))
    if not texts and not problems:
        found = "没有定义文件 / no definition files"
        problems.append(Problem("no-definitions", found, "programmes/*.yaml", place=Place(str(folder))))
    return texts


def _shape(path: str, text: str, model: type[S]) -> tuple[Report, S | None]:
    report = Report(read_yaml(text, path))
    report.problems += report.tree.problems
    if report.problems:
        return report, None
    try:
        return report, model.model_validate(report.tree.data)
    except ValidationError as error:
        report.shape_errors(model, error)
        return report, None


def _code_lists(texts: list[tuple[str, str]]) -> tuple[dict[str, CodeList], list[Report]]:
    codes: dict[str, CodeList] = {}
    reports = []
    for path, text in texts:
        report, shape = _shape(path, text, CodeListShape)
        reports.append(report)
        if shape is None:
            continue
        if shape.codes in codes:
            found = f"代码表 `{shape.codes}` 重复 / declared twice"
            report.say(("codes",), "duplicate-id", found)
        items = {code: _item(code, shape, report) for code in shape.items}
        codes[shape.codes] = CodeList(shape.codes, name_of(shape.name, ""), shape.version, items)
    return codes, reports


def _item(code: str, shape: CodeListShape, report: Report) -> CodeItem:
    item = shape.items[code]
    path = ("items", code)
    within = None
    if item.within:
        try:
            within = parse_duration(item.within)
        except ValueError:
            report.say(
                (*path, "within"), "not-a-duration", f"{item.within!r} 不是时长 / not a duration", FORM
            )
    days: dict[str, date | None] = {"from": None, "to": None}
    for key, text in (("from", item.start), ("to", item.end)):
        try:
            days[key] = date.fromisoformat(text) if text else None
        except ValueError:
            report.say((*path, key), "not-a-date", f"{text!r} 不是日期 / not a date", "2022-03-01")
    if days["from"] and days["to"] and days["from"] >= days["to"]:
        report.say((*path, "to"), "wrong-value", "止日不晚于起日 / ends before it starts")
    # A parent need not be an item: a list may hold only its lowest level.
    return CodeItem(
        code, name_of(item.name, code), item.parent, within, item.weight, days["from"], days["to"]
    )


def _programmes(shapes: _Read, codes: Mapping[str, CodeList]) -> dict[str, Programme]:
    built: dict[str, tuple[Report, ProgrammeShape, dict[str, RecordType]]] = {}
    for report, shape in shapes:
        if shape.programme in built:
            found = (
                f"专项 `{shape.programme}` 重复,另见 {built[shape.programme][0].tree.source} / declared twice"
            )
            report.say(("programme",), "duplicate-id", found)
            continue
        records = {
            key: build_record_type(shape.programme, key, record, codes, report)
            for key, record in shape.records.items()
        }
        built[shape.programme] = report, shape, records
    record_types = [r for _, _, records in built.values() for r in records.values()]
    for report, _, records in built.values():
        for record in records.values():
            for field in record.fields.values():
                _check_reference(record, field, record_types, report)
    tables = Tables.of(record_types)
    indicators: dict[str, tuple[Indicator, Report]] = {}
    for programme, (report, shape, _) in built.items():
        for key, written in shape.indicators.items():
            indicators[f"{programme}.{key}"] = (
                build_indicator(programme, key, written, tables, report),
                report,
            )
    check_formulas(indicators)
    check_twins(indicators)
    every = {key: indicator for key, (indicator, _) in indicators.items()}
    kinds = {record.key: record for record in record_types}
    statements: dict[str, tuple[StatementRule, ...]] = {}
    for programme, (report, shape, _) in built.items():
        check_sentences(programme, shape, every, report)
        statements[programme] = build_statements(programme, shape, tables, every, kinds, report)
    return {
        programme: Programme(
            id=programme,
            name=name_of(shape.name, programme),
            lead=shape.lead,
            records=records,
            indicators={i.id: i for i in every.values() if i.programme == programme},
            report=tuple(Sentence(s.section, s.zh, s.en) for s in shape.report),
            about=name_of(shape.about, "") if shape.about else None,
            sources=tuple(shape.sources),
            statements=statements[programme],
        )
        for programme, (_, shape, records) in built.items()
    }


def _check_reference(
    record: RecordType, field: Field, record_types: list[RecordType], report: Report
) -> None:
    if field.type is not FieldType.REFERENCE or not field.to:
        return
    known = [r.key for r in record_types]
    if field.to not in known:
        path = ("records", record.id, "fields", field.id, "to")
        report.unknown(path, ("台账类型", "record type"), field.to, known)
