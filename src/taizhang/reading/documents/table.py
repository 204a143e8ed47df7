"""Tables → rows that read as sentences: each figure with its row's name, its column's head and its unit.

    指标(单位)      2031年   比上年增长(%)        粮食产量3.2万吨,比上年增长4.5%。
    粮食产量(万吨)    3.2        4.5       →

A table without figures, or without heads, keeps its cells as they are, a row a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

Row = tuple[str, ...]

_FIGURE = re.compile(r"[-−–+＋－]?\d[\d,，]*(?:[.．]\d+)?\s*[%％‰]?")
_MINUS = "-−–－"
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTHING = re.compile(r"[\s\-—–…/\\·.]*")
_UNIT = re.compile(
    r"[十百千万亿]*(?:元|美元|港元|吨|公斤|斤|亩|公顷|平方(?:米|公里)|立方米|公里|千米|米|里|人次?|户|家|个(?:百分点)?|台套?|辆|艘|架"
    r"|头|只|羽|件|项|次|所|座|处|条|名|套|间|株|棵|箱|标箱|床|张|册|部|例|起|宗|度|千瓦(?:时|小时)?|吨标准煤|位|岁|倍|天|[%％‰]|百分点)"
    r"(?:[/／每][\u4e00-\u9fff]{1,4})?"
)
_BRACKETED = re.compile(r"\s*[(（\[［](?:单位[:：]?)?\s*([^()（）\[\]［］]{1,10})[)）\]］]\s*$")
_CAPTION = re.compile(
    r"^[附续]?表\s*[\d一二三四五六七八九十]|(?:表|情况|统计|一览|指标|明细)(?:[(（][^)）]*[)）])?$"
)
_CAPTION_UNIT = re.compile(r"单位\s*[:：]\s*([^\s,，;；)）]{1,10})")
_CHANGE = re.compile(r"增长|增速|增幅|增减|升降|±|同比|环比|比上年|较上年|比去年|提高|下降")
_PERIOD = re.compile(
    r"(?:[12]\d{3}年?(?:度|末)?|上年|去年|本年|今年|\d{1,2}[-—~至]?\d{0,2}月|[一二三四]季度|上半年|年末)(?:末|累计)?"
)
_PLAIN = re.compile(
    r"(?:绝对(?:值|数|量)|数值|数量|总量|指标值|完成(?:数|值|额)?|本期|实绩|实际(?:数|完成)?|总数|合计|年末数)"
)
_ORDINAL = re.compile(r"序号|编号|№|No\.?", re.I)
_PART = re.compile(r"[#＃]|其中")
_LEAD = re.compile(r"^(?:[#＃*·•]|其中[:：]?|[(（]?[一二三四五六七八九十\d]{1,2}[)）.、．])\s*")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its cells, merged ones repeated; how many rows and columns are heads; where it stands in the
    text.
    """

    rows: tuple[Row, ...]
    head_rows: int
    head_columns: int
    caption: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extracted:
    """What comes out of a container: its text and what it says of itself."""

    text: str
    title: str = ""
    published: date | None = None
    issuer: str = ""
    tables: tuple[Table, ...] = ()


@dataclass(slots=True)
class TextBuilder:
    """Puts a text together block by block, and remembers where the tables stand in it."""

    lines: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    length: int = 0

    def line(self, text: str) -> None:
        """One block, a line of its own; what is blank is left out."""
        if text.strip():
            self.lines.append(text)
            self.length += len(text) + 1

    def table(self, rows: Sequence[Row]) -> None:
        """A table after the lines so far, the last of which may be its caption."""
        kept = [row for row in rows if any(not _NOTHING.fullmatch(cell) for cell in row)]
        if not kept:
            return
        caption = next((line for line in reversed(self.lines[-2:]) if _is_caption(line)), "")
        start, (head_rows, head_columns) = self.length, heads_of(kept)
        for line in rows_as_text(kept, head_rows, head_columns, " ".join(self.lines[-2:])):
            self.line(line)
        self.tables.append(Table(tuple(kept), head_rows, head_columns, caption, start, self.length))

    def drop(self, count: int) -> None:
        """Takes the first lines away, if no table stands among them."""
        length = sum(len(line) + 1 for line in self.lines[:count])
        if any(table.start < length for table in self.tables):
            return
        del self.lines[:count]
        self.length -= length
        self.tables = [
            replace(table, start=table.start - length, end=table.end - length) for table in self.tables
        ]

    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines) + "\n" if self.lines else ""


def _is_caption(line: str) -> bool:
    return len(line) <= 50 and _CAPTION.search(line.strip()) is not None


def _is_figure(cell: str) -> bool:
    return _FIGURE.fullmatch(cell.strip()) is not None


