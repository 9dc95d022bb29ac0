"""装订: the same content gives the same bytes, and a file stands whole or not at all."""

import io
import os
import zipfile
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)


def same_bytes(docx: bytes) -> bytes:
    """The zip again with fixed times, so that only its content decides its bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as made, zipfile.ZipFile(out, "w") as again:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            again.writestr(entry, made.read(name))
    return out.getvalue()


def put_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write all files beside their old ones first, then put each in its place."""
    folder.mkdir(parents=True, exist_ok=True)
    waiting = []
    try:
        for name, content in files.items():
            beside = folder / f".{name}.writing"
            waiting.append((beside, folder / name))
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for beside, place in waiting:
            os.replace(beside, place)
    finally:
        for beside, _ in waiting:
            beside.unlink(missing_ok=True)
