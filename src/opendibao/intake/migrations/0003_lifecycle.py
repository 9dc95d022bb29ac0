"""Drafts, mandates, attachments, letters of a case, registered relatives, pauses; the procedure a case keeps."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_walls"),
        ("registry", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("consent", "核对授权书"),
                            ("mandate", "委托书"),
                            ("evidence", "证明材料"),
                            ("home", "入户照片"),
                            ("survey", "签字的入户调查表"),
                            ("minutes", "评议记录和表决票"),
                            ("posted", "公示张贴照片"),
                            ("taken_down", "公示撤下照片"),
                            ("reply", "复函"),
                            ("letter", "送达回证"),
                            ("scan", "归档扫描件"),
                        ],
                        max_length=12,
                        verbose_name="材料种类",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                (
                    "media_type",
                    models.CharField(
                        choices=[("image/jpeg", "JPEG"), ("image/png", "PNG"), ("application/pdf", "PDF")],
                        max_length=20,
                        verbose_name="文件类型",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(verbose_name="字节数")),
                ("kept_on", models.DateField(verbose_name="收取日期")),
                ("kept_by", models.CharField(max_length=60, verbose_name="收取人")),
                ("content", models.BinaryField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "附件",
                "verbose_name_plural": "附件",
            },
        ),
        migrations.CreateModel(
            name="CaseLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "kind",
                    models.CharField(
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
                        max_length=20,
                        verbose_name="文书种类",
                    ),
                ),
                ("made_on", models.DateField(verbose_name="制作日期")),
                ("made_by", models.CharField(max_length=60, verbose_name="制作人")),
                ("text", models.TextField(verbose_name="正文")),
                ("delivered_on", models.DateField(null=True, verbose_name="送达日期")),
                (
                    "delivered_how",
                    models.CharField(
                        blank=True,
                        choices=[("counter", "当面"), ("home", "上门"), ("post", "邮寄"), ("village", "村社区转交")],
                        max_length=10,
                        verbose_name="送达方式",
                    ),
                ),
                ("receiver", models.CharField(blank=True, max_length=60, verbose_name="签收人")),
            ],
            options={
                "verbose_name": "程序文书",
                "verbose_name_plural": "程序文书",
            },
        ),
        migrations.CreateModel(
            name="ClockPause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("ground", models.CharField(max_length=30, verbose_name="暂停事由")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("paused_on", models.DateField(verbose_name="暂停日期")),
                ("resumed_on", models.DateField(null=True, verbose_name="恢复日期")),
            ],
            options={
                "verbose_name": "暂停计时",
                "verbose_name_plural": "暂停计时",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("key", models.CharField(max_length=32, primary_key=True, serialize=False, verbose_name="草稿号")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("officer", models.CharField(max_length=60, verbose_name="经办人")),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="申请人")),
                ("content", models.JSONField(default=dict, verbose_name="内容")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="第几稿")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                ("dropped_at", models.DateTimeField(null=True, verbose_name="丢弃时间")),
            ],
            options={
                "verbose_name": "草稿",
                "verbose_name_plural": "草稿",
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("helper", models.CharField(max_length=60, verbose_name="受委托人")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("relative", "亲属"),
                            ("neighbour", "邻居"),
                            ("village", "村社区"),
                            ("agency", "社会组织"),
                        ],
                        max_length=10,
                        verbose_name="与申请人关系",
                    ),
                ),
                ("phone", models.CharField(max_length=20, verbose_name="电话")),
                ("reason", models.CharField(max_length=120, verbose_name="委托原因")),
                ("signed_on", models.DateField(verbose_name="签字日期")),
            ],
            options={
                "verbose_name": "委托书",
                "verbose_name_plural": "委托书",
            },
        ),
        migrations.CreateModel(
            name="OfficialRelative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("member", models.CharField(max_length=60, verbose_name="家庭成员")),
                ("official", models.CharField(max_length=60, verbose_name="工作人员")),
                ("post", models.CharField(max_length=60, verbose_name="职务")),
                ("relation", models.CharField(max_length=30, verbose_name="亲属关系")),
                ("registered_on", models.DateField(verbose_name="备案日期")),
                ("registered_by", models.CharField(max_length=60, verbose_name="备案人")),
            ],
            options={
                "verbose_name": "近亲属备案",
                "verbose_name_plural": "近亲属备案",
            },
        ),
        migrations.CreateModel(
            name="OnlineApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True, verbose_name="回执号")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("received_at", models.DateTimeField(verbose_name="收到时间")),
                ("applicant", models.CharField(max_length=60, verbose_name="申请人")),
                ("id_number", models.CharField(max_length=18, verbose_name="身份证号")),
                ("phone", models.CharField(max_length=20, verbose_name="电话")),
                ("content", models.JSONField(default=dict, verbose_name="内容")),
                ("answered_on", models.DateField(null=True, verbose_name="答复日期")),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="答复")),
            ],
            options={
                "verbose_name": "网上申请",
                "verbose_name_plural": "网上申请",
            },
        ),
        migrations.CreateModel(
            name="SupplementNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("sequence", models.PositiveSmallIntegerField(default=1, verbose_name="第几次")),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120, verbose_name="缺的材料"),
                        default=list,
                        size=None,
                        verbose_name="缺的材料",
                    ),
                ),
                ("told_on", models.DateField(verbose_name="告知日期")),
                ("told_by", models.CharField(max_length=60, verbose_name="告知人")),
                ("supervisor", models.CharField(blank=True, max_length=60, verbose_name="批准人")),
                ("supervisor_reason", models.CharField(blank=True, max_length=200, verbose_name="再次告知的理由")),
            ],
            options={
                "verbose_name": "补正告知",
                "verbose_name_plural": "补正告知",
            },
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="one_open_case_per_household",
        ),
        migrations.AddField(
            model_name="case",
            name="accepted_by",
            field=models.CharField(blank=True, max_length=60, verbose_name="受理人"),
        ),
        migrations.AddField(
            model_name="case",
            name="applicant",
            field=models.CharField(blank=True, max_length=60, verbose_name="申请人"),
        ),
        migrations.AddField(
            model_name="case",
            name="extended_on",
            field=models.DateField(null=True, verbose_name="延长日期"),
        ),
        migrations.AddField(
            model_name="case",
            name="extension_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="延长理由"),
        ),
        migrations.AddField(
            model_name="case",
            name="gates",
            field=models.JSONField(default=dict, verbose_name="程序要求"),
        ),
        migrations.AddField(
            model_name="case",
            name="procedure",
            field=models.CharField(blank=True, max_length=40, verbose_name="程序"),
        ),
        migrations.AddField(
            model_name="consent",
            name="revoked_on",
            field=models.DateField(null=True, verbose_name="撤回日期"),
        ),
        migrations.AddField(
            model_name="consent",
            name="role",
            field=models.CharField(
                choices=[("member", "共同生活成员"), ("supporter", "家庭以外的义务人")],
                default="member",
                max_length=10,
                verbose_name="身份",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="signer",
            field=models.CharField(blank=True, max_length=60, verbose_name="签字人"),
        ),
        migrations.AddField(
            model_name="consent",
            name="valid_until",
            field=models.DateField(null=True, verbose_name="有效期至"),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(
                choices=[
                    ("submitted", "已申请"),
                    ("returned", "待补正"),
                    ("accepted", "已受理"),
                    ("verified", "已核对调查"),
                    ("reviewed", "已评议"),
                    ("noticed", "公示中"),
                    ("reported", "已报县"),
                    ("confirmed", "已确认"),
                    ("refused", "不予确认"),
                    ("withdrawn", "已撤回"),
                    ("kept", "复核不变"),
                    ("not_accepted", "不予受理"),
                    ("discontinued", "终止办理"),
                ],
                default="submitted",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="registry.person", verbose_name="人员"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ["confirmed", "refused", "withdrawn", "kept", "not_accepted", "discontinued"]),
                    _negated=True,
                ),
                fields=("household",),
                name="one_open_case_per_household",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("extended_on__isnull", True), ("extension_reason", "")),
                    models.Q(
                        ("accepted_on__isnull", False),
                        ("extended_on__isnull", False),
                        models.Q(("extension_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="extended_with_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="paper",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="intake.attachment", verbose_name="附件"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "supporter")),
                fields=("case", "signer"),
                name="one_consent_per_supporter_and_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("role", "member")),
                    models.Q(("role", "supporter"), models.Q(("signer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_consent_has_its_signer",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("valid_until__isnull", True), ("valid_until__gte", models.F("signed_on")), _connector="OR"
                    ),
                    models.Q(("revoked_on__isnull", True), ("revoked_on__gte", models.F("signed_on")), _connector="OR"),
                ),
                name="a_consent_ends_after_it_begins",
            ),
        ),
        migrations.AddField(
            model_name="caseletter",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="clockpause",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pauses",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="intake.case", verbose_name="案件"
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mandate",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="paper",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="intake.attachment", verbose_name="附件"
            ),
        ),
        migrations.AddField(
            model_name="officialrelative",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="official_relatives",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddField(
            model_name="onlineapplication",
            name="case",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="intake.case", verbose_name="案件"
            ),
        ),
        migrations.AddField(
            model_name="supplementnotice",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supplements",
                to="intake.case",
                verbose_name="案件",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("case", "kind", "sha256"), name="one_attachment_of_the_same_bytes"
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="attachment_is_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="caseletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivered_how", ""), ("delivered_on__isnull", True), ("receiver", "")),
                    models.Q(
                        ("delivered_on__gte", models.F("made_on")),
                        models.Q(("delivered_how", ""), _negated=True),
                        models.Q(("receiver", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_delivered_letter_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("resumed_on__isnull", True)), fields=("case",), name="one_open_pause"
            ),
        ),
        migrations.AddConstraint(
            model_name="clockpause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resumed_on__isnull", True), ("resumed_on__gte", models.F("paused_on")), _connector="OR"
                ),
                name="resumed_after_paused",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(("case__isnull", True), ("dropped_at__isnull", True), _connector="OR"),
                name="a_filed_draft_is_not_dropped",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("helper", ""), _negated=True), models.Q(("phone", ""), _negated=True)),
                name="a_mandate_names_its_helper",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialrelative",
            constraint=models.UniqueConstraint(
                fields=("case", "member", "official"), name="one_entry_per_member_and_official"
            ),
        ),
        migrations.AddConstraint(
            model_name="onlineapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_on__isnull", True), ("case__isnull", True)),
                    models.Q(
                        ("answered_on__isnull", False),
                        models.Q(("case__isnull", False), models.Q(("answer", ""), _negated=True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="taken_over_or_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementnotice",
            constraint=models.UniqueConstraint(fields=("case", "sequence"), name="one_supplement_notice_a_turn"),
        ),
        migrations.AddConstraint(
            model_name="supplementnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sequence", 1),
                    models.Q(
                        models.Q(("supervisor", ""), _negated=True),
                        models.Q(("supervisor_reason", ""), _negated=True),
                        models.Q(("supervisor", models.F("told_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="told_once_or_with_a_supervisor",
            ),
        ),
    ]
