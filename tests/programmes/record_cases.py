"""Reads the cases in tests/spec/records and runs one: check each entry, play it, play all of them again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from taizhang.errors import EntryError, Problem
from taizhang.programmes import Calendar, Checker, Context, Definitions, Entry, apply, load, replay
from taizhang.programmes.yaml_tree import read_yaml

FOLDER = Path(__file__).resolve().parents[1] / "spec" / "records"


@dataclass(frozen=True)
class Case:
    """One case with the file whose programme it is about."""

    file: str
    type: str
    data: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file}: {self.data['name']}"


@cache
def _read(name: str) -> dict[str, Any]:
    tree = read_yaml((FOLDER / name).read_text("utf-8"), name)
    assert not tree.problems, tree.problems
    return tree.data


def all_cases() -> list[Case]:
    """Every case of every file."""
    cases = []
    for file in sorted(FOLDER.glob("*.yaml")):
        data = _read(file.name)
        cases += [Case(data.get("programme_of", file.name), data["type"], case) for case in data["cases"]]
    return cases


@cache
def definitions_of(file: str) -> Definitions:
    """The definitions that a file of cases carries."""
    data = _read(file)
    texts = {f"programmes/{file}": data["programme"]}
    if "codes" in data:
        texts[f"codes/{file}"] = data["codes"]
    return load(texts)


@cache
def checker_of(file: str) -> Checker:
    return Checker(definitions_of(file))


def context_of(case: Case) -> Context:
    """Code lists and the case's calendar."""
    overrides = {date.fromisoformat(day): worked for day, worked in case.data.get("overrides", {}).items()}
    return Context(definitions_of(case.file).codes, Calendar(overrides))


def ulid(number: int) -> str:
    return f"{number:026d}"


def sent(case: Case, number: int) -> dict[str, Any]:
    """The entry in full that stands short in the case."""
    short = case.data["entries"][number - 1]
    kind = next(k for k in ("open", "step", "amend", "void") if k in short)
    full: dict[str, Any] = {
        "id": ulid(number),
        "kind": kind,
        "type": case.type,
        "record": short.get("record", "record-1"),
        "happened": short["at"],
        "reason": short.get("reason", ""),
        "payload": short.get("payload", {}) if kind == "step" else short[kind],
        **short.get("extra", {}),
    }
    if kind == "open":
        full |= {"area": "450205", "body": "office"}
    if kind == "step":
        full["step"] = short["step"]
    full |= {key: short[key] for key in ("area", "body") if key in short}
    if "target" in short:
        full["target"] = ulid(short["target"])
    return _as_json(full)


def _as_json(value: Any) -> Any:
    """Decimals as JSON would bring them."""
    if isinstance(value, dict):
        return {key: _as_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_json(part) for part in value]
    return float(value) if isinstance(value, Decimal) else value


@dataclass
class Run:
    """What became of a case's entries."""

    document: dict[str, Any] | None
    taken: list[Entry]
    refused: dict[int, list[str]]
    checked: list[Entry]


def run(case: Case) -> Run:
    """Take a case's entries one by one, as the ledger does."""
    context = context_of(case)
    record_type = definitions_of(case.file).record_type(case.type)
    outcome = Run(None, [], {}, [])
    for number in range(1, len(case.data["entries"]) + 1):
        entry = checker_of(case.file).check(sent(case, number), "case")
        if isinstance(entry, Entry):
            outcome.checked.append(entry)
        if isinstance(entry, Entry) and outcome.document:  # the ledger fills in what is not said
            known = outcome.document
            entry = entry._replace(area=entry.area or known["area"], body=entry.body or known["body"])
        problems: list[Problem] | tuple[Problem, ...] = []
        if isinstance(entry, list):
            problems = entry
        else:
            result = apply(record_type, outcome.document, entry, context)
            problems = result.problems
            document = result.document
            if result.replay_needed:
                try:
                    document = replay(record_type, [*outcome.taken, entry], context)
                except EntryError as error:
                    problems = error.problems
            if not problems:
                assert document is not None
                outcome.document = document
                outcome.taken.append(entry)
        if problems:
            outcome.refused[number] = sorted(problem.code for problem in problems)
    return outcome
