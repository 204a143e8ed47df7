"""The home's secrets: the master key that wraps data keys, and the key that signs checkpoints."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from taizhang.errors import HomeError, Problem


def derived(purpose: str) -> bytes:
    """A 32-byte key for one purpose, derived from the master key, which itself is used for nothing."""
    return hmac.digest(_secret("TAIZHANG_KEY", "master.key"), purpose.encode(), "sha256")


def signing_key() -> Ed25519PrivateKey:
    """The key that signs checkpoints (Ed25519, RFC 8032)."""
    return Ed25519PrivateKey.from_private_bytes(_secret("TAIZHANG_SIGNING_KEY", "signing.key"))


def new_data_key() -> bytes:
    """A fresh key for one person or record."""
    return AESGCM.generate_key(256)


def wrap(data_key: bytes, owner: str) -> bytes:
    """A data key under the master key, bound to its owner so that rows cannot be exchanged."""
    nonce = os.urandom(12)
    return nonce + AESGCM(derived("wrap")).encrypt(nonce, data_key, owner.encode())


def unwrap(wrapped: bytes, owner: str) -> bytes:
    """The data key again; cryptography's InvalidTag where key or owner is wrong."""
    return AESGCM(derived("wrap")).decrypt(bytes(wrapped[:12]), bytes(wrapped[12:]), owner.encode())


def seal_text(data_key: bytes, entry: str, field: str, text: str) -> str:
    """`text` encrypted (AES-256-GCM), in base64.

    The nonce comes from key, entry, field and text, so that the same entry sent twice gives the same
    ciphertext and no nonce ever serves two texts (the construction of RFC 8452's idea, with HMAC-SHA256).
    """
    context = f"{entry}|{field}".encode()
    nonce = hmac.digest(data_key, hashlib.sha256(context).digest() + text.encode(), "sha256")[:12]
    return base64.b64encode(nonce + AESGCM(data_key).encrypt(nonce, text.encode(), context)).decode()


def open_text(data_key: bytes, entry: str, field: str, cipher: str) -> str:
    """The text again."""
    sealed = base64.b64decode(cipher)
    return AESGCM(data_key).decrypt(sealed[:12], sealed[12:], f"{entry}|{field}".encode()).decode()


def _secret(setting: str, name: str) -> bytes:
    return _read_secret(setting, getattr(settings, setting), Path(settings.HOME) / name)


@lru_cache(maxsize=8)
def _read_secret(setting: str, given: str, file: Path) -> bytes:
    try:
        if not given:
            try:
                # O_EXCL: of two processes that start at once, one writes and the other reads.
                handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                given = file.read_text()
            else:
                given = base64.b64encode(os.urandom(32)).decode()
                with os.fdopen(handle, "w") as out:
                    out.write(given)
                    out.flush()
                    os.fsync(out.fileno())
        secret = base64.b64decode(given, validate=True)
    except (OSError, binascii.Error) as error:
        raise HomeError(
            Problem("key-unreadable", f"密钥读不出 / cannot read the key {setting}: {error}")
        ) from error
    if len(secret) != 32:
        raise HomeError(
            Problem("key-wrong-length", f"密钥长度不对 / wrong length: {setting}", "32 bytes, base64")
        )
    return secret
