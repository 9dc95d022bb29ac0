"""查询登记: every question about a person, with the right it rests on; lists that went out; what was cleared."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Purpose(models.TextChoices):
    """Why somebody was asked about (查询目的)."""

    MATCH = "match", "申请和复核的信息核对"
    REMATCH = "rematch", "在保家庭定期核查比对"
    REQUEST = "request", "跨省异地核对"
    EXCHANGE = "exchange", "发给部门的核对名单"
    OPENING = "opening", "查看核到的记录"


class LookupGround(models.TextChoices):
    """What lets the county ask without an authorisation in a case (查询依据); the clause lies dated in the policy."""

    REVIEW = "review", "在保家庭定期核查"


class Lookup(models.Model):
    """One question about one person (查询登记, 社会救助法 第十一、七十条): who asked which sources, why, on what right.

    `consent`: the authorisation in force that day, the person's own or, for a minor, one of an adult of his family.
    `ground`: instead of it, what the law lets be asked about a family in force. `about`: the answer that was opened.
    """

    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="lookups", verbose_name="人员")
    division = models.CharField("区划", max_length=12, db_index=True)
    sources = ArrayField(models.CharField("来源", max_length=30), verbose_name="来源")
    purpose = models.CharField("查询目的", max_length=10, choices=Purpose.choices)
    case = models.ForeignKey("intake.Case", models.PROTECT, null=True, related_name="lookups", verbose_name="案件")
    consent = models.ForeignKey(
        "intake.Consent", models.PROTECT, null=True, related_name="+", verbose_name="核对授权书"
    )
    ground = models.CharField("查询依据", max_length=10, choices=LookupGround.choices, blank=True)
    officer = models.CharField("查询人", max_length=60)
    asked_on = models.DateField("查询日期")
    at = models.DateTimeField("时间")
    about = models.CharField("查询事项", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "查询登记"
        indexes = [
            models.Index(name="lookups_of_a_person", fields=["person", "asked_on"]),
            models.Index(name="lookups_of_an_officer", fields=["officer", "asked_on"]),
            models.Index(name="lookups_of_a_day", fields=["asked_on"]),
        ]
        constraints = [
            models.CheckConstraint(name="a_lookup_names_who_asked", condition=Q(officer__regex=r"\S")),
            models.CheckConstraint(name="a_lookup_names_its_sources", condition=~Q(sources__len=0)),
            models.CheckConstraint(
                name="a_lookup_has_its_right",
                condition=Q(purpose__in=["match", "request"], case__isnull=False, consent__isnull=False, ground="")
                | Q(purpose="rematch", consent__isnull=True, ground="review")
                | Q(purpose="exchange", case__isnull=False, consent__isnull=False, ground="")
                | Q(purpose="exchange", consent__isnull=True, ground="review")
                | Q(purpose="opening", case__isnull=False, consent__isnull=True, ground="")
                | Q(purpose="opening", consent__isnull=True, ground="review"),
            ),
        ]


class ExchangeForm(models.TextChoices):
    """How persons stand in a list that goes to a department (名单形式)."""

    CLEAR = "clear", "证件号码"
    TOKENS = "tokens", "标识码"


class Exchange(models.Model):
    """A list of persons for a department (核对名单): by their numbers, or by tokens under a key of this list alone.

    `sealed_key`: the key of the tokens, sealed; `key_shown_on`: when it was read out to the department, once, by
    another way than the list. `answer`: the delivery the department answered with.
    """

    source = models.CharField("来源", max_length=30)
    division = models.CharField("区划", max_length=12, db_index=True)
    number = models.CharField("名单编号", max_length=24)
    form = models.CharField("名单形式", max_length=8, choices=ExchangeForm.choices)
    purpose = models.CharField("用途", max_length=200)
    persons = models.PositiveIntegerField("人数")
    made_on = models.DateField("制作日期")
    made_by = models.CharField("制作人", max_length=60)
    sealed_key = models.BinaryField("密钥", null=True)
    key_shown_on = models.DateField("密钥交付日期", null=True)
    key_shown_by = models.CharField("密钥交付人", max_length=60, blank=True)
    key_given_to = models.CharField("密钥接收人", max_length=60, blank=True)
    answer = models.ForeignKey(
        "verification.Delivery", models.PROTECT, null=True, related_name="exchanges", verbose_name="送达数据"
    )

    class Meta:
        verbose_name = verbose_name_plural = "核对名单"
        constraints = [
            models.UniqueConstraint(name="one_list_per_number", fields=["division", "number"]),
            models.CheckConstraint(name="a_list_names_somebody", condition=Q(persons__gt=0)),
            models.CheckConstraint(name="a_list_says_why", condition=Q(purpose__regex=r"\S", made_by__regex=r"\S")),
            models.CheckConstraint(
                name="only_tokens_have_a_key",
                condition=Q(form="tokens", sealed_key__isnull=False) | Q(form="clear", sealed_key__isnull=True),
            ),
            models.CheckConstraint(
                name="a_key_is_given_to_somebody",
                condition=Q(key_shown_on__isnull=True, key_shown_by="", key_given_to="")
                | Q(
                    form="tokens", key_shown_on__gte=F("made_on"), key_shown_by__regex=r"\S", key_given_to__regex=r"\S"
                ),
            ),
        ]


class ExchangePerson(models.Model):
    """A person of a list (名单人员) with the tokens he stands there by; a list by numbers has none."""

    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="rows", verbose_name="核对名单")
    person = models.ForeignKey("registry.Person", models.PROTECT, related_name="+", verbose_name="人员")
    line_no = models.PositiveIntegerField("序号")
    tokens = ArrayField(models.CharField("标识", max_length=60), default=list, verbose_name="标识码")

    class Meta:
        verbose_name = verbose_name_plural = "名单人员"
        constraints = [
            models.UniqueConstraint(name="a_list_names_a_person_once", fields=["exchange", "person"]),
            models.UniqueConstraint(name="a_list_has_one_line_per_number", fields=["exchange", "line_no"]),
        ]


class Purge(models.Model):
    """A delivery cleared after its retention (清除): who, when, why; the counts of what was emptied and the hash stay.

    `months`: how long it was to be kept by the rule of that day; `due_on`: the first day on which it may be cleared.
    """

    delivery = models.OneToOneField(
        "verification.Delivery", models.PROTECT, related_name="purge", verbose_name="送达数据"
    )
    division = models.CharField("区划", max_length=12, db_index=True)
    months = models.PositiveSmallIntegerField("保存月数")
    due_on = models.DateField("可清除日期")
    purged_on = models.DateField("清除日期")
    purged_by = models.CharField("清除人", max_length=60)
    reason = models.CharField("清除理由", max_length=200)
    records = models.PositiveIntegerField("清除的来源记录")
    rejects = models.PositiveIntegerField("清除的退回行")

    class Meta:
        verbose_name = verbose_name_plural = "清除记录"
        constraints = [
            models.CheckConstraint(name="nothing_is_cleared_before_its_day", condition=Q(purged_on__gte=F("due_on"))),
            models.CheckConstraint(
                name="a_clearing_says_why", condition=Q(reason__regex=r"\S", purged_by__regex=r"\S")
            ),
        ]
