"""计入与不计入: why each listed person is or is not a member, in a sentence with the item that carries it."""

from opendibao.rules import vocabulary as v
from opendibao.rules.answer import Reason

_57 = "民发〔2021〕57号"
_S1 = "社会救助暂行办法"
_LAW = "社会救助法"
_SAID: dict[int, tuple[str, str, str]] = {
    v.IS_HEAD: ("member_head", "是户主", f"{_57}第四条"),
    v.IS_SPOUSE: ("member_spouse", "是配偶，计入", f"{_57}第七条第一款第一项"),
    v.IS_MINOR_CHILD: ("member_minor_child", "是未成年子女，计入", f"{_57}第七条第一款第二项"),
    v.IS_STUDYING_CHILD: ("member_student", "是在校接受全日制本科及以下教育的子女，计入", f"{_57}第七条第一款第三项"),
    v.IS_DEPENDENT_CHILD: ("member_dependent", "是不能独立生活的成年子女，计入", f"{_57}第七条第一款第三项"),
    v.LIVES_TOGETHER: ("member_lives_together", "有法定义务关系并共同居住，计入", f"{_57}第七条第一款第四项"),
    v.IS_CLERIC_ALONE: ("member_cleric_alone", "是脱离家庭三年以上的教职人员，单独申请", f"{_57}第八条第一款第三项"),
    v.HAS_DIED: ("not_member_died", "已去世，自死亡次月起不计入", f"{_57}第三十条、第三十一条"),
    v.IN_PRISON: ("not_member_prison", "在监狱内服刑，不计入", f"{_57}第七条第二款第二项"),
    v.IN_REHAB: ("not_member_rehab", "在强制隔离戒毒，不计入", f"{_57}第七条第二款第二项"),
    v.IS_MISSING: ("not_member_missing", "被宣告失踪，不计入", f"{_57}第七条第二款第二项"),
    v.IS_CLERIC: ("not_member_cleric", "是脱离家庭三年以上的宗教教职人员，不计入", f"{_57}第七条第二款第一项"),
    v.HAS_TEKUN: ("not_member_tekun", "已是特困人员，不同时计入低保", f"{_S1}第十四条"),
    v.HAS_DIBAO: ("not_member_dibao_elsewhere", "已在别处享受低保，不重复计入", f"{_S1}第九条"),
    v.HAS_MARRIED_OUT: ("not_member_married_out", "已婚另立家庭，不计入", f"{_57}第七条第一款"),
    v.LIVES_APART: ("not_member_lives_apart", "不共同居住，不计入", f"{_57}第七条第一款第四项"),
    v.NO_DUTY: ("not_member_no_duty", "没有法定赡养、扶养、抚养义务关系，不计入", f"{_57}第七条第一款第四项"),
    v.IS_EXCLUDED: ("not_member_by_province", "属省级民政部门认定的不计入人员", f"{_57}第七条第二款第三项"),
    v.STAYS_TEKUN: (
        "not_member_stays_tekun",
        "年满十八周岁仍在就学，继续按特困人员供养，不计入",
        f"{_LAW}第十六条第三款",
    ),
}
_IN_THE_LAW = {
    v.HAS_DIED: f"{_LAW}第四十六条第一款、第四十七条；{_57}第三十条、第三十一条",
    v.HAS_TEKUN: f"{_LAW}第十六条第一款",
    v.HAS_DIBAO: f"{_LAW}第十八条第一款",
}
"""What carries the sentence once the law of 2026 is in force; the other items go on in 57号."""


def standing_reason(name: str, standing: int, *, is_under_the_law: bool) -> Reason:
    """Why one person counts or not; `is_under_the_law` on days from 2026-07-01 (社会救助法第七十八条)."""
    code, zh, clause = _SAID[standing]
    return Reason(code, f"{name}{zh}", _IN_THE_LAW.get(standing, clause) if is_under_the_law else clause)
