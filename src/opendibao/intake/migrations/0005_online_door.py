"""The family's own door: it leaves an application and asks how it stands, and reaches no row by any other way.

Both functions run as the tables' owner, because who comes through the door sees no division; they hand out a receipt
number, a stage and what is missing, never a name, an id number or anything that was declared.
"""

from django.db import migrations

MOST_A_DAY, MOST_AN_HOUR, MOST_BYTES = 3, 200, 20000
RECEIVE = f"""
CREATE FUNCTION receive_online_application(
  wanted text, form_key text, place text, who text, id_no text, tel text, said jsonb, moment timestamptz
) RETURNS TABLE (receipt text, refusal text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE earlier text; today date := (moment AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('online ' || id_no, 0));
  SELECT o.number INTO earlier FROM intake_onlineapplication o
    WHERE o.id_number = id_no AND o.content->>'key' = form_key;
  IF earlier IS NOT NULL THEN RETURN QUERY SELECT earlier, ''; RETURN; END IF;
  IF NOT EXISTS (SELECT FROM registry_division d WHERE d.code = place AND d.level = 'village') THEN
    RETURN QUERY SELECT '', 'place'; RETURN; END IF;
  IF NOT id_number_is_valid(id_no) THEN RETURN QUERY SELECT '', 'id'; RETURN; END IF;
  IF octet_length(said::text) > {MOST_BYTES} THEN RETURN QUERY SELECT '', 'size'; RETURN; END IF;
  IF (SELECT count(*) FROM intake_onlineapplication o WHERE o.id_number = id_no
      AND (o.received_at AT TIME ZONE 'Asia/Shanghai')::date = today) >= {MOST_A_DAY} THEN
    RETURN QUERY SELECT '', 'day'; RETURN; END IF;
  IF (SELECT count(*) FROM intake_onlineapplication o WHERE o.received_at > moment - interval '1 hour'
      AND o.received_at <= moment) >= {MOST_AN_HOUR} THEN
    RETURN QUERY SELECT '', 'hour'; RETURN; END IF;
  INSERT INTO intake_onlineapplication
    (number, division, received_at, applicant, id_number, phone, content, answer)
    VALUES (wanted, place, moment, who, id_no, tel, said || jsonb_build_object('key', form_key), '');
  INSERT INTO audit_event (at, actor, action, subject, division, payload, previous_hash, hash)
    VALUES (moment, '网上申请', '收到网上申请', '网上申请 ' || wanted, place, '{{}}', '', '');
  RETURN QUERY SELECT wanted, '';
END $$;
"""
STANDING = """
CREATE FUNCTION standing_for_family(asked text, tail text)
RETURNS TABLE (stage text, missing text[], answer text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(c.state, CASE WHEN o.answered_on IS NULL THEN 'received' ELSE 'answered' END),
    CASE WHEN c.state = 'returned' THEN (SELECT s.items FROM intake_supplementnotice s WHERE s.case_id = c.id
      ORDER BY s.sequence DESC LIMIT 1) END,
    o.answer
  FROM intake_onlineapplication o LEFT JOIN intake_case c ON c.id = o.case_id
  WHERE o.number = asked AND right(o.id_number, 4) = tail
  UNION ALL
  SELECT c.state, CASE WHEN c.state = 'returned' THEN (SELECT s.items FROM intake_supplementnotice s
      WHERE s.case_id = c.id ORDER BY s.sequence DESC LIMIT 1) END, ''
  FROM intake_case c WHERE c.number = asked AND EXISTS (
    SELECT FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
    WHERE m.household_id = c.household_id AND upper_inf(m.recorded) AND right(p.id_number, 4) = tail)
  LIMIT 1
$$;
"""
# a letter stays as it was written, and what a family sent as it was sent: only what came of it is added
KEPT = """
CREATE FUNCTION only_these_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - TG_ARGV <> to_jsonb(OLD) - TG_ARGV THEN
    RAISE EXCEPTION '文书和网上申请的内容不能改写' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER letter_stays BEFORE UPDATE ON intake_caseletter FOR EACH ROW
  EXECUTE FUNCTION only_these_change('delivered_on', 'delivered_how', 'receiver');
CREATE TRIGGER application_stays BEFORE UPDATE ON intake_onlineapplication FOR EACH ROW
  EXECUTE FUNCTION only_these_change('case_id', 'answered_on', 'answer');
"""
UNDO = (
    "DROP TRIGGER letter_stays ON intake_caseletter; DROP TRIGGER application_stays ON intake_onlineapplication;"
    "DROP FUNCTION only_these_change();"
    "DROP FUNCTION receive_online_application(text, text, text, text, text, text, jsonb, timestamptz);"
    "DROP FUNCTION standing_for_family(text, text);"
    "DROP INDEX intake_online_by_id; DROP INDEX intake_online_by_time;"
)
INDEXES = """
CREATE INDEX intake_online_by_id ON intake_onlineapplication (id_number, received_at);
CREATE INDEX intake_online_by_time ON intake_onlineapplication (received_at);
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_lifecycle_walls"), ("registry", "0002_walls"), ("audit", "0007_one_head")]
    operations = [migrations.RunSQL(RECEIVE + STANDING + INDEXES + KEPT, UNDO)]
