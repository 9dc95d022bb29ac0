"""对账单: what was sent and what became of it, the three sides, and who owns what does not agree."""

from collections.abc import Sequence
from datetime import date

from opendibao.kernel.money import in_words, yuan_said
from opendibao.payment.paper_queries import PaperRun
from opendibao.payment.reconciliation import (
    BUCKETS,
    Bucket,
    ExceptionRow,
    Reconciliation,
    ThreeWay,
    exceptions,
    reconciliation,
    three_way,
)
from opendibao.payment.recovery_queries import offset_sum
from opendibao.registry.queries import division_names
from opendibao.reporting.case_papers.dating import day, month
from opendibao.reporting.case_papers.sheet import Block, Fields, Grid, Part, Sheet, Sign, Signatures, Words, known
from opendibao.reporting.case_papers.typesetting import typeset
from opendibao.reporting.pay_papers.county_run import county_name, county_run
from opendibao.reporting.pay_papers.refusal import NoSuchRun

TITLE = "最低生活保障金发放对账单"
PARTS, BESIDE = ("paid", "differs", "returned", "in_transit", "unknown"), ("held", "foreign")
UNSENT = ("computed", "checked", "reviewed", "approved")
UNDECIDED = "待定"


def reconciliation_pdf(run_id: int, *, on: date) -> bytes:
    """《最低生活保障金发放对账单》 of a run that was sent, A4, for both to sign. Raises NoSuchRun."""
    run, _sums = county_run(run_id)
    if run.state in UNSENT:
        raise NoSuchRun("这一批还没有送银行，没有可以对的账；送银行后再打印对账单")
    county, found = county_name(run), reconciliation(run_id)
    blocks: list[Block] = [
        _head(run, county, on), Part("一、送出与结果（元）"), *_buckets(found), *_set_off(run), *_equation(found),
        Part("二、台账、财政凭证、银行对账单（元）"), *_sides(three_way(run_id)),
        *_differences(exceptions(run_id)), _signs(run),
    ]  # fmt: skip
    sheet = Sheet("reconciliation", TITLE, blocks, office=f"{county}民政局", under=_under(run))
    return typeset([sheet], title=f"{month(run.month)}{TITLE}", office=f"{county}民政局")


def _under(run: PaperRun) -> str:
    closed = f"{day(run.closed_on)}关账" if run.closed_on else "未关账，数字到打印日为止"
    return f"{month(run.month)}　{closed}"


def _head(run: PaperRun, county: str, on: date) -> Fields:
    return Fields([
        [known("填表单位", f"{county}民政局"), known("送银行", day(run.sent_on)), known("打印", day(on))],
        [known("银行文件", run.file_name, 10), known("SHA-256", run.file_sha256, 14)],
    ])  # fmt: skip


def _buckets(found: Reconciliation) -> list[Block]:
    """What was sent beside what became of it in one row of the table; held and foreign lines stand beneath it."""
    names = ("sent", *PARTS)
    heads = ("", *(f"#{BUCKETS[name]}" for name in names))
    counts = ("笔数", *(f"{found.bucket(name).lines:,}" for name in names))
    amounts = ("金额", *(yuan_said(found.bucket(name).fen) for name in names))
    beside = [known(f"{BUCKETS[name]}", _counted(found.bucket(name))) for name in BESIDE]
    return [Grid(heads, [counts, amounts], (2, 5, 5, 4, 5, 4, 4), size=9), Fields([beside])]


def _set_off(run: PaperRun) -> list[Block]:
    """What of the run goes against receivables, and so neither to the bank nor back."""
    taken = offset_sum(run.id)
    return [Fields([[known("抵扣应追缴", _counted(Bucket(taken.lines, taken.fen)))]])] if taken.lines else []


def _counted(bucket: Bucket) -> str:
    return f"{bucket.lines:,}笔　{yuan_said(bucket.fen)}元（不在已送之内）" if bucket.lines else "没有"


def _equation(found: Reconciliation) -> list[Block]:
    parts = "＋".join(yuan_said(found.bucket(name).fen) for name in PARTS)
    sign = "＝" if found.holds else "≠"
    return [Words([
        f"已送{sign}{'＋'.join(BUCKETS[name] for name in PARTS)}：{yuan_said(found.sent.fen)}{sign}{parts}",
        f"成功金额（大写）：{in_words(found.paid.fen)}",
    ], indent=False)]  # fmt: skip


def _sides(found: ThreeWay) -> list[Block]:
    """What nobody has entered yet is left empty, never printed as zero."""
    rows = []
    for side in found.rows:
        known_side = found.has_vouchers if side.key == "voucher" else found.has_statement
        figures = (yuan_said(side.other_fen), yuan_said(side.difference)) if known_side else ("", "")
        rows.append((side.zh, yuan_said(side.ledger_fen), side.other, *figures))
    lacking = [zh for has, zh in ((found.has_vouchers, "财政支付凭证"), (found.has_statement, "银行对账单")) if not has]
    said = f"{'、'.join(lacking)}还没有登记，登记后再对。" if lacking else ""
    verdict = "三方相符，差额为零。" if found.holds else said or "三方不符，差额见上，处理见下。"
    return [
        Grid(("核对", "#台账", "对方", "#对方金额", "#差额"), rows, (8, 5, 5, 5, 4), size=9),
        Words([verdict], indent=False),
    ]


def _differences(rows: Sequence[ExceptionRow]) -> list[Block]:
    part = Part("三、差异和处理")
    if not rows:
        return [part, Words(["没有差异。"], indent=False)]
    names = division_names()
    listed = [
        (str(place), row.zh, _whose(row, names), yuan_said(row.fen), row.detail, row.owner, _decision(row))
        for place, row in enumerate(rows, 1)
    ]
    waiting = sum(1 for row in rows if not row.resolution)
    counted = f"共{len(rows)}项" + (f"，其中{waiting}项待定" if waiting else "，都有责任人和处理决定")
    heads = ("#序", "差异", "家庭或单位", "#金额", "说明", "责任人", "处理决定")
    return [part, Words([f"{counted}。"], indent=False), Grid(heads, listed, (2, 4, 6, 5, 7, 4, 8), size=8)]


def _whose(row: ExceptionRow, names: dict[str, str]) -> str:
    return (
        f"{row.household} {row.head}\n{names.get(row.division, '')}" if row.household else names.get(row.division, "")
    )


def _decision(row: ExceptionRow) -> str:
    if not row.resolution:
        return UNDECIDED
    said = "；".join(word for word in (row.resolution_zh, row.note) if word)
    ended = f"，{day(row.settled_on)}了结" if row.settled_on else ""
    return f"{said}（{row.decided_by}{day(row.decided_on)}{ended}）"


def _signs(run: PaperRun) -> Signatures:
    """Both sides sign and seal: civil affairs, who pays, and finance, whose money it is; the bank where it is asked."""
    return Signatures([
        Sign("民政部门", run.maker, is_sealed=True), Sign("财政部门", run.finance, is_sealed=True),
        Sign("代发银行", is_sealed=True),
    ])  # fmt: skip
