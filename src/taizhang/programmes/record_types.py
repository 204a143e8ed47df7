"""A record type's shape in a programme file → a checked `RecordType`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from taizhang.errors import Problem
from taizhang.programmes.definition import (
    Clock,
    CodeList,
    Duration,
    Expects,
    Field,
    FieldType,
    Limit,
    Mechanism,
    Name,
    RecordType,
    Step,
)
from taizhang.programmes.durations import FORM, parse_duration, write_duration
from taizhang.programmes.file_shape import FieldShape, NameShape, RecordShape, StepRule
from taizhang.programmes.reporting import Report
from taizhang.programmes.tables import column_type
from taizhang.programmes.yaml_tree import Path

ONLY_STATE = "recorded"
"""The state of a type that declares none: it is recorded, and nothing more is owed."""

RESERVED = frozenset(
    ("record", "position", "supersedes", "void", "late", "state", "opened_at", "valid_from", "valid_to",
     "area", "body", "round", "due_from", "due_on", "done_on", "on", "by")
)  # fmt: skip
"""Names that are columns already, or payload keys with a meaning of their own."""

_NUMBERS = (FieldType.NUMBER, FieldType.MONEY, FieldType.WHOLE)


def name_of(shape: NameShape | None, otherwise: str) -> Name:
    """The name as it is written, or the id where none is."""
    return Name(shape.zh, shape.en) if shape else Name(otherwise, otherwise)


def build_record_type(
    programme: str, key: str, shape: RecordShape, codes: Mapping[str, CodeList], report: Report
) -> RecordType:
    """The record type that `shape` means; what is wrong with it goes to `report`."""
    path: Path = ("records", key)
    fields = {f: _field(f, s, codes, report, (*path, "fields", f)) for f, s in shape.fields.items()}
    states = _states(shape, report, path)
    steps = _steps(shape, states, fields, report, path)
    limits = _limits(shape, states, fields, codes, report, path)
    for rule, step in shape.step_rules.items():
        limit_path = (*path, "step_rules", rule, "limit")
        if step.limit and step.limit not in limits:
            report.unknown(limit_path, ("时限", "limit"), step.limit, limits)
        if step.acts in ("extend", "suspend", "resume") and not step.limit:
            report.say(limit_path[:-1], "missing-key", f"`{step.acts}` 须指明 limit / names no limit")
    _known(report, (*path, "varies"), shape.varies, [*fields, "area", "body"])
    _known(report, (*path, "unique"), shape.unique, [*fields, "area", "body"])
    # In `system`, entries stand at the root, so that a field `area` may say which area is meant.
    own = RESERVED - {"area"} if programme == "system" else RESERVED
    _check_names(own, fields, states, shape, limits, report, path)
    _check_reported(shape, fields, report, path)
    every, term = _rounds(shape, fields, report, path)
    _check_acts(shape, limits, codes, fields, report, path)
    return RecordType(
        programme=programme,
        id=key,
        name=name_of(shape.name, key),
        mechanism=shape.mechanism,
        fields=fields,
        states=states,
        ends=_ends(shape, states, steps, report, path),
        steps=steps,
        limits=limits,
        **_roles(shape, steps, report, path),
        varies=frozenset(shape.varies),
        reported=shape.reported,
        expects=_expects(shape, fields, report, path),
        every=every,
        term=term,
        unique=tuple(shape.unique),
    )


def _known(report: Report, path: Path, names: Iterable[str], known: Iterable[str]) -> None:
    names_known = list(known)
    for index, name in enumerate(names):
        if name not in names_known:
            report.unknown((*path, index), ("字段", "field"), name, names_known)


def _field(key: str, shape: FieldShape, codes: Mapping[str, CodeList], report: Report, path: Path) -> Field:
    kind = shape.type
    if kind is FieldType.CHOICE and not shape.choices:
        report.say(path, "missing-key", f"选项字段 `{key}` 缺 choices / a choice field needs choices")
    if kind is FieldType.CODE:
        if not shape.codes:
            report.say(path, "missing-key", f"代码字段 `{key}` 缺 codes / a code field needs codes")
        elif shape.codes not in codes:
            report.unknown((*path, "codes"), ("代码表", "code list"), shape.codes, codes)
    wrong = {
        "choices": bool(shape.choices) and kind is not FieldType.CHOICE,
        "codes": bool(shape.codes) and kind is not FieldType.CODE,
        "to": bool(shape.to) and kind is not FieldType.REFERENCE,
        "low": shape.low is not None and kind not in _NUMBERS,
        "high": shape.high is not None and kind not in _NUMBERS,
        "pattern": bool(shape.pattern) and kind is not FieldType.TEXT,
        "unit": bool(shape.unit) and kind not in _NUMBERS,
        "decimals": "decimals" in shape.model_fields_set and kind is not FieldType.NUMBER,
    }
    if kind is FieldType.MONEY and shape.unit not in ("", "元"):
        said = f"金额以元记,不能是{shape.unit} / money is kept in yuan"
        report.say((*path, "unit"), "impossible-unit", said, remedy="type: number, unit: …")
    for setting, is_wrong in wrong.items():
        if is_wrong:
            report.say(
                (*path, setting), "setting-not-here", f"{kind} 字段没有 `{setting}` / not for this type"
            )
    if shape.low is not None and shape.high is not None and shape.low > shape.high:
        report.say((*path, "low"), "wrong-value", "下限大于上限 / low is above high", f"≤ {shape.high}")
    if shape.pattern:
        try:
            re.compile(shape.pattern)
        except re.error as error:
            report.say((*path, "pattern"), "wrong-value", f"正则写错 / bad regular expression: {error}")
    return Field(
        id=key, type=kind, name=name_of(shape.name, key), required=shape.required, personal=shape.personal,
        unit=shape.unit, decimals=shape.decimals, low=_decimal(shape.low), high=_decimal(shape.high),
        choices={choice: name_of(name, choice) for choice, name in shape.choices.items()},
        codes=shape.codes, to=shape.to, pattern=shape.pattern,
    )  # fmt: skip


def _decimal(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _states(shape: RecordShape, report: Report, path: Path) -> tuple[str, ...]:
    mentioned: dict[str, None] = {}
    for source, targets in shape.steps.items():
        mentioned[source] = None
        mentioned.update(dict.fromkeys(targets.values()))
    if not shape.states:
        return tuple(mentioned) or (ONLY_STATE,)
    for source, targets in shape.steps.items():
        if source not in shape.states:
            report.unknown((*path, "steps", source), ("状态", "state"), source, shape.states, key=True)
        for step, target in targets.items():
            if target not in shape.states:
                report.unknown((*path, "steps", source, step), ("状态", "state"), target, shape.states)
    if len(set(shape.states)) != len(shape.states):
        report.say((*path, "states"), "duplicate-state", "状态重复 / a state is listed twice")
    return tuple(shape.states)


def _steps(
    shape: RecordShape, states: tuple[str, ...], fields: Mapping[str, Field], report: Report, path: Path
) -> dict[str, Step]:
    moves: dict[str, dict[str, str | None]] = {}
    for source, targets in shape.steps.items():
        for step, target in targets.items():
            moves.setdefault(step, {})[source] = target
    _check_reachable(states, shape, report, path)
    going_on = [state for state in states if shape.steps.get(state)] or list(states)
    for rule, said in shape.step_rules.items():
        rule_path = (*path, "step_rules", rule)
        for index, state in enumerate(said.in_):
            if state not in states:
                report.unknown((*rule_path, "in", index), ("状态", "state"), state, states)
            elif state in moves.get(rule, {}):
                report.say(
                    (*rule_path, "in", index),
                    "step-twice",
                    f"`{rule}` 在 `{state}` 已有去向 / leads on already",
                )
            else:
                moves.setdefault(rule, {})[state] = None
        if rule not in moves:
            if said.acts in ("", "reopen"):
                report.unknown(rule_path, ("步骤", "step"), rule, moves, key=True)
            else:
                moves[rule] = dict.fromkeys(going_on)
    found = {}
    for step, places in moves.items():
        rule_path = (*path, "step_rules", step)
        said = shape.step_rules.get(step) or StepRule.model_validate({})
        for setting in ("asks", "fields"):
            _known(report, (*rule_path, setting), getattr(said, setting), [*fields, "area", "body"])
        by = _duration(said.by, report, (*rule_path, "by")) if said.by else None
        if said.acts == "extend" and by is None and not said.by:
            report.say(rule_path, "missing-key", "延长须写明至多多久 `by` / extend needs `by`", FORM)
        found[step] = Step(
            id=step, name=name_of(said.name, step), moves=places, fields=tuple(said.fields),
            asks=tuple(said.asks), role=shape.roles.get(step, ""), reason=said.reason, times=said.times,
            limit=said.limit, acts=said.acts, by=by,
        )  # fmt: skip
    return found


def _check_reachable(states: tuple[str, ...], shape: RecordShape, report: Report, path: Path) -> None:
    if any(target not in states for targets in shape.steps.values() for target in targets.values()):
        return  # a name is wrong: that is said, and what it leads to cannot be known
    reached, waiting = {states[0]}, [states[0]]
    while waiting:
        for target in shape.steps.get(waiting.pop(), {}).values():
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    for index, state in enumerate(states):
        if state not in reached:
            where: Path = (*path, "states", index) if shape.states else (*path, "steps", state)
            found = f"状态 `{state}` 到达不了 / no step leads to this state from `{states[0]}`"
            report.problems.append(Problem("unreachable-state", found, place=report.tree.key_place(where)))


def _duration(text: str, report: Report, path: Path) -> Duration | None:
    try:
        return parse_duration(text)
    except ValueError:
        report.say(path, "not-a-duration", f"{text!r} 不是时长 / not a duration", FORM)
        return None


def _limits(
    shape: RecordShape,
    states: tuple[str, ...],
    fields: Mapping[str, Field],
    codes: Mapping[str, CodeList],
    report: Report,
    path: Path,
) -> dict[str, Limit]:
    found = {}
    for key, limit in shape.limits.items():
        here = (*path, "limits", key)
        for setting, state in (("from", limit.start), ("until", limit.until)):
            if state not in states:
                report.unknown((*here, setting), ("状态", "state"), state, states)
        if limit.start == limit.until:
            said = "起算与停止是同一状态 / it would end in the state that starts it"
            report.say((*here, "until"), "limit-without-length", said)
        within, by = None, ""
        if limit.within.startswith("by "):
            by = limit.within[3:].strip()
            coded = [f for f, field in fields.items() if field.type is FieldType.CODE]
            if by not in coded:
                report.unknown((*here, "within"), ("代码字段", "code field"), by, coded)
            elif (code_list := codes.get(fields[by].codes)) and not any(
                i.within for i in code_list.items.values()
            ):
                found_text = f"代码表 {code_list.id} 的代码都没有 within / none of its codes has a limit"
                report.say((*here, "within"), "limit-without-codes", found_text)
        else:
            within = _duration(limit.within, report, (*here, "within"))
        found[key] = Limit(key, limit.start, limit.until, within, by)
    return found


def _check_acts(
    shape: RecordShape,
    limits: Mapping[str, Limit],
    codes: Mapping[str, CodeList],
    fields: Mapping[str, Field],
    report: Report,
    path: Path,
) -> None:
    """What steps do besides moving fits the limits and rounds that they do it to."""
    resumed = {rule.limit for rule in shape.step_rules.values() if rule.acts == "resume"}
    for step, rule in shape.step_rules.items():
        here = (*path, "step_rules", step)
        if rule.acts == "suspend" and rule.limit in limits and rule.limit not in resumed:
            found = f"时限 `{rule.limit}` 中止后没有步骤恢复 / nothing resumes the limit"
            report.say(here, "never-resumed", found, remedy=f"acts: resume, limit: {rule.limit}")
        if rule.acts == "patrol" and not shape.every:
            found = "没有轮次可巡 / there are no rounds to patrol"
            report.say(
                (*here, "acts"), "patrol-without-rounds", found, remedy="every: 7 days, term: [起, 止]"
            )
        if rule.acts == "extend" and rule.limit in limits and rule.by:
            _check_extension(rule.by, limits[rule.limit], codes, fields, report, (*here, "by"))


def _check_extension(
    by: str,
    limit: Limit,
    codes: Mapping[str, CodeList],
    fields: Mapping[str, Field],
    report: Report,
    path: Path,
) -> None:
    """A limit in days is extended by days, one in hours or minutes by hours or minutes."""
    within = [limit.within] if limit.within else []
    if limit.by in fields and (code_list := codes.get(fields[limit.by].codes)):
        within = [item.within for item in code_list.items.values() if item.within]
    try:
        in_days = parse_duration(by).unit == "days"
    except ValueError:
        return  # said elsewhere
    if within and all((one.unit == "days") is not in_days for one in within):
        other = ("日", "days") if within[0].unit == "days" else ("小时、分钟", "hours or minutes")
        found = f"时限以{other[0]}计,延长却不是 / the limit counts {other[1]}, the extension does not"
        report.say(path, "extension-unit", found, write_duration(within[0]))


def _check_names(
    reserved: frozenset[str],
    fields: Mapping[str, Field],
    states: tuple[str, ...],
    shape: RecordShape,
    limits: Mapping[str, Limit],
    report: Report,
    path: Path,
) -> None:
    """No two things may give one column."""
    taken = dict.fromkeys(reserved, "系统列 / a column of every table")
    for state in states:
        taken |= {f"{state}_at": f"状态 {state}", f"first_{state}_at": f"状态 {state}"}
    taken |= {f"{step}_count": f"步骤 {step}" for targets in shape.steps.values() for step in targets}
    taken |= {f"{limit}_due": f"时限 {limit}" for limit in limits}
    for field in fields:
        if field in taken:
            found = f"字段名 `{field}` 已被占用({taken[field]})/ the name is taken"
            place = report.tree.key_place((*path, "fields", field))
            remedy = "换一个名字 / choose another"
            report.problems.append(Problem("name-taken", found, remedy=remedy, place=place))


def _check_reported(shape: RecordShape, fields: Mapping[str, Field], report: Report, path: Path) -> None:
    if shape.reported:
        document = fields.get("document")
        if not (document and document.required and document.type in (FieldType.FILES, FieldType.TEXT)):
            found = "上报数须有必填字段 document(files 或 text)/ reported totals need a required `document`"
            report.say((*path, "reported"), "reported-without-document", found)


def _ends(
    shape: RecordShape, states: tuple[str, ...], steps: Mapping[str, Step], report: Report, path: Path
) -> frozenset[str]:
    if shape.ends is not None:
        for index, state in enumerate(shape.ends):
            if state not in states:
                report.unknown((*path, "ends", index), ("状态", "state"), state, states)
        return frozenset(shape.ends)
    left = {
        source
        for step in steps.values()
        for source, target in step.moves.items()
        if target not in (None, source) and step.acts != "reopen"
    }
    lasting = shape.mechanism in (Mechanism.REGISTER, Mechanism.DUTY) and len(states) == 1
    return frozenset() if lasting else frozenset(states) - left


def _roles(shape: RecordShape, steps: Mapping[str, Step], report: Report, path: Path) -> dict[str, str]:
    known = ["open", "amend", "void", *steps]
    for key in shape.roles:
        if key not in known:
            report.unknown((*path, "roles", key), ("步骤", "step"), key, known, key=True)
    get = shape.roles.get
    return {"opens": get("open", ""), "amends": get("amend", ""), "voids": get("void", "")}


def _expects(shape: RecordShape, fields: Mapping[str, Field], report: Report, path: Path) -> Expects | None:
    expects = shape.expects
    if expects is None:
        return None
    here = (*path, "expects")
    with_column = [f for f, field in fields.items() if column_type(field)]
    if expects.each not in [*with_column, "area", "body"]:
        report.unknown((*here, "each"), ("字段", "field"), expects.each, [*with_column, "area", "body"])
    days = [f for f, field in fields.items() if field.type in (FieldType.DATE, FieldType.TIME)]
    if expects.on not in days:
        report.unknown((*here, "on"), ("日期字段", "date field"), expects.on, days)
    return Expects(expects.each, expects.every, expects.on)


def _rounds(
    shape: RecordShape, fields: Mapping[str, Field], report: Report, path: Path
) -> tuple[Duration | None, tuple[str, str]]:
    if not shape.every:
        if shape.term and len(shape.term) == 2:
            return None, (shape.term[0], shape.term[1])
        return None, ("", "")
    here = (*path, "every")
    if shape.mechanism is not Mechanism.DUTY:
        report.say(here, "setting-not-here", "只有 duty 有轮次 / only a duty has rounds")
    every = _duration(shape.every, report, here)
    if every and (every.unit != "days" or every.clock is not Clock.CALENDAR):
        report.say(here, "not-a-duration", "轮次按日历日计 / rounds are counted in calendar days", "7 days")
    if len(shape.term) != 2:
        report.say(
            path, "missing-key", "有轮次的职责须有 term: [起日, 止日] / rounds need a term of two date fields"
        )
        return every, ("", "")
    for index, field in enumerate(shape.term):
        found = fields.get(field)
        if found is None or found.type is not FieldType.DATE:
            days = [f for f, one in fields.items() if one.type is FieldType.DATE]
            report.unknown((*path, "term", index), ("日期字段", "date field"), field, days)
        elif not found.required:
            report.say(
                (*path, "term", index), "term-not-required", f"任期字段 `{field}` 须必填 / must be required"
            )
    return every, (shape.term[0], shape.term[1])
