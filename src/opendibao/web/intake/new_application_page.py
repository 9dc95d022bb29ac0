"""申请表的页面: the four sections with every field, laid out from what is typed and what is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from opendibao.kernel.ids import mask_account
from opendibao.rules.holdings import MONEY_KINDS
from opendibao.rules.vocabulary import SUPPORTER_STATUSES
from opendibao.web.act_fields import Villages, with_blank
from opendibao.web.intake import new_application_sheet as rows
from opendibao.web.intake.new_application_answer import Computed, Standing
from opendibao.web.intake.new_application_fields import Field, fields_of, pick
from opendibao.web.intake.new_application_items import EXEMPTED, GROUPS, INCOME, MONEY, SPENDING, VEHICLE
from opendibao.web.intake.new_application_known import Known
from opendibao.web.intake.new_application_people import GRADES, LIVES, STUDY, Applicant
from opendibao.web.intake.new_application_reading import Reading
from opendibao.web.intake.new_application_sheet import Row, Sheet
from opendibao.web.intake.new_application_words import CHANNELS_OFFERED, STATUSES
from opendibao.web.labels import AREAS, DISABILITIES, MANDATE_RELATIONS, RELATIONS

MONEY_DIGITS, PHONE_LENGTH, ACCOUNT_LENGTH, ADDRESS_LENGTH, REASON_LENGTH = 16, 20, 32, 120, 300


@dataclass(frozen=True)
class Item:
    """A row of fields under its name."""

    id: str
    words: str
    fields: Sequence[Field]
    kind: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody on the page with his fields, his income and spending, and whether he counts."""

    one: Applicant
    fields: Sequence[Field]
    health: Sequence[Field]
    is_ill: bool
    income: Sequence[Item]
    spending: Sequence[Item]
    standing: Standing | None
    age: int | None
    has_signed: bool
    must_sign: bool

    @property
    def at(self) -> str:
        """The row's id: a template would take `row.id` for a field of the row."""
        return self.one.row.id

    @property
    def counts(self) -> bool:
        """Whether he is in, as far as the rules can say yet."""
        return self.standing is None or self.standing.is_in

    @property
    def has_health(self) -> bool:
        """Whether anything is said of disability or illness."""
        return self.is_ill or any(field.value for field in self.health)


@dataclass(frozen=True)
class Kinds:
    """The kinds of one heading of the law: (code, words) each."""

    words: str
    kinds: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """All that stands on the page."""

    where: Sequence[Field]
    how: Sequence[Field]
    helper: Sequence[Field]
    is_helped: bool
    people: Sequence[Person]
    supporters: Sequence[Item]
    money: Sequence[Field]
    things: Sequence[Field]
    vehicles: Sequence[Item]
    exempt: Sequence[Item]
    account: Sequence[Field]
    account_known: str
    reason: Field
    relatives: Sequence[Item]
    has_promised: bool

    @property
    def title(self) -> str:
        """What the page is called: by the head, else by the first person."""
        head = next((person.one.name for person in self.people if person.one.relation == "head"), "")
        return _("%(who)s 家") % {"who": head} if head else _("新的家庭")

    @cached_property
    def by_name(self) -> dict[str, tuple[str, Field]]:
        """Every field with whose it is, by its name."""
        found: list[tuple[str, Sequence[Field]]] = [
            ("", [*self.where, *self.how, *self.helper, *self.money, *self.things, *self.account, self.reason])
        ]
        for person in self.people:
            found.append((person.one.words, [*person.fields, *person.health]))
            found += [(f"{person.one.words} {item.words}", item.fields) for item in (*person.income, *person.spending)]
        found += [
            (item.words, item.fields) for item in (*self.supporters, *self.vehicles, *self.exempt, *self.relatives)
        ]
        return {field.name: (whose, field) for whose, fields in found for field in fields}

    @property
    def income_kinds(self) -> list[Kinds]:
        """What can be added as income, by the headings of the law."""
        return [
            Kinds(words, [(code, str(kind.words)) for code, kind in INCOME.items() if kind.group == group])
            for group, words in GROUPS.items()
        ]

    @property
    def spending_kinds(self) -> list[tuple[str, str]]:
        """What can be added as spending."""
        return [(code, str(kind.words)) for code, kind in SPENDING.items()]

    @property
    def signers(self) -> list[Person]:
        """Who signs the authorisation."""
        return [person for person in self.people if person.must_sign]

    @property
    def signers_mark(self) -> str:
        """Changes when somebody else must sign, or is called differently."""
        return "|".join(f"{person.one.row.id}:{person.one.words}" for person in self.signers)


