"""事实: what rules may know of a household, its members, their jobs and the supporters outside it."""

from opendibao.formula.graph import Fact

PARENTS: dict[str, str | None] = {"household": None, "member": "household", "job": "member", "supporter": "member"}
"""To whom a row belongs; a supporter belongs to the member he has a duty to."""

_YES = "bool"
_CODE = "code"
FACTS: dict[str, dict[str, Fact]] = {
    "household": {
        "is_urban": Fact("按城镇标准", _YES),
        "uses_tiers": Fact("分档计算", _YES),
        "month": Fact("认定的月份", _CODE),
        "listed": Fact("列明的人数", "count"),
        "financial_assets": Fact("金融资产"),
        "dwellings": Fact("住房套数", "count"),
        "cars": Fact("未豁免的机动车辆数", "count"),
        "exempt_cars": Fact("豁免的机动车辆数", "count"),
        "companies": Fact("名下经营主体数", "count"),
        "current_benefit": Fact("原月保障金"),
        "left_by_employment": Fact("因就业退出", _YES),
    },
    "member": {
        "age": Fact("周岁", "years"),
        "relation": Fact("与户主关系", _CODE),
        "lives_together": Fact("共同居住", _YES),
        "married_out": Fact("已婚另立家庭", _YES),
        "study": Fact("全日制在读", _CODE),
        "absent": Fact("离家情形", _CODE),
        "already": Fact("已享受其他救助", _CODE),
        "disability_kind": Fact("残疾类别", _CODE),
        "disability_grade": Fact("残疾等级", _CODE),
        "severe_illness": Fact("重特大疾病", _YES),
        "death_month": Fact("死亡月份", _CODE),
        "work_refusals": Fact("连续拒绝介绍工作次数", "count"),
        "special_hardship": Fact("确有特殊困难", _YES),
        "excluded_by_province": Fact("省里规定不计入", _YES),
        "farm_mu": Fact("自种耕地（百分之一亩）", "mu"),
        "business_revenue": Fact("经营收入"),
        "business_cost": Fact("经营成本"),
        "land_rent": Fact("土地流转租金"),
        "interest": Fact("利息红利"),
        "resident_pension": Fact("城乡居民养老金"),
        "basic_pension": Fact("其中列明的基础养老金"),
        "unsplit_pension": Fact("未列明基础养老金的养老金"),
        "unsplit_months": Fact("未列明基础养老金的月数", "months"),
        "employee_pension": Fact("职工养老金"),
        "support_received": Fact("判决或协议的赡养费"),
        "has_support_order": Fact("有判决或协议", _YES),
        "old_age_allowance": Fact("高龄津贴"),
        "preferential_pension": Fact("优待抚恤金"),
        "scholarship": Fact("奖学金"),
        "social_assistance": Fact("社会救助款物"),
        "other_income": Fact("其他收入"),
        "social_insurance": Fact("社会保险缴费"),
        "tax": Fact("税款"),
        "medical": Fact("自付医疗费"),
        "disability_care": Fact("残疾护理费"),
        "education": Fact("教育支出"),
    },
    "job": {
        "pay": Fact("一年劳动报酬"),
        "months": Fact("就业月数", "months"),
    },
    "supporter": {
        "supporter_is_urban": Fact("义务人按城镇标准", _YES),
        "supporter_age": Fact("义务人周岁", "years"),
        "household_size": Fact("义务人家庭人数", "count"),
        "supporter_income": Fact("义务人家庭年收入"),
        "supports": Fact("义务人供养的人数", "count"),
        "status": Fact("义务人情形", _CODE),
        "supporter_disability_kind": Fact("义务人残疾类别", _CODE),
        "supporter_disability_grade": Fact("义务人残疾等级", _CODE),
        "supporter_assets": Fact("义务人金融资产"),
        "supporter_dwellings": Fact("义务人住房套数", "count"),
        "supporter_cars": Fact("义务人未豁免车辆数", "count"),
    },
}
COLUMNS = {entity: {name: place for place, name in enumerate(names)} for entity, names in FACTS.items()}
