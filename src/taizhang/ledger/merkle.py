"""Merkle trees as in RFC 6962, section 2.1: leaf hashes are prefixed 0x00, inner nodes 0x01."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence


class Tree:
    """A tree that grows leaf by leaf and keeps only the roots of its complete subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, digest: bytes) -> None:
        """Append one leaf."""
        node = leaf(digest)
        size = self.size
        while size & 1:
            node = hashlib.sha256(b"\x01" + self._peaks.pop() + node).digest()
            size >>= 1
        self._peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves; SHA-256 of nothing for an empty tree."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = hashlib.sha256(b"\x01" + peak + node).digest()
        return node


def leaf(digest: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + digest).digest()


def root(digests: Iterable[bytes]) -> bytes:
    """The root over `digests`."""
    tree = Tree()
    for digest in digests:
        tree.add(digest)
    return tree.root()


def inclusion(digests: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of leaf `index` (from 0), leaf upwards (RFC 6962, 2.1.1). IndexError outside."""
    return inclusions(digests, [index])[index]


def inclusions(digests: Sequence[bytes], indices: Iterable[int]) -> dict[int, list[bytes]]:
    """Index → audit path of each of these leaves, for one walk up the tree. IndexError outside."""
    paths: dict[int, list[bytes]] = {index: [] for index in indices}
    for index in paths:
        if not 0 <= index < len(digests):
            raise IndexError(index)
    sha256 = hashlib.sha256
    level = [leaf(digest) for digest in digests]
    height = 0
    while len(level) > 1:
        for index, path in paths.items():
            sibling = index >> height ^ 1
            if sibling < len(level):
                path.append(level[sibling])
        pairs = [sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
        height += 1
    return paths


def included(digest: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether `path` leads from the leaf to `expected` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, steps = leaf(digest), size - 1, list(path)
    while last:
        if index & 1 or index < last:
            if not steps:
                return False
            other = steps.pop(0)
            node = hashlib.sha256(b"\x01" + (other + node if index & 1 else node + other)).digest()
        index >>= 1
        last >>= 1
    return not steps and node == expected
