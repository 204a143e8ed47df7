"""Which part of a page is its text: the branch that holds its prose, without branches made of links.

After the text-density methods of the literature (Sun, Song and Liao 2011; Kohlschütter 2010): prose is text
outside links with the punctuation of sentences, or figures in cells. From the body down, the branch that
holds nearly all prose is followed as long as what lies beside it is no text of its own; inside it, branches
of links, of page words, or named as furniture are dropped, unless they hold a good part of the prose
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from taizhang.reading.furniture import CHROME, is_furniture

_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "iframe",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "template",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
        "meta",
        "link",
        "title",
    ]
)
BLOCKS = frozenset(
    [
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
        "section",
        "article",
        "table",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "header",
        "main",
        "body",
        "center",
        "form",
        "fieldset",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "caption",
        "tbody",
        "thead",
        "tfoot",
        "td",
        "th",
        "hr",
        "address",
        "details",
        "summary",
        "nav",
        "aside",
        "footer",
    ]
)
_LINES = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "caption", "figcaption", "tr"]
)
_AROUND = frozenset({"nav", "footer", "aside", "menu"})
_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "menu",
        "menubar",
        "dialog",
        "alert",
        "toolbar",
    ]
)
_HINT = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot(?:er)?\w*|copyright|copy|share\w*|sidebar|side|aside|related?|recommend\w*|comment\w*"
    r"|breadcrumbs?|crumbs?|location|position|search\w*|login|toolbar|pager|pagination|paging|page-?num|print\w*|qr-?code|ewm"
    r"|banner|logo|weather|hot\w*|rank\w*|links?|friend\w*|advert\w*|ads?|disclaimer|mzsm|wzdh|gotop|float\w*|popup|modal)(?:$|[\s_-])",
    re.I,
)
_PROSE = re.compile(r"[，。；：、！？,;]")
_DIGIT = re.compile(r"\d")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NOTE = 8
_SENTENCES = 40  # a branch with so many letters of prose beside the text is a text of its own


def plain(text: str) -> str:
    """One space for many, none at the ends; the blanks that pages indent with are such."""
    return re.sub(r"[\s\u00a0\u3000\u200b\ufeff]+", " ", text).strip()


class _Branch:
    """What hangs under an element: letters, those in links, links, and prose."""

    __slots__ = ("letters", "linked", "links", "prose")

    def __init__(self) -> None:
        self.letters = self.linked = self.links = self.prose = 0

    def add(self, other: _Branch) -> None:
        self.letters += other.letters
        self.linked += other.linked
        self.links += other.links
        self.prose += other.prose


class Content:
    """A page weighed, branch by branch."""

    def __init__(self, tree: html.HtmlElement) -> None:
        self.branches: dict[html.HtmlElement, _Branch] = {}
        self.root = tree.find("body") if tree.tag == "html" else tree
        if self.root is None:
            self.root = tree
        self._weigh()
        self.all_prose = self.branches[self.root].prose
        self.main = self._main()

    def _weigh(self) -> None:
        """Weighs every branch: elements in the order of the page, sums from the last to the first."""
        order: list[html.HtmlElement] = []
        waiting = [(self.root, False)]
        while waiting:
            element, in_link = waiting.pop()
            if not isinstance(element.tag, str) or element.tag in _LEFT_OUT or _is_hidden(element):
                continue
            branch = self.branches[element] = _Branch()
            order.append(element)
            in_link = in_link or element.tag == "a"
            branch.links += element.tag == "a"
            in_cell = element.tag in ("td", "th")
            for said in (element.text, *(child.tail for child in element)):
                letters = len("".join(said.split())) if said else 0
                branch.letters += letters
                if in_link:
                    branch.linked += letters
                elif (
                    said
                    and letters
                    and (_PROSE.search(said) or letters >= 30 or (in_cell and _DIGIT.search(said)))
                ):
                    branch.prose += letters
            waiting.extend((child, in_link) for child in reversed(element))
        for element in reversed(order):
            parent = element.getparent()
            if element is not self.root and parent in self.branches:
                self.branches[parent].add(self.branches[element])

    def _kept(self, element: html.HtmlElement) -> list[html.HtmlElement]:
        return [child for child in element if child in self.branches and not self._is_around(child)]

    def _main(self) -> html.HtmlElement:
        """The smallest branch beside which no other text stands."""
        at = self.root
        while True:
            kept = self._kept(at)
            branches = [child for child in kept if child.tag in BLOCKS and child.tag not in _LINES]
            if not branches:
                return at
            best = max(branches, key=lambda child: self.branches[child].prose)
            prose, whole = self.branches[best].prose, self.branches[at].prose
            middle = kept.index(best)
            texts = any(self._is_text(child, n > middle) for n, child in enumerate(kept) if child is not best)
            inside = sum(self.branches[child].prose for child in kept)
            if prose < 0.8 * inside or texts or whole == 0 or not _is_container(best):
                return at
            at = best

    def _is_text(self, element: html.HtmlElement, behind: bool) -> bool:
        """Whether a branch beside the main one is a text of its own: a heading, a paragraph; behind it,
        notes.
        """
        branch = self.branches[element]
        if element.tag in ("h1", "h2", "h3", "h4"):
            return branch.letters > 0 and not branch.linked
        long = branch.prose >= _SENTENCES or (
            behind and branch.prose >= _NOTE and "。" in element.text_content()
        )
        return long and branch.linked * 3 < branch.letters

    def _is_around(self, element: html.HtmlElement) -> bool:
        """Whether a branch is furniture of the page."""
        branch = self.branches[element]
        if branch.letters == 0:
            return True
        if element is self.root or branch.prose * 2 >= max(self.all_prose, 1):
            return False
        if element.tag in _AROUND or element.get("role", "") in _ROLES:
            return True
        if branch.linked * 2 > branch.letters and (branch.links > 1 or element.tag in BLOCKS):
            return True
        if element.tag in BLOCKS and _HINT.search(f"{element.get('class', '')} {element.get('id', '')}"):
            return True
        if element.tag not in BLOCKS or branch.letters > 300:
            return False
        said = plain(element.text_content())
        return is_furniture(said) or (
            len({word.group() for word in CHROME.finditer(said)}) >= 3 and branch.prose < 3 * _SENTENCES
        )

    def short_lines(self) -> Iterator[str]:
        """The short blocks of the whole page, in order: where it says its date and its source."""
        for element in self.root.iter():
            if element in self.branches and element.tag in BLOCKS and self.branches[element].letters <= 120:
                yield plain(element.text_content())

    def around(self, element: html.HtmlElement) -> bool:
        """Whether an element is left out inside the main branch."""
        return element not in self.branches or self._is_around(element)


def _is_hidden(element: html.HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _is_container(element: html.HtmlElement) -> bool:
    """Whether blocks or broken lines stand in it: a lone piece of text is none."""
    if element.tag == "table":
        return not is_table(element)
    return any(child.tag in BLOCKS or child.tag == "br" for child in element.iter() if child is not element)


def is_table(element: html.HtmlElement) -> bool:
    """Whether a table is one of data: rows and columns of short cells, and no frame around text or other
    tables.
    """
    if next(element.iterdescendants("table"), None) is not None:
        return False
    widths = [sum(cell.tag in ("td", "th") for cell in row) for row in element.iter("tr")]
    if len(widths) < 2 or max(widths) < 2:
        return False
    cells = [plain(cell.text_content()) for cell in element.iter("td", "th")]
    return sum(len(cell) > 80 for cell in cells) * 10 <= len(cells)
