"""Words for people about a name that nobody knows: the nearest name, or the names there are."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from taizhang.errors import Problem
from taizhang.values import Place


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that `name` is most like, or "" when none is like it."""
    found = get_close_matches(name, list(known), n=1, cutoff=0.55)
    return found[0] if found else ""


def unknown(
    what: tuple[str, str], name: str, known: Iterable[str], place: Place | None, code: str = ""
) -> Problem:
    """The problem that `name` is not one of `known`.

    `what` is the kind of thing in Chinese and English (``("字段", "field")``); `code` defaults to
    ``unknown-<english>``.
    """
    names = list(known)
    zh, en = what
    text = f"未知{zh} `{name}`"
    english = f"unknown {en}"
    if near := nearest(name, names):
        text += f",是否为 `{near}`? / {english}; did you mean `{near}`?"
    else:
        text += f" / {english}"
    shown = "、".join(names[:12]) + (" …" if len(names) > 12 else "")
    return Problem(code or "unknown-" + en.replace(" ", "-"), text, expected=shown, place=place)
