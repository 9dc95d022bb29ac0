"""地名体检: the name of another county left in a report, as from a template used again (D14)."""

import re
from collections import Counter
from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sentences import sentences
from opendibao.evaluation.checkup.vocabulary import any_of

# a name stands at the beginning of a clause, or behind a word that no name ends with and before what a county has
_SHAPE = r"(?:[一-鿿]{2,8}自治县|[一-鿿]{1,3}(?:县|区|市))(?![级直域里以]|城(?![乡镇]))"
_SHORT = r"[一-鿿]{2}(?:县|区|市)"
_HAS = rf"(?={any_of('own_of_county')}|20\d\d|的[^，。；])"
_NAME = re.compile(
    rf"(?:^|(?<=[，。；：、（(“《\s\d]))(?:关于|\d+年度?|\d+月|\d+日|年底|年末)?({_SHAPE})"
    rf"|(?<=[年月日底末度和与对由在为是给向使按及于到盖括经从至自了的将把让])({_SHORT}){_HAS}"
)
_NO_NAME = re.compile(rf"{any_of('not_counties')}|[社小园山地灾辖片库城]区$|城市$")
_NO_CHARACTER = re.compile(any_of("not_in_names"))
_BORROWING = re.compile(any_of("borrowing"))


@check("D14", Severity.WARNING, "报告里出现别的县（区、市）的名字")
def names_of_other_counties(report: Report) -> Iterator[Hit]:
    """A county of the same kind as the report's own, where the report should speak of itself."""
    found = list(_names(report))
    own = _own(report, [name for _, name, _ in found])
    told: set[str] = set()
    for block, name, sentence in found:
        if not own or name == own or name[-1] != own[-1] or name in told or own.endswith(name) or name.endswith(own):
            continue
        if _BORROWING.search(sentence):
            continue
        told.add(name)
        yield Hit(f"本报告是{own}的，这里写的是“{name}”；请核对是不是套用别处文稿时没有改", Place(block))


def _names(report: Report) -> Iterator[tuple[int, str, str]]:
    """Names with their block and the sentence around them."""
    for one in sentences(report.document.paragraphs()):
        for found in _NAME.finditer(one.text):
            name = found.group(1) or found.group(2)
            if not _NO_NAME.search(name) and not _NO_CHARACTER.search(name[:-1]):
                yield one.block, name, one.text


def _own(report: Report, names: list[str]) -> str:
    """The county of the title, else the one named most often."""
    first = report.outline.first_numbered(0)
    titled = [name for block, name, _ in _names(report) if block < first]
    return titled[0] if titled else Counter(names).most_common(1)[0][0] if names else ""
