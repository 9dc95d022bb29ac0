"""评议记录: the minutes of a review meeting, drafted from what was entered; nobody writes them twice."""

from opendibao.decision.models import ReviewMeeting, ReviewVote
from opendibao.decision.public_names import PublicName, public_names
from opendibao.decision.seats import PARTS
from opendibao.intake.case_letters import day_words
from opendibao.registry.queries import full_name

FOR, AGAINST, NONE = "for", "against", "none"
RESULTS = {FOR: "多数同意", AGAINST: "多数不同意", NONE: "没有形成多数意见"}
POLICY = (
    "主持人说明：家庭人均收入低于当地低保标准、财产符合规定的，才能享受低保（社会救助暂行办法第九条）。"
    "评议意见供参考，不能代替收入和财产的核对调查。"
)


def result_of(issued: int, votes_for: int, votes_against: int) -> str:
    """What more than half of the ballots issued say: FOR, AGAINST or NONE."""
    if votes_for * 2 > issued:
        return FOR
    return AGAINST if votes_against * 2 > issued else NONE


def drafted_minutes(meeting: ReviewMeeting, discussion: str = "") -> str:
    """The minutes in the order of the meeting: who was there, policy, facts, discussion, ballots, result."""
    votes = list(meeting.votes.select_related("case").order_by("case__number"))
    homes = public_names([vote.case.household_id for vote in votes], meeting.held_on)
    place = f"，地点：{meeting.place}" if meeting.place else ""
    lines = [
        f"{full_name(meeting.division)}最低生活保障民主评议记录",
        f"时间：{day_words(meeting.held_on)}{place}。主持人：{meeting.chair}，记录人：{meeting.recorder}。",
        f"到会人员：{_present(meeting)}。",
        f"一、宣讲政策。{POLICY}",
        f"二、宣读情况。调查人员逐户宣读入户调查和信息核对的情况，共{len(votes)}户。",
        f"三、讨论。{discussion or '到会人员逐户发表意见。'}",
        "四、投票表决。不记名，一人一票；有亲属关系的回避。",
        *[_voted(number, vote, homes) for number, vote in enumerate(votes, 1)],
        "五、宣布结果，到会人员签字。",
    ]
    return "\n".join(lines)


def _present(meeting: ReviewMeeting) -> str:
    seats: dict[str, list[str]] = {}
    for name, part in meeting.members.order_by("pk").values_list("name", "part"):
        seats.setdefault(part, []).append(name)
    said = [f"{PARTS[part]}{len(seats[part])}人（{'、'.join(seats[part])}）" for part in PARTS if part in seats]
    entitled = f"应到村（居）民代表{meeting.entitled}人" if meeting.entitled is not None else ""
    return "；".join([*said, *([entitled] if entitled else [])])


def _voted(number: int, vote: ReviewVote, homes: dict[int, PublicName]) -> str:
    home = homes.get(vote.case.household_id)
    who = f"{home.group}{home.name}" if home else vote.case.number
    away = f"回避：{'、'.join(vote.recused)}。" if vote.recused else ""
    counts = (
        f"发出{vote.issued}张，同意{vote.votes_for}张，不同意{vote.votes_against}张，"
        f"废票{vote.spoiled}张，未交回{vote.not_returned}张"
    )
    result = RESULTS[result_of(vote.issued, vote.votes_for, vote.votes_against)]
    return f"{number}. {who}（{vote.case.number}）：{away}{counts}，{result}。{_remarks(vote)}"


def _remarks(vote: ReviewVote) -> str:
    said = f"意见：{vote.opinions}。" if vote.opinions else ""
    return said + ("结果有争议，重新调查。" if vote.is_contested else "")
