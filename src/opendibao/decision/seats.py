"""评议人员和票: who sat in a review meeting, who had to leave, what was cast; what does not fit together is said."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opendibao.decision.models import MeetingMember
from opendibao.intake.models import Case

NAME_LENGTH, OPINIONS_LENGTH, PLACE_LENGTH = 60, 300, 60
PARTS: dict[str, str] = dict(MeetingMember._meta.get_field("part").flatchoices)
NEEDED = ("villager", "party", "cadre")
BETWEEN = re.compile(r"[、，,；;\n]+")
Ballots = tuple[int, int, int, int, int]
"""case id, for, against, spoiled, not returned"""


@dataclass(frozen=True)
class Seat:
    """Somebody in the meeting, by his class (a key of PARTS)."""

    name: str
    part: str
    is_signed: bool = True


@dataclass(frozen=True)
class Vote:
    """The ballots on one case; `recused` are those who had to leave, with their relation: 李四（侄子）."""

    case_id: int
    votes_for: int
    votes_against: int
    spoiled: int
    not_returned: int
    recused: tuple[str, ...] = ()
    facts_read: bool = True
    opinions: str = ""
    is_contested: bool = False

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """For, against, spoiled, not returned."""
        return self.votes_for, self.votes_against, self.spoiled, self.not_returned

    @property
    def issued(self) -> int:
        """How many ballots were handed out."""
        return sum(self.counts)


def vote_of(cast: Ballots | Vote) -> Vote:
    """The short form written out."""
    return cast if isinstance(cast, Vote) else Vote(*cast)


def names_in(text: str) -> list[str]:
    """Names as they are typed, between commas or line ends, without gaps."""
    return [name for each in BETWEEN.split(text) if (name := re.sub(r"\s+", "", each))]


def name_of(recused: str) -> str:
    """Who is recused, without the relation behind his name."""
    return re.split(r"[（(]", recused, maxsplit=1)[0]


def meeting_fault(
    chair: str,
    recorder: str,
    present: Mapping[str, int],
    entitled: int | None,
    seats: Sequence[Seat],
    votes: Sequence[Vote],
) -> str:
    """Why there was no meeting that could vote; "" where there was."""
    if not chair.strip() or not recorder.strip():
        return "请填写评议会的主持人和记录人"
    if min(present.values()) < 0 or min(present[part] for part in NEEDED) < 1:
        return "评议会应有村（居）民代表、党员代表和村（社区）干部参加，请补齐后再议"
    if entitled is not None and present["villager"] > entitled:
        return f"到会村（居）民代表{present['villager']}人，多于应到的{entitled}人，请核对"
    if not votes:
        return "评议会没有要表决的案件"
    twice = [case for case, times in Counter(vote.case_id for vote in votes).items() if times > 1]
    return "同一个案件列了两次，请去掉一次" if twice else _seats_fault(present, seats)


def _seats_fault(present: Mapping[str, int], seats: Sequence[Seat]) -> str:
    if not seats:
        return ""
    if long := next((seat.name for seat in seats if not 0 < len(seat.name) <= NAME_LENGTH), None):
        return f"评议人员姓名“{long[:20]}…”太长，一个人一个名字，之间用顿号或换行隔开"
    twice = [name for name, times in Counter(seat.name for seat in seats).items() if times > 1]
    if twice:
        return f"评议人员“{twice[0]}”写了两次：一个人只有一个身份、一张票；同名的两个人请在名字后加区别"
    counted = Counter(seat.part for seat in seats)
    for part, words in PARTS.items():
        if counted[part] != present[part]:
            return f"名单上{words}{counted[part]}人，填的到会人数是{present[part]}人，请核对"
    return ""


def vote_fault(case: Case, vote: Vote, present: int, seats: Sequence[Seat]) -> str:
    """Why the ballots on a case cannot be right; "" where they can. `present` counts the recused too."""
    if len(vote.opinions.strip()) > OPINIONS_LENGTH:
        return f"案件{case.number}的评议意见最多{OPINIONS_LENGTH}字，请缩短"
    if fault := _recusal_fault(case, vote, seats):
        return fault
    if fault := ballots_fault(case.number, vote, present):
        return fault
    if vote.is_contested and not vote.opinions.strip():
        return f"案件{case.number}的结果有争议，请在评议意见里写明争议在哪里"
    return ""


def ballots_fault(number: str, vote: Vote, present: int) -> str:
    """Why the counts on a case do not fit those who sat there; "" where they do."""
    voters = present - len(vote.recused)
    if min(vote.counts) >= 0 and vote.issued == voters:
        return ""
    away = f"、回避{len(vote.recused)}人" if vote.recused else ""
    said = f"到会{present}人{away}，应发{voters}张票" if away else f"各项票数之和应等于到会的{present}人"
    return f"案件{number}：{said}，现在同意、不同意、废票、未交回合计{vote.issued}，请重新点票"


def _recusal_fault(case: Case, vote: Vote, seats: Sequence[Seat]) -> str:
    away = [name_of(each) for each in vote.recused]
    if len(set(away)) != len(away):
        return f"案件{case.number}的回避人写了两次，请去掉一次"
    if not seats:
        return ""
    there = {seat.name for seat in seats}
    if strangers := [name for name in away if name not in there]:
        return f"案件{case.number}的回避人“{strangers[0]}”不在到会名单上；没有到会的不用写回避"
    kin = case.official_relatives.filter(official__in=there - set(away)).values_list("official", "relation", "member")
    for official, relation, member in kin:
        return f"案件{case.number}：{official}是{member}的{relation}（近亲属备案），应当回避，请写进回避人"
    return ""
