"""代管协议和代领协议: what a household signs before its card is kept or somebody collects for it; A4, both signatures.

Before the agreement is entered it is printed with the household's particulars, the rest to be filled in by pen; after
that a fair copy carries what was entered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.registry.custody_queries import CUSTODIANS, HANDED, PROXY_REASONS, PROXY_RELATIONS, CustodyRow, ProxyRow
from opendibao.registry.queries import AccountRow, HouseholdRow, account_on, members_on, place_on
from opendibao.reporting.case_papers.dating import day
from opendibao.reporting.case_papers.folder import Places
from opendibao.reporting.case_papers.gathering import places_of
from opendibao.reporting.case_papers.letters import phones
from opendibao.reporting.case_papers.sheet import Block, Fields, Sheet, Sign, Signatures, Ticks, Words, by_pen, known
from opendibao.reporting.case_papers.typesetting import typeset

CUSTODY, PROXY = "存折、银行卡代管协议", "低保金代领协议（委托书）"
CLAUSE = "《最低生活保障审核确认办法》（民发〔2021〕57号）第二十六条"
CUSTODY_TERMS = (
    "一、甲方自愿把上面写的存折、银行卡交给乙方保管。密码由甲方自己掌握，不告诉乙方。",
    "二、存折、银行卡里的低保金是甲方家庭的。乙方不动用、不出借、不抵账、不替别人收，也不向甲方收取费用。",
    "三、甲方请乙方陪同取款或者代为取款的，每取一次都在领款登记上写明日期和金额，双方签字，钱当面交给甲方。",
    "四、甲方随时可以要回，不用说明理由；甲方要回的，乙方当面交还，由乡镇（街道）登记。",
    "五、乙方调离、不再任职的，或者甲方去世的，乙方把存折、银行卡交还甲方或者其家属，由乡镇（街道）登记。",
    "六、乡镇（街道）把本协议报县民政局备案。每年由乙方以外的人核查一次，看物品在不在，支取与甲方说的是否一致。",
    "七、本协议一式三份，甲方、乙方、乡镇（街道）各存一份。",
)
PROXY_TERMS = (
    "一、甲方委托乙方代为领取本家庭的低保金。乙方领取以后，把钱当月全部交给甲方，或者按甲方的意思用在甲方的生活上。",
    "二、低保金是甲方家庭的。乙方不留用、不出借、不抵账，也不向甲方收取费用。",
    "三、乙方交钱的日期和金额记在领款登记上，双方签字。",
    "四、甲方随时可以不再委托，告诉村（居）委会或者乡镇（街道）就行，不用说明理由。",
    "五、本协议经县民政局备案后起作用，到期或者终止后不再起作用。每年由乙方以外的人问甲方一次，钱是不是按月交到手里。",
    "六、本协议一式三份，甲方、乙方、乡镇（街道）各存一份。",
)
KINDS = "　".join(f"□{zh}" for zh in CUSTODIANS.values())
ASIDE = "甲方不识字的，由见证人念给甲方听，甲方按手印。甲方是无民事行为能力人、限制民事行为能力人的，由监护人代为签字。"


@dataclass(frozen=True)
class _Home:
    """The household as its agreement names it."""

    row: HouseholdRow
    places: Places
    head: str
    address: str
    account: AccountRow | None

    @property
    def tail(self) -> str:
        """The account's last four digits."""
        digits = "".join(sign for sign in (self.account.number if self.account else "") if sign.isdigit())
        return digits[-4:]


def _home(row: HouseholdRow, on: date) -> _Home:
    place, members = place_on(row.id, on), members_on(row.id, on)
    head = next((one.name for one in members if one.relation == "head"), "")
    places = places_of(place.division if place else row.division)
    address = place.address if place else ""
    full = address if address.startswith(places.town) else f"{places.town}{places.village}{address}"
    return _Home(row, places, head, full, account_on(row.id, on))


