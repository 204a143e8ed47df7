"""Every environment variable that Taizhang reads, declared once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable: its name, its default, and what it is for."""

    name: str
    default: str
    about: str

    @property
    def value(self) -> str:
        """What is set, or the default."""
        return os.environ.get(self.name, "") or self.default


HOME = Variable(
    "TAIZHANG_HOME", "home", "区县数据目录 / the folder that holds a district's ledger, keys and files"
)
DATABASE_URL = Variable(
    "TAIZHANG_DATABASE_URL", "", "PostgreSQL 地址;空为 SQLite / PostgreSQL URL; empty: SQLite"
)
KEY = Variable(
    "TAIZHANG_KEY", "", "主密钥,32 字节 base64 / master key, 32 bytes in base64; empty: a file in home"
)
SIGNING_KEY = Variable(
    "TAIZHANG_SIGNING_KEY", "", "封账私钥 / Ed25519 seed, 32 bytes in base64; empty: a file in home"
)
SECRET = Variable("TAIZHANG_SECRET", "", "会话密钥 / Django's secret key; empty: a file in home")
DEBUG = Variable("TAIZHANG_DEBUG", "", "1 为调试 / 1 switches debugging on")
HOSTS = Variable(
    "TAIZHANG_HOSTS", "localhost,127.0.0.1,[::1]", "允许的主机名 / host names that may be asked for"
)

VARIABLES = (HOME, DATABASE_URL, KEY, SIGNING_KEY, SECRET, DEBUG, HOSTS)


def home() -> Path:
    """The district's home, absolute."""
    return Path(HOME.value).expanduser().resolve()
