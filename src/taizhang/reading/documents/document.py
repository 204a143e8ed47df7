"""A file, bytes or a text → a document: its text, of what kind and in which encoding it was, and its
tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from taizhang.reading.documents.encoding import decode
from taizhang.reading.documents.page import is_page, read_page
from taizhang.reading.documents.pdf import read_pdf
from taizhang.reading.documents.refusing import refuse
from taizhang.reading.documents.table import Extracted, Table
from taizhang.reading.documents.word import read_package

LIMIT_BYTES = 64 * 1024 * 1024
Kind = Literal["text", "page", "word", "pdf"]

# First bytes → what it is, and how to bring it here.
_SAVE_AS_TEXT = "请先另存为 .txt 或 .html / save it as .txt or .html first"
_SAVE_AS_WORD = "请用 Word 或 WPS 另存为 .docx / save it as .docx with Word or WPS"
_RECOGNISE = "请先做文字识别 / recognise its characters first (OCR)"
_NOT_TEXT = (
    (b"{\\rtf", "RTF", _SAVE_AS_WORD),
    (b"\x89PNG", "图片 / picture", _RECOGNISE),
    (b"\xff\xd8\xff", "图片 / picture", _RECOGNISE),
    (b"GIF8", "图片 / picture", _RECOGNISE),
    (b"II*\x00", "图片 / picture", _RECOGNISE),
    (b"MM\x00*", "图片 / picture", _RECOGNISE),
    (b"\x1f\x8b", "压缩文件 / gzip", "请先解压 / unpack it first"),
    (b"Rar!", "压缩文件 / rar", "请先解压 / unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "压缩文件 / 7z", "请先解压 / unpack it first"),
    (b"\x7fELF", "程序 / program", _SAVE_AS_TEXT),
    (b"SQLite format 3", "数据库 / database", _SAVE_AS_TEXT),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was extracted, and what its container says of it.

    `title`, `published` and `issuer` are what a page's head, a Word file's properties or a page's own line of
    source and date say; "" and None where they say nothing. Each table says where its rows stand in `text`.
    """

    text: str
    kind: Kind = "text"
    encoding: str = ""
    title: str = ""
    published: date | None = None
    issuer: str = ""
    tables: tuple[Table, ...] = ()


def load(source: Path | str | bytes, limit: int = LIMIT_BYTES) -> Document:
    """The document in a file (`Path`), in the bytes of one, or a text itself (`str`), by its first bytes.

    Raises DocumentError for what is missing, over the limit (by its size, without loading), empty, cut,
    damaged, encrypted, without text, or no document.
    """
    name = name_of(source)
    size = size_of(source, name) if isinstance(source, Path) else len(source)
    if size > limit:
        raise refuse(
            "document-too-large",
            f"文件有 {size} 字节 / {size} bytes",
            "请拆成几份 / split it",
            name,
            expected=f"不超过 {limit} 字节 / at most {limit} bytes",
        )
    if isinstance(source, str):
        return _of_text(source, "", name)
    if isinstance(source, Path):
        try:
            data = source.read_bytes()
        except OSError as error:
            raise refuse(*unreadable(error), name) from error
    else:
        data = source
    return _of_bytes(data, name, limit)


def _of_bytes(data: bytes, name: str, limit: int) -> Document:
    if data.startswith(b"PK\x03\x04"):
        return _made("word", read_package(data, name, limit), name)
    if b"%PDF-" in data[:1024]:
        return _made("pdf", read_pdf(data, name), name)
    refuse_what_is_no_text(data, name)
    text, encoding = decode(data, name)
    return _of_text(text, encoding, name)


def _of_text(text: str, encoding: str, name: str) -> Document:
    if is_page(text):
        return _made("page", read_page(text), name, encoding)
    if not text.strip():
        raise _empty(name)
    return Document(text, "text", encoding)


def _made(kind: Kind, extracted: Extracted, name: str, encoding: str = "") -> Document:
    """A document of what was extracted; raises DocumentError where that is nothing."""
    if not extracted.text.strip():
        raise _empty(name)
    return Document(
        extracted.text,
        kind,
        encoding,
        extracted.title,
        extracted.published,
        extracted.issuer,
        extracted.tables,
    )


def _empty(name: str) -> Exception:
    found, remedy = "文件里没有文字 / there is no text in it", "请给出有文字的文件 / give a file with text"
    return refuse("document-empty", found, remedy, name)


def refuse_what_is_no_text(data: bytes, name: str) -> None:
    """Raises DocumentError for data that is empty or, by its first bytes, of a kind that holds no plain
    text.
    """
    if not data.strip():
        found = "文件是空的 / the file is empty"
        raise refuse("document-empty", found, "请给出有文字的文件 / give a file with text", name)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            found = "Word 文件有密码 / the Word file has a password"
            raise refuse("document-encrypted", found, "请去掉密码后另存 / save it without its password", name)
        found = "这是旧版 Word 或表格,不是文本 / this is an old Word or Excel file, not text"
        raise refuse("document-not-text", found, _SAVE_AS_WORD, name)
    for magic, kind, remedy in _NOT_TEXT:
        if data.startswith(magic):
            found = f"这是{kind},不是文本 / this is {kind}, not text"
            raise refuse("document-not-text", found, remedy, name, expected="文本、网页、Word、PDF")


def name_of(source: Path | str | bytes) -> str:
    """What a source is called in an error's place."""
    return str(source) if isinstance(source, Path) else f"<{'text' if isinstance(source, str) else 'bytes'}>"


def size_of(file: Path, name: str) -> int:
    """The bytes that a file has. Raises DocumentError for what is missing or no regular file."""
    try:
        if file.is_file():
            return file.stat().st_size
    except OSError as error:
        raise refuse(*unreadable(error), name) from error
    if file.exists():
        found, remedy = "这不是普通文件 / not a regular file", "请给出一个文件 / give a file"
        raise refuse("not-a-file", found, remedy, name)
    raise refuse("document-missing", "没有这个文件 / no such file", "请核对路径 / check the path", name)


def unreadable(error: OSError) -> tuple[str, str, str]:
    """Code, words and remedy for a file that the system does not give."""
    return "document-missing", f"读不出 / cannot read: {error.strerror}", "请核对权限 / check permissions"
