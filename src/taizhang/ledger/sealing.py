"""Seals: signed Merkle roots over the ledger's entries, and proofs that an entry stands under one."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from taizhang.errors import DocumentError, HomeError, Problem, UnknownName
from taizhang.ledger import keys, merkle
from taizhang.ledger.appending import home_errors
from taizhang.ledger.models import Counter, Entry, Seal, SealedLeaves

BLOCK = 8192
"""Digests a row of SealedLeaves holds at the most."""
ORIGIN = "taizhang/ledger"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a seal says: the root over the first `size` entries. `text` is signed; `public_key` signed it."""

    size: int
    root: bytes
    text: str
    public_key: bytes
    signature: bytes

    def holds(self, public_key: bytes | None = None) -> bool:
        """Whether the signature is good, and made by `public_key` where one is named."""
        if public_key is not None and public_key != self.public_key:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(self.signature, self.text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal that was made, and the file its checkpoint was written to."""

    size: int
    root: bytes
    file: Path


@dataclass(frozen=True, slots=True)
class Proof:
    """That the entry at `position` stands under the checkpoint: the audit path, leaf upwards."""

    position: int
    digest: bytes
    path: tuple[bytes, ...]
    checkpoint: str
    size: int
    root: bytes

    def holds(self) -> bool:
        """Whether the path leads from the digest to the root."""
        return merkle.included(self.digest, self.position - 1, self.size, self.path, self.root)


def seal() -> Sealed:
    """Seal everything up to now and write the checkpoint out. Sealing again at once is harmless."""
    with home_errors(), transaction.atomic():
        counter = Counter.objects.select_for_update().get(id=1)
        size = counter.position
        done = Seal.objects.order_by("-size").first()
        if done is not None and done.size == size:
            made, root = done.checkpoint, bytes(done.root)
        else:
            before = done.size if done else 0
            tree = merkle.Tree()
            for digest in sealed_digests():
                tree.add(digest)
            if tree.size != before:
                raise HomeError(Problem("seal-damaged", "已封部分不完整 / what was sealed is incomplete"))
            fresh = [bytes(d) for d in _digests(before)]
            if len(fresh) != size - before:
                raise HomeError(
                    Problem("entries-missing", "有条目缺失,不能封账 / entries are missing; run verify")
                )
            for digest in fresh:
                tree.add(digest)
            root, made = tree.root(), _signed(size, tree.root())
            for start in range(0, len(fresh), BLOCK):
                SealedLeaves.objects.create(
                    first=before + start + 1, leaves=b"".join(fresh[start : start + BLOCK])
                )
            Seal.objects.create(size=size, root=root, checkpoint=made)
    return Sealed(size, root, _write_out(size, made))


def sealed_digests() -> Iterator[bytes]:
    """The digests as they were when they were sealed, from position 1 on."""
    for block in SealedLeaves.objects.order_by("first").iterator(chunk_size=16):
        leaves = bytes(block.leaves)
        for at in range(0, len(leaves), 32):
            yield leaves[at : at + 32]


def proof(position: int) -> Proof:
    """The inclusion proof of an entry under the latest seal. Raises UnknownName when it is not sealed yet."""
    found = proofs([position]).get(position)
    if found is None:
        raise UnknownName(Problem("not-sealed", f"位置 {position} 未封 / position {position} is not sealed"))
    return found


def proofs(positions: Iterable[int]) -> dict[int, Proof]:
    """Position → inclusion proof under the latest seal, of those entries that are sealed.

    The whole sealed range is hashed once: about a second a million entries.
    """
    last = Seal.objects.order_by("-size").first()
    wanted = [position for position in positions if last is not None and 1 <= position <= last.size]
    if last is None or not wanted:
        return {}
    digests = list(islice(sealed_digests(), last.size))
    paths = merkle.inclusions(digests, [position - 1 for position in wanted])
    text, size, root = last.checkpoint, last.size, bytes(last.root)
    return {
        index + 1: Proof(index + 1, digests[index], tuple(path), text, size, root)
        for index, path in paths.items()
    }


def parse_checkpoint(text: str) -> Checkpoint:
    """A checkpoint from its text. Raises DocumentError when it is not one."""
    try:
        body, _, tail = text.partition("\n\n")
        origin, size, root = body.split("\n")
        mark, public, signature = tail.strip().split(" ")
        if origin != ORIGIN or mark != "—":
            raise ValueError("not a checkpoint of a ledger")
        return Checkpoint(
            int(size),
            base64.b64decode(root, validate=True),
            body + "\n",
            base64.b64decode(public, validate=True),
            base64.b64decode(signature, validate=True),
        )
    except (ValueError, binascii.Error) as error:
        raise DocumentError(Problem("not-a-checkpoint", f"不是检查点 / not a checkpoint: {error}")) from error


def public_key() -> bytes:
    """The key that this ledger's checkpoints are signed with, 32 bytes."""
    return keys.signing_key().public_key().public_bytes_raw()


def _digests(after: int) -> Iterator[bytes]:
    rows = Entry.objects.filter(position__gt=after).order_by("position")
    return rows.values_list("digest", flat=True).iterator(chunk_size=10_000)


def _signed(size: int, root: bytes) -> str:
    body = f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n"
    signature = base64.b64encode(keys.signing_key().sign(body.encode())).decode()
    return f"{body}\n— {base64.b64encode(public_key()).decode()} {signature}\n"


def checkpoint_file(size: int) -> Path:
    """Where the checkpoint over the first `size` entries is written."""
    return Path(settings.HOME) / "checkpoints" / f"{size:012d}.checkpoint"


def _write_out(size: int, text: str) -> Path:
    file = checkpoint_file(size)
    try:
        file.parent.mkdir(exist_ok=True)
        draft = file.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    except OSError as error:
        raise HomeError(
            Problem("checkpoint-unwritten", f"检查点写不出 / cannot write {file}: {error}")
        ) from error
    return file
