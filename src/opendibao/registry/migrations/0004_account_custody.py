"""Account changes, proxies and kept cards: their tables, and walls that ask for two people and keep what was."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

from opendibao.audit.walls import append_only, by_division, no_delete, through

PLACED = ("registry_accountchange", "registry_proxy", "registry_custody")
KNOWN = "".join(
    f"ALTER TABLE {table} ADD CONSTRAINT {table}_known_division FOREIGN KEY (division)"
    " REFERENCES registry_division (code),"
    f" ADD CONSTRAINT {table}_in_a_village CHECK (right(division, 3) <> '000');"
    for table in PLACED
)
TRUE_ID = "ALTER TABLE registry_proxy ADD CONSTRAINT proxy_id_number_is_true CHECK (id_number_is_valid(id_number));"
# What is settled is settled, with all that belongs to it (each argument: fields that are settled together, the first
# one says whether they are); beside that only the place moves along with the household, and a proxy's end comes nearer
ONCE = """
CREATE FUNCTION settled_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before jsonb := to_jsonb(OLD); after jsonb := to_jsonb(NEW); part text; fields text[];
  others text[] := string_to_array(array_to_string(TG_ARGV, ' '), ' ');
BEGIN
  IF before - others <> after - others THEN
    RAISE EXCEPTION '“%”登记的内容不能改写，请终止后重新登记', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation'; END IF;
  FOREACH part IN ARRAY TG_ARGV LOOP
    fields := string_to_array(part, ' ');
    IF fields[1] NOT IN ('division', 'until') AND coalesce(before ->> fields[1], '') <> ''
       AND EXISTS (SELECT FROM unnest(fields) AS field WHERE before -> field IS DISTINCT FROM after -> field) THEN
      RAISE EXCEPTION '“%”已办结的不能改写', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  IF before -> 'until' IS DISTINCT FROM after -> 'until'
     AND (coalesce(before ->> 'ended_by', '') <> '' OR after ->> 'ended_by' = ''
       OR (after ->> 'until')::date > (before ->> 'until')::date) THEN
    RAISE EXCEPTION '代领的截止日期只能在终止时提前' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settled_once BEFORE UPDATE ON registry_proxy FOR EACH ROW
  EXECUTE FUNCTION settled_once('division', 'filed_by filed_on filed_note', 'until', 'ended_by end_reason');
CREATE TRIGGER settled_once BEFORE UPDATE ON registry_custody FOR EACH ROW EXECUTE FUNCTION settled_once(
  'division', 'filed_by filed_on filed_note', 'returned_on returned_to returned_by return_note');
