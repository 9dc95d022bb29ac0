"""往来文件: the files of a run that went to the bank and came from it, in their order."""

from dataclasses import dataclass
from datetime import date

from opendibao.payment.models import BankFile


@dataclass(frozen=True)
class FileRow:
    """A file: what it is for, when, how much is in it, and its hashes; `kind` is a code of models.FileKind."""

    kind: str
    file_no: int
    name: str
    handled_on: date
    lines: int
    fen: int
    sha256: str
    sm3: str

    @property
    def is_sum(self) -> bool:
        """Whether `fen` is money sent or answered; a statement's lines go both ways, a check of accounts has none."""
        return self.kind in ("pay", "result")


def run_files(run_id: int) -> list[FileRow]:
    """The files of a run, the oldest first."""
    return [
        FileRow(
            row.kind, row.file_no, row.name, row.handled_on, row.lines_count, row.total_fen,
            row.sha256, row.sm3,
        )
        for row in BankFile.objects.filter(run=run_id).order_by("pk")
    ]  # fmt: skip
