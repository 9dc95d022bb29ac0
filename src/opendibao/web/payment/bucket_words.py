"""对账各项: the terms of the equation of a run's sendings in words, and the tone of each."""

from django.utils.translation import gettext_lazy

from opendibao.web.act_fields import Label

# 已送 = the terms; what stands beside it was not sent, or is not ours
TERMS: dict[str, tuple[Label, str]] = {
    "paid": (gettext_lazy("成功"), "ok"), "differs": (gettext_lazy("金额不符"), "bad"),
    "returned": (gettext_lazy("退回"), "warn"), "in_transit": (gettext_lazy("在途"), "warn"),
    "unknown": (gettext_lazy("未知"), "warn"),
}  # fmt: skip
BESIDE: dict[str, Label] = {"held": gettext_lazy("暂缓"), "foreign": gettext_lazy("外来")}
NONE_YET = gettext_lazy("银行结果、财政凭证、对账单有对不上的，逐项列在这里，定了责任人和办法才能关账。")
SENT: Label = gettext_lazy("已送")
SAID: dict[str, Label] = {
    "sent": gettext_lazy("本批送银行的每一笔，连同并入的补发。"),
    "paid": gettext_lazy("银行已记账到户。"),
    "differs": gettext_lazy("银行记账的金额和送出的不同：没有记成到账，要请银行查明更正。"),
    "returned": gettext_lazy("银行退回：钱没有丢，账户改对后并入下一批，每笔只补发一次。"),
    "in_transit": gettext_lazy("送出后银行还没有答复：催银行要结果，不要再发。"),
    "unknown": gettext_lazy("银行自己也不知道成败，或户名对不上：查清以前决不再发，再发就可能付两次。"),
    "held": gettext_lazy("送出前暂缓的：仍是应付，解除后并入下一批。"),
    "foreign": gettext_lazy("银行结果里不是我们送出的：不记账，请银行说明。"),
}


def bucket_name(bucket: str) -> str:
    """A term in words. Raises KeyError for what is none."""
    if bucket == "sent":
        return str(SENT)
    return str(BESIDE[bucket] if bucket in BESIDE else TERMS[bucket][0])
