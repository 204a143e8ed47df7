"""Labelled sentences (labels/*.jsonl) and the texts into which they point.

A label keeps places and values, never words of the text: the texts are the reports of a corpus that lies
beside the checkout (`../shared/corpus/state-council-reports.jsonl`), one JSON object a line with `title`,
`year` and `content`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LABELS = Path(__file__).parent / "labels"
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus" / "state-council-reports.jsonl"
REPORT = SHARED / "report"
NUMERAL = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万亿两兩萬億廿卅半首]")


class LabelError(Exception):
    """Labels that are not of the right form, or that do not fit the texts."""


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """What a figure asserts to a careful reader. `optional`: such readers may differ, so it never counts."""

    start: int
    length: int
    low: Decimal | None
    high: Decimal | None
    unit: str
    kind: str
    bound: str
    approx: bool
    basis: str | None
    modality: str
    period: str
    subject: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class LabelledStatement:
    start: int
    length: int
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A stretch of a text in which every claim is labelled."""

    text: str  # the key of the text
    year: int
    start: int
    length: int
    claims: tuple[LabelledClaim, ...]
    statements: tuple[LabelledStatement, ...] = ()

    @property
    def end(self) -> int:
        return self.start + self.length

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    content: str


def key_of(year: int, index: int = 0) -> str:
    return f"{year}" if not index else f"{year}.{index}"


def load_corpus(path: Path) -> dict[str, Text]:
    """The corpus' reports by year; a second one of a year is `1978.1`. Lines without a year are left out."""
    texts: dict[str, Text] = {}
    for line in path.read_text("utf-8").splitlines():
        report = json.loads(line)
        if not report["year"]:
            continue
        year, index = int(report["year"]), 0
        while key_of(year, index) in texts:
            index += 1
        texts[key_of(year, index)] = Text(report["title"], report["content"])
    return texts


def load_reports(path: Path) -> list[str]:
    """Every text of the corpus, resolutions too, each under its title: for measuring speed."""
    reports = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [f"{report['title']}\n{report['content']}" for report in reports]


def load_labels(paths: Iterable[Path]) -> list[LabelledSentence]:
    """The labelled sentences of those files. Raises LabelError with file and line where one is ill formed."""
    sentences = []
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                sentences.append(_sentence(json.loads(line)))
            except (KeyError, ValueError, TypeError, ArithmeticError) as error:
                raise LabelError(f"{path.name}:{number}: {error!r}") from error
    return sentences


def _sentence(label: Mapping[str, Any]) -> LabelledSentence:
    return LabelledSentence(
        key_of(label["year"], label.get("index", 0)),
        label["year"],
        label["start"],
        label["length"],
        tuple(claim_of(claim) for claim in label["claims"]),
        tuple(statement_of(statement) for statement in label.get("statements", ())),
    )


def claim_of(label: Mapping[str, Any]) -> LabelledClaim:
    """One label, of our own files (with a length) or of a file of expected claims (with the surface)."""
    return LabelledClaim(
        label["start"],
        label["length"] if "length" in label else len(label["surface"]),
        _number(label["low"]),
        _number(label["high"]),
        label["unit"],
        label["kind"],
        label["bound"],
        label["approx"],
        label["basis"],
        label["modality"],
        label["period"],
        label["subject"],
        label.get("optional", False),
    )


def statement_of(label: Mapping[str, Any]) -> LabelledStatement:
    length = label["length"] if "length" in label else len(label["surface"])
    return LabelledStatement(label["start"], length, label["kind"], label["subject"])


def _number(value: str | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def check(sentences: Sequence[LabelledSentence], texts: Mapping[str, Text]) -> None:
    """Raises LabelError unless each label points at a numeral in its sentence: another edition is noticed."""
    for sentence in sentences:
        if sentence.text not in texts:
            raise LabelError(f"{sentence.text}: 语料中没有这份报告 / the corpus has no such report")
        content = texts[sentence.text].content
        if sentence.end > len(content) or not content[sentence.start : sentence.end].strip():
            raise LabelError(f"{sentence.text}:{sentence.start}: 句子在文本之外 / outside the text")
        for claim in sentence.claims:
            surface = content[claim.start : claim.start + claim.length]
            inside = sentence.holds(claim.start) and claim.start + claim.length <= sentence.end
            if not inside or not NUMERAL.search(surface):
                raise LabelError(
                    f"{sentence.text}:{claim.start}: 标注与语料版本不合 / the label does not fit this edition"
                )


def load_report(folder: Path) -> tuple[str, LabelledSentence]:
    """The report whose every claim and statement is known: its text, and all labels as of one stretch."""
    text = (folder / "liubei-2022.txt").read_text("utf-8")
    claims = [claim_of(json.loads(line)) for line in _lines(folder / "claims.jsonl")]
    statements = [statement_of(json.loads(line)) for line in _lines(folder / "statements.jsonl")]
    return text, LabelledSentence("report", 2022, 0, len(text), tuple(claims), tuple(statements))


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()
