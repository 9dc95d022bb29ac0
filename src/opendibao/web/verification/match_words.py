"""认人的话: tiers, fields and levels of agreement in words, masked numbers, weights as they are added up."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.kernel.ids import mask_id_number
from opendibao.verification.match_queries import DoubtfulLink, Evidence
from opendibao.verification.queries import MatchRow
from opendibao.web.labels import Labels
from opendibao.web.tables import Cell, Table, heads, text
from opendibao.web.templatetags.figures import MINUS

LINK_STATES = Labels({
    "automatic": gettext_noop("自动认定"), "waiting": gettext_noop("待认定"), "same": gettext_noop("是同一人"),
    "not_same": gettext_noop("不是同一人"),
})  # fmt: skip
TIERS = Labels({
    "confirmed": gettext_noop("证件号和姓名相符"), "repaired": gettext_noop("证件号有误或没有，其他信息相符"),
    "review": gettext_noop("人工认定是本人"),
})  # fmt: skip
FIELDS = Labels({
    "id_number": gettext_noop("证件号码"), "name": gettext_noop("姓名"), "region": gettext_noop("证件号前六位"),
    "born": gettext_noop("出生日期"), "seq": gettext_noop("证件号后四位"), "sex": gettext_noop("性别"),
    "phone": gettext_noop("电话"), "division": gettext_noop("住地区划"),
})  # fmt: skip
LEVELS = Labels({
    "same": gettext_noop("相同"), "same_short": gettext_noop("相同（两个字）"), "sound": gettext_noop("读音相同"),
    "sound_short": gettext_noop("读音相同（两个字）"), "most": gettext_noop("三个字里两个相同"),
    "kin": gettext_noop("只有末字不同"),
    "surname": gettext_noop("只有姓相同"), "near": gettext_noop("只差一处"), "year": gettext_noop("只有年份相同"),
    "village": gettext_noop("同村"), "township": gettext_noop("同乡镇"), "county": gettext_noop("同县"),
    "other": gettext_noop("不同"),
})  # fmt: skip
SEXES = Labels({"male": gettext_noop("男"), "female": gettext_noop("女")})
TONES = {"other": "bad", "surname": "warn", "near": "warn", "year": "warn", "most": "warn", "kin": "warn"}
RECHECKS = Labels({
    "upheld": gettext_noop("维持核对结果"), "changed": gettext_noop("更正核对结果"),
    "withdrawn": gettext_noop("撤销核对结果"),
})  # fmt: skip
SHOWN = 4
"""Places of a telephone that are shown."""


def found_words(row: MatchRow) -> str:
    """What a department found, in its words."""
    detail = json.loads(row.detail)
    return str(detail.get("found", "")) or _("、").join(f"{key} {value}" for key, value in detail.items())


def weight_words(hundredths: int) -> str:
    """A weight with two places and its sign."""
    sign = MINUS if hundredths < 0 else "+"
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def evidence_table(evidence: Sequence[Evidence], score: int) -> Table:
    """Field by field how a row agreed with the person, what that weighs, and the sum."""
    rows = [
        [Cell(FIELDS.get(one.field, one.field)), Cell(LEVELS.get(one.level, one.level), tone=TONES.get(one.level, "")),
         Cell(weight_words(one.weight))]
        for one in evidence
    ]  # fmt: skip
    named = heads(_("项目"), _("相符程度"), "#" + _("权重"))
    return Table(named, rows, [Cell(_("合计")), text(""), Cell(weight_words(score))], caption=_("认人依据"))


def sides(link: DoubtfulLink) -> Table:
    """Both sides field by field; numbers and telephones are masked."""
    row = link.row or {}
    agreed = {one.field: one for one in link.evidence}
    ours = {
        "name": link.person, "id_number": mask_id_number(link.id_number), "sex": SEXES.get(link.sex, link.sex),
        "born": str(link.born), "phone": "", "division": "",
    }  # fmt: skip
    rows = [
        [Cell(FIELDS[field]), text(said or "—"), text(_theirs(field, row) or "—"), _agreed(agreed.get(field))]
        for field, said in ours.items()
        if said or _theirs(field, row)
    ]
    rows += [
        [Cell(FIELDS[field]), text("—"), text("—"), _agreed(agreed[field])]
        for field in ("region", "seq", "phone", "division")
        if field in agreed and not (field in ours and _theirs(field, row))
    ]
    named = heads(_("项目"), _("家庭登记"), _("部门记录"), _("相符程度"))
    return Table(named, rows, caption=_("两边逐项对照"))


def _theirs(field: str, row: Mapping[str, Any]) -> str:
    said = str(row.get(field) or "").strip()
    if field == "id_number" and said:
        return mask_id_number(said) if len(said) > 2 * SHOWN + SHOWN else said[:2] + "*" * max(0, len(said) - 2)
    if field == "phone" and said:
        return "*" * max(0, len(said) - SHOWN) + said[-SHOWN:]
    return said


def _agreed(one: Evidence | None) -> Cell:
    if one is None:
        return text("")
    said = _("%(level)s（%(weight)s）") % {
        "level": LEVELS.get(one.level, one.level),
        "weight": weight_words(one.weight),
    }
    return Cell(said, tone=TONES.get(one.level, "ok"))
