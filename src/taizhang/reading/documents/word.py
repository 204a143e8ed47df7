"""A Word file (.docx, Office Open XML, ISO/IEC 29500) → its text, a paragraph a line, with its tables and
notes.

What a reader of the printed page sees comes out: text inserted but not what was deleted, the numerals that
Word itself puts before a paragraph, footnotes as numbered notes at the end. Page heads and feet are left out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from taizhang.errors import DocumentError
from taizhang.reading.documents.numbering import Numbering, W
from taizhang.reading.documents.refusing import refuse
from taizhang.reading.documents.table import Extracted, Row, TextBuilder

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_LEFT_OUT = frozenset(
    W + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "sectPr", "rPr")
)
_OTHERS = (
    (
        "xl/",
        "这是表格文件 / this is a workbook",
        "请另存为 .docx,或用 import 导入 / save it as .docx, or import it",
    ),
    ("ppt/", "这是演示文稿 / this is a presentation", "请另存为 .docx 或 .pdf / save it as .docx or .pdf"),
    (
        "OFD.xml",
        "这是 OFD 版式文件 / this is an OFD file",
        "请转为 .pdf 或 .docx / convert it to .pdf or .docx",
    ),
    ("content.xml", "这是 ODF 文件 / this is an ODF file", "请另存为 .docx / save it as .docx"),
)
_EXPECTED = "文本、网页、Word、PDF / text, page, Word, PDF"
_DEEPEST_TABLE = 20


def read_package(data: bytes, source: str, limit: int) -> Extracted:
    """The text of a Word file's bytes. Raises DocumentError for what is damaged, encrypted, too large or not
    Word.

    Nothing is unpacked that says it is larger than `limit`, and no entity of its XML is followed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            if "word/document.xml" not in names:
                raise _other(names, source)
            parts = {
                name: _part(package, f"word/{name}.xml", source, limit)
                for name in ("document", "numbering", "styles", "footnotes", "endnotes")
                if f"word/{name}.xml" in names
            }
            core = (
                _part(package, "docProps/core.xml", source, limit) if "docProps/core.xml" in names else None
            )
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, zlib.error) as error:
        found = f"Word 文件损坏或不完整 / the Word file is damaged or cut: {error}"
        raise refuse(
            "document-damaged", found, "请重新下载或另存 / fetch or save it again", source
        ) from error
    return _Body(parts).extracted(core)


def _other(names: set[str], source: str) -> DocumentError:
    for sign, found, remedy in _OTHERS:
        if any(name.startswith(sign) for name in names):
            return refuse("document-not-text", found, remedy, source, expected=_EXPECTED)
    found = "这是压缩文件,不是文本 / this is a zip file, not text"
    return refuse("document-not-text", found, "请先解压 / unpack it first", source, expected=_EXPECTED)


def _part(package: zipfile.ZipFile, name: str, source: str, limit: int) -> etree._Element:
    """The root of one part."""
    entry = package.getinfo(name)
    if entry.flag_bits & 1:
        found = "文件有密码 / the file has a password"
        raise refuse("document-encrypted", found, "请去掉密码后另存 / save it without its password", source)
    if entry.file_size > limit:
        raise refuse(
            "document-too-large",
            f"{name} 解开后有 {entry.file_size} 字节 / {name} unpacks to {entry.file_size} bytes",
            "请拆成几份;来历不明的不要打开 / split it; if its origin is unknown, do not open it",
            source,
            expected=f"不超过 {limit} 字节 / at most {limit} bytes",
        )
    content = package.read(entry).replace(_STRICT, _USUAL)
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        found = f"{name} 里有实体定义,Word 不会这样写 / {name} defines entities, which Word never does"
        raise refuse("document-damaged", found, "来历不明的文件不要打开 / do not open it", source)
    try:
        return etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except etree.XMLSyntaxError as error:
        found = f"{name} 不完整 / {name} is not whole: {error.msg}"
        line = error.lineno or 0
        remedy = "请重新下载或另存 / fetch or save it again"
        raise refuse("document-damaged", found, remedy, source, line=line) from error


