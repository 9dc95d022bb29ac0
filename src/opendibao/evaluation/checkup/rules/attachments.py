"""附件体检: a promise of an attachment, table or picture that is not there (D13)."""

import re
from collections.abc import Iterator

from opendibao.evaluation.checkup.catalogue import Hit, check
from opendibao.evaluation.checkup.document import Paragraph
from opendibao.evaluation.checkup.finding import Place, Severity
from opendibao.evaluation.checkup.report import Report

_NUMBER = r"[一二三四五六七八九十\d]+"
_NUMBERED = re.compile(rf"(?P<kind>附件|附表|附图|附录)\s*[（(]?(?P<number>{_NUMBER})(?!\d|[、.．]\s*\D)")
_SEE_NUMBERED = re.compile(rf"(?:见|如|详见|参见)\s*(?:下)?(?P<kind>表|图)\s*(?P<number>{_NUMBER})(?![-—.]\d)")
_SEE = re.compile(
    r"(?:详?见|参见|附有?|后附)(?:本报告)?(?:后附的?|所附的?|相关的?)?(?P<kind>附件|附表|附图|附录|评分表|明细表|评价表|打分表)(?!\s*\d|[一二三四五六七八九十])|(?P<behind>后附的?[^，。；]{0,8}?(?:统计表|明细|清单|名单|名册|材料|照片|表|图))(?:[一二三四五六七八九十\d]+)?|(?P<end>(?:见|详见)(?:附册|附页|附单|附卡|文后|文末|后附)|附(?:在|于)(?:文后|文末|报告后|报告末)|(?:文后|文末|报告后)(?:所附|附有|附))|(?P<sent>(?:另附|随附|附送)的?[^，。；]{0,8}?(?:表|清单|名单|名册|明细|说明|照片|图|材料))|(?P<table>表)[^，。；]{0,4}附后|(?<!表)附后|(?:见|详见)附件(?!\s*[\d一二三四五六七八九十])"
)
_BELOW = re.compile(r"(?:见|如|详见)下表|下表(?:所示|所列)|如下表")
_NEAR = 4  # blocks after which a table no longer stands below
_CAPTION = re.compile(rf"^\s*(?P<kind>附件|附表|附图|附录|表|图)\s*(?P<number>{_NUMBER})?\s*(?:[：:、.．\s\u3000]|$)?")
_LIST_HEAD = re.compile(r"^\s*(?:附件|附表|附)\s*[：:]?\s*(.*)$")
_DIGITS = "零一二三四五六七八九十"


@check("D13", Severity.WARNING, "正文说有附件、附表，实际没有")
def promised_attachments(report: Report) -> Iterator[Hit]:
    """References to 附件N, 附表N, 表N, 图N without a caption or an entry, and to attachments where there is none."""
    present, tables = _present(report), sum(1 for _ in report.document.tables())
    told: set[tuple[str, int]] = set()
    for block, paragraph in report.document.paragraphs():
        if _is_caption(paragraph):
            continue
        if _BELOW.search(paragraph.text) and not _table_follows(report, block):
            yield Hit("这里说“见下表”，下面没有表；请补上，或者删去这句话", Place(block))
        for kind, number in _promises(paragraph.text):
            if (kind, number) not in told and not _is_there(kind, number, present, tables):
                told.add((kind, number))
                named = f"{kind}{number or ''}"
                yield Hit(f"这里说有“{named}”，全文找不到；请附上，或者删去这句话", Place(block))


def _table_follows(report: Report, block: int) -> bool:
    return any(not isinstance(one, Paragraph) for one in report.document.blocks[block + 1 : block + 1 + _NEAR])


def _promises(text: str) -> Iterator[tuple[str, int]]:
    for pattern in (_NUMBERED, _SEE_NUMBERED):
        for found in pattern.finditer(text):
            yield found["kind"], _number(found["number"])
    for found in _SEE.finditer(text):
        yield found["kind"] or ("附表" if found["table"] else "附件"), 0


def _present(report: Report) -> set[tuple[str, int]]:
    """Captions of the report and the entries of its list of attachments."""
    found: set[tuple[str, int]] = set()
    listing = False
    for _, paragraph in report.document.paragraphs():
        text = paragraph.text.strip().lstrip("#").strip()
        if _is_caption(paragraph) and (caption := _CAPTION.match(text)):
            kind = caption["kind"]
            found |= {(kind, _number(caption["number"] or "0")), (kind, 0)}
        head = _LIST_HEAD.match(text)
        listing = bool(head and _is_caption(paragraph)) or (listing and bool(re.match(r"\d", text)))
        entries = (
            re.findall(r"(\d{1,2})[.．、]", head.group(1) if head and _is_caption(paragraph) else text)
            if listing
            else []
        )
        found |= {(kind, int(entry)) for entry in entries for kind in ("附件", "附表")}
    return found


def _is_caption(paragraph: Paragraph) -> bool:
    """Whether a line names an attachment itself and does not speak of it."""
    text = paragraph.text.strip().lstrip("#").strip()
    if not re.match(r"附件|附表|附图|附录|附[：:]|[表图]\s*[\d一二三四五六七八九十]", text):
        return False
    return not re.search(r"[。；]", text) and not re.match(r"附[件表图]\s*\S{0,3}(?:所|中|列|显示|见|是|为)", text)


def _is_there(kind: str, number: int, present: set[tuple[str, int]], tables: int) -> bool:
    if (kind, number) in present:
        return True
    if kind in ("附件", "附图", "附录", "图"):
        return kind == "附件" and not number and any(one == "附表" for one, _ in present)
    captions = {one for one in present if one[0] in ("附表", "表")}
    if number > 1 or (number and captions):
        return kind == "附表" and ("表", number) in present
    # a single table needs no caption
    return tables > 0


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return _DIGITS.index(written[-1]) + (10 if len(written) > 1 else 0)
