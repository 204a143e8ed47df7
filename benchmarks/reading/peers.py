"""The reader beside what people use today, on the same sentences in one run.

    python benchmarks/reading/peers.py [LABELS.jsonl ...] [--corpus FILE]

Each is given the labelled sentence alone. Asked is only what every one of them can answer: which numbers
stand there as quantities, and of what unit. What the number says (a fall or a rise, a bound, a plan) is left
out, and signs are ignored. JioNLP knows no quantities but money, so money is also counted by itself.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import cn2an
from labelled import (
    CORPUS,
    LABELS,
    LabelError,
    LabelledClaim,
    LabelledSentence,
    check,
    load_corpus,
    load_labels,
)
from quantities import MONEY, Quantity, Tally, agree, plain_expression, quantity

from taizhang import reading

with contextlib.redirect_stdout(io.StringIO()):  # it greets whoever imports it
    import jionlp

Peer = Callable[[str], list[Quantity]]


def taizhang(text: str) -> list[Quantity]:
    return [quantity(claim.low, claim.high, claim.unit) for claim in reading.read(text).claims]


def cn2an_and_expression(text: str) -> list[Quantity]:
    """Chinese numerals rewritten by cn2an's transform, then the same expression."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of every numeral that it cannot rewrite
        return plain_expression(cn2an.transform(text, "cn2an"))


def jionlp_money(text: str) -> list[Quantity]:
    """JioNLP's sums of money; of a vague one (几百万) the ends between which it puts it."""
    found = []
    for entity in jionlp.ner.extract_money(text, with_parsing=True, ret_all=False):
        detail = entity["detail"]
        numbers = detail["num"] if isinstance(detail["num"], list) else [detail["num"]]
        found.append(Quantity(frozenset(abs(Decimal(number)) for number in numbers), detail["case"]))
    return found


PEERS: dict[str, Peer] = {
    "台账 taizhang": taizhang,
    "JioNLP extract_money": jionlp_money,
    "cn2an transform + regex": cn2an_and_expression,
    "regex": plain_expression,
}


def compare(
    sentences: Iterable[LabelledSentence], words: Callable[[LabelledSentence], str], peer: Peer
) -> str:
    """The peer's cells: value, value and unit, money."""
    value, unit, money = Tally(), Tally(), Tally()
    for sentence in sentences:
        labels = [labelled(claim) for claim in sentence.claims if not claim.optional]
        either = [labelled(claim) for claim in sentence.claims if claim.optional]
        found = [
            one
            for one in peer(words(sentence))
            if not any(agree(label, one, with_unit=False) for label in either)
        ]
        value.add(labels, found, with_unit=False)
        unit.add(labels, found, with_unit=True)
        money.add(_money(labels), _money(found), with_unit=True)
    return f"{value} | {unit} | {money}"


def labelled(claim: LabelledClaim) -> Quantity:
    return quantity(claim.low, claim.high, claim.unit)


def _money(quantities: Iterable[Quantity]) -> list[Quantity]:
    return [one for one in quantities if one.unit in MONEY]


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("labels", nargs="*", type=Path, help="default: every file in labels/")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args(argv)
    if not options.corpus.exists():
        print(f"没有语料，跳过 / no corpus, skipped: {options.corpus}")
        return
    texts = load_corpus(options.corpus)
    for path in options.labels or sorted(LABELS.glob("*.jsonl")):
        try:
            sentences = load_labels([path])
            check(sentences, texts)
        except LabelError as error:
            raise SystemExit(f"标注不可用 / labels that cannot be used: {error}") from error
        print(
            f"\n### {path.name}\n\n| 读者 reader | 数 value: P | R | F1 | 数与单位 value, unit: P | R | F1 "
            f"| 金额 money: P | R | F1 |\n| --- |{' ---: |' * 9}"
        )
        for name, peer in PEERS.items():
            cells = compare(
                sentences, lambda one: texts[one.text].content[one.start : one.start + one.length], peer
            )
            print(f"| {name} | {cells} |")


if __name__ == "__main__":
    main()
