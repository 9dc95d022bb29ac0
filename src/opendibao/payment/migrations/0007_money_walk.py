"""Money walks further: confirmations, checks, holds, answers, vouchers, statements, exceptions, levels of the budget."""

import django.db.models.deletion
from django.db import migrations, models

# Every sending so far went out with the run of its own line, a re-issue in the file of its day; a file's number ends
# its name. The guards would refuse to touch what is paid and what is noted of a file.
FILLED = """
ALTER TABLE payment_bankfile DISABLE TRIGGER append_only;
UPDATE payment_bankfile SET kind = 'result' WHERE direction = 'in';
UPDATE payment_bankfile SET file_no = substring(name from '-([0-9]+)[.]txt$')::int WHERE direction = 'out';
ALTER TABLE payment_bankfile ENABLE TRIGGER append_only;
ALTER TABLE payment_attempt DISABLE TRIGGER attempt_obeys_line;
UPDATE payment_attempt a SET run_id = l.run_id FROM payment_payline l WHERE l.id = a.line_id;
UPDATE payment_attempt a SET file_no = f.file_no FROM payment_bankfile f
WHERE a.number > 1 AND f.run_id = a.run_id AND f.direction = 'out' AND f.file_no > 1 AND f.handled_on = a.sent_on;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE payment_attempt ENABLE TRIGGER attempt_obeys_line;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payment", "0006_paid_is_not_void"),
        ("registry", "0003_known_elsewhere"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("account", models.CharField(max_length=32, verbose_name="账号")),
                ("holder", models.CharField(blank=True, max_length=60, verbose_name="银行登记户名")),
                ("result", models.CharField(max_length=12, verbose_name="结果")),
                ("answered_on", models.DateField(verbose_name="答复日期")),
            ],
            options={
                "verbose_name": "账户预核结果",
                "verbose_name_plural": "账户预核结果",
            },
        ),
        migrations.CreateModel(
            name="CheckSigned",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dead", "家中有人已故"),
                            ("other_county", "户籍或住处不在本县"),
                            ("account_missing", "没有银行账户"),
                            ("account_shared", "一个账号多户使用"),
                            ("account_refused", "银行预核账户不符"),
                            ("name_differs", "户名不是家庭成员"),
                            ("zero", "金额为零"),
                            ("over_standard", "金额超过标准的若干倍"),
                            ("account_changed", "账户刚变更"),
                        ],
                        max_length=20,
                        verbose_name="核对项",
                    ),
                ),
                ("found", models.PositiveIntegerField(verbose_name="发现")),
                ("officer", models.CharField(max_length=60, verbose_name="签认人")),
                ("signed_on", models.DateField(verbose_name="签认日期")),
            ],
            options={
                "verbose_name": "核对签认",
                "verbose_name_plural": "核对签认",
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(max_length=12, verbose_name="乡镇")),
                ("officer", models.CharField(max_length=60, verbose_name="确认人")),
                ("confirmed_on", models.DateField(verbose_name="确认日期")),
                ("lines_count", models.PositiveIntegerField(verbose_name="笔数")),
                ("total_fen", models.BigIntegerField(verbose_name="金额（分）")),
            ],
            options={
                "verbose_name": "乡镇确认",
                "verbose_name_plural": "乡镇确认",
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dead", "家中有人已故"),
                            ("other_county", "户籍或住处不在本县"),
                            ("account_missing", "没有银行账户"),
                            ("account_shared", "一个账号多户使用"),
                            ("account_refused", "银行预核账户不符"),
                            ("name_differs", "户名不是家庭成员"),
                            ("zero", "金额为零"),
                            ("over_standard", "金额超过标准的若干倍"),
                            ("account_changed", "账户刚变更"),
                        ],
                        max_length=20,
                        verbose_name="核对项",
                    ),
                ),
                ("detail", models.CharField(max_length=200, verbose_name="发现")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "待处理"), ("accepted", "核实无误"), ("held", "暂缓发放"), ("fixed", "已更正")],
                        default="",
                        max_length=10,
                        verbose_name="处理结果",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="处理说明")),
                ("officer", models.CharField(blank=True, max_length=60, verbose_name="处理人")),
                ("settled_on", models.DateField(null=True, verbose_name="处理日期")),
            ],
            options={
                "verbose_name": "核对发现",
                "verbose_name_plural": "核对发现",
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                ("reason", models.CharField(max_length=200, verbose_name="暂缓原因")),
                ("held_by", models.CharField(max_length=60, verbose_name="经办人")),
                ("held_on", models.DateField(verbose_name="暂缓日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "暂缓中"), ("released", "解除，下批发放"), ("cancelled", "不再发放")],
                        default="",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("settled_by", models.CharField(blank=True, max_length=60, verbose_name="解除人")),
                ("settled_on", models.DateField(null=True, verbose_name="解除日期")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="解除说明")),
            ],
            options={
                "verbose_name": "暂缓发放",
                "verbose_name_plural": "暂缓发放",
            },
        ),
        migrations.CreateModel(
            name="InboundLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("row", models.PositiveIntegerField(verbose_name="行")),
                ("e2e", models.CharField(max_length=60, verbose_name="端到端编号")),
                ("holder", models.CharField(blank=True, max_length=60, verbose_name="户名")),
                ("fen", models.BigIntegerField(verbose_name="金额（分）")),
                ("word", models.CharField(max_length=20, verbose_name="银行结果")),
                ("booked_on", models.DateField(null=True, verbose_name="到账日期")),
                ("reason", models.CharField(blank=True, max_length=60, verbose_name="原因")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("fits", "相符"), ("amount", "金额不符"), ("name", "户名不符"), ("foreign", "外来")],
                        max_length=12,
                        verbose_name="核对",
                    ),
                ),
            ],
            options={
                "verbose_name": "回盘明细",
                "verbose_name_plural": "回盘明细",
            },
        ),
        migrations.CreateModel(
            name="ReconException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("returned", "退回"),
                            ("differs", "金额不符"),
                            ("name", "户名不符"),
                            ("unknown", "银行未知"),
                            ("absent", "逾期未回"),
                            ("foreign", "外来流水"),
                            ("voucher", "与财政凭证不符"),
                            ("statement", "与银行对账单不符"),
                        ],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("fen", models.BigIntegerField(verbose_name="金额（分）")),
                ("detail", models.CharField(max_length=200, verbose_name="说明")),
                ("found_on", models.DateField(verbose_name="发现日期")),
                ("owner", models.CharField(blank=True, max_length=60, verbose_name="责任人")),
                (
                    "resolution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "待定"),
                            ("reissue", "更正账户，下批补发"),
                            ("bank", "请银行查明更正"),
                            ("finance", "请财政查明更正"),
                            ("stop", "不再发放，交县民政局处理"),
                            ("explained", "已查明，不影响"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="处理决定",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="处理说明")),
                ("decided_by", models.CharField(blank=True, max_length=60, verbose_name="决定人")),
                ("decided_on", models.DateField(null=True, verbose_name="决定日期")),
                ("settled_on", models.DateField(null=True, verbose_name="了结日期")),
            ],
            options={
                "verbose_name": "对账差异",
                "verbose_name_plural": "对账差异",
            },
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("row", models.PositiveIntegerField(verbose_name="行")),
                ("booked_on", models.DateField(verbose_name="记账日期")),
                (
                    "movement",
                    models.CharField(
                        choices=[("in", "财政拨入"), ("out", "付出"), ("back", "退回入账")],
                        max_length=4,
                        verbose_name="方向",
                    ),
                ),
                ("fen", models.BigIntegerField(verbose_name="金额（分）")),
                ("text", models.CharField(blank=True, max_length=100, verbose_name="摘要")),
            ],
            options={
                "verbose_name": "银行对账单明细",
                "verbose_name_plural": "银行对账单明细",
            },
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(max_length=12, verbose_name="区划")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="凭证号")),
                ("issued_on", models.DateField(verbose_name="凭证日期")),
                ("fen", models.BigIntegerField(verbose_name="金额（分）")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "不分级次"),
                            ("central", "中央"),
                            ("province", "省级"),
                            ("city", "市级"),
                            ("county", "县级"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="预算级次",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=100, verbose_name="摘要")),
                ("officer", models.CharField(max_length=60, verbose_name="登记人")),
            ],
            options={
                "verbose_name": "财政支付凭证",
                "verbose_name_plural": "财政支付凭证",
            },
        ),
        migrations.RemoveConstraint(
            model_name="attempt",
            name="one_open_or_paid_attempt",
        ),
        migrations.RemoveConstraint(
            model_name="attempt",
            name="paid_means_booked",
        ),
        migrations.AddField(
            model_name="attempt",
            name="answered_fen",
            field=models.BigIntegerField(null=True, verbose_name="银行所报金额（分）"),
        ),
        migrations.AddField(
            model_name="attempt",
            name="file_no",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="第几个文件"),
        ),
        migrations.AddField(
            model_name="attempt",
            name="run",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="payment.payrun",
                verbose_name="送出批次",
            ),
        ),
        migrations.AddField(
            model_name="bankfile",
            name="file_no",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="第几个文件"),
        ),
        migrations.AddField(
            model_name="bankfile",
            name="kind",
            field=models.CharField(
                choices=[
                    ("pay", "代发文件"),
                    ("result", "代发结果"),
                    ("account_check", "账户预核文件"),
                    ("account_answer", "账户预核结果"),
                    ("statement", "银行对账单"),
                ],
                default="pay",
                max_length=16,
                verbose_name="种类",
            ),
        ),
        migrations.AddField(
            model_name="bankfile",
            name="sm3",
            field=models.CharField(blank=True, max_length=64, verbose_name="国密 SM3"),
        ),
        migrations.AddField(
            model_name="bankfile",
            name="template",
            field=models.CharField(blank=True, max_length=40, verbose_name="模板"),
        ),
        migrations.AddField(
            model_name="ledgerleg",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "不分级次"),
                    ("central", "中央"),
                    ("province", "省级"),
                    ("city", "市级"),
                    ("county", "县级"),
                ],
                default="",
                db_default="",
                max_length=8,
                verbose_name="预算级次",
            ),
        ),
        migrations.AddField(
            model_name="ledgerleg",
            name="line",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="legs",
                to="payment.payline",
                verbose_name="发放明细",
            ),
        ),
        migrations.AddField(
            model_name="payrun",
            name="held_count",
            field=models.PositiveIntegerField(default=0, verbose_name="暂缓笔数"),
        ),
        migrations.AddField(
            model_name="payrun",
            name="held_fen",
            field=models.BigIntegerField(default=0, verbose_name="暂缓金额（分）"),
        ),
        migrations.AddField(
            model_name="payrun",
            name="second_finance",
            field=models.CharField(blank=True, max_length=60, verbose_name="财政复审人"),
        ),
        migrations.AlterField(
            model_name="attempt",
            name="state",
            field=models.CharField(
                choices=[
                    ("new", "待送"),
                    ("sent", "在途"),
                    ("paid", "成功"),
                    ("differs", "金额不符"),
                    ("returned", "退回"),
                    ("unknown", "未知"),
                ],
                max_length=10,
                verbose_name="发送状态",
            ),
        ),
        migrations.AlterField(
            model_name="ledgerleg",
            name="account",
            field=models.CharField(
                choices=[
                    ("budget", "预算指标"),
                    ("payable", "应付低保金"),
                    ("suspended", "暂停发放"),
                    ("transit", "在途"),
                    ("paid", "已付"),
                    ("returned", "退回待处理"),
                    ("to_recover", "应追缴"),
                    ("recovered", "已追回"),
                ],
                max_length=10,
                verbose_name="科目",
            ),
        ),
        migrations.AlterField(
            model_name="payrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("computed", "已计算"),
                    ("checked", "已复核"),
                    ("reviewed", "财政初审"),
                    ("approved", "财政已审"),
                    ("sent", "已出盘"),
                    ("closed", "已关账"),
                ],
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["run", "file_no", "e2e"], name="attempts_of_a_file"),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["new", "sent", "unknown", "differs", "paid"])),
                fields=("line",),
                name="one_open_or_paid_attempt",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("booked_on__isnull", False), ("state__in", ["paid", "differs"])),
                    models.Q(models.Q(("state__in", ["paid", "differs"]), _negated=True), ("booked_on__isnull", True)),
                    _connector="OR",
                ),
                name="paid_means_booked",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_fen__isnull", False),
                        ("state", "differs"),
                        models.Q(("answered_fen", models.F("amount_fen")), _negated=True),
                    ),
                    models.Q(models.Q(("state", "differs"), _negated=True), ("answered_fen__isnull", True)),
                    _connector="OR",
                ),
                name="differs_says_by_how_much",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerleg",
            constraint=models.CheckConstraint(
                condition=models.Q(("level", ""), ("account", "budget"), _connector="OR"),
                name="only_the_budget_has_levels",
            ),
        ),
        migrations.AddConstraint(
            model_name="payrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_finance", ""),
                    models.Q(
                        models.Q(("second_finance", models.F("maker")), _negated=True),
                        models.Q(("second_finance", models.F("checker")), _negated=True),
                        models.Q(("second_finance", models.F("finance")), _negated=True),
                        models.Q(("finance", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="run_second_finance_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="payrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held_count__lte", models.F("lines_count")),
                    ("held_fen__gte", 0),
                    ("held_fen__lte", models.F("total_fen")),
                ),
                name="run_holds_a_part",
            ),
        ),
        migrations.AddField(
            model_name="accountanswer",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="account_answers",
                to="payment.bankfile",
                verbose_name="银行文件",
            ),
        ),
        migrations.AddField(
            model_name="accountanswer",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.household",
                verbose_name="家庭",
            ),
        ),
        migrations.AddField(
            model_name="accountanswer",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="account_answers",
                to="payment.payrun",
                verbose_name="发放批次",
            ),
        ),
        migrations.AddField(
            model_name="checksigned",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signatures",
                to="payment.payrun",
                verbose_name="发放批次",
            ),
        ),
        migrations.AddField(
            model_name="confirmation",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmations",
                to="payment.payrun",
                verbose_name="发放批次",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.household",
                verbose_name="家庭",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="payment.payrun",
                verbose_name="发放批次",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="payment.payline",
                verbose_name="发放明细",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="payment.payrun",
                verbose_name="发放批次",
            ),
        ),
        migrations.AddField(
            model_name="inboundline",
            name="attempt",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="payment.attempt",
                verbose_name="发送",
            ),
        ),
        migrations.AddField(
            model_name="inboundline",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inbound",
                to="payment.bankfile",
                verbose_name="银行文件",
            ),
        ),
        migrations.AddField(
            model_name="inboundline",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inbound",
                to="payment.payrun",
                verbose_name="发放批次",
            ),
        ),
        migrations.AddField(
            model_name="reconexception",
            name="attempt",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptions",
                to="payment.attempt",
                verbose_name="发送",
            ),
        ),
        migrations.AddField(
            model_name="reconexception",
            name="inbound",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="payment.inboundline",
                verbose_name="回盘明细",
            ),
        ),
        migrations.AddField(
            model_name="reconexception",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptions",
                to="payment.payrun",
                verbose_name="发放批次",
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statement",
                to="payment.bankfile",
                verbose_name="银行文件",
            ),
        ),
        migrations.AddField(
            model_name="statementline",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statement",
                to="payment.payrun",
                verbose_name="发放批次",
            ),
        ),
        migrations.AddField(
            model_name="voucher",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="vouchers",
                to="payment.payrun",
                verbose_name="发放批次",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountanswer",
            constraint=models.UniqueConstraint(fields=("file", "household"), name="an_account_is_answered_once_a_file"),
        ),
        migrations.AddConstraint(
            model_name="checksigned",
            constraint=models.UniqueConstraint(fields=("run", "kind"), name="a_check_is_signed_once"),
        ),
        migrations.AddConstraint(
            model_name="checksigned",
            constraint=models.CheckConstraint(
                condition=models.Q(("officer", ""), _negated=True), name="signed_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(fields=("run", "division"), name="a_township_confirms_once"),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(("officer", ""), _negated=True), name="confirmed_by_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(fields=("run", "household", "kind"), name="a_finding_of_a_kind_once"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("officer", ""), ("outcome", ""), ("reason", ""), ("settled_on__isnull", True)),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        models.Q(("officer", ""), _negated=True),
                        ("settled_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_settled_finding_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "account_missing"), ("outcome", "accepted"), _negated=True),
                name="no_account_is_not_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")), fields=("line",), name="one_open_hold_of_a_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("held_by", ""), _negated=True)),
                name="a_hold_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("note", ""), ("outcome", ""), ("settled_by", ""), ("settled_on__isnull", True)),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("settled_by", ""), _negated=True),
                        ("settled_on__isnull", False),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_settled_hold_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "released"), _negated=True),
                    models.Q(("settled_by", models.F("held_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_hold_is_not_released_by_its_maker",
            ),
        ),
        migrations.AddConstraint(
            model_name="inboundline",
            constraint=models.UniqueConstraint(fields=("file", "row"), name="a_row_of_a_file_once"),
        ),
        migrations.AddConstraint(
            model_name="inboundline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attempt__isnull", True), ("verdict", "foreign")),
                    models.Q(models.Q(("verdict", "foreign"), _negated=True), ("attempt__isnull", False)),
                    _connector="OR",
                ),
                name="foreign_is_not_ours",
            ),
        ),
        migrations.AddConstraint(
            model_name="reconexception",
            constraint=models.UniqueConstraint(
                condition=models.Q(("attempt__isnull", False)),
                fields=("run", "attempt", "kind"),
                name="one_exception_of_a_sending",
            ),
        ),
        migrations.AddConstraint(
            model_name="reconexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", ""), ("decided_on__isnull", True), ("resolution", "")),
                    models.Q(
                        models.Q(("resolution", ""), _negated=True),
                        models.Q(("owner", ""), _negated=True),
                        models.Q(("decided_by", ""), _negated=True),
                        ("decided_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_decided_exception_has_an_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(fields=("file", "row"), name="a_statement_row_once"),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(condition=models.Q(("fen__gt", 0)), name="a_statement_line_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(("fen", 0), _negated=True), name="a_voucher_is_not_zero"
            ),
        ),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="attempt",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="payment.payrun",
                verbose_name="送出批次",
            ),
        ),
    ]
