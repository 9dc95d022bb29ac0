"""申报项目: the kinds of income, spending and property that a family declares, with the fields of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from opendibao.rules.holdings import MONEY_KINDS
from opendibao.rules.vocabulary import (
    ANIMALS,
    CROPS,
    EVIDENCES,
    EXEMPT_ASSETS,
    SHOP_TRADES,
    VEHICLE_KINDS,
    VEHICLE_USES,
    WORK_TRADES,
)
from opendibao.web.labels import Labels

Words = str | Promise


@dataclass(frozen=True)
class Blank:
    """A field of an item; `kind` is money, count, measure, text, day, or pick (then `options`)."""

    name: str
    words: Words
    kind: str = "money"
    needed: bool = True
    options: Mapping[str, str] | None = None
    hint: Words = ""
    first: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of item: its words, the heading of the law it stands under, its fields."""

    words: Words
    group: str
    blanks: Sequence[Blank]


PER = Labels({"month": gettext_noop("每月"), "year": gettext_noop("每年")})
TRADES = Labels(dict(zip(WORK_TRADES, (
    gettext_noop("建筑"), gettext_noop("农活"), gettext_noop("装卸"), gettext_noop("餐饮"), gettext_noop("家政"),
    gettext_noop("工厂"), gettext_noop("其他工种"),
), strict=True)))  # fmt: skip
EVIDENCE = Labels(dict(zip(EVIDENCES, (
    gettext_noop("A 合同或银行流水"), gettext_noop("B 用工方或村委会书面证明"), gettext_noop("C 邻里证言"),
    gettext_noop("D 只有本人申报"),
), strict=True)))  # fmt: skip
CROP = Labels(dict(zip(CROPS, (
    gettext_noop("水稻"), gettext_noop("油菜"), gettext_noop("茶叶"), gettext_noop("蔬菜"), gettext_noop("水果"),
    gettext_noop("林木"), gettext_noop("其他作物"),
), strict=True)))  # fmt: skip
ANIMAL = Labels(dict(zip(ANIMALS, (
    gettext_noop("猪"), gettext_noop("牛"), gettext_noop("羊"), gettext_noop("家禽"), gettext_noop("鱼（百斤）"),
), strict=True)))  # fmt: skip
SHOPS = Labels(dict(zip(SHOP_TRADES, (
    gettext_noop("小店"), gettext_noop("摊点"), gettext_noop("运输"), gettext_noop("修理"), gettext_noop("其他行业"),
), strict=True)))  # fmt: skip
BASES = Labels({"court": gettext_noop("法院判决"), "agreement": gettext_noop("书面协议")})
VEHICLES = Labels(dict(zip(VEHICLE_KINDS, (
    gettext_noop("小汽车"), gettext_noop("面包车"), gettext_noop("货车"), gettext_noop("摩托车"),
    gettext_noop("三轮车"), gettext_noop("电动自行车"), gettext_noop("拖拉机"), gettext_noop("船"),
), strict=True)))  # fmt: skip
USES = Labels(dict(zip(VEHICLE_USES, (
    gettext_noop("自用"), gettext_noop("残疾人代步"), gettext_noop("治病必需"), gettext_noop("谋生工具"),
), strict=True)))  # fmt: skip
EXEMPT = Labels(dict(zip(EXEMPT_ASSETS, (
    gettext_noop("社会救助金存款"), gettext_noop("生产周转金"), gettext_noop("售房款"),
), strict=True)))  # fmt: skip
MONEY = Labels(dict(zip(MONEY_KINDS, (
    gettext_noop("银行存款（元）"), gettext_noop("股票债券（元）"), gettext_noop("基金理财（元）"),
    gettext_noop("商业保险（元）"), gettext_noop("别人欠的钱（元）"), gettext_noop("微信支付宝等余额（元）"),
), strict=True)))  # fmt: skip

WORK, TRADE, PROPERTY, TRANSFERS, NOT_COUNTED = "work", "trade", "property", "transfers", "not_counted"
GROUPS = Labels({
    WORK: gettext_noop("工资性收入"), TRADE: gettext_noop("经营净收入"), PROPERTY: gettext_noop("财产净收入"),
    TRANSFERS: gettext_noop("转移净收入"), NOT_COUNTED: gettext_noop("照样要报，多数不计入"),
})  # fmt: skip
AMOUNT = (
    Blank("amount", _("金额（元）")),
    Blank("per", _("每月还是每年"), "pick", options=PER, first="month"),
    Blank("months", _("一年几个月"), "count", needed=False, hint=_("不填按 12 个月")),
)
EVERY = Blank("amount", _("金额（元）")), Blank("per", _("每月还是每年"), "pick", options=PER, first="year")
COST = Blank("cost", _("相关费用（元）"), needed=False, hint=_("同样按上面的每月或每年写"))
MU = Blank("mu", _("面积（亩）"), "measure")

