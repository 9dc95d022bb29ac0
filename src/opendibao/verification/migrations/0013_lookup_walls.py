"""Nobody is asked about without a right; what was asked stays on record; nothing is cleared before its day."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, no_delete, through

# 57号 第九条, 社会救助法 第四十、四十六条. Looked at a statement at a time: a county's re-match logs ten thousand rows.
# Eighteen years are 民法典 第十七条; plans are made anew because a session may have planned over an empty table.
LOOKUPS = """
CREATE FUNCTION lookup_has_a_right() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  SELECT n.person_id, n.purpose, n.asked_on INTO bad FROM new_lookups n WHERE NOT CASE
    WHEN n.consent_id IS NOT NULL THEN EXISTS (
      SELECT FROM intake_consent o JOIN intake_case c ON c.id = o.case_id JOIN registry_person p ON p.id = n.person_id
      WHERE o.id = n.consent_id AND o.case_id = n.case_id AND o.role = 'member' AND o.signed_on <= n.asked_on
        AND coalesce(o.valid_until, n.asked_on) >= n.asked_on
        AND coalesce(o.revoked_on, 'infinity') > n.asked_on
        AND (o.person_id = n.person_id OR p.born > n.asked_on - interval '18 years' AND EXISTS (
          SELECT FROM registry_membership m WHERE m.person_id = p.id AND m.household_id = c.household_id
            AND m.valid @> n.asked_on AND upper_inf(m.recorded))))
    WHEN n.ground = 'review' THEN EXISTS (
      SELECT FROM registry_membership m JOIN decision_decision d ON d.household_id = m.household_id
      WHERE m.person_id = n.person_id AND m.valid @> n.asked_on AND upper_inf(m.recorded)
        AND d.in_force @> n.asked_on AND d.voided_on IS NULL)
    ELSE EXISTS (SELECT FROM verification_matchresult r WHERE r.case_id = n.case_id AND r.person_id = n.person_id)
      OR EXISTS (
        SELECT FROM intake_case c JOIN registry_membership m ON m.household_id = c.household_id
        WHERE c.id = n.case_id AND m.person_id = n.person_id AND m.valid @> n.asked_on AND upper_inf(m.recorded))
    END LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '查询没有依据：人员 % 在%没有有效的核对授权书，也不是在保家庭成员', bad.person_id, bad.asked_on
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'lookup_has_a_right'; END IF;
  RETURN NULL;
END $$;
ALTER FUNCTION lookup_has_a_right() SET enable_nestloop = on;
ALTER FUNCTION lookup_has_a_right() SET plan_cache_mode = force_custom_plan;
CREATE TRIGGER lookup_has_a_right AFTER INSERT ON verification_lookup REFERENCING NEW TABLE AS new_lookups
  FOR EACH STATEMENT EXECUTE FUNCTION lookup_has_a_right();
"""
# a list stays as it went out: the key is handed over once, the answer comes once
EXCHANGES = """
CREATE FUNCTION exchange_goes_its_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['key_shown_on', 'key_shown_by', 'key_given_to', 'answer_id']
       <> to_jsonb(OLD) - ARRAY['key_shown_on', 'key_shown_by', 'key_given_to', 'answer_id']
     OR OLD.key_shown_on IS NOT NULL AND (OLD.key_shown_on, OLD.key_shown_by, OLD.key_given_to)
       IS DISTINCT FROM (NEW.key_shown_on, NEW.key_shown_by, NEW.key_given_to)
     OR OLD.answer_id IS NOT NULL AND OLD.answer_id IS DISTINCT FROM NEW.answer_id THEN
    RAISE EXCEPTION '核对名单%发出以后不能改，密钥只交付一次', OLD.number
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'exchange_goes_its_way'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER exchange_goes_its_way BEFORE UPDATE ON verification_exchange
  FOR EACH ROW EXECUTE FUNCTION exchange_goes_its_way();
"""
# the day is reckoned again from the delivery itself; a delivery is emptied only with its note
PURGES = """
CREATE FUNCTION purge_is_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM verification_delivery d WHERE d.id = NEW.delivery_id
      AND NEW.due_on >= (d.received_on + make_interval(months => NEW.months))::date) THEN
    RAISE EXCEPTION '送达数据 % 的保存期限还没有到', NEW.delivery_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'purge_is_due'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER purge_is_due BEFORE INSERT ON verification_purge FOR EACH ROW EXECUTE FUNCTION purge_is_due();

CREATE FUNCTION delivery_is_purged_with_a_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.purged_on IS NOT NULL AND NOT EXISTS (SELECT FROM verification_purge p
      WHERE p.delivery_id = NEW.id AND p.purged_on = NEW.purged_on) THEN
    RAISE EXCEPTION '送达数据 % 清除时没有清除记录', NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'delivery_is_purged_with_a_note'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER delivery_is_purged_with_a_note BEFORE UPDATE OF purged_on ON verification_delivery
  FOR EACH ROW EXECUTE FUNCTION delivery_is_purged_with_a_note();
"""
UNDO = """
DROP TRIGGER delivery_is_purged_with_a_note ON verification_delivery;
DROP FUNCTION delivery_is_purged_with_a_note; DROP TRIGGER purge_is_due ON verification_purge;
DROP FUNCTION purge_is_due; DROP TRIGGER exchange_goes_its_way ON verification_exchange;
DROP FUNCTION exchange_goes_its_way; DROP TRIGGER lookup_has_a_right ON verification_lookup;
DROP FUNCTION lookup_has_a_right;
"""


class Migration(migrations.Migration):
    dependencies = [("verification", "0012_lookups"), ("audit", "0002_chain")]
    operations = [
        migrations.RunSQL(LOOKUPS + EXCHANGES + PURGES, UNDO),
        by_division("verification_lookup"),
        append_only("verification_lookup"),
        by_division("verification_exchange"),
        no_delete("verification_exchange"),
        through("verification_exchangeperson", "verification_exchange", "exchange_id"),
        append_only("verification_exchangeperson"),
        by_division("verification_purge"),
        append_only("verification_purge"),
    ]
