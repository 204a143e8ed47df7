"""A large file read in pieces gives what it gives as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from taizhang import reading
from taizhang.errors import DocumentError
from taizhang.reading.documents.pieces import pieces
from taizhang.reading.reader import Reading, read_pieces

HEAD = "青岚县人民政府工作报告(2031年1月9日)\n\n一、2030年工作回顾\n\n"
PART = (
    "({number})抓好第{number}类工程\n\n全年栽植银杏{figure}株,"
    "推行“十送{number}”机制({note})。新建公路{figure}公里,同比增长3.5%。\n\n"
)
PLAN = "二、2031年工作安排\n\n新建公路{figure}公里。\n\n"
NUMERALS = "一二三四五六七八九"


def text(parts: int = 200) -> str:
    said = HEAD
    for at in range(parts):
        said += PART.format(number=NUMERALS[at % 9], figure=1000 + at, note=at % 9 + 1)
    return said + PLAN.format(figure=77) + "名词解释\n\n1. “十送一”:一种机制。\n\n"


def _file(tmp_path: Path, said: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "large.txt"
    file.write_bytes(said.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("size", [400, 1000, 7000])
def test_pieces_put_together_are_the_text(encoding: str, size: int, tmp_path: Path) -> None:
    said = text()
    file = _file(tmp_path, said, encoding)
    found = [piece for _, piece in pieces(file, size)]
    assert "".join(piece.text for piece in found) == said
    assert [piece.start for piece in found] == [
        sum(len(one.text) for one in found[:at]) for at in range(len(found))
    ]
    assert [piece.last for piece in found] == [False] * (len(found) - 1) + [True]
    assert all(0 < len(piece.text) <= size for piece in found)


def _claims(readings: list[Reading]) -> list[tuple[object, ...]]:
    return [
        (one.start + claim.start, claim.surface, claim.low, claim.section, claim.modality, claim.period)
        for one in readings
        for claim in one.claims
    ]


@pytest.mark.parametrize("size", [700, 5000])
def test_reading_in_pieces_changes_nothing(size: int, tmp_path: Path) -> None:
    said = text()
    whole, parts = reading.read(said), list(read_pieces(_file(tmp_path, said), size))
    assert len(parts) > 2
    assert _claims(parts) == _claims([whole])
    assert {(one.title, one.region, one.year) for one in parts} == {(whole.title, whole.region, whole.year)}
    assert [(one.start + each.start, each.text, each.section) for one in parts for each in one.sentences] == [
        (each.start, each.text, each.section) for each in whole.sentences
    ]


def test_marks_are_tied_over_all_pieces(tmp_path: Path) -> None:
    said = text()
    parts = list(read_pieces(_file(tmp_path, said), 700))
    whole = reading.read(said)
    assert not any(one.finding == "note-missing" for part in parts[:-1] for one in part.findings)
    places = [
        (parts[-1].start + start, parts[-1].start + end)
        for finding in parts[-1].findings
        if finding.finding == "note-missing"
        for start, end in finding.places
    ]
    assert places == [one.places[0] for one in whole.findings if one.finding == "note-missing"]
    assert {said[start:end] for start, end in places} == {f"({number})" for number in range(2, 10)}


def test_damage_far_in_is_placed(tmp_path: Path) -> None:
    data = text().encode()
    at = data.index("二、".encode())
    file = tmp_path / "large.txt"
    file.write_bytes(data[:at] + b"\xff" + data[at:])
    with pytest.raises(DocumentError, match="document-encoding") as refused:
        list(pieces(file, 700))
    (problem,) = refused.value.problems
    assert f"第 {at} 字节" in problem.found
    assert problem.place is not None
    assert problem.place.line == data[:at].count(b"\n") + 1
    file.write_bytes(data[:-4])
    with pytest.raises(DocumentError, match="document-cut"):
        list(pieces(file, 700))


def test_a_line_without_an_end_is_cut_at_sentences(tmp_path: Path) -> None:
    said = "全年栽植银杏260株。" * 500
    found = [piece for _, piece in pieces(_file(tmp_path, said), 1000)]
    assert all(piece.text.endswith("。") for piece in found)
    assert "".join(piece.text for piece in found) == said


def test_what_is_no_text_comes_in_one_or_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<html><body>" + "<p>全年栽植银杏260株。</p>" * 100 + "</body></html>", encoding="utf-8")
    (one,) = read_pieces(file, 50)
    assert one.kind == "page"
    file.write_bytes(b"\x7fELF" + bytes(5000))
    with pytest.raises(DocumentError, match="document-not-text"):
        list(read_pieces(file, 50))
