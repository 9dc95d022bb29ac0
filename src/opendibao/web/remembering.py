"""记住: what a page counted, kept for as long as the data it was counted from stay (audit.queries.data_state)."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.utils.translation import gettext_noop as _

from opendibao.audit.queries import Source, data_states

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
State = tuple[object, ...]
Key = tuple[object, ...]
KEPT = 1000


# What happens to cases, and what is judged: no table of the register, of decisions or of money changes. A test holds
# these names against the source: none of them is written by a package that an answer is counted from.
CASE_ACTIONS = (
    _("提出申请"), _("启动复核"), _("受理"), _("签署核对授权书"), _("告知补正"), _("补正材料"), _("撤回申请"),
    _("暂停计时"), _("恢复计时"), _("延长办理期限"),
    _("起草申请"), _("丢弃草稿"), _("找回草稿"),
    _("制作程序文书"), _("送达程序文书"), _("撤销送达登记"), _("撤回核对授权"), _("登记委托书"), _("登记近亲属备案"),
    _("不予受理"), _("终止办理"), _("收到网上申请"), _("答复网上申请"),
    _("开始复核比对"), _("复核比对"), _("复核比对中断"), _("发现预警"), _("终结预警"), _("登记预警说明"),
    _("登记预警入户"), _("处置预警"), _("退回预警再查"), _("预警不是本人"), _("撤回预警办理"), _("预警立案"),
    _("收下送达数据"),
    _("提请核对"), _("入户派单"), _("邻里访问"), _("信函索证"), _("登记复函"), _("拒绝配合调查"), _("更正调查表"),
    _("收取附件"), _("立档"), _("放入档案材料"), _("抽出档案材料"), _("核对档案"), _("归档"),
    _("借出档案"), _("收回档案"), _("信息核对"), _("处置核对结果"), _("撤回处置"), _("入户调查"),
    _("登记线索"), _("联系线索"), _("接热线"), _("答复热线"),
    _("登记宣传"), _("登记培训"), _("核定岗位"), _("到岗"), _("安排定期复核"), _("定期复核"), _("设岗"), _("编报预算"),
    _("登记到位资金"), _("冲回到位资金"),
    _("夜间核对"), _("录入指标表"), _("调整指标表"), _("定性评分"), _("人工评分"), _("签署体检说明"), _("锁定快照"),
    _("改写报告段落"), _("恢复自动文字"), _("报告定稿"), _("登记原报送稿"),
    _("套用绩效目标"), _("接续绩效目标"), _("添加绩效目标"), _("修改绩效目标"), _("更新目标进展"), _("制定评价方案"),
    _("完成方案步骤"), _("撤销步骤完成"), _("列入评价资料"), _("更正评价资料"), _("收到评价资料"), _("撤销收到资料"),
    _("停用评价资料"), _("恢复评价资料"), _("报送绩效评价"), _("提出审核意见"), _("答复审核意见"),
    _("财政评分"), _("退回绩效报送"), _("审定绩效报送"), _("列入整改"), _("修改整改"), _("整改销号"), _("恢复整改"),
    _("提出跨省核对"), _("发送跨省核对"), _("再次发送跨省核对"), _("跨省核对没有送出"), _("跨省核对签收"),
    _("跨省核对答复"), _("跨省核对迟到答复"), _("撤销跨省核对"), _("跨省核对到期"), _("办结迟到答复"),
    _("跨省核对复查"),
    _("开始核对"), _("听取说明"), _("登记核对异议"), _("办结核对异议复查"), _("认定是不是本人"), _("撤回认定"),
    _("比对送达数据"),
    _("制作核对名单"), _("交付名单密钥"), _("收下名单答复"), _("清除送达数据"),
    _("登录"), _("登录失败"),
    _("登录锁定"), _("退出"), _("修改密码"), _("启用动态口令"), _("更换恢复码"), _("重设密码"), _("停用账号"),
    _("重置动态口令"), _("解除锁定"),
)  # fmt: skip
MONEY_ACTIONS = (
    _("编制发放"), _("复核发放"), _("财政审核发放"), _("发放送银行"), _("发放关账"), _("收银行回盘"), _("银行退回"),
    _("退回款交人跟进"), _("退回款补发"),
    _("重新编制发放"), _("再次核对发放名册"), _("处理核对发现"), _("签认发放前核对"), _("乡镇确认发放名册"),
    _("退回发放经办"), _("财政初审发放"), _("解除暂缓发放"), _("暂缓后不再发放"),
    _("处理对账差异"), _("列出逾期未回"), _("三方核对有差异"), _("登记财政凭证"), _("收银行对账单"),
    _("提出补发"), _("批准补发"), _("不批准补发"), _("提出暂停发放"), _("批准暂停发放"), _("不批准暂停发放"),
    _("恢复发放"), _("提出追缴"), _("批准追缴"), _("不批准追缴"), _("约定退回方式"), _("登记现金退回"),
    _("提出提标补差"), _("提出价格临时补贴发放"),
    _("申请困难减免"), _("批准困难减免"), _("不批准困难减免"),
)  # fmt: skip
REGISTER_ACTIONS = (
    _("家庭建档"), _("存量建账"), _("接收花名册"), _("签署存量建账确认书"), _("增加成员"), _("减少成员"), _("登记死亡"),
    _("变更银行账户"), _("提出账户变更"), _("核实账户变更"), _("撤回账户变更"), _("不予变更账户"), _("登记代领人"),
    _("代领人备案"), _("代领年度复核"), _("终止代领"), _("登记代管银行卡"), _("代管银行卡备案"), _("代管年度核查"),
    _("归还代管银行卡"),
    _("迁移"), _("民主评议"), _("张贴公示"), _("确认同意"), _("不予确认同意"), _("增发"), _("减发"),
    _("停发"), _("渐退"), _("复核不变"), _("成批确认"), _("撤销决定"), _("撤销成批确认"), _("提出初审意见"),
    _("报县审核"), _("退回乡镇"), _("县级入户核查"), _("补充告知书说明"), _("送达告知书"),
    _("告知听取意见"), _("听取意见"),
    _("上报上级系统"), _("上级系统回执"), _("改正上报退回"), _("登记区划"),
    _("评议表决"), _("评议结果有争议"), _("张贴公示榜"), _("撤下公示"), _("撤下公示榜"), _("登记公示异议"),
    _("办结公示异议"), _("长期公布"), _("认定低收入家庭"), _("终止低收入家庭登记"), _("登记转介"), _("登记转介结果"),
    _("问责立项"), _("问责办结"),
    _("编制提标"), _("批准提标"), _("撤回提标"), _("提标决定"),
    _("提出价格临时补贴"), _("批准价格临时补贴"), _("撤回价格临时补贴"),
)  # fmt: skip
REGISTER = Source(("registry", "decision"), CASE_ACTIONS + MONEY_ACTIONS)
REVIEWS = Source(
    ("reviews", "registry", "decision"),
    tuple(action for action in CASE_ACTIONS if "复核" not in action) + MONEY_ACTIONS,
)
MONEY = Source(("payment",), CASE_ACTIONS + REGISTER_ACTIONS)
EVERYTHING = Source(("registry", "decision", "payment"), CASE_ACTIONS)
# the whole work of the county, casework and publicity too: only who comes and goes leaves it alone
WORK = Source(
    ("registry", "decision", "payment", "intake", "verification", "outreach", "evaluation", "budget", "rulemaking"),
    (_("登录"), _("登录失败"), _("登录锁定"), _("退出")),
)
SOURCES = (REGISTER, REVIEWS, MONEY, EVERYTHING, WORK)

_found: OrderedDict[tuple[object, ...], object] = OrderedDict()
_asking: dict[Key, threading.Lock] = {}
_lock = threading.Lock()
_request: ContextVar[dict[Source, State] | None] = ContextVar("request", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Around a request: the state of the data is asked once, and outside nothing is remembered."""
    token = _request.set({} if settings.OPENDIBAO_REMEMBERS else None)
    try:
        yield
    finally:
        _request.reset(token)


