"""登记簿: divisions, persons, households; memberships, places and accounts carry two times (valid and recorded)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Right


class Area(models.TextChoices):
    """Whose standard applies (适用标准), not what the code of the place says."""

    RURAL = "rural", "农村"
    URBAN = "urban", "城镇"


class Relation(models.TextChoices):
    """Relation to the head of the household (与户主关系)."""

    HEAD = "head", "户主"
    SPOUSE = "spouse", "配偶"
    CHILD = "child", "子女"
    PARENT = "parent", "父母"
    GRANDPARENT = "grandparent", "祖父母"
    GRANDCHILD = "grandchild", "孙子女"
    SIBLING = "sibling", "兄弟姐妹"
    UNCLE = "uncle", "叔伯姑舅姨"
    OTHER = "other", "其他"


class Sex(models.TextChoices):
    """Sex as the 身份证 says (性别)."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class Division(models.Model):
    """A county, township or village with its 12-digit code (统计用区划代码)."""

    code = models.CharField("区划代码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("层级", max_length=10, choices=[("county", "县"), ("town", "乡镇"), ("village", "村社区")])
    parent = models.ForeignKey("self", models.PROTECT, null=True, verbose_name="上级")

    class Meta:
        verbose_name = verbose_name_plural = "区划"
        constraints = [
            models.CheckConstraint(name="division_code_has_12_digits", condition=Q(code__regex=r"^\d{12}$")),
            models.CheckConstraint(
                name="division_level_as_its_code",
                condition=Q(level="county", code__endswith="000000")
                | Q(level="town", code__endswith="000")
                | (Q(level="village") & ~Q(code__endswith="000")),
            ),
        ]


class Person(models.Model):
    """A person with the checked 公民身份号码; a death has the day it happened and the time we learnt of it."""

    id_number = models.CharField("身份证号", max_length=18, unique=True)
    id_tail = models.GeneratedField(
        expression=Right("id_number", 4),
        output_field=models.CharField("身份证号后四位", max_length=4),
        db_persist=True,
        verbose_name="身份证号后四位",
    )
    name = models.CharField("姓名", max_length=60)
    initials = models.CharField("拼音首字母", max_length=60)
    sex = models.CharField("性别", max_length=6, choices=Sex.choices)
    born = models.DateField("出生日期")
    died = models.DateField("死亡日期", null=True)
    died_recorded_at = models.DateTimeField("获知死亡时间", null=True)
    division = models.CharField("区划", max_length=12, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        indexes = [
            # what `^@` (starts with) can use under any collation; it is leakproof, LIKE is not
            models.Index(name="person_name_prefix", fields=["name"], opclasses=["varchar_pattern_ops"]),
            models.Index(name="person_initials_prefix", fields=["initials"], opclasses=["varchar_pattern_ops"]),
            models.Index(name="person_id_tail", fields=["id_tail"]),
        ]
        constraints = [
            models.CheckConstraint(name="person_has_a_name", condition=Q(name__regex=r"\S")),
            models.CheckConstraint(
                name="death_after_birth", condition=Q(died__isnull=True) | Q(died__gte=models.F("born"))
            ),
            models.CheckConstraint(
                name="death_has_both_times",
                condition=Q(died__isnull=True, died_recorded_at__isnull=True)
                | Q(died__isnull=False, died_recorded_at__isnull=False),
            ),
        ]


class Household(models.Model):
    """A household file (户): the number it keeps for life; where and whose it is lies in two-time rows."""

    number = models.CharField("户编号", max_length=24, unique=True)
    division = models.CharField("区划", max_length=12, db_index=True)
    opened_on = models.DateField("建档日期")

    class Meta:
        verbose_name = verbose_name_plural = "家庭"


class TwoTimes(models.Model):
    """`valid`: when it was so. `recorded`: when we knew it; a correction closes the old row and opens a new one."""

    valid = DateRangeField("有效期")
    recorded = DateTimeRangeField("记录期")
    division = models.CharField("区划", max_length=12, db_index=True)

    class Meta:
        abstract = True


def _alone(name: str, *keys: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows of the same keys may hold for one day as known at one time."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *[(key, RangeOperators.EQUAL) for key in keys],
            ("valid", RangeOperators.OVERLAPS),
            ("recorded", RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


class HouseholdPlace(TwoTimes):
    """Where a household lives and whose standard applies to it (户籍地与适用标准)."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="places", verbose_name="家庭")
    area = models.CharField("城乡", max_length=5, choices=Area.choices)
    address = models.CharField("住址", max_length=120, blank=True)
    phone = models.CharField("电话", max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "户籍地与适用标准"
        constraints = [_alone("one_place_at_a_time", "household")]


class Membership(TwoTimes):
    """Who lives together in a household (共同生活的家庭成员, 57号 第七条)."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships", verbose_name="家庭")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name="人员")
    relation = models.CharField("与户主关系", max_length=12, choices=Relation.choices)

    class Meta:
        verbose_name = verbose_name_plural = "家庭成员"
        constraints = [
            _alone("one_household_at_a_time", "person"),
            _alone("one_head_at_a_time", "household", condition=Q(relation="head")),
        ]


class BankAccount(TwoTimes):
    """The account a household's money goes to (57号 第二十五条: 支付到家庭的账户)."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="accounts", verbose_name="家庭")
    holder = models.CharField("户名", max_length=60)
    bank = models.CharField("开户银行", max_length=60)
    number = models.CharField("账号", max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "银行账户"
        constraints = [_alone("one_account_at_a_time", "household")]
