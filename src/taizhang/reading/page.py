"""A web page → its text, a block a line; scripts, menus and forms left out."""

from __future__ import annotations

import re

from lxml import html  # type: ignore[import-untyped]

_PAGE = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_LEFT_OUT = frozenset(
    {"script", "style", "nav", "form", "footer", "noscript", "iframe", "select", "button", "template"}
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "tr",
        "br",
        "section",
        "article",
        "title",
        "table",
        "ul",
        "ol",
        "header",
        "main",
        "body",
    }
)


def is_page(text: str) -> bool:
    """Whether the text is the source of a web page."""
    return _PAGE.match(text) is not None


def page_text(source: str) -> str:
    """The readable text of a page's source, one block a line."""
    declared = re.sub(r"\A\s*<\?xml[^>]*>", "", source)  # lxml refuses a str that declares an encoding
    tree = html.document_fromstring(declared)
    pieces: list[str] = []

    def walk(element: html.HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
            pieces.append(element.tail or "")
            return
        block = element.tag in _BLOCKS
        pieces.append("\n" if block else "")
        pieces.append(re.sub(r"\s+", " ", element.text or ""))
        for child in element:
            walk(child)
        pieces.append("\n" if block else "")
        pieces.append(re.sub(r"\s+", " ", element.tail or ""))

    walk(tree)
    lines = (line.strip() for line in "".join(pieces).splitlines())
    return "\n".join(line for line in lines if line) + "\n"
