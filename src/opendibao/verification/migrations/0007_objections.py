"""Explanations and re-checks, whom an answer and a link speak of, and the walls around them."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from opendibao.audit.walls import append_only, by_division, no_delete

WALLS = """
-- what was linked and why never changes; only what a person made of it does
CREATE FUNCTION only_settled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE open text[] := ARRAY['state', 'settled_by', 'settled_on', 'note'];
BEGIN
  IF to_jsonb(NEW) - open <> to_jsonb(OLD) - open THEN
    RAISE EXCEPTION '认人的依据不能改写，只能认定是不是同一人' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_settled BEFORE UPDATE ON verification_link FOR EACH ROW EXECUTE FUNCTION only_settled();

-- "not the same" may be taken back once, never rewritten
DROP TRIGGER append_only ON verification_notsameperson;
DROP TRIGGER no_truncate ON verification_notsameperson;
CREATE FUNCTION only_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.taken_back_on IS NOT NULL OR to_jsonb(NEW) - 'taken_back_on' <> to_jsonb(OLD) - 'taken_back_on' THEN
    RAISE EXCEPTION '“不是同一人”的认定不能改写，只能撤回一次' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_taken_back BEFORE UPDATE ON verification_notsameperson
  FOR EACH ROW EXECUTE FUNCTION only_taken_back();

-- an objection is answered once, and what was objected stays as it was said
CREATE FUNCTION recheck_is_settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE open text[] := ARRAY['outcome', 'settled_on', 'settled_by', 'findings', 'before', 'letter_id'];
BEGIN
  IF OLD.outcome <> '' OR to_jsonb(NEW) - open <> to_jsonb(OLD) - open THEN
    RAISE EXCEPTION '异议复查只能办结一次，异议内容不能改写' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recheck_is_settled_once BEFORE UPDATE ON verification_matchrecheck
  FOR EACH ROW EXECUTE FUNCTION recheck_is_settled_once();

-- rows that share a blind key, by the index of keys: under a policy PostgreSQL may not use it, because "overlaps" could
-- tell of rows one must not see; so the function looks itself whether the session sees the delivery
CREATE FUNCTION rows_sharing(deliveries bigint[], asked varchar[])
  RETURNS TABLE (delivery_id bigint, record_id bigint, is_keyed boolean, token varchar)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET enable_seqscan = off AS $$
  WITH seen AS (
    SELECT d.id FROM verification_delivery d
    WHERE d.id = ANY(deliveries) AND starts_with(d.division, nullif(current_setting('app.division', true), ''))),
  -- first by the index of keys, only then by delivery: the other way round compares every row with every key
  found AS MATERIALIZED (
    SELECT r.delivery_id, r.id, r.is_keyed, r.tokens FROM verification_sourcerecord r WHERE r.tokens && asked),
  returned AS MATERIALIZED (
    SELECT r.delivery_id, r.tokens FROM verification_deliveryreject r WHERE r.tokens && asked)
  SELECT r.delivery_id, r.id, r.is_keyed, t.token FROM found r CROSS JOIN LATERAL unnest(r.tokens) t(token)
  WHERE r.delivery_id IN (SELECT id FROM seen) AND t.token = ANY(asked)
  UNION ALL
  SELECT r.delivery_id, NULL, NULL, t.token FROM returned r CROSS JOIN LATERAL unnest(r.tokens) t(token)
  WHERE r.delivery_id IN (SELECT id FROM seen) AND t.token = ANY(asked)
$$;

-- what departments found and nobody has answered yet: no decision rests on it (57号 第十七、十八条); '' where nothing
CREATE FUNCTION open_matches(asked bigint) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF EXISTS (SELECT FROM verification_matchresult m WHERE m.case_id = asked AND m.outcome = 'hit'
       AND m.disposition IN ('', 'recheck')) THEN
    RETURN '还有核到的信息没有处置，不能作出决定（57号第十七条）'; END IF;
  IF EXISTS (SELECT FROM verification_matchresult m WHERE m.case_id = asked AND m.outcome = 'not_checked'
       AND m.why = 'doubtful') THEN
    RETURN '还有核到的记录没有认定是不是本人，不能作出决定（57号第十七条）'; END IF;
  IF EXISTS (SELECT FROM verification_matchrecheck r JOIN verification_matchresult m ON m.id = r.match_id
       WHERE m.case_id = asked AND r.outcome = '') THEN
    RETURN '核对异议还没有复查完，不能作出决定（57号第十八条）'; END IF;
  RETURN '';
