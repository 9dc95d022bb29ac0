"""申请表的词: words of codes that only the application page says."""

from django.utils.translation import gettext_noop as _

from opendibao.web.labels import Labels

CHANNELS_OFFERED = Labels({
    "counter": _("本人到窗口"), "helper": _("委托他人代办"), "lead": _("主动发现后申请"), "online": _("网上申请"),
})  # fmt: skip
STATUSES = Labels({
    "dibao": _("在享受低保"), "tekun": _("特困人员"), "edge": _("低保边缘家庭"), "prison": _("在监狱服刑"),
    "compulsory_rehab": _("强制隔离戒毒"), "missing": _("失踪"), "incapable": _("无民事行为能力"),
})  # fmt: skip
