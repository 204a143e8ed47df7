"""What can be read as a document, and what is refused, with its code, place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading.refusals import assert_refused

from taizhang import reading
from taizhang.errors import DocumentError

TEXT = (
    "青岚县人民政府工作报告(2031年1月9日)\n一、工作回顾\n"
    "过去的一年,我们坚持以人民为中心的发展思想,推动经济社会各项事业发展。全年栽植银杏260株,渡口新购渡船9艘。\n"
)
SURFACES = ["260株", "9艘"]


def _surfaces(source: Path | str | bytes) -> list[str]:
    return [claim.surface for claim in reading.read(source).claims]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document-empty"),
        (b" \n ", "document-empty"),
        (b"%PDF-1.7 ...", "document-damaged"),
        (b"PK\x03\x04....", "document-damaged"),
        (b"{\\rtf1 abc}", "document-not-text"),
        (b"\x7fELF\x02\x01\x01\x00", "document-not-text"),
        (b"\x89PNG\r\n\x1a\n", "document-not-text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "document-not-text"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "document-encrypted",
        ),
        (bytes(range(256)) * 40, "document-encoding"),
        (b"\xef\xbb\xbf" + "报告".encode()[:-1], "document-cut"),
        ((TEXT * 3).encode()[:-3], "document-cut"),
        ((TEXT * 3).encode()[:600] + b"\xff\xfe" + (TEXT * 3).encode()[600:], "document-encoding"),
        (TEXT.encode("utf-16")[:-1], "document-cut"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    assert_refused(tmp_path / "report.txt", data, code)


def test_damage_is_placed_by_line() -> None:
    data = TEXT.encode() * 3
    at = data.index("全年".encode(), 500)
    with pytest.raises(DocumentError, match="document-encoding") as refused:
        reading.read(data[:at] + b"\xff" + data[at:])
    (problem,) = refused.value.problems
    assert f"第 {at} 字节" in problem.found
    assert problem.place is not None
    assert problem.place.line == data[:at].count(b"\n") + 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="document-missing"):
        reading.read(tmp_path / "none.txt")


def test_what_is_there_but_no_file_is_not_called_missing(tmp_path: Path) -> None:
    for place in (Path("/dev/null"), tmp_path):
        with pytest.raises(DocumentError, match="not-a-file"):
            reading.read(place)


def test_200_megabytes_are_refused_without_loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)

    def never(path: Path) -> bytes:
        raise AssertionError(f"{path} was loaded")

    monkeypatch.setattr(Path, "read_bytes", never)
    with pytest.raises(DocumentError, match="document-too-large"):
        reading.read(file)


def test_furniture_is_left_out() -> None:
    text = "网站首页 | 联系我们\n" + TEXT + "本站共收录9981个文件,版权所有,转载须经许可。\n验证码: 4407个\n"
    found = reading.read(text)
    assert [claim.surface for claim in found.claims] == SURFACES
    assert len(found.furniture) == 3


@pytest.mark.parametrize(
    "line",
    [
        "(二)推广卫星导航应用3处",
        "全年完成市场主体登记注册1203户",
        "开展群众评论活动12场",
        "编制产业地图册3册",
    ],
)
def test_words_of_pages_stand_in_reports_too(line: str) -> None:
    assert reading.read(TEXT + line + "\n").furniture == ()


def test_one_figure_said_twice() -> None:
    twice = TEXT + "全年栽植银杏270株。\n"
    (finding,) = reading.read(twice).findings
    assert finding.finding == "said-twice"
    assert len(finding.places) == 2


@pytest.mark.parametrize(("last", "findings"), [("60", ["parts-exceed-total"]), ("50", []), ("7", [])])
def test_parts_may_not_exceed_their_total(last: str, findings: list[str]) -> None:
    text = TEXT + f"现有渡轮100艘,其中老式20艘、旧式30艘、新式{last}艘。\n"
    assert [finding.finding for finding in reading.read(text).findings] == findings