INCOME: Mapping[str, Kind] = {
    "wages": Kind(_("工资"), WORK, AMOUNT),
    "odd_jobs": Kind(_("打零工"), WORK, (
        Blank("trade", _("工种"), "pick", options=TRADES), Blank("days", _("一年几天"), "count"),
        Blank("day_wage", _("日工资（元）"), needed=False, hint=_("说不清就空着，按当地工价算")),
        Blank("evidence", _("凭什么知道"), "pick", options=EVIDENCE, first="D"),
    )),
    "seasonal_wages": Kind(_("季节性务工"), WORK, (
        Blank("trade", _("工种"), "pick", options=TRADES), Blank("months", _("一年几个月"), "count"),
        Blank("amount", _("月工资（元）"), needed=False, hint=_("说不清就空着，按当地工价算")),
    )),
    "farming": Kind(_("自家种地"), TRADE, (MU,)),
    "crops": Kind(_("种植（分作物）"), TRADE, (Blank("crop", _("作物"), "pick", options=CROP), MU)),
    "livestock": Kind(_("养殖"), TRADE, (
        Blank("animal", _("畜禽"), "pick", options=ANIMAL), Blank("sold", _("一年卖几头（只）"), "count"),
    )),
    "self_employed": Kind(_("小生意（没有账）"), TRADE, (
        Blank("trade", _("行业"), "pick", options=SHOPS), Blank("months", _("一年几个月"), "count"),
    )),
    "business": Kind(_("经营（有账）"), TRADE, (
        Blank("revenue", _("经营收入（元）")), Blank("per", _("每月还是每年"), "pick", options=PER, first="year"), COST,
        Blank("depreciation", _("固定资产折旧（元）"), needed=False), Blank("tax", _("生产税（元）"), needed=False),
    )),
    "rent": Kind(_("出租房产"), PROPERTY, (*AMOUNT, COST)),
    "land_rent": Kind(_("土地流转租金（按实收）"), PROPERTY, AMOUNT),
    "land_transfer": Kind(_("土地流转（按面积）"), PROPERTY, (
        MU, Blank("amount", _("合同年租金（元）"), needed=False, hint=_("没有合同就空着，按当地租金算")),
    )),
    "interest": Kind(_("存款利息"), PROPERTY, EVERY),
    "dividends": Kind(_("股息红利、集体分红"), PROPERTY, EVERY),
    "asset_sale": Kind(_("卖房卖车卖东西"), PROPERTY, (
        Blank("amount", _("卖得（元）")), Blank("cost", _("原价和费用（元）"), needed=False),
    )),
    "employee_pension": Kind(_("职工养老金"), TRANSFERS, AMOUNT),
    "resident_pension": Kind(_("城乡居民养老金"), TRANSFERS, (
        *AMOUNT, Blank("basic", _("其中基础养老金（元）"), needed=False, hint=_("不知道就空着")),
    )),
    "unemployment_benefit": Kind(_("失业保险金"), TRANSFERS, AMOUNT),
    "survivor_benefit": Kind(_("遗属补助"), TRANSFERS, AMOUNT),
    "support_received": Kind(_("判决或协议的赡养抚养费"), TRANSFERS, (
        *AMOUNT, Blank("basis", _("凭什么"), "pick", options=BASES),
        Blank("owed", _("应给（元）"), needed=False, hint=_("和实收不一样时写")),
    )),
    "remittance": Kind(_("亲友按期给的钱"), TRANSFERS, (*AMOUNT, Blank("from", _("谁给的"), "text", needed=False))),
    "donation": Kind(_("接受捐赠"), TRANSFERS, EVERY),
    "compensation": Kind(_("一次性赔偿"), TRANSFERS, (
        Blank("amount", _("金额（元）")), Blank("received", _("哪天收到"), "day"),
    )),
    "other": Kind(_("其他收入"), TRANSFERS, AMOUNT),
    "old_age_allowance": Kind(_("高龄津贴"), NOT_COUNTED, AMOUNT),
    "preferential_pension": Kind(_("优待抚恤金"), NOT_COUNTED, AMOUNT),
    "scholarship": Kind(_("奖学金、助学金"), NOT_COUNTED, EVERY),
    "social_assistance": Kind(_("社会救助款物"), NOT_COUNTED, EVERY),
    "family_planning_award": Kind(_("计划生育奖励扶助"), NOT_COUNTED, EVERY),
    "bravery_award": Kind(_("见义勇为奖励"), NOT_COUNTED, EVERY),
}  # fmt: skip
SPENDING: Mapping[str, Kind] = {
    "medical_self_paid": Kind(_("自付医疗费"), "", EVERY),
    "disability_care": Kind(_("残疾康复护理费"), "", EVERY),
    "education": Kind(_("教育支出"), "", EVERY),
    "social_insurance": Kind(_("社会保险缴费"), "", EVERY),
    "tax": Kind(_("税款"), "", EVERY),
    "support_paid": Kind(_("付给别人的赡养抚养费"), "", AMOUNT),
}
VEHICLE = (
    Blank("kind", _("车辆"), "pick", options=VEHICLES), Blank("use", _("用途"), "pick", options=USES, first="private"),
)  # fmt: skip
EXEMPTED = (
    Blank("kind", _("是什么钱"), "pick", options=EXEMPT), Blank("amount", _("金额（元）")),
    Blank("received", _("哪天收到"), "day", needed=False, hint=_("售房款必填")),
)  # fmt: skip
