"""登记查验: reads what was entered for a household and says everything that is wrong with it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.kernel.ids import BadIdNumber, IdNumber, parse_id_number
from opendibao.registry.entries import AccountEntry, HouseholdEntry, MemberEntry
from opendibao.registry.models import Area, Relation

NAME_LENGTH, NUMBER_LENGTH, ADDRESS_LENGTH, PHONE_LENGTH, ACCOUNT_LENGTH = 60, 24, 120, 20, 32
AREAS, RELATIONS = frozenset(Area.values), frozenset(Relation.values)


@dataclass(frozen=True)
class CheckedMember:
    """A member whose number holds; `since` is when he belongs to the household, not before his birth."""

    id: IdNumber
    name: str
    relation: str
    since: date


@dataclass(frozen=True)
class CheckedHousehold:
    """A household without a fault of its own; `since` is the day from which all of it holds."""

    entry: HouseholdEntry
    since: date
    members: tuple[CheckedMember, ...]

    @property
    def number(self) -> str:
        """The household's number without blanks around it."""
        return self.entry.number.strip()


def text_fault(what: str, text: str, limit: int, *, may_be_empty: bool = False) -> str:
    """What is wrong with a text, "" when nothing."""
    if not text.strip() and not may_be_empty:
        return f"缺少{what}，请补填"
    return f"{what}超过{limit}个字，请缩短" if len(text.strip()) > limit else ""


def read_member(entry: MemberEntry, since: date, today: date) -> tuple[CheckedMember | None, list[str]]:
    """The checked member (None when a fault stands against him) and the faults; `today` is the day of entry."""
    faults = [text_fault("姓名", entry.name, NAME_LENGTH)]
    if entry.relation not in RELATIONS:
        faults.append(f"与户主关系“{entry.relation}”不在可选项内，请重选")
    member = None
    try:
        found = parse_id_number(entry.id_number, on=max(since, today))
        member = CheckedMember(found, entry.name.strip(), entry.relation, max(since, found.born))
    except BadIdNumber as fault:
        faults.append(str(fault))
    faults = [f"成员“{entry.name.strip() or entry.id_number}”：{fault}" for fault in faults if fault]
    return (None if faults else member), faults


def account_faults(account: AccountEntry) -> list[str]:
    """What is wrong with an account as entered."""
    found = [
        text_fault("银行账户户名", account.holder, NAME_LENGTH),
        text_fault("开户银行", account.bank, NAME_LENGTH),
        text_fault("银行账号", account.number, ACCOUNT_LENGTH),
    ]
    return [fault for fault in found if fault]


def place_faults(area: str, address: str, phone: str = "") -> list[str]:
    """What is wrong with where a household lives, its village apart."""
    found = [
        text_fault("住址", address, ADDRESS_LENGTH, may_be_empty=True),
        text_fault("电话", phone, PHONE_LENGTH, may_be_empty=True),
    ]
    if area not in AREAS:
        found.append(f"城乡“{area}”应为农村或城镇，请重选")
    return [fault for fault in found if fault]


def _head_fault(entry: HouseholdEntry) -> str:
    heads = [member.name for member in entry.members if member.relation == Relation.HEAD]
    if not entry.members:
        return "没有成员，请至少登记户主"
    if not heads:
        return "没有户主，请选定一名户主"
    return f"有{len(heads)}个户主（{'、'.join(heads)}），只能有一个，请改正" if len(heads) > 1 else ""


def read_household(entry: HouseholdEntry, since: date, today: date) -> tuple[CheckedHousehold | None, list[str]]:
    """The checked household (None when faulty) and every fault of its own, each naming household and field."""
    faults = [text_fault("户编号", entry.number, NUMBER_LENGTH), _head_fault(entry)]
    faults += place_faults(entry.area, entry.address, entry.phone)
    faults += account_faults(entry.account) if entry.account else []
    members = []
    for each in entry.members:
        member, found = read_member(each, since, today)
        faults += found
        members += [member] if member else []
    faults = [f"户{entry.number.strip() or '（无编号）'}：{fault}" for fault in faults if fault]
    return (None if faults else CheckedHousehold(entry, since, tuple(members))), faults


def doubles(households: Sequence[CheckedHousehold]) -> Iterator[str]:
    """Household numbers and persons that stand twice in one list."""
    numbers = Counter(household.number for household in households)
    yield from (f"户{number}：户编号在名单中出现{count}次，请改正" for number, count in numbers.items() if count > 1)
    first: dict[str, str] = {}
    for household in households:
        for member in household.members:
            if other := first.get(member.id.text):
                yield f"户{household.number}：成员“{member.name}”（{member.id.text}）在名单中已列在户{other}，请改正"
            first.setdefault(member.id.text, household.number)
