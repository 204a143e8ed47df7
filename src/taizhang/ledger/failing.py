"""What a failing database means, in words: which errors say that the home cannot be used."""

from __future__ import annotations

from dataclasses import replace

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from taizhang.errors import HomeError, Problem

_SPACE = "腾出空间后重新提交;已入账的条目重复提交无害 / free space and send again"
_BACKUP = "检查磁盘,从备份恢复,再 `taizhang verify` / look at the disk, restore from a backup, then verify"
_DISK_FULL = Problem(
    "disk-full", "磁盘已满,这一批没有入账 / the disk is full; nothing of this batch was taken", remedy=_SPACE
)
_DAMAGED = Problem("home-damaged", "台账文件已损坏 / the ledger's file is damaged", remedy=_BACKUP)
_EMPTY = Problem(
    "home-empty",
    "这里还没有台账 / there is no ledger here yet",
    remedy="用 --home 指出数据目录,或 `taizhang init DIR` 新建 / name the home, or found a district",
)
_UNUSABLE = Problem(
    "home-unusable",
    "台账文件打不开或只读 / the ledger's file cannot be opened, or not written",
    remedy="检查目录的权限 / look at the folder's permissions",
)

_BY_WORDS = (
    ("disk is full", _DISK_FULL),
    ("no space left", _DISK_FULL),
    ("disk i/o error", Problem("disk-error", "磁盘读写出错 / the disk fails", remedy=_BACKUP)),
    (
        "database is locked",
        Problem(
            "home-locked",
            "台账正被占用 / the ledger is locked by another process",
            remedy="稍后再试 / try again later",
        ),
    ),
    ("malformed", _DAMAGED),
    ("not a database", _DAMAGED),
    ("no such table", _EMPTY),
    ("unable to open database file", _UNUSABLE),
    ("readonly database", _UNUSABLE),
)
"""What SQLite says (PostgreSQL says some of it too), and which problem that is."""

_LOOK = "检查 TAIZHANG_DATABASE_URL 和数据库服务 / look at TAIZHANG_DATABASE_URL and at the server"
_REFUSED = Problem(
    "database-refused", "数据库不接受此用户、口令或操作 / user, password or act refused", remedy=_LOOK
)
_UNREACHABLE = Problem(
    "database-unreachable", "连不上数据库,或连接断了 / the database cannot be reached", remedy=_LOOK
)
_MISSING = Problem(
    "database-missing",
    "没有这个数据库 / there is no such database",
    remedy="由管理员先建库 / let an administrator create the database first",
)

_BY_STATE = (
    ("53100", _DISK_FULL),
    ("42P01", _EMPTY),
    ("3D000", _MISSING),
    ("28", _REFUSED),
    ("42501", _REFUSED),
    ("08", _UNREACHABLE),
    ("57P", _UNREACHABLE),
    ("53300", _UNREACHABLE),
)
"""SQLSTATEs of PostgreSQL, or what they begin with (PostgreSQL's documentation, appendix A)."""

_WHILE_CONNECTING = (
    ("password authentication failed", "28000"),
    ("no password supplied", "28000"),
    ("no pg_hba.conf entry", "28000"),
    ("the database system", "57P03"),
    ("role", "28000"),
    ("database", "3D000"),
)
"""Before there is a session the client library gives words only, the server's own."""


def home_error(error: Exception) -> HomeError | None:
    """The HomeError that a database's error means; None for one that is a fault of ours."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    words = str(error).lower()
    for sign, problem in _BY_WORDS:
        if sign in words:
            return HomeError(problem)
    if connection.vendor != "postgresql":
        return None
    state = _state(error, words)
    about = connection.settings_dict
    where = f"{about['HOST'] or 'localhost'}:{about['PORT'] or 5432}/{about['NAME']}"
    for start, problem in _BY_STATE:
        if state.startswith(start):
            return HomeError(replace(problem, found=f"{problem.found}: {where}"))
    return None


def _state(error: Exception, words: str) -> str:
    """The SQLSTATE; for a connection that never came about, the one its words mean ("" when none)."""
    if state := getattr(error.__cause__, "sqlstate", None):
        return str(state)
    if not isinstance(error, OperationalError | InterfaceError):
        return ""
    if "does not exist" in words or "fatal" in words:
        fatal = words.rpartition("fatal:")[2]
        for sign, state in _WHILE_CONNECTING:
            if sign in fatal:
                return state
    return "08001"