"""
CHANGES = """
CREATE FUNCTION account_change_goes_its_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE settled text[] := ARRAY['state', 'settled_by', 'settled_on', 'how', 'spoken_with', 'called', 'risks', 'note'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'waiting' THEN
      RAISE EXCEPTION '账户变更从提出开始，不能一登记就生效' USING ERRCODE = 'integrity_constraint_violation'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.state = 'waiting' AND NEW.state = 'confirmed' AND (
    EXISTS (SELECT FROM registry_custody c WHERE c.household_id = NEW.household_id AND c.custodian = NEW.settled_by
      AND c.returned_on IS NULL)
    OR EXISTS (SELECT FROM registry_proxy p WHERE p.household_id = NEW.household_id AND p.name = NEW.settled_by
      AND coalesce(p.until >= NEW.settled_on, true))) THEN
    RAISE EXCEPTION '代管人和代领人不能核实这一户的账户变更'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'account_change_not_by_its_keeper'; END IF;
  IF OLD.state = 'waiting' AND to_jsonb(NEW) - settled - 'division' = to_jsonb(OLD) - settled - 'division'
     OR OLD.state = 'confirmed' AND OLD.account_id IS NULL AND to_jsonb(NEW) - 'account_id' = to_jsonb(OLD) - 'account_id'
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '登记和办结的账户变更不能改写' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER account_change_goes_its_way BEFORE INSERT OR UPDATE ON registry_accountchange
  FOR EACH ROW EXECUTE FUNCTION account_change_goes_its_way();
"""
# A row of an account is the household's first, or carries on the one that was closed for it at that moment, or is the
# account that another officer confirmed that day. As the owner: after a move the household's past lies out of sight.
ACCOUNTS = """
CREATE FUNCTION account_only_as_confirmed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE home text;
BEGIN
  SELECT h.number INTO home FROM new_accounts n JOIN registry_household h ON h.id = n.household_id
  WHERE EXISTS (SELECT FROM registry_bankaccount former WHERE former.household_id = n.household_id AND former.id < n.id)
    AND NOT EXISTS (SELECT FROM registry_bankaccount former
      WHERE former.household_id = n.household_id AND former.id < n.id AND upper(former.recorded) = lower(n.recorded)
        AND former.valid && n.valid
        AND (former.holder, former.bank, former.number) = (n.holder, n.bank, n.number))
    AND NOT EXISTS (SELECT FROM registry_accountchange c
      WHERE c.household_id = n.household_id AND c.state = 'confirmed'
        AND c.settled_on = (lower(n.recorded) AT TIME ZONE 'Asia/Shanghai')::date
        AND (c.holder, c.bank, c.number) = (n.holder, n.bank, n.number))
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '户%：账户变更要由一人提出、另一人核实后才生效', home
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'account_only_as_confirmed'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER account_only_as_confirmed AFTER INSERT ON registry_bankaccount REFERENCING NEW TABLE AS new_accounts
  FOR EACH STATEMENT EXECUTE FUNCTION account_only_as_confirmed();

-- how many other households of the county use an account: a township asks about its own family and learns no name
CREATE FUNCTION others_on_account(account text, home bigint) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT count(DISTINCT household_id)::int FROM registry_bankaccount
  WHERE replace(number, ' ', '') = replace(account, ' ', '') AND household_id <> home
    AND upper_inf(valid) AND upper_inf(recorded)
$$;

-- how many other households of the county have a telephone, and since when this one has it where it had another before:
-- whoever writes down a number of his own is called himself. As the owner: what was before a move lies out of sight.
CREATE FUNCTION others_on_phone(phone_of text, home bigint) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT count(DISTINCT household_id)::int FROM registry_householdplace
  WHERE phone <> '' AND regexp_replace(phone, '[^0-9]', '', 'g') = regexp_replace(phone_of, '[^0-9]', '', 'g')
    AND household_id <> home AND upper_inf(valid) AND upper_inf(recorded)
$$;
CREATE FUNCTION phone_known_since(home bigint) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT (min(lower(same.recorded)) AT TIME ZONE 'Asia/Shanghai')::date
  FROM registry_householdplace now JOIN registry_householdplace same
    ON same.household_id = now.household_id AND same.phone = now.phone
  WHERE now.household_id = home AND upper_inf(now.valid) AND upper_inf(now.recorded)
    AND EXISTS (SELECT FROM registry_householdplace other
      WHERE other.household_id = home AND other.phone <> now.phone)
$$;
"""
CHECKERS = """
CREATE FUNCTION custodian_is_not_his_checker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM registry_custody c WHERE c.id = NEW.custody_id AND c.custodian = NEW.checked_by) THEN
    RAISE EXCEPTION '代管人不能核查自己代管的银行卡'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'custodian_is_not_his_checker'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER custodian_is_not_his_checker BEFORE INSERT ON registry_custodycheck
  FOR EACH ROW EXECUTE FUNCTION custodian_is_not_his_checker();

CREATE FUNCTION proxy_is_not_his_reviewer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM registry_proxy p WHERE p.id = NEW.proxy_id AND p.name = NEW.reviewed_by) THEN
    RAISE EXCEPTION '代领人不能复核自己'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'proxy_is_not_his_reviewer'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proxy_is_not_his_reviewer BEFORE INSERT ON registry_proxyreview
  FOR EACH ROW EXECUTE FUNCTION proxy_is_not_his_reviewer();
