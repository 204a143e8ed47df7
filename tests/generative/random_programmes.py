"""Random programmes: record types of every mechanism, indicators over them; as a file and as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

from tests.generative.naive_records import NO_COLUMN, Kind, Rule
from tests.generative.random_measures import NaiveMeasure, measure

from taizhang.errors import DefinitionError
from taizhang.programmes import load

MECHANISMS = ("register", "project", "case", "service", "observation", "duty", "assessment")

CODES = """\
codes: categories
name: 类别
version: "1"
items:
  "01": {name: 快, within: 3 working hours}
  "02": {name: 慢, within: 4 days}
  "03": {name: 不限}
"""
WITHIN = {"01": "3 working hours", "02": "4 days"}

CHOICES = {"kind": ("a", "b", "c"), "category": ("01", "02", "03")}
_WRITTEN = {
    "kind": "{type: choice, choices: {a: 甲, b: 乙, c: 丙}}",
    "category": "{type: code, codes: categories}",
    "size": "{type: number, decimals: 2, low: -50}",
    "score": "{type: whole}",
    "pay": "{type: money, low: 0}",
    "day": "{type: date}",
    "hour": "{type: time}",
    "ok": "{type: yes_no}",
    "who": "{type: person}",
    "other": "{type: area}",
    "lead": "{type: body}",
    "phone": "{type: text, personal: true}",
    "word": "{type: text}",
    "spot": "{type: point}",
}
TYPES = {
    "kind": "choice", "category": "code", "size": "number", "score": "whole", "pay": "money", "day": "date",
    "hour": "time", "ok": "yes_no", "who": "person", "other": "area", "lead": "body", "phone": "personal",
    "word": "text", "spot": "point", "document": "text", "term_from": "date", "term_to": "date",
}  # fmt: skip
LENGTHS = ("30 working minutes", "5 working hours", "1 working days", "3 working days", "10 days", "36 hours")
BY = {
    "30 working minutes": "45 working minutes", "5 working hours": "6 working hours",
    "1 working days": "2 working days", "3 working days": "2 working days", "10 days": "3 days",
    "36 hours": "12 hours",
}  # fmt: skip


@dataclass(frozen=True)
class NaiveIndicator:
    """An indicator as plain data; `formula`: two ids and the sign between them."""

    id: str
    unit: str = ""
    numerator: NaiveMeasure | None = None
    denominator: NaiveMeasure | None = None
    formula: tuple[str, str, str] | None = None
    better: str = ""
    amber: Fraction | None = None
    targets: Mapping[str, Fraction] = field(default_factory=dict)
    rank: bool = False
    by: tuple[str, ...] = ()
    text: str = ""

    @property
    def factor(self) -> int:
        return {"%": 100, "‰": 1000}.get(self.unit, 1) if self.denominator else 1


@dataclass(frozen=True)
class Programme:
    """A programme with the id `p`: its file, its record types and its indicators."""

    text: str
    kinds: Mapping[str, Kind]
    indicators: Mapping[str, NaiveIndicator]


def programme(random: Random) -> Programme:
    """Two or three record types and five to eight indicators."""
    kinds: dict[str, Kind] = {}
    written = []
    for mechanism in random.sample(MECHANISMS, random.randint(2, 3)):
        kind = _kind(random, mechanism, list(kinds))
        kinds[kind.key] = kind
        written.append(_written(kind, random))
    indicators: dict[str, NaiveIndicator] = {}
    text = "programme: p\nname: 试验\nlead: office\nrecords:\n" + "".join(written) + "indicators:\n"
    for number in range(random.randint(5, 8)):
        one = _indicator(random, f"i{number}", list(kinds.values()), list(indicators))
        while not _units_fit(text + one.text):
            one = _indicator(random, f"i{number}", list(kinds.values()), list(indicators))
        indicators[one.id] = one
        text += one.text
    return Programme(text, kinds, indicators)


def _units_fit(text: str) -> bool:
    """Whether no units are mixed up: which are is not the question here (tests/programmes/test_units.py is).

    Any other problem is one of the story, and raised.
    """
    try:
        load({"programmes/p.yaml": text, "codes/categories.yaml": CODES})
    except DefinitionError as error:
        if {problem.code for problem in error.problems} <= {"units-differ", "impossible-unit"}:
            return False
        raise
    return True


# -- record types --------------------------------------------------------------------------------------------


def _kind(random: Random, mechanism: str, others: Sequence[str]) -> Kind:
    names = random.sample(list(_WRITTEN), random.randint(4, 9))
    for name, why in (("ok", 2), ("kind", 3), ("size", 2)):
        if name not in names and random.randrange(why):
            names.append(name)
    fields = {name: TYPES[name] for name in names}
    kind = Kind(f"p.{mechanism}", mechanism, fields)
    if others and random.randrange(2):
        kind = replace(
            kind, fields={**fields, "base": "reference"}, references={"base": random.choice(others)}
        )
    if mechanism == "duty":
        return _duty(random, kind)
    if mechanism == "observation" and random.randrange(2):
        more = {"document": "text"} if random.randrange(2) else {}
        kind = replace(kind, fields={**kind.fields, **more}, required=tuple(more))
    if mechanism in ("service", "observation") or not random.randrange(6):
        return _with_rules(random, kind)
    return _with_rules(random, _with_steps(random, kind))


def _duty(random: Random, kind: Kind) -> Kind:
    fields = {**kind.fields, "term_from": "date", "term_to": "date"}
    rules = {"patrol": Rule(acts="patrol")} | ({"urge": Rule(acts="urge")} if random.randrange(2) else {})
    keeps = {"recorded": None}
    return _with_rules(
        random,
        replace(
            kind,
            fields=fields,
            required=("term_from", "term_to"),
            every=random.choice((7, 10, 30, 91)),
            rules=rules,
            moves=dict.fromkeys(rules, keeps),
        ),
    )


def _with_steps(random: Random, kind: Kind) -> Kind:
    """A path of states with ways back, and steps that keep the state."""
    count = random.randint(2, 4)
    states = tuple(f"s{n}" for n in range(count))
    moves: dict[str, dict[str, str | None]] = {}
    for n in range(count - 1):
        moves.setdefault(random.choice((f"go{n}", "go")), {})[states[n]] = states[n + 1]
    rules: dict[str, Rule] = {}
    if count > 2 and random.randrange(2):
        moves["back"] = {states[count - 2]: states[random.randrange(count - 2)]}
    if random.randrange(2):
        moves["reopen"] = {states[-1]: states[random.randrange(count - 1)]}
        rules["reopen"] = Rule(acts="reopen", reason=bool(random.randrange(2)))
        if count > 2 and random.randrange(2):  # so that an end may be left for a state that is new
            moves["jump"] = {states[0]: states[-1]}
    ends = random.choice((None, None, states[-1:], states[-2:])) if random.randrange(2) else None
    limits = {}
    if random.randrange(3):
        start = random.randrange(count - 1)
        coded = "category" in kind.fields and not random.randrange(3)
        within = "by category" if coded else random.choice(LENGTHS)
        limits["handling"] = states[start], states[random.randrange(start + 1, count)], within
        keeps = {states[start]: None}
        for act in ("suspend", "resume") if random.randrange(3) else ():
            rules[act], moves[act] = Rule(acts=act, limit="handling"), dict(keeps)
        if not coded and random.randrange(2):
            times = random.choice((0, 1, 2))
            rules["extend"] = Rule(acts="extend", limit="handling", by=BY[within], times=times)
            moves["extend"] = dict(keeps)
    if random.randrange(3) == 0:
        rules["urge"] = Rule(acts="urge")
        moves["urge"] = dict.fromkeys(random.sample(states, random.randint(1, count)))
    return replace(kind, states=states, moves=moves, rules=rules, limits=limits, stated_ends=ends)


def _with_rules(random: Random, kind: Kind) -> Kind:
    """What steps may set and ask for, what varies, what is required and what is unique."""
    free = [
        name for name in kind.fields if name not in ("category", "document", "term_from", "term_to", "base")
    ]
    rules = dict(kind.rules)
    for step in kind.moves:
        rule = rules.get(step, Rule())
        if rule.acts in ("", "reopen"):
            settable = random.sample(free, random.randint(0, min(4, len(free))))
            asks = settable[:1] if random.randrange(4) == 0 else []
            rules[step] = replace(rule, fields=tuple(settable[len(asks) :]), asks=tuple(asks))
    varying = ["area", "body", *(f for f in free if TYPES[f] not in NO_COLUMN)]
    varies = random.sample(varying, random.randint(1, min(3, len(varying)))) if random.randrange(2) else []
    required = [*kind.required, *random.sample(free, random.randint(0, min(2, len(free))))]
    if "category" in kind.fields and any(limit[2] == "by category" for limit in kind.limits.values()):
        required.append("category")
    plain = [f for f in free if TYPES[f] not in (*NO_COLUMN, "person")]
    unique = random.sample(plain, min(2, len(plain))) if random.randrange(4) == 0 else []
    return replace(
        kind, rules=rules, varies=tuple(varies if kind.moves else ()), unique=tuple(unique),
        required=tuple(dict.fromkeys(required)),
    )  # fmt: skip


def _written(kind: Kind, random: Random) -> str:
    """The record type as YAML."""
    lines = [f"  {kind.mechanism}:", f"    mechanism: {kind.mechanism}", "    fields:"]
    for name in kind.fields:
        shape = _WRITTEN.get(name, f"{{type: {kind.fields[name]}}}")
        if name == "base":
            shape = f"{{type: reference, to: {kind.references[name]}}}"
        if name in kind.required:
            shape = shape[:-1] + ", required: true}"
        lines.append(f"      {name}: {shape}")
    if kind.states != ("recorded",):
        lines.append(f"    states: [{', '.join(kind.states)}]")
        if kind.stated_ends is not None:
            lines.append(f"    ends: [{', '.join(kind.stated_ends)}]")
        lines.append("    steps:")
        for state in kind.states:
            moves = {s: to[state] for s, to in kind.moves.items() if to.get(state)}
            if moves:
                lines.append(f"      {state}: {{{', '.join(f'{s}: {to}' for s, to in moves.items())}}}")
    if kind.moves:
        lines.append("    step_rules:")
    for step, places in kind.moves.items():
        rule = kind.rule(step)
        keeps = [state for state, target in places.items() if target is None]
        said = [f"in: [{', '.join(keeps)}]"] if keeps else []
        said += [f"{key}: {text}" for key in ("acts", "limit", "by") if (text := getattr(rule, key))]
        said += [f"times: {rule.times}"] if rule.times else []
        said += ["reason: true"] if rule.reason else []
        said += [f"{key}: [{', '.join(some)}]" for key in ("asks", "fields") if (some := getattr(rule, key))]
        lines.append(f"      {step}: {{{', '.join(said)}}}")
    if kind.limits:
        start, until, within = kind.limits["handling"]
        lines.append(f"    limits: {{handling: {{from: {start}, until: {until}, within: {within}}}}}")
    for key, some in (("varies", kind.varies), ("unique", kind.unique)):
        if some:
            lines.append(f"    {key}: [{', '.join(some)}]")
    if kind.every:
        lines.append(f"    every: {kind.every} days\n    term: [term_from, term_to]")
    if "document" in kind.fields:
        lines.append("    reported: true")
    return "\n".join(lines) + "\n"


# -- indicators ----------------------------------------------------------------------------------------------

_COLUMN_KINDS = {
    "choice": "text", "code": "text", "number": "number", "whole": "number", "money": "number",
    "date": "date", "time": "time", "yes_no": "yes_no", "person": "person", "area": "text",
    "body": "text", "text": "text", "reference": "text",
}  # fmt: skip


def columns_of(kind: Kind, rounds: bool = False) -> dict[str, str]:
    """The columns of a record type's logical table: name → kind of value."""
    columns = {"record": "text", "position": "number", "late": "yes_no", "state": "text", "area": "text"}
    columns |= {"body": "text", "opened_at": "time"}
    columns |= {name: _COLUMN_KINDS[of] for name, of in kind.fields.items() if of not in NO_COLUMN}
    if rounds:
        return columns | {"round": "number", "due_from": "date", "due_on": "date", "done_on": "date"}
    for state in kind.states:
        columns |= {f"{state}_at": "time", f"first_{state}_at": "time"}
    columns |= {f"{step}_count": "number" for step in kind.moves}
    return columns | {f"{limit}_due": "time" for limit in kind.limits}