def heads_of(rows: Sequence[Row]) -> tuple[int, int]:
    """How many rows and columns are heads: (0, 0) for a table that has no figures under heads."""
    width = max(len(row) for row in rows)
    if len(rows) < 2 or width < 2:
        return 0, 0
    head_rows = 0
    for row in rows[:4]:
        if any(_is_figure(cell) and not _YEAR.fullmatch(cell.strip()) for cell in row):
            break
        head_rows += 1
    body = rows[head_rows:]
    if not head_rows or not body or head_rows == 4:
        return 0, 0
    head_columns = 0
    for column in range(width):
        cells = [row[column] for row in body if column < len(row) and not _NOTHING.fullmatch(row[column])]
        named = any(_ORDINAL.fullmatch(row[column].strip()) for row in rows[:head_rows] if column < len(row))
        if not named and sum(map(_is_figure, cells)) * 2 > len(cells):
            break
        head_columns += 1
    figures = sum(_is_figure(cell) for row in body for cell in row[head_columns:])
    return (head_rows, head_columns) if head_columns and figures else (0, 0)


def _split_unit(text: str) -> tuple[str, str]:
    """A head without its bracketed unit, and the unit."""
    found = _BRACKETED.search(text)
    if found and _UNIT.fullmatch(found[1].strip()):
        return text[: found.start()].strip(), found[1].strip().replace("％", "%")
    return text.strip(), ""


def rows_as_text(rows: Sequence[Row], head_rows: int, head_columns: int, before: str) -> list[str]:
    """A line for each row; `before` are the words before the table, which may name the unit of all its
    figures.
    """
    if not head_rows:
        return ["\t".join(cell.strip() for cell in row).strip() for row in rows]
    common = _CAPTION_UNIT.search(before)
    common_unit = common[1] if common and _UNIT.fullmatch(common[1]) else ""
    heads = [_head(rows[:head_rows], column) for column in range(max(len(row) for row in rows))]
    lines = []
    above = ""
    for row in rows[head_rows:]:
        label, unit, part = _label(row[:head_columns], [head.words for head in heads[:head_columns]])
        above = unit or (above if part else "")
        values = row[head_columns:]
        clauses = _clauses(label, above or common_unit, heads[head_columns:], values)
        lines.append(",".join(clauses) + "。" if clauses else label)
    return lines


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands over a column: its words, those of them that speak of a change, and the unit that they
    name.
    """

    words: str
    change: str
    unit: str


def _head(rows: Sequence[Row], column: int) -> _Head:
    """The head of a column, from above down, each word once; what only says that it is a number is left
    out.
    """
    words: list[str] = []
    unit = ""
    for row in rows:
        name, named = _split_unit(row[column].replace(" ", "")) if column < len(row) else ("", "")
        unit = named or unit
        if name and name not in words and not _PLAIN.fullmatch(name):
            words.append(name)
    return _Head("".join(words), "".join(word for word in words if _CHANGE.search(word)), unit)


def _label(cells: Row, heads: Sequence[str]) -> tuple[str, str, bool]:
    """What a row is of, its unit (from a column of units, or in brackets), and whether it is a part of one
    above.
    """
    words: list[str] = []
    unit = ""
    part = False
    for cell, head in zip(cells, heads, strict=False):
        if _ORDINAL.fullmatch(head):
            continue
        if "单位" in head and (not cell.strip() or _UNIT.fullmatch(cell.strip())):
            unit = cell.strip() or unit
            continue
        name, named = _split_unit(re.sub(r"\s+", "", cell))
        part = part or _PART.match(name) is not None
        name = _LEAD.sub("", name)
        unit = named or unit
        if name and name not in words:
            words.append(name)
    return "".join(words), unit, part


def _clauses(label: str, unit: str, heads: Sequence[_Head], cells: Row) -> list[str]:
    made: list[str] = []
    for head, cell in zip(heads, cells, strict=False):
        value = re.sub(r"\s+", "", cell)
        if _NOTHING.fullmatch(value):
            continue
        if head.change:
            lead, measure = _change_words(head.change if made else head.words), head.unit or "%"
            if value[0] in _MINUS and lead.endswith(("增长", "提高", "增加")):
                lead, value = lead[:-2] + "下降", value[1:]
            lead = lead if made else label + lead
        else:
            lead, measure = _level_words(label, head.words), head.unit or unit
        if _is_figure(cell):
            made.append(lead + value + ("" if value.endswith(("%", "％", "‰")) else measure))
        else:
            made.append(f"{lead}:{value}" if lead else value)
    return made


def _level_words(label: str, head: str) -> str:
    """A row's name under a head: 2030年 + 粮食 + 产量; no word is said twice (发电量, not 发电量产量)."""
    period = _PERIOD.match(head)
    rest = head[period.end() :] if period else head
    if label and rest.endswith(label[-1]) and label[-1] in "量数额率值积":
        rest = ""
    when = re.sub(r"^((?:19|20)\d\d)(?!年)", r"\1年", period.group()) if period else ""
    return when + label + rest


def _change_words(head: str) -> str:
    """The head of a column of changes as a verb with its basis: 同比±% → 同比增长."""
    words = re.sub(r"[±%％\s()（）]|增减|升降|增速|增幅", "", head)
    return words if re.search(r"增长|提高|下降|增加|减少", words) else words + "增长"
