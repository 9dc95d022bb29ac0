"""A whole report of a county that does not exist, sound in every chapter; tests write one thing in it otherwise."""

from opendibao.evaluation.checkup.document import Document
from tests.evaluation.checkup.papers import paper

TEXT = """示范县2023年度城乡最低生活保障资金部门评价报告
一、基本情况
（一）项目概况
截至2023年年底，示范县共有城乡低保1260户2310人，其中：农村低保1010户1890人，城镇低保250户420人。
全年共发放低保资金412.30万元，其中：农村低保资金336.15万元，城镇低保资金76.15万元。
全年新增82户151人，核减120户214人。低保金按月发放，每月10日之前到账。
（二）项目绩效目标
1.总体目标
符合条件的家庭及时足额领到低保金，基本生活得到保障。
2.阶段性目标
按月按时发放低保金，支出控制在预算以内。
组织经办人员培训，提高保障对象的准确率。
困难群众生活有所改善，对办理过程感到满意。
二、绩效评价工作开展情况
（一）绩效评价目的、对象和范围
查明2023年度低保资金用得怎样，范围是全县的申请、决定、发放和复核记录。
（二）绩效评价原则、评价指标体系、评价方法、评价标准
1.评价原则
以事实为据，每个数字都能查到台账。
2.评价指标体系
指标体系由成本、产出、效益和满意度指标组成，满分100分，见第三部分的评分表。
3.评价方法
以定量评价为主，准确率由随机抽取的200户重新调查得出。
4.评价标准
达到指标值的得满分，没有达到的按完成比例计分，并提出改进意见和建议。
（三）绩效评价工作过程
评价组由局机关三个股室和两名专家组成，查阅台账，抽查凭证，到四个乡镇走访，逐项打分。
三、综合评价情况及评价结论（附相关评分表）
经综合评价，项目总得分99.82分，评价等级为“优”。
四、绩效评价指标分析
（一）项目决策情况
立项依据充分，预算按上年末人数和保障标准测算。本节只作说明，不计分。
（二）项目过程情况
预算420万元全部到位（420/420万元），执行412.30万元，执行率98.17%。过程部分不计分。
（三）项目产出情况
全年应发放12个月，12个月按时发放，按时发放率100%。
抽查200户，193户准确，准确率96.5%。
（四）项目效益情况
回访200户，182户生活有改善。满意度调查200户，188户表示满意。
五、主要经验及做法、存在的问题及原因分析
（一）主要经验及做法
（1）规范受理
材料一次告知，审核由两人签字，公示期满再确认。
（2）按月比对
每月与社保、公安等部门比对数据，发现线索由乡镇核实。
（二）存在的问题及原因分析
（1）现金收入核算办法不细
零散务工的收入靠走访估算，各乡镇口径略有出入。
（2）卷宗目录不统一
两个乡镇的复核材料与申请材料分开存放。
六、有关建议
（1）制定现金收入核算办法
参照行业工资核算零散务工收入，第二季度前印发。
（2）统一卷宗目录
复核材料随卷归档，每半年抽看一次。
七、其他需要说明的问题
无。"""
SHEET_AFTER = "经综合评价"
SHEET = (
    ("成本指标", "经济成本指标", "农村低保金", "≤340万元", "336.15万元", "10", "10", ""),
    ("", "", "城镇低保金", "≤80万元", "76.15万元", "10", "10", ""),
    ("产出指标", "数量指标", "低保经办人员培训次数", "≥2次", "3次", "10", "10", ""),
    ("", "质量指标", "保障对象准确率", "≥95%", "96.5%（193/200）", "20", "20", ""),
    ("", "时效指标", "低保金按时发放率", "＝100%", "100%（12/12）", "10", "10", ""),
    ("效益指标", "社会效益指标", "困难群众生活改善", "有所改善", "有所改善，回访200户，182户有改善", "20", "20", ""),
    ("满意度指标", "服务对象满意度指标", "困难群众满意度", "≥90%", "94%（188/200）", "10", "10", ""),
    ("", "", "预算执行率", "＝100%", "98.17%", "10", "9.82", "年底停发家庭较多；今后按月测算"),
    ("合计", "", "", "", "", "100", "99.82", ""),
)  # fmt: skip


def report(*changes: tuple[str, str], sheet: object = SHEET) -> Document:
    """The report with pieces written otherwise, each of which must stand in it once; no table if `sheet` is None."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    lines = text.split("\n")
    at = next((n + 1 for n, line in enumerate(lines) if line.startswith("三、")), None)
    return paper(*lines, sheet=sheet, before=at and at + 1)  # type: ignore[arg-type]


def after(line: str, *more: str) -> tuple[str, str]:
    """A change that puts further lines behind a piece of the text."""
    return line, "\n".join([line, *more])


def without(first: str, end: str) -> tuple[str, str]:
    """A change that takes out everything from one piece up to, not including, another."""
    start, stop = TEXT.index(first), TEXT.index(end)
    return TEXT[start:stop], ""
