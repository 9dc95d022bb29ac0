"""打开上传的 xlsx: how large it is, packed and unpacked, is asked before anything of it is read."""

import io
import zipfile
from collections.abc import Callable

from python_calamine import CalamineError, CalamineWorkbook

from opendibao.evaluation.refusal import EvaluationRefused


def opened(
    data: bytes, what: str, *, largest: int, largest_unpacked: int, refusal: Callable[[str], EvaluationRefused]
) -> CalamineWorkbook:
    """A workbook of at most so many bytes, as it comes and unpacked. Raises `refusal` in words, `what` named."""
    if len(data) > largest:
        raise refusal(f"文件有{len(data) // 1000}KB，{what}最多{largest // 1000}KB，请核对是不是{what}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
        if unpacked > largest_unpacked:
            size, most = unpacked // 1_000_000, largest_unpacked // 1_000_000
            raise refusal(f"文件解压后有{size}MB，{what}最多{most}MB，请核对是不是{what}")
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (zipfile.BadZipFile, CalamineError, OSError):
        raise refusal("文件打不开，不是能读的 xlsx 文件，或者加了密；老格式（xls）请另存为 xlsx") from None
