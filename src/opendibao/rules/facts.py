"""事实: what rules may know of a household, what it owns, its members, their items and the supporters outside it."""

from opendibao.formula.graph import Fact

OF_MEMBER = ("job", "odd_job", "season", "crop", "herd", "shop", "plot", "receipt", "compensation")
"""The income items that have rows of their own; a kind nobody has costs nothing."""
OF_HOUSEHOLD = ("house", "vehicle", "exempt_asset")
PARENTS: dict[str, str | None] = {
    "household": None,
    "member": "household",
    **dict.fromkeys(OF_MEMBER, "member"),
    "supporter": "member",
    **dict.fromkeys(OF_HOUSEHOLD, "household"),
}
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
        "business_cost": Fact("经营费用、折旧和生产税"),
        "land_rent": Fact("土地流转租金"),
        "interest": Fact("利息红利"),
        "resident_pension": Fact("城乡居民养老金"),
        "basic_pension": Fact("其中列明的基础养老金"),
        "unsplit_pension": Fact("未列明基础养老金的养老金"),
        "unsplit_months": Fact("未列明基础养老金的月数", "months"),
        "employee_pension": Fact("职工养老金"),
        "support_received": Fact("按判决或协议收到的赡养费"),
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
        "support_owed": Fact("判决或协议定的赡养费"),
        "support_paid": Fact("赡养支出"),
    },
    "job": {
        "pay": Fact("一年劳动报酬"),
        "months": Fact("就业月数", "months"),
    },
    "odd_job": {
        "odd_trade": Fact("零工工种", _CODE),
        "odd_days": Fact("申报的零工天数", "days"),
        "day_wage": Fact("申报的日工资"),
        "evidence": Fact("证据等级", _CODE),
    },
    "season": {
        "season_trade": Fact("季节性务工工种", _CODE),
        "season_months": Fact("季节性务工月数", "months"),
        "season_pay": Fact("写明的月工资"),
    },
    "crop": {
        "crop_kind": Fact("作物", _CODE),
        "crop_mu": Fact("种植面积（百分之一亩）", "mu"),
    },
    "herd": {
        "animal": Fact("畜禽", _CODE),
        "sold": Fact("一年出售数量", "count"),
    },
    "shop": {
        "shop_trade": Fact("无账经营的行业", _CODE),
        "shop_months": Fact("经营月数", "months"),
    },
    "plot": {
        "plot_mu": Fact("流转面积（百分之一亩）", "mu"),
        "plot_rent": Fact("合同写明的年租金"),
    },
    "receipt": {
        "receipt_kind": Fact("收入种类", _CODE),
        "receipt_amount": Fact("一年收到的金额"),
        "receipt_cost": Fact("相关费用"),
    },
    "compensation": {
        "compensation_amount": Fact("一次性赔偿金额"),
        "months_ago": Fact("从收到到首发月的月数", "months"),
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
        "supporter_pays": Fact("义务人实付的赡养费"),
    },
    "house": {
        "house_structure": Fact("房屋结构", _CODE),
        "house_area": Fact("建筑面积", "square_metres"),
        "house_age": Fact("房龄", "years"),
        "comparable_price": Fact("每平方米可比价（中位数）"),
    },
    "vehicle": {
        "vehicle_price": Fact("购车价"),
        "vehicle_age": Fact("车龄", "years"),
        "vehicle_comparable": Fact("同类车可比价（中位数）"),
    },
    "exempt_asset": {
        "exempt_kind": Fact("可以豁免的款项", _CODE),
        "exempt_amount": Fact("款项金额"),
        "held_months": Fact("收到至今的月数", "months"),
    },
}
COLUMNS = {entity: {name: place for place, name in enumerate(names)} for entity, names in FACTS.items()}
