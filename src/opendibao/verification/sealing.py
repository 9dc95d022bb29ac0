"""密封: what departments deliver is kept encrypted; equal things are found by blind tokens, never in the clear.

AES-256-GCM seals, HMAC-SM3 (GB/T 32905, RFC 2104) blinds, both of a key derived from the site's own secret.
"""

import hmac
import json
import os
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12
TOKEN_LENGTH = 32
"""Hex places of a token that are kept: 128 bits, so that two of a nation's keys do not meet."""


@cache
def _key(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())


def _secret() -> str:
    return settings.OPENDIBAO_MATCH_KEY or settings.SECRET_KEY


def seal(plain: bytes) -> bytes:
    """Encrypt bytes; equal bytes give different seals."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(_secret(), "seal")).encrypt(nonce, plain, None)


def unseal(sealed: bytes) -> bytes:
    """Decrypt what `seal` made. Raises cryptography.exceptions.InvalidTag for a wrong key or a changed byte."""
    data = bytes(sealed)
    return AESGCM(_key(_secret(), "seal")).decrypt(data[:NONCE], data[NONCE:], None)


def seal_row(row: Mapping[str, Any]) -> bytes:
    """Encrypt a row of plain values."""
    return seal(json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def unseal_row(sealed: bytes) -> dict[str, Any]:
    """The row that `seal_row` took."""
    row: dict[str, Any] = json.loads(unseal(sealed))
    return row


def blind(text: str, key: bytes | None = None) -> str:
    """The token of a text: the same for the same text and key, and nobody without the key can go through all texts.

    `key`: of an exchange with a department; None takes the site's own.
    """
    return hmac.digest(key or _key(_secret(), "blind"), text.encode(), "sm3").hex()[:TOKEN_LENGTH]


def blinded(texts: Iterable[str], key: bytes | None = None) -> list[str]:
    """The tokens of several texts."""
    return [blind(text, key) for text in texts]
