"""Bytes → text: which encoding, and whether it is a text at all. Refuses before it loads."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

from taizhang.errors import DocumentError, Problem
from taizhang.reading.page import is_page, page_text
from taizhang.values import Place

LIMIT_BYTES = 64 * 1024 * 1024
_MAGIC = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Word 或压缩文件 / Word or zip",
    b"\xd0\xcf\x11\xe0": "旧版 Word / old Word",
    b"\x89PNG": "图片 / picture",
    b"\xff\xd8\xff": "图片 / picture",
    b"GIF8": "图片 / picture",
    b"\x1f\x8b": "压缩文件 / gzip",
    b"\x7fELF": "程序 / program",
    b"SQLite format 3": "数据库 / database",
}
_SANE = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffefA-Za-z0-9\s!-~“”‘’—…·①-⑳㎡‰℃×%]")
# The most frequent characters of written Chinese, in both scripts: a wrong decoding has next to none of them.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府與國會來時為們發動產經實學民進這個對過後從還說點開業關問無與"
)


def _plausible(text: str) -> bool:
    """Whether a decoding looks like language: usual characters, and among Chinese ones frequent ones."""
    if not text.strip() or "\x00" in text:
        return False
    sample = text[:20000]
    if len(_SANE.findall(sample)) < 0.9 * len(sample):
        return False
    chinese = [char for char in sample if "\u4e00" <= char <= "\u9fff"]
    return len(chinese) < 20 or sum(char in _FREQUENT for char in chinese) >= 0.12 * len(chinese)


def _guess(data: bytes) -> str | None:
    for encoding in ("gb18030", "big5", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _plausible(text):
            return text
    best = from_bytes(data[:200_000]).best()
    if best is None:
        return None
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    return text if _plausible(text) else None


def decode(data: bytes, source: str = "<bytes>") -> str:
    """The text of these bytes. Raises DocumentError when empty, binary, cut or in no known encoding."""
    if not data.strip():
        raise DocumentError(
            Problem(
                "document-empty",
                "文件是空的 / the file is empty",
                "",
                "请给出有文字的文件 / give a file with text",
                Place(source),
            )
        )
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            raise DocumentError(
                Problem(
                    "document-not-text",
                    f"这是{name},不是文本 / this is {name}, not text",
                    "文本或网页 / text or a page",
                    "请先另存为 .txt 或 .html / save it as .txt or .html first",
                    Place(source),
                )
            )
    marks = (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    )
    for mark, encoding in marks:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise DocumentError(
                    Problem(
                        "document-encoding",
                        f"第 {error.start} 字节不合 {encoding} / byte {error.start} is not {encoding}",
                        "",
                        "文件可能被截断,请重新下载 / it may be cut, fetch it again",
                        Place(source),
                    )
                ) from error
    try:
        text: str | None = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _guess(data)
    else:
        text = text if text is not None and "\x00" not in text else _guess(data)
    if text is None:
        raise DocumentError(
            Problem(
                "document-encoding",
                "认不出编码,或不是文本 / encoding unknown, or not a text",
                "UTF-8, GB18030, UTF-16, Big5",
                "请另存为 UTF-8 / save it as UTF-8",
                Place(source),
            )
        )
    return text


def load(source: Path | str | bytes, limit: int = LIMIT_BYTES) -> str:
    """The text of a file, of bytes, or a text itself (`str`). A page is brought to its text.

    Raises DocumentError for what is missing, over the limit (by its size, without loading), empty or no text.
    """
    name = str(source) if isinstance(source, Path) else f"<{'text' if isinstance(source, str) else 'bytes'}>"
    size = _size(source, name) if isinstance(source, Path) else len(source)
    if size > limit:
        expected = f"不超过 {limit} 字节 / at most {limit} bytes"
        problem = Problem(
            "document-too-large",
            f"文件有 {size} 字节 / {size} bytes",
            expected,
            "请拆成几份 / split it",
            Place(name),
        )
        raise DocumentError(problem)
    if isinstance(source, str):
        text = source
        if not text.strip():
            found, remedy = "文本是空的 / the text is empty", "请给出文字 / give some text"
            raise DocumentError(Problem("document-empty", found, "", remedy, Place(name)))
    elif isinstance(source, bytes):
        text = decode(source, name)
    else:
        try:
            text = decode(source.read_bytes(), name)
        except OSError as error:
            raise _unreadable(error, name) from error
    return page_text(text) if is_page(text) else text


def _size(file: Path, name: str) -> int:
    try:
        if file.is_file():
            return file.stat().st_size
    except OSError as error:
        raise _unreadable(error, name) from error
    if file.exists():
        found, remedy = "这不是普通文件 / not a regular file", "请给出一个文件 / give a file"
        raise DocumentError(Problem("not-a-file", found, "", remedy, Place(name)))
    found, remedy = "没有这个文件 / no such file", "请核对路径 / check the path"
    raise DocumentError(Problem("document-missing", found, "", remedy, Place(name)))


def _unreadable(error: OSError, name: str) -> DocumentError:
    found, remedy = f"读不出 / cannot read: {error.strerror}", "请核对权限 / check permissions"
    return DocumentError(Problem("document-missing", found, "", remedy, Place(name)))
