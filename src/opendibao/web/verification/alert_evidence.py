"""认人的依据: field by field how a department's row and a person agree, in words, with the weights that were used."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.verification.rematch.queries import EvidenceRow
from opendibao.web.labels import Labels
from opendibao.web.tables import Cell, Table, heads, text

TIERS = Labels({
    "confirmed": gettext_noop("证件号和姓名相符"), "repaired": gettext_noop("证件号有误或没有，其他信息相符"),
    "review": gettext_noop("人工认定是本人"),
})  # fmt: skip
FIELDS = Labels({
    "id_number": gettext_noop("证件号"), "name": gettext_noop("姓名"), "region": gettext_noop("证件号前六位"),
    "born": gettext_noop("出生日期"), "seq": gettext_noop("证件号后四位"), "sex": gettext_noop("性别"),
    "phone": gettext_noop("电话"), "division": gettext_noop("区划"),
})  # fmt: skip
LEVELS = Labels({
    "same": gettext_noop("相同"), "same_short": gettext_noop("相同（两个字）"), "sound": gettext_noop("读音相同"),
    "sound_short": gettext_noop("读音相同（两个字）"), "most": gettext_noop("大半相同"),
    "kin": gettext_noop("同姓，名像一家人"), "surname": gettext_noop("只有姓相同"), "near": gettext_noop("相差一位"),
    "year": gettext_noop("同年"), "village": gettext_noop("同村"), "township": gettext_noop("同乡镇"),
    "county": gettext_noop("同县"), "other": gettext_noop("不同"),
})  # fmt: skip


@dataclass(frozen=True)
class Grounds:
    """Why a row was held to be a person's: in one sentence, and field by field."""

    said: str
    table: Table


def grounds(found: EvidenceRow | None) -> Grounds | None:
    """The grounds in words; None where the link is not in sight."""
    if found is None:
        return None
    said = _("%(tier)s；权重合计 %(score)s") % {
        "tier": TIERS.get(found.tier, found.tier),
        "score": hundredths(found.score),
    }
    if found.margin is not None:
        said += _("，比第二个像的人高 %(margin)s") % {"margin": hundredths(found.margin)}
    rows = [
        [Cell(_word(FIELDS, one.get("field"))), text(_word(LEVELS, one.get("level"))),
         Cell(hundredths(one.get("weight")))]
        for one in json.loads(found.evidence)
    ]  # fmt: skip
    named = heads(_("比的项"), _("怎样"), "#" + _("权重"))
    return Grounds(said, Table(named, rows, caption=_("为什么认为是本人"), nothing=_("没有记下逐项依据")))


def _word(words: Labels, code: object) -> str:
    return words.get(str(code), str(code))


def hundredths(weight: object) -> str:
    """A weight in hundredths as a number with two places."""
    if not isinstance(weight, int):
        return ""
    return f"{'−' if weight < 0 else ''}{abs(weight) // 100}.{abs(weight) % 100:02d}"
