"""A PDF → the lines of its text layer with their places, and from them its text.

PDFium (through pypdfium2) decodes the pages: it knows the character maps of Chinese fonts that are not
embedded, and it is the engine that a browser uses on hostile files every day. What is a running head, where a
paragraph goes on and what is a table are decided here, from the places of the lines (`pdf_lines`).
"""

from __future__ import annotations

import ctypes
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from taizhang.reading.documents.pdf_lines import Line, Page, text_of_pages
from taizhang.reading.documents.refusing import refuse
from taizhang.reading.documents.table import Extracted

MOST_PAGES = 5000
_ONE_AT_A_TIME = threading.Lock()  # PDFium is not made for several threads
# Radicals that stand for whole characters in many PDFs, and characters that print nothing.
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_LINE_ENDS = (10, 13)  # PDFium's own: the places tell better
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\ufffd\x02"), None)


def read_pdf(data: bytes, source: str) -> Extracted:
    """The text of a PDF's bytes. Raises DocumentError when it is damaged, has a password, too many pages or
    no text.
    """
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                found = "PDF 有密码 / the PDF has a password"
                remedy = "请去掉密码后另存 / save it without its password"
                raise refuse("document-encrypted", found, remedy, source) from error
            found = "PDF 损坏或不完整 / the PDF is damaged or cut"
            raise refuse("document-damaged", found, "请重新下载 / fetch it again", source) from error
        try:
            pages = _pages(document, source)
            title = str(document.get_metadata_value("Title")).strip()
        finally:
            document.close()
    if sum(len(line.text) for page in pages for line in page.lines) < 4 * max(1, len(pages)):
        found = f"PDF 的 {len(pages)} 页没有文字层 / no text layer on its {len(pages)} pages: a scan"
        remedy = "请先做文字识别(OCR) / recognise its characters first (OCR)"
        raise refuse("document-no-text-layer", found, remedy, source)
    return text_of_pages(pages, "" if title.lower() in ("untitled", "anonymous") else title)


def _pages(document: pypdfium2.PdfDocument, source: str) -> list[Page]:
    if len(document) > MOST_PAGES:
        found = f"PDF 有 {len(document)} 页 / the PDF has {len(document)} pages"
        expected = f"不超过 {MOST_PAGES} 页 / at most {MOST_PAGES}"
        raise refuse("document-too-large", found, "请拆成几份 / split it", source, expected=expected)
    pages = []
    for number in range(len(document)):
        try:
            page = document[number]
            pages.append(_page(page))
            page.close()
        except pypdfium2.PdfiumError as error:
            found = f"PDF 第 {number + 1} 页损坏 / page {number + 1} of the PDF is damaged"
            raise refuse("document-damaged", found, "请重新下载 / fetch it again", source) from error
    return pages


def _letters(text: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """The characters of a page, each as a line of its own, its foot measured from the page's lower edge.

    The box is the one that the font gives every letter, so it is as high for a dash as for a character.
    """
    box = raw.FS_RECTF()
    place, page = ctypes.byref(box), text.raw
    unicode, measure = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    for index in range(text.count_chars()):
        code = unicode(page, index)
        if code not in _LINE_ENDS and measure(page, index, place):
            yield Line(chr(code), box.left, box.right, box.bottom, abs(box.top - box.bottom))


def _page(page: pypdfium2.PdfPage) -> Page:
    """The pieces of text of a page, split where a line ends or a wide gap is left."""
    text, height = page.get_textpage(), page.get_height()
    found: list[Line] = []
    piece: list[Line] = []

    def end() -> None:
        if said := _plain(_with_marks(piece)):
            size = Counter(one.size for one in piece).most_common(1)[0][0]
            down = next(one.down for one in piece if one.size == size)
            found.append(Line(said, piece[0].left, piece[-1].right, height - down, size))
        piece.clear()

    for letter in _letters(text):
        if letter.right <= letter.left or letter.text.isspace():
            if piece:
                piece.append(Line(" ", piece[-1].left, piece[-1].right, piece[-1].down, piece[-1].size))
            continue
        if piece and _apart(piece, letter):
            end()
        piece.append(letter)
    end()
    text.close()
    return Page(tuple(found), height, page.get_width())


def _apart(piece: list[Line], letter: Line) -> bool:
    """Whether a character begins a new piece: on another line, further back, or behind a wide gap."""
    size = max(piece[0].size, letter.size, 1.0)
    gap = letter.left - piece[-1].right
    return abs(letter.down - piece[0].down) > 0.6 * size or gap > 1.3 * size or gap < -1.5 * size


def _with_marks(piece: list[Line]) -> str:
    """The text of a piece; small raised figures are marks of notes, not digits of a number."""
    size = max((one.size for one in piece), default=0.0)
    base = min((one.down for one in piece if one.size > 0.9 * size), default=0.0)
    said: list[str] = []
    raised = False
    for one in piece:
        is_mark = one.size < 0.8 * size and one.down > base + 0.12 * size and one.text in "0123456789"
        if is_mark != raised:
            said.append("[" if is_mark else "]")
            raised = is_mark
        said.append(one.text)
    return "".join(said) + ("]" if raised else "")


def _plain(text: str) -> str:
    """Without what prints nothing, radicals as the characters that they stand for, one space for many."""
    text = _RADICAL.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.translate(_UNSEEN))
    return re.sub(r"\s+", " ", text).strip()
