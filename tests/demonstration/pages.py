"""A page as a browser would take it: inspected when it is fetched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

VOID = {"meta", "link", "br", "input", "img", "hr"}


@dataclass
class Page:
    """What came back, with what is wrong with its HTML."""

    status: int
    html: str
    headers: dict[str, str]
    faults: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


class _Inspector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.faults: list[str] = []
        self.links: list[str] = []
        self.titles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self.titles += tag == "title" and "svg" not in self.open  # a picture has titles of its own
        if given.get("id"):
            self.ids[str(given["id"])] += 1
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "form" and not given.get("action"):
            self.faults.append("a form without an action")
        if tag == "script" and not given.get("src"):
            self.faults.append("an inline script")
        if "style" in given:
            self.faults.append(f"an inline style on {tag}")
        if tag == "img" and "alt" not in given:
            self.faults.append("a picture without its words")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


class Visitor:
    """Somebody who visits pages, with cookies of their own."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> Page:
        """Fetch and inspect a page; redirects are followed."""
        return self._fetch(Request(self.root + path))

    def post(self, path: str, **values: str) -> Page:
        """Send a form with the cross-site token that the pages gave."""
        token = next((c.value for c in self.cookies if c.name == "csrftoken"), "") or ""
        body = urlencode(values | {"csrfmiddlewaretoken": token}).encode()
        return self._fetch(Request(self.root + path, data=body, headers={"Referer": self.root + path}))

    def _fetch(self, request: Request) -> Page:
        try:
            with self._opener.open(request, timeout=60) as answer:
                page = Page(answer.status, answer.read().decode(), dict(answer.headers))
        except HTTPError as error:
            page = Page(error.code, error.read().decode(), dict(error.headers))
        if page.html.lstrip().lower().startswith("<!doctype") and "web/taizhang.css" in page.html:
            inspector = _Inspector()
            inspector.feed(page.html)
            page.links, page.faults = inspector.links, inspector.faults
            page.faults += [f"id {name} stands twice" for name, times in inspector.ids.items() if times > 1]
            page.faults += [f"{tag} is never closed" for tag in inspector.open]
            page.faults += [] if inspector.titles == 1 else ["no title, or several"]
        return page
