"""材料: what a family signs, brings and is handed: authorisations, mandates, attachments, letters of a case."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from opendibao.intake.models.cases import Case


class AttachmentKind(models.TextChoices):
    """What an attached file shows (材料种类)."""

    CONSENT = "consent", "核对授权书"
    MANDATE = "mandate", "委托书"
    EVIDENCE = "evidence", "证明材料"
    HOME = "home", "入户照片"
    SURVEY = "survey", "签字的入户调查表"
    MINUTES = "minutes", "评议记录和表决票"
    POSTED = "posted", "公示张贴照片"
    TAKEN_DOWN = "taken_down", "公示撤下照片"
    REPLY = "reply", "复函"
    LETTER = "letter", "送达回证"
    SCAN = "scan", "归档扫描件"


class Attachment(models.Model):
    """A file of a case (附件): an image or PDF that was really opened before it was kept."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    kind = models.CharField("材料种类", max_length=12, choices=AttachmentKind.choices)
    name = models.CharField("文件名", max_length=120)
    media_type = models.CharField(
        "文件类型", max_length=20, choices=[("image/jpeg", "JPEG"), ("image/png", "PNG"), ("application/pdf", "PDF")]
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("字节数")
    kept_on = models.DateField("收取日期")
    kept_by = models.CharField("收取人", max_length=60)
    content = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        constraints = [
            models.UniqueConstraint(name="one_attachment_of_the_same_bytes", fields=["case", "kind", "sha256"]),
            models.CheckConstraint(name="attachment_is_not_empty", condition=Q(size__gt=0)),
        ]


class Consent(models.Model):
    """Signed authorisation to match (核对授权书, 57号 第九条).

    Every adult member signs; a duty-bearer outside the household signs for himself from 2026-07-01 on (社会救助法
    第四十一条). `signer` is the name on the paper; `person` is empty for somebody who is not in the registry.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents", verbose_name="案件")
    person = models.ForeignKey("registry.Person", models.PROTECT, null=True, verbose_name="人员")
    signer = models.CharField("签字人", max_length=60, blank=True)
    role = models.CharField(
        "身份", max_length=10, choices=[("member", "共同生活成员"), ("supporter", "家庭以外的义务人")], default="member"
    )
    division = models.CharField("区划", max_length=12, db_index=True)
    signed_on = models.DateField("签字日期")
    valid_until = models.DateField("有效期至", null=True)
    revoked_on = models.DateField("撤回日期", null=True)
    scope = ArrayField(models.CharField("范围", max_length=30), default=list, verbose_name="授权范围")
    paper = models.ForeignKey(Attachment, models.PROTECT, null=True, verbose_name="附件")

    class Meta:
        verbose_name = verbose_name_plural = "核对授权书"
        constraints = [
            models.UniqueConstraint(name="one_consent_per_person_and_case", fields=["case", "person"]),
            models.UniqueConstraint(
                name="one_consent_per_supporter_and_case", fields=["case", "signer"], condition=Q(role="supporter")
            ),
            models.CheckConstraint(
                name="a_consent_has_its_signer",
                condition=Q(role="member", person__isnull=False) | (Q(role="supporter") & ~Q(signer="")),
            ),
            models.CheckConstraint(
                name="a_consent_ends_after_it_begins",
                condition=(Q(valid_until__isnull=True) | Q(valid_until__gte=F("signed_on")))
                & (Q(revoked_on__isnull=True) | Q(revoked_on__gte=F("signed_on"))),
            ),
        ]


class Mandate(models.Model):
    """A written mandate to apply for somebody (委托书, 57号 第六条)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="mandate", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    helper = models.CharField("受委托人", max_length=60)
    relation = models.CharField(
        "与申请人关系",
        max_length=10,
        choices=[("relative", "亲属"), ("neighbour", "邻居"), ("village", "村社区"), ("agency", "社会组织")],
    )
    phone = models.CharField("电话", max_length=20)
    reason = models.CharField("委托原因", max_length=120)
    signed_on = models.DateField("签字日期")
    paper = models.ForeignKey(Attachment, models.PROTECT, null=True, verbose_name="附件")

    class Meta:
        verbose_name = verbose_name_plural = "委托书"
        constraints = [
            models.CheckConstraint(name="a_mandate_names_its_helper", condition=~Q(helper="") & ~Q(phone="")),
        ]


class SupplementNotice(models.Model):
    """The one notice that lists everything missing (一次性补正告知, 57号 第十条).

    A second one for the same case needs a supervisor and his reason.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="supplements", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    sequence = models.PositiveSmallIntegerField("第几次", default=1)
    items = ArrayField(models.CharField("缺的材料", max_length=120), default=list, verbose_name="缺的材料")
    told_on = models.DateField("告知日期")
    told_by = models.CharField("告知人", max_length=60)
    supervisor = models.CharField("批准人", max_length=60, blank=True)
    supervisor_reason = models.CharField("再次告知的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "补正告知"
        constraints = [
            models.UniqueConstraint(name="one_supplement_notice_a_turn", fields=["case", "sequence"]),
            models.CheckConstraint(
                name="told_once_or_with_a_supervisor",
                condition=Q(sequence=1) | (~Q(supervisor="") & ~Q(supervisor_reason="") & ~Q(supervisor=F("told_by"))),
            ),
        ]


class CaseLetter(models.Model):
    """A written notice to the family before the decision (程序文书); letters of decisions are `decision.Letter`."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters", verbose_name="案件")
    division = models.CharField("区划", max_length=12, db_index=True)
    kind = models.CharField(
        "文书种类",
        max_length=20,
        choices=[
            ("accepted", "受理通知书"),
            ("supplement", "一次性告知补正通知书"),
            ("not_accepted", "不予受理告知书"),
            ("mismatch", "核对不符告知书"),
            ("recheck", "异议复查结果告知书"),
            ("extended", "延长办理期限告知书"),
            ("hearing", "听取意见告知书"),
            ("objection", "公示异议答复书"),
            ("ended", "终止办理告知书"),
            ("low_income", "低收入家庭认定告知书"),
        ],
    )
    made_on = models.DateField("制作日期")
    made_by = models.CharField("制作人", max_length=60)
    text = models.TextField("正文")
    delivered_on = models.DateField("送达日期", null=True)
    delivered_how = models.CharField(
        "送达方式",
        max_length=10,
        blank=True,
        choices=[("counter", "当面"), ("home", "上门"), ("post", "邮寄"), ("village", "村社区转交")],
    )
    receiver = models.CharField("签收人", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "程序文书"
        constraints = [
            models.CheckConstraint(
                name="a_delivered_letter_says_how",
                condition=Q(delivered_on__isnull=True, delivered_how="", receiver="")
                | (Q(delivered_on__gte=F("made_on")) & ~Q(delivered_how="") & ~Q(receiver="")),
            ),
        ]
