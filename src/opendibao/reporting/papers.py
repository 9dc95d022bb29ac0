"""单份报告: one document of one version in one form, made when it is asked for; the rows of the pack are not read."""

from collections.abc import Callable, Mapping

from opendibao.evaluation.snapshot import Snapshot
from opendibao.reporting.finalising import paper_of
from opendibao.reporting.forms.form_pdf import form_pdf
from opendibao.reporting.forms.form_word import form_word
from opendibao.reporting.forms.kinds import KINDS
from opendibao.reporting.pdf_file import pdf_bytes
from opendibao.reporting.sentences import DEPARTMENT_EVALUATION, words_of
from opendibao.reporting.word_file import word_bytes

ENDINGS = ("docx", "pdf")
ALL_KINDS = (DEPARTMENT_EVALUATION, *KINDS)
WHOLE: Mapping[str, Callable[..., bytes]] = {"docx": word_bytes, "pdf": pdf_bytes}
FORM: Mapping[str, Callable[..., bytes]] = {"docx": form_word, "pdf": form_pdf}


class NoSuchPaper(LookupError):
    """There is no document of this kind, or none with this ending."""


def kind_words(kind: str) -> str:
    """What a kind is called. Raises NoSuchPaper."""
    if kind not in ALL_KINDS:
        raise NoSuchPaper(f"没有“{kind}”这种报告")
    return str(words_of(kind)["zh"])


def paper_file(snapshot: Snapshot, kind: str, ending: str) -> tuple[str, bytes]:
    """Name and bytes of a document of a version. Raises NoSuchPaper, NoSheet."""
    if kind not in ALL_KINDS or ending not in ENDINGS:
        raise NoSuchPaper(f"没有“{kind}.{ending}”这种报告")
    paper = paper_of(snapshot, samples=False)
    stage = "" if snapshot.is_final else f"-草稿第{snapshot.version}版"
    if kind == DEPARTMENT_EVALUATION:
        return f"{kind_words(kind)}-{snapshot.year}{stage}.{ending}", WHOLE[ending](paper.content, paper.blocks)
    return f"{words_of(kind)['file']}-{snapshot.year}{stage}.{ending}", FORM[ending](KINDS[kind](paper.content))
