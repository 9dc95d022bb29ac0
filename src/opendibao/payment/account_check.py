"""账户预核: asks the bank before payment whether each account is the household's and can be paid to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.db import transaction

from opendibao.audit.bulk import copy_rows
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import read
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import month_text
from opendibao.payment.bank_answer import Answer, BankReturnRefused, meaning, read_answer
from opendibao.payment.bank_file import write_file
from opendibao.payment.digests import digests_of
from opendibao.payment.models import AccountAnswer, BankFile, FileKind, PayRun
from opendibao.payment.prechecks import ANSWERED, look_over
from opendibao.payment.refusal import PaymentRefused, named
from opendibao.payment.run_record import locked, note, refuse_unless_computed
from opendibao.payment.sending import SentBytes
from opendibao.payment.templates import BankTemplate, load_template
from opendibao.rulemaking.queries import pack_in_force

WHAT = "账户预核结果文件"
OK = "ok"
# a household with a supplement beside its month has one account all the same
ASKED = """
SELECT DISTINCT ON (home.number COLLATE "C") home.id, home.number, line.division, line.snapshot #>> '{account,holder}',
  line.snapshot #>> '{account,bank}', line.snapshot #>> '{account,number}'
FROM payment_payline line JOIN registry_household home ON home.id = line.household_id
WHERE line.run_id = %(run)s AND line.snapshot #>> '{account,number}' IS NOT NULL
ORDER BY home.number COLLATE "C", line.id
"""


@dataclass(frozen=True)
class _Asked:
    household_id: int
    household: str
    division: str
    holder: str
    bank: str
    account: str


@dataclass(frozen=True)
class AccountAnswersTaken:
    """How many accounts the bank answered, how many of them it refused; `is_repeat` when it was taken before."""

    count: int
    refused: int
    is_repeat: bool = False


@dataclass(frozen=True)
class AccountAnswerRow:
    """The bank's word on a household's account; `result` is ok or what the bank said, `holder` the name it knows."""

    household_id: int
    household: str
    division: str
    account: str
    holder: str
    result: str
    answered_on: date


def _asked(run: PayRun) -> list[_Asked]:
    return read(_Asked, ASKED, {"run": run.pk})


def _written(run: PayRun, form: BankTemplate, number: int, on: date, asked: Sequence[_Asked]) -> bytes:
    values = {
        "batch": _batch(run, number), "month": month_text(run.month), "sent_on": on.isoformat(), "day": f"{on:%Y%m%d}",
        "count": str(len(asked)),
    }  # fmt: skip
    rows = ((each.household, {**vars(each), "row": str(place)}) for place, each in enumerate(asked, 1))
    out = BytesIO()
    write_file(form, values, rows, out)
    return out.getvalue()


def _batch(run: PayRun, number: int) -> str:
    return f"ACCOUNTS-{run.month:%Y%m}-{number}"


def _last_file(run: PayRun) -> BankFile | None:
    return BankFile.objects.filter(run=run, kind=FileKind.ACCOUNT_CHECK).order_by("-file_no").first()


@needs(Duty.PAY)
@transaction.atomic
def account_check_bytes(run_id: int, *, on: date, at: datetime) -> SentBytes:
    """账户预核文件: the accounts of a list, for the bank to look at; while the accounts stay the same, the same file.

    Raises PaymentRefused once the list is checked, where no line has an account, or for one that cannot be written.
    """
    run = locked(run_id)
    asked = _asked(run)
    if former := _last_file(run):
        data = _written(run, load_template(former.template), former.file_no, former.handled_on, asked)
        if (prints := digests_of(data)).sha256 == former.sha256:
            return SentBytes(former.name, data, prints.sha256, prints.sm3)
    refuse_unless_computed(run, "账户预核")
    if not asked:
        raise PaymentRefused("名册里没有一户登记了银行账户，不能送账户预核，请先登记账户后重新编制")
    pay_form = load_template(pack_in_force().word("pay.bank_template", on))
    form, number = pay_form.companion("check"), former.file_no + 1 if former else 1
    data = _written(run, form, number, on, asked)
    prints, name = digests_of(data), f"{_batch(run, number)}.{form.extension}"
    BankFile.objects.create(
        run=run, division=run.division, kind=FileKind.ACCOUNT_CHECK, direction="out", template=form.name,
        file_no=number, name=name, sha256=prints.sha256, sm3=prints.sm3, handled_on=on, lines_count=len(asked),
        total_fen=0,
    )  # fmt: skip
    note(run, "送银行预核账户", at, on=on, file=name, sha256=prints.sha256, accounts=len(asked))
    return SentBytes(name, data, prints.sha256, prints.sm3)


@needs(Duty.PAY)
@transaction.atomic
def take_account_answers(run_id: int, data: bytes, *, on: date, at: datetime) -> AccountAnswersTaken:
    """收账户预核结果: whole or not at all; the same file twice changes nothing.

    The checks are asked again at once: what the bank refused is a finding, and a signature without it falls.

    Raises BankReturnRefused for a file that is damaged, that answers another list, or not each account of this one.
    """
    run, prints = locked(run_id), digests_of(data)
    if before := BankFile.objects.filter(sha256=prints.sha256).first():
        return _repeated(run, before)
    refuse_unless_computed(run, "收账户预核结果")
    check = _last_file(run)
    if check is None:
        raise PaymentRefused("还没有送出账户预核文件，不能收结果，请先下载预核文件送银行")
    form = load_template(check.template).companion("answer")
    answer = read_answer(form, data, WHAT)
    results = [(row, said, meaning(form, row, said["word"], WHAT)) for row, said in answer.rows]
    refused = sum(result != OK for _, _, result in results)
    _refuse_other_totals(answer, _batch(run, check.file_no), len(results), len(results) - refused)
    asked = {each.household: each for each in _asked(run)}
    _refuse_misfits(answer, asked)
    file = BankFile.objects.create(
        run=run, division=run.division, kind=FileKind.ACCOUNT_ANSWER, direction="in", template=form.name,
        file_no=check.file_no, name=f"{_batch(run, check.file_no)}-ANSWER.{form.extension}", sha256=prints.sha256,
        sm3=prints.sm3, handled_on=on, lines_count=len(results), total_fen=0,
    )  # fmt: skip
    _put_down(file, results, asked, on)
    look_over(run, on=on, gone=ANSWERED)
    note(run, "收账户预核结果", at, on=on, sha256=prints.sha256, accounts=len(results), refused=refused)
    return AccountAnswersTaken(len(results), refused)


def _repeated(run: PayRun, before: BankFile) -> AccountAnswersTaken:
    if before.run_id != run.pk or before.kind != FileKind.ACCOUNT_ANSWER:
        raise BankReturnRefused("这个文件以前已经收过，不是本批次的账户预核结果，请核对后重选")
    answers = AccountAnswer.objects.filter(file=before)
    return AccountAnswersTaken(answers.count(), answers.exclude(result=OK).count(), is_repeat=True)


def _refuse_other_totals(answer: Answer, batch: str, count: int, ok_count: int) -> None:
    if answer.told.get("batch", batch) != batch:
        raise BankReturnRefused(f"{WHAT}答复的是{answer.told['batch']}，最近送出的是{batch}，请向银行取它的结果")
    counted = {"count": str(count), "ok_count": str(ok_count)}
    if any(counted[key] != text for key, text in answer.told.items() if key in counted):
        raise BankReturnRefused(f"{WHAT}的户数合计与明细不符，请银行核对后重发")


def _refuse_misfits(answer: Answer, asked: Mapping[str, _Asked]) -> None:
    """Each account that was asked about is answered once, and no other."""
    seen: set[str] = set()
    for row, said in answer.rows:
        number = said["household"]
        if number not in asked or asked[number].account != said["account"]:
            raise BankReturnRefused(f"{WHAT}第{row}行：户{number}的这个账号不在送核的名单里，请银行核对后重发")
        if number in seen:
            raise BankReturnRefused(f"{WHAT}第{row}行：户{number}出现两次，请银行核对后重发")
        seen.add(number)
    if missing := [number for number in asked if number not in seen]:
        raise BankReturnRefused(f"{WHAT}没有答复这些家庭：{named(missing)}。请银行补全后重发；账户有变的请重新送核")


def _put_down(
    file: BankFile, results: Sequence[tuple[int, dict[str, str], str]], asked: Mapping[str, _Asked], on: date
) -> None:
    homes = ((asked[said["household"]], said, result) for _, said, result in results)
    copy_rows(
        "payment_accountanswer",
        ["file_id", "run_id", "household_id", "division", "account", "holder", "result", "answered_on"],
        (
            (file.pk, file.run_id, home.household_id, home.division, home.account, said["holder"],
             OK if result == OK else said["word"], on)
            for home, said, result in homes
        ),
    )  # fmt: skip


def account_answers(run_id: int) -> list[AccountAnswerRow]:
    """What the bank last said of the accounts of a run, those it refused first; empty before it answered."""
    last = BankFile.objects.filter(run=run_id, kind=FileKind.ACCOUNT_ANSWER).order_by("-pk").first()
    if last is None:
        return []
    found = AccountAnswer.objects.filter(file=last).select_related("household")
    rows = [
        AccountAnswerRow(
            each.household_id, each.household.number, each.division, each.account, each.holder, each.result,
            each.answered_on,
        )
        for each in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.result == OK, row.division, row.household))


def write_account_answers(check: bytes, refused: Mapping[str, str], *, template: str = "county-check-answer") -> bytes:
    """A bank's answer to an account check file: all fit but the refused (household number → word of the bank).

    Reads the county's own check file.
    """
    form = load_template(template)
    read_check = read_answer(load_template("county-check"), check, "账户预核文件")
    rows = [
        (said["household"], {**said, "word": refused.get(said["household"], "相符")}) for _, said in read_check.rows
    ]  # fmt: skip
    ok = sum(row["word"] == "相符" for _, row in rows)
    values = {"batch": read_check.told["batch"], "count": str(len(rows)), "ok_count": str(ok)}
    out = BytesIO()
    write_file(form, values, rows, out)
    return out.getvalue()
