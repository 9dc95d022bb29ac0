"""劳动能力与残疾程度: who is severely disabled, minor, of working age."""

from opendibao.formula.graph import rule
from opendibao.formula.symbols import Expr, Parameters
from opendibao.rules.vocabulary import INTELLECTUAL, PSYCHIATRIC


@rule(
    "member",
    zh="重度残疾（一、二级，三级智力、三级精神）",
    clause="民发〔2021〕57号第八条第一款第一项",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十一条第二款；民发〔2021〕57号第八条第一款第一项"},
)
def is_severely_disabled(disability_kind: Expr, disability_grade: Expr) -> Expr:
    """Grades 1 and 2 of any kind, grade 3 of the intellectual and psychiatric kinds."""
    of_mind = (disability_kind == INTELLECTUAL) | (disability_kind == PSYCHIATRIC)
    return ((disability_grade >= 1) & (disability_grade <= 2)) | ((disability_grade == 3) & of_mind)


@rule("member", zh="未成年", clause="民法典第十七条", unit="bool", since="2021-07-01")
def is_minor(age: Expr, p: Parameters) -> Expr:
    """Younger than the age of adults on the day of decision."""
    return age < p.age.adult


@rule(
    "member",
    zh="有劳动能力",
    clause="民发〔2021〕57号第三十四条",
    unit="bool",
    since="2021-07-01",
    later={"2026-07-01": "社会救助法第二十七条第二款；民发〔2021〕57号第三十四条"},
)
def is_able_to_work(age: Expr, study: Expr, severe_illness: Expr, is_severely_disabled: Expr, p: Parameters) -> Expr:
    """Of working age, neither severely disabled nor severely ill, and not at school."""
    of_age = (age >= p.work.age_from) & (age < p.work.age_below)
    return of_age & ~is_severely_disabled & ~severe_illness & (study == 0)