@dataclass(frozen=True)
class _Laying:
    """What every part of the page is made from."""

    sheet: Sheet
    known: Known
    reading: Reading
    faults: Mapping[str, str]
    villages: Villages
    on: date

    def field(self, name: str, words: str, **more: object) -> Field:
        return Field(name, words, self.sheet[name], fault=self.faults.get(name, ""), **more)  # type: ignore[arg-type]

    def cell(self, row: Row, name: str, words: str, **more: object) -> Field:
        at = row.at(name)
        return Field(at, words, row[name], fault=self.faults.get(at, ""), **more)  # type: ignore[arg-type]

    def names(self) -> list[tuple[str, str]]:
        return [(one.row.id, one.words) for one in self.reading.people]


def page_of(sheet: Sheet, known: Known, reading: Reading, answer: Computed | str, villages: Villages, on: date) -> Page:
    """The page for what is typed; a field that is wrong carries what is wrong."""
    faults = {said.name: said.words for said in reversed(reading.faults) if said.name}
    laying = _Laying(sheet, known, reading, faults, villages, on)
    standings = answer.standings if isinstance(answer, Computed) else {}
    return Page(
        where=_where(laying), how=_how(laying), helper=_helper(laying), is_helped=sheet["channel"] == "helper",
        people=[_person(laying, one, standings.get(one.row.id)) for one in reading.people],
        supporters=[_supporter(laying, row) for row in sheet.rows(rows.SUPPORTER)],
        money=[laying.field(kind, MONEY[kind], kind="money", most=MONEY_DIGITS) for kind in MONEY_KINDS],
        things=[
            laying.field("dwellings", _("住房（套）"), kind="count", most=4, hint=_("没有填 0")),
            laying.field("companies", _("名下公司、店铺（个）"), kind="count", most=4, hint=_("没有就空着")),
        ],
        vehicles=_items(laying, rows.VEHICLE, _("车辆"), VEHICLE),
        exempt=_items(laying, rows.EXEMPT, _("可以不计的钱"), EXEMPTED),
        account=_account(laying), account_known=_account_known(known),
        reason=laying.field("reason", _("家里遇到什么困难"), kind="lines", most=REASON_LENGTH,
                            hint=_("如生病、残疾、上学、失去劳力（选填）")),
        relatives=[_relative(laying, row) for row in sheet.rows(rows.RELATIVE)],
        has_promised=bool(sheet["promise"]),
    )  # fmt: skip


def _where(laying: _Laying) -> list[Field]:
    place = laying.known.place
    villages = with_blank(list(laying.villages))
    return [
        laying.field(
            "division", _("村社区"), kind="pick", options=villages, **_was(place.division if place else None, villages)
        ),
        laying.field(
            "area", _("适用标准"), kind="pick", options=pick(AREAS), **_was(place.area if place else None, pick(AREAS))
        ),
        laying.field("address", _("住址"), most=ADDRESS_LENGTH, **_was(place.address if place else None)),
        laying.field("phone", _("电话"), most=PHONE_LENGTH, **_was(place.phone if place else None)),
    ]


def _was(value: str | None, options: Sequence[tuple[str, object]] = ()) -> dict[str, object]:
    """What the registry says of a field, in words; nothing where it says nothing."""
    if value is None:
        return {}
    flat = dict(pair for pair in _flat(options))
    return {"was_value": value, "was": flat.get(value, value) or _("没有登记")}


