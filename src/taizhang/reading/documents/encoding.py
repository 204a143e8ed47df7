"""Bytes → characters: which of the encodings of Chinese texts it is.

A byte order mark decides; else strict UTF-8; else the decoding, among those that are possible, that looks
most like written Chinese. Decoding alone proves nothing: GB18030 takes nearly any bytes. What tells is that
the standards themselves are sorted by use: level 1 of GB/T 2312 (lead bytes B0–D7, 3,755 characters) and of
Big5 (A4–C6, 5,401 characters) hold nearly every character of a text in its own encoding, and few of a wrong
one.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from taizhang.errors import DocumentError
from taizhang.reading.documents.refusing import refuse

SAMPLE_BYTES = 48 * 1024
LEAST_LIKE = 0.3  # what a text in its own encoding exceeds by far, and another hardly reaches
EXPECTED = "UTF-8, GB18030, Big5, UTF-16"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as the mark of UTF-16 does: asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
_SAME = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
}
_USUAL = re.compile(r"[\u3000-\u303f\uff00-\uffee -~\s“”‘’—…·①-⑳㎡‰℃×±]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# The most frequent characters of written Chinese in both scripts: about half of any text, a tenth of a wrong
# one.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
    "行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由"
    "其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建"
    "月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接"
    "知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府與國會來時為們發動產經實學民進這個對過後"
    "從還說點開業關問無與億萬區縣鄉鎮億縣乡镇市元村亿万报工增"
)


@lru_cache(maxsize=40_000)
def _level_one(char: str) -> bool:
    """Whether the character is of the frequent level of GB/T 2312 or of Big5."""
    for name, low, high in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if low <= char.encode(name)[0] <= high:
                return True
        except UnicodeEncodeError:
            continue  # not in this standard: the other may have it
    return False


def likeness(text: str) -> float:
    """How much a decoding looks like written Chinese: 0 for none, near 1 for a report."""
    if not text or _CONTROL.search(text):
        return 0.0
    bare = "".join(text.split())
    chinese = _CHINESE.findall(bare)
    usual = len(_USUAL.findall(bare))
    if not bare or len(chinese) + usual < 0.9 * len(bare):
        return 0.0
    if not chinese:
        return 0.5
    level = sum(map(_level_one, chinese)) / len(chinese)
    frequent = sum(char in _FREQUENT for char in chinese) / len(chinese)
    if level < (0.85 if len(chinese) >= 20 else 0.7) or (len(chinese) >= 20 and frequent < 0.12):
        return 0.0
    return (len(chinese) + usual) / len(bare) * (0.5 * level**4 + 0.5 * min(1.0, 2 * frequent))


def _head(data: bytes) -> bytes:
    """The data up to where enough has come that is not ASCII."""
    first = _HIGH.search(data)
    return data[: (first.start() if first else 0) + SAMPLE_BYTES]


def _score(head: bytes, encoding: str, whole: bool) -> float:
    """How much the head, decoded so, looks like Chinese; unless it is the whole, it may end within a
    character.
    """
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
    except UnicodeDecodeError:
        return 0.0
    return likeness(text[-SAMPLE_BYTES // 2 :])


def declared_in(data: bytes) -> str | None:
    """The encoding that a page's own head names, as Python calls it; None where it names none that is
    known.
    """
    found = _DECLARED.search(data[:4096]) if b"<" in data[:512] else None
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    try:
        return _SAME.get(name) or codecs.lookup(name).name
    except LookupError:
        return None


def detect(data: bytes, source: str, *, whole: bool = True) -> tuple[str, int]:
    """The encoding of these bytes and how long its byte order mark is.

    `whole`: the bytes are all there are; else they are the beginning of more, and may end within a character.
    Raises DocumentError when they are cut, binary or in no known encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    try:
        sure = codecs.getincrementaldecoder("utf-8")().decode(data, final=whole)
    except UnicodeDecodeError as error:
        # Nothing else makes so many whole sequences: it is UTF-8 that is damaged further on; decoding says
        # where.
        if len(data[: error.start].decode("utf-8").encode("ascii", "ignore")) < error.start - 60:
            return "utf-8", 0
    else:
        if not _CONTROL.search(sure):
            return "utf-8", 0
    head = _head(data)
    entire = whole and len(head) == len(data)
    hint = declared_in(data)
    order = sorted(_CANDIDATES, key=lambda candidate: candidate != hint)
    best, _, name = max((_score(head, name, entire), -place, name) for place, name in enumerate(order))
    if best > (0 if name == hint else LEAST_LIKE):
        return name, 0
    if hint is not None and likeness(head.decode(hint, "ignore")[-SAMPLE_BYTES // 2 :]) > LEAST_LIKE:
        return hint, 0  # a page says what it is; decoding sees how much of it is damaged
    raise refuse(
        "document-encoding",
        "认不出编码,或不是文本 / encoding unknown, or not a text",
        "请另存为 UTF-8 / save it as UTF-8",
        source,
        expected=EXPECTED,
    )


def misfit(
    error: UnicodeDecodeError, source: str, before: bytes, offset: int = 0, line: int = 1
) -> DocumentError:
    """What to raise where bytes stop making sense: cut off at their end, or damaged within.

    `before` are the bytes of this piece, `offset` and `line` say where it begins.
    """
    line += before[: error.start].count(b"\n")
    at = offset + error.start
    if error.end >= len(before) - 1 and len(before) - error.start < 4:
        return refuse(
            "document-cut",
            f"文件在第 {at} 字节处断了 / the file is cut at byte {at}",
            "请重新下载或复制 / fetch or copy it again",
            source,
            line=line,
        )
    return refuse(
        "document-encoding",
        f"第 {at} 字节不合 {error.encoding} / byte {at} is not {error.encoding}",
        "请重新下载,或另存为 UTF-8 / fetch it again, or save it as UTF-8",
        source,
        expected=EXPECTED,
        line=line,
    )


def decode(data: bytes, source: str = "<bytes>") -> tuple[str, str]:
    """The text of these bytes and the encoding it was in.

    Raises DocumentError when they are cut, damaged, binary or in no known encoding. In a page that names its
    encoding, as browsers do, a few damaged characters are shown as U+FFFD.
    """
    encoding, skip = detect(data, source)
    body = data[skip:]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        text = body.decode(encoding, "replace")
        if declared_in(data) is None or text.count("\ufffd") > 2 + len(text) // 2000:
            raise misfit(error, source, body, skip) from error
    return text, encoding
