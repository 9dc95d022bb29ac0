"""变动告知书: what a family is told when it must give back, is let off, is suspended, or gets money of a month past.

Short sentences in the order in which a family asks: what, how much, why, until when and how, what if it cannot or does
not agree, whom to ask. Amounts in figures and in words.
"""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.decision.letter import REMEDY, REMEDY_BEFORE, hotline
from opendibao.kernel.money import in_words, yuan_text
from opendibao.payment.models import PayOrder, Suspension, Waiver
from opendibao.payment.recovery_queries import ORDER_KINDS, receivable_months, receivables
from opendibao.payment.refusal import PaymentRefused
from opendibao.rulemaking.queries import pack_in_force

CLAUSES = {"fraud": "社会救助法第七十三条", "kept": "社会救助法第七十四条"}
CLAUSES_BEFORE = {"fraud": "社会救助暂行办法第六十八条"}
"""The law that has the money given back; where it names none the decision alone is the ground."""
LAW = "R3"
HEAD = """
SELECT coalesce((SELECT p.name FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
  WHERE m.household_id = %(household)s AND m.relation = 'head' AND m.valid @> %(on)s::date AND upper_inf(m.recorded)
  LIMIT 1), '户主')
"""
_NUMERALS = "一二三四五六"


@dataclass(frozen=True)
class _Told:
    title: str
    household_id: int
    on: date
    parts: list[tuple[str, str]]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _month(month: date) -> str:
    return f"{month.year}年{month.month}月"


def _fen(fen: int) -> str:
    return f"{yuan_text(fen)}元（大写：{in_words(fen)}）"


def _written(told: _Told, number: str) -> str:
    """The letter as it is printed, with the remedy and the number to call at its end."""
    pack = pack_in_force()
    clause = REMEDY.get(pack.word("regime.name", told.on), REMEDY_BEFORE)
    phone = hotline(told.on, pack)
    parts = [
        *told.parts,
        ("不同意怎么办", f"可以依法申请行政复议，也可以依法提起行政诉讼（{clause}）。"),
        ("有疑问找谁", f"请找乡镇民政窗口，或拨打热线{phone}。" if phone else "请找乡镇民政窗口。"),
    ]
    (head,) = read(str, HEAD, {"household": told.household_id, "on": told.on})
    lines = [f"{n}、{what}：{text}" for n, (what, text) in zip(_NUMERALS, parts, strict=False)]
    return "\n".join([told.title, f"{head}：", *lines, f"编号：{number}", f"日期：{_day(told.on)}"])


def claim_letter(receivable_id: int) -> str:
    """责令退回通知书: the months with what was paid and due, by which day and how.

    Raises PaymentRefused before approval. 社会救助法 第七十三、七十四条; before 2026-07-01 社会救助暂行办法 第六十八条.
    """
    row = next(iter(receivables(receivable_id=receivable_id)), None)
    if row is None or row.outcome != "approved" or row.settled_on is None or row.due_on is None:
        raise PaymentRefused("这笔追缴还没有批准，不能出通知书")
    of_law = CLAUSES if pack_in_force().word("regime.name", row.settled_on) == LAW else CLAUSES_BEFORE
    clause = of_law.get(row.cause, "")
    months = "；".join(
        f"{_month(one.month)}发{yuan_text(one.paid_fen)}元，应发{yuan_text(one.due_fen)}元，多{yuan_text(one.fen)}元"
        for one in receivable_months(row.id)
    )
    why = f"{row.cause_zh}。{row.words}。依据决定{row.decision}" + (f"和{clause}。" if clause else "。")
    how = (
        f"请在{_day(row.due_on)}以前退回。一次退不清的，可以商定分月退，"
        "或者从以后各月的保障金里抵扣一部分，每月总会留下大部分。"
    )
    parts = [
        ("要退回多少", f"{_fen(row.fen)}。{months}。"),
        ("为什么", why),
        ("什么时候退、怎么退", how),
        ("有困难怎么办", "生活确有困难的，可以向乡镇说明，由县里审批减免。"),
    ]
    return _written(_Told("多发保障金退回通知书", row.household_id, row.settled_on, parts), f"追缴{row.id}")


def waiver_letter(waiver_id: int) -> str:
    """困难减免告知书: what the family need not give back any more. Raises PaymentRefused before approval."""
    waiver = Waiver.objects.select_related("receivable").filter(pk=waiver_id, outcome="approved").first()
    if waiver is None or waiver.settled_on is None:
        raise PaymentRefused("这项减免还没有批准，不能出告知书")
    parts = [
        ("结果", f"还没有退回的{_fen(waiver.fen)}不用退了，以后也不再抵扣。"),
        ("为什么", f"{waiver.cause}。"),
    ]
    told = _Told("困难减免告知书", waiver.receivable.household_id, waiver.settled_on, parts)
    return _written(told, f"追缴{waiver.receivable_id}减免{waiver.pk}")


def suspension_letter(suspension_id: int) -> str:
    """暂停发放告知书: from when, why, and that nothing is lost. Raises PaymentRefused before approval."""
    found = Suspension.objects.filter(pk=suspension_id, outcome="approved").first()
    if found is None or found.settled_on is None:
        raise PaymentRefused("这项暂停还没有批准，不能出告知书")
    parts = [
        ("结果", f"从{_month(found.first_month)}起暂停发放保障金。"),
        ("为什么", f"{found.cause}。"),
        ("钱会不会没了", "不会。查清以后恢复发放，暂停期间按决定应发的，一次补发。"),
    ]
    return _written(_Told("暂停发放告知书", found.household_id, found.settled_on, parts), f"暂停{found.pk}")


def order_letter(order_id: int) -> str:
    """补发告知书: how much, for which month, why, and when it comes. Raises PaymentRefused before approval."""
    found = PayOrder.objects.filter(pk=order_id, outcome="approved").first()
    if found is None or found.settled_on is None:
        raise PaymentRefused("这笔补发还没有批准，不能出告知书")
    kind = ORDER_KINDS[found.kind]
    parts = [
        ("结果", f"给你家{kind}{_month(found.month)}的{_fen(found.amount_fen)}。"),
        ("为什么", f"{found.cause}。"),
        ("什么时候到账", "和下一批按月发放的保障金一起，发到你家的银行账户。"),
    ]
    return _written(_Told(f"{kind}告知书", found.household_id, found.settled_on, parts), f"应发{found.pk}")
