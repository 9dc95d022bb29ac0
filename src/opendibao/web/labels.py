"""Words for codes that queries return; a test holds them against the choices of the tables."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from opendibao.kernel.duties import Duty
from opendibao.verification.sources import SOURCES


class Labels(Mapping[str, str]):
    """Words by code, each read in the language of the page that asks for it."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self._said = said

    def __getitem__(self, code: str) -> str:
        said = self._said[code]
        return gettext(said) if said else ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)


AREAS = Labels({"rural": _("农村"), "urban": _("城镇")})
RELATIONS = Labels({
    "head": _("户主"), "spouse": _("配偶"), "child": _("子女"), "parent": _("父母"), "grandparent": _("祖父母"),
    "grandchild": _("孙子女"), "sibling": _("兄弟姐妹"), "uncle": _("叔伯姑舅姨"), "other": _("其他"),
})  # fmt: skip
ACCOUNT_CAUSES = Labels({
    "first": _("初次登记账户"), "returned": _("低保金被退回"), "lost": _("挂失换卡"), "closed": _("原账户已销户"),
    "holder": _("户名换人"), "bank": _("换代发银行"), "mistake": _("更正登记错误"),
})  # fmt: skip
ASKERS = Labels({"member": _("家庭成员"), "proxy": _("登记的代领人"), "bank": _("代发银行")})
ASK_CHANNELS = Labels({
    "window": _("窗口"), "visit": _("入户"), "village": _("村（居）委会转来"), "bank": _("银行来函"),
})  # fmt: skip
EVIDENCE = Labels({
    "book": _("存折或银行卡原件"), "copy": _("存折或银行卡复印件"), "letter": _("书面申请"), "slip": _("银行开户回单"),
})  # fmt: skip
ACCOUNT_CHANGES = Labels({
    "waiting": _("待核实"), "confirmed": _("已核实生效"), "refused": _("不予变更"), "withdrawn": _("已撤回"),
})  # fmt: skip
LOOKS = Labels({"telephone": _("打登记电话核实"), "book": _("当面看存折或银行卡")})
ACCOUNT_RISKS = Labels({
    "shared": _("账号已是别家的"), "name": _("户名不是家庭成员"), "freeze": _("临近冻结名册"),
    "same_hand": _("经办人也办过这家的案件"), "phone_new": _("登记电话近期改过"),
    "phone_many": _("登记电话与别家相同"), "proxy_only": _("只问了代领人"), "kept": _("银行卡正由人代管"),
})  # fmt: skip
PROXY_RELATIONS = Labels({
    "member": _("共同生活的家庭成员"), "kin": _("不共同生活的亲属"), "guardian": _("监护人"),
    "village": _("村（居）委会工作人员"), "home": _("养老或供养机构"), "neighbour": _("邻居"), "other": _("其他"),
})  # fmt: skip
PROXY_REASONS = Labels({
    "old": _("年老行动不便"), "ill": _("重病卧床"), "disabled": _("残疾"),
    "capacity": _("无民事行为能力或限制民事行为能力"), "minor": _("未成年"), "away": _("外出或住院"),
    "other": _("其他"),
})  # fmt: skip
REVIEW_WAYS = Labels({"visit": _("入户"), "telephone": _("电话"), "window": _("窗口")})
CUSTODIANS = Labels({"town": _("乡镇（街道）工作人员"), "village": _("村（居）委会工作人员")})
HANDED = Labels({"card": _("银行卡"), "book": _("存折"), "both": _("银行卡和存折")})
DISABILITIES = Labels({
    "visual": _("视力"), "hearing": _("听力"), "speech": _("言语"), "physical": _("肢体"), "intellectual": _("智力"),
    "psychiatric": _("精神"), "multiple": _("多重"),
})  # fmt: skip
OUTCOMES = Labels({
    "dibao": _("低保"), "single_person": _("单人保"), "grace": _("渐退期"), "edge": _("低保边缘家庭"),
    "rigid_expenditure": _("刚性支出困难家庭"), "tekun": _("特困人员"), "none": _("不符合条件"),
    "rule_gap": _("规则缺失，不能自动认定"),
})  # fmt: skip
DECISIONS = Labels({
    "legacy": _("存量原决定"), "confirm": _("确认同意"), "increase": _("增发"), "reduce": _("减发"), "grace": _("渐退"),
    "stop": _("停发"), "refuse": _("不予确认同意"),
})  # fmt: skip
CAUSES = Labels({
    "opening": _("存量建账"), "application": _("申请"), "income": _("收入变化"), "employment": _("就业增收"),
    "property": _("财产超限"), "death": _("人员死亡"), "members": _("家庭成员变化"), "moved": _("迁出本县"),
    "tekun": _("转特困供养"), "voluntary": _("主动退出"), "standard": _("提标"),
})  # fmt: skip
RECOVERY_CAUSES = Labels({
    "fraud": _("虚报、隐瞒、伪造"), "kept": _("调减、终止后仍占有"), "late": _("情况变化没有及时报告"),
    "death": _("人员死亡后发放"), "mistake": _("经办差错"),
})  # fmt: skip
UPRATING_STEPS = Labels({
    "standard_fen": _("标准（每人每月）"), "line_year_fen": _("全年保障线"), "income_year_fen": _("全年家庭收入"),
    "gap_before_fen": _("月缺口"), "base_benefit_fen": _("保障金（补差或分档）"), "supplement_fen": _("分类施保"),
    "monthly_benefit_fen": _("月保障金"),
})  # fmt: skip
UPRATING_STATES = Labels({"prepared": _("已编制"), "approved": _("已批准"), "withdrawn": _("已撤回")})
UPRATING_RESULTS = Labels({
    "increase": _("增发"), "reduce": _("减发"), "keep": _("不变"), "review": _("转复核"),
    "ended": _("原决定已终止，只补差"),
})  # fmt: skip
BACK_PAY_LEFT = Labels({
    "review": _("转了复核，复核后的新决定作出以后再补"), "unclear": _("原来的情况不清楚，请逐户查明"),
    "early": _("当月的批次还没有送银行，送出后再补差"), "cancelled": _("当月没有足额发放，请先办补发"),
    "claimed": _("当月正在追缴"), "suspended": _("正在暂停发放，恢复后再补差"),
})  # fmt: skip
PRICE_STATES = Labels({"proposed": _("已提出"), "approved": _("已批准"), "withdrawn": _("已撤回")})
ATTEMPTS = Labels({
    "new": _("待送"), "sent": _("在途"), "paid": _("成功"), "differs": _("金额不符"), "returned": _("退回"),
    "unknown": _("未知"), "": _("未送"),
})  # fmt: skip
MOVED = Labels({"cash": _("现金退回"), "offset": _("抵扣"), "waiver": _("困难减免")})
RETURN_WAYS = Labels({"cash": _("现金退回"), "offset": _("从以后月份抵扣")})
SETTLED = Labels({"": _("待审批"), "approved": _("已批准"), "refused": _("不批准")})
LINES = Labels({"regular": _("按月发放"), "supplement": _("补发"), "price": _("物价补贴"), "backpay": _("提标补差")})
RUNS = Labels({
    "computed": _("已计算"), "checked": _("已复核"), "reviewed": _("财政初审"), "approved": _("财政已审"),
    "sent": _("已出盘"), "closed": _("已关账"),
})  # fmt: skip
CHECKS = Labels({
    "dead": _("家中有人已故"), "other_county": _("户籍或住处不在本县"), "account_missing": _("没有银行账户"),
    "account_shared": _("一个账号多户使用"), "account_refused": _("银行预核账户不符"),
    "name_differs": _("户名不是家庭成员"), "zero": _("金额为零"), "over_standard": _("金额超过标准的若干倍"),
    "account_changed": _("账户刚变更"), "keeping": _("代管代领待查"),
    "alert": _("有预警属实或者待核实"),
})  # fmt: skip
FINDINGS = Labels({"": _("待处理"), "accepted": _("核实无误"), "held": _("暂缓发放"), "fixed": _("已更正")})
HOLDS = Labels({"": _("暂缓中"), "released": _("解除，下批发放"), "cancelled": _("不再发放")})
FILES = Labels({
    "pay": _("代发文件"), "result": _("代发结果"), "account_check": _("账户预核文件"),
    "account_answer": _("账户预核结果"), "statement": _("银行对账单"),
})  # fmt: skip
EXCEPTIONS = Labels({
    "returned": _("退回"), "differs": _("金额不符"), "name": _("户名不符"), "unknown": _("银行未知"),
    "absent": _("逾期未回"), "foreign": _("外来流水"), "voucher": _("与财政凭证不符"),
    "statement": _("与银行对账单不符"),
})  # fmt: skip
RESOLUTIONS = Labels({
    "": _("待定"), "reissue": _("更正账户，下批补发"), "bank": _("请银行查明更正"), "finance": _("请财政查明更正"),
    "stop": _("不再发放，交县民政局处理"), "explained": _("已查明，不影响"),
})  # fmt: skip
MOVEMENTS = Labels({"in": _("财政拨入"), "out": _("付出"), "back": _("退回入账")})
CASE_KINDS = Labels({"application": _("申请"), "review": _("复核")})
CHANNELS = Labels({
    "counter": _("窗口"), "helper": _("代办"), "online": _("网上"), "lead": _("主动发现"), "review": _("定期复核"),
})  # fmt: skip
CASE_STATES = Labels({
    "submitted": _("已申请"), "returned": _("待补正"), "accepted": _("已受理"), "verified": _("已核对调查"),
    "reviewed": _("已评议"), "noticed": _("公示中"), "reported": _("已报县"), "confirmed": _("已确认"),
    "refused": _("不予确认"), "withdrawn": _("已撤回"), "kept": _("复核不变"), "not_accepted": _("不予受理"),
    "discontinued": _("终止办理"),
})  # fmt: skip
CASE_LETTERS = Labels({
    "accepted": _("受理通知书"), "supplement": _("一次性告知补正通知书"), "not_accepted": _("不予受理告知书"),
    "mismatch": _("核对不符告知书"), "recheck": _("异议复查结果告知书"), "extended": _("延长办理期限告知书"),
    "hearing": _("听取意见告知书"), "objection": _("公示异议答复书"), "ended": _("终止办理告知书"),
    "low_income": _("低收入家庭认定告知书"),
})  # fmt: skip
DELIVERIES = Labels({"counter": _("当面"), "home": _("上门"), "post": _("邮寄"), "village": _("村社区转交")})
ATTACHMENTS = Labels({
    "consent": _("核对授权书"), "mandate": _("委托书"), "evidence": _("证明材料"), "home": _("入户照片"),
    "survey": _("签字的入户调查表"), "minutes": _("评议记录和表决票"), "posted": _("公示张贴照片"),
    "taken_down": _("公示撤下照片"), "reply": _("复函"), "letter": _("送达回证"), "scan": _("归档扫描件"),
})  # fmt: skip
HEARING_WAYS = Labels({
    "meeting": _("当面"), "phone": _("电话"), "written": _("书面"), "silent": _("到期未提意见"),
})  # fmt: skip
MANDATE_RELATIONS = Labels({
    "relative": _("亲属"), "neighbour": _("邻居"), "village": _("村社区"), "agency": _("社会组织"),
})  # fmt: skip
MEETING_PARTS = Labels({
    "villager": _("村居民代表"), "party": _("党员代表"), "cadre": _("村社区干部"), "township": _("乡镇工作人员"),
})  # fmt: skip
VOTE_RESULTS = Labels({"for": _("多数同意"), "against": _("多数不同意"), "none": _("没有形成多数意见")})
OBJECTION_OUTCOMES = Labels({"groundless": _("异议不成立"), "survey": _("重新调查"), "review": _("重新评议")})
MATCHES = Labels({"hit": _("核到信息"), "no_hit": _("已核无记录"), "not_checked": _("未核到")})
UNCHECKED = Labels({
    "waiting": _("等部门答复"), "no_data": _("部门还没有送达数据"),
    "stale": _("送达的数据已经过期"), "not_covered": _("送达的名单不含此人"),
    "doubtful": _("核到的记录待认定是不是本人"), "no_key": _("有同名而无证件号的记录，无法核对"),
    "returned": _("可能是此人的记录被退回，等部门重送"), "expired": _("请求到期未答复"),
    "no_consent": _("没有有效的核对授权"), "cancelled": _("请求已撤销"),
})  # fmt: skip
DISPOSITIONS = Labels({
    "accept_record": _("采信"), "keep_declaration": _("维持申报"), "recheck": _("再核"), "propose_end": _("建议终止"),
})  # fmt: skip
LEAD_SOURCES = Labels({"grid": _("网格员"), "village": _("村社区干部"), "volunteer": _("志愿者"), "hotline": _("热线")})
LEAD_OUTCOMES = Labels({
    "informed": _("已告知政策"), "applied": _("已申请"), "not_in_need": _("不需要"), "temporary_help": _("转临时救助"),
})  # fmt: skip
TICKET_KINDS = Labels({"question": _("咨询"), "complaint": _("投诉"), "report": _("举报")})
REVIEW_CLASSES = Labels({"yearly": _("常保"), "halfyear": _("非常保")})
REVIEW_RESULTS = Labels({"kept": _("不变"), "adjusted": _("调整"), "stopped": _("停发")})
DUTIES = Labels({
    Duty.ACCEPT: _("受理"), Duty.SURVEY: _("入户调查"), Duty.REVIEW: _("初审公示"), Duty.CONFIRM: _("审核确认"),
    Duty.PAY: _("发放编制"), Duty.FINANCE: _("财政审核"), Duty.EVALUATE: _("绩效评价"), Duty.AUDIT: _("审计监督"),
    Duty.OPERATE: _("系统运行"), Duty.OVERSEE: _("分管领导"),
})  # fmt: skip
TERMS = Labels({
    "opening": _("存量建账"), "new": _("新增"), "resumed": _("恢复"), "uprated": _("提标"), "increased": _("增发"),
    "suspended": _("暂停"), "stopped": _("停发"), "reduced": _("减发"),
})  # fmt: skip
READINGS = Labels({
    "raw": _("指标得分／指标分值"), "over_weights": _("指标得分折合百分"),
    "with_execution": _("指标得分加预算执行率得分"), "by_rule": _("按规则得分加预算执行率得分"),
    "by_rule_raw": _("按规则指标得分／指标分值"),
})  # fmt: skip
DEPARTMENTS = Labels({name: source.zh for name, source in SOURCES.items()})
# what the sources of a fresh system are called, for their English; one that a county adds is said in its own words
SOURCE_NAMES = (
    _("银行存款"), _("市场主体"), _("民政登记"), _("惠农补贴"), _("住房公积金"), _("商业保险"), _("其他救助"),
    _("支付账户"), _("监所"), _("公安"), _("不动产"), _("证券基金"), _("社会保险"), _("税务"), _("车辆"),
)  # fmt: skip
LOOKUP_PURPOSES = Labels({
    "match": _("申请和复核的信息核对"), "rematch": _("在保家庭定期核查比对"), "request": _("跨省异地核对"),
    "exchange": _("发给部门的核对名单"), "opening": _("查看核到的记录"),
})  # fmt: skip
DELIVERY_COVERS = Labels({"register": _("全部登记"), "request": _("按核对名单")})
DELIVERY_LAYOUTS = Labels({"xlsx": "Excel", "csv": "CSV", "fixed": _("定长文本"), "ndjson": "NDJSON"})
ID_FLAGS = Labels({
    "ok": _("号码完整"), "legacy15": _("15 位旧号码"), "badcheck": _("校验位不对"), "badlen": _("位数不对"),
    "missing": _("没有号码"), "masked": _("号码有遮挡"), "excel15": _("被 Excel 改坏，末几位已丢失"),
})  # fmt: skip
EXCHANGE_FORMS = Labels({"clear": _("证件号码"), "tokens": _("标识码")})
# what an event's payload says, in the words of the forms; what is not listed here means nothing to an officer
PARTS = Labels({
    "on": _("日期"), "holder": _("户名"), "bank": _("开户银行"), "number": _("账号"), "division": _("村社区"),
    "area": _("城乡"), "kind": _("种类"), "due_on": _("期限"), "answered_on": _("答复日期"), "outcome": _("结果"),
    "source": _("来源"), "reason": _("理由"), "person": _("人员"), "relation": _("与户主关系"), "died": _("死亡日期"),
    "household": _("户编号"), "members": _("人数"),
})  # fmt: skip
# what a locked evaluation says of its grade: kept as words, read in the language of the page
GRADES = (
    _("优"), _("良"), _("中"), _("差"), _("指标得分合计（分值合计100）"), _("指标得分加预算执行率得分（合计100）"),
    _("得分除以分值，折合百分"),
)  # fmt: skip
LEVELS = Labels({"central": _("中央"), "province": _("省级"), "city": _("市级"), "county": _("县级")})
GOAL_STATES = Labels({
    "planned": _("未开始"), "under_way": _("进行中"), "late": _("滞后"), "reached": _("已达到"),
    "dropped": _("不再实行"),
})  # fmt: skip
STAGES = Labels({"overall": _("总体"), "short": _("短期"), "middle": _("中期"), "long": _("长期")})
MATERIAL_KINDS = Labels({
    "policy": _("政策文件"), "data": _("数据资料"), "report": _("项目报告"), "other": _("其他"),
})  # fmt: skip
JUDGEMENTS = Labels({"exists": _("存在"), "absent": _("未见"), "unmeasured": _("未测得")})
DEVIATION_PARTS = Labels({
    "late": _("跨期"), "standard": _("标准"), "mix": _("成员构成"), "persons": _("人数"), "price": _("物价"),
    "reserve": _("预备"), "approval": _("批复调整"), "average": _("人均"), "rest": _("其余"),
})  # fmt: skip
SUBMISSION_STATES = Labels({
    "submitted": _("已报送"), "asked": _("待答复"), "replied": _("已答复"), "returned": _("已退回"),
    "accepted": _("已审定"),
})  # fmt: skip
STANDINGS = Labels({
    "open": _("整改中"), "soon": _("快到期"), "overdue": _("逾期"), "closed": _("已销号"),
})  # fmt: skip
ORIGINS = Labels({
    "indicator": _("指标"), "finding": _("体检"), "question": _("财政审核意见"), "score": _("财政评分"),
    "problem": _("问题台账"), "own": _("自行列入"),
})  # fmt: skip
# titles and groups of the problem ledger (evaluation/problems.yaml)
PROBLEMS = (
    _("精准识别"), _("资金保障"), _("基层力量"), _("政策宣传"), _("申报以外的收入"), _("财产说不清价值"),
    _("外地信息核不到"), _("标准变动增加支出"), _("保障对象增加"), _("县级配套资金"), _("经办人员不足"),
    _("计算和业务差错"), _("工作经费"), _("对条件的误解"), _("偏远村组和老年人没听到"), _("宣传没有对着人"),
)  # fmt: skip
# drawings of reporting/charts by name, and the heads of their tables
CHARTS = {
    "months": _("各月到账低保金（万元）"), "waterfall": _("从批复预算到实际到账（万元）"),
    "levels": _("各部分得分和分值"), "targets": _("实际值相当于指标值的百分比"), "tiles": _("各乡镇在保人数"),
}  # fmt: skip
CHART_HEADS = (
    _("月份"), _("农村"), _("城镇"), _("合计"), _("批复的十二分之一"), _("项目"), _("万元"), _("部分"), _("分值"),
    _("得分"), _("得分占分值"), _("三级指标"), _("指标值"), _("实际完成值"), _("实际／指标"), _("是否达到"), _("乡镇"),
    _("在保户数"), _("在保人数"),
)  # fmt: skip
LOW_INCOME_ENDS = Labels({
    "expired": _("有效期满"), "renewed": _("续期认定"), "dibao": _("纳入低保"), "over": _("不再符合条件"),
    "moved": _("迁出本县"), "death": _("人员死亡"),
})  # fmt: skip
REFERRAL_KINDS = Labels({
    "medical": _("医疗救助"), "education": _("教育救助"), "housing": _("住房救助"), "employment": _("就业救助"),
    "temporary": _("临时救助"), "disability_living": _("困难残疾人生活补贴"),
    "disability_care": _("重度残疾人护理补贴"),
})  # fmt: skip
REFERRAL_OUTCOMES = Labels({
    "granted": _("已给予救助"), "refused": _("不符合条件"), "declined": _("家庭不申请"), "unanswered": _("没有回复"),
})  # fmt: skip
INQUIRY_FINDINGS = Labels({
    "wrongly_in": _("错保"), "wrongly_out": _("漏保"), "wrong_amount": _("金额有误"), "corrected": _("已更正"),
})  # fmt: skip
INQUIRY_SOURCES = Labels({
    "review": _("定期复核"), "complaint": _("投诉举报"), "match": _("信息核对"), "sample": _("准确性抽查"),
    "audit": _("审计监督"),
})  # fmt: skip
INQUIRY_OUTCOMES = Labels({
    "no_fault": _("没有过错"), "exempt": _("尽职免责"), "educated": _("批评教育"), "handed_on": _("移交追责"),
})  # fmt: skip
EXEMPTIONS = Labels({
    "fair": _("秉持公心，没有为自己或他人谋利"), "dutiful": _("按程序办理，能查的都查了"),
    "objective": _("失误出于客观原因"), "corrected": _("发现后及时纠正"),
})  # fmt: skip
HANDS = Labels({
    "accepted": _("受理"), "surveyed": _("入户调查"), "entered": _("录入调查表"), "met": _("评议主持、记录"),
    "proposed": _("初审经办"), "led": _("初审负责人"), "visited": _("县级入户核查"), "made": _("决定经办"),
    "approved": _("审核确认"),
})  # fmt: skip
