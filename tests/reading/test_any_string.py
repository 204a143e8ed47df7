"""Reading never raises, ends, and points at what it says, whatever the string."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.hostile_pieces import PIECES, WORDS, text_of

from taizhang import reading
from taizhang.errors import DocumentError

VOCABULARY = st.lists(st.sampled_from(WORDS), max_size=80).map("".join)


def check(text: str) -> None:
    """What is found stands in the text that was read, in order, and is the same each time."""
    found = reading.read(text)
    held = found.text
    ends = 0
    for claim in found:
        assert claim.start >= ends
        ends = claim.start + len(claim.surface)
        assert claim.surface
        assert held[claim.start : ends] == claim.surface
        assert claim.low is None or claim.high is None or claim.low <= claim.high
        assert claim.step > 0
    for statement in found.statements:
        assert held[statement.start : statement.start + len(statement.surface)] == statement.surface != ""
    for start, end in chain(found.furniture, *(finding.places for finding in found.findings)):
        assert 0 <= start < end <= len(held)
    for sentence in found.sentences:
        assert held[sentence.start : sentence.end] == sentence.text
    assert found == reading.read(text)


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    check("湖" + text)


@given(VOCABULARY)
@settings(max_examples=400, deadline=None)
def test_any_string_of_the_readers_own_words(text: str) -> None:
    check("湖" + text)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        reading.read(content)
    except DocumentError as error:
        assert all(problem.code and problem.place for problem in error.problems)


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_one_piece_over_and_over(piece: str) -> None:
    check(text_of(piece, 1_500))