class _Body:
    """The document's body as it becomes a text."""

    def __init__(self, parts: dict[str, etree._Element]) -> None:
        self.parts = parts
        self.numbering = Numbering(parts.get("numbering"), parts.get("styles"))
        self.builder = TextBuilder()
        self.notes: list[str] = []

    def extracted(self, core: etree._Element | None) -> Extracted:
        body = self.parts["document"].find(f"{W}body")
        for block in _blocks(body) if body is not None else ():
            if block.tag == f"{W}tbl":
                self._table(block)
            else:
                for line in self._paragraph(block).split("\n"):
                    self.builder.line(line.rstrip())
        for number, note in enumerate(self.notes, 1):
            self.builder.line(f"[{number}] {note}")
        title = ""
        if core is not None:
            title = (core.findtext("{http://purl.org/dc/elements/1.1/}title") or "").strip()
        return Extracted(self.builder.text(), title, None, "", tuple(self.builder.tables))

    def _paragraph(self, paragraph: etree._Element) -> str:
        text = self._inline(paragraph)
        return self.numbering.numeral_of(paragraph) + text if text.strip() else text

    def _inline(self, element: etree._Element) -> str:
        pieces: list[str] = []
        waiting: list[etree._Element] = list(reversed(element))
        while waiting:
            node = waiting.pop()
            if node.tag in _LEFT_OUT or not isinstance(node.tag, str) or _is_hidden(node):
                continue
            if node.tag == _ALTERNATIVE:  # the same said in two ways: once is enough
                waiting.extend(list(node)[:1])
                continue
            if said := self._said(node):
                pieces.append(said)
            elif node.tag == f"{W}p":  # in a text box
                pieces.append(" ")
            waiting.extend(reversed(node))
        return "".join(pieces)

    def _said(self, node: etree._Element) -> str:
        name = node.tag.removeprefix(W)
        match name:
            case "t":
                return node.text or ""
            case "tab":
                return "\t"
            case "br" | "cr":
                return "\n"
            case "noBreakHyphen":
                return "-"
            case "footnoteReference" | "endnoteReference":
                return self._note(name.removesuffix("Reference") + "s", node.get(f"{W}id", ""))
        return ""

    def _note(self, part: str, key: str) -> str:
        """The mark of a note, whose text is kept for the end."""
        root = self.parts.get(part)
        found = next((one for one in root if one.get(f"{W}id") == key), None) if root is not None else None
        if found is None:
            return ""
        self.notes.append("")  # its number is taken before a note within it takes one
        number = len(self.notes)
        said = " ".join(self._inline(one).strip() for one in found.iter(f"{W}p"))
        self.notes[number - 1] = re.sub(r"\s+", " ", said).strip()
        return f"[{number}]"

    def _table(self, table: etree._Element, depth: int = 0) -> None:
        rows, merged = [], dict[int, str]()
        for line in table.iter(f"{W}tr"):
            if next(line.iterancestors(f"{W}tbl")) is table:
                rows.append(self._row(line, merged))
        inner = [one for one in table.iter(f"{W}tbl") if one is not table]
        if len(rows) == 1 or max((len(row) for row in rows), default=0) == 1 or inner:
            self._layout(table, depth)  # a frame around text, not a table
        else:
            self.builder.table(rows)

    def _layout(self, table: etree._Element, depth: int) -> None:
        for cell in table.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tbl")) is not table:
                continue
            for block in _blocks(cell):
                if block.tag == f"{W}tbl" and depth < _DEEPEST_TABLE:
                    self._table(block, depth + 1)
                elif block.tag != f"{W}tbl":
                    self.builder.line(self._paragraph(block).replace("\n", " "))

    def _row(self, line: etree._Element, merged: dict[int, str]) -> Row:
        """The cells of a row: merged ones stand in every column and row that they cover."""
        cells: list[str] = []
        for cell in line.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not line:
                continue
            text = " ".join(filter(None, (self._paragraph(one).strip() for one in cell.iter(f"{W}p"))))
            properties = cell.find(f"{W}tcPr")
            span, down = 1, None
            if properties is not None:
                grid, down = properties.find(f"{W}gridSpan"), properties.find(f"{W}vMerge")
                value = grid.get(f"{W}val", "1") if grid is not None else "1"
                span = min(int(value), 200) if value.isdecimal() else 1
            column = len(cells)
            if down is not None and down.get(f"{W}val") != "restart":
                text = merged.get(column, text)
            elif down is not None:
                merged[column] = text
            cells.extend([text.replace("\n", " ")] * max(span, 1))
        return tuple(cells)


def _is_hidden(node: etree._Element) -> bool:
    if node.tag != f"{W}r":
        return False
    properties = node.find(f"{W}rPr")
    hidden = properties.find(f"{W}vanish") if properties is not None else None
    return hidden is not None and hidden.get(f"{W}val", "1") not in ("0", "false", "off")


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, in order, through the wrappers that Word puts around them."""
    waiting = list(reversed(parent))
    while waiting:
        node = waiting.pop()
        if node.tag in (f"{W}p", f"{W}tbl"):
            yield node
        elif node.tag == _ALTERNATIVE:
            waiting.extend(list(node)[:1])
        elif isinstance(node.tag, str) and node.tag not in _LEFT_OUT:
            waiting.extend(reversed(node))
