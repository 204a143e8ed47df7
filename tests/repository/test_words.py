"""Nothing in the tree names a machine, a package host or unfinished work."""

from __future__ import annotations

import re

import pytest
from source_tree import ROOT, tracked_files

# Written in pieces, so that this file does not name what it forbids.
PATHS = re.compile(
    r"(?<![\w.])/(?:" + "|".join(["wor" + "k", "op" + "t", "roo" + "t", "hom" + "e"]) + r")/\w"
)
HOSTS = re.compile(
    "|".join(
        [
            r"pypi\." + "org",
            "pythonhosted" + r"\.",
            r"crates\." + "io",
            r"npm" + r"js\.",
            "proxy" + r"\.golang",
        ]
    )
)
UNFINISHED = re.compile(
    r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImpl" + r"emented\w*"]) + r")\b"
)


def forbidden(text: str) -> list[str]:
    """Each forbidden word with its line."""
    return [
        f"{number}: {match.group()}"
        for number, line in enumerate(text.splitlines(), 1)
        for pattern in (PATHS, HOSTS, UNFINISHED)
        for match in pattern.finditer(line)
    ]


def test_nothing_forbidden_stands_in_the_tree() -> None:
    found = []
    for path in tracked_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # pictures and sample documents in other encodings
        found += [f"{path.relative_to(ROOT)}:{line}" for line in forbidden(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "see /wor" + "k/main",
        "FIX" + "ME later",
        "raise NotImpl" + "ementedError",
        "https://pypi." + "org/simple",
    ],
)
def test_the_check_sees_a_forbidden_word(text: str) -> None:
    assert forbidden(text)


def test_the_check_lets_plain_words_pass() -> None:
    assert not forbidden("what happened, the network/work order, district/home/page, todos")
