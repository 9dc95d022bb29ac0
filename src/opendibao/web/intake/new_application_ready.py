"""还差什么: what is still missing before an application can be handed in, and before its match can be asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opendibao.intake.completeness import papers_asked
from opendibao.intake.paper_lists import PaperKind
from opendibao.rules.holdings import MONEY_KINDS
from opendibao.web.acts_household import ACCOUNT, PHONE
from opendibao.web.intake.new_application_page import Page
from opendibao.web.intake.new_application_people import ADULT, Said
from opendibao.web.intake.new_application_reading import Reading
from opendibao.web.intake.new_application_sheet import PAPER, RELATIVE, Sheet, plain

SIGNED_HERE = ("application", "declaration", "promise")
"""Papers that are printed from this page and signed at once."""


@dataclass(frozen=True)
class Ready:
    """What is missing to file, what beyond it to send the match, what need not be filled in."""

    to_file: Sequence[Said]
    to_match: Sequence[Said]
    notes: Sequence[str]


def ready(sheet: Sheet, reading: Reading, page: Page) -> Ready:
    """What is missing, sentence by sentence, each with the field where it is filled in."""
    to_file = [
        *reading.faults,
        *_family(sheet),
        *reading.missing,
        *_how(sheet, page),
        *_account(sheet),
        *_relatives(sheet),
    ]
    if not sheet["promise"]:
        to_file.append(Said(_("还没有承诺：请申请人读过承诺再勾"), "promise"))
    asked = papers_looked_at(sheet, reading)
    unsigned = [person for person in page.signers if not person.has_signed]
    to_match = [
        Said(_("%(who)s还没有签核对授权书") % {"who": person.one.words}, person.one.row.at("signed"))
        for person in unsigned
    ]
    to_match += [
        Said(_("还没有看“%(paper)s”") % {"paper": one.zh}, PAPER + one.key)
        for one in asked
        if not sheet[PAPER + one.key]
    ]
    if not page.account_known and not sheet["number"]:
        to_match.append(Said(_("还没有收款的银行账户"), "holder"))
    return Ready(to_file, to_match, list(_notes(sheet)))


def papers_looked_at(sheet: Sheet, reading: Reading) -> list[PaperKind]:
    """The papers of this family that nobody but the officer can see, without what is signed from this page."""
    asked = papers_asked(sheet["channel"], reading.facts)
    return [one for one in asked if not one.known and one.key not in SIGNED_HERE]


def _family(sheet: Sheet) -> Iterator[Said]:
    if not sheet["division"]:
        yield Said(_("还没有选村社区"), "division")
    if not sheet["area"]:
        yield Said(_("还没有选适用标准（农村或城镇）"), "area")
    phone = plain(sheet["phone"])
    if phone and not PHONE.fullmatch(phone):
        yield Said(_("“电话”应为 7 至 20 位数字，请重填；没有就空着"), "phone")


def _how(sheet: Sheet, page: Page) -> Iterator[Said]:
    applicant = next((person for person in page.people if person.at == sheet["applicant"]), None)
    if applicant is None:
        yield Said(_("还没有选申请人"), "applicant")
    elif applicant.age is not None and applicant.age < ADULT:
        said = _("申请人%(who)s未满 %(age)s 周岁，请选成年成员，或者委托他人代办")
        yield Said(said % {"who": applicant.one.words, "age": ADULT}, "applicant")
    elif not applicant.counts:
        said = _("申请人%(who)s不计入共同生活的家庭成员，请另选一人（57号第四条）")
        yield Said(said % {"who": applicant.one.words}, "applicant")
    if not sheet["channel"]:
        yield Said(_("还没有选怎样申请的"), "channel")
    if sheet["channel"] == "helper":
        for name, words in (
            ("helper", _("受委托人姓名")), ("helper_relation", _("和申请人的关系")),
            ("helper_phone", _("受委托人电话")), ("helper_reason", _("为什么委托")),
            ("helper_signed", _("委托书签字日期")),
        ):  # fmt: skip
            if not sheet[name]:
                yield Said(_("代办的要填“%(what)s”") % {"what": words}, name)


def _account(sheet: Sheet) -> Iterator[Said]:
    typed = [name for name in ("holder", "bank", "number") if sheet[name]]
    if typed and len(typed) < 3:
        missing = next(name for name in ("holder", "bank", "number") if not sheet[name])
        yield Said(_("银行账户要填全：户名、开户银行、账号；现在没有就都空着"), missing)
    elif typed and not ACCOUNT.fullmatch(plain(sheet["number"]).replace("-", "")):
        yield Said(_("“账号”应为 8 至 30 位数字，请对照存折或银行卡重填"), "number")


def _relatives(sheet: Sheet) -> Iterator[Said]:
    for row in sheet.rows(RELATIVE):
        for name, words in (
            ("member", _("家里哪个人")), ("official", _("工作人员姓名")), ("post", _("职务")),
            ("relation", _("是他的什么人")),
        ):  # fmt: skip
            if not row[name]:
                yield Said(_("近亲属备案：还没有填“%(what)s”") % {"what": words}, row.at(name))


def _notes(sheet: Sheet) -> Iterator[str]:
    """What may stay empty, because the county finds it out by itself (社会救助法 第六十二条)."""
    if not any(sheet[kind] for kind in MONEY_KINDS):
        yield _("存款等空着：由信息核对查明")
    if not sheet["dwellings"]:
        yield _("住房空着：由不动产登记和入户调查查明")
