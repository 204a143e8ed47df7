"""A web page → its text: what stands around the text left out, its title, date and source kept.

No site is known by name. What the page's head says (the tags that government sites must have: ArticleTitle,
PubDate, ContentSource, of the State Council's rules for government sites, 2017) comes first, then its
headings.
"""

from __future__ import annotations

import re
from datetime import date

from lxml import etree, html

from taizhang.reading.documents.dates import date_in
from taizhang.reading.documents.page_content import Content, plain
from taizhang.reading.documents.page_writing import write_page
from taizhang.reading.documents.table import Extracted, TextBuilder

_PAGE = re.compile(
    r"\A\ufeff?\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+"
    r"<(?:!doctype\s+html|html|head|body|meta|div|table|p|article|section|title|link|script|style|center)\b",
    re.I | re.S,
)
_DECLARED = re.compile(r"\A\ufeff?\s*<\?xml[^>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PARTS = re.compile(r"\s*(?:[_|｜]|(?<=[\s\u4e00-\u9fff])[-–—](?=[\s\u4e00-\u9fff])|>>|»|::)\s*")
_DATE_LINE = re.compile(r"(?:发布|发文|成文|公开)?(?:时间|日期)\s*[:：]?\s*(.{8,20})")
_SOURCE_LINE = re.compile(r"(?:信息来源|文章来源|来源|发布机构|发文机关)\s*[:：]\s*([\u4e00-\u9fff]{2,30})")


def is_page(text: str) -> bool:
    """Whether the text is the source of a web page."""
    return _PAGE.match(text) is not None


def read_page(source: str) -> Extracted:
    """The text of a page's source, a block a line, with its tables; "" for a page that holds none."""
    cleaned = _CONTROL.sub(" ", _DECLARED.sub("", source))  # lxml refuses a str that declares an encoding
    try:
        tree = html.document_fromstring(
            cleaned, parser=html.HTMLParser(huge_tree=False, remove_comments=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return Extracted("")  # nothing but comments, or no element at all
    content = Content(tree)
    builder = TextBuilder()
    write_page(content, builder)
    head = _Head(tree, content)
    title = head.title(builder.lines)
    at = next((at for at, line in enumerate(builder.lines[:12]) if title and _same(title, line)), None)
    if at is None and title:
        builder = TextBuilder()
        builder.line(title)
        write_page(content, builder)
    elif at and not any("。" in line for line in builder.lines[:at]):
        builder.drop(at)  # what stands above a page's title is the page's
    return Extracted(builder.text(), title, head.published(), head.source(), tuple(builder.tables))


def _same(title: str, line: str) -> bool:
    return re.sub(r"\W", "", title) in re.sub(r"\W", "", line)


class _Head:
    """What a page says of itself: in its head, and in the short lines around its text."""

    def __init__(self, tree: html.HtmlElement, content: Content) -> None:
        self.tree = tree
        self.short = list(content.short_lines())
        self.said: dict[str, str] = {}
        for tag in tree.iter("meta"):
            name = (tag.get("name") or tag.get("property") or "").strip().lower()
            value = plain(tag.get("content") or "")
            if name and value:
                self.said.setdefault(name, value)

    def title(self, lines: list[str]) -> str:
        """The text's title: as the head names it, else the heading that the page's title repeats, else that
        title.
        """
        if named := self.said.get("articletitle"):
            return named
        whole = plain(self.tree.findtext(".//title") or "")
        parts = [part for part in _PARTS.split(whole) if part]
        headings = [plain(tag.text_content()) for tag in self.tree.iter("h1", "h2")]
        for heading in headings:
            if 4 <= len(heading) <= 80 and (heading in whole or parts[:1] == [heading]):
                return heading
        first = [plain(tag.text_content()) for tag in self.tree.iter("h1")]
        if len(first) == 1 and 4 <= len(first[0]) <= 80:
            return first[0]
        candidates = [self.said.get("og:title", ""), *parts]
        said = next(
            (part for part in candidates if part and any(_same(part, line) for line in lines[:8])), ""
        )
        return said or max(candidates, key=len, default="")[:80]

    def published(self) -> date | None:
        """When the page was put up, None where it does not say."""
        for name in ("pubdate", "publishdate", "article:published_time", "publish_date", "date"):
            if found := date_in(self.said.get(name, "")):
                return found
        for line in self.short:
            if (said := _DATE_LINE.search(line)) and (found := date_in(said[1])):
                return found
        return None

    def source(self) -> str:
        """Whom the page names as its text's source, "" where it does not say."""
        for name in ("contentsource", "source"):
            if found := self.said.get(name):
                return found
        lines = (_SOURCE_LINE.search(line) for line in self.short)
        return next((line[1] for line in lines if line), "")
