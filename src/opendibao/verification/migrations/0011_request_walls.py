"""Walls of requests to other provinces: the order of states, no question without an authorisation, an answer stays."""

from django.db import migrations

from opendibao.audit.walls import append_only, by_division, no_delete, through

# what was asked of whom never changes; what becomes of it goes its way only
WAY = """
CREATE FUNCTION request_goes_its_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE signed record;
BEGIN
  IF TG_OP = 'INSERT' AND NEW.state <> 'draft' THEN
    RAISE EXCEPTION '跨省请求从待发送开始' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'UPDATE' AND OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
      ('draft', 'sent'), ('draft', 'cancelled'),
      ('sent', 'acknowledged'), ('sent', 'partly'), ('sent', 'answered'), ('sent', 'expired'), ('sent', 'cancelled'),
      ('acknowledged', 'partly'), ('acknowledged', 'answered'), ('acknowledged', 'expired'),
      ('acknowledged', 'cancelled'), ('partly', 'answered'), ('partly', 'expired'), ('partly', 'cancelled')) THEN
    RAISE EXCEPTION '跨省请求不能从%变为%', OLD.state, NEW.state USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.case_id, OLD.person_id, OLD.division, OLD.source, OLD.province, OLD.purpose,
      OLD.consent_id, OLD.authorised_until, OLD.key, OLD.made_by, OLD.made_on)
      IS DISTINCT FROM (NEW.case_id, NEW.person_id, NEW.division, NEW.source, NEW.province, NEW.purpose,
      NEW.consent_id, NEW.authorised_until, NEW.key, NEW.made_by, NEW.made_on) THEN
    RAISE EXCEPTION '跨省请求提出以后，问谁、问什么、凭什么授权不能改'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'UPDATE' AND OLD.sent_on IS NOT NULL AND (OLD.sent_on, OLD.sent_by, OLD.due_on, OLD.expires_on)
      IS DISTINCT FROM (NEW.sent_on, NEW.sent_by, NEW.due_on, NEW.expires_on) THEN
    RAISE EXCEPTION '跨省请求发出以后，日期和期限不能改' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  -- who is asked about has authorised it, the day it is made and the day it goes out
  IF TG_OP = 'INSERT' OR OLD.sent_on IS DISTINCT FROM NEW.sent_on THEN
    SELECT c.case_id, c.signed_on, c.valid_until, c.revoked_on INTO signed
      FROM intake_consent c WHERE c.id = NEW.consent_id;
    IF signed.case_id IS DISTINCT FROM NEW.case_id OR signed.signed_on > coalesce(NEW.sent_on, NEW.made_on)
        OR signed.valid_until < coalesce(NEW.sent_on, NEW.made_on)
        OR signed.revoked_on <= coalesce(NEW.sent_on, NEW.made_on) THEN
      RAISE EXCEPTION '没有有效的核对授权，不能提出或者发出跨省请求'
        USING ERRCODE = 'integrity_constraint_violation'; END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER request_goes_its_way BEFORE INSERT OR UPDATE ON verification_regionrequest
  FOR EACH ROW EXECUTE FUNCTION request_goes_its_way();

CREATE FUNCTION answer_has_its_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked record;
BEGIN
  SELECT r.state, r.sent_on, r.ended_on, r.answered_on, r.province AS province, m.direction, m.kind,
      m.province AS told_by INTO asked
    FROM verification_regionrequest r, verification_requestmessage m
    WHERE r.id = NEW.request_id AND m.id = NEW.message_id;
  IF asked.state IS NULL OR asked.state IN ('draft', 'cancelled') OR asked.answered_on IS NOT NULL THEN
    RAISE EXCEPTION '没有发出、已经撤销或者已经答全的跨省请求不收答复'
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF asked.kind <> 'answer' OR asked.told_by <> asked.province THEN
    RAISE EXCEPTION '答复要来自所问的省份' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF asked.state = 'expired' AND NOT NEW.is_late THEN
    RAISE EXCEPTION '到期以后的答复是迟到答复' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER answer_has_its_request BEFORE INSERT ON verification_requestanswer
  FOR EACH ROW EXECUTE FUNCTION answer_has_its_request();

CREATE FUNCTION weighed_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.settled_on IS NOT NULL OR to_jsonb(NEW) - ARRAY['settled_on', 'settled_by', 'note']
      <> to_jsonb(OLD) - ARRAY['settled_on', 'settled_by', 'note'] THEN
    RAISE EXCEPTION '迟到答复的计算结果和办结不能改写' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER weighed_once BEFORE UPDATE ON verification_lateanswer
  FOR EACH ROW EXECUTE FUNCTION weighed_once();
"""
UNDO = """
DROP TRIGGER request_goes_its_way ON verification_regionrequest;
DROP TRIGGER answer_has_its_request ON verification_requestanswer;
DROP TRIGGER weighed_once ON verification_lateanswer;
DROP FUNCTION request_goes_its_way(); DROP FUNCTION answer_has_its_request(); DROP FUNCTION weighed_once();
"""
PARTS = ("verification_requestattempt", "verification_requestanswer")


class Migration(migrations.Migration):
    dependencies = [("verification", "0010_requests"), ("audit", "0002_chain"), ("intake", "0006_archive")]
    operations = [
        migrations.RunSQL(WAY, UNDO),
        by_division("verification_regionrequest"),
        no_delete("verification_regionrequest"),
        by_division("verification_requestmessage"),
        append_only("verification_requestmessage"),
        *[through(table, "verification_regionrequest", "request_id") for table in PARTS],
        *[append_only(table) for table in PARTS],
        by_division("verification_lateanswer"),
        no_delete("verification_lateanswer"),
    ]
