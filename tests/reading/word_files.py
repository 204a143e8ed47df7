"""Word files made for the tests: python-docx makes the package, and what it cannot make is put into its
parts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence

from docx import Document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(*blocks: str | Sequence[Sequence[str]]) -> bytes:
    """A Word file of paragraphs (strings) and tables (rows of cells)."""
    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=len(block), cols=len(block[0]))
        for row, cells in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def changed(data: bytes, parts: dict[str, Callable[[str], str] | str]) -> bytes:
    """The package with some parts changed or added."""
    source, stream = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            change = parts.get(name)
            text = source.read(name)
            if callable(change):
                text = change(text.decode()).encode()
            elif change is not None:
                text = change.encode()
            target.writestr(name, text)
        for name in parts.keys() - set(source.namelist()):
            added = parts[name]
            assert isinstance(added, str)
            target.writestr(name, added)
    return stream.getvalue()


def with_body(xml: str, **parts: str) -> bytes:
    """A Word file whose body is this XML; `parts` are further parts of `word/`, by name."""

    def put(text: str) -> str:
        return re.sub(r"(?s)<w:body>.*</w:body>", lambda _: f"<w:body>{xml}</w:body>", text)

    extra: dict[str, Callable[[str], str] | str] = {f"word/{name}.xml": part for name, part in parts.items()}
    return changed(word_file(""), {"word/document.xml": put} | extra)
