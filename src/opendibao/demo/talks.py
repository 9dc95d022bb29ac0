"""访谈: what the people of a synthetic county say; nobody of them lives."""

from datetime import date

from opendibao.evaluation.interviews import Talk

VILLAGE = "村党支部书记说，公示改到村口小卖部门前以后，看的人多了，有两户邻居看到公示后主动来问自家能不能申请。"
CLERK = (
    "乡镇经办人说，外出务工人员的收入最难核准，电话里说的和年底带回来的常常对不上；希望省里能早些把工资支付信息接进来。"
    "每月发放前三天最忙，变动都赶在那几天报。"
)
FAMILY = (
    "户主说，领到低保后，每月先买米油，再买药，余下的留着过冬添衣。钱到账有短信，不识字的邻居来问，他也帮着看。"
    "最担心的是一出去做工就停保，经办人当面讲了就业后的渐退政策，才放心。"
)


def talks(day: date, household: str) -> list[Talk]:
    """Two interviews and one case study."""
    return [
        Talk("interview", day, "一名村党支部书记", VILLAGE),
        Talk("interview", day, "一名乡镇低保经办人", CLERK),
        Talk("case_study", day, "一户在保家庭的户主", FAMILY, household),
    ]