def custody_agreement_pdf(household: HouseholdRow, *, on: date, row: CustodyRow | None = None) -> bytes:
    """The agreement by which a card is kept (57号 第二十六条); without a row the custodian's part is for the pen."""
    home = _home(household, on)
    handed = [HANDED[row.handed]] if row else []
    blocks: list[Block] = [
        Words(["甲方（低保家庭）"], indent=False),
        _household(home, row.agreed_by if row else ""),
        Words(["乙方（代管人）"], indent=False),
        Fields([[by_pen("姓名", row.custodian if row else ""), by_pen("单位和职务", row.post if row else "", wide=14)],
                [by_pen("身份", CUSTODIANS[row.custodian_is] if row else KINDS)],
                [by_pen("为什么代管", row.reason if row else "")]]),
        Ticks("交付物品", list(HANDED.values()), handed),
        Fields([[known("开户银行", home.account.bank if home.account else "没有登记"),
                 known("账号后四位", (row.tail if row else home.tail) or "没有登记"),
                 by_pen("交付日期", day(row.handed_on) if row else "")]]),
        Words(CUSTODY_TERMS, size=12),
        Words([ASIDE], size=11),
        *_signed(home, "乙方（代管人）签字", row.custodian if row else "", row.agreed_by if row else "",
                 row.agreed_on if row else None, _filed(row)),
    ]  # fmt: skip
    return _print(home, "custody_agreement", CUSTODY, blocks, on, clause=CLAUSE)


def proxy_agreement_pdf(household: HouseholdRow, *, on: date, row: ProxyRow | None = None) -> bytes:
    """The agreement by which somebody collects for a household; without a row his part is left to the pen."""
    home = _home(household, on)
    reason = f"{PROXY_REASONS[row.reason]} {row.reason_note}".strip() if row else ""
    blocks: list[Block] = [
        Words(["甲方（低保家庭）"], indent=False),
        _household(home, row.agreed_by if row else ""),
        Words(["乙方（代领人）"], indent=False),
        Fields([[by_pen("姓名", row.name if row else ""), by_pen("身份证号", row.id_number if row else "", wide=14)],
                [by_pen("电话", row.phone if row else ""),
                 by_pen("与家庭关系", PROXY_RELATIONS[row.relation] if row else "", wide=14)],
                [by_pen("为什么代领", reason)],
                [by_pen("从哪天起", day(row.since) if row else ""),
                 by_pen("到哪天止", (day(row.until) if row.until else "长期，每年复核") if row else "")],
                [by_pen("钱打到哪里", ("乙方的账户" if row.takes_account else "甲方家庭的账户") if row else
                        "□甲方家庭的账户　□乙方的账户（监护人等确有需要的）")]]),
        Words(PROXY_TERMS, size=12),
        Words([ASIDE], size=11),
        *_signed(home, "乙方（代领人）签字", row.name if row else "", row.agreed_by if row else "",
                 row.agreed_on if row else None, _filed(row)),
    ]  # fmt: skip
    return _print(home, "proxy_agreement", PROXY, blocks, on)


def _household(home: _Home, signer: str) -> Fields:
    return Fields([[known("户主", home.head), known("户编号", home.row.number, wide=14)],
                   [by_pen("签字的家庭成员", signer), by_pen("住址", home.address, wide=14)]])  # fmt: skip


def _filed(row: CustodyRow | ProxyRow | None) -> tuple[str, str]:
    return (row.filed_by, day(row.filed_on)) if row and row.filed_on else ("", "")


def _signed(
    home: _Home, second: str, name: str, signer: str, agreed_on: date | None, filed: tuple[str, str]
) -> Sequence[Block]:
    """Both hands, the witness, and the county's note of it."""
    signed_on = day(agreed_on) if agreed_on else ""
    return (
        Signatures([Sign("甲方签字（按手印）", signer, signed_on), Sign(second, name, signed_on)]),
        Signatures([Sign("见证人签字"), Sign("县民政局备案", *filed, is_sealed=True)]),
    )


def _print(home: _Home, kind: str, title: str, blocks: Sequence[Block], on: date, clause: str = "") -> bytes:
    office = f"{home.places.county}{home.places.town}"
    asked = Words(["　".join(phones(home.places, on))], size=10, indent=False)
    sheet = Sheet(kind, title, [*blocks, asked], number="", office=office, clause=clause)
    return typeset([sheet], title=f"{home.head or home.row.number} {title}", office=office)
