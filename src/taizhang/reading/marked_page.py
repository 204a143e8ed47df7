"""A document as a page of its own on which everything that was found is marked. No script is needed.

The text is input: all of it is escaped, and the page forbids itself scripts and anything from elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import Final, Protocol

from taizhang.reading.claim import Claim, Statement, TextFinding
from taizhang.reading.explaining import explained, in_words, value_in_words
from taizhang.reading.marking import Event, Mark, marked, marks_of
from taizhang.reading.rows import ReadDocument

_STYLE: Final = files("taizhang.reading").joinpath("marked_page.css").read_text("utf-8")
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_NOT_IN_A_PAGE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
_LINE = re.compile(r"[^\r\n]+")
_KINDS: Final = ("level", "change", "rank", "multiple")


class Headed(Protocol):
    """A part of a text with the place where its heading begins."""

    @property
    def start(self) -> int: ...


class MarkedDocument(ReadDocument, Protocol):
    """What a page is made of: a `Reading`."""

    @property
    def furniture(self) -> Sequence[tuple[int, int]]: ...
    @property
    def sections(self) -> Sequence[Headed]: ...


def marked_page(read: MarkedDocument, source: str = "") -> Iterator[str]:
    """The page in pieces, to be written one after the other; `source` is named at its head."""
    title = read.title or source or "报告 / report"
    marks = marks_of(read)
    yield (
        '<!doctype html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n"
        f'<body class="{" ".join(f"off-{name}" for name in (*_KINDS, "statement", "finding"))}">\n'
    )
    yield from _head(read, title, source, marks)
    yield "<main>\n"
    yield from _lines(read, marks)
    yield from _claims_table(read)
    yield from _statements_table(read)
    yield from _findings_table(read)
    yield "</main>\n"
    yield "<footer>规则所标,未经人工核对。/ Marked by rules, checked by nobody.</footer>\n"
    yield "</body>\n</html>\n"


def _safe(text: object) -> str:
    """Text within a page: escaped, and without characters that no page may hold."""
    return escape(_NOT_IN_A_PAGE.sub("\ufffd", str(text)))


def _head(read: MarkedDocument, title: str, source: str, marks: Sequence[Mark]) -> Iterator[str]:
    about = [source, read.region, f"{read.year}年" if read.year else "", str(read.date or "")]
    yield f"<header>\n<h1>{_safe(title)}</h1>\n"
    yield f'<div class="meta">{_safe(" · ".join(one for one in about if one))}</div>\n'
    counts = Counter(_group(mark) for mark in marks if not mark.place)
    names = {
        **{kind: in_words(kind) for kind in _KINDS},
        "statement": "表述 / statements",
        "finding": "文内发现 / findings",
    }
    yield '<fieldset class="legend" aria-label="标记 / marks">\n'
    for group, name in names.items():
        yield (
            f'<label><input type="checkbox" id="show-{group}" checked>'
            f'<span class="{group}">{name}</span> {counts[group]}</label>\n'
        )
    yield "</fieldset>\n</header>\n"


def _group(mark: Mark) -> str:
    return mark.found.kind if isinstance(mark.found, Claim) else mark.of


def _lines(read: MarkedDocument, marks: Sequence[Mark]) -> Iterator[str]:
    furniture = set(read.furniture)
    heads = {section.start for section in read.sections}
    lines = [(match.start(), match.end()) for match in _LINE.finditer(read.text)]
    starts = [start for start, _ in lines]
    under: dict[int, list[Mark]] = {}
    for mark in marks:
        first = max(bisect_right(starts, mark.start) - 1, 0)
        for number in range(first, bisect_right(starts, mark.end - 1)):
            under.setdefault(number, []).append(mark)
    for number, (start, end) in enumerate(lines):
        if (start, end) in furniture:
            yield f'<div class="furniture">{_safe(read.text[start:end])}</div>\n'
            continue
        held = under.get(number, [])
        tag = "h2" if start in heads and end - start <= 60 else "p"
        yield f"<{tag}>{''.join(_piece(event) for event in marked(read.text, start, end, held))}</{tag}>\n"


def _piece(event: Event) -> str:
    if event.kind == "words":
        return _safe(event.words)
    mark = event.mark
    if mark is None or event.kind == "close":
        return "</span>"
    classes = f"m {mark.of} {_group(mark)}"
    if isinstance(mark.found, Claim):
        classes += f" {mark.found.modality}"
    elif isinstance(mark.found, Statement):
        classes += f" {mark.found.kind}"
    if not event.first:
        return f'<span class="{classes}">'
    number = f' data-n="{mark.number}"' if mark.of == "claim" else ""
    return (
        f'<span class="{classes}" id="{mark.key}" tabindex="0" aria-describedby="{mark.key}-card"{number}>'
        f"{_card(mark)}"
    )


def _card(mark: Mark) -> str:
    found = mark.found
    rows: list[tuple[str, str, tuple[str, ...]]]
    if isinstance(found, Claim):
        name = f"{mark.number} · {found.surface}"
        rows = [(part.name, part.value, part.rules) for part in explained(found)]
    elif isinstance(found, Statement):
        name = "表述 / statement"
        rows = [
            ("种类 / kind", in_words(found.kind), ()),
            ("主体 / subject", found.subject, ()),
            ("断言 / asserts", " ".join(one for one in (found.asserts, found.object) if one), found.rules),
            ("时期 / period", found.period, ()),
        ]
    else:
        name = f"文内发现 / finding · {found.finding}"
        rows = [
            ("算式 / arithmetic", found.arithmetic, ()),
            ("把握 / certainty", in_words(found.certainty), ()),
            ("理由 / why", found.why, ()),
        ]
    parts = "".join(
        f'<span class="part"><span>{_safe(label)}</span><span>{_safe(value)}'
        + "".join(f'<span class="rule">{_safe(rule)}</span>' for rule in rules)
        + "</span></span>"
        for label, value, rules in rows
        if value or rules
    )
    name = f'<span class="name">{_safe(name)}</span>'
    return f'<span class="card" role="tooltip" id="{mark.key}-card">{name}{parts}</span>'


def _table(caption: str, heads: Sequence[str], rows: Iterator[str]) -> Iterator[str]:
    first = next(rows, None)
    if first is None:
        return
    yield f'<div class="found"><table>\n<caption>{caption}</caption>\n<thead><tr>'
    yield "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr></thead>\n<tbody>\n"
    yield first
    yield from rows
    yield "</tbody>\n</table></div>\n"


def _row(key: str, number: int, cells: Sequence[str]) -> str:
    body = "".join(f"<td>{_safe(text)}</td>" for text in cells)
    return f'<tr><td class="number"><a href="#{key}">{number}</a></td>{body}</tr>\n'


def _claims_table(read: MarkedDocument) -> Iterator[str]:
    heads = ("#", "原文 / surface", "数值 / value", "主体 / subject", "种类 / kind", "时期 / period")
    yield from _table("数字主张 / claims", heads, (_claim_row(n, c) for n, c in enumerate(read.claims, 1)))


def _claim_row(number: int, claim: Claim) -> str:
    value = f"{value_in_words(claim.low, claim.high)} {claim.unit}"
    kind = " · ".join(
        in_words(code)
        for code in (claim.kind, claim.basis or "", claim.modality if claim.modality != "achieved" else "")
        if code
    )
    return _row(f"claim-{number}", number, (claim.surface, value, claim.subject, kind, claim.period))


def _statements_table(read: MarkedDocument) -> Iterator[str]:
    heads = ("#", "原文 / surface", "主体 / subject", "种类 / kind", "时期 / period")
    yield from _table(
        "表述 / statements",
        heads,
        (
            _row(f"statement-{n}", n, (s.surface, s.subject, in_words(s.kind), s.period))
            for n, s in enumerate(read.statements, 1)
        ),
    )


def _findings_table(read: MarkedDocument) -> Iterator[str]:
    heads = ("#", "发现 / finding", "各处 / places", "算式 / arithmetic", "把握 / certainty")
    yield from _table(
        "文内发现 / findings", heads, (_finding_row(read, n, f) for n, f in enumerate(read.findings, 1))
    )


def _finding_row(read: MarkedDocument, number: int, finding: TextFinding) -> str:
    places = " | ".join(read.text[start:end] for start, end in finding.places)
    cells = (finding.finding, places, finding.arithmetic, in_words(finding.certainty))
    return _row(f"finding-{number}", number, cells)
