"""Deliveries of departments, their rows sealed, links to persons, and what an answer rests on."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0006_archive"),
        ("registry", "0004_account_custody"),
        ("verification", "0004_lifecycle_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="HitLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "核对依据",
                "verbose_name_plural": "核对依据",
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("confirmed", "证件号和姓名相符"),
                            ("repaired", "证件号有误或没有，其他信息相符"),
                            ("review", "待人工认定"),
                        ],
                        max_length=10,
                        verbose_name="认人等级",
                    ),
                ),
                ("score", models.IntegerField(verbose_name="权重（百分之一）")),
                ("margin", models.IntegerField(null=True, verbose_name="领先（百分之一）")),
                ("evidence", models.JSONField(default=list, verbose_name="逐项依据")),
                ("model", models.CharField(max_length=40, verbose_name="权重版本")),
                ("linked_at", models.DateTimeField(verbose_name="关联时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("automatic", "自动认定"),
                            ("waiting", "待认定"),
                            ("same", "是同一人"),
                            ("not_same", "不是同一人"),
                        ],
                        max_length=10,
                        verbose_name="认定",
                    ),
                ),
                ("settled_by", models.CharField(blank=True, max_length=60, verbose_name="认定人")),
                ("settled_on", models.DateField(null=True, verbose_name="认定日期")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="认定说明")),
            ],
            options={
                "verbose_name": "关联",
                "verbose_name_plural": "关联",
            },
        ),
        migrations.CreateModel(
            name="NotSamePerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("source", models.CharField(max_length=30, verbose_name="来源")),
                ("row_key", models.CharField(max_length=32, verbose_name="记录标识")),
                ("said_by", models.CharField(max_length=60, verbose_name="认定人")),
                ("said_on", models.DateField(verbose_name="认定日期")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
            ],
            options={
                "verbose_name": "不是同一人",
                "verbose_name_plural": "不是同一人",
            },
        ),
        migrations.CreateModel(
            name="DeliveryReject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_no", models.PositiveIntegerField(verbose_name="行号")),
                ("field", models.CharField(max_length=30, verbose_name="字段")),
                ("reason", models.CharField(max_length=200, verbose_name="退回理由")),
                (
                    "tokens",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32, verbose_name="标识"),
                        default=list,
                        size=None,
                        verbose_name="分块标识",
                    ),
                ),
                ("sealed", models.BinaryField(verbose_name="原行")),
            ],
            options={
                "verbose_name": "送达数据退回行",
                "verbose_name_plural": "送达数据退回行",
            },
        ),
        migrations.CreateModel(
            name="SourceRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_no", models.PositiveIntegerField(verbose_name="行号")),
                ("row_key", models.CharField(max_length=32, verbose_name="记录标识")),
                (
                    "tokens",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32, verbose_name="标识"),
                        default=list,
                        size=None,
                        verbose_name="分块标识",
                    ),
                ),
                ("id_flag", models.CharField(max_length=12, verbose_name="证件号状况")),
                ("is_keyed", models.BooleanField(verbose_name="可认人")),
                ("sealed", models.BinaryField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "来源记录",
                "verbose_name_plural": "来源记录",
            },
        ),
        migrations.AddField(
            model_name="matchresult",
            name="as_of",
            field=models.DateField(null=True, verbose_name="数据截止日期"),
        ),
        migrations.AddField(
            model_name="matchresult",
            name="expires_on",
            field=models.DateField(null=True, verbose_name="有效期至"),
        ),
        migrations.AddField(
            model_name="matchresult",
            name="reason_code",
            field=models.CharField(blank=True, max_length=20, verbose_name="理由代码"),
        ),
        migrations.AddField(
            model_name="matchresult",
            name="why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("waiting", "等部门答复"),
                    ("no_data", "部门还没有送达数据"),
                    ("stale", "送达的数据已经过期"),
                    ("not_covered", "送达的名单不含此人"),
                    ("doubtful", "核到的记录待认定是不是本人"),
                    ("no_key", "有同名而无证件号的记录，无法核对"),
                    ("expired", "请求到期未答复"),
                    ("no_consent", "没有有效的核对授权"),
                ],
                max_length=12,
                verbose_name="未核到原因",
            ),
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=30, verbose_name="来源")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("department", models.CharField(max_length=60, verbose_name="部门")),
                ("legal_basis", models.CharField(max_length=200, verbose_name="法律依据")),
                ("purpose", models.CharField(max_length=200, verbose_name="用途")),
                ("authorisation", models.CharField(max_length=60, verbose_name="授权编号")),
                (
                    "covers",
                    models.CharField(
                        choices=[("register", "全部登记"), ("request", "按核对名单")],
                        max_length=10,
                        verbose_name="数据范围",
                    ),
                ),
                ("list_of", models.DateField(null=True, verbose_name="名单日期")),
                ("as_of", models.DateField(verbose_name="数据截止日期")),
                ("received_on", models.DateField(verbose_name="收到日期")),
                ("received_by", models.CharField(max_length=60, verbose_name="接收人")),
                ("file_name", models.CharField(max_length=120, verbose_name="文件名")),
                (
                    "layout",
                    models.CharField(
                        choices=[("xlsx", "Excel"), ("csv", "CSV"), ("fixed", "定长文本"), ("ndjson", "NDJSON")],
                        max_length=8,
                        verbose_name="文件格式",
                    ),
                ),
                ("encoding", models.CharField(blank=True, max_length=12, verbose_name="编码")),
                ("size", models.PositiveIntegerField(verbose_name="字节数")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("rows", models.PositiveIntegerField(verbose_name="行数")),
                ("accepted", models.PositiveIntegerField(verbose_name="入库行数")),
                ("rejected", models.PositiveIntegerField(verbose_name="退回行数")),
                ("sealed_file", models.BinaryField(verbose_name="原文件")),
                ("remarks", models.JSONField(default=list, verbose_name="读入说明")),
                (
                    "older_because",
                    models.CharField(blank=True, max_length=200, verbose_name="收下旧数据的理由"),
                ),
                ("linked_at", models.DateTimeField(null=True, verbose_name="比对时间")),
                ("purged_on", models.DateField(null=True, verbose_name="清除日期")),
            ],
            options={
                "verbose_name": "送达数据",
                "verbose_name_plural": "送达数据",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "sha256", "as_of", "list_of"),
                        name="one_delivery_of_the_same_bytes",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rows",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("accepted"), "+", models.F("rejected")
                                ),
                            )
                        ),
                        name="delivery_counts_agree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("received_on__gte", models.F("as_of"))), name="delivery_came_after_its_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authorisation__regex", "\\S"),
                            ("department__regex", "\\S"),
                            ("legal_basis__regex", "\\S"),
                            ("purpose__regex", "\\S"),
                        ),
                        name="delivery_names_its_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("covers", "register"), ("list_of__isnull", True)),
                            models.Q(("covers", "request"), ("list_of__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_list_has_its_day",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="matchresult",
            name="delivery",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="verification.delivery",
                verbose_name="送达数据",
            ),
        ),
        migrations.AddConstraint(
            model_name="matchresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), ("outcome", "not_checked"), _connector="OR"),
                name="only_the_unchecked_say_why",
            ),
        ),
        migrations.AddField(
            model_name="hitlink",
            name="match",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rows",
                to="verification.matchresult",
                verbose_name="核对结果",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="registry.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="hitlink",
            name="link",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="verification.link",
                verbose_name="关联",
            ),
        ),
        migrations.AddField(
            model_name="notsameperson",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person", verbose_name="人员"
            ),
        ),
        migrations.AddField(
            model_name="deliveryreject",
            name="delivery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rejects",
                to="verification.delivery",
                verbose_name="送达数据",
            ),
        ),
        migrations.AddField(
            model_name="sourcerecord",
            name="delivery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="verification.delivery",
                verbose_name="送达数据",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="verification.sourcerecord",
                verbose_name="来源记录",
            ),
        ),
        migrations.AddConstraint(
            model_name="hitlink",
            constraint=models.UniqueConstraint(fields=("match", "link"), name="a_row_bears_an_answer_once"),
        ),
        migrations.AddConstraint(
            model_name="notsameperson",
            constraint=models.UniqueConstraint(fields=("person", "source", "row_key"), name="not_same_is_said_once"),
        ),
        migrations.AddConstraint(
            model_name="notsameperson",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", "\\S")), name="not_same_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryreject",
            constraint=models.CheckConstraint(
                condition=models.Q(("field__regex", "\\S"), ("reason__regex", "\\S")), name="a_reject_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryreject",
            constraint=models.UniqueConstraint(fields=("delivery", "row_no"), name="one_reject_per_row"),
        ),
        migrations.AddIndex(
            model_name="deliveryreject",
            index=django.contrib.postgres.indexes.GinIndex(fields=["tokens"], name="reject_tokens"),
        ),
        migrations.AddIndex(
            model_name="sourcerecord",
            index=django.contrib.postgres.indexes.GinIndex(fields=["tokens"], name="record_tokens"),
        ),
        migrations.AddIndex(
            model_name="sourcerecord",
            index=models.Index(models.F("row_key"), name="record_row_key"),
        ),
        migrations.AddConstraint(
            model_name="sourcerecord",
            constraint=models.UniqueConstraint(fields=("delivery", "row_no"), name="one_record_per_row"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("record", "person"), name="one_link_per_record_and_person"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_by", ""),
                        ("settled_on__isnull", True),
                        ("state", "automatic"),
                        models.Q(("tier", "review"), _negated=True),
                    ),
                    models.Q(
                        ("settled_by", ""), ("settled_on__isnull", True), ("state", "waiting"), ("tier", "review")
                    ),
                    models.Q(
                        ("settled_on__isnull", False),
                        ("state__in", ["same", "not_same"]),
                        models.Q(("settled_by", ""), _negated=True),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_doubtful_link_is_settled_by_somebody",
            ),
        ),
    ]
