"""Words for codes that queries return; a test holds them against the choices of the tables."""

AREAS = {"rural": "农村", "urban": "城镇"}
RELATIONS = {
    "head": "户主", "spouse": "配偶", "child": "子女", "parent": "父母", "grandparent": "祖父母",
    "grandchild": "孙子女", "sibling": "兄弟姐妹", "uncle": "叔伯姑舅姨", "other": "其他",
}  # fmt: skip
DECISIONS = {
    "legacy": "存量原决定", "confirm": "确认同意", "increase": "增发", "reduce": "减发", "grace": "渐退",
    "stop": "停发", "refuse": "不予确认同意",
}  # fmt: skip
CAUSES = {
    "opening": "存量建账", "application": "申请", "income": "收入变化", "employment": "就业增收",
    "property": "财产超限", "death": "人员死亡", "members": "家庭成员变化", "moved": "迁出本县",
    "tekun": "转特困供养", "voluntary": "主动退出", "standard": "提标",
}  # fmt: skip
ATTEMPTS = {"new": "待送", "sent": "在途", "paid": "成功", "returned": "退回", "unknown": "未知", "": "未送"}
LINES = {"regular": "按月发放", "supplement": "补发"}
RUNS = {
    "computed": "已计算", "checked": "已复核", "approved": "财政已审", "sent": "已出盘", "closed": "已关账",
}  # fmt: skip
CASE_KINDS = {"application": "申请", "review": "复核"}
CHANNELS = {"counter": "窗口", "helper": "代办", "online": "网上", "lead": "主动发现", "review": "定期复核"}
CASE_STATES = {
    "submitted": "已申请", "returned": "待补正", "accepted": "已受理", "verified": "已核对调查", "reviewed": "已评议",
    "noticed": "公示中", "confirmed": "已确认", "refused": "不予确认", "withdrawn": "已撤回", "kept": "复核不变",
}  # fmt: skip
MATCHES = {"hit": "核到信息", "no_hit": "已核无记录", "not_checked": "未核到"}
DISPOSITIONS = {"accept_record": "采信", "keep_declaration": "维持申报", "recheck": "再核", "propose_end": "建议终止"}
LEAD_SOURCES = {"grid": "网格员", "village": "村社区干部", "volunteer": "志愿者", "hotline": "热线"}
LEAD_OUTCOMES = {"informed": "已告知政策", "applied": "已申请", "not_in_need": "不需要", "temporary_help": "转临时救助"}
REVIEW_CLASSES = {"yearly": "常保", "halfyear": "非常保"}
REVIEW_RESULTS = {"kept": "不变", "adjusted": "调整", "stopped": "停发"}
