"""名册栏目: the columns and words of the official roster, once for those who read it and those who write it."""

from collections.abc import Mapping
from dataclasses import dataclass

from opendibao.rules.vocabulary import DISABILITIES, RELATIONS, WORDS

HOUSEHOLD_SHEET, MEMBER_SHEET = "户", "人"
NUMBER, ID_NUMBER, RELATION = "户编号", "身份证号码", "与户主关系"
HOUSEHOLD_COLUMNS = (
    "户编号", "区划代码", "地区", "户主", "身份证号码", "城乡", "保障人数", "保障金(元)", "分类施保金(元)",
    "发放合计(元)", "原决定文号", "原决定日期", "起发月", "复核类别", "账户名称", "开户银行", "账号", "住址", "电话",
    "金融资产(元)", "住房(套)", "车辆",
)  # fmt: skip
MEMBER_COLUMNS = (
    "户编号", "姓名", "身份证号码", "与户主关系", "残疾类别", "残疾等级", "重病", "在读", "务工月收入(元)", "务工月数",
    "耕地(亩)", "经营年收入(元)", "经营年成本(元)", "养老金月额(元)", "其中基础养老金(元)", "高龄津贴月额(元)",
    "赡养费月额(元)", "其他月收入(元)", "自付医疗年额(元)", "残疾护理年额(元)", "社保缴费月额(元)",
)  # fmt: skip
REASON = "原因与处理"
"""What the county writes beside a returned row; a corrected file may still carry it."""
COLUMNS = {HOUSEHOLD_SHEET: HOUSEHOLD_COLUMNS, MEMBER_SHEET: MEMBER_COLUMNS}

AREAS = {"rural": "农村", "urban": "城镇"}
CLASSES = {"yearly": "常保", "halfyear": "非常保"}
VEHICLES = {"disability": "残疾代步", "treatment": "治疗", "livelihood": "谋生", "private": "家用"}
STUDIES = {
    "compulsory": "义务教育", "senior_high": "高中", "vocational": "职业", "college": "大专", "undergraduate": "本科",
}  # fmt: skip
RELATION_WORDS = dict(zip(RELATIONS, WORDS["relation"].values(), strict=True))
DISABILITY_WORDS = dict(zip(DISABILITIES, WORDS["disability_kind"].values(), strict=True))


@dataclass(frozen=True)
class MoneyColumn:
    """A column that holds one amount of a member: what it is in a case file, and for what time."""

    column: str
    kind: str
    per: str
    group: str = "income"
    basis: str = ""


MONEY_COLUMNS = (
    MoneyColumn("高龄津贴月额(元)", "old_age_allowance", "month"),
    MoneyColumn("赡养费月额(元)", "support_received", "month", basis="agreement"),
    MoneyColumn("其他月收入(元)", "other", "month"),
    MoneyColumn("自付医疗年额(元)", "medical_self_paid", "year", "spending"),
    MoneyColumn("残疾护理年额(元)", "disability_care", "year", "spending"),
    MoneyColumn("社保缴费月额(元)", "social_insurance", "month", "spending"),
)


def by_word(words: Mapping[str, str]) -> dict[str, str]:
    """The identifier of each Chinese word."""
    return {word: identifier for identifier, word in words.items()}
