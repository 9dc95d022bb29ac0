"""词汇: the words a case may use and the whole numbers rules see them as."""

RELATIONS = ("head", "spouse", "child", "parent", "grandparent", "grandchild", "sibling", "uncle", "other")
HEAD, SPOUSE, CHILD, PARENT, GRANDPARENT, GRANDCHILD, SIBLING, UNCLE, OTHER = range(9)

STUDIES = ("", "compulsory", "senior_high", "vocational", "college", "undergraduate", "postgraduate")
NO_STUDY, VOCATIONAL, UNDERGRADUATE, POSTGRADUATE = 0, 3, 5, 6

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

# kinds of work, land, animals and trade whose usual income a policy fixes; the last of each is all others
WORK_TRADES = ("construction", "farm_work", "loading", "catering", "domestic", "factory", "other")
EVIDENCES = ("A", "B", "C", "D")
EVIDENCE_A, EVIDENCE_B, EVIDENCE_C, EVIDENCE_D = range(4)
CROPS = ("rice", "rapeseed", "tea", "vegetables", "fruit", "timber", "other")
ANIMALS = ("pig", "cattle", "sheep", "poultry", "fish")
SHOP_TRADES = ("shop", "stall", "transport", "repair", "other")

RECEIPTS = (
    "rent", "asset_sale", "dividends", "unemployment_benefit", "survivor_benefit", "donation", "remittance",
    "family_planning_award", "bravery_award",
)  # fmt: skip
RENT, ASSET_SALE, DIVIDENDS, UNEMPLOYMENT, SURVIVOR, DONATION, REMITTANCE, FAMILY_PLANNING, BRAVERY = range(9)

STRUCTURES = ("concrete", "brick", "timber")
EXEMPT_ASSETS = ("relief_savings", "production_funds", "house_sale")
HOUSE_SALE = 2

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
IS_EXCLUDED, STAYS_TEKUN = range(20, 22)
FIRST_NOT_COUNTED = 10
NEVER = 999_999
"""The month number of a death that has not happened."""

_WORK_ZH = ("建筑", "农活", "装卸", "餐饮", "家政", "工厂", "其他工种")
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
    "odd_trade": dict(enumerate(_WORK_ZH)),
    "season_trade": dict(enumerate(_WORK_ZH)),
    "evidence": {
        EVIDENCE_A: "A（合同或银行流水）",
        EVIDENCE_B: "B（用工方或村委会书面证明）",
        EVIDENCE_C: "C（邻里证言）",
        EVIDENCE_D: "D（只有本人申报）",
    },
    "crop_kind": dict(enumerate(("水稻", "油菜", "茶叶", "蔬菜", "水果", "林木", "其他作物"))),
    "animal": dict(enumerate(("猪", "牛", "羊", "家禽", "鱼（百斤）"))),
    "shop_trade": dict(enumerate(("小店", "摊点", "运输", "修理", "其他行业"))),
    "receipt_kind": dict(
        enumerate(
            (
                "出租房产",
                "出让动产不动产",
                "股息红利",
                "失业保险金",
                "遗属补助金",
                "接受捐赠（赠送）",
                "居民间经常性转移",
                "计划生育奖励与扶助金",
                "见义勇为奖励",
            )
        )
    ),
    "house_structure": dict(enumerate(("钢筋混凝土", "砖混", "土木"))),
    "exempt_kind": dict(enumerate(("社会救助金存款", "生产周转金", "售房款"))),
    "outcome": {place: OUTCOME_ZH[name] for place, name in enumerate(OUTCOMES)},
    "death_month": {NEVER: "健在"},
}
_STANDING_ZH = (
    "户主", "配偶", "未成年子女", "在读子女", "不能独立生活的子女", "共同居住", "单独申请的教职人员",
)  # fmt: skip
_OUT_ZH = (
    "已去世", "在监狱服刑", "强制隔离戒毒", "宣告失踪", "教职人员", "特困人员", "在别处享受低保", "已婚另立家庭",
    "不共同居住", "无法定义务关系", "省里规定不计入", "继续供养的特困人员",
)  # fmt: skip
WORDS["standing"] = WORDS["bond"] = {
    **dict(enumerate(_STANDING_ZH, IS_HEAD)),
    **dict(enumerate(_OUT_ZH, FIRST_NOT_COUNTED)),
}
