"""抽样的词: purposes, methods, questions and answers of samples in the language of the page."""

from django.utils.translation import gettext_noop as _

from opendibao.web.labels import Labels

PURPOSES = Labels({"satisfaction": _("满意度"), "accuracy": _("准确率"), "arrival": _("到账核实")})
METHODS = Labels({"simple": _("简单随机"), "stratified": _("按乡镇分层"), "pps": _("按金额概率")})
HOW = Labels({
    "simple": _("名单上每一户的机会一样：按“种子:编号”的 SHA-256 排队，取前面的。"),
    "stratified": _("每个乡镇按户数分到名额（最大余数法，至少 1 户），在乡镇里再按“种子:编号”的 SHA-256 排队取。"),
    "pps": _(
        "金额大的机会大：金额达到一个步长（总金额÷样本量）的必抽；其余按名单顺序首尾相接，"
        "从“种子:start”的 SHA-256 定的起点每隔一个步长取一个。"
    ),
})  # fmt: skip
WAYS = Labels({"phone": _("电话"), "paper": _("纸质"), "screen": _("手机屏幕"), "visit": _("入户")})
CHANNELS = Labels({"phone": _("电话"), "paper": _("纸质"), "screen": _("手机屏幕"), "visit": _("入户"), "": ""})
ANSWERS = Labels({
    "satisfied": _("满意"), "neutral": _("一般"), "unsatisfied": _("不满意"), "none": _("未答"),
})  # fmt: skip
RELIEF = Labels({"eased": _("有所减轻"), "same": _("没有变化"), "worse": _("加重"), "none": _("未答")})
AWARENESS = Labels({"knows": _("知道"), "partly": _("知道一些"), "not": _("不知道"), "none": _("未答")})
ARRIVED = Labels({"received": _("收到，金额相符"), "different": _("收到，金额不符"), "missing": _("没有收到")})
ARRIVALS = Labels({
    "received": _("收到，金额相符"), "different": _("收到，金额不符"), "missing": _("没有收到"), "none": _("未答"),
})  # fmt: skip
TALKS = Labels({"interview": _("访谈"), "case_study": _("个案")})
# what is asked, and what a yes is
QUESTIONS = Labels({
    "satisfaction": _("满意度"), "relief": _("生活压力减轻"), "awareness": _("政策知晓"),
    "accuracy": _("保障对象准确率"), "arrival": _("到账核实"),
})  # fmt: skip
YES = Labels({
    "satisfaction": _("满意"), "relief": _("有所减轻"), "awareness": _("知道或知道一些"), "accuracy": _("复查一致"),
    "arrival": _("收到且金额相符"),
})  # fmt: skip
ASKED = Labels({
    "answer": _("您对低保的办理和服务满意吗？"), "relief": _("有了低保，家里的生活压力有没有减轻？"),
    "awareness": _("申请低保要什么条件、到哪里办，您知道吗？"), "arrival": _("这笔低保金收到了吗？金额对不对？"),
})  # fmt: skip