"""
UNDO = (
    "DROP TRIGGER custodian_is_not_his_checker ON registry_custodycheck;"
    " DROP TRIGGER proxy_is_not_his_reviewer ON registry_proxyreview;"
    " DROP TRIGGER account_only_as_confirmed ON registry_bankaccount;"
    " DROP TRIGGER account_change_goes_its_way ON registry_accountchange;"
    " DROP TRIGGER settled_once ON registry_proxy; DROP TRIGGER settled_once ON registry_custody;"
    " DROP FUNCTION custodian_is_not_his_checker, proxy_is_not_his_reviewer, account_only_as_confirmed,"
    " account_change_goes_its_way, settled_once, others_on_account(text, bigint), others_on_phone(text, bigint),"
    " phone_known_since(bigint);"
    " ALTER TABLE registry_proxy DROP CONSTRAINT proxy_id_number_is_true;"
    + "".join(
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_known_division, DROP CONSTRAINT {table}_in_a_village;"
        for table in PLACED
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_known_elsewhere"),
    ]

    operations = [
        migrations.CreateModel(
            name="HouseholdPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("account", "变更账户凭据"), ("proxy", "代领协议"), ("custody", "代管协议")],
                        max_length=12,
                        verbose_name="材料种类",
                    ),
                ),
                (
                    "media_type",
                    models.CharField(
                        choices=[("image/jpeg", "照片"), ("application/pdf", "PDF文件")],
                        max_length=20,
                        verbose_name="文件类型",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(verbose_name="字节数")),
                ("kept_on", models.DateField(verbose_name="收取日期")),
                ("kept_by", models.CharField(max_length=60, verbose_name="收取人")),
                ("content", models.BinaryField(verbose_name="内容")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
            ],
            options={
                "verbose_name": "家庭书面材料",
                "verbose_name_plural": "家庭书面材料",
            },
        ),
        migrations.CreateModel(
            name="Custody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("custodian", models.CharField(max_length=60, verbose_name="代管人")),
                (
                    "custodian_is",
                    models.CharField(
                        choices=[("town", "乡镇（街道）工作人员"), ("village", "村（居）委会工作人员")],
                        max_length=10,
                        verbose_name="代管人身份",
                    ),
                ),
                ("post", models.CharField(max_length=60, verbose_name="单位和职务")),
                ("reason", models.CharField(max_length=200, verbose_name="代管原因")),
                (
                    "handed",
                    models.CharField(
                        choices=[("card", "银行卡"), ("book", "存折"), ("both", "银行卡和存折")],
                        max_length=6,
                        verbose_name="交付物品",
                    ),
                ),
                ("tail", models.CharField(max_length=4, verbose_name="账号后四位")),
                ("handed_on", models.DateField(verbose_name="交付日期")),
                ("agreed_by", models.CharField(max_length=60, verbose_name="签字的家庭成员")),
                ("agreed_on", models.DateField(verbose_name="协议日期")),
                ("made_by", models.CharField(max_length=60, verbose_name="经办人")),
                ("made_on", models.DateField(verbose_name="登记日期")),
                ("filed_by", models.CharField(blank=True, max_length=60, verbose_name="备案人")),
                ("filed_on", models.DateField(null=True, verbose_name="备案日期")),
                ("filed_note", models.CharField(blank=True, max_length=200, verbose_name="备案说明")),
                ("returned_on", models.DateField(null=True, verbose_name="归还日期")),
                ("returned_to", models.CharField(blank=True, max_length=60, verbose_name="接收的家庭成员")),
                ("returned_by", models.CharField(blank=True, max_length=60, verbose_name="归还经办人")),
                ("return_note", models.CharField(blank=True, max_length=200, verbose_name="归还说明")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custodies",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.householdpaper",
                        verbose_name="协议附件",
                    ),
                ),
            ],
            options={
                "verbose_name": "代管银行卡",
                "verbose_name_plural": "代管银行卡",
            },
        ),
        migrations.CreateModel(
            name="AccountChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("holder", models.CharField(max_length=60, verbose_name="户名")),
                ("bank", models.CharField(max_length=60, verbose_name="开户银行")),
                ("number", models.CharField(max_length=32, verbose_name="账号")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("first", "初次登记账户"),
                            ("returned", "低保金被退回"),
                            ("lost", "挂失换卡"),
                            ("closed", "原账户已销户"),
                            ("holder", "户名换人"),
                            ("bank", "换代发银行"),
                            ("mistake", "更正登记错误"),
                        ],
                        max_length=10,
                        verbose_name="变更原因",
                    ),
                ),
                ("asker", models.CharField(max_length=60, verbose_name="提出人")),
                (
                    "asker_is",
                    models.CharField(
                        choices=[("member", "家庭成员"), ("proxy", "登记的代领人"), ("bank", "代发银行")],
                        max_length=10,
                        verbose_name="提出人身份",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("window", "窗口"),
                            ("visit", "入户"),
                            ("village", "村（居）委会转来"),
                            ("bank", "银行来函"),
                        ],
                        max_length=10,
                        verbose_name="提出渠道",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("book", "存折或银行卡原件"),
                            ("copy", "存折或银行卡复印件"),
                            ("letter", "书面申请"),
                            ("slip", "银行开户回单"),
                        ],
                        max_length=10,
                        verbose_name="凭据",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="提出日期")),
                ("made_by", models.CharField(max_length=60, verbose_name="经办人")),
                ("made_on", models.DateField(verbose_name="登记日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待核实"),
                            ("confirmed", "已核实生效"),
                            ("refused", "不予变更"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("settled_by", models.CharField(blank=True, max_length=60, verbose_name="核实人")),
                ("settled_on", models.DateField(null=True, verbose_name="核实日期")),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[("telephone", "打登记电话核实"), ("book", "当面看存折或银行卡")],
                        max_length=10,
                        verbose_name="核实方式",
                    ),
                ),
                ("spoken_with", models.CharField(blank=True, max_length=60, verbose_name="核实对象")),
                ("called", models.CharField(blank=True, max_length=20, verbose_name="拨打电话")),
                (
                    "risks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("shared", "账号已是别家的"),
                                ("name", "户名不是家庭成员"),
                                ("freeze", "临近冻结名册"),
                                ("same_hand", "经办人也办过这家的案件"),
                                ("phone_new", "登记电话近期改过"),
                                ("phone_many", "登记电话与别家相同"),
                                ("proxy_only", "只问了代领人"),
                                ("kept", "银行卡正由人代管"),
                            ],
                            max_length=10,
                            verbose_name="风险点",
                        ),
                        default=list,
                        size=None,
                        verbose_name="风险点",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="核实说明")),
                (
                    "account",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change",
                        to="registry.bankaccount",
                        verbose_name="银行账户",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_changes",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.householdpaper",
                        verbose_name="凭据附件",
                    ),
                ),
            ],
            options={
                "verbose_name": "账户变更",
                "verbose_name_plural": "账户变更",
            },
        ),
        migrations.CreateModel(
            name="Proxy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("division", models.CharField(db_index=True, max_length=12, verbose_name="区划")),
                ("name", models.CharField(max_length=60, verbose_name="代领人")),
                ("id_number", models.CharField(max_length=18, verbose_name="身份证号")),
                ("phone", models.CharField(max_length=20, verbose_name="电话")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("member", "共同生活的家庭成员"),
                            ("kin", "不共同生活的亲属"),
                            ("guardian", "监护人"),
                            ("village", "村（居）委会工作人员"),
                            ("home", "养老或供养机构"),
                            ("neighbour", "邻居"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="与家庭关系",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("old", "年老行动不便"),
                            ("ill", "重病卧床"),
                            ("disabled", "残疾"),
                            ("capacity", "无民事行为能力或限制民事行为能力"),
                            ("minor", "未成年"),
                            ("away", "外出或住院"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="代领原因",
                    ),
                ),
                ("reason_note", models.CharField(blank=True, max_length=200, verbose_name="原因说明")),
                ("takes_account", models.BooleanField(default=False, verbose_name="可打入代领人账户")),
                ("agreed_by", models.CharField(max_length=60, verbose_name="签字的家庭成员")),
                ("agreed_on", models.DateField(verbose_name="协议日期")),
                ("since", models.DateField(verbose_name="开始日期")),
                ("until", models.DateField(null=True, verbose_name="截止日期")),
                ("made_by", models.CharField(max_length=60, verbose_name="经办人")),
                ("made_on", models.DateField(verbose_name="登记日期")),
                ("filed_by", models.CharField(blank=True, max_length=60, verbose_name="备案人")),
                ("filed_on", models.DateField(null=True, verbose_name="备案日期")),
                ("filed_note", models.CharField(blank=True, max_length=200, verbose_name="备案说明")),
                ("ended_by", models.CharField(blank=True, max_length=60, verbose_name="终止经办人")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="终止原因")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proxies",
                        to="registry.household",
                        verbose_name="家庭",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.householdpaper",
                        verbose_name="协议附件",
                    ),
                ),
            ],
            options={
                "verbose_name": "代领人",
                "verbose_name_plural": "代领人",
            },
        ),
        migrations.CreateModel(
            name="ProxyReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reviewed_on", models.DateField(verbose_name="复核日期")),
                ("reviewed_by", models.CharField(max_length=60, verbose_name="复核人")),
                (
                    "way",
                    models.CharField(
                        choices=[("visit", "入户"), ("telephone", "电话"), ("window", "窗口")],
                        max_length=10,
                        verbose_name="核查方式",
                    ),
                ),
                ("spoken_with", models.CharField(max_length=60, verbose_name="询问的家庭成员")),
                ("goes_on", models.BooleanField(verbose_name="继续代领")),
                ("note", models.CharField(max_length=200, verbose_name="复核情况")),
                (
                    "proxy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="registry.proxy",
                        verbose_name="代领人",
                    ),
                ),
            ],
            options={
                "verbose_name": "代领年度复核",
                "verbose_name_plural": "代领年度复核",
            },
        ),
        migrations.CreateModel(
            name="CustodyCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checked_on", models.DateField(verbose_name="核查日期")),
                ("checked_by", models.CharField(max_length=60, verbose_name="核查人")),
                (
                    "way",
                    models.CharField(
                        choices=[("visit", "入户"), ("telephone", "电话"), ("window", "窗口")],
                        max_length=10,
                        verbose_name="核查方式",
                    ),
                ),
                ("is_there", models.BooleanField(verbose_name="物品在")),
                ("is_paid_out", models.BooleanField(verbose_name="支取与家庭说的相符")),
                ("spoken_with", models.CharField(max_length=60, verbose_name="询问的家庭成员")),
                ("note", models.CharField(max_length=200, verbose_name="核查情况")),
                (
                    "custody",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="registry.custody",
                        verbose_name="代管银行卡",
                    ),
                ),
            ],
            options={
                "verbose_name": "代管年度核查",
                "verbose_name_plural": "代管年度核查",
                "constraints": [
                    models.UniqueConstraint(fields=("custody", "checked_on"), name="one_custody_check_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("note__regex", "\\S"), ("spoken_with__regex", "\\S")),
                        name="custody_check_says_what",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="householdpaper",
            constraint=models.UniqueConstraint(
                fields=("household", "kind", "sha256"), name="one_household_paper_of_the_same_bytes"
            ),
        ),
        migrations.AddConstraint(
            model_name="householdpaper",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="household_paper_is_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="custody",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned_on__isnull", True)), fields=("household",), name="one_custody_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="custody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed_by__regex", "\\S"),
                    ("custodian__regex", "\\S"),
                    ("post__regex", "\\S"),
                    ("reason__regex", "\\S"),
                ),
                name="custody_says_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="custody",
            constraint=models.CheckConstraint(
                condition=models.Q(("tail__regex", "^[0-9]{4}$")), name="custody_tail_has_four_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="custody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("handed_on__gte", models.F("agreed_on")),
                    ("made_on__gte", models.F("handed_on")),
                    models.Q(
                        ("returned_on__isnull", True), ("returned_on__gte", models.F("handed_on")), _connector="OR"
                    ),
                ),
                name="custody_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="custody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("filed_by", ""), ("filed_note", ""), ("filed_on__isnull", True)),
                    models.Q(
                        ("filed_by__regex", "\\S"),
                        ("filed_on__gte", models.F("made_on")),
                        ("filed_on__isnull", False),
                        models.Q(("filed_by", models.F("made_by")), _negated=True),
                        models.Q(("filed_by", models.F("custodian")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="custody_filed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="custody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("return_note", ""), ("returned_by", ""), ("returned_on__isnull", True), ("returned_to", "")
                    ),
                    models.Q(
                        ("returned_by__regex", "\\S"), ("returned_on__isnull", False), ("returned_to__regex", "\\S")
                    ),
                    _connector="OR",
                ),
                name="custody_returned_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")), fields=("household",), name="one_account_change_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="accountchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("asker__regex", "\\S"), ("made_by__regex", "\\S")),
                name="account_change_says_who_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence", "book"), ("paper__isnull", False), _connector="OR"),
                name="account_change_keeps_its_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("made_on__gte", models.F("asked_on")),
                    models.Q(("settled_on__isnull", True), ("settled_on__gte", models.F("made_on")), _connector="OR"),
                ),
                name="account_change_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "refused"]), _negated=True),
                    models.Q(
                        ("settled_by__regex", "\\S"), models.Q(("settled_by", models.F("made_by")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="account_change_needs_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("how", ""),
                        ("note", ""),
                        ("settled_by", ""),
                        ("settled_on__isnull", True),
                        ("spoken_with", ""),
                        ("state", "waiting"),
                    ),
                    models.Q(
                        ("how__in", ["telephone", "book"]),
                        ("settled_on__isnull", False),
                        ("spoken_with__regex", "\\S"),
                        ("state", "confirmed"),
                        models.Q(("how", "book"), ("called__regex", "\\S"), _connector="OR"),
                    ),
                    models.Q(
                        ("note__regex", "\\S"),
                        ("settled_by__regex", "\\S"),
                        ("settled_on__isnull", False),
                        ("state__in", ["refused", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="account_change_is_settled_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    ("risks__len", 0),
                    ("note__regex", "\\S"),
                    _connector="OR",
                ),
                name="risky_account_change_has_a_note",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed_by__regex", "\\S"), ("name__regex", "\\S"), ("phone__regex", "\\S")),
                name="proxy_says_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since__gte", models.F("agreed_on")),
                    models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                ),
                name="proxy_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", "other"), _negated=True), ("reason_note__regex", "\\S"), _connector="OR"
                ),
                name="proxy_other_reason_is_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("filed_by", ""), ("filed_note", ""), ("filed_on__isnull", True)),
                    models.Q(
                        ("filed_by__regex", "\\S"),
                        ("filed_on__gte", models.F("made_on")),
                        ("filed_on__isnull", False),
                        models.Q(("filed_by", models.F("made_by")), _negated=True),
                        models.Q(("filed_by", models.F("name")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="proxy_filed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_by", "")),
                    models.Q(("end_reason__regex", "\\S"), ("ended_by__regex", "\\S"), ("until__isnull", False)),
                    _connector="OR",
                ),
                name="proxy_ended_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("household", "="),
                    ("id_number", "="),
                    (
                        models.Func(
                            "since",
                            "until",
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="proxy_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="proxyreview",
            constraint=models.UniqueConstraint(fields=("proxy", "reviewed_on"), name="one_proxy_review_a_day"),
        ),
        migrations.AddConstraint(
            model_name="proxyreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("note__regex", "\\S"), ("spoken_with__regex", "\\S")), name="proxy_review_says_what"
            ),
        ),
        migrations.RunSQL(KNOWN + TRUE_ID + ONCE + CHANGES + ACCOUNTS + CHECKERS, UNDO),
        *[by_division(table) for table in PLACED],
        *[no_delete(table) for table in PLACED],
        through("registry_householdpaper", "registry_household", "household_id"),
        through("registry_proxyreview", "registry_proxy", "proxy_id"),
        through("registry_custodycheck", "registry_custody", "custody_id"),
        *[append_only(f"registry_{table}") for table in ("householdpaper", "proxyreview", "custodycheck")],
    ]
