"""一户一档的表和墙: what lies in a file is said once, a closed file takes no more, what is lent comes back once."""

import django.db.models.deletion
from django.db import migrations, models

from opendibao.audit.walls import by_division, no_delete

TABLES = ("intake_archivefile", "intake_archiveitem", "intake_archiveloan")
WALLS = """
CREATE TRIGGER only_notes BEFORE UPDATE ON intake_archiveitem FOR EACH ROW
  EXECUTE FUNCTION only_notes('withdrawn_on', 'withdrawn_reason');
CREATE TRIGGER said_once BEFORE UPDATE ON intake_archiveitem FOR EACH ROW EXECUTE FUNCTION said_once('withdrawn_on');
CREATE TRIGGER only_notes BEFORE UPDATE ON intake_archiveloan FOR EACH ROW
  EXECUTE FUNCTION only_notes('returned_on', 'returned_to');
CREATE TRIGGER said_once BEFORE UPDATE ON intake_archiveloan FOR EACH ROW EXECUTE FUNCTION said_once('returned_on');
CREATE TRIGGER only_notes BEFORE UPDATE ON intake_archivefile FOR EACH ROW EXECUTE FUNCTION
  only_notes('number', 'location', 'pages', 'checked_on', 'checked_by', 'closed_on', 'keep_until');

CREATE FUNCTION closed_archive_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM intake_archivefile f WHERE f.id = NEW.file_id AND f.closed_on IS NOT NULL) THEN
    RAISE EXCEPTION '已经归档的一卷不能再放入或抽出材料' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER closed_archive_stays BEFORE INSERT OR UPDATE ON intake_archiveitem
  FOR EACH ROW EXECUTE FUNCTION closed_archive_stays();

CREATE FUNCTION archive_closes_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_on IS NOT NULL
     AND (to_jsonb(NEW) - 'location') <> (to_jsonb(OLD) - 'location') THEN
    RAISE EXCEPTION '已经归档的一卷只能换存放位置' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF OLD.closed_on IS NULL AND NEW.closed_on IS NOT NULL THEN
    IF NEW.pages <> (SELECT coalesce(sum(i.pages), 0) FROM intake_archiveitem i
         WHERE i.file_id = NEW.id AND i.withdrawn_on IS NULL) OR NEW.pages = 0 THEN
      RAISE EXCEPTION '核对的页数和目录不一致，不能归档' USING ERRCODE = 'integrity_constraint_violation'; END IF;
    IF EXISTS (SELECT FROM intake_archiveloan l WHERE l.file_id = NEW.id AND l.returned_on IS NULL) THEN
      RAISE EXCEPTION '档案借出没有归还，不能归档' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER archive_closes_once BEFORE UPDATE ON intake_archivefile
  FOR EACH ROW EXECUTE FUNCTION archive_closes_once();
"""
UNDO = """
DROP TRIGGER only_notes ON intake_archiveitem; DROP TRIGGER said_once ON intake_archiveitem;
DROP TRIGGER only_notes ON intake_archiveloan; DROP TRIGGER said_once ON intake_archiveloan;
DROP TRIGGER only_notes ON intake_archivefile; DROP TRIGGER archive_closes_once ON intake_archivefile;
DROP TRIGGER closed_archive_stays ON intake_archiveitem;
DROP FUNCTION closed_archive_stays; DROP FUNCTION archive_closes_once;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decision", "0004_lifecycle_walls"),  # only_notes, said_once
        ("intake", "0005_online_door"),
        ("registry", "0003_known_elsewhere"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArchiveFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("volume", models.PositiveSmallIntegerField(verbose_name="卷号")),
                ("number", models.CharField(max_length=40, null=True, verbose_name="档号")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("opened_on", models.DateField(verbose_name="立档日期")),
                ("opened_by", models.CharField(max_length=60, verbose_name="立卷人")),
                ("location", models.CharField(blank=True, max_length=60, verbose_name="存放位置")),
                ("pages", models.PositiveIntegerField(default=0, verbose_name="页数")),
                ("checked_on", models.DateField(null=True, verbose_name="核对日期")),
                ("checked_by", models.CharField(blank=True, max_length=60, verbose_name="核对人")),
                ("closed_on", models.DateField(null=True, verbose_name="归档日期")),
                ("keep_until", models.DateField(null=True, verbose_name="保管期至")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archive",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
            ],
            options={
                "verbose_name": "档案",
                "verbose_name_plural": "档案",
            },
        ),
        migrations.CreateModel(
            name="ArchiveItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("sequence", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("title", models.CharField(max_length=120, verbose_name="题名")),
                ("dated_on", models.DateField(verbose_name="材料日期")),
                ("pages", models.PositiveSmallIntegerField(verbose_name="页数")),
                (
                    "form",
                    models.CharField(
                        choices=[("original", "原件"), ("copy", "复印件"), ("scan", "扫描件")],
                        max_length=8,
                        verbose_name="形式",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="材料来源")),
                ("entered_on", models.DateField(verbose_name="入卷日期")),
                ("entered_by", models.CharField(max_length=60, verbose_name="立卷人")),
                ("withdrawn_on", models.DateField(null=True, verbose_name="抽出日期")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200, verbose_name="抽出理由")),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archive_items",
                        to="intake.case",
                        verbose_name="案件",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="intake.archivefile",
                        verbose_name="档案",
                    ),
                ),
            ],
            options={
                "verbose_name": "卷内材料",
                "verbose_name_plural": "卷内材料",
            },
        ),
        migrations.CreateModel(
            name="ArchiveLoan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("borrower", models.CharField(max_length=60, verbose_name="借阅人")),
                ("unit", models.CharField(max_length=60, verbose_name="借阅单位")),
                ("purpose", models.CharField(max_length=200, verbose_name="借阅用途")),
                ("lent_on", models.DateField(verbose_name="借出日期")),
                ("lent_by", models.CharField(max_length=60, verbose_name="经办人")),
                ("due_on", models.DateField(verbose_name="应还日期")),
                ("returned_on", models.DateField(null=True, verbose_name="归还日期")),
                ("returned_to", models.CharField(blank=True, max_length=60, verbose_name="收回人")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="intake.archivefile",
                        verbose_name="档案",
                    ),
                ),
            ],
            options={
                "verbose_name": "借阅",
                "verbose_name_plural": "借阅",
            },
        ),
        migrations.AddConstraint(
            model_name="archivefile",
            constraint=models.UniqueConstraint(fields=("household", "volume"), name="one_volume_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="archivefile",
            constraint=models.UniqueConstraint(fields=("number",), name="one_archive_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="archivefile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on__isnull", True)),
                fields=("household",),
                name="one_open_archive_per_household",
            ),
        ),
        migrations.AddConstraint(
            model_name="archivefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", True), ("keep_until__isnull", True), ("number__isnull", True)),
                    models.Q(
                        ("closed_on__isnull", False),
                        ("keep_until__isnull", False),
                        ("number__isnull", False),
                        ("closed_on__gte", models.F("opened_on")),
                        ("keep_until__gt", models.F("closed_on")),
                        models.Q(("location", ""), _negated=True),
                        ("checked_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="archive_is_kept_after_closing",
            ),
        ),
        migrations.AddConstraint(
            model_name="archivefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_by", ""), ("checked_on__isnull", True)),
                    models.Q(("checked_on__isnull", False), models.Q(("checked_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="archive_checked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveitem",
            constraint=models.UniqueConstraint(fields=("file", "sequence"), name="archive_items_count_up"),
        ),
        migrations.AddConstraint(
            model_name="archiveitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("source", ""), _negated=True), ("withdrawn_on__isnull", True)),
                fields=("file", "source"),
                name="one_paper_of_a_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("pages__gt", 0), models.Q(("title", ""), _negated=True)),
                name="archive_item_has_pages",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_on__isnull", True), ("withdrawn_reason", "")),
                    models.Q(
                        ("withdrawn_on__gte", models.F("entered_on")),
                        ("withdrawn_on__isnull", False),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="withdrawn_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveloan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned_on__isnull", True)), fields=("file",), name="one_open_loan_per_file"
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveloan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_on__gte", models.F("lent_on")),
                    models.Q(
                        models.Q(("returned_on__isnull", True), ("returned_to", "")),
                        models.Q(
                            ("returned_on__gte", models.F("lent_on")),
                            ("returned_on__isnull", False),
                            models.Q(("returned_to", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                ),
                name="loan_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="archiveloan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("borrower", ""), _negated=True),
                    models.Q(("purpose", ""), _negated=True),
                    models.Q(("unit", ""), _negated=True),
                ),
                name="loan_names_who_and_why",
            ),
        ),
        *[by_division(table) for table in TABLES],
        *[no_delete(table) for table in TABLES],
        migrations.RunSQL(WALLS, UNDO),
    ]
