"""What can be read as a document, and what is refused, with its code, place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_an_encoding_changes_nothing(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(TEXT.encode(encoding))
    assert reading.read(file) == reading.read(TEXT)
    assert _surfaces(file) == SURFACES


def test_big5() -> None:
    text = "青嵐縣人民政府工作報告\n"
    text += "過去的一年，我們堅持以人民為中心的發展，推動經濟社會各項事業。全年栽植銀杏260株，有渡船3萬艘。\n"
    assert _surfaces(text.encode("big5")) == ["260株", "3萬艘"]


def test_a_page_is_brought_to_its_text() -> None:
    body = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    head = "<head><title>县政府</title><script>var a=88;</script></head>"
    page = f"<!DOCTYPE html><html>{head}<body><nav>首页 77个</nav>{body}</body></html>"
    found = reading.read(page.encode())
    assert [claim.surface for claim in found.claims] == SURFACES
    assert "88" not in found.text
    assert "77" not in found.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document-empty"),
        (b" \n ", "document-empty"),
        (b"%PDF-1.7 ...", "document-not-text"),
        (b"PK\x03\x04....", "document-not-text"),
        (b"\x7fELF\x02\x01\x01\x00", "document-not-text"),
        (bytes(range(256)) * 40, "document-encoding"),
        (b"\xef\xbb\xbf" + "报告".encode()[:-1], "document-encoding"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(data)
    with pytest.raises(DocumentError) as refused:
        reading.read(file)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.place is not None
    assert problem.place.source == str(file)
    assert problem.remedy


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


def test_a_note_is_missing_only_without_its_note() -> None:
    marked = TEXT + "推行“七彩”模式(3)。\n"
    assert [finding.finding for finding in reading.read(marked).findings] == ["note-missing"]
    assert reading.read(marked + "3. “七彩”模式:一种模式。\n").findings == ()


def test_one_figure_said_twice() -> None:
    twice = TEXT + "全年栽植银杏270株。\n"
    (finding,) = reading.read(twice).findings
    assert finding.finding == "said-twice"
    assert len(finding.places) == 2


@pytest.mark.parametrize(("last", "findings"), [("60", ["parts-exceed-total"]), ("50", []), ("7", [])])
def test_parts_may_not_exceed_their_total(last: str, findings: list[str]) -> None:
    text = TEXT + f"现有渡轮100艘,其中老式20艘、旧式30艘、新式{last}艘。\n"
    assert [finding.finding for finding in reading.read(text).findings] == findings