def _indicator(random: Random, key: str, kinds: Sequence[Kind], others: Sequence[str]) -> NaiveIndicator:
    said = [f"name: 指标{key}"]
    made = NaiveIndicator(key)
    if len(others) > 1 and random.randrange(6) == 0:
        left, right, sign = random.choice(others), random.choice(others), random.choice("+-*/")
        made = replace(made, formula=(left, sign, right), unit="分")
        said.append(f"""formula: '2 * "{left}" {sign} "{right}"'""")
    else:
        kind = random.choice(kinds)
        rounds = bool(kind.every and random.randrange(2))
        upper = _measure(random, kind, rounds)
        made = replace(made, numerator=upper, unit=random.choice(("件", "元", "小时", "天", "分")))
        if random.randrange(3) == 0:
            lower = _measure(random, kind, rounds)
            if upper.covered and random.randrange(2):
                lower = NaiveMeasure(f"{{areas: {upper.covered}}}", areas=upper.covered)
            made = replace(made, denominator=lower, unit=random.choice(("%", "‰", "倍")))
            said += [f"numerator: {upper.text}", f"denominator: {lower.text}"]
        else:
            said.append(f"value: {upper.text}")
        by = tuple(name for name in ("kind", "category") if name in kind.fields)
        made = replace(made, by=by)
        said += [f"by: [{', '.join(by)}]"] if by else []
    if any("distinct who" in line for line in said):
        said.append("persons: place")
    said.append(f'unit: "{made.unit}"')
    if random.randrange(2):
        made = replace(made, better=random.choice(("higher", "lower")), rank=bool(random.randrange(2)))
        targets = {"2022": random.choice(("3", "0.5")), "2022-Q2": "1"}
        made = replace(made, targets={p: Fraction(t) for p, t in targets.items()}, amber=Fraction("0.8"))
        said += [f"better: {made.better}", "amber: 0.8", f"targets: {{2022: {targets['2022']}, 2022-Q2: 1}}"]
        said += ["rank: {}"] if made.rank else []
    return replace(made, text=f"  {key}:\n" + "".join(f"    {line}\n" for line in said))


def _measure(random: Random, kind: Kind, rounds: bool) -> NaiveMeasure:
    columns = columns_of(kind, rounds)
    choices = {name: some for name, some in CHOICES.items() if name in kind.fields}
    of = f"{kind.mechanism}{'.rounds' * rounds}"
    return measure(random, of, columns, choices | {"state": kind.states}, rounds=rounds)
