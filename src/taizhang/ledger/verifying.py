"""Verifying the chain: that every entry is as it was when it was sealed, and where it is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import orjson
from django.db import connection

from taizhang.ledger import files, guards, merkle, sealing
from taizhang.ledger.models import Counter, Entry, Seal, SealedLeaves, Version
from taizhang.ledger.replaying import versions_that_differ


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach: its code, the position where there is one, and what it is, in words."""

    code: str
    position: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying found. Whole when `breaches` is empty; for `unsealed` entries no seal vouches."""

    entries: int
    sealed: int
    unsealed: int
    breaches: tuple[Finding, ...]
    files: files.FileStates = files.FileStates()  # noqa: RUF009 - immutable

    @property
    def whole(self) -> bool:
        return not self.breaches


def verify(checkpoint: str | None = None, *, deep: bool = False) -> Verification:
    """Recompute every digest from the stored bytes and hold it against seals and an outside checkpoint.

    `deep` also plays every entry again and compares each stored version, and reads every stored file; without
    it, files are looked for and measured only.

    Raises DocumentError when `checkpoint` is not the text of one.
    """
    outside = sealing.parse_checkpoint(checkpoint) if checkpoint is not None else None
    found: list[Finding] = [
        Finding("guard-missing", None, f"数据库触发器缺失 / trigger missing: {name}")
        for name in guards.missing(connection)
    ]
    counter = Counter.objects.filter(id=1).values_list("position", flat=True).first() or 0
    seals = {seal.size: seal for seal in Seal.objects.order_by("size")}
    trusted, sealed = _sealed_leaves(seals, found)
    tree, wanted = merkle.Tree(), outside.size if outside else 0
    outside_root = merkle.root(()) if outside and not wanted else None
    count = 0
    for position, row in _rows(max(sealed, counter)):
        if row is None:
            found.append(Finding("entry-missing", position, f"位置 {position} 的条目缺失 / entry missing"))
            digest = b""
        else:
            count += 1
            digest = hashlib.sha256(bytes(row[3])).digest()
            found.extend(_row_breaches(position, row, digest, counter))
        if trusted is not None and position <= sealed and row is not None and digest != trusted[position - 1]:
            found.append(Finding("entry-changed", position, f"位置 {position} 的条目被改动 / entry changed"))
        tree.add(digest)
        if position == wanted:
            outside_root = tree.root()
    if outside is not None:
        found.extend(_against(outside, outside_root))
    found.extend(_version_breaches())
    if deep:
        found.extend(
            Finding("version-wrong", at, f"位置 {at} 的版本: {reason}")
            for at, reason in versions_that_differ()
        )
    kept = files.states(deep=deep)
    found.extend(_file_breaches(kept))
    return Verification(count, sealed, max(counter - sealed, 0), tuple(found), kept)


def _file_breaches(kept: files.FileStates) -> Iterator[Finding]:
    for digest in kept.missing:
        yield Finding("file-missing", None, f"文件内容缺失 / a file's content is missing: {digest}")
    for digest in kept.changed:
        yield Finding("file-changed", None, f"文件内容被改动 / a file's content was changed: {digest}")
    for digest in kept.left:
        yield Finding("file-left", None, f"应删的文件内容仍在 / a forgotten file is still there: {digest}")


def _sealed_leaves(seals: dict[int, Seal], found: list[Finding]) -> tuple[list[bytes] | None, int]:
    """The sealed digests where the latest signed root vouches for them, and how many entries are sealed."""
    tree, leaves = merkle.Tree(), list(sealing.sealed_digests())
    roots = {}
    for digest in leaves:
        tree.add(digest)
        if tree.size in seals:
            roots[tree.size] = tree.root()
    if 0 in seals:
        roots[0] = merkle.root(())
    key, good = sealing.public_key(), True
    for size, seal in seals.items():
        try:
            said = sealing.parse_checkpoint(seal.checkpoint)
            signed = said.holds(key) and said.size == size and said.root == bytes(seal.root)
        except sealing.DocumentError:
            signed = False
        if not signed:
            found.append(
                Finding("seal-signature", size, f"封存 {size} 的签名不成立 / the seal's signature fails")
            )
        if roots.get(size) != bytes(seal.root):
            good = False
            found.append(
                Finding("seal-root", size, f"封存 {size} 的叶与根不符 / sealed leaves do not give its root")
            )
    sealed = max(seals, default=0)
    if len(leaves) != sealed:
        good = False
        found.append(
            Finding("seal-missing", None, f"封存与叶数不符 / {len(leaves)} leaves for {sealed} sealed")
        )
    expected = 1
    for block in SealedLeaves.objects.order_by("first").values_list("first", "leaves"):
        if block[0] != expected:
            found.append(Finding("seal-missing", expected, "封存的叶缺失 / sealed leaves are missing"))
            good = False
            break
        expected += len(block[1]) // 32
    return (leaves if good else None), sealed


def _rows(upto: int) -> Iterator[tuple[int, tuple[Any, ...] | None]]:
    expected = 1
    columns = ("position", "id", "record", "canonical", "digest", "type")
    for row in Entry.objects.order_by("position").values_list(*columns).iterator(chunk_size=5_000):
        while expected < row[0]:
            yield expected, None
            expected += 1
        yield row[0], row
        expected = row[0] + 1
    while expected <= upto:
        yield expected, None
        expected += 1


def _row_breaches(position: int, row: tuple[Any, ...], digest: bytes, counter: int) -> Iterator[Finding]:
    if position > counter or position < 1:
        yield Finding(
            "entry-inserted", position, f"位置 {position} 不是计数器发出的 / not given out by the counter"
        )
    if digest != bytes(row[4]):
        yield Finding(
            "digest-differs", position, f"位置 {position} 的内容与摘要不符 / content and digest differ"
        )
    try:
        said = orjson.loads(bytes(row[3]))
        same = (said["id"], said["record"], said["type"]) == (row[1], row[2], row[5])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        same = False
    if not same:
        yield Finding(
            "columns-differ", position, f"位置 {position} 的列与内容不符 / columns and content differ"
        )


def _against(outside: sealing.Checkpoint, root: bytes | None) -> Iterator[Finding]:
    if not outside.holds():
        yield Finding(
            "checkpoint-signature", None, "所给检查点的签名不成立 / the checkpoint's signature fails"
        )
    elif not outside.holds(sealing.public_key()):
        yield Finding(
            "checkpoint-key", None, "检查点由另一把钥匙签署 / the checkpoint was signed with another key"
        )
    if root is None:
        yield Finding(
            "checkpoint-ahead", outside.size, "台账比检查点短 / the ledger is shorter than the checkpoint"
        )
    elif root != outside.root:
        yield Finding(
            "checkpoint-differs", outside.size, "台账与检查点不符 / the ledger differs from the checkpoint"
        )


def _version_breaches() -> Iterator[Finding]:
    columns = ("position", "type", "record")
    entries = Entry.objects.order_by("position").values_list(*columns).iterator(chunk_size=10_000)
    versions = Version.objects.order_by("position").values_list(*columns).iterator(chunk_size=10_000)
    for entry, version in zip_longest(entries, versions):
        if entry != version:
            at = min(pair[0] for pair in (entry, version) if pair)
            yield Finding(
                "version-differs", at, f"位置 {at} 的版本与条目不对应 / version and entry do not match"
            )
            return