def remembered(source: Source) -> Callable[[Callable[Asked, Found]], Callable[Asked, Found]]:
    """Answer a query from memory where it was asked before of the same data; the answer must not be changed."""

    def keep(query: Callable[Asked, Found]) -> Callable[Asked, Found]:
        def ask(*args: Asked.args, **kwargs: Asked.kwargs) -> Found:
            states = _request.get()
            if states is None:
                return query(*args, **kwargs)
            if not states:
                states.update(data_states(SOURCES))
            return _answer((states[source], query, args, tuple(sorted(kwargs.items()))), query, *args, **kwargs)

        return ask

    return keep


def _answer(key: Key, query: Callable[Asked, Found], *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
    with _lock:
        if key in _found:
            _found.move_to_end(key)
            return _found[key]  # type: ignore[return-value]
        asking = _asking.setdefault(key, threading.Lock())
    with asking:  # fifty clerks at once ask the database once
        with _lock:
            if key in _found:
                return _found[key]  # type: ignore[return-value]
        try:
            answer = query(*args, **kwargs)
            _keep(key, answer)
        finally:
            _asking.pop(key, None)
    return answer


def _keep(key: Key, answer: object) -> None:
    with _lock:
        _found[key] = answer
        while len(_found) > KEPT:
            _found.popitem(last=False)
