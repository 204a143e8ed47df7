"""How well the reader reads: precision, recall and F1 on labelled sentences of seven decades.

    python benchmarks/reading/score.py [LABELS.jsonl ...] [--corpus FILE] [--show] [--alone]

Reads each report whole, title first, so that what a sentence leaves to its surroundings is there, and takes
the claims that start in the labelled sentence. The corpus and the whole report are not part of the product:
where they are absent that part is skipped and the output says so. Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from labelled import (
    CORPUS,
    LABELS,
    REPORT,
    LabelError,
    LabelledClaim,
    LabelledSentence,
    Text,
    check,
    load_corpus,
    load_labels,
    load_report,
)
from scoring import PARTS, Match, Score, match_claims, match_statements, same_part

from taizhang import reading
from taizhang.reading import Claim, Reading, Statement


class Found(NamedTuple):
    """What the reader finds in a sentence; places count in the text to which the labels point."""

    claims: list[Claim]
    statements: list[Statement]


Read = Callable[[LabelledSentence], Found]
HEAD = (
    "| 年代 decade | 句 sentences | 标注 labelled | 读出 found | 准确率 precision | 召回率 recall | F1 "
    "| 主语 subject | 界 bound | 基期 basis | 口气 modality | 时期 period | F1 连主语 with subject |"
)
RULE = "| --- |" + " ---: |" * 12


def in_context(texts: Mapping[str, Text]) -> Read:
    """Reads a sentence in its whole report, title first."""
    readings: dict[str, Found] = {}

    def read(sentence: LabelledSentence) -> Found:
        if sentence.text not in readings:
            text = texts[sentence.text]
            head = f"{text.title}\n"
            readings[sentence.text] = moved(reading.read(head + text.content), -len(head))
        claims, statements = readings[sentence.text]
        return Found(
            [claim for claim in claims if sentence.holds(claim.start)],
            [statement for statement in statements if sentence.holds(statement.start)],
        )

    return read


def alone(texts: Mapping[str, Text]) -> Read:
    """Reads the sentence by itself, as one who has nothing but that sentence."""

    def read(sentence: LabelledSentence) -> Found:
        words = texts[sentence.text].content[sentence.start : sentence.end]
        return moved(reading.read(words), sentence.start)

    return read


def moved(found: Reading, by: int) -> Found:
    return Found(
        [replace(claim, start=claim.start + by) for claim in found.claims],
        [replace(statement, start=statement.start + by) for statement in found.statements],
    )


def score(
    sentences: Iterable[LabelledSentence], read: Read
) -> tuple[dict[str, Score], list[tuple[LabelledSentence, Match]]]:
    """Scores by decade and of all (全部 / all), and every sentence's match."""
    scores: dict[str, Score] = defaultdict(Score)
    matches = []
    for sentence in sentences:
        match = match_claims(sentence.claims, read(sentence).claims)
        matches.append((sentence, match))
        scores[f"{sentence.year // 10 * 10}"].add(match)
        scores["全部 all"].add(match)
    return dict(sorted(scores.items())), matches


def row(name: str, score: Score) -> str:
    cells = [f"{score.sentences}", f"{score.labelled}", f"{score.found}"]
    cells += [f"{value:.3f}" for value in (score.precision, score.recall, score.f1)]
    cells += [f"{score.part(part).value:.3f}" for part in PARTS]
    return f"| {name} | {' | '.join([*cells, f'{score.subject_f1:.3f}'])} |"


def show(content: str, sentence: LabelledSentence, match: Match) -> list[str]:
    """Each difference of that sentence, with the sentence before them; nothing where there is none."""
    lines = [f"    缺 missed  {said(content, label)}" for label in match.missed]
    lines += [f"    多 extra   {said(content, claim)}" for claim in match.extra]
    for label, claim in match.pairs:
        lines += [
            f"    异 {part}  {claim.surface}: {getattr(label, part)} ≠ {getattr(claim, part)}"
            for part in PARTS
            if same_part(part, label, claim) is False
        ]
    words = content[sentence.start : sentence.end].replace("\n", " ")
    return [f"{sentence.text}:{sentence.start}  {words}", *lines] if lines else []


def said(content: str, claim: LabelledClaim | Claim) -> str:
    length = claim.length if isinstance(claim, LabelledClaim) else len(claim.surface)
    surface = content[claim.start : claim.start + length]
    return f"“{surface}” {number(claim.low)}…{number(claim.high)} {claim.unit} {claim.kind}  {claim.subject}"


def number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def score_labels(paths: Sequence[Path], corpus: Path, options: argparse.Namespace) -> None:
    if not corpus.exists():
        print(f"没有语料，跳过标注集 / no corpus, so the labelled sentences are skipped: {corpus}")
        return
    texts = load_corpus(corpus)
    for path in paths:
        sentences = load_labels([path])
        check(sentences, texts)
        read = alone(texts) if options.alone else in_context(texts)
        scores, matches = score(sentences, read)
        print(f"\n### {path.name}{'，单句 / each sentence alone' if options.alone else ''}\n\n{HEAD}\n{RULE}")
        for name, one in scores.items():
            print(row(name, one))
        say_statements(sentences, read)
        for sentence, match in matches if options.show else ():
            for line in show(texts[sentence.text].content, sentence, match):
                print(line)


def say_statements(sentences: Iterable[LabelledSentence], read: Read) -> None:
    """How many of the labelled statements are found; only those that plainly hold are labelled."""
    labelled = missed = 0
    for sentence in sentences:
        labelled += len(sentence.statements)
        missed += len(match_statements(sentence.statements, read(sentence).statements)[0])
    print(f"\n陈述 / statements: 标注 labelled {labelled}，找到 found {labelled - missed}")


def score_report(folder: Path, options: argparse.Namespace) -> None:
    if not folder.exists():
        print(f"没有整篇标注的报告，跳过 / no wholly labelled report, skipped: {folder}")
        return
    text, whole = load_report(folder)
    found = reading.read(text)
    match = match_claims(whole.claims, found.claims)
    total = Score()
    total.add(match)
    missed, extra = match_statements(whole.statements, found.statements)
    print(f"\n### 整篇报告 / a whole report\n\n{HEAD}\n{RULE}\n{row('2022', total)}\n")
    print(
        f"陈述 / statements: 标注 labelled {len(whole.statements)}，"
        f"找到 found {len(whole.statements) - len(missed)}，另外 besides {len(extra)}"
    )
    if options.show:
        print("\n".join(show(text, whole, match)[1:]))
        for statement in missed:
            surface = text[statement.start : statement.start + statement.length]
            print(f"    缺 missed  {statement.kind} “{surface}”")
        for other in extra:
            print(f"    另外 besides  {other.kind} “{other.surface}”")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("labels", nargs="*", type=Path, help="default: every file in labels/")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--report", type=Path, default=REPORT, help="folder of the wholly labelled report")
    parser.add_argument("--show", action="store_true", help="print each difference with its sentence")
    parser.add_argument("--alone", action="store_true", help="read each sentence by itself")
    options = parser.parse_args(argv)
    try:
        score_labels(options.labels or sorted(LABELS.glob("*.jsonl")), options.corpus, options)
        score_report(options.report, options)
    except LabelError as error:
        print(f"标注不可用 / labels that cannot be used: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
