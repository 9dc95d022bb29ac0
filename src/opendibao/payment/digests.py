"""指纹: SHA-256 and SM3 of the files that go to the bank or come from it; both by the platform's own library."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.hazmat.primitives import hashes

CHUNK = 1 << 18


@dataclass(frozen=True)
class Digests:
    """The two fingerprints of a file, in hex: SHA-256 for everybody, SM3 (GB/T 32905) as the treasury asks."""

    sha256: str
    sm3: str


def digests_in(file: BinaryIO) -> Digests:
    """The fingerprints of a file that can be read from its start, a piece at a time."""
    file.seek(0)
    return _digests(_pieces(file))


def digests_of(data: bytes) -> Digests:
    """The fingerprints of these bytes."""
    return _digests([data])


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(CHUNK):
        yield piece


def _digests(pieces: Iterable[bytes]) -> Digests:
    sha256, sm3 = hashlib.sha256(), hashes.Hash(hashes.SM3())
    for piece in pieces:
        sha256.update(piece)
        sm3.update(piece)
    return Digests(sha256.hexdigest(), sm3.finalize().hex())
