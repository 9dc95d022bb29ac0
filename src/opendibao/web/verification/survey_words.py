"""调查的词: words of codes that only surveys say; a test holds them against the tables and the rules."""

from django.utils.translation import gettext_noop as _

from opendibao.web.labels import Labels

WAYS = Labels({"home": _("入户"), "phone": _("电话"), "video": _("视频")})
VIEWS = Labels({"agrees": _("与申报相符"), "differs": _("与申报不符"), "unsure": _("不清楚")})
GRADES = Labels({
    "A": _("A 凭证原件"), "B": _("B 部门数据或复函"), "C": _("C 两人以上证言一致"), "D": _("D 只有本人陈述"),
})  # fmt: skip
SHEET_KINDS = Labels({
    "odd_jobs": _("零工"), "seasonal_wages": _("季节性务工"), "crops": _("种植"), "livestock": _("养殖"),
    "self_employed": _("小生意（没有账）"), "land_transfer": _("土地流转"), "house": _("房屋估价"),
    "vehicle": _("车辆估价"), "valuables": _("贵重物品"), "claims": _("别人欠的钱"), "debts": _("欠别人的钱"),
})  # fmt: skip
STRUCTURES = Labels({"concrete": _("钢筋混凝土"), "brick": _("砖混"), "timber": _("土木")})
SEEN = Labels({"yes": _("见到了"), "no": _("没见到")})
# what is written down of a home in words, by subject
HOME = Labels({
    "housing": _("住房情况"), "others": _("还见到谁"), "appliances": _("家电和车辆"), "food": _("吃穿用"),
    "land": _("田地和养殖"), "health": _("健康状况"), "school": _("上学情况"), "spending": _("日常开支"),
    "neighbours": _("邻居怎么说"), "unseen": _("没见到的人在哪"),
})  # fmt: skip