END $$;
"""
UNDONE = """
DROP FUNCTION rows_sharing(bigint[], varchar[]);
DROP FUNCTION open_matches(bigint);
DROP TRIGGER recheck_is_settled_once ON verification_matchrecheck;
DROP FUNCTION recheck_is_settled_once();
DROP TRIGGER only_taken_back ON verification_notsameperson;
DROP FUNCTION only_taken_back();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON verification_notsameperson
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON verification_notsameperson EXECUTE FUNCTION refuse_change();
DROP TRIGGER only_settled ON verification_link;
DROP FUNCTION only_settled();
"""
CODED = """
UPDATE verification_matchresult SET reason_code = 'other' WHERE disposition <> '';
UPDATE verification_matchresult SET why = 'waiting' WHERE outcome = 'not_checked' AND why = '';
"""
KEY = {"auto_created": True, "primary_key": True, "serialize": False, "verbose_name": "ID"}


def _to(model: str, words: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(model, django.db.models.deletion.PROTECT, verbose_name=words, **more)


class Migration(migrations.Migration):
    dependencies = [("verification", "0006_delivery_walls"), ("intake", "0006_archive")]
    operations = [
        migrations.AddField(
            "link", "source", models.CharField("来源", max_length=30, default=""), preserve_default=False
        ),
        migrations.AddField(
            "link", "row_key", models.CharField("记录标识", max_length=32, default=""), preserve_default=False
        ),
        migrations.AddField("link", "row_no", models.PositiveIntegerField("行号", default=0), preserve_default=False),
        migrations.AddField("notsameperson", "taken_back_on", models.DateField("撤回日期", null=True)),
        migrations.RemoveConstraint("notsameperson", "not_same_is_said_once"),
        migrations.AddConstraint(
            "notsameperson",
            models.UniqueConstraint(
                name="not_same_is_said_once",
                fields=["person", "source", "row_key"],
                condition=Q(taken_back_on__isnull=True),
            ),
        ),
        migrations.AddConstraint(
            "notsameperson",
            models.CheckConstraint(
                name="not_same_is_taken_back_later",
                condition=Q(taken_back_on__isnull=True) | Q(taken_back_on__gte=F("said_on")),
            ),
        ),
        migrations.AddField(
            "matchresult",
            "province",
            models.CharField("省份", max_length=2, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "matchresult",
            "file",
            models.CharField("送达文件", max_length=12, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField("matchresult", "begun_on", models.DateField("开始核对日期", null=True)),
        migrations.AlterField(
            "matchresult",
            "why",
            models.CharField(
                "未核到原因",
                max_length=12,
                blank=True,
                choices=[
                    ("waiting", "等部门答复"),
                    ("no_data", "部门还没有送达数据"),
                    ("stale", "送达的数据已经过期"),
                    ("not_covered", "送达的名单不含此人"),
                    ("doubtful", "核到的记录待认定是不是本人"),
                    ("no_key", "有同名而无证件号的记录，无法核对"),
                    ("returned", "可能是此人的记录被退回，等部门重送"),
                    ("expired", "请求到期未答复"),
                    ("no_consent", "没有有效的核对授权"),
                    ("cancelled", "请求已撤销"),
                ],
            ),
        ),
        migrations.RunSQL(CODED, migrations.RunSQL.noop),
        migrations.RemoveConstraint("matchresult", "one_answer_per_person_and_source"),
        migrations.AddConstraint(
            "matchresult",
            models.UniqueConstraint(
                name="one_answer_per_person_and_source", fields=["case", "person", "source", "province"]
            ),
        ),
        migrations.AddConstraint(
            "matchresult",
            models.CheckConstraint(
                name="a_disposition_has_a_code",
                condition=Q(disposition="", reason_code="") | (~Q(disposition="") & ~Q(reason_code="")),
            ),
        ),
        migrations.AddConstraint(
            "matchresult",
            models.CheckConstraint(
                name="matching_begins_after_the_request",
                condition=Q(begun_on__isnull=True) | Q(begun_on__gte=F("requested_on")),
            ),
        ),
        migrations.CreateModel(
            "MatchExplanation",
            [
                ("id", models.BigAutoField(**KEY)),
                ("division", models.CharField("区划", max_length=12, db_index=True)),
                ("said_by", models.CharField("说明人", max_length=60)),
                ("said_on", models.DateField("说明日期")),
                ("words", models.CharField("说明内容", max_length=300)),
                ("heard_by", models.CharField("听取人", max_length=60)),
                ("match", _to("verification.matchresult", "核对结果", related_name="explanations")),
                ("paper", _to("intake.attachment", "说明材料", null=True, related_name="+")),
            ],
            options={
                "verbose_name": "家庭说明",
                "verbose_name_plural": "家庭说明",
                "constraints": [
                    models.CheckConstraint(
                        name="an_explanation_says_something",
                        condition=Q(said_by__regex=r"\S", words__regex=r"\S", heard_by__regex=r"\S"),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "MatchRecheck",
            [
                ("id", models.BigAutoField(**KEY)),
                ("division", models.CharField("区划", max_length=12, db_index=True)),
                ("objector", models.CharField("异议人", max_length=60)),
                ("objected_on", models.DateField("异议日期")),
                ("ground", models.CharField("异议理由", max_length=300)),
                ("registered_by", models.CharField("登记人", max_length=60)),
                ("due_on", models.DateField("应告知日期")),
                (
                    "outcome",
                    models.CharField(
                        "复查结果",
                        max_length=10,
                        blank=True,
                        choices=[
                            ("upheld", "维持核对结果"),
                            ("changed", "更正核对结果"),
                            ("withdrawn", "撤销核对结果"),
                        ],
                    ),
                ),
                ("settled_on", models.DateField("复查日期", null=True)),
                ("settled_by", models.CharField("复查人", max_length=60, blank=True)),
                ("findings", models.CharField("复查情况", max_length=300, blank=True)),
                ("before", models.JSONField("更正前内容", default=dict)),
                ("match", _to("verification.matchresult", "核对结果", related_name="rechecks")),
                ("paper", _to("intake.attachment", "证明材料", null=True, related_name="+")),
                ("letter", _to("intake.caseletter", "复查结果告知书", null=True, related_name="+")),
            ],
            options={
                "verbose_name": "异议复查",
                "verbose_name_plural": "异议复查",
                "constraints": [
                    models.UniqueConstraint(
                        name="one_open_recheck_of_a_match", fields=["match"], condition=Q(outcome="")
                    ),
                    models.CheckConstraint(
                        name="an_objection_says_why",
                        condition=Q(objector__regex=r"\S", ground__regex=r"\S", registered_by__regex=r"\S"),
                    ),
                    models.CheckConstraint(
                        name="recheck_is_due_after_the_objection", condition=Q(due_on__gte=F("objected_on"))
                    ),
                    models.CheckConstraint(
                        name="a_recheck_is_settled_whole",
                        condition=Q(
                            outcome="", settled_on__isnull=True, settled_by="", findings="", letter__isnull=True
                        )
                        | Q(
                            outcome__in=["upheld", "changed", "withdrawn"],
                            settled_on__gte=F("objected_on"),
                            settled_by__regex=r"\S",
                            findings__regex=r"\S",
                            letter__isnull=False,
                        ),
                    ),
                ],
            },
        ),
        by_division("verification_matchexplanation"),
        append_only("verification_matchexplanation"),
        by_division("verification_matchrecheck"),
        no_delete("verification_matchrecheck"),
        migrations.RunSQL(WALLS, UNDONE),
        no_delete("verification_notsameperson"),
    ]