def _flat(options: Sequence[tuple[str, object]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for value, words in options:
        found += list(words) if isinstance(words, list | tuple) else [(value, str(words))]
    return found


def _how(laying: _Laying) -> list[Field]:
    return [
        laying.field("applicant", _("申请人"), kind="pick", options=with_blank(laying.names())),
        laying.field("channel", _("怎样申请的"), kind="pick", options=pick(CHANNELS_OFFERED)),
    ]


def _helper(laying: _Laying) -> list[Field]:
    return [
        laying.field("helper", _("受委托人姓名")),
        laying.field("helper_relation", _("和申请人的关系"), kind="pick", options=pick(MANDATE_RELATIONS)),
        laying.field("helper_phone", _("受委托人电话"), most=PHONE_LENGTH),
        laying.field("helper_reason", _("为什么委托"), most=ADDRESS_LENGTH),
        laying.field("helper_signed", _("委托书签字日期"), kind="day"),
    ]


def _person(laying: _Laying, one: Applicant, standing: Standing | None) -> Person:
    row = one.row
    typed = [] if one.registered else [
        laying.cell(row, "name", _("姓名")),
        laying.cell(row, "id", _("身份证号"), kind="id", most=24, hint=_("出生和性别由它得出")),
    ]  # fmt: skip
    was = one.registered.relation if one.registered else None
    chosen = [
        laying.cell(
            row, "relation", _("与户主关系"), kind="pick", options=pick(RELATIONS), **_was(was, pick(RELATIONS))
        ),
        laying.cell(row, "lives", _("怎样生活"), kind="pick", options=pick(LIVES, blank=False)),
        laying.cell(row, "study", _("在读"), kind="pick", options=pick(STUDY, blank=False)),
    ]
    health = [
        laying.cell(row, "disability", _("残疾类别"), kind="pick", options=[("", _("没有")), *DISABILITIES.items()]),
        laying.cell(row, "grade", _("残疾等级"), kind="pick",
                    options=[("", _("没有")), *((grade, _("%(n)s 级") % {"n": grade}) for grade in GRADES)]),
    ]  # fmt: skip
    must_sign = not one.is_minor(laying.on) and (standing is None or standing.is_in)
    return Person(
        one, [*typed, *chosen], health, bool(row["ill"]), _own(laying, one, rows.INCOME),
        _own(laying, one, rows.SPENDING),
        standing, one.age(laying.on), bool(row["signed"]), must_sign,
    )  # fmt: skip


def _own(laying: _Laying, one: Applicant, prefix: str) -> list[Item]:
    kinds = INCOME if prefix == rows.INCOME else SPENDING
    return [
        Item(
            row.id, str(kinds[row["kind"]].words), fields_of(kinds[row["kind"]].blanks, row, laying.faults), row["kind"]
        )
        for row in laying.sheet.rows(prefix)
        if row["of"] == one.row.id and row["kind"] in kinds
    ]


def _items(laying: _Laying, prefix: str, words: str, blanks: Sequence) -> list[Item]:  # type: ignore[type-arg]
    return [Item(row.id, words, fields_of(blanks, row, laying.faults)) for row in laying.sheet.rows(prefix)]


def _supporter(laying: _Laying, row: Row) -> Item:
    return Item(row.id, _("家庭以外的义务人"), [
        laying.cell(row, "name", _("姓名")),
        laying.cell(row, "of", _("是谁的义务人"), kind="pick", options=with_blank(laying.names())),
        laying.cell(row, "relation", _("是他的什么人"), most=20),
        laying.cell(row, "household_size", _("家里几口人"), kind="count", most=3, hint=_("不填按 1 人")),
        laying.cell(row, "income", _("家庭月收入（元）"), kind="money", most=MONEY_DIGITS),
        laying.cell(row, "pays", _("每月给多少（元）"), kind="money", most=MONEY_DIGITS),
        laying.cell(row, "status", _("有没有困难"), kind="pick",
                    options=[("", _("没有")), *((code, STATUSES[code]) for code in SUPPORTER_STATUSES if code)]),
    ])  # fmt: skip


def _relative(laying: _Laying, row: Row) -> Item:
    return Item(row.id, _("近亲属"), [
        laying.cell(row, "member", _("家里哪个人"), kind="pick", options=with_blank(laying.names())),
        laying.cell(row, "official", _("工作人员姓名")), laying.cell(row, "post", _("职务")),
        laying.cell(row, "relation", _("是他的什么人"), most=30),
    ])  # fmt: skip


def _account(laying: _Laying) -> list[Field]:
    if laying.known.account:
        return []
    return [
        laying.field("holder", _("户名"), hint=_("和存折或银行卡上的姓名一字不差")),
        laying.field("bank", _("开户银行")), laying.field("number", _("账号"), kind="id", most=ACCOUNT_LENGTH),
    ]  # fmt: skip


def _account_known(known: Known) -> str:
    if known.account is None:
        return ""
    return f"{known.account.bank} {mask_account(known.account.number)}"
