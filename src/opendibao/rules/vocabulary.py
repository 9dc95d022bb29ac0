"""词汇: the words a case may use and the whole numbers rules see them as."""

RELATIONS = ("head", "spouse", "child", "parent", "grandparent", "grandchild", "sibling", "uncle", "other")
HEAD, SPOUSE, CHILD, PARENT, GRANDPARENT, GRANDCHILD, SIBLING, UNCLE, OTHER = range(9)

STUDIES = ("", "compulsory", "senior_high", "vocational", "college", "undergraduate", "postgraduate")
NO_STUDY, UNDERGRADUATE, POSTGRADUATE = 0, 5, 6

ABSENCES = ("", "prison", "compulsory_rehab", "missing", "cleric_over_3_years")
PRISON, COMPULSORY_REHAB, MISSING, CLERIC = 1, 2, 3, 4

ALREADY = ("", "tekun", "dibao_elsewhere")
TEKUN_ALREADY, DIBAO_ELSEWHERE = 1, 2

DISABILITIES = ("", "visual", "hearing", "speech", "physical", "intellectual", "psychiatric", "multiple")
INTELLECTUAL, PSYCHIATRIC = 5, 6

SUPPORTER_STATUSES = ("", "dibao", "tekun", "edge", "prison", "compulsory_rehab", "missing", "incapable")
SUPPORTER_DIBAO, SUPPORTER_TEKUN, SUPPORTER_EDGE = 1, 2, 3

VEHICLE_USES = ("private", "disability", "treatment", "livelihood")
VEHICLE_KINDS = ("car", "van", "truck", "motorcycle", "tricycle", "electric_bike", "tractor", "boat")
COUNTED_VEHICLES = ("car", "van", "truck")

EXIT_CAUSES = ("", "employment", "income", "property", "members", "moved", "other")

OUTCOMES = ("none", "tekun", "dibao", "grace", "single_person", "edge", "rigid_expenditure")
NONE, TEKUN, DIBAO, GRACE, SINGLE_PERSON, EDGE, RIGID = range(7)
RULE_GAP = "rule_gap"
OUTCOME_ZH = {
    "dibao": "低保",
    "single_person": "单人保",
    "grace": "渐退期",
    "edge": "低保边缘家庭",
    "rigid_expenditure": "刚性支出困难家庭",
    "tekun": "特困人员",
    "none": "不符合条件",
    RULE_GAP: "规则缺失，不能自动认定",
}

# why a listed person is counted (below 10) or not (10 and above)
IS_HEAD, IS_SPOUSE, IS_MINOR_CHILD, IS_STUDYING_CHILD, IS_DEPENDENT_CHILD, LIVES_TOGETHER, IS_CLERIC_ALONE = range(1, 8)
HAS_DIED, IN_PRISON, IN_REHAB, IS_MISSING, IS_CLERIC = range(10, 15)
HAS_TEKUN, HAS_DIBAO, HAS_MARRIED_OUT, LIVES_APART, NO_DUTY = range(15, 20)
FIRST_NOT_COUNTED = 10
NEVER = 999_999
"""The month number of a death that has not happened."""

WORDS: dict[str, dict[int, str]] = {
    "relation": dict(enumerate(("户主", "配偶", "子女", "父母", "祖父母", "孙子女", "兄弟姐妹", "叔伯姑舅姨", "其他"))),
    "study": dict(enumerate(("不在读", "义务教育", "高中", "职业教育", "大专", "本科", "研究生"))),
    "absent": dict(enumerate(("在家", "在监狱服刑", "强制隔离戒毒", "宣告失踪", "教职人员离家三年以上"))),
    "already": dict(enumerate(("无", "特困人员", "在别处享受低保"))),
    "disability_kind": dict(enumerate(("无", "视力", "听力", "言语", "肢体", "智力", "精神", "多重"))),
    "supporter_disability_kind": dict(enumerate(("无", "视力", "听力", "言语", "肢体", "智力", "精神", "多重"))),
    "status": dict(
        enumerate(("无", "低保", "特困", "边缘家庭", "在监狱服刑", "强制隔离戒毒", "失踪", "无民事行为能力"))
    ),
    "outcome": {place: OUTCOME_ZH[name] for place, name in enumerate(OUTCOMES)},
    "death_month": {NEVER: "健在"},
}
_STANDING_ZH = (
    "户主", "配偶", "未成年子女", "在读子女", "不能独立生活的子女", "共同居住", "单独申请的教职人员",
)  # fmt: skip
_OUT_ZH = (
    "已去世", "在监狱服刑", "强制隔离戒毒", "宣告失踪", "教职人员", "特困人员", "在别处享受低保", "已婚另立家庭",
    "不共同居住", "无法定义务关系",
)  # fmt: skip
WORDS["standing"] = WORDS["bond"] = {
    **dict(enumerate(_STANDING_ZH, IS_HEAD)),
    **dict(enumerate(_OUT_ZH, FIRST_NOT_COUNTED)),
}
