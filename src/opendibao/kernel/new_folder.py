"""新文件夹: a name, words and files for a folder that discovery will find; it is written whole or not at all."""

import keyword
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def name_fault(name: str, into: Path, *, what: str, longest: int, example: str) -> str:
    """Why a folder of this name cannot be made, in Chinese; "" where it can. `what`: 指标, 来源."""
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        return f"“{name}”不能作{what}的名字：用小写英文字母开头，只含小写字母、数字和单个下划线，如 {example}"
    if len(name) > longest:
        return f"“{name}”太长：最多{longest}个字符，现在{len(name)}个"
    if (into / name).exists() or (into / f"{name}.py").exists():
        return f"已经有名为“{name}”的{what}（{into / name}），请换一个名字"
    return "" if os.access(into, os.W_OK) else f"{into} 不能写入：新{what}要写进源码目录，请在检出的源码里运行"


def words_fault(what: str, words: str) -> str:
    """Why words cannot go into a source file: they must be one line, and nothing that ends a string."""
    if not words.strip() or set(words) & set("\"'\\\n{}$%"):
        return f"{what}“{words}”要有文字，且不含引号、反斜杠、花括号、$、%和换行"
    return ""


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the files of a folder; it appears when all are there. Raises OSError."""
    half = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))  # discovery passes over what begins with a dot
    try:
        for name, text in texts.items():
            (half / name).write_text(text, "utf-8")
        half.chmod(0o755)
        half.rename(folder)
    except OSError:
        shutil.rmtree(half, ignore_errors=True)
        raise
