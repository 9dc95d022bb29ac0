"""上报文件、回执文件、退回: kept as they went and came; what was returned goes up again only when it was put right."""

import django.db.models.deletion
from django.db import migrations, models

from opendibao.audit.walls import append_only, by_division, no_delete

KEPT = ("decision_reportingfile", "decision_receiptfile")
WALLS = """
CREATE TRIGGER only_notes BEFORE UPDATE ON decision_sentback FOR EACH ROW
  EXECUTE FUNCTION only_notes('corrected_on', 'corrected_by', 'correction');
CREATE TRIGGER said_once BEFORE UPDATE ON decision_sentback FOR EACH ROW EXECUTE FUNCTION said_once('corrected_on');

CREATE FUNCTION corrected_before_sent_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM decision_sentback b WHERE b.event_id = NEW.id AND b.corrected_on IS NULL) THEN
    RAISE EXCEPTION '上级系统退回的事项还没有改正，不能重报' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER corrected_before_sent_again BEFORE UPDATE ON decision_outboxevent FOR EACH ROW
  WHEN (OLD.sent_on IS NULL AND NEW.sent_on IS NOT NULL) EXECUTE FUNCTION corrected_before_sent_again();
"""
UNDO = """
DROP TRIGGER only_notes ON decision_sentback; DROP TRIGGER said_once ON decision_sentback;
DROP TRIGGER corrected_before_sent_again ON decision_outboxevent; DROP FUNCTION corrected_before_sent_again;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decision", "0005_beyond"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceiptFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("taken_on", models.DateField(verbose_name="接收日期")),
                ("taken_by", models.CharField(max_length=60, verbose_name="接收人")),
                ("accepted", models.PositiveIntegerField(verbose_name="接收条数")),
                ("returned", models.PositiveIntegerField(verbose_name="退回条数")),
                ("known", models.PositiveIntegerField(verbose_name="已知条数")),
            ],
            options={
                "verbose_name": "回执文件",
                "verbose_name_plural": "回执文件",
                "constraints": [models.UniqueConstraint(fields=("division", "sha256"), name="one_receipt_file_once")],
            },
        ),
        migrations.CreateModel(
            name="ReportingFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="文件名")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("layout", models.CharField(max_length=20, verbose_name="版式")),
                ("sent_on", models.DateField(verbose_name="上报日期")),
                ("sent_by", models.CharField(max_length=60, verbose_name="上报人")),
                ("events", models.PositiveIntegerField(verbose_name="事项数")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content", models.BinaryField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "上报文件",
                "verbose_name_plural": "上报文件",
                "constraints": [
                    models.UniqueConstraint(fields=("division", "name"), name="one_reporting_file_of_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("events__gt", 0), models.Q(("layout", ""), _negated=True)),
                        name="reporting_file_holds_events",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("file", models.CharField(max_length=60, verbose_name="上报文件")),
                ("returned_on", models.DateField(verbose_name="退回日期")),
                ("reason", models.CharField(max_length=120, verbose_name="退回原因")),
                ("corrected_on", models.DateField(null=True, verbose_name="改正日期")),
                ("corrected_by", models.CharField(blank=True, max_length=60, verbose_name="改正人")),
                ("correction", models.CharField(blank=True, max_length=200, verbose_name="改正情况")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="decision.outboxevent",
                        verbose_name="上报事件",
                    ),
                ),
            ],
            options={
                "verbose_name": "上报退回",
                "verbose_name_plural": "上报退回",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("corrected_on__isnull", True)),
                        fields=("event",),
                        name="one_open_return_per_event",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="returned_for_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrected_by", ""), ("corrected_on__isnull", True), ("correction", "")),
                            models.Q(
                                ("corrected_on__gte", models.F("returned_on")),
                                ("corrected_on__isnull", False),
                                models.Q(("corrected_by", ""), _negated=True),
                                models.Q(("correction", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="correction_says_what_and_who",
                    ),
                ],
            },
        ),
        *[by_division(table) for table in (*KEPT, "decision_sentback")],
        *[append_only(table) for table in KEPT],
        no_delete("decision_sentback"),
        migrations.RunSQL(WALLS, UNDO),
    ]
